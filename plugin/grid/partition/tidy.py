"""Borders freed of vertices that say nothing: specks of edges, points on a straight line."""

from __future__ import annotations

import numpy as np
import shapely

from .mesh import Edge, Mesh, undirected
from .surroundings import Buildings

SPECK = 0.2
"""Edges shorter than this (m) shrink to a point."""
STRAIGHT = 0.1
"""A vertex this close (m) to the line between its neighbours goes."""


def tidy(mesh: Mesh, buildings: Buildings) -> None:
    """Shrink specks and drop needless vertices inside the region; its outline is not touched."""
    holders: dict[int, set[int]] = {}
    for face, ring in mesh.rings.items():
        for node in ring:
            holders.setdefault(node, set()).add(face)
    outer = {n for edge in mesh.face_of if edge[::-1] not in mesh.face_of for n in edge}
    for a, b in sorted(e for e in mesh.face_of if e[0] < e[1] and _length(mesh, e) < SPECK):
        if undirected(a, b) == (a, b) and ((a, b) in mesh.face_of or (b, a) in mesh.face_of):
            stay, go = (a, b) if a in outer or len(holders[a]) > len(holders[b]) else (b, a)
            if go not in outer:
                _replace(mesh, holders, go, stay, buildings)
    for node in sorted(holders):
        if (
            node not in outer
            and len(holders.get(node, ())) == 2
            and _is_on_line(mesh, holders, node)
        ):
            _replace(mesh, holders, node, None, buildings)


def _length(mesh: Mesh, edge: Edge) -> float:
    (x0, y0), (x1, y1) = mesh.xy[edge[0]], mesh.xy[edge[1]]
    return float(np.hypot(x1 - x0, y1 - y0))


def _is_on_line(mesh: Mesh, holders: dict[int, set[int]], node: int) -> bool:
    ring = mesh.rings[min(holders[node])]
    at = ring.index(node)
    (ax, ay), (bx, by) = mesh.xy[ring[at - 1]], mesh.xy[ring[(at + 1) % len(ring)]]
    x, y = mesh.xy[node]
    span = np.hypot(bx - ax, by - ay)
    return abs((bx - ax) * (y - ay) - (by - ay) * (x - ax)) < STRAIGHT * span


def _replace(
    mesh: Mesh, holders: dict[int, set[int]], go: int, stay: int | None, buildings: Buildings
) -> None:
    """Put ``stay`` (or nothing) in the place of ``go`` in all rings, if they stay sound."""
    faces = sorted(holders[go])
    new: dict[int, list[int]] = {}
    moved: set[Edge] = set()
    for face in faces:
        ring = mesh.rings[face]
        at = ring.index(go)
        before, after = ring[at - 1], ring[(at + 1) % len(ring)]
        if stay is None or stay in (before, after):
            made = ring[:at] + ring[at + 1 :]
            moved.add(undirected(before, after))
        elif stay in ring:
            return
        else:
            made = [*ring[:at], stay, *ring[at + 1 :]]
            moved |= {undirected(before, stay), undirected(stay, after)}
        if len(made) < 3:
            return
        new[face] = made
    polygons = [shapely.polygons(mesh.coordinates(ring)) for ring in new.values()]
    ccw = [shapely.is_ccw(shapely.get_exterior_ring(p)) for p in polygons]
    if not (all(ccw) and shapely.is_valid(polygons).all()):
        return
    lines = shapely.linestrings([[mesh.xy[a], mesh.xy[b]] for a, b in sorted(moved)])
    if len(buildings) and buildings.crossed(lines).any():
        return
    for face in faces:
        _hand_on(mesh, mesh.rings[face], go, stay)
    hidden = {face: mesh.hidden[face] for face in faces}
    for face in faces:
        mesh.erase(face)
    for face in faces:
        mesh.write(face, new[face], hidden[face])
        if stay is not None:
            holders[stay].add(face)
    del holders[go]


def _hand_on(mesh: Mesh, ring: list[int], go: int, stay: int | None) -> None:
    """Note the barriers under the edges that take the place of a vanishing node's."""
    at = ring.index(go)
    before, after = ring[at - 1], ring[(at + 1) % len(ring)]
    if stay is None:
        # An edge of two kinds counts as what most of it is.
        longer = max((before, after), key=lambda n: _length(mesh, (go, n)))
        legs = {undirected(before, after): undirected(go, longer)}
    else:
        legs = {undirected(stay, n): undirected(go, n) for n in (before, after) if n != stay}
    for new, old in legs.items():
        if worth := mesh.barrier.get(old):
            mesh.barrier[new] = worth
