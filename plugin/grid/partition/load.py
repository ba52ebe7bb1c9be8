"""What cells are to share evenly: area, load, or both as one measure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from .cut import Cuts, Outline


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

    def swept(self, before: np.ndarray, after: np.ndarray, places: np.ndarray) -> np.ndarray:
        """Return (n places, k) what the triangles before–place–after add to a measure, m².

        Clockwise ones take away: so the change when a corner of a face moves is exact.
        """
        around = np.concatenate([before, after, places])
        low, high = around.min(axis=0), around.max(axis=0)
        rows = np.flatnonzero(((self.xy >= low) & (self.xy <= high)).all(axis=1))
        a, b, p = before[None], after[None], places[:, None]
        found = (1 - self.share) * _cross(p - a, b - a) / 2
        if len(rows):
            found = found + _in_triangles(a, p, b, self.xy[rows], self.weight[rows])
        return found


class RingLoad:
    """The load inside one ring, summed up edge by edge so that every side of a cut is quick."""

    def __init__(self, load: Load, outline: Outline):
        rows = load.inside(outline.xy + outline.origin)
        self.share = load.share
        self.outline = outline
        self.xy = load.xy[rows] - outline.origin
        self.weight = load.weight[rows]
        steps = self._swept(outline.xy, np.roll(outline.xy, -1, axis=0))
        self.passed = np.concatenate([[0.0], np.cumsum(steps)])
        self.measure = (1 - load.share) * outline.area + float(self.weight.sum())

    def _swept(self, start: np.ndarray, end: np.ndarray) -> np.ndarray:
        """Return (n,) the weight in the triangles from the origin, clockwise ones negative."""
        return _in_triangles(np.zeros((1, 2)), start, end, self.xy, self.weight)

    def sides(self, cuts: Cuts, ways: list[np.ndarray]) -> np.ndarray:
        """Return the measures of the sides from start to end of cuts, (n,).

        ``ways`` are the cuts as polylines (k, 2) from start to end.
        """
        xy = self.outline.xy
        begin, end = np.array([w[0] for w in ways]), np.array([w[-1] for w in ways])
        wraps = (cuts.end < cuts.start) | (
            (cuts.end == cuts.start) & (cuts.end_at <= cuts.start_at)
        )
        found = self.passed[cuts.end] - self.passed[cuts.start] + wraps * self.passed[-1]
        found += self._swept(xy[cuts.end], end) - self._swept(xy[cuts.start], begin)
        owner = np.repeat(np.arange(len(ways)), [len(w) - 1 for w in ways])
        steps = self._swept(
            np.concatenate([w[:-1] for w in ways]), np.concatenate([w[1:] for w in ways])
        )
        found -= np.bincount(owner, weights=steps, minlength=len(ways))
        return (1 - self.share) * cuts.area + found


def _cross(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]


def _in_triangles(
    a: np.ndarray, b: np.ndarray, c: np.ndarray, points: np.ndarray, weight: np.ndarray
) -> np.ndarray:
    """Return the weight of the points in each triangle, negative where it runs clockwise."""
    way = np.sign(_cross(b - a, c - a))
    if not len(points):
        return way * 0.0
    inside: np.ndarray | bool = True
    for start, end in ((a, b), (b, c), (c, a)):
        step = (end - start)[..., None, :]
        turn = _cross(step, points - start[..., None, :])
        inside = inside & (turn * way[..., None] >= 0)
    return way * (inside @ weight)
