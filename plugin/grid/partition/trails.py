"""Hidden barriers inside a polygon as trails a cut can take up."""

from __future__ import annotations

import heapq

import numpy as np

from .cut import Hinges, Outline
from .mesh import Edge, Mesh, undirected

MOST_SOURCES = 24
MOST_TRAILS = 160


def find_trails(
    mesh: Mesh, ring: list[int], hidden: set[Edge], outline: Outline
) -> tuple[Hinges, list[list[int]]]:
    """Return a hinge for every hidden node and every place on the ring that leads to it.

    The hinge's path is the shortest way along hidden barriers; the list holds its nodes from
    the ring to the hinge.
    """
    graph: dict[int, list[tuple[int, float, float]]] = {}
    for a, b in sorted(hidden):
        (x0, y0), (x1, y1) = mesh.xy[a], mesh.xy[b]
        length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
        on = length * mesh.barrier.get(undirected(a, b), 0.0)
        graph.setdefault(a, []).append((b, length, on))
        graph.setdefault(b, []).append((a, length, on))
    place = {node: i for i, node in enumerate(ring)}
    sources = [node for node in ring if node in graph]
    if len(sources) > MOST_SOURCES:
        sources = sources[:: -(-len(sources) // MOST_SOURCES)]
    found: list[tuple[float, int, float, list[int]]] = []
    for source in sources:
        found += _walk(graph, place, source)
    if len(found) > MOST_TRAILS:
        found.sort(key=lambda trail: (-trail[0], trail[3]))
        found = found[:MOST_TRAILS]
    return _hinges(mesh, outline, place, found), [trail[3] for trail in found]


def _walk(graph, place, source) -> list[tuple[float, int, float, list[int]]]:
    """Return (length, ring place, weighted length, nodes) of the shortest way to each node.

    A way ends where it comes back to the ring.
    """
    best = {source: (0.0, 0.0, -1)}
    heap = [(0.0, source)]
    settled: set[int] = set()
    found = []
    while heap:
        length, node = heapq.heappop(heap)
        if node in settled:
            continue
        settled.add(node)
        if node != source:
            nodes = [node]
            while nodes[-1] != source:
                nodes.append(best[nodes[-1]][2])
            found.append((length, place[source], best[node][1], nodes[::-1]))
            if node in place:
                continue
        for other, step, on in graph[node]:
            if other not in settled and (
                other not in best or length + step < best[other][0] - 1e-9
            ):
                best[other] = (length + step, best[node][1] + on, node)
                heapq.heappush(heap, (length + step, other))
    return found


def _hinges(mesh, outline: Outline, place: dict[int, int], trails) -> Hinges:
    edge = np.array([trail[1] for trail in trails], dtype=int)
    swept = np.empty(len(trails))
    tips = np.empty((len(trails), 2))
    for row, (_, at, _, nodes) in enumerate(trails):
        xy = np.array([mesh.xy[node] for node in nodes]) - outline.origin
        cross = (xy[:-1, 0] * xy[1:, 1] - xy[:-1, 1] * xy[1:, 0]).sum()
        swept[row] = outline.doubled[at] + cross
        tips[row] = xy[-1]
    # Going back along the path undoes what was swept: the side's area needs it subtracted.
    return Hinges(
        edge,
        np.zeros(len(trails)),
        tips,
        swept,
        outline.length[edge] if len(edge) else np.zeros(0),
        np.array([trail[0] for trail in trails], dtype=float),
        np.array([trail[2] for trail in trails], dtype=float),
        np.arange(len(trails)),
    )
