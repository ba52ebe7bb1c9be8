"""Grid rules on time and higher grids: G15, G18, G19."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from ..translation import translate
from .coverage import coverage_of
from .finding import Severity
from .ledger import Ledger
from .rows import Rows
from .rule import Hits, Parameter, Subject, describe
from .safe_shapes import polygonal


def _check_dates(rows: Rows, context, parameters) -> Iterator[Hits]:
    start, end = rows.dates("start_date"), rows.dates("end_date")
    found = np.flatnonzero(start > end)
    yield Hits(
        found,
        translate("Wangge", "{field} {value} is before the start {start}. Correct one of them."),
        "end_date",
        end[found].astype(str),
        {"start": start[found].astype(str)},
    )
    found = np.flatnonzero(end > context.today64)
    yield Hits(
        found,
        translate(
            "Wangge",
            "{field} {value} lies ahead; a cell in use has none. Empty it until the cell retires.",
        ),
        "end_date",
        end[found].astype(str),
    )


def _check_retired(ledger: Ledger, context, parameters) -> Iterator[Hits]:
    codes = ledger.text("grid_code")
    end = ledger.column("date:end_date")
    active = (np.isnat(end) | (end > context.today64)) & ~codes.blank
    gone = np.zeros(len(codes.values), bool)
    gone[np.unique(codes.index[~active])] = True
    gone |= np.array([v in (context.retired_codes or ()) for v in codes.values], bool)
    found = np.flatnonzero(active & codes.spread(gone))
    yield Hits(
        found,
        translate(
            "Wangge",
            "{field} {value} belonged to a cell that was retired; a code is never used again. "
            "Take the next free one.",
        ),
        "grid_code",
        codes.pick(found),
    )


def _check_management(ledger: Ledger, context, parameters) -> Iterator[Hits]:
    coverage = coverage_of(ledger)
    group = ledger.text("management_code")
    community = ledger.text("community_code").index[coverage.rows]
    member = group.index[coverage.rows]
    given = ~group.blank[coverage.rows]
    one, other = coverage.neighbours
    linked = (member[one] == member[other]) & given[one]
    one, other = one[linked], other[linked]
    side = shapely.relate_pattern(coverage.cells[one], coverage.cells[other], "****1****")
    one, other = one[side], other[side]
    n = len(coverage.rows)
    _, part = connected_components(
        coo_array((np.ones(len(one)), (one, other)), shape=(n, n)), False
    )
    order = np.flatnonzero(given)
    order = order[np.lexsort((coverage.ids[order], member[order]))]
    starts = np.flatnonzero(np.diff(member[order], prepend=-1))
    rows, values, problems = [], [], []
    for cells in np.split(order, starts[1:]) if len(order) else []:
        said = []
        if len(cells) > parameters["most"]:
            said.append(
                translate("Wangge", "it has {count} cells, {most} at most").format(
                    count=len(cells), most=int(parameters["most"])
                )
            )
        if len(np.unique(community[cells])) > 1:
            said.append(translate("Wangge", "its cells belong to several communities"))
        if len(np.unique(part[cells])) > 1:
            said.append(translate("Wangge", "its cells do not adjoin each other"))
        if said:
            rows.append(coverage.rows[cells[0]])
            values.append(group.values[member[cells[0]]])
            problems.append("; ".join(said))
    yield Hits(
        np.array(rows, np.int64),
        translate("Wangge", "Management grid {value}: {problems}. Compose it anew."),
        "management_code",
        values,
        {"problems": problems},
    )


def _check_lineage(ledger: Ledger, context, parameters) -> Iterator[Hits]:
    coverage = coverage_of(ledger)
    codes = ledger.text("grid_code")
    previous, lineage = context.previous_grids, context.lineage
    told = codes.found_in(lineage.new_codes | lineage.old_codes)[coverage.rows]
    before = codes.positions(previous.positions)[coverage.rows]
    fresh = np.flatnonzero((before < 0) & ~told & ~codes.blank[coverage.rows])
    yield Hits(
        coverage.rows[fresh],
        translate(
            "Wangge", "Cell {value} is new, but the lineage does not say what it was made from."
        ),
        "grid_code",
        codes.pick(coverage.rows[fresh]),
    )
    stayed = np.flatnonzero((before >= 0) & ~told)
    old, new = previous.geometry[before[stayed]], coverage.cells[stayed]
    differ = ~shapely.equals_exact(old, new, 0.0)
    stayed, old, new = stayed[differ], polygonal(old[differ]), new[differ]
    change = shapely.area(shapely.symmetric_difference(old, new)) / np.maximum(
        shapely.area(old), 1e-12
    )
    moved = np.flatnonzero(change > parameters["share"])
    yield Hits(
        coverage.rows[stayed[moved]],
        translate(
            "Wangge",
            "The shape of cell {value} changed by {percent:.1f} %, but the lineage does not say so.",
        ),
        "grid_code",
        codes.pick(coverage.rows[stayed[moved]]),
        {"percent": 100 * change[moved]},
    )
    present = {codes.values[i] for i in np.unique(codes.index[coverage.rows]).tolist()}
    lost = np.array(
        [c not in present and c not in lineage.old_codes for c in previous.codes.tolist()], bool
    )
    gone = np.flatnonzero(lost)
    yield Hits(
        np.full(len(gone), -1),
        translate(
            "Wangge", "Cell {value} is gone, but the lineage does not say what became of it."
        ),
        "grid_code",
        previous.codes[gone],
        geometry=previous.geometry[gone],
        keys=previous.codes[gone],
    )


_rule = partial(describe, Subject.GRID)
_E = Severity.ERROR
_COVER = ("geometry", "date:end_date")

RULES = (
    _rule(
        "G15",
        _E,
        _check_dates,
        ("Start before end, no end ahead", "起止日期合理"),
        (
            "A cell starts before it ends; a cell in use has no end date.",
            "初始日期不晚于终止日期；在用网格无终止日期。",
        ),
        fields=("start_date", "end_date"),
        tags=("history",),
    ),
    _rule(
        "G15b",
        _E,
        _check_retired,
        ("No retired code", "不重用已停用编码"),
        (
            "The code of a retired cell is never given to another one.",
            "已停用网格的编码不得再次使用。",
        ),
        across=True,
        keeps=("text:grid_code", "date:end_date"),
        fields=("grid_code",),
        tags=("history", "code"),
    ),
    _rule(
        "G18",
        _E,
        _check_management,
        ("Management grid of 1–5 adjoining cells", "管理网格由 1–5 个相邻网格组成"),
        (
            "A management grid is one to five adjoining unit grids of one community.",
            "管理网格由同一社区内 1–5 个相邻单元网格组成。",
        ),
        across=True,
        keeps=(*_COVER, "text:management_code", "text:community_code"),
        fields=("management_code",),
        parameters=(Parameter("most", 5, "", "Most cells.", "最多网格数。"),),
        tags=("coverage",),
    ),
    _rule(
        "G19",
        _E,
        _check_lineage,
        ("Changes have a lineage", "变更有沿革记录"),
        (
            "Every cell that is new, reshaped or gone since the previous edition is in the lineage "
            "table.",
            "相对上一版新增、变形、注销的网格都应在沿革表中有记录。",
        ),
        across=True,
        keeps=(*_COVER, "text:grid_code"),
        needs=("previous_grids", "lineage"),
        fields=("grid_code",),
        parameters=(
            Parameter("share", 0.01, "", "Share of the area that may change.", "允许的变化比例。"),
        ),
        tags=("history",),
    ),
)
