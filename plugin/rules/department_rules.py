"""Common rules on organisations: C11 their codes, C12 the department above."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from ..translation import translate
from .finding import Severity
from .ledger import Ledger
from .rows import Rows
from .rule import Hits, Late, Parameter, Subject, describe

# Unified social credit code, GB 32100-2015: 31 characters, weights the powers of 3 modulo 31.
_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # pragma: allowlist secret
_ALPHABET = {c: i for i, c in enumerate(_SIGNS)}
_WEIGHTS = [pow(3, k, 31) for k in range(17)]


def is_credit_code(text: str) -> bool:
    """Return True for 18 characters whose last one checks the others (GB 32100-2015)."""
    if len(text) != 18 or any(c not in _ALPHABET for c in text):
        return False
    total = sum(_ALPHABET[c] * w for c, w in zip(text, _WEIGHTS, strict=False))
    return _ALPHABET[text[17]] == (31 - total % 31) % 31


def _check_codes(rows: Rows, context, parameters) -> Iterator[Hits]:
    for name in parameters["fields"]:
        if name not in context.layer.names or not rows.has(name):
            continue
        codes = rows.coded(name)
        wrong = np.array([bool(v.strip()) and not is_credit_code(v) for v in codes.values], bool)
        found = np.flatnonzero(codes.spread(wrong))
        yield Hits(
            found,
            translate(
                "Wangge",
                "{field} “{value}” is no unified social credit code: 18 characters, the last one "
                "checks the others. Look it up again.",
            ),
            name,
            codes.pick(found),
        )


def _check_parent(ledger: Ledger, context, parameters) -> Iterator[Hits]:
    own, parent = ledger.text("department_code"), ledger.text("parent_code")
    known = {own.values[i] for i in np.unique(own.index).tolist()}
    found = np.flatnonzero(~parent.blank & ~parent.found_in(known))
    yield Hits(
        found,
        translate("Wangge", "{field} {value} is not in the register. Correct it or add it."),
        "parent_code",
        Late(parent.pick, found),
    )


_rule = partial(describe, Subject.COMMON)

RULES = (
    _rule(
        "C11",
        Severity.WARNING,
        _check_codes,
        ("Organisation codes check", "统一社会信用代码校验"),
        (
            "Unified social credit codes have 18 characters and a right check character "
            "(GB 32100-2015).",
            "统一社会信用代码为 18 位且校验码正确（GB 32100-2015）。",
        ),
        layers=("component", "department"),
        parameters=(
            Parameter(
                "fields",
                (
                    "department_code",
                    "parent_code",
                    "authority_code",
                    "owner_code",
                    "maintainer_code",
                ),
                "",
                "Fields that hold such codes.",
                "存放该代码的字段。",
            ),
        ),
        tags=("attribute", "department"),
    ),
    _rule(
        "C12",
        Severity.ERROR,
        _check_parent,
        ("Department above registered", "上级部门已登记"),
        (
            "The department above is in the register too.",
            "上级部门应在部门登记表中。",
        ),
        across=True,
        keeps=("text:department_code", "text:parent_code"),
        layers=("department",),
        fields=("parent_code",),
        tags=("department",),
    ),
)
