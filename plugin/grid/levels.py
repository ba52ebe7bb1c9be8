"""Roll unit grids up to communities, streets, districts and the city by the digits of their code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import shapely

from ..errors import WanggeError
from ..progress import SILENT, Progress, stop_if_cancelled
from ..translation import translate
from .coverage import is_seamless
from .polygons import join_cells

# Municipalities directly under the central government: the whole province level is the city.
MUNICIPALITIES = ("11", "12", "31", "50")
_TOLERANCE = 1e-6


class LevelName(StrEnum):
    """The levels, finest first."""

    GRID = "grid"
    COMMUNITY = "community"
    STREET = "street"
    DISTRICT = "district"
    CITY = "city"


DIGITS = {LevelName.COMMUNITY: 12, LevelName.STREET: 9, LevelName.DISTRICT: 6, LevelName.CITY: 4}


@dataclass(frozen=True)
class Level:
    """One level in columns.

    Attributes
    ----------
    name : LevelName
    code, parent : ndarray of object (str), shape (k,)
        Sorted by code; the city has the parent "".
    geometry : ndarray of polygons and multipolygons, shape (k,)
    cells : ndarray of int64, shape (k,)
        How many unit grids belong to it.
    area : ndarray of float64, shape (k,)
        In m².
    totals : mapping of str to ndarray of float64, each of shape (k,)
        Sums of what was counted per cell.
    """

    name: LevelName
    code: np.ndarray
    parent: np.ndarray
    geometry: np.ndarray
    cells: np.ndarray
    area: np.ndarray
    totals: Mapping[str, np.ndarray]


class NestingKind(StrEnum):
    """What can be wrong with the nesting of levels."""

    CODE = "code"
    UNKNOWN_COMMUNITY = "unknown_community"
    ELSEWHERE = "elsewhere"
    NOT_COVERED = "not_covered"
    EMPTY_COMMUNITY = "empty_community"
    PARENT = "parent"


@dataclass(frozen=True)
class NestingProblem:
    """A place where the levels do not nest.

    Attributes
    ----------
    kind : NestingKind
    cell : int
        The cell concerned, -1 when it is the whole community.
    code : str
        Its code, or the community's.
    measure : float
        The area in m² that lies elsewhere or is not covered.
    """

    kind: NestingKind
    cell: int
    code: str
    measure: float = 0.0


def code_at(code: str, level: LevelName) -> str:
    """Return the code of the unit at ``level`` to which a grid code belongs.

    >>> code_at("500112001002003", LevelName.STREET)
    '500112001'
    """
    if level is LevelName.GRID:
        return code
    if level is LevelName.CITY and code[:2] in MUNICIPALITIES:
        return code[:2]
    return code[: DIGITS[level]]


def roll_up(
    cells: np.ndarray,
    codes: Sequence[str | None] | np.ndarray,
    *,
    per_cell: Mapping[str, np.ndarray] | None = None,
    progress: Progress = SILENT,
) -> tuple[Level, ...]:
    """Return all levels from the grid to the city.

    Parameters
    ----------
    cells : ndarray of polygons, shape (n,)
    codes : sequence of str or None, shape (n,)
        Grid codes; cells without one are left out (see `check_nesting`).
    per_cell : mapping of str to ndarray of shape (n,), optional
        Counts or loads per cell, to be summed up.
    progress : Progress

    Raises
    ------
    WanggeError
        If no cell has a code of 14 or 15 digits.
    """
    cells = np.asarray(cells, dtype=object)
    text = np.array([c or "" for c in codes], dtype=object)
    rows = np.flatnonzero([_is_grid_code(c) for c in text])
    if not len(rows):
        raise WanggeError(
            translate(
                "Wangge",
                "No cell of the layer unit_grid has a code in the field grid_code. Number the unit"
                " grids first.",
            )
        )
    values = {k: np.asarray(v, float)[rows] for k, v in (per_cell or {}).items()}
    order = np.argsort(text[rows].astype(str), kind="stable")
    rows = rows[order]
    values = {k: v[order] for k, v in values.items()}
    seamless = is_seamless(cells[rows])
    current = Level(
        LevelName.GRID,
        text[rows],
        _codes_at(text[rows], LevelName.COMMUNITY),
        cells[rows],
        np.ones(len(rows), np.int64),
        shapely.area(cells[rows]),
        values,
    )
    levels = [current]
    names = list(LevelName)
    for name, above in zip(names[1:], [*names[2:], None], strict=True):
        stop_if_cancelled(progress)
        current = _group(current, name, above, seamless)
        levels.append(current)
        progress.report(len(levels) / len(names))
    return tuple(levels)


def _is_grid_code(code: str) -> bool:
    return len(code) in (14, 15) and code.isascii() and code.isdigit()


def _codes_at(codes: np.ndarray, level: LevelName | None) -> np.ndarray:
    if level is None:
        return np.full(len(codes), "", dtype=object)
    return np.array([code_at(code, level) for code in codes], dtype=object)


def _group(below: Level, name: LevelName, above: LevelName | None, seamless: bool) -> Level:
    code, group = np.unique(below.parent.astype(str), return_inverse=True)
    order = np.argsort(group, kind="stable")
    members = np.split(order, np.cumsum(np.bincount(group))[:-1])
    # The quick union is right only where borders match vertex by vertex.
    union = join_cells if seamless else shapely.union_all
    geometry = np.array([union(below.geometry[m]) for m in members], dtype=object)
    codes = code.astype(object)
    return Level(
        name,
        codes,
        _codes_at(codes, above),
        geometry,
        np.bincount(group, weights=below.cells).astype(np.int64),
        np.bincount(group, weights=below.area),
        {k: np.bincount(group, weights=v) for k, v in below.totals.items()},
    )


def check_nesting(
    cells: np.ndarray,
    codes: Sequence[str | None] | np.ndarray,
    communities: np.ndarray,
    community_codes: Sequence[str],
    *,
    tolerance: float = _TOLERANCE,
) -> tuple[NestingProblem, ...]:
    """Find cells whose code and place disagree, and communities their cells do not make up.

    Parameters
    ----------
    cells, communities : ndarray of polygons
    codes : sequence of str or None
    community_codes : sequence of str
    tolerance : float
        Share of a community's area that may be missing, and of a cell's that may lie outside.
    """
    cells = np.asarray(cells, dtype=object)
    communities = np.asarray(communities, dtype=object)
    text = [c or "" for c in codes]
    number = {str(code): k for k, code in enumerate(community_codes)}
    home = np.full(len(cells), -1, np.int64)
    problems = []
    for i, code in enumerate(text):
        if not _is_grid_code(code):
            problems.append(NestingProblem(NestingKind.CODE, i, code))
        elif code[:12] not in number:
            problems.append(NestingProblem(NestingKind.UNKNOWN_COMMUNITY, i, code))
        else:
            home[i] = number[code[:12]]
    rows = np.flatnonzero(home >= 0)
    away = shapely.area(shapely.difference(cells[rows], communities[home[rows]]))
    for i, area in zip(rows, away, strict=True):
        if area > tolerance * cells[i].area:
            problems.append(NestingProblem(NestingKind.ELSEWHERE, int(i), text[i], float(area)))
    for k, code in enumerate(community_codes):
        own = cells[home == k]
        if not len(own):
            problems.append(NestingProblem(NestingKind.EMPTY_COMMUNITY, -1, str(code)))
            continue
        bare = shapely.area(shapely.difference(communities[k], shapely.union_all(own)))
        if bare > tolerance * communities[k].area:
            problems.append(NestingProblem(NestingKind.NOT_COVERED, -1, str(code), float(bare)))
    return tuple(problems)


def check_parents(
    community_codes: Sequence[str], named: Mapping[LevelName, Sequence[str]]
) -> tuple[NestingProblem, ...]:
    """Find communities whose fields name another street or district than their code does.

    Levels above the community are made by the digits of its code; where the layer's own fields
    say otherwise, one of the two is wrong.

    Parameters
    ----------
    community_codes : sequence of str
    named : mapping of LevelName to sequence of str
        The codes that the layer's fields name, "" where they name none.
    """
    return tuple(
        NestingProblem(NestingKind.PARENT, -1, str(code))
        for level, parents in named.items()
        for code, parent in zip(community_codes, parents, strict=True)
        if parent and parent != code_at(str(code), level)
    )
