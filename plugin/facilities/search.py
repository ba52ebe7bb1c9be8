"""The facilities around a place, nearest first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from ..errors import WanggeError
from ..translation import translate


@dataclass(frozen=True)
class Nearby:
    """What lies around a place.

    Attributes
    ----------
    rows : ndarray of int64, shape (k,)
        Rows of the facilities, nearest first.
    metres : ndarray of float64, shape (k,)
    """

    rows: np.ndarray
    metres: np.ndarray

    def __len__(self) -> int:
        return len(self.rows)


def facilities_near(
    shapes: np.ndarray, spot: shapely.Point, *, distance: float, limit: int = 0
) -> Nearby:
    """Return the facilities within a distance of a place.

    Parameters
    ----------
    shapes : ndarray of shapely geometries, shape (n,)
        In metres, as the place is. Polygons count from their nearest edge; null and empty ones
        are never found.
    spot : Point
    distance : float
        In metres; what lies exactly there is found.
    limit : int
        At most so many; 0 is all.

    Raises
    ------
    WanggeError
        When the distance is not positive.
    """
    if not distance > 0:
        raise WanggeError(
            translate("Wangge", "A distance must be above 0 m, not {given}.").format(given=distance)
        )
    metres = shapely.distance(np.asarray(shapes, object), spot)
    found = np.flatnonzero(metres <= distance)  # NaN, for what has no place, is no less
    # Equal distances stay in the order of the layer, so that an answer can be repeated.
    found = found[np.argsort(metres[found], kind="stable")]
    if limit:
        found = found[:limit]
    return Nearby(found.astype(np.int64), metres[found])
