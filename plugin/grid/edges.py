"""The straight edges of polygons and who shares them: the ground of every topological question.

Two cells share an edge when both hold it with the same two vertices, bit for bit, and run
along it in opposite directions. Where every edge of a coverage has such a twin or lies on the
outline there can be neither gap nor overlap, whatever the geometry library.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely


@dataclass(frozen=True)
class Edges:
    """Directed edges of all rings, the interior on the left.

    Attributes
    ----------
    start, end : ndarray of float64, shape (m, 2)
    owner : ndarray of int64, shape (m,)
        Which polygon of the input the edge belongs to.
    ring : ndarray of int64, shape (m,)
        Which ring (counted over all polygons) the edge belongs to.
    group : ndarray of int64, shape (m,)
        Number of the undirected edge; equal for edges with the same two vertices.
    forward : ndarray of bool, shape (m,)
        Whether the edge runs from its lexicographically smaller vertex.
    """

    start: np.ndarray
    end: np.ndarray
    owner: np.ndarray
    ring: np.ndarray
    group: np.ndarray
    forward: np.ndarray

    def __len__(self) -> int:
        return len(self.owner)

    @property
    def length(self) -> np.ndarray:
        """Length of each edge, shape (m,)."""
        return np.hypot(*(self.end - self.start).T)

    def is_matched(self) -> np.ndarray:
        """Return where an edge has exactly one twin, in another polygon and reversed."""
        n = int(self.group.max()) + 1 if len(self) else 0
        ahead = np.bincount(self.group[self.forward], minlength=n)
        back = np.bincount(self.group[~self.forward], minlength=n)
        owners = np.bincount(self.group, weights=np.where(self.forward, self.owner, -self.owner))
        paired = (ahead == 1) & (back == 1) & (owners != 0)
        return paired[self.group]

    def lines(self, rows: np.ndarray | slice = slice(None)) -> np.ndarray:
        """Return the edges picked by ``rows`` as LineStrings."""
        return shapely.linestrings(np.stack([self.start[rows], self.end[rows]], axis=1))


def find_edges(polygons: np.ndarray) -> Edges:
    """Take polygons and multipolygons apart into directed edges.

    Parameters
    ----------
    polygons : ndarray of shapely geometries, shape (n,)
        Null, empty and non-polygonal geometries have no edges.

    Returns
    -------
    Edges
        Edges of zero length are left out.
    """
    parts, part_owner = shapely.get_parts(np.asarray(polygons, dtype=object), return_index=True)
    areal = shapely.get_type_id(parts) == 3
    parts, part_owner = parts[areal], part_owner[areal]
    rings, ring_part = shapely.get_rings(parts, return_index=True)
    if not len(rings):
        none = np.zeros(0, np.int64)
        return Edges(np.zeros((0, 2)), np.zeros((0, 2)), none, none, none, np.zeros(0, bool))
    is_shell = np.ones(len(rings), bool)
    is_shell[1:] = ring_part[1:] != ring_part[:-1]
    turned = shapely.is_ccw(rings) != is_shell
    coords, ring = shapely.get_coordinates(rings, return_index=True)
    coords = coords + 0.0  # so that -0.0 and 0.0 are one
    joined = (ring[1:] == ring[:-1]) & (coords[1:] != coords[:-1]).any(axis=1)
    start, end, ring = coords[:-1][joined], coords[1:][joined], ring[1:][joined]
    flip = turned[ring][:, None]
    start, end = np.where(flip, end, start), np.where(flip, start, end)
    forward = (start[:, 0] < end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] < end[:, 1]))
    low = np.where(forward[:, None], start, end)
    high = np.where(forward[:, None], end, start)
    return Edges(
        start,
        end,
        part_owner[ring_part[ring]],
        ring,
        number_rows(np.hstack([low, high])),
        forward,
    )


def number_rows(rows: np.ndarray) -> np.ndarray:
    """Number the distinct rows of a two-dimensional array in lexicographic order.

    Returns
    -------
    ndarray of int64, shape (len(rows),)
        Equal rows get equal numbers. Faster than ``np.unique(axis=0)``.
    """
    if not len(rows):
        return np.zeros(0, np.int64)
    order = np.lexsort(rows.T[::-1])
    ordered = rows[order]
    fresh = np.zeros(len(rows), np.int64)
    fresh[1:] = (ordered[1:] != ordered[:-1]).any(axis=1)
    numbers = np.empty(len(rows), np.int64)
    numbers[order] = np.cumsum(fresh)
    return numbers


@dataclass(frozen=True)
class Neighbours:
    """Pairs of polygons that share edges.

    Attributes
    ----------
    first, second : ndarray of int64, shape (k,)
        ``first < second``; each pair once.
    length : ndarray of float64, shape (k,)
        Length of the shared border in metres.
    """

    first: np.ndarray
    second: np.ndarray
    length: np.ndarray


def find_neighbours(edges: Edges) -> Neighbours:
    """Return which polygons share a border, and how long it is."""
    rows = np.flatnonzero(edges.is_matched())
    rows = rows[np.argsort(edges.group[rows], kind="stable")]
    one, two = rows[0::2], rows[1::2]
    first = np.minimum(edges.owner[one], edges.owner[two])
    second = np.maximum(edges.owner[one], edges.owner[two])
    if not len(first):
        return Neighbours(first, second, np.zeros(0))
    pair, row, inverse = np.unique(
        first * (int(second.max()) + 1) + second, return_index=True, return_inverse=True
    )
    length = np.bincount(inverse, weights=edges.length[one], minlength=len(pair))
    return Neighbours(first[row], second[row], length)


def rounding(*geometries: np.ndarray) -> float:
    """Return the distance in metres below which coordinates as large as these cannot tell.

    A vertex put on a slanted line misses it by about one unit in the last place; widths below
    this figure (a hundredth of a micrometre to a tenth) are that, and no defect of the data.
    """
    largest = 1.0
    for shapes in geometries:
        if len(shapes):
            bounds = shapely.total_bounds(shapes)
            if np.isfinite(bounds).all():
                largest = max(largest, float(np.abs(bounds).max()))
    return 32.0 * largest * float(np.finfo(float).eps)


def along_each_other(
    edges: Edges, rows: np.ndarray, reach: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Find pairs of edges of two cells that run along each other without being the same.

    Returns
    -------
    first, second : ndarray of int64, shape (k,)
        Edge numbers; the owner of the first is the smaller.
    stretch : ndarray of float64, shape (k, 2, 2)
        The stretch of the first edge along which both run.
    """
    lines = edges.lines(rows)
    left, right = shapely.STRtree(lines).query(lines, predicate="dwithin", distance=reach)
    left, right = rows[left], rows[right]
    keep = (edges.owner[left] < edges.owner[right]) & (edges.group[left] != edges.group[right])
    left, right = left[keep], right[keep]
    origin, vector = edges.start[left], edges.end[left] - edges.start[left]
    size = np.hypot(*vector.T)
    unit = vector / size[:, None]
    at = [((p - origin) * unit).sum(axis=1) for p in (edges.start[right], edges.end[right])]
    begin = np.maximum(np.minimum(*at), 0.0)
    finish = np.minimum(np.maximum(*at), size)
    # Borders that only meet at an angle share no more than their reach.
    together = finish - begin > 2.0 * reach
    left, right, begin, finish = (v[together] for v in (left, right, begin, finish))
    origin, unit = origin[together], unit[together]
    stretch = np.stack([origin + unit * begin[:, None], origin + unit * finish[:, None]], axis=1)
    near = np.ones(len(left), bool)
    for end in (0, 1):
        near &= distance_to_edge(stretch[:, end], edges.start[right], edges.end[right]) <= reach
    return left[near], right[near], stretch[near]


def distance_to_edge(point: np.ndarray, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Return the distance from each point to the straight edge of the same row, shape (n,)."""
    vector = end - start
    square = (vector**2).sum(axis=1)
    along = ((point - start) * vector).sum(axis=1) / np.where(square > 0, square, 1.0)
    foot = start + np.clip(along, 0.0, 1.0)[:, None] * vector
    return np.hypot(*(point - foot).T)
