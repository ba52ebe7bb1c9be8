"""Address rules: A1–A7."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from ..standards.addresses import normalise_address
from ..translation import translate
from .common_text_rules import not_listed
from .finding import Severity
from .ledger import Ledger
from .metres import metres_per_unit
from .repeats import repeated
from .rows import Rows
from .rule import Hits, Late, Parameter, Subject, describe
from .text import Coded


def _codes_of(texts: list[str]) -> np.ndarray:
    """Return a number per text, equal for equal texts and 0 for the empty one."""
    known = {"": 0}
    return np.array([known.setdefault(t, len(known)) for t in texts], np.int64)


def _current(ledger: Ledger, context) -> np.ndarray:
    end = ledger.column("date:end_date")
    return np.isnat(end) | (end > context.today64)


def _district(ledger: Ledger) -> np.ndarray:
    # Districts of one city have streets of the same name.
    community = ledger.text("community_code")
    return _codes_of([v[:6] for v in community.values])[community.index]


def _check_kind(rows: Rows, context, parameters) -> Iterator[Hits]:
    yield from not_listed(rows, "kind", "address_kind")


def _check_name(ledger: Ledger, context, parameters) -> Iterator[Hits]:
    name = ledger.text("address_name")
    street = ledger.text("street_name")
    kind = ledger.text("kind")
    known = _current(ledger, context) & ~name.blank
    # Two places of different kind may share a name: a lane and the quarter around it.
    keys = (_district(ledger), kind.index, street.index, name.index)
    rows, firsts = repeated(ledger.ids, *keys, known=known)
    yield Hits(
        rows,
        translate(
            "Wangge",
            "{field} “{value}” is there twice on the same street; {first} has it too. Rename or "
            "retire one.",
        ),
        "address_name",
        Late(name.pick, rows),
        {"first": Late(ledger.key_texts, firsts)},
    )


def _check_street(rows: Rows, context, parameters) -> Iterator[Hits]:
    plate = rows.coded("kind").found_in(set(parameters["kinds"]))
    found = np.flatnonzero(plate & rows.coded("street_name").blank)
    yield Hits(
        found,
        translate("Wangge", "A door plate needs its street; {field} is empty. Fill it in."),
        "street_name",
    )


def _check_community(rows: Rows, context, parameters) -> Iterator[Hits]:
    declared = rows.coded("community_code")
    areas = context.communities
    named = declared.positions(areas.positions)
    row, area = areas.pairs(rows.points)
    right = np.zeros(len(rows), bool)
    right[row[area == named[row]]] = True
    found = np.flatnonzero(rows.present & ~declared.blank & ~right)
    actual = np.append(areas.codes, "")[areas.locate(rows.points[found])]
    yield Hits(
        found,
        translate(
            "Wangge", "{field} is {value}, but the place lies in community “{actual}”. Correct it."
        ),
        "community_code",
        declared.pick(found),
        {"actual": actual},
        actual,
    )


def _check_coordinates(rows: Rows, context, parameters) -> Iterator[Hits]:
    for pair in parameters["fields"]:
        if not all(rows.has(name) for name in pair):
            continue
        stored = np.column_stack([rows.numbers(name) for name in pair])
        scale = metres_per_unit(rows.xy[:, 1]) if rows.is_geographic else 1.0
        apart = np.hypot(*((stored - rows.xy) * scale).T)
        found = np.flatnonzero(apart > parameters["tolerance"])
        yield Hits(
            found,
            translate(
                "Wangge",
                "The coordinates in the table ({value}) lie {apart:.1f} m from the geometry. "
                "Recompute them.",
            ),
            pair[0],
            [f"{x:.10g}, {y:.10g}" for x, y in stored[found].tolist()],
            {"apart": apart[found]},
        )


def _check_same_name(ledger: Ledger, context, parameters) -> Iterator[Hits]:
    name, street = ledger.text("address_name"), ledger.text("street_name")
    plain = _codes_of([normalise_address(v) for v in name.values])[name.index]
    road = _codes_of([normalise_address(v) for v in street.values])[street.index]
    kind = ledger.text("kind").index
    district = _district(ledger)
    known = _current(ledger, context) & (plain > 0)
    rows, firsts = repeated(ledger.ids, district, kind, road, plain, known=known)
    # Names that are equal letter by letter are A2's.
    exact, _ = repeated(ledger.ids, district, kind, street.index, name.index)
    keep = ~np.isin(rows, exact)
    rows, firsts = rows[keep], firsts[keep]
    yield Hits(
        rows,
        translate(
            "Wangge",
            "{field} “{value}” is the same as “{other}” but for the spelling. Keep one.",
        ),
        "address_name",
        Late(name.pick, rows),
        {"other": Late(name.pick, firsts)},
    )


def _check_history(ledger: Ledger, context, parameters) -> Iterator[Hits]:
    start, end = ledger.column("date:start_date"), ledger.column("date:end_date")
    found = np.flatnonzero(start > end)
    yield Hits(
        found,
        translate("Wangge", "{field} {value} is before the start {start}. Correct one of them."),
        "end_date",
        end[found].astype(str),
        {"start": start[found].astype(str)},
    )
    name = ledger.text("address_name")
    place = Coded(ledger.text("street_name").index, ledger.text("street_name").values)
    usable = np.flatnonzero(~name.blank & ~(start > end))
    begin = np.where(np.isnat(start), np.datetime64("0001-01-01"), start)
    finish = np.where(np.isnat(end), np.datetime64("9999-12-31"), end)
    kind, district = ledger.text("kind").index, _district(ledger)
    order = usable[
        np.lexsort(
            (
                ledger.ids[usable],
                begin[usable],
                name.index[usable],
                place.index[usable],
                kind[usable],
                district[usable],
            )
        )
    ]
    one, other = order[:-1], order[1:]
    same = (
        (name.index[one] == name.index[other])
        & (place.index[one] == place.index[other])
        & (kind[one] == kind[other])
        & (district[one] == district[other])
        & (finish[one] > begin[other])
    )
    # Two names in use at once are A2's; here a retired one reaches into its successor's time.
    current = _current(ledger, context)
    same &= ~(current[one] & current[other])
    found = other[same]
    yield Hits(
        found,
        translate(
            "Wangge",
            "“{value}” begins while {other} still holds the name. Let the earlier one end first.",
        ),
        "start_date",
        Late(name.pick, found),
        {"other": Late(ledger.key_texts, one[same])},
    )


_rule = partial(describe, Subject.ADDRESS)
_E, _W = Severity.ERROR, Severity.WARNING
_NAMES = (
    *("text:address_name", "text:street_name", "text:kind", "text:community_code"),
    "date:end_date",
)

RULES = (
    _rule(
        "A1",
        _E,
        _check_kind,
        ("Kind listed", "地点类型在代码表内"),
        ("The kind of place is one of the list.", "地点类型应在代码表内。"),
        fields=("kind",),
        tags=("attribute",),
    ),
    _rule(
        "A2",
        _E,
        _check_name,
        ("Name unique on its street", "同一街巷内名称唯一"),
        (
            "Two places of one kind in use on one street of a district do not share a name.",
            "同一区县内同一街巷的同类在用地点不得重名。",
        ),
        across=True,
        keeps=_NAMES,
        fields=("address_name",),
        tags=("duplicate",),
    ),
    _rule(
        "A3",
        _E,
        _check_street,
        ("Door plate has a street", "门楼牌有所在街巷"),
        ("A door plate names the street it belongs to.", "门（楼）牌应填写所在街巷。"),
        fields=("kind",),
        parameters=(Parameter("kinds", ("门楼牌",), "", "Kinds concerned.", "适用的地点类型。"),),
        tags=("attribute",),
    ),
    _rule(
        "A4",
        _E,
        _check_community,
        ("In the community it names", "位于所填社区内"),
        ("The place lies in the community in its table row.", "地点应位于所填社区内。"),
        needs=("communities",),
        fields=("community_code",),
        tags=("place", "fixable"),
    ),
    _rule(
        "A5",
        _W,
        _check_coordinates,
        ("Stored coordinates are the geometry's", "坐标属性与图形一致"),
        (
            "Where the table holds coordinates they are those of the geometry.",
            "属性中的坐标应与图形一致。",
        ),
        parameters=(
            Parameter("tolerance", 0.5, "m", "Distance forgiven.", "允许的距离。"),
            Parameter(
                "fields",
                (("x", "y"), ("coord_x", "coord_y"), ("lon", "lat")),
                "",
                "Pairs of fields that may hold them.",
                "可能存放坐标的字段对。",
            ),
        ),
        tags=("place",),
    ),
    _rule(
        "A6",
        _W,
        _check_same_name,
        ("No name in two spellings", "无同名异写"),
        (
            "Names that differ only in width, blanks, punctuation or the way numbers are written.",
            "仅全半角、空白、标点或数字写法不同的名称。",
        ),
        across=True,
        keeps=_NAMES,
        fields=("address_name",),
        tags=("duplicate",),
    ),
    _rule(
        "A7",
        _E,
        _check_history,
        ("History in order", "历史日期合理"),
        (
            "A name starts before it ends, and a retired one ends before its successor starts.",
            "名称启用日期不晚于停用日期；旧名称停用后新名称方可启用。",
        ),
        across=True,
        keeps=(*_NAMES, "date:start_date"),
        fields=("start_date", "end_date", "address_name"),
        tags=("history",),
    ),
)
