"""The town plan: main roads in a loose lattice, and the quarter each of its fields belongs to."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
import shapely

from .terrain import Terrain

STEP = 45.0  # metres between the vertices of a main road
STRIP = 62.0  # depth of the embankment between river and first street


class Quarter(IntEnum):
    """How a field of the plan is built."""

    OLD = 0
    NEW = 1
    TOWERS = 2
    INDUSTRY = 3
    PARK = 4
    HILL = 5


class Rank(IntEnum):
    """Weight of a street, 0 the highest; `NONE` marks a border that is no street."""

    EXPRESSWAY = 0
    ARTERIAL = 1
    SECONDARY = 2
    BRANCH = 3
    LANE = 4
    NONE = 9


@dataclass(frozen=True)
class Side:
    """A piece of a main road between two crossings: a border of communities."""

    line: shapely.LineString
    rank: Rank
    axis: str  # "s3" or "t2": which line of the lattice it belongs to


@dataclass(frozen=True)
class Field:
    """A field of the lattice between main roads: it becomes one community."""

    column: int
    row: int
    s: tuple[float, float]
    t: tuple[float, float]
    quarter: Quarter
    polygon: shapely.Polygon


@dataclass(frozen=True)
class Plan:
    """Fields, and the main roads between them."""

    fields: list[Field]
    sides: list[Side]
    columns: np.ndarray
    rows: np.ndarray
    bridges: frozenset[int] = field(default_factory=frozenset)


def _spacing(
    rng: np.random.Generator, length: float, *, low: float, high: float, least: int = 1
) -> np.ndarray:
    n = max(round(length / ((low + high) / 2)), least)
    steps = rng.uniform(low, high, n)
    return np.concatenate([[0.0], np.cumsum(steps / steps.sum() * length)])


def _samples(a: float, b: float) -> np.ndarray:
    return np.linspace(a, b, max(int(np.ceil(abs(b - a) / STEP)), 1) + 1)


def _quarters(
    rng: np.random.Generator, centres: np.ndarray, inland: np.ndarray, terrain: Terrain
) -> np.ndarray:
    """Give each field its quarter: old by the river, hills on one side, new between."""
    n = len(centres)
    quarter = np.full(n, Quarter.NEW)
    heart = np.array([terrain.width * rng.uniform(0.35, 0.65), 0.0])
    distance = np.hypot(*(centres - heart).T)
    old = np.argsort(distance)[: max(1, round(0.16 * n))]
    quarter[old] = Quarter.OLD
    angle = rng.choice([0.6, 2.5]) if terrain.north > terrain.south else rng.choice([-0.6, -2.5])
    height = (centres - heart) @ np.array([np.cos(angle), np.sin(angle)]) * 1.0
    height += 600 * np.sin(centres[:, 0] / 1700 + rng.uniform(0, 6)) * inland
    height[quarter == Quarter.OLD] = -np.inf
    height[~inland] -= 1500
    hills = np.argsort(-height)[: max(1, round(0.2 * n))]
    quarter[hills] = Quarter.HILL
    rest = rng.permutation(np.flatnonzero(quarter == Quarter.NEW))
    towers = max(1, round(0.25 * len(rest)))
    industry = max(1, round(0.18 * len(rest)))
    quarter[rest[:towers]] = Quarter.TOWERS
    quarter[rest[towers : towers + industry]] = Quarter.INDUSTRY
    parks = rest[towers + industry : towers + industry + max(1, round(0.06 * n))]
    quarter[parks] = Quarter.PARK
    return quarter


def make_plan(rng: np.random.Generator, terrain: Terrain, *, stretch: float = 1.0) -> Plan:
    """Lay the lattice of main roads over the terrain and choose the quarters.

    ``stretch`` widens the lattice without adding roads to it.
    """
    columns = stretch * _spacing(rng, terrain.width / stretch, low=760, high=1060, least=2)
    below = stretch * _spacing(rng, terrain.south / stretch, low=680, high=980)
    above = stretch * _spacing(rng, terrain.north / stretch, low=680, high=980)
    rows = np.concatenate([-below[::-1], above[1:]])
    nc, nr = len(columns) - 1, len(rows) - 1
    kept = np.ones((nc, nr), bool)
    if not terrain.is_tile and nc > 2 and nr > 2:
        # A town is no rectangle: some corners lie outside it.
        for column, row in ((0, 0), (nc - 1, 0), (0, nr - 1), (nc - 1, nr - 1)):
            kept[column, row] = rng.random() < 0.45
    places = np.argwhere(kept)
    centres = np.stack(
        [
            (columns[places[:, 0]] + columns[places[:, 0] + 1]) / 2,
            (rows[places[:, 1]] + rows[places[:, 1] + 1]) / 2,
        ],
        axis=1,
    )
    inland = (rows[places[:, 1]] != 0) & (rows[places[:, 1] + 1] != 0)
    quarter = _quarters(rng, centres, inland, terrain)
    fields = []
    for (i, j), kind in zip(places, quarter, strict=True):
        s, t = (columns[i], columns[i + 1]), (rows[j], rows[j + 1])
        ring = np.concatenate(
            [
                _edge(terrain, s[0], t[0], s[1], t[0])[:-1],
                _edge(terrain, s[1], t[0], s[1], t[1])[:-1],
                _edge(terrain, s[0], t[1], s[1], t[1])[::-1][:-1],
                _edge(terrain, s[0], t[0], s[0], t[1])[::-1],
            ]
        )
        fields.append(Field(int(i), int(j), s, t, Quarter(kind), shapely.Polygon(ring)))
    grid = np.full((nc, nr), -1)
    grid[places[:, 0], places[:, 1]] = quarter
    sides = _sides(terrain, columns, rows, grid)
    return Plan(fields, sides, columns, rows)


def _edge(terrain: Terrain, s0: float, t0: float, s1: float, t1: float) -> np.ndarray:
    n = max(len(_samples(s0, s1)), len(_samples(t0, t1)))
    return terrain.ground(np.linspace(s0, s1, n), np.linspace(t0, t1, n))


def _line_ranks(length: int, *, skip: int = -1) -> list[Rank]:
    """Ranks of the lattice lines of one direction, the outermost included."""
    ranks = [Rank.ARTERIAL if k % 2 else Rank.SECONDARY for k in range(length)]
    if length > 4:
        ranks[length - 2] = Rank.EXPRESSWAY
    if 0 <= skip < length:
        ranks[skip] = Rank.NONE
    return ranks


def _sides(terrain: Terrain, columns: np.ndarray, rows: np.ndarray, grid: np.ndarray) -> list[Side]:
    nc, nr = grid.shape
    river = int(np.argmin(np.abs(rows)))
    upright, level = _line_ranks(nc + 1), _line_ranks(nr + 1, skip=river)
    if river + 1 < nr and level[river + 1] is Rank.SECONDARY:
        level[river + 1] = Rank.ARTERIAL
    sides = []

    def add(a: int, b: int, rank: Rank, axis: str, ends: tuple[float, float, float, float]) -> None:
        if a < 0 and b < 0:
            return
        if (a < 0 or b < 0) and not terrain.is_tile:
            rank = Rank.NONE
        elif a < 0 and rank is not Rank.NONE:
            rank = Rank.SECONDARY
        elif b < 0:
            # The tile beyond draws the street on the common border.
            rank = Rank.NONE
        elif a == b == Quarter.HILL and rank is not Rank.NONE:
            rank = Rank.BRANCH
        sides.append(Side(shapely.LineString(_edge(terrain, *ends)), rank, axis))

    for i in range(nc + 1):
        for j in range(nr):
            west = grid[i - 1, j] if i > 0 else -1
            east = grid[i, j] if i < nc else -1
            add(west, east, upright[i], f"s{i}", (columns[i], rows[j], columns[i], rows[j + 1]))
    for j in range(nr + 1):
        for i in range(nc):
            south = grid[i, j - 1] if j > 0 else -1
            north = grid[i, j] if j < nr else -1
            add(south, north, level[j], f"t{j}", (columns[i], rows[j], columns[i + 1], rows[j]))
    return sides
