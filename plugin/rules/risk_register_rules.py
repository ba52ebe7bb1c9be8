"""Risk rules on the register: R3, R6, R7, R8, R10, R11."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

import numpy as np

from ..standards.addresses import normalise_address
from ..translation import translate
from .common_place_rules import invalid_geometry
from .common_text_rules import not_listed
from .finding import Severity
from .ledger import Ledger
from .repeats import repeated
from .rows import Rows
from .rule import Hits, Late, Parameter, Subject, describe

# Mobile, landline with or without its area code, 400 and 800, short numbers; extensions after.
_PHONE = re.compile(
    r"(?:(?:\+?86[- ]?)?(?:1[3-9]\d{9}|0\d{2,3}[- ]?[2-9]\d{6,7})|[2-9]\d{6,7}"
    r"|[48]00[- ]?\d{3}[- ]?\d{4}|[19]\d{2,5})(?:[-转 ]\d{1,6})?"
)


def _check_responsible(rows: Rows, context, parameters) -> Iterator[Hits]:
    for name in ("responsible_unit", "responsible_person", "phone"):
        # Mandatory fields that are empty are C5's.
        if rows.has(name) and not context.layer.field(name).is_mandatory:
            yield Hits(
                np.flatnonzero(rows.coded(name).blank),
                translate("Wangge", "{field} is empty. A risk needs unit, person and phone."),
                name,
            )
    phone = rows.coded("phone")
    odd = np.array(
        [
            bool(v.strip())
            and not all(_PHONE.fullmatch(p.strip()) for p in re.split("[,;/、，；]", v))
            for v in phone.values
        ],
        bool,
    )
    found = np.flatnonzero(phone.spread(odd))
    values = phone.pick(found)
    yield Hits(
        found,
        translate("Wangge", "{field} “{value}” is no telephone number. Correct it."),
        "phone",
        values,
        # A spreadsheet makes 13812345678.0 of a number.
        fixes=[v[:-2] if re.fullmatch(r"\d{7,11}\.0", v) else "" for v in values],
    )


def _check_place(rows: Rows, context, parameters) -> Iterator[Hits]:
    for name, areas in (("grid_code", context.grids), ("community_code", context.communities)):
        if areas is None or not rows.has(name):
            continue
        declared = rows.coded(name)
        # A line or area may reach into several; naming any of them is right.
        row, area = areas.pairs(rows.geometry)
        right = np.zeros(len(rows), bool)
        right[row[area == declared.positions(areas.positions)[row]]] = True
        found = np.flatnonzero(rows.present & ~declared.blank & ~right)
        actual = np.append(areas.codes, "")[areas.locate(rows.points[found])]
        yield Hits(
            found,
            translate("Wangge", "{field} is {value}, but the risk lies in “{actual}”. Correct it."),
            name,
            declared.pick(found),
            {"actual": actual},
            actual,
        )


def _check_twice(ledger: Ledger, context, parameters) -> Iterator[Hits]:
    name = ledger.text("risk_name")
    known: dict[str, int] = {}
    plain = np.array(
        [known.setdefault(normalise_address(v), len(known)) for v in name.values], np.int64
    )[name.index]
    category = ledger.text("category").index
    # Places are compared in steps, so that neither order nor batches matter.
    xy = ledger.column("xy")
    step = parameters["distance"] / (111_000.0 if ledger.is_geographic else 1.0)
    place = np.zeros((len(xy), 2)) if step <= 0 else np.floor(np.nan_to_num(xy) / step)
    if step <= 0:
        place = np.nan_to_num(xy)
    rows, firsts = repeated(
        ledger.ids, category, plain, place[:, 0], place[:, 1], known=~name.blank
    )
    yield Hits(
        rows,
        translate("Wangge", "“{value}” is registered twice here; {first} is the same. Delete one."),
        "risk_name",
        Late(name.pick, rows),
        {"first": Late(ledger.key_texts, firsts)},
    )


def _check_category(rows: Rows, context, parameters) -> Iterator[Hits]:
    yield from not_listed(rows, "category", "risk_category")


def _check_component(rows: Rows, context, parameters) -> Iterator[Hits]:
    linked = rows.coded("component_code")
    missing = np.array(
        [bool(v.strip()) and v not in context.component_codes for v in linked.values], bool
    )
    found = np.flatnonzero(linked.spread(missing))
    yield Hits(
        found,
        translate("Wangge", "{field} {value}: there is no such component. Correct the link."),
        "component_code",
        linked.pick(found),
    )


def _check_shape(rows: Rows, context, parameters) -> Iterator[Hits]:
    yield from invalid_geometry(rows)


_rule = partial(describe, Subject.RISK)
_E, _W = Severity.ERROR, Severity.WARNING

RULES = (
    _rule(
        "R3",
        _E,
        _check_responsible,
        ("Someone is responsible", "责任落实到人"),
        (
            "Responsible unit, person and a telephone number that can be dialled.",
            "责任单位、责任人及可拨打的联系电话。",
        ),
        fields=("responsible_unit", "responsible_person", "phone"),
        tags=("attribute",),
    ),
    _rule(
        "R6",
        _E,
        _check_place,
        ("In the cell and community it names", "位置与所填网格、社区一致"),
        (
            "The risk lies in the unit grid and the community of its table row.",
            "风险点应位于所填单元网格、社区内。",
        ),
        tags=("place", "fixable"),
    ),
    _rule(
        "R7",
        _W,
        _check_twice,
        ("Registered once", "无重复登记"),
        (
            "The same name and category in the same square of the size set here.",
            "同一位置（按设定边长的方格）内名称、类别相同的风险。",
        ),
        across=True,
        keeps=("text:risk_name", "text:category"),
        fields=("risk_name",),
        parameters=(Parameter("distance", 50.0, "m", "Side of the square.", "方格边长。"),),
        tags=("duplicate",),
    ),
    _rule(
        "R8",
        _E,
        _check_category,
        ("Category listed", "风险类别在代码表内"),
        ("The category is one of the list.", "风险类别应在代码表内。"),
        fields=("category",),
        tags=("attribute",),
    ),
    _rule(
        "R10",
        _E,
        _check_component,
        ("Linked component exists", "关联部件存在"),
        ("The component that a risk is linked to exists.", "风险所关联的部件应存在。"),
        needs=("component_codes",),
        fields=("component_code",),
        tags=("attribute",),
    ),
    _rule(
        "R11",
        _E,
        _check_shape,
        ("Geometry valid", "几何有效"),
        ("Lines and areas of risks are valid.", "线、面风险的几何应有效。"),
        tags=("geometry",),
    ),
)
