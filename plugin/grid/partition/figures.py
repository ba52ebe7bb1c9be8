"""The figures of one face that its cost is made of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .load import Load


@dataclass(frozen=True)
class FaceFigures:
    """Area (m²), perimeter (m), and the measure (m²) cells are to share evenly."""

    area: float
    perimeter: float
    measure: float

    @classmethod
    def of(cls, xy: np.ndarray, load: Load | None = None) -> FaceFigures:
        """Return the figures of a ring (n, 2), not closed; without load the measure is area."""
        local = xy - xy[0]
        after = np.concatenate([local[1:], local[:1]])
        area = float((local[:, 0] * after[:, 1] - local[:, 1] * after[:, 0]).sum()) / 2
        perimeter = float(np.hypot(*(after - local).T).sum())
        return cls(area, perimeter, area if load is None else load.measure(xy, area))

    def joined(self, other: FaceFigures, border: float) -> FaceFigures:
        """Return the figures of two faces merged over a border of that length."""
        return FaceFigures(
            self.area + other.area,
            self.perimeter + other.perimeter - 2 * border,
            self.measure + other.measure,
        )

    @property
    def width(self) -> float:
        """Width of the rectangle of the same area and perimeter, m."""
        half = max(self.perimeter / 2, 2 * self.area**0.5)
        return float(half - max(half * half - 4 * self.area, 0.0) ** 0.5) / 2
