"""Where the components stand: each class has its habit, and every wanted count is met."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NoReturn

import numpy as np
import shapely
from scipy.spatial import cKDTree

from ..errors import WanggeError
from ..translation import translate
from .buildings import Buildings
from .habits import HABITS, Habit
from .noding import end_nodes
from .placing import Track, even
from .streets import Streets

APART = 2.6  # metres between two things of one class
#: Most components per square kilometre; dense centres hold some 10,000.
DENSEST = 30_000


@dataclass(frozen=True)
class Site:
    """What the components have to keep clear of or stand by."""

    streets: Streets
    buildings: Buildings
    water: np.ndarray
    cells: np.ndarray
    corners: np.ndarray
    corner_rank: np.ndarray

    @cached_property
    def walls(self) -> Track:
        """The outer walls of all buildings, the inside to the left."""
        walls = shapely.get_exterior_ring(self.buildings.polygons)
        clockwise = ~shapely.is_ccw(walls)
        walls[clockwise] = shapely.reverse(walls[clockwise])
        return Track(walls)


def make_site(streets: Streets, buildings: Buildings, water: np.ndarray, cells: np.ndarray) -> Site:
    """Find the crossings and gather what placing needs."""
    number, nodes = end_nodes(streets.lines)
    degree = np.bincount(number.ravel(), minlength=len(nodes))
    worst = np.zeros(len(nodes), dtype=int)
    # The second-highest rank at a node: how much of a crossing it is.
    order = np.argsort(streets.rank, kind="stable")[::-1]
    best = np.full(len(nodes), 9)
    for side in (0, 1):
        np.minimum.at(best, number[order, side], streets.rank[order])
        np.maximum.at(worst, number[order, side], streets.rank[order])
    crossing = degree >= 3
    return Site(streets, buildings, water, cells, nodes[crossing], best[crossing])


def counts_by_class(components: int) -> np.ndarray:
    """Share ``components`` among the habits by weight; the sum is exact."""
    weight = np.array([h.weight for h in HABITS])
    ideal = weight / weight.sum() * components
    counts = np.floor(ideal).astype(int)
    rest = components - counts.sum()
    counts[np.argsort(counts - ideal, kind="stable")[:rest]] += 1
    return counts


def place_components(
    rng: np.random.Generator, site: Site, components: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Place components.

    Returns
    -------
    xy : ndarray of float, shape (components, 2)
    habit : ndarray of int, shape (components,)
        Row in `HABITS`.
    cell : ndarray of int, shape (components,)
        The cell each stands in.
    """
    room = shapely.area(site.cells).sum() / 1e6 * DENSEST
    if components > room:
        _refuse(components - int(room))
    wanted = counts_by_class(components)
    free = _Free(site)
    found, habits, cells = [], [], []
    short = 0
    for k in np.argsort([h.weight for h in HABITS], kind="stable"):
        need = int(wanted[k])
        if not need:
            continue
        xy, cell = _place_class(rng, site, free, HABITS[k], need)
        short += need - len(xy)
        found.append(xy)
        cells.append(cell)
        habits.append(np.full(len(xy), k))
    if short:
        xy, cell, habit = _make_up(rng, site, free, found, habits, short)
        found.append(xy)
        cells.append(cell)
        habits.append(habit)
    habit = np.concatenate(habits)
    order = np.argsort(habit, kind="stable")
    return np.concatenate(found)[order], habit[order], np.concatenate(cells)[order]


class _Free:
    """Tells where a component can stand: in one cell, not in a building, not in the water."""

    def __init__(self, site: Site):
        self._cells = shapely.STRtree(site.cells)
        self._buildings = shapely.STRtree(site.buildings.polygons)
        self._water = shapely.STRtree(site.water)
        # A river has thousands of vertices: prepared, it answers point by point at once.
        shapely.prepare(site.water)

    def cell(self, xy: np.ndarray) -> np.ndarray:
        """Return the cell of each place, -1 where nothing can stand."""
        points = shapely.points(xy)
        which, cell = self._cells.query(points, predicate="within")
        home = np.full(len(xy), -1)
        home[which] = cell
        which, _ = self._buildings.query(points, predicate="intersects")
        home[which] = -1
        which, water = self._water.query(points)
        wet = shapely.intersects(self._water.geometries[water], points[which])
        home[which[wet]] = -1
        return home


def _place_class(
    rng: np.random.Generator, site: Site, free: _Free, habit: Habit, need: int
) -> tuple[np.ndarray, np.ndarray]:
    best: tuple[np.ndarray, np.ndarray] = (np.empty((0, 2)), np.empty(0, int))
    for surplus in (1.12, 1.5, 2.2):
        n = int(need * surplus) + 8
        xy = np.round(_candidates(rng, site, habit, n), 3)
        cell = free.cell(xy)
        xy, cell = xy[cell >= 0], cell[cell >= 0]
        apart = _apart(xy)
        xy, cell = xy[apart], cell[apart]
        if len(xy) > len(best[0]):
            best = (xy, cell)
        if len(xy) >= need:
            break
    xy, cell = best
    if len(xy) > need:
        chosen = np.sort(rng.choice(len(xy), need, replace=False))
        xy, cell = xy[chosen], cell[chosen]
    return xy, cell


