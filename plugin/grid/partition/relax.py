"""Moving the ends and corners of borders a little, while the cells around them gain."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from ...progress import SILENT, Progress, stop_if_cancelled
from .cutting import Scene
from .figures import FaceFigures
from .mesh import Edge, Mesh, undirected

STEPS = np.array([0.16, 0.08, 0.04, 0.02])
"""Lengths of the moves tried, in sides of a cell."""
MOST_MOVES = 6
TURN = np.arange(8) * np.pi / 4
COMPASS = np.stack([np.cos(TURN), np.sin(TURN)], axis=1)
KEEP_OFF = 0.5
"""Nodes that slide along a line keep this far (m) from its ends."""
LEAST_GAIN = 1e-3


@dataclass
class _Corner:
    """A node of a face: the face and the nodes before and after it in the ring."""

    face: int
    before: int
    after: int


def relax(mesh: Mesh, scene: Scene, passes: int, *, progress: Progress = SILENT) -> int:
    """Move nodes that no barrier holds, cell by cell better; returns how many moved.

    An end of a border slides along the straight line it stands on, other nodes move freely.
    """
    load = scene.load
    figures = {f: FaceFigures.of(mesh.coordinates(r), load) for f, r in mesh.rings.items()}
    corners: dict[int, list[_Corner]] = {}
    for face, ring in mesh.rings.items():
        for i, node in enumerate(ring):
            corners.setdefault(node, []).append(
                _Corner(face, ring[i - 1], ring[(i + 1) % len(ring)])
            )
    moved = 0
    active = set(corners)
    for _ in range(passes):
        touched: set[int] = set()
        for node in sorted(active):
            stop_if_cancelled(progress)
            around = corners[node]
            freedom = _freedom(mesh, node, around)
            if freedom is not None and _settle(mesh, scene, node, around, freedom, figures):
                moved += 1
                for corner in around:
                    touched.update(mesh.rings[corner.face])
        active = touched
        if not active:
            break
    return moved


@dataclass(frozen=True)
class _Freedom:
    """Where a node may go: ``ways`` (k, 2), and the ends of the line it is held to, if any."""

    ways: np.ndarray
    low: np.ndarray | None = None
    high: np.ndarray | None = None

    def places(self, here: np.ndarray, side: float) -> np.ndarray:
        """Return the places a step away from here."""
        places = (here + (self.ways * side)[:, None] * STEPS[:, None]).reshape(-1, 2)
        if self.low is None or self.high is None:
            return places
        span = float(np.hypot(*(self.high - self.low)))
        along = (places - self.low) @ (self.high - self.low) / span
        return places[(along > KEEP_OFF) & (along < span - KEEP_OFF)]


def _freedom(mesh: Mesh, node: int, around: list[_Corner]) -> _Freedom | None:
    """Return where a node may go; None where barriers or the outline hold it."""
    ends = {c.before for c in around} | {c.after for c in around}
    held = [other for other in sorted(ends) if _is_held(mesh, node, other)]
    if not held:
        return _Freedom(COMPASS)
    if len(held) != 2 or len(ends) < 3:
        return None
    here, low, high = (np.array(mesh.xy[n]) for n in (node, *held))
    span = float(np.hypot(*(high - low)))
    off = (high - low)[0] * (here - low)[1] - (high - low)[1] * (here - low)[0]
    if span < 4 * KEEP_OFF or abs(off) > 1e-6 * span:
        return None
    way = (high - low) / span
    return _Freedom(np.stack([way, -way]), low, high)


def _is_held(mesh: Mesh, a: int, b: int) -> bool:
    """Tell whether an edge follows a barrier or the outline."""
    return mesh.barrier.get(undirected(a, b), 0.0) > 0 or _is_outer(mesh, a, b)


def _is_outer(mesh: Mesh, a: int, b: int) -> bool:
    return ((a, b) in mesh.face_of) != ((b, a) in mesh.face_of)


def _settle(
    mesh: Mesh,
    scene: Scene,
    node: int,
    around: list[_Corner],
    freedom: _Freedom,
    figures: dict[int, FaceFigures],
) -> bool:
    """Move one node step by step to where its cells are best."""
    start = np.array(mesh.xy[node])
    before = np.array([mesh.xy[c.before] for c in around])
    after = np.array([mesh.xy[c.after] for c in around])
    own = [figures[c.face] for c in around]
    area = np.array([f.area for f in own])
    perimeter = np.array([f.perimeter for f in own])
    area0 = area - _swept(before, after, start[None])[0]
    perimeter0 = perimeter - _legs(before, after, start[None])[0]
    free = _free_ends(mesh, node, around)
    load = scene.load
    if load is not None:
        measure0 = np.array([f.measure for f in own]) - load.swept(before, after, start[None])[0]

    def cost(places: np.ndarray) -> np.ndarray:
        a = area0 + _swept(before, after, places)
        p = perimeter0 + _legs(before, after, places)
        good = (a > 0.05 * scene.goals.cell_area).all(axis=1)
        a = np.maximum(a, 1.0)
        own = a if load is None else measure0 + load.swept(before, after, places)
        total = (scene.goals.share_cost(own, a) + scene.goals.shape_cost(a, p)).sum(axis=1)
        if len(free):
            n, k = len(places), len(free)
            beside = scene.near.length_beside(np.repeat(places, k, axis=0), np.tile(free, (n, 1)))
            total = total + scene.goals.miss_cost(beside.reshape(n, k).sum(axis=1))
        return np.where(good, total, np.inf)

    here = start
    now = first = float(cost(here[None])[0])
    for _ in range(MOST_MOVES):
        places = freedom.places(here, scene.goals.side)
        if not len(places):
            break
        costs = cost(places)
        order = np.argsort(costs, kind="stable")[:3]
        for k in order[costs[order] < now - LEAST_GAIN].tolist():
            if _is_sound(mesh, scene, node, around, places[k]):
                here, now = places[k], float(costs[k])
                break
        else:
            break
    if now >= first - LEAST_GAIN:
        return False
    mesh.xy[node] = (float(here[0]), float(here[1]))
    for corner in around:
        figures[corner.face] = FaceFigures.of(mesh.coordinates(mesh.rings[corner.face]), load)
    return True


def _swept(before: np.ndarray, after: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Return (n places, k faces) the area each corner's triangle adds to its face."""
    p, chord = places[:, None] - before, after - before
    return (p[..., 0] * chord[:, 1] - p[..., 1] * chord[:, 0]) / 2


