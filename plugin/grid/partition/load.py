"""What cells are to share evenly: area, load, or both as one measure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely


@dataclass(frozen=True)
class Load:
    """Points whose weight counts as area, so that one number measures every face.

    A face's measure is ``(1 - share)`` of its area plus the ``weight`` (m²) of the points in
    it; weights are scaled so that the region's measure is its area.
    """

    xy: np.ndarray
    weight: np.ndarray
    share: float

    @classmethod
    def of(
        cls, region: shapely.Polygon, points: np.ndarray, weights: np.ndarray, share: float
    ) -> Load | None:
        """Return the load of a region; None where there is none to balance."""
        xy = shapely.get_coordinates(shapely.centroid(points))
        if not share or not len(xy):
            return None
        shapely.prepare(region)
        inside = shapely.intersects_xy(region, xy[:, 0], xy[:, 1])
        xy, weights = xy[inside], weights[inside]
        total = weights.sum()
        if not total > 0:
            return None
        return cls(xy, weights * (share * region.area / total), share)

    def measure(self, ring_xy: np.ndarray, area: float) -> float:
        """Return the measure of one face, m²."""
        return (1 - self.share) * area + float(self.weight[self.inside(ring_xy)].sum())

    def inside(self, ring_xy: np.ndarray) -> np.ndarray:
        """Return which points lie in a ring (n, 2), not closed."""
        low, high = ring_xy.min(axis=0), ring_xy.max(axis=0)
        rows = np.flatnonzero(((self.xy >= low) & (self.xy <= high)).all(axis=1))
        polygon = shapely.polygons(ring_xy)
        shapely.prepare(polygon)
        rows = rows[shapely.contains_xy(polygon, self.xy[rows, 0], self.xy[rows, 1])]
        return rows
