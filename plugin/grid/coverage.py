"""Check that cells cover their communities seamlessly; works with every GEOS."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
import shapely

from ..progress import SILENT, Progress, stop_if_cancelled
from .edges import Edges, along_each_other, find_edges, find_neighbours, number_rows, rounding
from .home import find_community
from .polygons import is_wider, polygons_of


class DefectKind(Enum):
    """What can be wrong with a coverage."""

    EMPTY = "empty"
    INVALID = "invalid"
    MULTIPART = "multipart"
    OVERLAP = "overlap"
    GAP = "gap"
    OUTSIDE = "outside"
    CROSSING = "crossing"
    UNMATCHED = "unmatched"


@dataclass(frozen=True, slots=True)
class Defect:
    """One defect.

    Attributes
    ----------
    kind : DefectKind
    cells : tuple of int
        The cells concerned, indices into the input: two for overlaps and unmatched borders,
        none for a gap.
    community : int
        The community concerned: where the gap is, which edge is crossed; -1 where none applies.
    geometry : shapely geometry or None
        The spot: the overlap, the gap, the part outside, the stretch of border.
    measure : float
        Area in m², for unmatched borders the length in m; 0 where neither applies.
    detail : str
        For invalid cells, what the geometry library says.
    """

    kind: DefectKind
    cells: tuple[int, ...]
    community: int
    geometry: shapely.Geometry | None
    measure: float = 0.0
    detail: str = ""


@dataclass(frozen=True)
class CoverageReport:
    """All defects of a coverage, in a fixed order; ``community`` is each cell's, -1 for none."""

    defects: tuple[Defect, ...]
    community: np.ndarray

    @property
    def is_clean(self) -> bool:
        return not self.defects

    def of(self, *kinds: DefectKind) -> tuple[Defect, ...]:
        """Return the defects of these kinds."""
        return tuple(d for d in self.defects if d.kind in kinds)


def check_coverage(
    cells: np.ndarray,
    communities: np.ndarray,
    community: np.ndarray | None = None,
    *,
    tolerance: float = 0.0,
    edge_tolerance: float = 0.0,
    progress: Progress = SILENT,
) -> CoverageReport:
    """Find everything that keeps cells from covering their communities seamlessly.

    Parameters
    ----------
    cells, communities : ndarray of shapely geometries, shapes (n,) and (m,)
        In one metric coordinate system.
    community : ndarray of int, shape (n,), optional
        Which community each cell ought to lie in (-1: in none); found from the cells' inner
        points where not given.
    tolerance : float
        Gaps, overlaps and parts outside no wider than this many metres anywhere are let pass.
        Zero lets nothing pass but what is too thin for the coordinates themselves.
    edge_tolerance : float
        Borders of two cells that run no further apart than this many metres count as one
        border, whose vertices must be the same. Zero: only borders on the same line.
    progress : Progress

    Returns
    -------
    CoverageReport
    """
    cells = np.asarray(cells, dtype=object)
    communities = np.asarray(communities, dtype=object)
    noise = rounding(cells, communities)
    defects, usable = _check_shapes(cells)
    solid = _only(cells, usable)
    broken = usable & ~shapely.is_valid(cells)
    solid[broken] = [polygons_of(shape) for shape in shapely.make_valid(cells[broken])]
    if community is None:
        community = np.full(len(cells), -1, np.int64)
        rows = np.flatnonzero(usable)
        community[rows] = find_community(solid[rows], communities)
    else:
        community = np.asarray(community, dtype=np.int64)
    progress.report(0.1)
    edges = find_edges(_only(cells, usable))
    matched = edges.is_matched()
    loose = np.unique(edges.owner[~matched])
    stop_if_cancelled(progress)
    defects += _find_overlaps(solid, edges, loose, tolerance, noise)
    progress.report(0.4)
    stop_if_cancelled(progress)
    defects += _find_outside(solid, communities, community, tolerance, noise)
    progress.report(0.6)
    stop_if_cancelled(progress)
    defects += _find_gaps(solid, communities, community, tolerance, noise, progress)
    progress.report(0.8)
    stop_if_cancelled(progress)
    defects += find_unmatched(edges, matched, max(edge_tolerance, noise))
    progress.report(1.0)
    return CoverageReport(tuple(defects), community)


