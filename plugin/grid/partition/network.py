"""From barrier lines as they come to a clean planar network inside one region.

Duplicates, self-crossings and overshoots vanish by noding on a fine grid; lines that end just
short of another are extended to it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from .loops import open_loops
from .planar import NODING_GRID, arrange

ON_LINE = 0.02
"""A segment whose middle is this close (m) to a line runs on it."""


@dataclass(frozen=True)
class Network:
    """Noded two-point segments.

    ``segments`` (n, 2) are numbers into ``xy`` (k, 2); ``weight`` (n,) is 0 for segments that
    are no barrier, else the barrier's worth in 0..1. ``faces`` are the blocks, polygons without
    holes whose vertices are nodes; ``kept`` (n,) are segments that a cut may follow.
    """

    xy: np.ndarray
    segments: np.ndarray
    weight: np.ndarray
    faces: np.ndarray
    kept: np.ndarray

    def barrier_length(self) -> float:
        """Return the length of all barriers, weighted by their worth, m."""
        ends = self.xy[self.segments[self.kept]]
        return float((np.hypot(*(ends[:, 1] - ends[:, 0]).T) * self.weight[self.kept]).sum())


def lines_of(geometries: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the line strings of any geometries and the position each came from.

    Polygons count with their rings, collections with their parts; points and empty
    geometries are left out.
    """
    index = np.arange(len(geometries))
    parts = np.asarray(geometries, dtype=object)
    for _ in range(8):
        parts, at = shapely.get_parts(parts, return_index=True)
        index = index[at]
        if not (shapely.get_type_id(parts) >= 4).any():
            break
    kind = shapely.get_type_id(parts)
    rings, at = shapely.get_rings(parts[kind == 3], return_index=True)
    is_line = (kind == 1) | (kind == 2)
    found = np.concatenate([parts[is_line], rings])
    origin = np.concatenate([index[is_line], index[kind == 3][at]]).astype(int)
    found = shapely.force_2d(found)
    good = shapely.length(found) > 0
    good &= np.isfinite(shapely.length(found))
    return found[good], origin[good]


def _union(lines: np.ndarray) -> np.ndarray:
    """Node lines on the grid and return maximal pieces between junctions."""
    if not len(lines):
        return lines
    noded = shapely.union_all(lines, grid_size=NODING_GRID)
    return shapely.get_parts(shapely.line_merge(noded))


