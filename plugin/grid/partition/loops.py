"""Faces without holes: loops that hang in the air are tied to what lies around them, or dropped."""

from __future__ import annotations

import numpy as np
import shapely

from ...errors import WanggeError
from ...translation import translate

NEAR_PAIRS = 4000
"""Pairs of corners tried for a tie before giving up; the first few nearly always do."""
CLEAR = 0.02
"""A tie passes corners and other lines no closer than this (m)."""


def open_loops(
    region: shapely.Polygon,
    lines: np.ndarray,
    drop_below: float,
    spare: np.ndarray,
) -> np.ndarray:
    """Return the faces between lines, each a simple ring.

    Parameters
    ----------
    region : shapely.Polygon
        Only faces inside it count; holes of its own are tied, never dropped.
    lines : numpy.ndarray
        Noded two-point lines, the region's outline among them.
    drop_below : float
        Loops of less area (m²) that touch nothing are dropped.
    spare : numpy.ndarray
        Polygons a tie shall rather not cross.
    """
    faces = shapely.get_parts(shapely.polygonize(lines))
    shapely.prepare(region)
    faces = faces[shapely.intersects(region, shapely.point_on_surface(faces))]
    own_holes = shapely.get_rings(region)[1:]
    tree = shapely.STRtree(spare)
    dropped: list[shapely.Polygon] = []
    simple = list(faces[shapely.get_num_interior_rings(faces) == 0])
    todo = list(faces[shapely.get_num_interior_rings(faces) > 0])
    while todo:
        shell, *holes = shapely.get_rings(todo.pop())
        kept = []
        for hole in holes:
            loop = shapely.polygons(hole)
            is_own = len(own_holes) and shapely.intersects(own_holes, hole).any()
            if is_own or shapely.area(loop) >= drop_below:
                kept.append(hole)
            else:
                dropped.append(loop)
        if not kept:
            simple.append(shapely.polygons(shell))
            continue
        parts = _tied(shapely.polygons(shell, kept), tree, spare)
        open_still = shapely.get_num_interior_rings(parts) > 0
        simple += list(parts[~open_still])
        todo += list(parts[open_still])
    found, gone = np.array(simple, dtype=object), np.array(dropped, dtype=object)
    if len(gone):
        inside, loop = shapely.STRtree(gone).query(
            shapely.point_on_surface(found), predicate="intersects"
        )
        # The face around a dropped loop fills it now; only what lay inside the loop goes.
        smaller = shapely.area(found[inside]) <= shapely.area(gone[loop]) * (1 + 1e-9)
        found = np.delete(found, np.unique(inside[smaller]))
    return found


def _tied(face: shapely.Polygon, tree: shapely.STRtree, spare: np.ndarray) -> np.ndarray:
    """Cut a face with holes in two along ties from its first hole."""
    rings = shapely.get_rings(face)
    hole = shapely.get_coordinates(rings[1])[:-1]
    rest = np.concatenate([shapely.get_coordinates(r)[:-1] for r in np.delete(rings, 1)])
    touching = (hole[:, None] == rest[None]).all(axis=2)
    ties: list[shapely.LineString] = []
    if touching.any():
        start = hole[touching.any(axis=1)][0]
    else:
        ties.append(_tie(face, rings, hole, rest, None, tree))
        start = shapely.get_coordinates(ties[0])[0]
    ties.append(_tie(face, rings, hole, rest, start, tree, ties))
    parts = shapely.get_parts(shapely.polygonize([shapely.union_all([*_two_point(rings), *ties])]))
    shapely.prepare(face)
    return parts[shapely.intersects(face, shapely.point_on_surface(parts))]


def _two_point(rings: np.ndarray) -> list[shapely.LineString]:
    return [shapely.linestrings(shapely.get_coordinates(ring)) for ring in rings]


def _tie(face, rings, hole, rest, away, tree, others=()) -> shapely.LineString:
    """Return a line inside the face from the hole to another ring, corner to corner.

    The shortest; with ``away`` one that starts far from there.
    """
    gap = np.hypot(*(hole[:, None] - rest[None]).transpose(2, 0, 1))
    cost = gap.copy()
    if away is not None:
        cost = gap - np.hypot(*(hole - away).T)[:, None]
        cost[(hole == away).all(axis=1)] = np.inf
    cost[gap == 0] = np.inf
    # A corner both rings have in common is no end: the tie would cut off nothing.
    cost[(gap == 0).any(axis=1)] = np.inf
    order = np.argsort(cost, axis=None)[:NEAR_PAIRS]
    order = order[np.isfinite(cost.ravel()[order])]
    corners = shapely.STRtree(shapely.points(np.concatenate([hole, rest])))
    shapely.prepare(face)
    fallback = None
    for first in range(0, len(order), 200):
        i, j = np.unravel_index(order[first : first + 200], cost.shape)
        lines = shapely.linestrings(np.stack([hole[i], rest[j]], axis=1))
        good = shapely.covers(face, lines)
        good &= shapely.relate_pattern(lines, shapely.boundary(face), "F********")
        for other in others:
            good &= shapely.disjoint(lines, other)
        rows = np.flatnonzero(good)
        near, _ = corners.query(lines[rows], predicate="dwithin", distance=CLEAR)
        rows = rows[np.bincount(near, minlength=len(rows)) <= 2]
        if not len(rows):
            continue
        crossing = np.unique(tree.query(lines[rows], predicate="intersects")[0])
        free = np.delete(rows, crossing)
        if len(free):
            return lines[free[0]]
        fallback = lines[rows[0]] if fallback is None else fallback
    if fallback is None:
        raise WanggeError(translate("Wangge", "A block keeps a hole that no line could open."))
    return fallback
