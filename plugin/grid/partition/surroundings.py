"""What a cut must look out for beyond its own polygon: barriers close by, and buildings."""

from __future__ import annotations

import numpy as np
import shapely
from scipy.ndimage import distance_transform_edt

ON = 1.0
"""A border this close (m) to a barrier runs on it."""
BESIDE = 15.0
"""A border this close (m) to a barrier ought to run on it."""


class Nearness:
    """Distance to the nearest barrier on a raster, so that any chord is judged in no time."""

    def __init__(self, bounds: tuple[float, float, float, float], lines: np.ndarray, step: float):
        x0, y0, x1, y1 = bounds
        self.step = step
        self.x0, self.y0 = x0 - step, y0 - step
        shape = (int((y1 - self.y0) / step) + 3, int((x1 - self.x0) / step) + 3)
        if not len(lines):
            self.grid = np.full(shape, 1e6, dtype=np.float32)
            return
        free = np.ones(shape, dtype=bool)
        xy = shapely.get_coordinates(shapely.segmentize(lines, step / 2))
        row, column = self._cell(xy[:, 0], xy[:, 1], shape)
        free[row, column] = False
        self.grid = (distance_transform_edt(free) * step).astype(np.float32)

    def _cell(self, x, y, shape) -> tuple[np.ndarray, np.ndarray]:
        row = np.clip(((y - self.y0) / self.step).astype(int), 0, shape[0] - 1)
        column = np.clip(((x - self.x0) / self.step).astype(int), 0, shape[1] - 1)
        return row, column

    def length_beside(self, start: np.ndarray, end: np.ndarray, samples: int = 12) -> np.ndarray:
        """Return how many metres of each chord (k, 2)–(k, 2) run beside a barrier."""
        share = (np.arange(samples) + 0.5) / samples
        x = start[:, 0, None] + (end[:, 0] - start[:, 0])[:, None] * share
        y = start[:, 1, None] + (end[:, 1] - start[:, 1])[:, None] * share
        near = self.grid[self._cell(x, y, self.grid.shape)] < BESIDE
        return near.mean(axis=1) * np.hypot(*(end - start).T)


class Buildings:
    """The buildings of one region, asked whether a cut would cross one."""

    def __init__(self, polygons: np.ndarray, margin: float = 0.02):
        # Running along a wall is legal: only the interior counts.
        self.polygons = shapely.buffer(polygons, -margin) if len(polygons) else polygons
        self.tree = shapely.STRtree(self.polygons)

    def __len__(self) -> int:
        return len(self.polygons)

    def crossed(self, lines: np.ndarray) -> np.ndarray:
        """Return which lines cross a building's interior."""
        hit = np.zeros(len(lines), dtype=bool)
        if len(self.polygons) and len(lines):
            hit[self.tree.query(lines, predicate="intersects")[0]] = True
        return hit
