"""Borders between communities that almost match are made to match exactly, and told."""

from __future__ import annotations

import numpy as np
import shapely

from ...errors import WanggeError
from ...progress import SILENT, Progress, stop_if_cancelled
from ...translation import translate
from .stitch import lone_edges, stitch


def match_borders(
    communities: np.ndarray, names: np.ndarray, tolerance: float, *, progress: Progress = SILENT
) -> tuple[np.ndarray, dict[int, str], list[str]]:
    """Return communities with matching borders, those left out with a sentence, and notes.

    Parameters
    ----------
    communities : numpy.ndarray
        (k,) polygons or multipolygons.
    names : numpy.ndarray
        (k,) what to call each in messages.
    tolerance : float
        Gaps and overlaps up to this width (m) are closed; the community that comes first in
        the column keeps its border.

    Raises
    ------
    WanggeError
        If no community has an area, or two overlap by more than the tolerance.
    """
    polygons = np.array([None if g is None else shapely.force_2d(g) for g in communities])
    failures: dict[int, str] = {}
    for index, polygon in enumerate(polygons):
        polygons[index], trouble = _usable(polygon)
        if trouble:
            failures[index] = trouble.format(name=names[index])
            polygons[index] = shapely.Polygon()
    if len(failures) == len(polygons):
        raise WanggeError(
            translate(
                "Wangge",
                "No community has an area. Check that the community layer holds polygons.",
            )
        )
    _refuse_overlaps(polygons, names, tolerance)
    notes = []
    for one, two in _mismatches(polygons, tolerance):
        stop_if_cancelled(progress)
        polygons[two], moved = _fit(polygons[one], polygons[two], tolerance)
        if moved is not None:
            x, y = shapely.get_coordinates(shapely.centroid(moved))[0]
            notes.append(
                translate(
                    "Wangge",
                    "The border between communities {one} and {two} did not match near "
                    "({x:.0f}, {y:.0f}); {area:.2f} m² were given to one of them.",
                ).format(one=names[one], two=names[two], x=x, y=y, area=shapely.area(moved))
            )
    return (_stitch_parts(polygons) if notes else polygons), failures, notes


def _usable(polygon: shapely.Geometry | None) -> tuple[shapely.Geometry, str]:
    """Return the polygonal parts of a geometry, or why it is of no use."""
    if polygon is None or shapely.is_empty(polygon):
        return polygon, translate(
            "Wangge", "Community {name} has no geometry. Draw it or delete the row."
        )
    if not np.isfinite(shapely.get_coordinates(polygon)).all():
        return polygon, translate(
            "Wangge", "Community {name} has a coordinate that is no number. Draw it anew."
        )
    if not shapely.is_valid(polygon):
        polygon = shapely.make_valid(polygon)
    polygon = areal(polygon)
    if shapely.is_empty(polygon):
        return polygon, translate("Wangge", "Community {name} has no area. It must be a polygon.")
    return polygon, ""


def areal(geometry: shapely.Geometry, least: float = 0.0) -> shapely.Geometry:
    """Return only the polygons of a geometry, those larger than ``least`` m²."""
    parts = shapely.get_parts(shapely.get_parts(np.array([geometry])))
    parts = parts[(shapely.get_type_id(parts) == 3) & (shapely.area(parts) > least)]
    if not len(parts):
        return shapely.Polygon()
    return parts[0] if len(parts) == 1 else shapely.multipolygons(parts)


def _refuse_overlaps(polygons: np.ndarray, names: np.ndarray, tolerance: float) -> None:
    one, two = shapely.STRtree(polygons).query(polygons, predicate="intersects")
    one, two = one[one < two], two[one < two]
    shared = shapely.intersection(polygons[one], polygons[two])
    wide = ~shapely.is_empty(shapely.buffer(shared, -tolerance / 2 - 1e-6))
    for i, j in sorted(zip(one[wide].tolist(), two[wide].tolist(), strict=True)):
        area = shapely.area(shapely.intersection(polygons[i], polygons[j]))
        raise WanggeError(
            translate(
                "Wangge",
                "Communities {one} and {two} overlap on {area:.0f} m², more than the tolerance "
                "of {tolerance} m can repair. Correct their border.",
            ).format(one=names[i], two=names[j], area=area, tolerance=tolerance)
        )


def _mismatches(polygons: np.ndarray, tolerance: float) -> list[tuple[int, int]]:
    """Return pairs of communities with a narrow gap or overlap between them."""
    parts, owner = shapely.get_parts(polygons, return_index=True)
    parts = stitch(parts)
    lone = lone_edges(parts)
    edges = shapely.linestrings(np.stack([lone.start, lone.end], axis=1))
    middle = shapely.line_interpolate_point(edges, 0.5, normalized=True)
    at, other = shapely.STRtree(edges).query(middle, predicate="dwithin", distance=tolerance)
    one, two = owner[lone.polygon[at]], owner[lone.polygon[other]]
    pairs = np.sort(np.stack([one, two], axis=1), axis=1)[one != two]
    return [(int(i), int(j)) for i, j in np.unique(pairs, axis=0)]


def _fit(
    fixed: shapely.Geometry, moving: shapely.Geometry, tolerance: float
) -> tuple[shapely.Geometry, shapely.Geometry | None]:
    """Return ``moving`` without what overlaps ``fixed`` and with the gap between them.

    Also what changed hands, None if nothing did.
    """
    overlap = shapely.intersection(fixed, moving)
    both = shapely.union(fixed, moving)
    half = tolerance / 2 + 1e-6
    closed = shapely.buffer(
        shapely.buffer(both, half, join_style="mitre"), -half, join_style="mitre"
    )
    # Only slivers that lie between the two: closing also rounds off each one's own bays.
    gaps = shapely.get_parts(shapely.difference(closed, both))
    near = shapely.dwithin(gaps, fixed, 1e-6) & shapely.dwithin(gaps, moving, 1e-6)
    gaps = gaps[near & (shapely.area(gaps) > 1e-6)]
    if shapely.area(overlap) <= 1e-6 and not len(gaps):
        return moving, None
    filled = shapely.union_all([moving, *gaps]) if len(gaps) else moving
    fitted = areal(shapely.difference(filled, fixed), tolerance**2 / 4)
    return fitted, shapely.union_all([overlap, *gaps])


def _stitch_parts(polygons: np.ndarray) -> np.ndarray:
    parts, owner = shapely.get_parts(polygons, return_index=True)
    parts = stitch(parts)
    result = polygons.copy()
    for index in np.unique(owner):
        own = parts[owner == index]
        result[index] = own[0] if len(own) == 1 else shapely.multipolygons(own)
    return result
