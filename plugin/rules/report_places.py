"""Places a report leads to: one for each finding it lists, one for several where they are many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely

from .finding import Finding
from .findings import zoom_points
from .metres import metres_per_unit

#: A report has no more files beside it than this.
MOST_PLACES = 200
_MARGIN = 40.0
_FIRST_SIDE = 100.0


@dataclass(frozen=True)
class Place:
    """What a map is to show for some findings.

    Attributes
    ----------
    name : str
        Short, and different for each place of a report.
    bounds : tuple of float
        West, south, east, north, with some room around, in the CRS of the findings.
    """

    name: str
    bounds: tuple[float, float, float, float]


class Places:
    """The places of a report's findings.

    As long as there are few, each spot has a place of its own. Otherwise the findings in one
    square share it, and the squares are as large as it takes to have at most ``most``.

    Parameters
    ----------
    findings : list of Finding
        Those that the report lists.
    folder : str
        Where the files of the places lie, as seen from the report.
    is_geographic : bool
        Whether coordinates are degrees.
    most : int
    """

    def __init__(
        self,
        findings: list[Finding],
        *,
        folder: str,
        is_geographic: bool,
        most: int = MOST_PLACES,
    ):
        self.folder = folder
        points = zoom_points(findings)
        there = np.flatnonzero(np.isfinite(shapely.get_x(points)))
        xy = shapely.get_coordinates(points[there])
        scale = metres_per_unit(xy[:, 1]).mean(axis=0) if is_geographic and len(xy) else np.ones(2)
        # One scale for all: the squares only have to be about square.
        owner = _squares(xy * scale, most)
        count = int(owner.max()) + 1 if len(owner) else 0
        shapes = np.array([f.geometry for f in findings], dtype=object)[there]
        edges = shapely.bounds(shapes)
        edges = np.where(np.isfinite(edges), edges, np.column_stack([xy, xy]))
        low, high = np.full((count, 2), np.inf), np.full((count, 2), -np.inf)
        np.minimum.at(low, owner, edges[:, :2])
        np.maximum.at(high, owner, edges[:, 2:])
        room = np.maximum(_MARGIN / scale, (high - low) / 10)
        width = len(str(count))
        self._places = tuple(
            Place(f"{i + 1:0{width}d}", tuple(bounds))
            for i, bounds in enumerate(np.column_stack([low - room, high + room]).tolist())
        )
        self._of = dict(
            zip(map(tuple, xy.tolist()), (self._places[i].name for i in owner), strict=True)
        )

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[Place]:
        return iter(self._places)

    def link(self, x: float, y: float) -> str:
        """Return the file that leads to the zoom point of a finding, "" where there is none."""
        name = self._of.get((x, y), "")
        return f"{self.folder}/{name}.qgz" if name else ""


def _squares(metres: np.ndarray, most: int) -> np.ndarray:
    """Return the number of the place of each point, counted in the order they come in."""
    side = 1.0
    while True:
        _, first, owner = np.unique(
            np.floor(metres / side), axis=0, return_index=True, return_inverse=True
        )
        if len(first) <= most:
            return np.argsort(np.argsort(first))[owner.ravel()]
        side = max(2 * side, _FIRST_SIDE)
