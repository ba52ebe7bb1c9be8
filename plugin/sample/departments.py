"""The departments of the invented district, with codes whose check characters hold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..rules.batch import Batch
from .columns import fill

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # pragma: allowlist secret
# GB 32100-2015: weights are the powers of 3 modulo 31.
_WEIGHTS = [pow(3, k, 31) for k in range(17)]
# GB 11714-1997: weights of the organisation's own nine characters.
_OWN_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)

#: Key, name, kind of body ("11" government office, "12" public institution, "91" company).
_BODIES = (
    ("urban", "城市管理局", "11"),
    ("police", "公安分局交通警察大队", "11"),
    ("water_office", "水利局", "11"),
    ("fire", "消防救援大队", "11"),
    ("housing", "住房和城乡建设委员会", "11"),
    ("culture", "文化和旅游局", "11"),
    ("municipal", "市政设施维护中心", "12"),
    ("light", "城市照明管理中心", "12"),
    ("green", "园林绿化管理处", "12"),
    ("clean", "环境卫生管理处", "12"),
    ("drain", "排水管理处", "12"),
    ("supply", "自来水有限公司", "91"),
    ("gas", "燃气有限公司", "91"),
    ("power", "供电公司", "91"),
    ("telecom", "通信发展有限公司", "91"),
    ("bus", "公共交通有限公司", "91"),
)
_PARENTS = {
    "municipal": "urban",
    "light": "urban",
    "green": "urban",
    "clean": "urban",
    "drain": "water_office",
}


@dataclass(frozen=True)
class Departments:
    """Codes and names by key; ``streets`` are the street offices in the order of the streets."""

    codes: dict[str, str]
    names: dict[str, str]
    streets: tuple[str, ...]


def credit_code(kind: str, district: str, number: int) -> str:
    """Build a unified social credit code (18 characters, GB 32100-2015) from a running number."""
    own = f"{number:08d}"
    rest = 11 - sum(int(c) * w for c, w in zip(own, _OWN_WEIGHTS, strict=True)) % 11
    own += {10: "X", 11: "0"}.get(rest, str(rest))
    body = kind + district + own
    return body + check_character(body)


def check_character(body: str) -> str:
    """Return the last character of a unified social credit code from the 17 before it."""
    total = sum(_ALPHABET.index(c) * w for c, w in zip(body, _WEIGHTS, strict=True))
    return _ALPHABET[(31 - total % 31) % 31]


def make_departments(district: str, district_name: str, streets: list[str]) -> Departments:
    """Invent the bodies of a district and its street offices."""
    codes, names = {}, {}
    for k, (key, name, kind) in enumerate(_BODIES):
        codes[key] = credit_code(kind, district, 31_000_000 + 137 * k)
        names[key] = district_name + name if kind != "91" else district_name[:-1] + name
    offices = []
    for k, street in enumerate(streets):
        key = f"office{k}"
        codes[key] = credit_code("11", district, 32_000_000 + 211 * k)
        names[key] = f"{district_name}{street}办事处"
        offices.append(key)
    return Departments(codes, names, tuple(offices))


def department_batch(departments: Departments) -> Batch:
    """Return the layer ``department``."""
    keys = list(departments.codes)
    parents = [departments.codes.get(_PARENTS.get(k, ""), None) for k in keys]
    phones = [f"023-6{7_100_000 + 13 * k:07d}" for k in range(len(keys))]
    return fill(
        "department",
        None,
        crs="",
        rows=len(keys),
        department_code=np.array([departments.codes[k] for k in keys], dtype=object),
        department_name=np.array([departments.names[k] for k in keys], dtype=object),
        parent_code=np.array(parents, dtype=object),
        phone=np.array(phones, dtype=object),
    )