def _end_points(lines: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return both ends (2n, 2) of open lines and how often each place occurs."""
    ends = shapely.get_coordinates(
        np.concatenate([shapely.get_point(lines, 0), shapely.get_point(lines, -1)])
    )
    _, inverse, counts = np.unique(
        np.round(ends / NODING_GRID).astype(np.int64),
        axis=0,
        return_inverse=True,
        return_counts=True,
    )
    return ends, counts[inverse.reshape(-1)]


def extend_dangles(lines: np.ndarray, outline: shapely.Geometry, tolerance: float) -> np.ndarray:
    """Return short segments that close the gap between loose ends and the nearest other line.

    An end is tried straight on first (an undershoot keeps its direction), then to the
    nearest place, both within ``tolerance`` metres.
    """
    if tolerance <= 0 or not len(lines):
        return np.array([], dtype=object)
    ends, degree = _end_points(lines)
    n = len(lines)
    owner = np.concatenate([np.arange(n), np.arange(n)])
    loose = np.flatnonzero(degree == 1)
    targets = np.concatenate([lines, [outline]])
    tree = shapely.STRtree(targets)
    points = shapely.points(ends[loose])
    on_outline = shapely.dwithin(points, outline, 2 * NODING_GRID)
    loose, points = loose[~on_outline], points[~on_outline]
    if not len(loose):
        return np.array([], dtype=object)
    before = np.where(loose < n, 1, -2)
    inner = shapely.get_coordinates(
        [shapely.get_point(lines[owner[e]], int(b)) for e, b in zip(loose, before, strict=True)]
    )
    way = ends[loose] - inner
    length = np.hypot(way[:, 0], way[:, 1])
    way /= np.where(length > 0, length, 1)[:, None]
    rays = shapely.linestrings(
        np.stack([ends[loose] + way * 3 * NODING_GRID, ends[loose] + way * tolerance], axis=1)
    )
    found = []
    for at, (point, ray) in enumerate(zip(points, rays, strict=True)):
        mine = owner[loose[at]]
        hit = None
        for target in np.sort(tree.query(ray, predicate="intersects")):
            crossing = shapely.intersection(ray, targets[target])
            gap = shapely.shortest_line(point, crossing)
            if hit is None or shapely.length(gap) < shapely.length(hit):
                hit = gap
        if hit is None:
            near = np.sort(tree.query(point, predicate="dwithin", distance=tolerance))
            near = near[near != mine]
            if len(near):
                gaps = shapely.shortest_line(point, targets[near])
                hit = gaps[np.argmin(shapely.length(gaps))]
        if hit is not None and shapely.length(hit) > NODING_GRID:
            # A hair beyond, so that noding finds the crossing whatever the rounding does.
            (x0, y0), (x1, y1) = shapely.get_coordinates(hit)
            reach = 1 + 2 * NODING_GRID / shapely.length(hit)
            found.append(
                shapely.linestrings([(x0, y0), (x0 + (x1 - x0) * reach, y0 + (y1 - y0) * reach)])
            )
    return np.array(found, dtype=object)


def build_network(
    region: shapely.Polygon,
    lines: np.ndarray,
    worth: np.ndarray,
    *,
    snap_tolerance: float,
    simplify_tolerance: float,
    drop_below: float,
    guides: np.ndarray | None = None,
    spare: np.ndarray | None = None,
) -> Network:
    """Return the planar network of one region: its outline and the barriers inside it.

    Parameters
    ----------
    region : shapely.Polygon
        What is to be cut.
    lines, worth : numpy.ndarray
        (m,) line strings near the region and the worth (0..1) of each.
    snap_tolerance, simplify_tolerance : float
        See `PartitionOptions`, m.
    drop_below : float
        Loops of less area (m²) that touch nothing are not tied to the rest.
    guides : numpy.ndarray, optional
        Lines a cut may follow although they are no barriers.
    spare : numpy.ndarray, optional
        Polygons (buildings, shrunk by a hair) no face may have an edge in.
    """
    outline = region.boundary
    reach = shapely.buffer(region, snap_tolerance)
    near = shapely.intersects(lines, region)
    lines, worth = lines[near], worth[near]
    if len(lines):
        clipped, at = lines_of(shapely.intersection(lines, reach))
        sources, source_worth = clipped, worth[at]
        chains = _union(clipped)
        chains = shapely.simplify(chains, simplify_tolerance, preserve_topology=True)
        gaps = extend_dangles(chains, outline, snap_tolerance)
        chains = _part_at(_union(np.concatenate([chains, gaps])), spare)
    else:
        sources, source_worth = lines, worth
        chains = lines
    nothing = np.array([], dtype=object)
    guides = nothing if guides is None else guides[shapely.intersects(guides, region)]
    guides, _ = lines_of(shapely.intersection(guides, reach))
    spare = nothing if spare is None else spare
    xy, segments = arrange(region, np.concatenate([chains, guides]))
    weight = _weights(xy, segments, sources, source_worth, simplify_tolerance)
    guide = _along(xy, segments, guides) & (weight == 0)
    blocked = _crossing(xy, segments, spare) & ~_along(xy, segments, shapely.get_rings(region))
    pieces = shapely.linestrings(xy[segments])
    faces = open_loops(region, pieces[~(guide | blocked)], drop_below, spare)
    return Network(xy, segments, weight, faces, ((weight > 0) | guide) & ~blocked)


def _part_at(lines: np.ndarray, spare: np.ndarray | None) -> np.ndarray:
    """Part lines where they run into a polygon to be spared, so that the rest stays of use."""
    if spare is None or not len(spare) or not len(lines):
        return lines
    at, polygon = shapely.STRtree(spare).query(lines, predicate="intersects")
    if not len(at):
        return lines
    hit = np.unique(at)
    walls = shapely.union_all(shapely.buffer(spare[np.unique(polygon)], 2 * NODING_GRID))
    shapely.prepare(walls)
    rest = np.delete(lines, hit)
    parted = [rest]
    for piece in (shapely.difference(lines[hit], walls), shapely.intersection(lines[hit], walls)):
        parted.append(lines_of(piece)[0])
    return np.concatenate(parted)


def _along(xy: np.ndarray, segments: np.ndarray, lines: np.ndarray) -> np.ndarray:
    """Return which segments run on one of the lines."""
    on = np.zeros(len(segments), dtype=bool)
    if len(lines) and len(segments):
        middle = shapely.points(xy[segments].mean(axis=1))
        at, _ = shapely.STRtree(lines).query(middle, predicate="dwithin", distance=ON_LINE)
        on[at] = True
    return on


def _crossing(xy: np.ndarray, segments: np.ndarray, spare: np.ndarray | None) -> np.ndarray:
    """Return which segments cross a polygon to be spared."""
    hit = np.zeros(len(segments), dtype=bool)
    if spare is not None and len(spare) and len(segments):
        lines = shapely.linestrings(xy[segments])
        hit[shapely.STRtree(spare).query(lines, predicate="intersects")[0]] = True
    return hit


def _weights(
    xy: np.ndarray,
    segments: np.ndarray,
    sources: np.ndarray,
    worth: np.ndarray,
    simplify_tolerance: float,
) -> np.ndarray:
    """Return the worth of the barrier under each segment, 0 where there is none."""
    weight = np.zeros(len(segments))
    if not len(sources) or not len(segments):
        return weight
    middle = shapely.points(xy[segments].mean(axis=1))
    reach = simplify_tolerance + 3 * NODING_GRID
    at, source = shapely.STRtree(sources).query(middle, predicate="dwithin", distance=reach)
    np.maximum.at(weight, at, worth[source])
    return weight
