"""What an accepted row gets that its delivery does not say."""

from __future__ import annotations

import os

import numpy as np

from ...standards.classes import class_table
from ...standards.editions import Edition
from ...translation import translate
from ..columns import blank_to_null, null_to_blank


def fill(columns: dict[str, np.ndarray], n: int, settings, tally, complain) -> None:
    """Fill class, standard and uuid where the delivery has none.

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
    repeated = np.zeros(n, bool)
    for i, value in enumerate(uuids):
        if value and value in tally.seen_uuids:
            repeated[i] = True
        elif value:
            tally.seen_uuids.add(value)
    complain(repeated, translate("Wangge", "The uuid is that of an earlier row."))
    missing = [i for i, value in enumerate(uuids) if not value]
    for i, fresh in zip(missing, new_uuids(len(missing)), strict=True):
        uuids[i] = fresh
    tally.new_uuids += len(missing)
    columns["uuid"] = np.array(uuids, dtype=object)


def _classes_by_name(columns: dict[str, np.ndarray], of: Edition) -> None:
    """Fill class codes that neither column nor code gave, where the name is a standard one."""
    table = class_table(of)
    blank = np.flatnonzero(null_to_blank(columns["class_code"]) == "")
    names = columns["component_name"][blank]
    found = {name: table.by_name(name) for name in set(names.tolist()) if name}
    codes = [entry.code if (entry := found.get(name)) else None for name in names.tolist()]
    columns["class_code"][blank] = codes


def new_uuids(n: int) -> list[str]:
    """Return ``n`` random uuids (version 4)."""
    data = np.frombuffer(os.urandom(16 * n), np.uint8).reshape(n, 16).copy()
    data[:, 6] = data[:, 6] & 0x0F | 0x40
    data[:, 8] = data[:, 8] & 0x3F | 0x80
    text = data.tobytes().hex()
    return [
        f"{u[:8]}-{u[8:12]}-{u[12:16]}-{u[16:20]}-{u[20:]}"
        for u in (text[i : i + 32] for i in range(0, 32 * n, 32))
    ]
