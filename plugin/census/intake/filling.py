"""What an accepted row gets that its delivery does not say."""

from __future__ import annotations

import numpy as np

from ...standards.classes import class_table
from ...standards.editions import Edition
from ...translation import translate
from ..columns import blank_to_null, null_to_blank
from .raw import RawRows


def fill(columns: dict[str, np.ndarray], n: int, settings, tally, complain) -> None:
    """Fill class and standard where the delivery has none; find uuids given twice.

    Parameters
    ----------
    columns : dict of str to ndarray
        Changed in place.
    n : int
        Number of rows.
    settings, tally
        `rows.Settings` and `rows.Tally`.
    complain : callable
        Takes which rows are wrong, and why.
    """
    width = settings.edition.class_code_length
    codes = null_to_blank(columns["component_code"])
    if "class_code" not in settings.field_map.columns:
        # The class stands in the code, after the district.
        proper = [len(c) == settings.edition.component_code_length and c.isdecimal() for c in codes]
        classes = np.array(
            [c[6 : 6 + width] if ok else "" for c, ok in zip(codes, proper, strict=True)],
            dtype=object,
        )
        columns["class_code"] = blank_to_null(classes)
        _classes_by_name(columns, settings.edition)
    if "standard" not in settings.field_map.columns:
        columns["standard"] = np.full(n, settings.edition.id, dtype=object)
    uuids = [u.lower() for u in null_to_blank(columns["uuid"])]
    repeated = tally.identities.repeated(uuids)
    complain(repeated, translate("Wangge", "The uuid is that of an earlier row."))
    columns["uuid"] = np.array(uuids, dtype=object)


def fill_uuids(columns: dict[str, np.ndarray], raw: RawRows, good: np.ndarray, tally) -> None:
    """Give the accepted rows that bring no uuid one of their own."""
    missing = np.flatnonzero(good & (columns["uuid"] == ""))
    columns["uuid"][missing] = tally.identities.make(raw, columns["component_code"], missing)
    tally.new_uuids += len(missing)


def _classes_by_name(columns: dict[str, np.ndarray], of: Edition) -> None:
    """Fill class codes that neither column nor code gave, where the name is a standard one."""
    table = class_table(of)
    blank = np.flatnonzero(null_to_blank(columns["class_code"]) == "")
    names = columns["component_name"][blank]
    found = {name: table.by_name(name) for name in set(names.tolist()) if name}
    codes = [entry.code if (entry := found.get(name)) else None for name in names.tolist()]
    columns["class_code"][blank] = codes