def _apart(xy: np.ndarray) -> np.ndarray:
    """Return which places to keep so that no two are nearer than `APART`."""
    keep = np.ones(len(xy), bool)
    if len(xy) > 1:
        pairs = cKDTree(xy).query_pairs(APART, output_type="ndarray")
        keep[pairs.max(axis=1)] = False
    return keep


def _candidates(rng: np.random.Generator, site: Site, habit: Habit, n: int) -> np.ndarray:
    if habit.place == "corner":
        return _at_corners(rng, site, habit, n)
    if habit.place == "yard":
        return _in_yards(rng, site, habit, n)
    if habit.place == "bank":
        banks = shapely.boundary(site.water)
        track = Track(shapely.get_parts(banks))
        side = -1.0 if shapely.is_ccw(shapely.get_exterior_ring(site.water[0])) else 1.0
        distance = even(rng, track.length, n, jitter=habit.jitter)
        return track.at(distance, np.full(n, side * habit.offset))
    streets = site.streets
    allowed = np.flatnonzero(streets.rank <= habit.lowest)
    order = allowed[np.argsort(streets.rank[allowed], kind="stable")]
    # A small census covers the main streets at usual distances, not all of them thinly.
    sides = 2 if habit.place == "kerb" else 1
    length = np.cumsum(np.maximum(shapely.length(streets.lines[order]) - 14, 0)) * sides
    enough = int(np.searchsorted(length, n * habit.spacing)) + 1
    chosen = order[:enough]
    result = []
    total = length[min(enough, len(length)) - 1]
    for rank in np.unique(streets.rank[chosen]):
        lines = streets.lines[chosen[streets.rank[chosen] == rank]]
        width = streets.width[streets.rank == rank][0]
        track = Track(lines, margin=7.0)
        for side in (1.0, -1.0)[:sides]:
            m = int(np.ceil(n * track.length / total)) if total else 0
            if habit.place == "kerb":
                offset = side * (width / 2 + habit.offset)
            else:
                offset = rng.choice([-1.0, 1.0]) * min(habit.offset, width / 2 - 0.8)
            distance = even(rng, track.length, m, jitter=habit.jitter)
            result.append(track.at(distance, np.full(m, offset)))
    return np.concatenate(result)


def _at_corners(rng: np.random.Generator, site: Site, habit: Habit, n: int) -> np.ndarray:
    rows = np.flatnonzero(site.corner_rank <= habit.lowest)
    rows = rows[np.argsort(site.corner_rank[rows], kind="stable")]
    per = min(max(-(-n // max(len(rows), 1)), 4), 14)
    rows = np.repeat(rows[: -(-n // per)], per)
    corner = np.tile(np.arange(per), len(rows) // per)
    angle = 2 * np.pi * corner / per + 0.6
    reach = 6.0 + habit.offset + 5.0 * (corner // 4)
    return site.corners[rows] + reach[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)


def _in_yards(rng: np.random.Generator, site: Site, habit: Habit, n: int) -> np.ndarray:
    track = site.walls
    distance = even(rng, track.length, n, jitter=habit.jitter)
    return track.at(distance, np.full(n, -habit.offset))


def _make_up(
    rng: np.random.Generator,
    site: Site,
    free: _Free,
    found: list[np.ndarray],
    habits: list[np.ndarray],
    short: int,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Add trees in the yards and parks for what other classes found no room for."""
    trees = next(k for k, h in enumerate(HABITS) if h.code == "04002")
    mine = [xy for xy, h in zip(found, habits, strict=True) if len(h) and h[0] == trees]
    taken = mine[0] if mine else np.empty((0, 2))
    bounds = shapely.total_bounds(site.cells)
    xys, cells = [], []
    while short:
        xy = np.round(rng.uniform(bounds[:2], bounds[2:], (min(2 * short, 100_000) + 64, 2)), 3)
        cell = free.cell(xy)
        xy, cell = xy[cell >= 0], cell[cell >= 0]
        keep = _apart(np.concatenate([taken, xy]))[len(taken) :]
        xy, cell = xy[keep][:short], cell[keep][:short]
        if not len(xy):
            _refuse(short)
        taken = np.concatenate([taken, xy])
        xys.append(xy)
        cells.append(cell)
        short -= len(xy)
    place = np.concatenate(xys)
    return place, np.concatenate(cells), np.full(len(place), trees)


def _refuse(count: int) -> NoReturn:
    raise WanggeError(
        translate(
            "Wangge",
            "The sample city has no room for {count} more components. Ask for fewer components "
            "or a larger area.",
        ).format(count=count)
    )
