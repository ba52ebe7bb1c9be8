"""The area in which each place lies."""

from __future__ import annotations

import numpy as np
import shapely


def area_of(spots: np.ndarray, areas: np.ndarray) -> np.ndarray:
    """Return for each point the first area that holds it, -1 for none, shape (n,) of int64."""
    spot, area = shapely.STRtree(areas).query(spots, predicate="intersects")
    first = np.full(len(spots), len(areas), np.int64)
    np.minimum.at(first, spot, area)
    return np.where(first == len(areas), -1, first)
