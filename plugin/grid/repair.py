"""Repair a coverage: gaps, overlaps, vertices, slivers, parts; against the communities exactly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from ..progress import SILENT, Part, Progress, stop_if_cancelled
from ..translation import translate
from .coverage import CoverageReport, Defect, DefectKind, check_coverage
from .edges import find_edges, rounding
from .faces import absorb, cut_into_faces, dissolve, fill_gaps, gather
from .polygons import is_wider, polygons_of
from .vertices import insert_vertices, loose_vertices, share_vertices, snap_vertices


@dataclass(frozen=True)
class Change:
    """What the repair did to one cell.

    Attributes
    ----------
    cell : int
    reasons : tuple of DefectKind
        What was wrong there; GAP also where the cell took a gap, UNMATCHED where it only got
        its neighbours' vertices.
    area_before, area_after : float
        In m²; 0 after where nothing of the cell was left.
    taken_by : int
        The neighbour that took the ground of a cell too narrow to stay, else -1.
    """

    cell: int
    reasons: tuple[DefectKind, ...]
    area_before: float
    area_after: float
    taken_by: int = -1


@dataclass(frozen=True)
class Repair:
    """A repaired coverage.

    Attributes
    ----------
    cells : ndarray of geometries, shape (n,)
        In the order of the input; the very same object where nothing changed, None where
        nothing of a cell was left (see ``changes``).
    changes : tuple of Change
        By cell.
    before, after : CoverageReport
        What was wrong, and what still is: everything in ``after`` needs a person.
    """

    cells: np.ndarray
    changes: tuple[Change, ...]
    before: CoverageReport
    after: CoverageReport

    @property
    def lost(self) -> tuple[int, ...]:
        """Cells of which nothing was left."""
        return tuple(c.cell for c in self.changes if c.area_after == 0)


def repair_coverage(
    cells: np.ndarray,
    communities: np.ndarray,
    community: np.ndarray | None = None,
    *,
    max_gap_width: float = 1.0,
    snap_tolerance: float = 0.01,
    min_width: float = 0.0,
    progress: Progress = SILENT,
) -> Repair:
    """Repair what can be repaired without asking, and tell the rest.

    Gaps go to the neighbour with the longest common border in the same community, overlaps to
    the smaller of the two cells; what lies beyond the community goes to a neighbour there; of
    several parts the largest stays the cell and the others join neighbours; invalid rings are made valid;
    borders nearly the same become the same.

    Parameters
    ----------
    cells, communities : ndarray of shapely geometries, shapes (n,) and (m,)
        In one metric coordinate system. Communities are taken as they are.
    community : ndarray of int, shape (n,), optional
        Where each cell belongs; found from inner points where not given.
    max_gap_width : float
        Gaps are filled up to this width in metres; wider ones stay and are told.
    snap_tolerance : float
        Vertices and borders no further apart than this become one.
    min_width : float
        Cells that are nowhere wider than this join a neighbour; 0 keeps every cell.
    progress : Progress

    Returns
    -------
    Repair
    """
    cells = np.asarray(cells, dtype=object)
    communities = np.asarray(communities, dtype=object)
    noise = rounding(cells, communities)
    before = check_coverage(
        cells,
        communities,
        community,
        edge_tolerance=snap_tolerance,
        progress=Part(progress, 0.0, 0.3),
    )
    home = before.community
    slivers = _find_slivers(cells, home, min_width, noise)
    if before.is_clean and not len(slivers):
        return Repair(cells, (), before, before)
    result = cells.copy()
    reasons: dict[int, set[DefectKind]] = {}
    for defect in before.defects:
        for cell in defect.cells:
            reasons.setdefault(cell, set()).add(defect.kind)
    taken: dict[int, int] = {}
    clusters = _clusters(before.defects, home, communities, slivers, snap_tolerance)
    spots = _spots(before.defects)
    for done, cluster in enumerate(clusters):
        stop_if_cancelled(progress)
        rows = np.flatnonzero(np.isin(home, cluster))
        _, near = spots.query(communities[cluster], predicate="dwithin", distance=snap_tolerance)
        try:
            shapes, grown, swallowed = _rebuild(
                cells[rows],
                np.searchsorted(cluster, home[rows]),
                communities[cluster],
                spots.geometries[np.unique(near)],
                np.searchsorted(rows, np.intersect1d(slivers, rows)),
                (max_gap_width, snap_tolerance, noise),
            )
        except shapely.errors.GEOSException as error:
            progress.warn(
                translate(
                    "Wangge",
                    "The community number {community} could not be repaired and stays as it is:"
                    " {error}. Look for crossing lines there and repair again.",
                ).format(community=int(cluster[0]) + 1, error=error)
            )
            continue
        result[rows] = shapes
        for cell in grown:
            reasons.setdefault(int(rows[cell]), set()).add(DefectKind.GAP)
        taken |= {int(rows[a]): int(rows[b]) for a, b in swallowed.items()}
        progress.report(0.3 + 0.4 * (done + 1) / len(clusters))
    result = share_vertices(result, noise)
    result = _keep_untouched(cells, result)
    after = check_coverage(
        result,
        communities,
        home,
        edge_tolerance=snap_tolerance,
        progress=Part(progress, 0.7, 1.0),
    )
    lost = shapely.is_missing(result) & ~shapely.is_missing(cells)
    after = CoverageReport(
        tuple(d for d in after.defects if d.kind is not DefectKind.EMPTY or not lost[d.cells[0]]),
        after.community,
    )
    return Repair(result, _changes(cells, result, reasons, taken), before, after)


def _find_slivers(cells, home, min_width, noise) -> np.ndarray:
    rows = np.flatnonzero((home >= 0) & shapely.is_valid(cells) & ~shapely.is_empty(cells))
    if min_width <= 0:
        return rows[:0]
    return rows[~is_wider(cells[rows], min_width, noise)]


def _clusters(defects, home, communities, slivers, reach) -> list[np.ndarray]:
    """Return the communities with something to repair, those next to each other together."""
    dirty = set(home[slivers].tolist())
    for defect in defects:
        dirty |= {defect.community, *(int(home[c]) for c in defect.cells)}
    dirty.discard(-1)
    numbers = np.array(sorted(dirty), dtype=np.int64)
    if not len(numbers):
        return []
    shapes = communities[numbers]
    one, two = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=reach)
    graph = coo_array((np.ones(len(one)), (one, two)), shape=(len(shapes),) * 2)
    count, label = connected_components(graph, directed=False)
    return [numbers[label == k] for k in range(count)]


def _spots(defects: tuple[Defect, ...]) -> shapely.STRtree:
    """Return where something is wrong, indexed."""
    shapes = np.array([d.geometry for d in defects if d.geometry is not None], dtype=object)
    broken = ~shapely.is_valid(shapes)
    shapes[broken] = shapely.make_valid(shapes[broken])
    return shapely.STRtree(shapes)


def _rebuild(cells, home, outlines, spots, slivers, widths):
    """Rebuild the cells of neighbouring communities from the faces between all borders."""
    max_gap_width, snap_tolerance, noise = widths
    solid = _valid(cells)
    solid = _valid(snap_vertices(solid, outlines, spots, snap_tolerance, noise))
    loose = loose_vertices(find_edges(solid))
    if len(spots) and snap_tolerance > noise:
        near, _ = shapely.STRtree(spots).query(
            shapely.points(loose), predicate="dwithin", distance=snap_tolerance + noise
        )
        solid = _valid(insert_vertices(solid, loose[np.unique(near)], snap_tolerance))
    solid = _valid(insert_vertices(solid, shapely.get_coordinates(outlines), noise))
    solid = _valid(share_vertices(solid, noise))
    corners = np.unique(shapely.get_coordinates(solid), axis=0)
    edged = insert_vertices(outlines, corners, noise)
    faces = cut_into_faces(solid, home, edged, noise)
    grown = fill_gaps(faces, max_gap_width, noise)
    swallowed = absorb(faces, slivers)
    gather(faces)
    result = np.full(len(cells), None, dtype=object)
    order = np.argsort(faces.owner, kind="stable")
    bounds = np.searchsorted(faces.owner[order], np.arange(len(cells) + 1))
    for i in range(len(cells)):
        rows = order[bounds[i] : bounds[i + 1]]
        if len(rows):
            result[i] = dissolve(faces, rows)
    return result, grown, swallowed


def _valid(cells: np.ndarray) -> np.ndarray:
    broken = ~shapely.is_valid(cells)
    if broken.any():
        cells = cells.copy()
        cells[broken] = [polygons_of(shape) for shape in shapely.make_valid(cells[broken])]
    return cells


def _keep_untouched(old: np.ndarray, new: np.ndarray) -> np.ndarray:
    """Put back the very objects whose outline is the same, wherever their rings begin."""
    result = new.copy()
    rows = np.flatnonzero(~shapely.is_missing(new) & ~shapely.is_missing(old))
    a = shapely.normalize(shapely.remove_repeated_points(old[rows]))
    b = shapely.normalize(shapely.remove_repeated_points(new[rows]))
    same = rows[shapely.equals_exact(a, b, tolerance=0.0)]
    result[same] = old[same]
    return result


def _changes(old, new, reasons, taken) -> tuple[Change, ...]:
    changes = []
    for i in range(len(old)):
        if new[i] is old[i]:
            continue
        why = reasons.get(i) or {DefectKind.UNMATCHED}
        changes.append(
            Change(
                i,
                tuple(sorted(why, key=lambda kind: kind.value)),
                float(shapely.area(old[i])),
                0.0 if new[i] is None else float(shapely.area(new[i])),
                taken.get(i, -1),
            )
        )
    return tuple(changes)
