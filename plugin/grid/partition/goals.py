"""What makes a cell good, as one number to minimise.

All terms are dimensionless: areas are measured in target areas, lengths in sides of a
target square. The weights were balanced on several cities so that no figure of the
scorecard is bought with another.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

FAR_OFF = 0.15
"""Deviation from the wanted area from which a cell counts as an outlier."""
TOO_FAR = 0.48
"""Deviation from the wanted area that no even load makes up for."""
HARD = 0.5
"""Deviation that no cell has where cells share load, unless buildings leave no other way."""
BOUND = 20_000.0
"""Weight of what lies beyond."""
LOADED = 20.0
"""Weight of an outlier in load: no shape makes up for load that lies in heaps."""
PLENTY = 1.1
"""Barriers are plenty when they exceed this share of the border length that cells need."""
SCARCE = 0.7
"""Where less than this share of the barriers can be borders, no cell is spent on a corridor."""
TOO_LONG = 1.9
"""P²/4πA from which a cell counts as a sliver; a rectangle of 3 to 1 has 1.7."""


@dataclass(frozen=True)
class Weights:
    """How much each wish counts."""

    area: float = 10.0
    shape: float = 1.0
    barrier: float = 5.2
    near_miss: float = 13.0
    sliver: float = 14.0
    corridor: float = 12.0
    outlier: float = 120.0


@dataclass(frozen=True)
class Goals:
    """The wishes for one region with its own mean cell area."""

    cell_area: float
    cells: int = 1
    weights: Weights = Weights()
    has_load: bool = False

    def with_load(self) -> Goals:
        """Return the goals where cells share load: bounds of area, and outliers worth less."""
        return replace(self, weights=replace(self.weights, outlier=LOADED), has_load=True)

    def among(self, barrier_length: float) -> Goals:
        """Return the goals where there are ``barrier_length`` metres of barriers in all.

        Where barriers are denser than borders can ever be, most of them must go unused, so
        each is worth less, and no narrow strip between them is worth being a cell.
        """
        borders = PLENTY * 2.0 * self.side * self.cells
        share = min(1.0, borders / max(barrier_length, 1.0))
        scarce = replace(
            self.weights,
            barrier=self.weights.barrier * share**0.5,
            near_miss=self.weights.near_miss * share**0.5,
            corridor=self.weights.corridor if share > SCARCE else np.inf,
        )
        return replace(self, weights=scarce)

    @property
    def side(self) -> float:
        """Side of a square of the wanted area, m."""
        return float(np.sqrt(self.cell_area))

    def area_cost(self, area, cells=1):
        """Cost of ``cells`` cells sharing ``area`` evenly."""
        off = np.abs(area / (cells * self.cell_area) - 1.0)
        far = np.maximum(off - FAR_OFF, 0.0)
        return cells * (self.weights.area * off * off + self.weights.outlier * far * far)

    def share_cost(self, measure, area, cells=1):
        """Cost of ``cells`` cells sharing a measure evenly, on ground of ``area`` m².

        Where the measure is load, areas stay within bounds all the same.
        """
        cost = self.area_cost(measure, cells)
        if not self.has_load:
            return cost
        off = np.abs(area / (cells * self.cell_area) - 1.0)
        far = np.maximum(off - TOO_FAR, 0.0)
        return cost + cells * BOUND * far * far

    def within_bounds(self, cells, area, all_cells=None, all_area=None):
        """Return numbers of cells as near to ``cells`` as bounds on ``area`` (m²) allow.

        With ``all_cells`` on ``all_area``, the rest has to be within bounds as well. Only load
        needs bounds: cells that share area evenly keep them by themselves.
        """
        if not self.has_load:
            return cells
        low, high = self._bounds(area)
        if all_cells is not None:
            least, most = self._bounds(all_area - area)
            low, high = np.maximum(low, all_cells - most), np.minimum(high, all_cells - least)
        return np.maximum(np.clip(cells, low, np.maximum(low, high)), 1)

    def _bounds(self, area):
        cells = area / self.cell_area
        return np.ceil(cells / (1 + TOO_FAR)), np.floor(cells / (1 - TOO_FAR))

    def is_within(self, area: float) -> bool:
        """Tell whether a cell keeps the bounds of area that hold where cells share load."""
        return abs(area / self.cell_area - 1.0) <= HARD

    def shape_cost(self, area, perimeter):
        """Cost of one cell's shape: P²/4πA, 1 for a disc, 1.27 for a square."""
        return self._stretch_cost(perimeter * perimeter / (4 * np.pi * area))

    def _stretch_cost(self, stretch):
        excess = np.maximum(stretch - TOO_LONG, 0.0)
        cost = self.weights.shape * (stretch - 1.0) + self.weights.sliver * excess * excess
        over = cost - self.weights.corridor
        return np.where(over > 0, self.weights.corridor + 0.1 * np.sqrt(np.maximum(over, 0)), cost)

    def block_shape_cost(self, area, perimeter, cells):
        """Cost of the shapes a block of ``cells`` cells can be cut into.

        A block is taken for a rectangle of the same area and perimeter; where it is wide
        enough its cells can be square, in a corridor they must be longer than wide.
        """
        return cells * self._stretch_cost(self.block_stretch(area, perimeter, cells))

    def block_stretch(self, area, perimeter, cells):
        """P²/4πA of the cells a block of that many would be cut into."""
        half = np.maximum(perimeter / 2, 2 * np.sqrt(area))
        width = (half - np.sqrt(np.maximum(half * half - 4 * area, 0))) / 2
        cell = area / cells
        width = np.minimum(width, np.sqrt(cell))
        around = 2 * (width + cell / width)
        return around * around / (4 * np.pi * cell)

    def barrier_gain(self, length):
        """Worth of a border that follows barriers over ``length`` (weighted, m)."""
        return self.weights.barrier * length / self.side

    def miss_cost(self, length):
        """Cost of a border that runs beside a barrier instead of on it, m."""
        return self.weights.near_miss * length / self.side
