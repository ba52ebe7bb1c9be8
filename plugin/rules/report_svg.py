"""Small maps for the report: findings as dots on the outlines of the communities."""

from __future__ import annotations

import numpy as np
import shapely

from .finding import Finding
from .findings import zoom_points
from .references import Areas

_MOST_DOTS = 400
_WIDTH = 260.0


class SmallMap:
    """Draws findings on one extent, so that the maps of a report can be compared.

    Parameters
    ----------
    findings : list of Finding
        All of the report; with the communities they set the extent.
    communities : Areas or None
    """

    def __init__(self, findings: list[Finding], communities: Areas | None):
        outlines = np.array([], dtype=object) if communities is None else communities.geometry
        shown = outlines if len(outlines) else zoom_points(findings)
        bounds = np.array([0.0, 0.0, 1.0, 1.0])
        if np.isfinite(shapely.bounds(shown)).any():
            bounds = shapely.total_bounds(shown)
        self._left, self._bottom = bounds[0], bounds[1]
        extent = max(bounds[2] - bounds[0], bounds[3] - bounds[1])
        if extent <= 0:
            extent = 1.0
            self._left, self._bottom = self._left - 0.5, self._bottom - 0.5
        self._scale = _WIDTH / extent
        self._height = max((bounds[3] - bounds[1]) * self._scale, _WIDTH / 4)
        self._outlines = self._path(outlines, extent / _WIDTH)

    def _pixels(self, xy: np.ndarray) -> np.ndarray:
        x = (xy[:, 0] - self._left) * self._scale
        y = self._height - (xy[:, 1] - self._bottom) * self._scale
        return np.column_stack([x, y])

    def _path(self, outlines: np.ndarray, pixel: float) -> str:
        if not len(outlines):
            return ""
        # Half a pixel is more than anybody sees.
        simple = shapely.simplify(outlines, pixel / 2)
        rings = shapely.get_rings(shapely.get_parts(simple))
        pieces = []
        for ring in rings:
            xy = self._pixels(shapely.get_coordinates(ring))
            pieces.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in xy.tolist()) + "Z")
        return f'<path class="outline" d="{"".join(pieces)}"/>'

    def draw(self, findings: list[Finding], title: str) -> str:
        """Return an SVG with a dot per finding, thinned out evenly where there are many."""
        points = zoom_points(findings)
        xy = np.column_stack([shapely.get_x(points), shapely.get_y(points)])
        known = np.isfinite(xy).all(axis=1)
        dots = self._pixels(xy[known])
        step = max(1, -(-len(dots) // _MOST_DOTS))
        severities = np.array([f.severity.value for f in findings], dtype=object)[known]
        circles = "".join(
            f'<circle class="{severity}" cx="{x:.1f}" cy="{y:.1f}" r="2.5"/>'
            for (x, y), severity in zip(
                dots[::step].tolist(), severities[::step].tolist(), strict=True
            )
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{title}" '
            f'width="{_WIDTH:.0f}" height="{self._height:.0f}" '
            f'viewBox="0 0 {_WIDTH:.0f} {self._height:.0f}">{self._outlines}{circles}</svg>'
        )
