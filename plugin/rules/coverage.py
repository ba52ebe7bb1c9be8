"""How the cells of a layer cover the communities: overlaps, gaps, borders, cut buildings.

Worked out once per run and shared by the rules; the cost is that of the faults, plus one
relation per pair of neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely

from .ledger import Ledger
from .metres import in_metres
from .references import Areas, Shapes
from .safe_shapes import polygonal

# Edges nearer than this, in metres, run together: a moved vertex that is further off makes an
# overlap or a gap worth a finding of its own.
TOGETHER = 0.05


@dataclass(frozen=True)
class Pieces:
    """Pieces of ground and the rows (or areas) they concern."""

    one: np.ndarray
    other: np.ndarray
    geometry: np.ndarray
    size: np.ndarray

    def larger_than(self, tolerance: float) -> Pieces:
        """Return the pieces whose area in m² is above ``tolerance``; at 0, any with an area."""
        keep = self.size > tolerance
        return Pieces(*(c[keep] for c in (self.one, self.other, self.geometry, self.size)))


class Coverage:
    """The active cells of a ledger.

    Parameters
    ----------
    ledger : Ledger
        Keeps ``geometry`` and ``date:end_date``.
    """

    def __init__(self, ledger: Ledger):
        self.context = ledger.context
        self.is_geographic = ledger.is_geographic
        kept = ledger.column("geometry")
        end = ledger.column("date:end_date")
        active = np.isnat(end) | (end > self.context.today64)
        finite = np.isfinite(shapely.bounds(kept)).all(axis=1)
        #: Ledger rows of the cells; other indices below count within these.
        self.rows = np.flatnonzero(active & finite)
        self.cells = polygonal(kept[self.rows])
        self.ids = ledger.ids[self.rows]
        self._unmatched: dict[float, tuple[np.ndarray, np.ndarray]] = {}

    @cached_property
    def tree(self) -> shapely.STRtree:
        return shapely.STRtree(self.cells)

    @cached_property
    def neighbours(self) -> tuple[np.ndarray, np.ndarray]:
        """Pairs of cells that meet, each once."""
        one, other = self.tree.query(self.cells, predicate="intersects")
        once = self.ids[one] < self.ids[other]
        return one[once], other[once]

    def area(self, geometry: np.ndarray) -> np.ndarray:
        """Return areas in m²."""
        return shapely.area(in_metres(geometry, self.is_geographic))

    @cached_property
    def overlaps(self) -> Pieces:
        """Ground that two cells both claim."""
        one, other = self.neighbours
        inside = shapely.relate_pattern(self.cells[one], self.cells[other], "T********")
        one, other = one[inside], other[inside]
        shared = shapely.intersection(self.cells[one], self.cells[other])
        return Pieces(one, other, shared, self.area(shared))

    @cached_property
    def located(self) -> np.ndarray:
        """The community each cell lies in by the most of its area, -1 for none."""
        return self._nesting[0]

    @cached_property
    def outside(self) -> Pieces:
        """What of each cell lies outside the community it lies in; ``other`` is that one."""
        return self._nesting[1]

    @cached_property
    def _nesting(self) -> tuple[np.ndarray, Pieces]:
        communities = self._communities
        located = np.full(len(self.cells), -1, np.int64)
        # Asked this way round, each community is prepared once for all its cells.
        community, cell = self.tree.query(communities, predicate="covers")
        located[cell] = community
        rest = np.flatnonzero(located < 0)
        tree = shapely.STRtree(communities)
        cell, community = tree.query(self.cells[rest], predicate="intersects")
        shared = self.area(shapely.intersection(self.cells[rest[cell]], communities[community]))
        order = np.lexsort((community, -shared, cell))
        cell, community, shared = cell[order], community[order], shared[order]
        best = np.flatnonzero(np.diff(cell, prepend=-1))
        inside = best[shared[best] > 0]
        located[rest[cell[inside]]] = community[inside]
        home = np.append(communities, shapely.Polygon())[located[rest]]
        pieces = shapely.difference(self.cells[rest], home)
        return located, Pieces(rest, located[rest], pieces, self.area(pieces))

    @cached_property
    def _communities(self) -> np.ndarray:
        areas = self.context.communities
        assert isinstance(areas, Areas)  # noqa: S101 - rules that come here declare the need  # nosec B101
        return polygonal(areas.geometry)

    @cached_property
    def gaps(self) -> Pieces:
        """Ground of a community that no cell covers; ``one`` is the community."""
        communities = self._communities
        order = np.argsort(self.located, kind="stable")
        order = order[self.located[order] >= 0]
        starts = np.flatnonzero(np.diff(self.located[order], prepend=-1))
        covered = np.full(len(communities), shapely.Polygon(), dtype=object)
        clean = self._is_clean
        for members in np.split(order, starts[1:]):
            if len(members):
                # Where all borders match, dropping the shared ones is exact, and ten times faster.
                unite = shapely.coverage_union_all if clean[members].all() else shapely.union_all
                covered[self.located[members[0]]] = unite(self.cells[members])
        bare = shapely.difference(communities, covered)
        some = np.flatnonzero(~shapely.is_empty(bare))
        # Cells of a neighbour that reach over the border cover the ground nevertheless.
        gap, cell = self.tree.query(bare[some], predicate="intersects")
        foreign = self.located[cell] != some[gap]
        for g in np.unique(gap[foreign]).tolist():
            over = shapely.union_all(self.cells[cell[foreign & (gap == g)]])
            bare[some[g]] = shapely.difference(bare[some[g]], over)
        parts, owner = shapely.get_parts(bare[some], return_index=True)
        area = shapely.get_type_id(parts) == 3
        parts, owner = (
            parts[area & ~shapely.is_empty(parts)],
            owner[area & ~shapely.is_empty(parts)],
        )
        return Pieces(some[owner], some[owner], parts, self.area(parts))

    @property
    def _is_clean(self) -> np.ndarray:
        """Cells that overlap no other one and share whole edges with those beside them."""
        clean = np.ones(len(self.cells), bool)
        clean[self.overlaps.one] = clean[self.overlaps.other] = False
        clean[self.unmatched(TOGETHER)[0]] = False
        return clean

    @cached_property
    def edges(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Edges of the cells: ends (n, 4), the cell, and a number that equal edges share."""
        polygons, cell = shapely.get_parts(self.cells, return_index=True)
        rings, polygon = shapely.get_rings(polygons, return_index=True)
        xy, ring = shapely.get_coordinates(rings, return_index=True)
        joined = np.flatnonzero(ring[1:] == ring[:-1])
        start, end = xy[joined], xy[joined + 1]
        turned = (start[:, 0] > end[:, 0]) | (
            (start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1])
        )
        ends = np.hstack([start, end])
        ends[turned] = ends[turned][:, [2, 3, 0, 1]]
        order = np.lexsort(ends.T[::-1])
        same = (ends[order][1:] == ends[order][:-1]).all(axis=1)
        group = np.empty(len(order), np.int64)
        group[order] = np.cumsum(np.concatenate([[0], ~same])) if len(order) else 0
        return ends, cell[polygon[ring[joined]]], group

    @cached_property
    def shared_edges(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Edges that two cells share, each once: ends (n, 4) and the two cells."""
        ends, cell, group = self.edges
        order = np.lexsort((self.ids[cell], group))
        pair = np.flatnonzero((np.diff(group[order]) == 0) & (np.diff(cell[order]) != 0))
        one, other = order[pair], order[pair + 1]
        return ends[one], cell[one], cell[other]

    def unmatched(self, tolerance: float) -> tuple[np.ndarray, np.ndarray]:
        """Return edges that run along another cell without being an edge of it.

        Returns
        -------
        cell : ndarray of int64, shape (m,)
        lines : ndarray of linestrings, shape (m,)
        """
        known = self._unmatched.get(tolerance)
        if known is None:
            known = self._unmatched[tolerance] = self._find_unmatched(tolerance)
        return known

    def _find_unmatched(self, tolerance: float) -> tuple[np.ndarray, np.ndarray]:
        ends, cell, group = self.edges
        single = np.flatnonzero(np.bincount(group)[group] == 1)
        middle = shapely.points((ends[single, :2] + ends[single, 2:]) / 2)
        if self.is_geographic:
            tolerance = tolerance / 111_000.0
        # A short edge that only meets the other cell at its end does not run along it.
        length = np.hypot(*(ends[single, 2:] - ends[single, :2]).T)
        reach = np.minimum(tolerance, length / 4)
        edge, other = self.tree.query(middle, predicate="dwithin", distance=reach)
        beside = np.unique(edge[cell[single[edge]] != other])
        found = single[beside]
        return cell[found], shapely.linestrings(ends[found].reshape(-1, 2, 2))

    def cut_buildings(self, buildings: Shapes) -> Pieces:
        """Return buildings in several cells: ``one`` the building, ``other`` the cell."""
        geometry = polygonal(buildings.geometry)
        building, cell = self.tree.query(geometry, predicate="intersects")
        several = np.bincount(building, minlength=len(geometry))[building] > 1
        building, cell = building[several], cell[several]
        pieces = shapely.intersection(geometry[building], self.cells[cell])
        size = self.area(pieces)
        # One that lies whole in a cell is not cut, though another cell may overlap there.
        whole = size >= self.area(geometry[building]) * (1 - 1e-9)
        keep = ~np.isin(building, building[whole])
        return Pieces(building[keep], cell[keep], pieces[keep], size[keep])


def coverage_of(ledger: Ledger) -> Coverage:
    """Return the coverage of a ledger's cells, worked out at the first call."""
    return ledger.once("coverage", lambda: Coverage(ledger))
