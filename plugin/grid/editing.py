"""Edit a partition by hand, topology kept: split, halve and merge cells.

Every function is pure: it takes all cells it may touch and returns new shapes for those it
does touch, so that a map tool can show figures while dragging and write one edit command.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from ..errors import WanggeError
from ..translation import translate
from .edges import rounding
from .lineage import KEEP_FROM, keep_codes, match_cells
from .polygons import is_wider
from .vertices import insert_vertices

# Parts narrower than this in metres are slips of the hand, not cells.
LEAST_WIDTH = 0.5
_ANGLES = 36


@dataclass(frozen=True)
class Edit:
    """What an edit does.

    Attributes
    ----------
    changed : mapping of int to Polygon
        New shapes of existing cells that go on, by index.
    created : tuple of Polygon
        New cells; they get new codes.
    retired : tuple of int
        Cells that end; their codes are never used again.
    """

    changed: Mapping[int, shapely.Polygon]
    created: tuple[shapely.Polygon, ...] = ()
    retired: tuple[int, ...] = ()

    def apply_to(self, cells: np.ndarray) -> np.ndarray:
        """Return all cells after the edit: those that go on in order, then the created ones."""
        result = np.asarray(cells, dtype=object).copy()
        for index, shape in self.changed.items():
            result[index] = shape
        stays = np.setdiff1d(np.arange(len(result)), list(self.retired))
        return np.concatenate([result[stays], np.array(self.created, dtype=object)])


def split_cell(cells: np.ndarray, index: int, line: shapely.LineString) -> Edit:
    """Split a cell along a line; neighbours get the new border's ends as vertices.

    The part by which the cell is best recognised (at least half its area) goes on as the
    cell; without such a part the cell ends and all parts are new.

    Raises
    ------
    WanggeError
        If the line does not cross the cell from border to border, or cuts off a splinter.
    """
    cells = np.asarray(cells, dtype=object)
    faces = divide(cells[index], line)
    if len(faces) < 2:
        raise WanggeError(
            translate(
                "Wangge",
                "The line does not divide the cell. Draw it across the cell from one side to the"
                " other.",
            )
        )
    if not is_wider(faces, LEAST_WIDTH, rounding(cells)).all():
        raise WanggeError(
            translate(
                "Wangge",
                "The line cuts off a splinter narrower than {width} m. Draw it further inside the"
                " cell.",
            ).format(width=LEAST_WIDTH)
        )
    return _succession(cells, (index,), faces)


def divide(shape: shapely.Polygon, line: shapely.Geometry) -> np.ndarray:
    """Return the faces into which a line divides a polygon."""
    # The whole line is noded, not its part inside: that part's ends need not lie on the border.
    net = shapely.union_all(np.array([shapely.boundary(shape), line], dtype=object))
    faces = shapely.get_parts(shapely.polygonize([net]))
    return faces[shapely.contains(shape, shapely.point_on_surface(faces))]


def halve_cell(cells: np.ndarray, index: int, *, angle: float | None = None) -> Edit:
    """Split a cell by a straight cut into two halves of equal area.

    Parameters
    ----------
    angle : float, optional
        Direction of the cut in degrees, counted from east against the clock; the direction
        that makes the less compact half most compact where not given.

    Raises
    ------
    WanggeError
        If no straight cut leaves two whole halves (in this direction).
    """
    cells = np.asarray(cells, dtype=object)
    directions = np.arange(_ANGLES) * 180.0 / _ANGLES if angle is None else np.array([angle])
    best, best_value = None, -1.0
    for degrees in directions:
        cut = _halving_line(cells[index], float(degrees))
        parts = divide(cells[index], cut)
        if len(parts) != 2:
            continue
        value = float((shapely.area(parts) / shapely.length(parts) ** 2).min())
        if value > best_value * (1 + 1e-9):
            best, best_value = cut, value
    if best is None:
        raise WanggeError(
            translate(
                "Wangge",
                "No straight cut divides the cell into two whole halves. Split it by a line"
                " instead, or choose another direction.",
            )
        )
    return split_cell(cells, index, best)


def _halving_line(cell: shapely.Polygon, degrees: float) -> shapely.LineString:
    """Return the straight line in a direction that has half the cell on either side."""
    turn = np.radians(degrees)
    along = np.array([np.cos(turn), np.sin(turn)])
    across = np.array([-along[1], along[0]])
    centre = shapely.get_coordinates(cell.centroid)[0]
    points, ring = shapely.get_coordinates(
        shapely.get_rings(shapely.normalize(cell)), return_index=True
    )
    points = points - centre
    u, v = points @ along, points @ across
    edge = np.flatnonzero(ring[1:] == ring[:-1])
    reach = float(np.hypot(*points.T).max()) + 1.0
    low, high = float(v.min()), float(v.max())
    half = cell.area / 2.0
    for _ in range(48):
        middle = (low + high) / 2.0
        if _area_below(u[edge], v[edge], u[edge + 1], v[edge + 1], middle) < half:
            low = middle
        else:
            high = middle
    base = centre + across * (low + high) / 2.0
    return shapely.linestrings([base - along * reach, base + along * reach])


def _area_below(u0, v0, u1, v1, limit: float) -> float:
    """Return the area of a polygon below ``v = limit``, from its edges.

    By Green's theorem it is the sum of the integrals of u dv along the edges below; the cut
    itself adds nothing, as v does not change along it.
    """
    rise = np.where(v1 == v0, 1.0, v1 - v0)
    below0, below1 = np.minimum(v0, limit), np.minimum(v1, limit)
    at0 = u0 + (u1 - u0) * (below0 - v0) / rise
    at1 = u0 + (u1 - u0) * (below1 - v0) / rise
    return abs(float(((at0 + at1) / 2.0 * (below1 - below0)).sum()))


def merge_cells(
    cells: np.ndarray, indices: Sequence[int], community: Sequence[int] | np.ndarray
) -> Edit:
    """Merge adjacent cells of one community.

    The merged cell goes on as the one that makes up at least half of it; without such a one
    all end and it is new.

    Raises
    ------
    WanggeError
        If the cells are fewer than two, of several communities, or not all adjacent.
    """
    cells = np.asarray(cells, dtype=object)
    chosen = sorted({int(i) for i in indices})
    if len(chosen) < 2:
        raise WanggeError(translate("Wangge", "Select at least two cells to merge."))
    if len({int(community[i]) for i in chosen}) > 1:
        raise WanggeError(
            translate(
                "Wangge",
                "The cells belong to different communities. Merge only cells of one community.",
            )
        )
    merged = shapely.union_all(cells[chosen])
    if merged.geom_type != "Polygon":
        raise WanggeError(
            translate(
                "Wangge",
                "The cells do not all share borders. Select cells that lie next to each other.",
            )
        )
    return _succession(cells, tuple(chosen), np.array([merged]))


def _succession(cells, old: tuple[int, ...], new: np.ndarray) -> Edit:
    """Return the edit that replaces cells by others on the same ground."""
    names = [str(i) for i in old]
    kept = keep_codes(match_cells(cells[list(old)], new), names, keep_from=KEEP_FROM)
    changed = {int(k): new[i] for i, k in enumerate(kept) if k is not None}
    created = tuple(new[i] for i, k in enumerate(kept) if k is None)
    retired = tuple(i for i in old if i not in changed)
    return Edit({**changed, **fit_neighbours(cells, old, new)}, created, retired)


def fit_neighbours(
    cells: np.ndarray, old: Sequence[int], new: np.ndarray
) -> dict[int, shapely.Polygon]:
    """Return the neighbours that need the new cells' vertices on their borders."""
    vertices = np.unique(shapely.get_coordinates(new), axis=0)
    before = np.unique(shapely.get_coordinates(cells[list(old)]), axis=0)
    known = {tuple(v) for v in before}
    fresh = np.array([v for v in vertices if tuple(v) not in known]).reshape(-1, 2)
    others = np.setdiff1d(np.arange(len(cells)), old)
    if not len(fresh) or not len(others):
        return {}
    near = others[shapely.dwithin(cells[others], shapely.multipoints(fresh), 1.0)]
    fitted = insert_vertices(cells[near], fresh, rounding(cells))
    return {int(i): shape for i, shape in zip(near, fitted, strict=True) if shape is not cells[i]}
