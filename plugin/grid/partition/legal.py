"""Which cuts may be carried out: inside the polygon, clear of its corners, through no building."""

from __future__ import annotations

import numpy as np
import shapely

from .cut import Cuts, Outline
from .mesh import Mesh
from .surroundings import Buildings
from .trails import Trails

END_MARGIN = 0.05
"""A cut keeps this far (m) from the ring except at its ends."""


def are_legal(
    mesh: Mesh,
    polygon: shapely.Polygon,
    outline: Outline,
    cuts: Cuts,
    trails: Trails,
    buildings: Buildings,
) -> np.ndarray:
    """Return which cuts run inside the polygon, do not meet themselves and spare buildings."""
    way = cuts.to_xy - cuts.from_xy
    length = np.hypot(way[:, 0], way[:, 1])
    straight = length > 0
    legal = ~straight | (length > 3 * END_MARGIN)
    step = way / np.where(straight, length, 1)[:, None] * END_MARGIN
    lines = shapely.linestrings(np.stack([cuts.from_xy + step, cuts.to_xy - step], axis=1))
    check = np.flatnonzero(legal & straight)
    legal[check] = shapely.contains_properly(polygon, lines[check])
    check = np.flatnonzero(legal & straight)
    legal[check] = _keeps_clear(outline.xy, cuts.from_xy[check], cuts.to_xy[check])
    winding = legal & ((cuts.from_path >= 0) | (cuts.to_path >= 0))
    for row in np.flatnonzero(winding):
        lines[row] = shapely.LineString(_polyline(mesh, outline, cuts, trails, row))
        legal[row] = shapely.is_simple(lines[row])
    if len(buildings) and legal.any():
        rows = np.flatnonzero(legal)
        moved = shapely.transform(lines[rows], lambda xy: xy + outline.origin)
        legal[rows] = ~buildings.crossed(moved)
    return legal


def _keeps_clear(xy: np.ndarray, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Return which straight ways pass no vertex closely but those they start and end on."""
    way = end - start
    squared = np.maximum((way**2).sum(axis=1), 1e-12)[:, None]
    off = xy[None] - start[:, None]
    along = (off * way[:, None]).sum(axis=2) / squared
    foot = start[:, None] + np.clip(along, 0, 1)[..., None] * way[:, None]
    gap = np.hypot(*(xy[None] - foot).transpose(2, 0, 1))
    at_end = np.minimum(
        np.hypot(*off.transpose(2, 0, 1)), np.hypot(*(xy[None] - end[:, None]).transpose(2, 0, 1))
    )
    return ((gap >= END_MARGIN) | (at_end < 1e-6)).all(axis=1)


def is_clear(outline: Outline, start: np.ndarray, end: np.ndarray, buildings: Buildings) -> bool:
    """Tell whether a straight cut runs inside the polygon and spares buildings."""
    length = float(np.hypot(*(end - start)))
    if length <= 3 * END_MARGIN:
        return False
    step = (end - start) / length * END_MARGIN
    line = shapely.LineString([start + step, end - step])
    if not shapely.contains_properly(shapely.Polygon(outline.xy), line):
        return False
    moved = shapely.LineString([start + outline.origin, end + outline.origin])
    return not buildings.crossed(np.array([moved])).any()


def _polyline(mesh: Mesh, outline: Outline, cuts: Cuts, trails: Trails, row: int) -> np.ndarray:
    pieces = []
    for path, end in (
        (cuts.from_path[row], cuts.from_xy[row]),
        (cuts.to_path[row], cuts.to_xy[row]),
    ):
        if path >= 0:
            pieces.append(np.array([mesh.xy[node] for node in trails[path]]) - outline.origin)
        else:
            pieces.append(end[None])
    xy = np.concatenate([pieces[0], pieces[1][::-1]])
    # A cut along one barrier only has no straight part.
    again = np.r_[False, (np.abs(np.diff(xy, axis=0)) < 1e-9).all(axis=1)]
    return xy[~again]
