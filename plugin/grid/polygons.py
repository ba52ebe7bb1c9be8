"""Small questions about polygons: how wide they are, what is areal in a geometry, their union."""

from __future__ import annotations

import numpy as np
import shapely


def is_wider(shapes: np.ndarray, width: float, noise: float) -> np.ndarray:
    """Return which polygons hold a circle of diameter ``width`` or are wider than ``noise``.

    With ``width`` zero the mean width (twice area over perimeter) is compared with ``noise``.
    """
    area, border = shapely.area(shapes), shapely.length(shapes)
    wide = 2.0 * area > max(noise, 0.0) * border
    if width > noise:
        rows = np.flatnonzero(wide)
        cores = shapely.buffer(shapes[rows], -width / 2.0, join_style="mitre")
        wide[rows] = ~shapely.is_empty(cores)
    return wide


def polygons_of(shape: shapely.Geometry) -> shapely.Geometry:
    """Return the polygons of a geometry alone, as one geometry."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    parts = parts[shapely.get_type_id(parts) == 3]
    return parts[0] if len(parts) == 1 else shapely.multipolygons(parts)


def join_cells(cells: np.ndarray) -> shapely.Geometry:
    """Return the union of cells whose borders match vertex by vertex, every vertex kept.

    The quick way refuses, in some versions of the library, what only rounding disturbs.
    """
    try:
        return shapely.coverage_union_all(cells)
    except shapely.errors.GEOSException:
        return shapely.union_all(cells)