def is_seamless(cells: np.ndarray) -> bool:
    """Return whether cells neither overlap nor differ in the vertices of a shared border.

    The answer of ``shapely.coverage_is_valid`` where the library has it, else our own.
    """
    parts = shapely.get_parts(cells)
    if hasattr(shapely, "coverage_is_valid") and shapely.geos_version >= (3, 12, 0):
        return bool(shapely.coverage_is_valid(parts))
    if not shapely.is_valid(parts).all():
        return False
    edges = find_edges(parts)
    matched = edges.is_matched()
    noise = rounding(parts)
    if _find_overlaps(parts, edges, np.unique(edges.owner[~matched]), 0.0, noise):
        return False
    first, second, _ = along_each_other(edges, np.flatnonzero(~matched), noise)
    return not (_touches(parts, edges, first, second) or _touches(parts, edges, second, first))


def _touches(cells: np.ndarray, edges: Edges, mine: np.ndarray, theirs: np.ndarray) -> bool:
    """Return whether an end of one of ``mine`` lies in the other cell without being its vertex.

    An end beside it, were it by a rounding, leaves a gap, which the library does not mind.
    """
    ends = np.concatenate([edges.start[mine], edges.end[mine]])
    other = np.tile(edges.owner[theirs], 2)
    inside = np.flatnonzero(shapely.intersects(cells[other], shapely.points(ends)))
    for k in inside:
        if tuple(ends[k]) not in set(map(tuple, shapely.get_coordinates(cells[other[k]]).tolist())):
            return True
    return False


