"""How rows of a package and of the office are known to be the same."""

from __future__ import annotations

import uuid as uuids

import numpy as np

from ...errors import WanggeError
from ...rules.batch import Batch
from ...translation import translate

_NAMESPACE = uuids.UUID("5f0c3a52-3c5e-4d0a-9a0e-6f8b6c1d2e77")


def shared_columns(base: Batch, returned: Batch, office: Batch, warnings: list[str]) -> list[str]:
    """Return the fields that can be merged; tell of those that cannot."""
    shared = [n for n in office.fields if n in base.fields and n in returned.fields]
    lost = [n for n in base.fields if n in office.fields and n not in returned.fields]
    new = [n for n in returned.fields if n not in office.fields]
    if lost:
        warnings.append(
            translate(
                "Wangge", "The package came back without the fields {fields}; they are kept as is."
            ).format(fields=", ".join(lost))
        )
    filled = [n for n in new if not returned.is_null(n).all()]
    if filled:
        warnings.append(
            translate(
                "Wangge",
                "The package came back with fields that the layer does not have: {fields}. Their "
                "values stay in the package.",
            ).format(fields=", ".join(filled))
        )
    return [n for n in shared if n != "uuid"]


def index_of(batch: Batch) -> dict[str, int]:
    """Return uuid -> row."""
    keys = batch.text("uuid").tolist()
    return {key: row for row, key in reversed(list(enumerate(keys)))}


def check_keys(rows: Batch) -> None:
    """Raise WanggeError when several rows have the same uuid."""
    keys = rows.text("uuid").astype(str)
    distinct, times = np.unique(keys[keys != ""], return_counts=True)
    if (times > 1).any():
        raise WanggeError(
            translate(
                "Wangge",
                "Several components of the layer have the uuid {uuid}. Give the copies a uuid of "
                "their own, then merge.",
            ).format(uuid=distinct[times > 1][0])
        )


def with_uuids(returned: Batch, base: Batch, package_id: str) -> tuple[Batch, dict[int, str]]:
    """Give rows without uuid one that the same row gets again; find copies of rows.

    Returns
    -------
    Batch
        With a uuid of its own in every row.
    dict of int to str
        Rows that came with the uuid of another row, and the one they have now.
    """
    keys = returned.text("uuid").copy()
    ids = returned.ids.tolist()
    for row in np.flatnonzero(keys == ""):
        keys[row] = str(uuids.uuid5(_NAMESPACE, f"{package_id}:{ids[row]}"))
    went_out = dict(zip(base.text("uuid").tolist(), base.ids.tolist(), strict=True))
    owners: dict[str, list[int]] = {}
    for row, key in enumerate(keys.tolist()):
        owners.setdefault(key, []).append(row)
    copies: dict[int, str] = {}
    for key, rows in owners.items():
        # The row that went out has its old feature id; without one the first counts.
        kept = next((r for r in rows if went_out.get(key) == ids[r]), rows[0])
        for row in rows:
            if row != kept:
                copies[row] = str(uuids.uuid5(_NAMESPACE, f"{package_id}:{key}:{ids[row]}"))
    for row, key in copies.items():
        keys[row] = key
    return returned.with_fields(uuid=keys), copies
