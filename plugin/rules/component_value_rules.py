"""Component rules on attributes: P6–P11 and P13."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import partial

import numpy as np

from ..translation import translate
from .common_text_rules import not_listed
from .finding import Severity
from .rows import Rows
from .rule import Hits, Parameter, Subject, describe

_FAMILY = np.array(["point", "line", "line", "polygon", "point", "line", "polygon", ""])


def _squeezed(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())


def _pairs(rows: Rows, role: str) -> tuple[np.ndarray, list[tuple[str, str]]]:
    """Return the distinct (code, name) pairs of a role and which one each row has."""
    codes, names = rows.coded(f"{role}_code"), rows.coded(f"{role}_name")
    joint = codes.index * len(names.values) + names.index
    distinct, index = np.unique(joint, return_inverse=True)
    pairs = [
        (codes.values[j // len(names.values)], names.values[j % len(names.values)])
        for j in distinct.tolist()
    ]
    return index, pairs


def _check_authority(rows: Rows, context, parameters) -> Iterator[Hits]:
    index, pairs = _pairs(rows, "authority")
    name_of = context.departments.name_of
    code_of: dict[str, str] = {}
    for code, name in name_of.items():
        # A name that two departments bear proposes no code.
        code_of[_squeezed(name)] = "" if _squeezed(name) in code_of else code
    unknown = np.array([bool(c.strip()) and c not in name_of for c, _ in pairs], bool)
    found = np.flatnonzero(unknown[index])
    chosen = [pairs[i] for i in index[found].tolist()]
    yield Hits(
        found,
        translate(
            "Wangge",
            "{field} {value} is not in the register of departments. Choose a registered one.",
        ),
        "authority_code",
        [code for code, _ in chosen],
        fixes=[code_of.get(_squeezed(name), "") for _, name in chosen],
    )
    differs = np.array(
        [c in name_of and bool(n.strip()) and n != name_of[c] for c, n in pairs], bool
    )
    found = np.flatnonzero(differs[index])
    chosen = [pairs[i] for i in index[found].tolist()]
    yield Hits(
        found,
        translate(
            "Wangge",
            "{field} is “{value}”, but {code} is registered as “{registered}”. Correct one of them.",
        ),
        "authority_name",
        [name for _, name in chosen],
        {
            "code": [code for code, _ in chosen],
            "registered": [name_of[code] for code, _ in chosen],
        },
        [
            name_of[code] if _squeezed(name_of[code]) == _squeezed(name) else ""
            for code, name in chosen
        ],
    )


def _check_owner(rows: Rows, context, parameters) -> Iterator[Hits]:
    for role in ("owner", "maintainer"):
        if not rows.has(f"{role}_code") and not rows.has(f"{role}_name"):
            continue
        index, pairs = _pairs(rows, role)
        for missing, given, position in (
            (f"{role}_code", f"{role}_name", 1),
            (f"{role}_name", f"{role}_code", 0),
        ):
            half = np.array(
                [bool(p[position].strip()) and not p[1 - position].strip() for p in pairs], bool
            )
            found = np.flatnonzero(half[index])
            yield Hits(
                found,
                translate("Wangge", "{field} is empty although {other} is “{given}”. Fill it in."),
                missing,
                None,
                {
                    "other": context.label(given),
                    "given": [pairs[i][position] for i in index[found].tolist()],
                },
            )
        if context.departments is None or not parameters["registered"]:
            continue
        foreign = np.array(
            [bool(c.strip()) and c not in context.departments.name_of for c, _ in pairs], bool
        )
        found = np.flatnonzero(foreign[index])
        yield Hits(
            found,
            translate("Wangge", "{field} {value} is not in the register of departments."),
            f"{role}_code",
            [pairs[i][0] for i in index[found].tolist()],
        )


def _check_status(rows: Rows, context, parameters) -> Iterator[Hits]:
    yield from not_listed(rows, "status", "component_status")
    listed = context.value_lists.get("component_status", ())
    status = rows.coded("status")
    changed = status.spread(
        np.array([v in listed and v not in parameters["unchanged"] for v in status.values], bool)
    )
    found = np.flatnonzero(changed & np.isnat(rows.dates("changed_date")))
    yield Hits(
        found,
        translate(
            "Wangge", "{field} is empty, but the status is {status}. Enter the date of change."
        ),
        "changed_date",
        None,
        {"status": status.pick(found)},
    )


def _check_order(rows: Rows, context, parameters) -> Iterator[Hits]:
    first, changed = rows.dates("first_date"), rows.dates("changed_date")
    found = np.flatnonzero(first > changed)
    yield Hits(
        found,
        translate(
            "Wangge", "{field} {value} is before the first date {first}. Correct one of them."
        ),
        "changed_date",
        changed[found].astype(str),
        {"first": first[found].astype(str)},
    )


def _check_accuracy(rows: Rows, context, parameters) -> Iterator[Hits]:
    grade, source = rows.coded("accuracy"), rows.coded("source")
    best = grade.found_in({parameters["grade"]})
    found = np.flatnonzero(best & ~source.blank & ~source.found_in(set(parameters["sources"])))
    yield Hits(
        found,
        translate(
            "Wangge",
            "Accuracy {value} calls for a survey on site, but the source is “{source}”. Correct "
            "the grade or the source.",
        ),
        "accuracy",
        grade.pick(found),
        {"source": source.pick(found)},
    )


def _check_class_geometry(rows: Rows, context, parameters) -> Iterator[Hits]:
    classes = rows.coded("class_code")
    family = np.where(rows.types < 0, "", _FAMILY[rows.types])
    admitted = [context.class_table.geometries.get(v, ()) for v in classes.values]
    for name in ("point", "line", "polygon"):
        refused = classes.spread(np.array([bool(a) and name not in a for a in admitted], bool))
        found = np.flatnonzero(refused & (family == name))
        yield Hits(
            found,
            translate(
                "Wangge", "Class {value} is drawn as {admitted}, not as {drawn}. Draw it again."
            ),
            "class_code",
            classes.pick(found),
            {"drawn": name, "admitted": [", ".join(admitted[i]) for i in classes.index[found]]},
        )


_rule = partial(describe, Subject.COMPONENT)
_W, _E = Severity.WARNING, Severity.ERROR

RULES = (
    _rule(
        "P6",
        _E,
        _check_authority,
        ("Authority registered", "主管部门已登记"),
        (
            "Code and name of the authority are a pair of the register of departments.",
            "主管部门代码与名称应与部门登记表一致。",
        ),
        needs=("departments",),
        fields=("authority_code", "authority_name"),
        tags=("department", "fixable"),
    ),
    _rule(
        "P7",
        _W,
        _check_owner,
        ("Owner and maintainer whole", "权属、养护单位填写完整"),
        (
            "Where an owner or maintainer is known, both code and name are filled in, and the "
            "code is registered.",
            "已知权属或养护单位时，代码与名称均应填写，且代码已登记。",
        ),
        parameters=(
            Parameter("registered", True, "", "Codes must be registered.", "代码须已登记。"),
        ),
        tags=("department",),
    ),
    _rule(
        "P8",
        _E,
        _check_status,
        ("Status listed, change dated", "状态合法且变更有日期"),
        (
            "The status is in the list; any status other than sound has a date of change.",
            "状态取值应在代码表内；非“完好”须填变更日期。",
        ),
        fields=("status",),
        parameters=(
            Parameter("unchanged", ("完好",), "", "Statuses without a date.", "无须日期的状态。"),
        ),
        tags=("attribute",),
    ),
    _rule(
        "P9",
        _E,
        _check_order,
        ("First date before date of change", "初始日期不晚于变更日期"),
        ("The first date is not after the date of change.", "初始日期不得晚于变更日期。"),
        fields=("first_date", "changed_date"),
        tags=("attribute",),
    ),
    _rule(
        "P10",
        _W,
        _check_accuracy,
        ("Accuracy fits the source", "精度等级与数据来源相符"),
        (
            "The best accuracy grade comes from a survey on site, not from a map.",
            "A 级精度应来自实测，而非地形图等。",
        ),
        fields=("accuracy", "source"),
        parameters=(
            Parameter("grade", "A", "", "Grade concerned.", "精度等级。"),
            Parameter("sources", ("实测",), "", "Sources that reach it.", "可达到的数据来源。"),
        ),
        tags=("attribute",),
    ),
    _rule(
        "P11",
        _W,
        _check_class_geometry,
        ("Geometry admitted for the class", "几何类型符合类别"),
        (
            "Point, line or polygon as the class table has it.",
            "点、线、面类型应符合分类表的规定。",
        ),
        fields=("class_code",),
        tags=("class",),
    ),
)
