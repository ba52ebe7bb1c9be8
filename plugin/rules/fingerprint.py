"""Short hashes of geometries: a finding's state holds as long as the shape stays."""

from __future__ import annotations

from hashlib import blake2b

import numpy as np
import shapely


def _rounded(coordinates: np.ndarray) -> np.ndarray:
    # Two stores of one shape may differ in the last bits: millimetres, or 1e-8 degrees, decide.
    metric = np.rint(coordinates * 1e3)
    degrees = np.rint(coordinates * 1e8)
    with np.errstate(invalid="ignore"):
        result = np.where(np.abs(coordinates) > 360.0, metric, degrees)
    return result + 0.0  # no negative zero


def geometry_hashes(geometry: np.ndarray) -> np.ndarray:
    """Return a hash of 16 hexadecimal digits per geometry, "" for null; shape (n,) of object."""
    result = np.full(len(geometry), "", dtype=object)
    types = shapely.get_type_id(geometry).astype(np.int8)
    coordinates = _rounded(shapely.get_coordinates(geometry))
    ends = np.cumsum(shapely.get_num_coordinates(geometry))
    for i in np.flatnonzero(types >= 0).tolist():
        start = ends[i - 1] if i else 0
        digest = blake2b(coordinates[start : ends[i]].tobytes(), digest_size=8)
        digest.update(types[i : i + 1].tobytes())
        result[i] = digest.hexdigest()
    return result
