"""Unit grid codes of 14 digits become 15: the running number gets a third digit."""

from __future__ import annotations

import numpy as np

from ..errors import WanggeError
from ..rules.batch import Batch
from ..translation import translate
from .columns import blank_to_null, null_to_blank
from .numbering import digits


def widen_grid_codes(codes: np.ndarray) -> np.ndarray:
    """Return unit grid codes with 14 digits (running number of two) widened to 15.

    Everything else is left as it is.
    """
    text = null_to_blank(codes)
    _, short = digits(text, 14)
    wide = np.array(
        [f"{c[:12]}0{c[12:]}" if is_short else c for c, is_short in zip(text, short, strict=True)],
        dtype=object,
    )
    return blank_to_null(wide)


def migrate_unit_grids(grids: Batch, *, date: np.datetime64) -> tuple[Batch, Batch]:
    """Widen the codes of unit grids to 15 digits.

    Returns
    -------
    Batch
        The grids with 15-digit codes; other codes are kept for the checks to find.
    Batch
        Lineage of the codes that changed, as CONTRACT's layer ``lineage``.

    Raises
    ------
    WanggeError
        When two cells would share a code afterwards; names it.
    """
    old = grids.text("grid_code")
    new = null_to_blank(widen_grid_codes(grids.fields["grid_code"]))
    origin: dict[str, str] = {}
    for before, after in zip(old.tolist(), new.tolist(), strict=True):
        if after and origin.setdefault(after, before) != before:
            raise WanggeError(
                translate(
                    "Wangge",
                    "Unit grid {code} exists already with 15 digits beside one with 14. Number "
                    "one of them anew first.",
                ).format(code=after)
            )
    rows = np.flatnonzero(old != new)
    lineage = Batch(
        {
            "old_code": old[rows],
            "new_code": new[rows],
            "operation": np.full(len(rows), "kept", dtype=object),
            "share": np.ones(len(rows)),
            "date": np.full(len(rows), date, dtype="datetime64[D]"),
        },
        None,
        np.arange(1, len(rows) + 1, dtype=np.int64),
    )
    return grids.with_fields(grid_code=blank_to_null(new)), lineage
