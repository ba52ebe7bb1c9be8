"""Straight cuts through one polygon: every chord that leaves a wanted area on one side.

With one end of a chord fixed, the area it cuts off changes linearly while the other end
slides along an edge. So for each start point and each edge the exact end is one division,
and thousands of candidates are judged in a few NumPy expressions.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely


@dataclass(frozen=True)
class Outline:
    """A ring prepared for cutting: running lengths and areas make any chord's figures O(1)."""

    xy: np.ndarray
    length: np.ndarray
    doubled: np.ndarray
    area: float
    perimeter: float

    @classmethod
    def of(cls, xy: np.ndarray) -> Outline:
        """Prepare a counter-clockwise ring (n, 2), not closed."""
        origin = xy[0]
        local = xy - origin
        after = np.roll(local, -1, axis=0)
        steps = np.hypot(after[:, 0] - local[:, 0], after[:, 1] - local[:, 1])
        cross = local[:, 0] * after[:, 1] - local[:, 1] * after[:, 0]
        length = np.concatenate([[0.0], np.cumsum(steps)])
        doubled = np.concatenate([[0.0], np.cumsum(cross)])
        return cls(local, length, doubled, float(doubled[-1]) / 2, float(length[-1]))


@dataclass(frozen=True)
class Chords:
    """Candidate cuts, one row each: from edge ``start`` (share ``start_at``) to edge ``end``.

    ``area`` and ``perimeter`` are those of the side the ring runs along from start to end.
    """

    start: np.ndarray
    start_at: np.ndarray
    end: np.ndarray
    end_at: np.ndarray
    start_xy: np.ndarray
    end_xy: np.ndarray
    area: np.ndarray
    arc: np.ndarray
    length: np.ndarray

    def take(self, rows: np.ndarray) -> Chords:
        """Return only some rows."""
        return Chords(*(getattr(self, name)[rows] for name in self.__dataclass_fields__))


def sample_ring(outline: Outline, spacing: float, limit: int) -> tuple[np.ndarray, np.ndarray]:
    """Return starts for chords: all corners, and points along long edges.

    Returns the edge of each and the share of that edge passed (0 = its first vertex).
    """
    n = len(outline.xy)
    steps = np.diff(outline.length)
    spacing = max(spacing, outline.perimeter / limit)
    pieces = np.maximum(1, np.round(steps / spacing)).astype(int)
    edge = np.repeat(np.arange(n), pieces)
    at = np.arange(len(edge)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    share = at / pieces[edge]
    if len(edge) > 2 * limit:
        keep = np.linspace(0, len(edge) - 1, 2 * limit).astype(int)
        edge, share = edge[keep], share[keep]
    return edge, share


def exact_chords(
    outline: Outline, edge: np.ndarray, share: np.ndarray, wanted: np.ndarray
) -> Chords:
    """Return all chords from the given starts that cut off one of the wanted areas (m²)."""
    xy, doubled, length = outline.xy, outline.doubled, outline.length
    n = len(xy)
    nxt = xy[(edge + 1) % n]
    p = xy[edge] + (nxt - xy[edge]) * share[:, None]
    from_doubled = doubled[edge] + xy[edge, 0] * p[:, 1] - xy[edge, 1] * p[:, 0]
    from_length = length[edge] + share * (length[edge + 1] - length[edge])
    # Area cut off when the end sits on the m-th vertex after the start.
    step = np.arange(1, n + 1)
    k = edge[:, None] + step[None, :]
    wrap, k = k // n, k % n
    end = xy[k]
    swept = doubled[k] + wrap * doubled[-1] - from_doubled[:, None]
    area = (swept + end[..., 0] * p[:, 1, None] - end[..., 1] * p[:, 0, None]) / 2
    before, after = area[:, :-1], area[:, 1:]
    span = after - before
    with np.errstate(divide="ignore", invalid="ignore"):
        u = (wanted[:, None, None] - before) / span
    which, i, j = np.nonzero((u >= 0) & (u < 1))
    u = u[which, i, j]
    end_edge = (edge[i] + 1 + j) % n
    q0, q1 = xy[end_edge], xy[(end_edge + 1) % n]
    q = q0 + (q1 - q0) * u[:, None]
    start = p[i]
    to_length = length[end_edge] + u * (length[end_edge + 1] - length[end_edge])
    arc = (to_length - from_length[i]) % outline.perimeter
    chord = np.hypot(q[:, 0] - start[:, 0], q[:, 1] - start[:, 1])
    return Chords(edge[i], share[i], end_edge, u, start, q, wanted[which], arc, chord)


def pair_chords(outline: Outline, edge: np.ndarray, share: np.ndarray) -> Chords:
    """Return the chords between all pairs of starts, whatever area they cut off."""
    xy, doubled, length = outline.xy, outline.doubled, outline.length
    n = len(xy)
    p = xy[edge] + (xy[(edge + 1) % n] - xy[edge]) * share[:, None]
    at_doubled = doubled[edge] + xy[edge, 0] * p[:, 1] - xy[edge, 1] * p[:, 0]
    at_length = length[edge] + share * (length[edge + 1] - length[edge])
    i, j = np.triu_indices(len(edge), 2)
    area = (at_doubled[j] - at_doubled[i] + p[j, 0] * p[i, 1] - p[j, 1] * p[i, 0]) / 2
    chord = np.hypot(*(p[j] - p[i]).T)
    return Chords(
        edge[i], share[i], edge[j], share[j], p[i], p[j], area, at_length[j] - at_length[i], chord
    )


def lies_inside(outline: Outline, start: np.ndarray, end: np.ndarray, margin: float) -> np.ndarray:
    """Return which chords (k, 2)–(k, 2) run through the polygon without touching its ring.

    ``margin`` metres at both ends are left out, where the chord stands on the ring.
    """
    way = end - start
    length = np.hypot(way[:, 0], way[:, 1])
    good = length > 3 * margin
    way = way / np.where(length > 0, length, 1)[:, None]
    lines = shapely.linestrings(np.stack([start + way * margin, end - way * margin], axis=1))
    polygon = shapely.polygons(outline.xy)
    shapely.prepare(polygon)
    good[good] = shapely.contains_properly(polygon, lines[good])
    return good
