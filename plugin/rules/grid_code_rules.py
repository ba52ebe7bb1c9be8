"""Grid rules on codes: G10–G13."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np
import shapely

from ..translation import translate
from .coverage import coverage_of
from .finding import Severity
from .ledger import Ledger
from .rows import Rows
from .rule import Hits, Late, Parameter, Subject, describe
from .text import Coded

_COMMUNITY = 12


def _split(codes: Coded) -> tuple[np.ndarray, np.ndarray]:
    """Return community and sequence of codes of 14 or 15 digits as numbers, -1 for others."""
    community = np.full(len(codes.index), -1, np.int64)
    sequence = np.full(len(codes.index), -1, np.int64)
    for width, base in ((14, 100), (15, 1000)):
        number = codes.numbers(width)
        good = number >= 0
        community[good] = number[good] // base
        sequence[good] = number[good] % base
    return community, sequence


def _check_form(rows: Rows, context, parameters) -> Iterator[Hits]:
    codes = rows.coded("grid_code")
    widths = context.edition.grid_code_lengths
    good = np.zeros(len(rows), bool)
    for width in widths:
        good |= codes.numbers(width) >= 0
    found = np.flatnonzero(~good & ~codes.blank)
    yield Hits(
        found,
        translate(
            "Wangge",
            "{field} “{value}” must have {width} digits: district, street, community, sequence. "
            "Number the cell.",
        ),
        "grid_code",
        codes.pick(found),
        {"width": "/".join(map(str, widths))},
    )


def _check_prefix(rows: Rows, context, parameters) -> Iterator[Hits]:
    codes = rows.coded("grid_code")
    inside, _ = _split(codes)
    declared = rows.coded("community_code")
    number = declared.numbers(_COMMUNITY)
    found = np.flatnonzero((inside >= 0) & ~declared.blank & (inside != number))
    yield Hits(
        found,
        translate(
            "Wangge",
            "{field} {value} begins with another community than {declared}. Correct the community "
            "or number the cell again.",
        ),
        "grid_code",
        codes.pick(found),
        {"declared": declared.pick(found)},
    )
    if context.communities is not None:
        known = declared.found_in(context.communities.positions)
        found = np.flatnonzero(~declared.blank & ~known)
        yield Hits(
            found,
            translate("Wangge", "{field} {value} is no community of the layer. Correct it."),
            "community_code",
            declared.pick(found),
        )


def _check_located(ledger: Ledger, context, parameters) -> Iterator[Hits]:
    coverage = coverage_of(ledger)
    declared = ledger.text("community_code").positions(context.communities.positions)
    declared = declared[coverage.rows]
    located = coverage.located
    found = np.flatnonzero((located >= 0) & (declared >= 0) & (located != declared))
    codes = context.communities.codes
    yield Hits(
        coverage.rows[found],
        translate(
            "Wangge", "{field} is {value}, but the cell lies in community {actual}. Correct it."
        ),
        "community_code",
        codes[declared[found]],
        {"actual": codes[located[found]]},
        codes[located[found]],
    )


def _check_sequence(ledger: Ledger, context, parameters) -> Iterator[Hits]:
    codes = ledger.text("grid_code")
    community, sequence = _split(codes)
    zero = np.flatnonzero(sequence == 0)
    yield Hits(
        zero,
        translate("Wangge", "{field} {value} has sequence 0; cells are numbered from 001 to 999."),
        "grid_code",
        codes.pick(zero),
    )
    # Equal codes are C7's; here are 14 and 15 digits that mean the same cell.
    end = ledger.column("date:end_date")
    active = np.flatnonzero((sequence > 0) & (np.isnat(end) | (end > context.today64)))
    order = active[np.lexsort((ledger.ids[active], sequence[active], community[active]))]
    same = (np.diff(community[order]) == 0) & (np.diff(sequence[order]) == 0)
    same &= codes.index[order][1:] != codes.index[order][:-1]
    found = order[1:][same]
    yield Hits(
        found,
        translate(
            "Wangge",
            "{field} {value} has the same community and sequence as {other}. Number one again.",
        ),
        "grid_code",
        codes.pick(found),
        {"other": Late(ledger.key_texts, order[:-1][same])},
    )


def _check_holes(ledger: Ledger, context, parameters) -> Iterator[Hits]:
    codes = ledger.text("grid_code")
    community, sequence = _split(codes)
    retired = _split(Coded(np.arange(len(_retired(context))), _retired(context)))
    used = np.unique(
        np.column_stack(
            [np.concatenate([community, retired[0]]), np.concatenate([sequence, retired[1]])]
        ),
        axis=0,
    )
    used = used[(used[:, 0] >= 0) & np.isin(used[:, 0], community)]
    if not len(used):
        return
    starts = np.flatnonzero(np.diff(used[:, 0], prepend=-1))
    holes = []
    for members in np.split(used, starts[1:]):
        taken = members[:, 1]
        missing = np.setdiff1d(np.arange(1, taken.max() + 1), taken)
        if len(missing):
            holes.append((f"{members[0, 0]:012d}", missing))
    keys = [code for code, _ in holes]
    yield Hits(
        np.full(len(holes), -1),
        translate(
            "Wangge",
            "In community {community} the sequence lacks {value}. Nothing to do if those cells were "
            "retired.",
        ),
        "grid_code",
        [_ranges(missing) for _, missing in holes],
        {"community": keys},
        keys=keys,
    )


def _retired(context) -> list[str]:
    return sorted(context.retired_codes or ())


def _ranges(numbers: np.ndarray) -> str:
    parts = np.split(numbers, np.flatnonzero(np.diff(numbers) > 1) + 1)
    texts = [f"{p[0]:03d}" if len(p) == 1 else f"{p[0]:03d}–{p[-1]:03d}" for p in parts]
    return ", ".join(texts[:20]) + (" …" if len(texts) > 20 else "")


def _check_order(ledger: Ledger, context, parameters) -> Iterator[Hits]:
    coverage = coverage_of(ledger)
    community, sequence = _split(ledger.text("grid_code"))
    community, sequence = community[coverage.rows], sequence[coverage.rows]
    bounds = shapely.bounds(coverage.cells)
    x, y = ledger.column("xy")[coverage.rows].T
    good = np.flatnonzero((sequence > 0) & np.isfinite(x))
    order = good[np.lexsort((coverage.ids[good], sequence[good], community[good]))]
    if len(order) < 2:
        return
    starts = np.flatnonzero(np.diff(community[order], prepend=-1))
    height = (bounds[:, 3] - bounds[:, 1])[order]
    usual = [np.median(h) for h in np.split(height, starts[1:])]
    band = np.repeat(usual, np.diff(np.append(starts, len(order)))) * parameters["row"]
    one, other = order[:-1], order[1:]
    east, south = x[other] - x[one], y[one] - y[other]
    # In a row the next cell is further east, in the next row it is lower than all before.
    wrong = ((east < 0) & (south <= 0)) | (-south > band[1:])
    wrong &= community[one] == community[other]
    found = np.flatnonzero(wrong)
    yield Hits(
        coverage.rows[other[found]],
        translate(
            "Wangge",
            "The cell comes after {value} but lies further north or west of it. Number the "
            "community again from west to east and north to south, if codes may change.",
        ),
        "grid_code",
        Late(ledger.key_texts, coverage.rows[one[found]]),
    )


_rule = partial(describe, Subject.GRID)
_E = Severity.ERROR
_COVER = ("geometry", "date:end_date")

RULES = (
    _rule(
        "G10",
        _E,
        _check_form,
        ("Grid code has its form", "单元网格标识码位数正确"),
        (
            "15 digits: district 6, street 3, community 3, sequence 3 (14 in old data).",
            "15 位数字：区县 6 + 街道 3 + 社区 3 + 顺序号 3（旧数据 14 位）。",
        ),
        fields=("grid_code",),
        tags=("code",),
    ),
    _rule(
        "G11",
        _E,
        _check_prefix,
        ("Code begins with its community", "标识码前 12 位为社区代码"),
        (
            "The first twelve digits are the community's code, which exists.",
            "标识码前 12 位应等于所在社区代码，且该社区存在。",
        ),
        fields=("grid_code", "community_code"),
        tags=("code",),
    ),
    _rule(
        "G11b",
        _E,
        _check_located,
        ("In the community it names", "位于所填社区内"),
        (
            "The community in the table is the one in which most of the cell lies.",
            "属性中的社区代码应与网格实际所在社区一致。",
        ),
        across=True,
        keeps=(*_COVER, "text:community_code"),
        needs=("communities",),
        fields=("community_code",),
        tags=("code", "place", "fixable"),
    ),
    _rule(
        "G12",
        _E,
        _check_sequence,
        ("Sequence 001–999, once", "顺序号 001–999 且不重复"),
        (
            "Within a community each active cell has a sequence number of its own from 001.",
            "同一社区内在用网格的顺序号从 001 起且不重复。",
        ),
        across=True,
        keeps=("text:grid_code", "date:end_date"),
        fields=("grid_code",),
        tags=("code", "duplicate"),
    ),
    _rule(
        "G12b",
        Severity.INFO,
        _check_holes,
        ("Sequence without holes", "顺序号连续"),
        (
            "Numbers that neither an active nor a known retired cell has.",
            "既无在用网格、也无已知停用网格的顺序号。",
        ),
        across=True,
        keeps=("text:grid_code",),
        fields=("grid_code",),
        tags=("code",),
    ),
    _rule(
        "G13",
        Severity.WARNING,
        _check_order,
        ("Numbered west to east, north to south", "编号自西向东、自北向南"),
        (
            "Within a community cells are numbered in rows. Cells added later break the order "
            "lawfully.",
            "社区内按行自西向东、自北向南编号；后期新增网格可例外。",
        ),
        across=True,
        keeps=(*_COVER, "text:grid_code"),
        fields=("grid_code",),
        parameters=(
            Parameter(
                "row",
                0.55,
                "",
                "Height of a row as a share of the usual cell's height.",
                "行高占常见网格高度的比例。",
            ),
        ),
        tags=("code",),
    ),
)