def _only(cells: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Return a copy with None everywhere but in ``rows``."""
    copy = np.full(len(cells), None, dtype=object)
    copy[rows] = cells[rows]
    return copy


def _check_shapes(cells: np.ndarray) -> tuple[list[Defect], np.ndarray]:
    kind = shapely.get_type_id(cells)
    usable = np.isin(kind, (3, 6)) & ~shapely.is_empty(cells)
    defects = [Defect(DefectKind.EMPTY, (int(i),), -1, None) for i in np.flatnonzero(~usable)]
    bad = np.flatnonzero(usable & ~shapely.is_valid(cells))
    for i, reason in zip(bad, shapely.is_valid_reason(cells[bad]), strict=True):
        defects.append(Defect(DefectKind.INVALID, (int(i),), -1, cells[i], detail=str(reason)))
    for i in np.flatnonzero(usable & (shapely.get_num_geometries(cells) > 1)):
        defects.append(Defect(DefectKind.MULTIPART, (int(i),), -1, cells[i]))
    return defects, usable


def _find_overlaps(
    cells: np.ndarray, edges: Edges, loose: np.ndarray, tolerance: float, noise: float
) -> list[Defect]:
    """Overlaps begin at edges without a twin; from there they may spread to neighbours."""
    tree = shapely.STRtree(cells)
    neighbours = find_neighbours(edges)
    seen = np.zeros(len(cells), bool)
    found: dict[tuple[int, int], shapely.Geometry] = {}
    front = loose
    while len(front):
        seen[front] = True
        one, two = tree.query(cells[front], predicate="intersects")
        one = front[one]
        pair = one != two
        first, second = np.minimum(one[pair], two[pair]), np.maximum(one[pair], two[pair])
        common = shapely.intersection(cells[first], cells[second])
        overlapping = is_wider(common, 0.0, noise)
        for i, j, shape in zip(
            first[overlapping], second[overlapping], common[overlapping], strict=True
        ):
            found[int(i), int(j)] = shape
        hit = np.zeros(len(cells), bool)
        hit[first[overlapping]] = hit[second[overlapping]] = True
        spread = hit.copy()
        spread[neighbours.second[hit[neighbours.first]]] = True
        spread[neighbours.first[hit[neighbours.second]]] = True
        front = np.flatnonzero(spread & ~seen)
    pairs = sorted(found)
    shapes = np.array([polygons_of(found[p]) for p in pairs], dtype=object)
    wide = is_wider(shapes, tolerance, noise) if len(shapes) else np.zeros(0, bool)
    return [
        Defect(DefectKind.OVERLAP, pair, -1, shape, float(shape.area))
        for pair, shape, big in zip(pairs, shapes, wide, strict=True)
        if big
    ]


def _find_outside(cells, communities, community, tolerance, noise) -> list[Defect]:
    defects = []
    present = ~shapely.is_missing(cells) & ~shapely.is_empty(cells)
    for i in np.flatnonzero((community < 0) & present):
        defects.append(Defect(DefectKind.OUTSIDE, (int(i),), -1, cells[i], float(cells[i].area)))
    rows = np.flatnonzero((community >= 0) & present)
    shapely.prepare(communities)
    rows = rows[~shapely.contains_properly(communities[community[rows]], cells[rows])]
    rest = shapely.difference(cells[rows], communities[community[rows]])
    out = is_wider(rest, 0.0, noise)
    rows, rest = rows[out], rest[out]
    tree = shapely.STRtree(communities)
    row, other = tree.query(rest, predicate="intersects")
    foreign = other != community[rows[row]]
    row, other = row[foreign], other[foreign]
    shared = shapely.intersection(rest[row], communities[other])
    crossing = is_wider(shared, tolerance, noise)
    for r, k, shape in zip(row[crossing], other[crossing], shared[crossing], strict=True):
        part = polygons_of(shape)
        defects.append(Defect(DefectKind.CROSSING, (int(rows[r]),), int(k), part, float(part.area)))
    nowhere = rest.copy()
    for r in np.unique(row):
        nowhere[r] = shapely.difference(rest[r], shapely.union_all(communities[other[row == r]]))
    for r in np.flatnonzero(is_wider(nowhere, tolerance, noise)):
        part = polygons_of(nowhere[r])
        defects.append(
            Defect(
                DefectKind.OUTSIDE,
                (int(rows[r]),),
                int(community[rows[r]]),
                part,
                float(part.area),
            )
        )
    return defects


def _find_gaps(cells, communities, community, tolerance, noise, progress) -> list[Defect]:
    """Gaps are what no cell covers, whichever community the cell ought to lie in."""
    defects = []
    order = np.argsort(community, kind="stable")
    bounds = np.searchsorted(community[order], np.arange(len(communities) + 1))
    tree = shapely.STRtree(cells)
    for k, shape in enumerate(communities):
        if k % 50 == 0:
            stop_if_cancelled(progress)
        if shape is None or shape.is_empty:
            continue
        own = order[bounds[k] : bounds[k + 1]]
        rest = shapely.difference(shape, shapely.union_all(cells[own]))
        if not is_wider(np.array([rest]), 0.0, noise)[0]:
            continue
        others = np.setdiff1d(tree.query(rest, predicate="intersects"), own)
        rest = shapely.difference(rest, shapely.union_all(cells[others]))
        parts = shapely.get_parts(rest)
        parts = parts[shapely.get_type_id(parts) == 3]
        for part in parts[is_wider(parts, tolerance, noise)]:
            defects.append(Defect(DefectKind.GAP, (), k, part, float(part.area)))
    return defects


def find_unmatched(edges: Edges, matched: np.ndarray, reach: float) -> list[Defect]:
    """Find stretches where the borders of two cells run together but have other vertices.

    Parameters
    ----------
    edges : Edges
    matched : ndarray of bool, shape (len(edges),)
        What ``edges.is_matched()`` says.
    reach : float
        How far apart in metres borders may run and still be one border.
    """
    first, second, stretch = along_each_other(edges, np.flatnonzero(~matched), reach)
    if not len(first):
        return []
    one, two = edges.owner[first], edges.owner[second]
    pair = number_rows(np.stack([one, two], axis=1).astype(float))
    order = np.argsort(pair, kind="stable")
    starts = np.flatnonzero(np.r_[True, pair[order][1:] != pair[order][:-1]])
    defects = []
    for rows in np.split(order, starts[1:]):
        a, b = int(one[rows[0]]), int(two[rows[0]])
        shape = shapely.multilinestrings(shapely.linestrings(stretch[rows]))
        defects.append(Defect(DefectKind.UNMATCHED, (a, b), -1, shape, float(shape.length)))
    return defects
