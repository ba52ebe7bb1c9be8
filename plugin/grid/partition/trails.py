"""Hidden barriers inside a polygon as trails a cut can take up."""

from __future__ import annotations

import heapq

import numpy as np

from .cut import Hinges, Outline
from .mesh import Edge, Mesh, undirected

MOST_SOURCES = 24
MOST_TRAILS = 80
LONGEST = 0.5
"""Trails longer than this share of the polygon's perimeter lead nowhere a cut should go."""

Graph = dict[int, list[tuple[int, float, float, float]]]


class Trails:
    """Shortest ways from the ring along hidden barriers, each told by its last node.

    ``trails[k]`` are the nodes from the ring to the tip of the ``k``-th.
    """

    def __init__(self) -> None:
        self.tip: list[int] = []
        self._before: list[dict[int, int]] = []

    def __len__(self) -> int:
        return len(self.tip)

    def __getitem__(self, number: int) -> list[int]:
        before, nodes = self._before[number], [self.tip[number]]
        while (node := before[nodes[-1]]) >= 0:
            nodes.append(node)
        return nodes[::-1]

    def add(self, tip: int, before: dict[int, int]) -> None:
        """Add the way to ``tip``; ``before`` leads back from each node, to -1 on the ring."""
        self.tip.append(tip)
        self._before.append(before)


def find_trails(
    mesh: Mesh, ring: list[int], hidden: set[Edge], outline: Outline
) -> tuple[Hinges, Trails]:
    """Return a hinge for every hidden node and every place on the ring that leads to it.

    The hinge's path is the shortest way along hidden barriers.
    """
    graph = _graph(mesh, hidden, outline)
    place = {node: i for i, node in enumerate(ring)}
    sources = [node for node in ring if node in graph]
    # Ways between buildings are many and much alike.
    is_plain = all(mesh.barrier[edge] > 0 for edge in hidden)
    most = MOST_SOURCES if is_plain else MOST_SOURCES // 2
    if len(sources) > most:
        sources = sources[:: -(-len(sources) // most)]
    rows: list[tuple[int, float, float, float]] = []
    tips: list[tuple[int, dict[int, int]]] = []
    for source in sources:
        _walk(graph, place, source, LONGEST * outline.perimeter, rows, tips)
    figures = np.array(rows, dtype=float).reshape(-1, 4)
    place_of, walked, on, cross = figures.T
    chosen = np.arange(len(tips))
    if len(tips) > MOST_TRAILS:
        through = np.array([tip in place for tip, _ in tips])
        order = np.lexsort((chosen, -(on + 0.5 * walked), ~through))
        chosen = np.sort(order[:MOST_TRAILS])
    trails = Trails()
    for k in chosen.tolist():
        trails.add(*tips[k])
    edge = place_of[chosen].astype(int)
    xy = np.array([mesh.xy[tip] for tip in trails.tip]).reshape(-1, 2) - outline.origin
    # Going back along the path undoes what was swept: the side's area needs it subtracted.
    return Hinges(
        edge,
        np.zeros(len(edge)),
        xy,
        outline.doubled[edge] + cross[chosen],
        outline.length[edge],
        walked[chosen],
        on[chosen],
        np.arange(len(edge)),
    ), trails


def _graph(mesh: Mesh, hidden: set[Edge], outline: Outline) -> Graph:
    """Return for each hidden node its neighbours: length, weighted length and area swept."""
    ox, oy = outline.origin.tolist()
    graph: Graph = {}
    for a, b in sorted(hidden):
        (x0, y0), (x1, y1) = mesh.xy[a], mesh.xy[b]
        length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
        on = length * mesh.barrier.get(undirected(a, b), 0.0)
        cross = (x0 - ox) * (y1 - oy) - (y0 - oy) * (x1 - ox)
        graph.setdefault(a, []).append((b, length, on, cross))
        graph.setdefault(b, []).append((a, length, on, -cross))
    return graph


def _walk(
    graph: Graph,
    place: dict[int, int],
    source: int,
    longest: float,
    rows: list[tuple[int, float, float, float]],
    tips: list[tuple[int, dict[int, int]]],
) -> None:
    """Add the shortest way from one node of the ring to each node it leads to.

    A way ends where it comes back to the ring.
    """
    at = place[source]
    best = {source: 0.0}
    figures = {source: (0.0, 0.0)}
    before = {source: -1}
    heap = [(0.0, source)]
    settled: set[int] = set()
    while heap:
        length, node = heapq.heappop(heap)
        if node in settled:
            continue
        settled.add(node)
        on, cross = figures[node]
        if node != source:
            rows.append((at, length, on, cross))
            tips.append((node, before))
            if node in place:
                continue
        for other, step, step_on, step_cross in graph[node]:
            way = length + step
            if other not in settled and way < longest and way < best.get(other, np.inf) - 1e-9:
                best[other] = way
                figures[other] = (on + step_on, cross + step_cross)
                before[other] = node
                heapq.heappush(heap, (way, other))
