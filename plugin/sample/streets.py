"""Streets drawn as a survey has them: dual carriageways, crossings, trimmed ends, dead ends."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from ..rules.batch import Batch
from .blocks import Network
from .columns import fill
from .names import pairs
from .noding import end_nodes, node_lines, without_dangles
from .plan import Plan, Rank

_KINDS = ("expressway", "arterial", "secondary", "branch", "lane")
_WIDTHS = np.array([11.0, 10.5, 16.0, 10.0, 5.0])
_ROOM = 12.0  # metres a road that does not cross keeps from the river


@dataclass(frozen=True)
class Streets:
    """Street edges between crossings.

    Attributes
    ----------
    lines : ndarray of LineString, shape (n,)
    rank : ndarray of int, shape (n,)
    name : ndarray of object, shape (n,)
    one_way : ndarray of bool, shape (n,)
    """

    lines: np.ndarray
    rank: np.ndarray
    name: np.ndarray
    one_way: np.ndarray

    @property
    def width(self) -> np.ndarray:
        """Width of each edge in metres."""
        return _WIDTHS[self.rank]


def _axes(plan: Plan, rank: Rank) -> tuple[np.ndarray, np.ndarray]:
    """Return whole axes of the main roads of a rank, and which road each belongs to."""
    lines, roads = [], []
    names = sorted({s.axis for s in plan.sides if s.rank is rank})
    for name in names:
        parts = [s.line for s in plan.sides if s.rank is rank and s.axis == name]
        merged = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(parts)))
        lines.extend(merged)
        roads.extend([name] * len(merged))
    return np.array(lines, dtype=object), np.array(roads, dtype=object)


def lay_streets(
    rng: np.random.Generator, network: Network, plan: Plan, river: shapely.Polygon
) -> Streets:
    """Draw the streets of a network: the two highest ranks as dual carriageways."""
    lines, ranks, roads, one_way = [], [], [], []
    trims = []
    for rank, gap in ((Rank.EXPRESSWAY, 26.0), (Rank.ARTERIAL, 16.0)):
        axes, names = _axes(plan, rank)
        for axis, name in zip(axes, names, strict=True):
            for side in (gap / 2, -gap / 2):
                lines.append(shapely.offset_curve(axis, side, join_style="mitre"))
                ranks.append(int(rank))
                roads.append(name)
                one_way.append(True)
            trims.append(axis.buffer(gap / 2 - 0.4, cap_style="flat"))
    minor = (network.rank >= Rank.SECONDARY) & (network.rank <= Rank.LANE)
    edges = network.edges[minor]
    crossing = _crossing_edges(network, minor)
    median = shapely.union_all(np.array(trims, dtype=object)) if trims else shapely.Polygon()
    shapely.prepare(median)
    cut = ~crossing & shapely.intersects(median, edges)
    edges = edges.copy()
    edges[cut] = shapely.difference(edges[cut], median)
    parts, owner = _filled_parts(edges)
    # Only main roads have bridges.
    small = np.flatnonzero(network.rank[minor][owner] > Rank.SECONDARY)
    shapely.prepare(river)
    wet = small[shapely.intersects(river, parts[small])]
    parts[wet] = shapely.difference(parts[wet], river.buffer(_ROOM))
    parts, again = _filled_parts(parts)
    owner = owner[again]
    rank = np.concatenate([np.array(ranks, dtype=int), network.rank[minor][owner]])
    road = np.concatenate([np.array(roads, dtype=object), network.road[minor][owner]])
    single = np.concatenate([np.array(one_way, dtype=bool), np.zeros(len(parts), bool)])
    every = np.concatenate([np.array(lines, dtype=object), parts])
    noded, source = node_lines(every)
    rank, road, single = rank[source], road[source], single[source]
    keep = without_dangles(noded, shorter_than=4.0)
    return _with_dead_ends(rng, noded[keep], rank[keep], road[keep], single[keep], network)


def _filled_parts(lines: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    parts, owner = shapely.get_parts(lines, return_index=True)
    filled = ~shapely.is_empty(parts)
    return parts[filled], owner[filled]


def _crossing_edges(network: Network, minor: np.ndarray) -> np.ndarray:
    """Return which minor edges go on across the dual carriageway they meet."""
    number, _ = end_nodes(network.edges)
    size = number.max() + 1
    major = network.rank <= Rank.ARTERIAL
    on_major = np.bincount(number[major].ravel(), minlength=size) > 0
    meeting = np.bincount(number[minor].ravel(), minlength=size)
    heavy = np.bincount(number[minor & (network.rank == Rank.SECONDARY)].ravel(), minlength=size)
    crossed = on_major & ((meeting >= 2) | (heavy > 0))
    stops = on_major & ~crossed
    return ~stops[number[minor]].any(axis=1)


def _with_dead_ends(
    rng: np.random.Generator,
    lines: np.ndarray,
    rank: np.ndarray,
    road: np.ndarray,
    one_way: np.ndarray,
    network: Network,
) -> Streets:
    """Add lanes that run from the middle of a side street into a block and end there."""
    hosts = np.flatnonzero((rank >= Rank.BRANCH) & (shapely.length(lines) > 70))
    hosts = hosts[rng.random(len(hosts)) < 0.14]
    start = shapely.line_interpolate_point(lines[hosts], 0.5, normalized=True)
    xy = shapely.get_coordinates(start)
    a = shapely.get_coordinates(shapely.get_point(lines[hosts], 0))
    b = shapely.get_coordinates(shapely.get_point(lines[hosts], -1))
    along = (b - a) / np.maximum(np.hypot(*(b - a).T), 1)[:, None]
    across = np.stack([-along[:, 1], along[:, 0]], axis=1)
    across *= rng.choice([-1.0, 1.0], len(hosts))[:, None]
    depth = rng.uniform(28, 52, len(hosts))[:, None]
    tail = shapely.linestrings(np.stack([xy, xy + depth * across], axis=1))
    inside = np.zeros(len(hosts), bool)
    reach = shapely.linestrings(np.stack([xy + across, xy + (depth + 12) * across], axis=1))
    found, _ = shapely.STRtree(network.cells).query(reach, predicate="within")
    inside[found] = True
    tail = tail[inside]
    # The host is split where the dead end leaves it, so that the network stays noded.
    before = len(lines)
    split = hosts[inside]
    halves_a, halves_b = _split_middle(lines[split])
    keep = np.ones(before, bool)
    keep[split] = False
    count = len(split)
    out = np.concatenate([lines[keep], halves_a, halves_b, tail])
    ranks = np.concatenate([rank[keep], rank[split], rank[split], np.full(count, int(Rank.LANE))])
    roads = np.concatenate([road[keep], road[split], road[split], _own(count)])
    single = np.concatenate([one_way[keep], np.zeros(3 * count, bool)])
    return Streets(out, ranks, _name_roads(rng, roads, ranks), single)


def _own(n: int) -> np.ndarray:
    return np.array([f"d{k}" for k in range(n)], dtype=object)


def _split_middle(lines: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    first, second = [], []
    middle = shapely.get_coordinates(shapely.line_interpolate_point(lines, 0.5, normalized=True))
    for line, point in zip(lines, middle, strict=True):
        xy = shapely.get_coordinates(line)
        run = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))])
        k = int(np.searchsorted(run, run[-1] / 2))
        first.append(shapely.LineString(np.concatenate([xy[:k], [point]])))
        second.append(shapely.LineString(np.concatenate([[point], xy[k:]])))
    return np.array(first, dtype=object), np.array(second, dtype=object)


def _name_roads(rng: np.random.Generator, road: np.ndarray, rank: np.ndarray) -> np.ndarray:
    roads, number = np.unique(road.astype(str), return_inverse=True)
    best = np.full(len(roads), 9)
    np.minimum.at(best, number, rank)
    names = pairs(rng, len(roads))
    tails = np.array(["快速路", "大道", "路", "街", "巷"], dtype=object)
    return (names + tails[best])[number]


def street_batch(streets: Streets, *, crs: str, prefix: str) -> Batch:
    """Return the layer ``street``."""
    n = len(streets.lines)
    return fill(
        "street",
        streets.lines,
        crs=crs,
        street_id=np.array([f"{prefix}L{k:06d}" for k in range(1, n + 1)], dtype=object),
        street_name=streets.name,
        kind=np.array(_KINDS, dtype=object)[streets.rank],
        rank=streets.rank,
        width_m=streets.width,
        one_way=streets.one_way.astype(np.int64),
    )
