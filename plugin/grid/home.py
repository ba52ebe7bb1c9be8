"""Which community each cell belongs to."""

from __future__ import annotations

import numpy as np
import shapely


def find_community(cells: np.ndarray, communities: np.ndarray) -> np.ndarray:
    """Return the community in which each cell's inner point lies.

    Parameters
    ----------
    cells, communities : ndarray of shapely geometries, shapes (n,) and (m,)

    Returns
    -------
    ndarray of int64, shape (n,)
        Index into ``communities``; -1 where the cell lies in none. Where communities overlap
        the last one counts.
    """
    home = np.full(len(cells), -1, np.int64)
    if len(cells) and len(communities):
        inside = shapely.point_on_surface(cells)
        cell, community = shapely.STRtree(communities).query(inside, predicate="within")
        np.maximum.at(home, cell, community)
    return home
