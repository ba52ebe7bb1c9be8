"""Cuts through one polygon: every way that leaves a wanted area on one side.

A cut starts on the ring, may follow hidden barriers for a while, and then runs straight to
the ring. With its straight part hinged at one point, the area it cuts off changes linearly
while the other end slides along an edge. So for each start and each edge the exact end is
one division, and thousands of candidates are judged in a few NumPy expressions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

NEAREST = 0.2
"""Ends of cuts keep this far (m) from vertices of the ring, or lie on them."""

LONGEST = 0.4
"""No cut is longer than this share of the ring."""

Rows = TypeVar("Rows", bound="_Columns")

Pays = Callable[[np.ndarray, np.ndarray], np.ndarray]
"""Tells from the lengths of cuts, and from those on barriers, which may be worth their price."""


class _Columns:
    """Equally long arrays that are filtered together."""

    def take(self: Rows, rows: np.ndarray) -> Rows:
        """Return only some rows."""
        columns = self.__dict__
        return type(self)(*[columns[name][rows] for name in columns])

    def __len__(self) -> int:
        return len(next(iter(self.__dict__.values())))

    def and_rows(self: Rows, other: Rows) -> Rows:
        """Return the rows of both."""
        return type(self)(
            *map(np.concatenate, zip(self.__dict__.values(), other.__dict__.values(), strict=True))
        )


@dataclass(frozen=True)
class Outline:
    """A ring prepared for cutting: running lengths and areas make any cut's figures O(1).

    ``xy`` is relative to ``origin``, the ring's first vertex; ``doubled`` and ``length`` hold
    twice the area swept from the origin and the length, up to each vertex.
    """

    xy: np.ndarray
    origin: np.ndarray
    length: np.ndarray
    doubled: np.ndarray
    area: float
    perimeter: float

    @classmethod
    def of(cls, xy: np.ndarray) -> Outline:
        """Prepare a counter-clockwise ring (n, 2), not closed."""
        local = xy - xy[0]
        after = np.concatenate([local[1:], local[:1]])
        steps = np.hypot(after[:, 0] - local[:, 0], after[:, 1] - local[:, 1])
        cross = local[:, 0] * after[:, 1] - local[:, 1] * after[:, 0]
        length = np.concatenate([[0.0], np.cumsum(steps)])
        doubled = np.concatenate([[0.0], np.cumsum(cross)])
        return cls(local, xy[0], length, doubled, float(doubled[-1]) / 2, float(length[-1]))


@dataclass(frozen=True)
class Hinges(_Columns):
    """Points a cut can run straight from.

    A hinge is reached from the ring at ``edge``, share ``at`` passed, by a path along hidden
    barriers: ``path`` is its number, or -1 where the hinge lies on the ring itself. ``swept``
    is twice the area swept along ring and path, ``station`` the ring's length up to there,
    ``walked`` the path's length and ``on`` its length weighted by the barriers' worth.
    """

    edge: np.ndarray
    at: np.ndarray
    xy: np.ndarray
    swept: np.ndarray
    station: np.ndarray
    walked: np.ndarray
    on: np.ndarray
    path: np.ndarray


@dataclass(frozen=True)
class Cuts(_Columns):
    """Candidate cuts, one row each, from the first hinge's place on the ring to the second's.

    ``area`` and ``around`` (ring length) are those of the side the ring runs along from start
    to end; ``length`` is that of the cut, ``on`` its weighted length on barriers.
    ``from_xy``–``to_xy`` is the straight part; ``from_path``, ``to_path`` the hidden paths.
    """

    start: np.ndarray
    start_at: np.ndarray
    end: np.ndarray
    end_at: np.ndarray
    from_xy: np.ndarray
    to_xy: np.ndarray
    from_path: np.ndarray
    to_path: np.ndarray
    area: np.ndarray
    around: np.ndarray
    length: np.ndarray
    on: np.ndarray


def ring_hinges(outline: Outline, edge: np.ndarray, at: np.ndarray) -> Hinges:
    """Return hinges on the ring itself."""
    xy, n = outline.xy, len(outline.xy)
    a = xy[edge]
    p = a + (xy[(edge + 1) % n] - a) * at[:, None]
    swept = outline.doubled[edge] + a[:, 0] * p[:, 1] - a[:, 1] * p[:, 0]
    station = outline.length[edge] + at * (outline.length[edge + 1] - outline.length[edge])
    nothing = np.zeros(len(edge))
    return Hinges(edge, at, p, swept, station, nothing, nothing, np.full(len(edge), -1))


def sample_ring(outline: Outline, spacing: float, limit: int) -> Hinges:
    """Return hinges at corners and along long edges of the ring, about ``limit`` at most."""
    n = len(outline.xy)
    steps = np.diff(outline.length)
    spacing = max(spacing, outline.perimeter / limit)
    pieces = np.maximum(1, np.round(steps / spacing)).astype(int)
    edge = np.repeat(np.arange(n), pieces)
    share = (np.arange(len(edge)) - np.repeat(np.cumsum(pieces) - pieces, pieces)) / pieces[edge]
    if len(edge) > 2 * limit:
        keep = np.linspace(0, len(edge) - 1, 2 * limit).astype(int)
        edge, share = edge[keep], share[keep]
    return ring_hinges(outline, edge, share)


def exact_cuts(
    outline: Outline, hinges: Hinges, wanted: np.ndarray, pays: Pays | None = None
) -> Cuts:
    """Return all cuts straight from a hinge to the ring that leave a wanted area (m²).

    Only those that may pay by their length and what they have on barriers.
    """
    xy, doubled = outline.xy, outline.doubled
    n = len(xy)
    p = hinges.xy
    k = hinges.edge[:, None] + np.arange(1, n + 1)
    wrap, k = k // n, k % n
    end = xy[k]
    # Twice the area cut off when the end sits on the m-th vertex after the start.
    area = doubled[k] + wrap * doubled[-1] - hinges.swept[:, None]
    area += end[..., 0] * p[:, 1, None] - end[..., 1] * p[:, 0, None]
    before = area[:, :-1]
    span = area[:, 1:] - before
    span[span == 0] = np.inf
    u = (2 * wanted[:, None, None] - before) / span
    found = np.flatnonzero((u >= 0) & (u < 1))
    share = u.ravel()[found]
    i, j = np.divmod(found % before.size, n - 1)
    edge = (hinges.edge[i] + 1 + j) % n
    # Longer ways across are never the best.
    close = _worth_a_look(outline, hinges, i, _on_edge(xy, edge, share), pays)
    i, edge, share = i[close], edge[close], share[close]
    # An end within a hair of a vertex is that vertex.
    hair = NEAREST / np.maximum(np.diff(outline.length)[edge], NEAREST)
    to_next = share > 1 - hair
    edge = np.where(to_next, (edge + 1) % n, edge)
    ends = ring_hinges(outline, edge, np.where(to_next | (share < hair), 0.0, share))
    return connect(outline, hinges.take(i), ends)


def _on_edge(xy: np.ndarray, edge: np.ndarray, share: np.ndarray) -> np.ndarray:
    start = xy[edge]
    return start + (xy[(edge + 1) % len(xy)] - start) * share[:, None]


def _worth_a_look(
    outline: Outline, hinges: Hinges, i: np.ndarray, ends: np.ndarray, pays: Pays | None
) -> np.ndarray:
    """Return the rows whose cuts from hinge ``i`` to ``ends`` are short enough."""
    way = ends - hinges.xy[i]
    length = np.hypot(way[:, 0], way[:, 1]) + hinges.walked[i]
    good = length < LONGEST * outline.perimeter
    if pays is not None:
        good &= pays(length, hinges.on[i])
    return np.flatnonzero(good)


def pair_cuts(outline: Outline, hinges: Hinges, pays: Pays | None = None) -> Cuts:
    """Return the cuts between all pairs of hinges that may pay, whatever area they leave."""
    i, j = np.triu_indices(len(hinges), 1)
    good = (hinges.edge[i] != hinges.edge[j]) | (hinges.at[i] != hinges.at[j])
    if pays is not None:
        way = hinges.xy[j] - hinges.xy[i]
        length = np.hypot(way[:, 0], way[:, 1]) + hinges.walked[i] + hinges.walked[j]
        good &= pays(length, hinges.on[i] + hinges.on[j])
    i, j = i[good], j[good]
    return connect(outline, hinges.take(i), hinges.take(j))


def connect(outline: Outline, first: Hinges, second: Hinges) -> Cuts:
    """Return the cuts that run straight from each first to each second hinge."""
    p, q = first.xy, second.xy
    straight = np.hypot(q[:, 0] - p[:, 0], q[:, 1] - p[:, 1])
    wraps = second.station < first.station
    doubled = second.swept - first.swept + wraps * outline.doubled[-1]
    doubled = doubled + q[:, 0] * p[:, 1] - q[:, 1] * p[:, 0]
    return Cuts(
        first.edge,
        first.at,
        second.edge,
        second.at,
        p,
        q,
        first.path,
        second.path,
        doubled / 2,
        (second.station - first.station) % outline.perimeter,
        straight + first.walked + second.walked,
        first.on + second.on,
    )


def snap_ends(outline: Outline, cuts: Cuts, reach: float) -> Cuts:
    """Move ends that lie within ``reach`` (m) of a ring vertex onto it.

    Only plain chords are moved; a cut along a barrier starts on a vertex anyway.
    """
    steps = np.diff(outline.length)
    n = len(steps)
    plain = (cuts.from_path < 0) & (cuts.to_path < 0)

    def snapped(edge: np.ndarray, at: np.ndarray) -> Hinges:
        passed = at * steps[edge]
        left = steps[edge] - passed
        to_next = (left < reach) & (left <= passed)
        to_this = ~to_next & (passed < reach)
        edge = np.where(to_next, (edge + 1) % n, edge)
        return ring_hinges(outline, edge, np.where(to_next | to_this, 0.0, at))

    rows = np.flatnonzero(plain)
    some = cuts.take(rows)
    moved = connect(outline, snapped(some.start, some.start_at), snapped(some.end, some.end_at))
    rest = cuts.take(np.flatnonzero(~plain))
    return moved.and_rows(rest)
