"""Keep away from GEOS what it may crash on, and bring polygons into a shape it can work with."""

from __future__ import annotations

import numpy as np
import shapely

_POLYGONAL = (3, 6)


def only_finite(geometry: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return geometries with null in place of those that hold NaN or infinity, and which.

    Bounds do not tell: GEOS leaves NaN out of them. GEOS 3.11 ends the whole process in
    ``make_valid`` of a line with NaN.
    """
    xy, owner = shapely.get_coordinates(geometry, return_index=True)
    wrong = np.zeros(len(geometry), bool)
    if np.isfinite(xy).all():
        return geometry, wrong
    wrong[owner[~np.isfinite(xy).all(axis=1)]] = True
    clean = geometry.copy()
    clean[wrong] = None
    return clean, wrong


def polygonal(geometry: np.ndarray) -> np.ndarray:
    """Return the areas of geometries, repaired where invalid; empty where there is none."""
    result = geometry.copy()
    bad = np.flatnonzero(~shapely.is_valid(result))
    result[bad] = shapely.make_valid(result[bad])
    mixed = np.flatnonzero(~np.isin(shapely.get_type_id(result), _POLYGONAL))
    for i in mixed.tolist():
        parts = shapely.get_parts(result[i])
        result[i] = shapely.union_all(parts[np.isin(shapely.get_type_id(parts), _POLYGONAL)])
    return result


def repaired(geometry: np.ndarray) -> np.ndarray:
    """Return geometries that GEOS can compare: the invalid ones made valid, or null."""
    clean, _ = only_finite(geometry)
    bad = np.flatnonzero((shapely.get_type_id(clean) >= 0) & ~shapely.is_valid(clean))
    if len(bad):
        clean = clean.copy()
        clean[bad] = shapely.make_valid(clean[bad])
    return clean
