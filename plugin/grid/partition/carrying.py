"""Carrying a cut out in the mesh."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import shapely

from .cutting import Cut
from .mesh import Edge, Mesh, undirected


def carry_out(mesh: Mesh, face: int, cut: Cut) -> int | None:
    """Cut a face of the mesh; the new face is the side from the cut's start to its end.

    None, and the face stays whole, where a side would touch or cross itself.
    """
    ring = list(mesh.rings[face])
    n = len(ring)
    xy = mesh.coordinates(ring)

    def node_at(edge: int, at: float) -> int:
        if at <= 0.0:
            return ring[edge]
        a, b = ring[edge], ring[(edge + 1) % n]
        x, y = xy[edge] + (xy[(edge + 1) % n] - xy[edge]) * at
        return mesh.insert(a, b, float(x), float(y))

    first = list(cut.from_path) or [node_at(cut.start, cut.start_at)]
    last = list(cut.to_path) or [node_at(cut.end, cut.end_at)]
    if first[-1] == last[-1]:
        last.pop()
    path = [*first, *last[::-1]]
    joint = len(first) - 1
    if len(first) + len(last) == len(path) and joint + 1 < len(path):
        crossings = _part_hidden(mesh, face, path[joint], path[joint + 1])
        path[joint + 1 : joint + 1] = crossings
    for side in mesh.sides(face, path):
        xy = mesh.coordinates(side)
        if (
            len(side) < 3
            or len(set(side)) < len(side)
            or not shapely.is_valid(shapely.polygons(xy))
        ):
            return None
    return mesh.split(face, path, _share_hidden(mesh, face, path))


def _part_hidden(mesh: Mesh, face: int, start: int, end: int) -> list[int]:
    """Part the hidden barriers that a straight cut crosses; returns the new nodes in order."""
    hidden = mesh.hidden[face]
    edges = [e for e in sorted(hidden) if start not in e and end not in e]
    if not edges:
        return []
    p, q = np.array(mesh.xy[start]), np.array(mesh.xy[end])
    a = np.array([mesh.xy[e[0]] for e in edges])
    b = np.array([mesh.xy[e[1]] for e in edges])
    way, other = q - p, b - a
    cross = way[0] * other[:, 1] - way[1] * other[:, 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        t = ((a - p)[:, 0] * other[:, 1] - (a - p)[:, 1] * other[:, 0]) / cross
        u = ((a - p)[:, 0] * way[1] - (a - p)[:, 1] * way[0]) / cross
    hit = np.flatnonzero((t > 1e-9) & (t < 1 - 1e-9) & (u > -1e-9) & (u < 1 + 1e-9))
    found: list[tuple[float, int]] = []
    for i in hit.tolist():
        a_node, b_node = edges[i]
        gap = float(np.hypot(*other[i]))
        # A crossing within a hair of a hidden node is that node: no slivers of barriers.
        if u[i] * gap < 1e-3:
            node = a_node
        elif (1 - u[i]) * gap < 1e-3:
            node = b_node
        else:
            x, y = p + way * t[i]
            node = mesh.add_node(float(x), float(y), fixed=True)
            worth = mesh.barrier[undirected(a_node, b_node)]
            hidden.discard(edges[i])
            for end_node in (a_node, b_node):
                key = undirected(end_node, node)
                hidden.add(key)
                mesh.barrier[key] = worth
        found.append((float(t[i]), node))
    found.sort()
    return list(dict.fromkeys(node for _, node in found))


def _share_hidden(mesh: Mesh, face: int, path: list[int]) -> tuple[set[Edge], set[Edge]]:
    """Divide the hidden barriers of a face between the sides of a cut.

    A barrier that the cut itself follows is shown again.
    """
    used = {undirected(a, b) for a, b in pairwise(path)}
    rest = sorted(mesh.hidden[face] - used)
    if not rest:
        return set(), set()
    ring = mesh.rings[face]
    at = ring.index(path[0])
    ring = ring[at:] + ring[:at]
    side = shapely.polygons(mesh.coordinates(ring[: ring.index(path[-1]) + 1] + path[-2:0:-1]))
    shapely.prepare(side)
    xy = np.array([[mesh.xy[a], mesh.xy[b]] for a, b in rest]).mean(axis=1)
    inside = shapely.intersects_xy(side, xy[:, 0], xy[:, 1])
    one = {edge for edge, is_in in zip(rest, inside, strict=True) if is_in}
    return one, set(rest) - one


def moved_cut(cut: Cut, ring: list[int], place: dict[int, int]) -> Cut:
    """Return the same cut in terms of another ring through the same nodes."""
    return replace(cut, start=place[ring[cut.start]], end=place[ring[cut.end]])
