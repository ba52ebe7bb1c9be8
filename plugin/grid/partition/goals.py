"""What makes a cell good, as one number to minimise.

All terms are dimensionless: areas are measured in target areas, lengths in sides of a
target square. The weights were balanced on several cities so that no figure of the
scorecard is bought with another.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Weights:
    """How much each wish counts."""

    area: float = 6.0
    shape: float = 1.0
    barrier: float = 1.6
    near_miss: float = 0.8
    building: float = 1000.0


@dataclass(frozen=True)
class Goals:
    """The wishes for one region with its own mean cell area."""

    cell_area: float
    weights: Weights = Weights()

    @property
    def side(self) -> float:
        """Side of a square of the wanted area, m."""
        return float(np.sqrt(self.cell_area))

    def area_cost(self, area, cells=1):
        """Cost of ``cells`` cells sharing ``area`` evenly."""
        return self.weights.area * cells * (area / (cells * self.cell_area) - 1.0) ** 2

    def shape_cost(self, area, perimeter):
        """Cost of one cell's shape: P²/4πA, 1 for a disc, 1.27 for a square."""
        return self.weights.shape * (perimeter * perimeter / (4 * np.pi * area) - 1.0)

    def block_shape_cost(self, area, perimeter, cells):
        """Cost of the shapes a block of ``cells`` cells can be cut into.

        A block is taken for a rectangle of the same area and perimeter; where it is wide
        enough its cells can be square, in a corridor they must be longer than wide.
        """
        half = np.maximum(perimeter / 2, 2 * np.sqrt(area))
        width = (half - np.sqrt(np.maximum(half * half - 4 * area, 0))) / 2
        cell = area / cells
        width = np.minimum(width, np.sqrt(cell))
        around = 2 * (width + cell / width)
        return cells * self.weights.shape * (around * around / (4 * np.pi * cell) - 4 / np.pi)

    def barrier_gain(self, length):
        """Worth of a border that follows barriers over ``length`` (weighted, m)."""
        return self.weights.barrier * length / self.side

    def miss_cost(self, length):
        """Cost of a border that runs beside a barrier instead of on it, m."""
        return self.weights.near_miss * length / self.side
