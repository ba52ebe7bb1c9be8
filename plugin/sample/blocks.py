"""Blocks: fields cut by their quarter's streets, noded, and turned into cells and communities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from .noding import node_lines
from .plan import STRIP, Field, Plan, Quarter, Rank
from .subdivision import Cuts, halve, hierarchy
from .terrain import Terrain

CELL_AREA = 10_000.0

_STYLES: dict[Quarter, dict[str, Any]] = {
    Quarter.OLD: {
        "bend": 0.035,
        "slant": 0.16,
        "uneven": 0.16,
        "rank_of": hierarchy(
            ((36, Rank.SECONDARY), (8, Rank.BRANCH)), (Rank.LANE, Rank.LANE, Rank.LANE, Rank.NONE)
        ),
    },
    Quarter.HILL: {
        "bend": 0.06,
        "slant": 0.12,
        "uneven": 0.18,
        "rank_of": hierarchy(((24, Rank.BRANCH), (10, Rank.LANE)), (Rank.NONE,)),
    },
    Quarter.PARK: {
        "bend": 0.05,
        "slant": 0.1,
        "uneven": 0.1,
        "rank_of": hierarchy(((12, Rank.LANE),), (Rank.NONE,)),
    },
    Quarter.INDUSTRY: {
        "bend": 0.0,
        "slant": 0.0,
        "uneven": 0.08,
        "rank_of": hierarchy(((30, Rank.SECONDARY), (6, Rank.BRANCH)), (Rank.LANE, Rank.NONE)),
    },
}


@dataclass(frozen=True)
class Network:
    """The planar network, and what it encloses.

    Attributes
    ----------
    edges : ndarray of LineString, shape (m,)
    rank : ndarray of int, shape (m,)
    road : ndarray of object, shape (m,)
        Which street an edge belongs to: the axis of a main road or a number of its own.
    cells : ndarray of Polygon, shape (n,)
    cell_field, cell_quarter : ndarray of int, shape (n,)
    communities : ndarray of Polygon, shape (k,)
        In the order of the plan's fields.
    """

    edges: np.ndarray
    rank: np.ndarray
    road: np.ndarray
    cells: np.ndarray
    cell_field: np.ndarray
    cell_quarter: np.ndarray
    communities: np.ndarray


def _chop(terrain: Terrain, field: Field, *, s=None, t=None) -> shapely.LineString:
    """Return a line of the lattice through a field, long enough to reach its borders."""
    if s is not None:
        run = np.linspace(field.t[0] - 12, field.t[1] + 12, 26)
        return shapely.LineString(terrain.ground(np.full(26, s), run))
    run = _run(field)
    return shapely.LineString(terrain.ground(run, np.full(len(run), t)))


def _run(field: Field) -> np.ndarray:
    """Places along a field at which lines across it have vertices, the same for all uses."""
    return np.linspace(field.s[0] - 40, field.s[1] + 40, 40)


def _gridiron(terrain: Terrain, field: Field, low: float, high: float) -> Cuts:
    """Return straight streets at even distances between t = ``low`` and ``high``."""
    polygon = field.polygon
    width = field.s[1] - field.s[0]
    nu = max(round(width / 98), 1)
    nv = max(round((high - low) * width / nu / CELL_AREA), 1)
    lines, ranks = [], []
    for k in range(1, nu):
        line = _chop(terrain, field, s=field.s[0] + width * k / nu)
        lines.append(shapely.intersection(line, _band(terrain, field, low, high)))
        ranks.append(Rank.SECONDARY if k == nu // 2 else (Rank.BRANCH, Rank.LANE)[k % 2])
    for k in range(1, nv):
        line = _chop(terrain, field, t=low + (high - low) * k / nv)
        lines.append(shapely.intersection(line, polygon))
        ranks.append(Rank.SECONDARY if k == nv // 2 else (Rank.LANE, Rank.BRANCH)[k % 2])
    return Cuts(np.array(lines, dtype=object), np.array(ranks, dtype=int))


def _band(terrain: Terrain, field: Field, low: float, high: float) -> shapely.Polygon:
    """Return the part of a field between two lines t = ``low`` and ``high``."""
    if (low, high) == field.t:
        return field.polygon
    s = _run(field)
    # Outer sides are pushed out so that only the field's own border bounds the part there.
    low = low - 60 if low == field.t[0] else low
    high = high + 60 if high == field.t[1] else high
    ring = np.concatenate(
        [terrain.ground(s, np.full(40, low)), terrain.ground(s[::-1], np.full(40, high))]
    )
    return shapely.intersection(field.polygon, shapely.Polygon(ring))


def _strip(terrain: Terrain, field: Field) -> tuple[list[Cuts], tuple[float, float]]:
    """Cut the embankment off a field by the river; return what is left for streets."""
    low, high = field.t
    if low == 0:
        bank, strip, rest = STRIP, (0.0, STRIP), (STRIP, high)
    elif high == 0:
        bank, strip, rest = -STRIP, (-STRIP, 0.0), (low, -STRIP)
    else:
        return [], field.t
    road = shapely.intersection(_chop(terrain, field, t=bank), field.polygon)
    band = _band(terrain, field, *strip)
    n = max(round(band.area / CELL_AREA), 1)
    s = field.s[0] + (field.s[1] - field.s[0]) * np.arange(1, n) / n
    crossings = [shapely.intersection(_chop(terrain, field, s=float(v)), band) for v in s]
    cuts = [Cuts(np.array([road], dtype=object), np.array([int(Rank.BRANCH)]))]
    if crossings:
        cuts.append(Cuts(np.array(crossings, dtype=object), np.full(n - 1, int(Rank.NONE))))
    return cuts, rest


def cut_blocks(rng: np.random.Generator, terrain: Terrain, plan: Plan) -> Network:
    """Cut all fields into blocks and node the whole."""
    cuts: list[Cuts] = []
    waiting: dict[Quarter, list[shapely.Geometry]] = {q: [] for q in _STYLES}
    for field in plan.fields:
        own, (low, high) = _strip(terrain, field)
        cuts.extend(own)
        if field.quarter in (Quarter.NEW, Quarter.TOWERS):
            cuts.append(_gridiron(terrain, field, low, high))
        else:
            waiting[field.quarter].append(_band(terrain, field, low, high))
    for quarter, polygons in waiting.items():
        if polygons:
            shapes = np.array(polygons, dtype=object)
            counts = np.maximum(np.round(shapely.area(shapes) / CELL_AREA), 1).astype(int)
            cuts.append(halve(rng, shapes, counts, **_STYLES[quarter]))
    sides = np.array([side.line for side in plan.sides], dtype=object)
    inner = np.concatenate([c.lines for c in cuts])
    rank = np.concatenate([[int(side.rank) for side in plan.sides], *(c.ranks for c in cuts)])
    road = np.array(
        [side.axis for side in plan.sides] + [f"c{k}" for k in range(len(inner))], dtype=object
    )
    edges, source = node_lines(np.concatenate([sides, inner]))
    borders = shapely.get_parts(shapely.polygonize(edges[source < len(sides)]))
    communities = borders[_inside(borders, np.array([f.polygon for f in plan.fields]))]
    cells = shapely.get_parts(shapely.polygonize(edges))
    found = _home(cells, communities)
    cells, cell_field = cells[found >= 0], found[found >= 0]
    quarter = np.array([int(f.quarter) for f in plan.fields])[cell_field]
    return Network(edges, rank[source], road[source], cells, cell_field, quarter, communities)


def _inside(shapes: np.ndarray, fields: np.ndarray) -> np.ndarray:
    """Return for each field the shape that lies on it."""
    home = _home(shapes, fields)
    rows = np.full(len(fields), -1)
    rows[home[home >= 0]] = np.flatnonzero(home >= 0)
    return rows


def _home(shapes: np.ndarray, areas: np.ndarray) -> np.ndarray:
    point = shapely.point_on_surface(shapes)
    which, area = shapely.STRtree(areas).query(point, predicate="within")
    home = np.full(len(shapes), -1)
    home[which] = area
    return home
