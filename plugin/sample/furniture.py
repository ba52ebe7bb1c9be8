"""Where the components stand: each class has its habit, and every wanted count is met."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

import numpy as np
import shapely
from scipy.spatial import cKDTree

from ..errors import WanggeError
from ..translation import translate
from .buildings import Buildings
from .noding import end_nodes
from .placing import Track, even
from .plan import Rank
from .streets import Streets

APART = 2.6  # metres between two things of one class
#: Most components per square kilometre; dense centres hold some 10,000.
DENSEST = 30_000


@dataclass(frozen=True)
class Habit:
    """Where a class stands.

    Attributes
    ----------
    code : str
        Class code of GB/T 47678.5-2026.
    weight : float
        Share among all components.
    place : str
        ``kerb`` along the sidewalks, ``carriageway``, ``corner`` at crossings, ``yard`` by
        buildings, ``bank`` along the water.
    lowest : Rank
        The least of the streets it stands in.
    spacing : float
        Usual distance between two of them in metres.
    jitter : float
        How uneven, 0 to 1.
    body : str
        Key of the department in charge.
    owner : str
        Key of the owner, empty for the same.
    offset : float
        Metres from the carriageway's edge (``kerb``) or its middle (``carriageway``).
    """

    code: str
    weight: float
    place: str
    lowest: Rank
    spacing: float
    jitter: float
    body: str
    owner: str = ""
    offset: float = 1.2


_L, _B, _S = Rank.LANE, Rank.BRANCH, Rank.SECONDARY
HABITS: tuple[Habit, ...] = (
    Habit("04002", 21.0, "kerb", _B, 7, 0.15, "green", offset=1.6),
    Habit("01037", 15.0, "kerb", _L, 28, 0.08, "light", offset=0.7),
    Habit("01003", 9.5, "carriageway", _L, 35, 0.2, "municipal", "drain", offset=1.7),
    Habit("01002", 8.0, "carriageway", _L, 38, 0.2, "municipal", "drain", offset=1.1),
    Habit("01004", 7.0, "kerb", _L, 25, 0.2, "municipal", "drain", offset=-0.4),
    Habit("01001", 5.0, "carriageway", _L, 55, 0.4, "municipal", "supply", offset=2.4),
    Habit("01007", 4.2, "kerb", _B, 60, 0.4, "municipal", "telecom", offset=2.4),
    Habit("01005", 3.4, "kerb", _B, 65, 0.4, "municipal", "power", offset=2.9),
    Habit("03005", 3.2, "kerb", _L, 70, 0.5, "clean", offset=0.9),
    Habit("02010", 3.0, "kerb", _B, 80, 0.6, "police", offset=0.4),
    Habit("01011", 2.2, "carriageway", _B, 90, 0.5, "municipal", "gas", offset=3.1),
    Habit("02021", 2.0, "kerb", _S, 12, 0.3, "municipal", offset=0.25),
    Habit("02014", 1.8, "corner", _S, 0, 0.0, "police", offset=3.0),
    Habit("01030", 1.5, "kerb", _L, 50, 0.2, "urban", "power", offset=3.3),
    Habit("01031", 1.2, "kerb", _L, 52, 0.3, "urban", "telecom", offset=3.7),
    Habit("04011", 1.2, "kerb", _B, 9, 0.2, "green", offset=2.1),
    Habit("01006", 1.1, "kerb", _B, 80, 0.2, "light", offset=1.9),
    Habit("01050", 1.0, "corner", _B, 0, 0.0, "police", offset=4.2),
    Habit("02038", 1.0, "yard", _L, 0, 1.0, "urban", "police", offset=0.6),
    Habit("02012", 0.9, "corner", _B, 0, 0.0, "municipal", offset=5.5),
    Habit("01013", 0.9, "kerb", _B, 120, 0.3, "fire", offset=1.4),
    Habit("03007", 0.9, "yard", _L, 0, 1.0, "urban", offset=0.9),
    Habit("04007", 0.7, "kerb", _S, 60, 0.8, "green", offset=3.0),
    Habit("01027", 0.6, "kerb", _B, 150, 0.8, "urban", "telecom", offset=3.2),
    Habit("02004", 0.55, "kerb", _S, 450, 0.3, "bus", offset=1.0),
    Habit("01048", 0.5, "yard", _L, 0, 1.0, "urban", "power", offset=2.2),
    Habit("01012", 0.4, "kerb", _S, 120, 0.5, "police", offset=2.6),
    Habit("01015", 0.4, "corner", _S, 0, 0.0, "police", offset=6.4),
    Habit("01018", 0.4, "yard", _L, 0, 1.0, "clean", offset=3.0),
    Habit("01075", 0.35, "yard", _L, 0, 1.0, "urban", offset=1.5),
    Habit("01046", 0.35, "yard", _L, 0, 1.0, "urban", offset=4.0),
    Habit("02015", 0.3, "corner", _S, 0, 0.0, "police", offset=7.2),
    Habit("01054", 0.3, "kerb", _S, 130, 0.9, "urban", "power", offset=4.1),
    Habit("02027", 0.3, "kerb", _S, 200, 0.8, "urban", offset=2.7),
    Habit("04005", 0.25, "kerb", _S, 60, 0.7, "green", offset=0.9),
    Habit("01060", 0.22, "kerb", _B, 500, 0.5, "light", offset=3.4),
    Habit("02043", 0.2, "carriageway", _L, 250, 0.6, "police", offset=0.8),
    Habit("01008", 0.2, "kerb", _B, 300, 0.6, "municipal", "telecom", offset=2.2),
    Habit("03008", 0.18, "yard", _L, 0, 1.0, "urban", offset=2.8),
    Habit("04003", 0.15, "yard", _L, 0, 1.0, "green", offset=4.6),
    Habit("01042", 0.12, "kerb", _S, 600, 0.9, "urban", "telecom", offset=2.0),
    Habit("03001", 0.1, "yard", _L, 0, 1.0, "clean", offset=3.6),
    Habit("02033", 0.1, "corner", _L, 0, 0.0, "police", offset=2.2),
    Habit("01073", 0.1, "bank", _L, 90, 0.9, "water_office", "drain", offset=2.0),
    Habit("02030", 0.08, "bank", _L, 200, 0.7, "water_office", offset=3.5),
    Habit("01045", 0.08, "yard", _L, 0, 1.0, "urban", offset=1.2),
    Habit("03004", 0.08, "yard", _L, 0, 1.0, "clean", offset=5.0),
    Habit("01023", 0.06, "carriageway", _L, 400, 0.9, "municipal", offset=2.9),
    Habit("02037", 0.03, "yard", _L, 0, 1.0, "culture", offset=1.4),
    Habit("04001", 0.03, "yard", _L, 0, 1.0, "green", offset=6.0),
    Habit("01065", 0.03, "bank", _L, 400, 0.9, "water_office", offset=4.5),
    Habit("04006", 0.02, "yard", _L, 0, 1.0, "culture", offset=6.5),
)


@dataclass(frozen=True)
class Site:
    """What the components have to keep clear of or stand by."""

    streets: Streets
    buildings: Buildings
    water: np.ndarray
    cells: np.ndarray
    corners: np.ndarray
    corner_rank: np.ndarray


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

    def cell(self, xy: np.ndarray) -> np.ndarray:
        """Return the cell of each place, -1 where nothing can stand."""
        points = shapely.points(xy)
        which, cell = self._cells.query(points, predicate="within")
        home = np.full(len(xy), -1)
        home[which] = cell
        for tree in (self._buildings, self._water):
            which, _ = tree.query(points, predicate="intersects")
            home[which] = -1
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
    walls = shapely.get_exterior_ring(site.buildings.polygons)
    track = Track(walls)
    outward = -1.0 if shapely.is_ccw(walls[0]) else 1.0
    distance = even(rng, track.length, n, jitter=habit.jitter)
    return track.at(distance, np.full(n, outward * habit.offset))


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
