"""What cells are to share evenly: area, load, or both as one measure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from .cut import Cuts, Outline

MOST_PRODUCTS = 4_000_000
"""Pairs of an edge and a point looked at in one go: bounds memory."""


@dataclass(frozen=True)
class Load:
    """Points whose weight counts as area, so that one number measures every face.

    A face's measure is ``(1 - share)`` of its area plus the ``weight`` (m²) of the points in
    it; weights are scaled so that the region's measure is its area. Points are in order of x.
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
        order = np.argsort(xy[:, 0], kind="stable")
        xy, weights = xy[order], weights[order]
        return cls(xy, weights * (share * region.area / total), share)

    def measure(self, ring_xy: np.ndarray, area: float) -> float:
        """Return the measure of one face, m²."""
        return (1 - self.share) * area + float(self.weight[self.inside(ring_xy)].sum())

    def inside(self, ring_xy: np.ndarray) -> np.ndarray:
        """Return which points lie in a ring (n, 2), not closed."""
        low, high = ring_xy.min(axis=0), ring_xy.max(axis=0)
        rows = self._within(low, high)
        polygon = shapely.polygons(ring_xy)
        shapely.prepare(polygon)
        return rows[shapely.contains_xy(polygon, self.xy[rows, 0], self.xy[rows, 1])]

    def swept(self, before: np.ndarray, after: np.ndarray, places: np.ndarray) -> np.ndarray:
        """Return (n places, k) what the triangles before–place–after add to a measure, m².

        Clockwise ones take away: so the change when a corner of a face moves is exact.
        """
        around = np.concatenate([before, after, places])
        rows = self._within(around.min(axis=0), around.max(axis=0))
        found = (1 - self.share) * _cross(places[:, None] - before, after - before) / 2
        if len(rows):
            xy, weight = self.xy[rows], self.weight[rows]
            shape = found.shape
            a, b, p = (
                np.broadcast_to(ends, (*shape, 2)).reshape(-1, 2)
                for ends in (before, after, places[:, None])
            )
            legs = weight_below(a, p, xy, weight) + weight_below(p, b, xy, weight)
            chords = weight_below(before, after, xy, weight)
            found = found + legs.reshape(shape) - chords
        return found

    def _within(self, low: np.ndarray, high: np.ndarray) -> np.ndarray:
        """Return the points in a box; they are ordered by x."""
        first = np.searchsorted(self.xy[:, 0], low[0], side="left")
        last = np.searchsorted(self.xy[:, 0], high[0], side="right")
        y = self.xy[first:last, 1]
        return first + np.flatnonzero((y >= low[1]) & (y <= high[1]))


class RingLoad:
    """The load inside one ring, summed up edge by edge so that every side of a cut is quick."""

    def __init__(self, load: Load, outline: Outline):
        rows = load.inside(outline.xy + outline.origin)
        self.share = load.share
        self.outline = outline
        self.xy = load.xy[rows] - outline.origin
        self.weight = load.weight[rows]
        steps = self.along(outline.xy, np.roll(outline.xy, -1, axis=0))
        self.passed = np.concatenate([[0.0], np.cumsum(steps)])
        self.measure = (1 - load.share) * outline.area + float(self.weight.sum())

    def along(self, start: np.ndarray, end: np.ndarray) -> np.ndarray:
        """Return (n,) what edges of a counter-clockwise ring add to the weight inside it."""
        return weight_below(start, end, self.xy, self.weight)

    def sides(self, cuts: Cuts, paths: dict[int, np.ndarray]) -> np.ndarray:
        """Return the measures of the sides from start to end of cuts, (n,).

        ``paths`` are the hidden paths of the cuts as polylines (k, 2) from the ring, by number.
        """
        xy = self.outline.xy
        begin = np.where((cuts.from_path < 0)[:, None], cuts.from_xy, xy[cuts.start])
        end = np.where((cuts.to_path < 0)[:, None], cuts.to_xy, xy[cuts.end])
        wraps = (cuts.end < cuts.start) | (
            (cuts.end == cuts.start) & (cuts.end_at <= cuts.start_at)
        )
        found = self.passed[cuts.end] - self.passed[cuts.start] + wraps * self.passed[-1]
        found += self.along(xy[cuts.end], end) - self.along(xy[cuts.start], begin)
        found -= self.along(cuts.from_xy, cuts.to_xy)
        if paths:
            walked = self._walked(paths)
            found -= walked[cuts.from_path] - walked[cuts.to_path]
        return (1 - self.share) * cuts.area + found

    def _walked(self, paths: dict[int, np.ndarray]) -> np.ndarray:
        """Return what each path adds by its number, and nothing at the last place, number -1."""
        owner = np.repeat(list(paths), [len(way) - 1 for way in paths.values()])
        steps = self.along(
            np.concatenate([way[:-1] for way in paths.values()]),
            np.concatenate([way[1:] for way in paths.values()]),
        )
        return np.bincount(owner, weights=steps, minlength=max(paths) + 2)


def _cross(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]


def weight_below(
    start: np.ndarray, end: np.ndarray, points: np.ndarray, weight: np.ndarray
) -> np.ndarray:
    """Return (n,) the weight below each edge, negative where it runs to the right.

    The points are in order of x.

    Over the edges of a ring that sums up to the weight inside it, clockwise negative, as the
    areas below the edges sum up to its area.
    """
    found = np.zeros(len(start))
    if not len(points):
        return found
    right = end[:, 0] > start[:, 0]
    low, high = np.where(right[:, None], start, end), np.where(right[:, None], end, start)
    slope = (high[:, 1] - low[:, 1]) / np.maximum(high[:, 0] - low[:, 0], 1e-12)
    height = low[:, 1] - slope * low[:, 0]
    first = np.searchsorted(points[:, 0], low[:, 0])
    number = np.searchsorted(points[:, 0], high[:, 0]) - first
    x, y = np.ascontiguousarray(points.T)
    passed = np.concatenate([[0], np.cumsum(number)])
    begin = 0
    while begin < len(start):
        stop = max(begin + 1, int(np.searchsorted(passed, passed[begin] + MOST_PRODUCTS)) - 1)
        own = number[begin:stop]
        edge = np.repeat(np.arange(begin, stop), own)
        point = np.arange(len(edge)) + np.repeat(first[begin:stop] - passed[begin:stop], own)
        point += passed[begin]
        below = y[point] - slope[edge] * x[point] < height[edge]
        found += np.bincount(edge[below], weights=weight[point[below]], minlength=len(found))
        begin = stop
    return np.where(right, -found, found)
