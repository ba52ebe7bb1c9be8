"""Grid rules on the coverage: G1–G5 and G9."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from ..translation import translate
from .common_place_rules import invalid_geometry
from .coverage import TOGETHER, coverage_of
from .finding import Severity
from .ledger import Ledger
from .rows import Rows
from .rule import Hits, Late, Parameter, Subject, describe

_KEEPS = ("geometry", "date:end_date")


def _check_valid(rows: Rows, context, parameters) -> Iterator[Hits]:
    yield from invalid_geometry(rows)


def _check_overlaps(ledger: Ledger, context, parameters) -> Iterator[Hits]:
    coverage = coverage_of(ledger)
    found = coverage.overlaps.larger_than(parameters["tolerance"])
    yield Hits(
        coverage.rows[found.other],
        translate(
            "Wangge",
            "The unit grid overlaps {value} by {size:.3f} m². Move the border so that the ground "
            "belongs to one.",
        ),
        values=Late(ledger.key_texts, coverage.rows[found.one]),
        details={"size": found.size},
        geometry=found.geometry,
    )


def _check_gaps(ledger: Ledger, context, parameters) -> Iterator[Hits]:
    found = coverage_of(ledger).gaps.larger_than(parameters["tolerance"])
    codes = context.communities.codes[found.one]
    yield Hits(
        np.full(len(codes), -1),
        translate(
            "Wangge",
            "{size:.3f} m² of community {value} belong to no unit grid. Extend the cells around.",
        ),
        values=codes,
        details={"size": found.size},
        geometry=found.geometry,
        keys=codes,
    )


def _check_nesting(ledger: Ledger, context, parameters) -> Iterator[Hits]:
    coverage = coverage_of(ledger)
    found = coverage.outside.larger_than(parameters["tolerance"])
    lost = found.other < 0
    yield Hits(
        coverage.rows[found.one[lost]],
        translate("Wangge", "The unit grid lies outside all communities. Delete or move it."),
        geometry=found.geometry[lost],
    )
    yield Hits(
        coverage.rows[found.one[~lost]],
        translate(
            "Wangge",
            "{size:.3f} m² of the unit grid lie outside its community {value}. Cut it at the "
            "community's border.",
        ),
        values=context.communities.codes[found.other[~lost]],
        details={"size": found.size[~lost]},
        geometry=found.geometry[~lost],
    )


def _check_buildings(ledger: Ledger, context, parameters, across: bool) -> Iterator[Hits]:
    coverage = coverage_of(ledger)
    buildings = context.buildings
    pieces = ledger.once("cut buildings", lambda: coverage.cut_buildings(buildings))
    pieces = pieces.larger_than(parameters["tolerance"])
    home = _home(ledger, context)[coverage.rows[pieces.other]]
    order = np.lexsort((coverage.ids[pieces.other], -pieces.size, pieces.one))
    building, cell, home = pieces.one[order], pieces.other[order], home[order]
    starts = np.flatnonzero(np.diff(building, prepend=-1))
    cells = np.diff(np.append(starts, len(building)))
    same = np.ones(len(building), bool)
    pairs = np.unique(np.column_stack([building, home]), axis=0)[:, 0]
    homes = np.bincount(pairs, minlength=len(buildings))[building[starts]]
    same = cells > homes  # two cells of one community share the building
    cut = (cells > 1) & (~same if across else same)
    if buildings.allowed is not None:
        cut &= ~buildings.allowed[building[starts]]
    chosen = starts[cut]
    keys = np.arange(len(buildings)) + 1 if buildings.keys is None else buildings.keys
    yield Hits(
        coverage.rows[cell[chosen]],
        translate(
            "Wangge",
            "The border of the community cuts building {value}. Ask whose it is, or allow it.",
        )
        if across
        else translate(
            "Wangge",
            "The border of the unit grid cuts building {value} into {count} pieces. Lead it around "
            "the building, or allow it.",
        ),
        values=keys[building[chosen]],
        details={"count": cells[cut]},
        geometry=buildings.geometry[building[chosen]],
    )


def _home(ledger: Ledger, context) -> np.ndarray:
    # The community by code, so that no community layer is needed.
    code = ledger.text("community_code")
    return code.index


def _check_edges(ledger: Ledger, context, parameters) -> Iterator[Hits]:
    coverage = coverage_of(ledger)
    cell, lines = coverage.unmatched(parameters["tolerance"])
    hit, at, count = np.unique(cell, return_index=True, return_counts=True)
    overlapping = coverage.overlaps.larger_than(parameters["overlap"])
    # An overlap is reported as such; its edges need no second finding.
    told = np.isin(hit, np.concatenate([overlapping.one, overlapping.other]))
    hit, at, count = hit[~told], at[~told], count[~told]
    yield Hits(
        coverage.rows[hit],
        translate(
            "Wangge",
            "{value} edges of the unit grid are not edges of the cell beside it: a vertex is "
            "missing or moved. Repair the coverage.",
        ),
        values=count,
        geometry=lines[at] if len(hit) else None,
    )


_rule = partial(describe, Subject.GRID)
_E, _W = Severity.ERROR, Severity.WARNING
_TOLERANCE = Parameter(
    "tolerance",
    0.01,
    "m²",
    "Area that is forgiven; 0 forgives nothing.",
    "允许的面积，0 为零容差。",
)
_TAGS = ("geometry", "coverage")

RULES = (
    _rule(
        "G1",
        _E,
        _check_valid,
        ("Valid polygon", "多边形有效"),
        ("Rings do not cross themselves or each other.", "边界环不自相交、不相互交叉。"),
        tags=("geometry",),
    ),
    _rule(
        "G2",
        _E,
        _check_overlaps,
        ("No overlap", "网格之间无重叠"),
        ("Unit grids do not overlap each other.", "单元网格之间不得重叠。"),
        across=True,
        keeps=_KEEPS,
        parameters=(_TOLERANCE,),
        tags=_TAGS,
    ),
    _rule(
        "G3",
        _E,
        _check_gaps,
        ("No gap", "网格无缝覆盖社区"),
        ("Unit grids cover their community without a gap.", "单元网格应无缝覆盖所在社区。"),
        across=True,
        keeps=_KEEPS,
        needs=("communities",),
        parameters=(_TOLERANCE,),
        tags=_TAGS,
    ),
    _rule(
        "G4",
        _E,
        _check_nesting,
        ("Inside one community", "网格不跨越社区"),
        ("A unit grid lies within one community.", "单元网格应完全位于一个社区内。"),
        across=True,
        keeps=_KEEPS,
        needs=("communities",),
        parameters=(_TOLERANCE,),
        tags=_TAGS,
    ),
    _rule(
        "G5",
        _E,
        partial(_check_buildings, across=False),
        ("No building cut", "网格界线不穿越建筑物"),
        (
            "Borders between the cells of a community cross no building, but for those the city "
            "has allowed.",
            "社区内网格界线不得穿越建筑物（已许可的除外）。",
        ),
        across=True,
        keeps=(*_KEEPS, "text:community_code"),
        needs=("buildings",),
        parameters=(
            Parameter("tolerance", 0.5, "m²", "Piece that is forgiven.", "允许切下的面积。"),
        ),
        tags=_TAGS,
    ),
    _rule(
        "G5b",
        _W,
        partial(_check_buildings, across=True),
        ("No building on a community border", "社区界线不穿越建筑物"),
        (
            "A community's border, which the cells must follow, crosses a building.",
            "单元网格须遵循的社区界线穿越了建筑物。",
        ),
        across=True,
        keeps=(*_KEEPS, "text:community_code"),
        needs=("buildings",),
        parameters=(
            Parameter("tolerance", 0.5, "m²", "Piece that is forgiven.", "允许切下的面积。"),
        ),
        tags=_TAGS,
    ),
    _rule(
        "G9",
        _W,
        _check_edges,
        ("Shared borders have the same vertices", "公共边节点一致"),
        (
            "Neighbouring cells have the same vertices on their border; an error before a push.",
            "相邻网格公共边上的节点应完全一致；推送前视为错误。",
        ),
        across=True,
        keeps=_KEEPS,
        push_severity=_E,
        parameters=(
            Parameter(
                "tolerance",
                TOGETHER,
                "m",
                "Distance at which edges run together.",
                "视为共线的距离。",
            ),
            Parameter(
                "overlap", 0.01, "m²", "Overlaps above are left to G2.", "超过则由 G2 报告。"
            ),
        ),
        tags=_TAGS,
    ),
)