def _legs(before: np.ndarray, after: np.ndarray, places: np.ndarray) -> np.ndarray:
    p = places[:, None]
    return np.hypot(*(p - before).transpose(2, 0, 1)) + np.hypot(*(p - after).transpose(2, 0, 1))


def _free_ends(mesh: Mesh, node: int, around: list[_Corner]) -> np.ndarray:
    """Return where the node's edges that follow no barrier lead, (k, 2)."""
    ends = {c.before for c in around} | {c.after for c in around}
    free = [
        mesh.xy[o]
        for o in sorted(ends)
        if mesh.barrier.get(undirected(node, o), 0.0) <= 0 and not _is_outer(mesh, node, o)
    ]
    return np.array(free).reshape(-1, 2)


def _is_sound(
    mesh: Mesh, scene: Scene, node: int, around: list[_Corner], place: np.ndarray
) -> bool:
    """Tell whether all cells stay simple and no building is crossed with the node there."""
    old = mesh.xy[node]
    mesh.xy[node] = (float(place[0]), float(place[1]))
    polygons = [shapely.polygons(mesh.coordinates(mesh.rings[c.face])) for c in around]
    sound = bool(shapely.is_valid(polygons).all())
    edges: set[Edge] = {undirected(node, c.before) for c in around}
    edges |= {undirected(node, c.after) for c in around}
    if sound and len(scene.buildings):
        lines = shapely.linestrings([[mesh.xy[a], mesh.xy[b]] for a, b in sorted(edges)])
        sound = not scene.buildings.crossed(lines).any()
    mesh.xy[node] = old
    return sound
