"""The district of each row, from the codes it carries."""

from __future__ import annotations

import numpy as np

from ..rules.encoded import Encoded, LazyFields
from ..standards.spec import LayerSpec
from ..translation import translate
from .platform import WHOLE_CITY, district_fields, is_partitioned, key_holds_district
from .rejections import Rejections, printable


def six_digits(column: np.ndarray | Encoded) -> tuple[np.ndarray, np.ndarray]:
    """Return the first six bytes of each text and whether they are digits, both shape (n,)."""
    if isinstance(column, Encoded):
        heads = column.data.astype("S6")
    else:
        listed = [v[:6] if v is not None and v[:6].isascii() else "" for v in column.tolist()]
        heads = np.array(listed, "S6")
    digits = heads.view(np.uint8).reshape(-1, 6)
    return heads, ((digits >= 48) & (digits <= 57)).all(axis=1)


def districts_of(
    columns: LazyFields, spec: LayerSpec, n: int, rejections: Rejections
) -> np.ndarray:
    """Return the district of each row, shape (n,) of six bytes; rows without one are rejected.

    Parameters
    ----------
    columns : LazyFields
        Texts that were screened.
    spec : LayerSpec
    n : int
        Rows.
    rejections : Rejections
    """
    result = np.full(n, WHOLE_CITY.encode(), "S6")
    if not is_partitioned(spec.name):
        return result
    known = np.zeros(n, bool)
    for name in district_fields(spec):
        if name not in columns:
            continue
        heads, found = six_digits(columns.column(name))
        use = ~known & found
        result[use] = heads[use]
        known |= use
    if key_holds_district(spec):
        rejections.add(
            ~known & ~rejections.bad,
            spec.key,
            translate("Wangge", "The code must begin with the six digits of a district."),
            lambda i: printable(columns[spec.key][i]),
        )
    if "district_code" in columns:
        declared = columns["district_code"]
        given = np.array([d is not None for d in declared.tolist()], bool)
        differs = np.array([d != r.decode() for d, r in zip(declared, result, strict=True)], bool)
        rejections.add(
            known & given & differs,
            "district_code",
            translate("Wangge", "The district is not the one the code begins with."),
            lambda i: printable(declared[i]),
        )
    return result
