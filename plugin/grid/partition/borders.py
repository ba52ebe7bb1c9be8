"""Borders between communities that almost match are made to match exactly, and told."""

from __future__ import annotations

import numpy as np
import shapely

from ...errors import WanggeError
from ...translation import translate


def match_borders(
    communities: np.ndarray, names: np.ndarray, tolerance: float
) -> tuple[np.ndarray, dict[int, str], list[str]]:
    """Return communities with matching borders, those left out with a sentence, and notes."""
    polygons = shapely.force_2d(np.asarray(communities, dtype=object)).copy()
    failures: dict[int, str] = {}
    notes: list[str] = []
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
    return polygons, failures, notes


def _usable(polygon: shapely.Geometry | None) -> tuple[shapely.Geometry, str]:
    """Return the polygonal parts of a geometry, or why it is of no use."""
    if polygon is None or shapely.is_empty(polygon):
        return polygon, translate(
            "Wangge", "Community {name} has no geometry. Draw it or delete the row."
        )
    if not np.isfinite(shapely.bounds(polygon)).all():
        return polygon, translate(
            "Wangge", "Community {name} has a coordinate that is no number. Draw it anew."
        )
    if not shapely.is_valid(polygon):
        polygon = shapely.make_valid(polygon)
    parts = shapely.get_parts(shapely.get_parts(np.array([polygon])))
    parts = parts[(shapely.get_type_id(parts) == 3) & (shapely.area(parts) > 0)]
    if not len(parts):
        return polygon, translate("Wangge", "Community {name} has no area. It must be a polygon.")
    return (parts[0] if len(parts) == 1 else shapely.multipolygons(parts)), ""
