"""The order in which cells are read and numbered: rows from north to south, each from the west."""

from __future__ import annotations

import numpy as np
import shapely

from ..errors import WanggeError
from ..translation import translate

# Cells belong to one row while they lie no lower than this share of a usual cell's height
# below the row's northernmost cell.
ROW_SHARE = 0.5


def reading_order(cells: np.ndarray, community: np.ndarray) -> np.ndarray:
    """Return each cell's place in its community, read like a page: 0, 1, 2 …

    Rows are found from the cells themselves: a row holds the cells whose inner points lie at
    most half the median cell height of their community below the row's northernmost one.

    Parameters
    ----------
    cells : ndarray of shapely geometries, shape (n,)
    community : ndarray of int, shape (n,)
        -1 is treated as a community of its own.

    Returns
    -------
    ndarray of int64, shape (n,)
        The same for any order of the input, as long as no two cells are alike.
    """
    n = len(cells)
    if not n:
        return np.zeros(0, np.int64)
    point = shapely.get_coordinates(shapely.point_on_surface(cells))
    if len(point) != n:
        raise WanggeError(
            translate(
                "Wangge",
                "A cell of the layer unit_grid has no geometry. Delete it or draw it, then number"
                " again.",
            )
        )
    x, y = point.T
    bounds = shapely.bounds(cells)
    band = ROW_SHARE * _group_median(bounds[:, 3] - bounds[:, 1], community)
    order = np.lexsort((x, -y, community))
    who, high = community[order], y[order]
    first_of = np.flatnonzero(np.r_[True, who[1:] != who[:-1]])
    end_of = np.r_[first_of[1:], n]
    # One increasing key over all communities turns "the first cell below this row" into a search.
    rank = np.cumsum(np.r_[0, who[1:] != who[:-1]])
    depth = high[first_of][rank] - high
    span = 2.0 * (depth.max() + band.max() + 1.0)
    below = np.searchsorted(rank * span + depth, rank * span + depth + band[order], side="right")
    opens = np.zeros(n, bool)
    anchor = first_of
    while len(anchor):
        opens[anchor] = True
        following = below[anchor]
        anchor = following[following < end_of[rank[anchor]]]
    row = np.empty(n, np.int64)
    row[order] = np.cumsum(opens)
    order = np.lexsort((shapely.area(cells), -y, x, row, community))
    who = community[order]
    fresh = np.r_[True, who[1:] != who[:-1]]
    place = np.empty(n, np.int64)
    place[order] = np.arange(n) - np.maximum.accumulate(np.where(fresh, np.arange(n), 0))
    return place


def _group_median(values: np.ndarray, group: np.ndarray) -> np.ndarray:
    """Return for each row the median of its group (the upper one for even counts)."""
    order = np.lexsort((values, group))
    _, inverse, counts = np.unique(group, return_inverse=True, return_counts=True)
    starts = np.cumsum(counts) - counts
    return values[order][starts + counts // 2][inverse]
