"""Metres from degrees: lengths and areas of small features in geographic coordinates."""

from __future__ import annotations

import numpy as np
import shapely

# CGCS2000; WGS 84 differs by less than a millimetre.
_SEMI_MAJOR = 6378137.0
_FLATTENING = 1 / 298.257222101
_E2 = _FLATTENING * (2 - _FLATTENING)


def metres_per_unit(latitude: np.ndarray) -> np.ndarray:
    """Return metres per degree east and north at each latitude, shape (n, 2)."""
    sine = np.sin(np.radians(latitude))
    prime_vertical = _SEMI_MAJOR / np.sqrt(1 - _E2 * sine**2)
    meridian = _SEMI_MAJOR * (1 - _E2) / np.sqrt(1 - _E2 * sine**2) ** 3
    east = prime_vertical * np.cos(np.radians(latitude))
    return np.radians(np.column_stack([east, meridian]))


def in_metres(geometry: np.ndarray, is_geographic: bool) -> np.ndarray:
    """Return geometries whose lengths and areas are metres.

    Geographic ones are scaled at their own middle latitude, which is right to a few parts
    in a million for features of some kilometres; others are returned as they are.
    """
    if not is_geographic:
        return geometry
    bounds = shapely.bounds(geometry)
    scale = metres_per_unit((bounds[:, 1] + bounds[:, 3]) / 2)
    xy, owner = shapely.get_coordinates(geometry, return_index=True)
    scaled = shapely.force_2d(geometry)
    return shapely.set_coordinates(scaled.copy(), xy * scale[owner])
