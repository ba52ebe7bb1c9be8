"""Component rules on codes and classes: P1, P2, P14, P18."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from ..standards.editions import EDITIONS, Edition
from ..translation import translate
from .finding import Severity
from .ledger import Ledger
from .rows import Rows
from .rule import Hits, Parameter, Subject, describe

_BY_ID = {e.id: e for e in EDITIONS}


def editions_of(rows: Rows, context) -> Iterator[tuple[Edition, np.ndarray]]:
    """Yield each edition that rows declare in ``standard``, and which rows do.

    Rows that declare none, or an unknown one (which C6 reports), follow the context's.
    """
    declared = rows.coded("standard")
    own = [_BY_ID.get(v, context.edition).id for v in declared.values]
    for name in sorted(set(own)):
        yield _BY_ID[name], declared.spread(np.array([o == name for o in own], bool))


def _check_form(rows: Rows, context, parameters) -> Iterator[Hits]:
    codes = rows.coded("component_code")
    for edition, mine in editions_of(rows, context):
        width = edition.component_code_length
        numbers = codes.numbers(width)
        wrong = np.flatnonzero(mine & ~codes.blank & (numbers < 0))
        yield Hits(
            wrong,
            translate(
                "Wangge",
                "{field} “{value}” must have {width} digits under {edition}. Number it again, or "
                "declare the edition it follows.",
            ),
            "component_code",
            codes.pick(wrong),
            {"width": width, "edition": edition.number},
        )
        zero = np.flatnonzero(mine & (numbers >= 0) & (numbers % 10**edition.sequence_width == 0))
        yield Hits(
            zero,
            translate("Wangge", "{field} {value} ends with sequence 000000; it begins with 1."),
            "component_code",
            codes.pick(zero),
        )


def _check_composition(rows: Rows, context, parameters) -> Iterator[Hits]:
    codes = rows.coded("component_code")
    classes = rows.coded("class_code")
    cells = rows.coded("grid_code")
    district_of_cell = cells.spread(
        np.array([int(v[:6]) if v[:6].isdecimal() and len(v) > 11 else -1 for v in cells.values])
    )
    known = np.array([int(c) for c in context.district_codes if c.isdecimal()], np.int64)
    for edition, mine in editions_of(rows, context):
        numbers = codes.numbers(edition.component_code_length)
        class_width = edition.class_code_length
        sequence = 10**edition.sequence_width
        class_part = numbers // sequence % 10**class_width
        district = numbers // (sequence * 10**class_width)
        declared = classes.numbers(class_width)
        good = mine & (numbers >= 0)
        other = np.flatnonzero(good & (declared >= 0) & (class_part != declared))
        yield Hits(
            other,
            translate(
                "Wangge",
                "{field} {value} holds class {inside}, the class of the feature is {declared}. "
                "Correct the class or number it again.",
            ),
            "component_code",
            codes.pick(other),
            {
                "inside": [f"{c:0{class_width}d}" for c in class_part[other].tolist()],
                "declared": classes.pick(other),
            },
        )
        if len(known):
            foreign = good & ~np.isin(district, known)
        else:
            foreign = good & (district_of_cell >= 0) & (district != district_of_cell)
        found = np.flatnonzero(foreign)
        yield Hits(
            found,
            translate(
                "Wangge",
                "{field} {value} begins with district {district}, which is not the district it "
                "lies in. Number it again.",
            ),
            "component_code",
            codes.pick(found),
            {"district": [f"{d:06d}" for d in district[found].tolist()]},
        )


def _check_class(rows: Rows, context, parameters) -> Iterator[Hits]:
    classes = rows.coded("class_code")
    for edition, mine in editions_of(rows, context):
        table = context.classes_of(edition)
        unknown = classes.spread(
            np.array([bool(v.strip()) and v not in table.names for v in classes.values], bool)
        )
        found = np.flatnonzero(mine & unknown)
        yield Hits(
            found,
            translate(
                "Wangge",
                "{field} “{value}” is not in the class table of {edition}. Choose a class of the "
                "table, or add it to the city's profile. {caution}",
            ),
            "class_code",
            classes.pick(found),
            {"edition": edition.number, "caution": edition.caution},
        )
        retired = np.flatnonzero(mine & classes.found_in(table.retired))
        yield Hits(
            retired,
            translate("Wangge", "{field} {value} is no longer in use. Choose its successor."),
            "class_code",
            classes.pick(retired),
        )


def _check_extension(rows: Rows, context, parameters) -> Iterator[Hits]:
    classes = rows.coded("class_code")
    first = int(parameters["first"])
    low = np.array(
        [
            v in context.class_table.extensions and v[2:].isdecimal() and int(v[2:]) < first
            for v in classes.values
        ],
        bool,
    )
    found = np.flatnonzero(classes.spread(low))
    yield Hits(
        found,
        translate(
            "Wangge",
            "{field} {value} is a class of the city's own, which are numbered {first:03d}–999 "
            "within a major class. Renumber the class.",
        ),
        "class_code",
        classes.pick(found),
        {"first": first},
    )


def _check_sequence(ledger: Ledger, context, parameters) -> Iterator[Hits]:
    sequence = 10**context.edition.sequence_width
    numbers = ledger.column("code:component_code")
    numbers = numbers[numbers >= 0]
    if not len(numbers):
        return
    numbers.sort()
    numbers = numbers[np.concatenate([[True], numbers[1:] != numbers[:-1]])]
    group = numbers // sequence
    starts = np.flatnonzero(np.concatenate([[True], group[1:] != group[:-1]]))
    counts = np.diff(np.append(starts, len(group)))
    last = numbers[starts + counts - 1] % sequence
    missing = last - counts
    share = missing / np.maximum(last, 1)
    wide = np.flatnonzero((missing > 0) & (share > parameters["share"]))
    width = 6 + context.edition.class_code_length
    prefixes = [f"{g:0{width}d}" for g in group[starts[wide]].tolist()]
    yield Hits(
        np.full(len(wide), -1),
        translate(
            "Wangge",
            "Codes beginning with {value} run up to {last}, but {missing} numbers are missing. "
            "Check that no package was forgotten.",
        ),
        "component_code",
        prefixes,
        {"last": last[wide], "missing": missing[wide]},
        keys=prefixes,
    )


def _check_existing(rows: Rows, context, parameters) -> Iterator[Hits]:
    codes = rows.coded("component_code")
    found = np.flatnonzero(context.existing.are_others(codes, rows.coded("uuid")))
    yield Hits(
        found,
        translate(
            "Wangge",
            "{field} {value} belongs to another component on the platform. Give this one a new "
            "code.",
        ),
        "component_code",
        codes.pick(found),
    )


_rule = partial(describe, Subject.COMPONENT)

RULES = (
    _rule(
        "P1",
        Severity.ERROR,
        _check_form,
        ("Component code has its form", "部件标识码位数正确"),
        (
            "17 digits under GB/T 47678.5-2026, 16 under the older editions; the sequence begins "
            "with 1.",
            "GB/T 47678.5-2026 为 17 位数字，旧标准为 16 位；顺序号从 1 起。",
        ),
        fields=("component_code",),
        tags=("code",),
    ),
    _rule(
        "P1b",
        Severity.ERROR,
        _check_composition,
        ("Component code agrees with district and class", "部件标识码与区划、类别一致"),
        (
            "District and class inside the code are those of the feature.",
            "标识码中的区划代码、类别代码应与要素一致。",
        ),
        fields=("component_code", "class_code"),
        tags=("code",),
    ),
    _rule(
        "P2",
        Severity.ERROR,
        _check_class,
        ("Class in the table", "类别代码在分类表内"),
        (
            "The class exists in the edition that the feature declares, or among the city's own, "
            "and is in use.",
            "类别代码应存在于所声明标准或本市扩展类中，且未停用。",
        ),
        fields=("class_code",),
        tags=("class",),
    ),
    _rule(
        "P14",
        Severity.WARNING,
        _check_extension,
        ("Own classes in their range", "扩展类编码范围"),
        (
            "Classes of the city's own are numbered 080–999, as an implementer reads the standard.",
            "本市扩展小类使用 080–999（依据实施方对标准的理解）。",
        ),
        fields=("class_code",),
        editions=("gbt47678_5_2026",),
        parameters=(Parameter("first", 80, "", "First minor code.", "扩展小类起始码。"),),
        tags=("class",),
    ),
    _rule(
        "P18",
        Severity.INFO,
        _check_sequence,
        ("No large gaps in the sequence", "顺序号无大段空缺"),
        (
            "Missing numbers within a district and class; a forgotten package shows here.",
            "同一区划、同一类别内顺序号空缺过多，可能漏收外业包。",
        ),
        across=True,
        keeps=("code:component_code",),
        fields=("component_code",),
        parameters=(
            Parameter("share", 0.05, "", "Share of missing numbers allowed.", "允许的空缺比例。"),
        ),
        tags=("code",),
    ),
    _rule(
        "P18b",
        Severity.ERROR,
        _check_existing,
        ("Code not taken on the platform", "标识码未被平台占用"),
        (
            "The code belongs to no other component on the platform or in another package.",
            "标识码未被平台或其他外业包中的部件使用。",
        ),
        needs=("existing",),
        fields=("component_code", "uuid"),
        tags=("code", "duplicate"),
    ),
)
