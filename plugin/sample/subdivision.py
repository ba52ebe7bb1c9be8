"""Cut fields into blocks of the wanted size, all blocks of one generation at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely

from .plan import Rank


@dataclass(frozen=True)
class Cuts:
    """Lines between blocks and their ranks."""

    lines: np.ndarray
    ranks: np.ndarray


def halve(
    rng: np.random.Generator,
    polygons: np.ndarray,
    counts: np.ndarray,
    *,
    bend: float,
    slant: float,
    uneven: float,
    rank_of: Callable[[np.random.Generator, np.ndarray], np.ndarray],
) -> Cuts:
    """Cut polygons in two again and again until each has its count of blocks of one area.

    Parameters
    ----------
    polygons : ndarray of Polygon, shape (n,)
    counts : ndarray of int, shape (n,)
        Blocks each is to give.
    bend : float
        How far cuts swing from the straight line, as a share of their length.
    slant : float
        Standard deviation of the cuts' angle from square, radians.
    uneven : float
        How far from the middle large polygons may be cut, 0 to 0.5.
    rank_of : callable
        Gives the rank of cuts through polygons of so many blocks.
    """
    lines: list[np.ndarray] = []
    ranks: list[np.ndarray] = []
    polygons, counts = np.asarray(polygons, dtype=object), np.asarray(counts)
    while (counts > 1).any():
        polygons, counts = polygons[counts > 1], counts[counts > 1]
        lean = rng.uniform(0.5 - uneven, 0.5 + uneven, len(counts))
        first = np.clip(np.round(counts * lean), 1, counts - 1).astype(int)
        cut, left, right = _cut(rng, polygons, first / counts, bend, slant)
        lines.append(cut)
        ranks.append(rank_of(rng, counts))
        polygons, counts = _next_generation(left, right, first, counts - first)
    if not lines:
        return Cuts(np.empty(0, object), np.empty(0, int))
    cut, rank = np.concatenate(lines), np.concatenate(ranks)
    parts, owner = shapely.get_parts(cut, return_index=True)
    long = shapely.length(parts) > 0.5
    return Cuts(parts[long], rank[owner[long]])


def _next_generation(
    left: np.ndarray, right: np.ndarray, first: np.ndarray, second: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    halves, counts = np.concatenate([left, right]), np.concatenate([first, second])
    parts, owner = shapely.get_parts(halves, return_index=True)
    areal = shapely.get_dimensions(parts) == 2
    parts, owner = parts[areal], owner[areal]
    share = shapely.area(parts) / np.bincount(owner, shapely.area(parts), len(halves))[owner]
    return parts, np.round(counts[owner] * share).astype(int)


def _cut(
    rng: np.random.Generator, polygons: np.ndarray, share: np.ndarray, bend: float, slant: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    centre, angle, length, width = box_frames(polygons)
    angle = angle + rng.normal(0, slant, len(polygons)) if slant else angle
    u = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    v = np.stack([-u[:, 1], u[:, 0]], axis=1)
    reach = length + width
    # The cut as offsets along u at places across: a smooth swing, zero on average.
    across = np.concatenate([[-1.0], np.linspace(-0.5, 0.5, 9), [1.0]])
    phase = rng.uniform(0, 2 * np.pi, (2, len(polygons), 1))
    size = np.abs(rng.normal(0, 1, (2, len(polygons), 1))) * bend * width[:, None]
    swing = size[0] * np.sin(4.5 * across + phase[0]) + size[1] * 0.6 * np.sin(
        8.0 * across + phase[1]
    )
    swing -= swing[:, 1:-1].mean(axis=1)[:, None]
    spread = np.where(np.abs(across) == 1, across * reach[:, None], across * width[:, None] * 1.1)
    if not bend:
        # A straight cut needs no vertices on the way.
        across, swing, spread = across[[0, -1]], swing[:, [0, -1]], spread[:, [0, -1]]

    def left_half(offset: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        along = offset[:, None] + swing
        points = centre[:, None] + along[..., None] * u[:, None] + spread[..., None] * v[:, None]
        back = -3 * reach
        corner_a = centre + back[:, None] * u + reach[:, None] * v
        corner_b = centre + back[:, None] * u - reach[:, None] * v
        ring = np.concatenate([points, corner_a[:, None], corner_b[:, None]], axis=1)
        return points, shapely.polygons(ring)

    area = shapely.area(polygons)
    low, high = -0.5 * length, 0.5 * length
    low_share, high_share = np.zeros(len(polygons)), np.ones(len(polygons))
    offset = low + (high - low) * share
    for _ in range(5):
        _, blade = left_half(offset)
        got = shapely.area(shapely.intersection(polygons, blade)) / area
        below = got < share
        low, low_share = np.where(below, offset, low), np.where(below, got, low_share)
        high, high_share = np.where(below, high, offset), np.where(below, high_share, got)
        step = (share - low_share) / np.maximum(high_share - low_share, 1e-9)
        offset = low + (high - low) * np.clip(step, 0.02, 0.98)
    points, blade = left_half(offset)
    line = shapely.intersection(shapely.linestrings(points), polygons)
    return line, shapely.intersection(polygons, blade), shapely.difference(polygons, blade)


def box_frames(
    polygons: np.ndarray,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return centre (n, 2), angle, length and width of the polygons' smallest boxes.

    The angle is right within a tenth of a degree: all polygons are turned together step by
    step, which shapely's own search does one by one.
    """
    xy, owner = shapely.get_coordinates(polygons, return_index=True)
    anchor = shapely.get_coordinates(shapely.centroid(polygons))
    xy = xy - anchor[owner]
    start = np.flatnonzero(np.diff(owner, prepend=-1))
    best = np.zeros(len(polygons))
    smallest = np.full(len(polygons), np.inf)
    for steps in (np.arange(0, 90, 2.0), np.arange(-1.8, 2.0, 0.2)):
        middle = best.copy()
        for step in np.radians(steps):
            angle = middle + step
            low, high = _extent(xy, owner, start, angle)
            area = (high - low).prod(axis=1)
            better = area < smallest - 1e-6
            best = np.where(better, angle, best)
            smallest = np.where(better, area, smallest)
    low, high = _extent(xy, owner, start, best)
    size, offset = high - low, (low + high) / 2
    cos, sin = np.cos(best), np.sin(best)
    centre = anchor + np.stack(
        [cos * offset[:, 0] - sin * offset[:, 1], sin * offset[:, 0] + cos * offset[:, 1]], axis=1
    )
    upright = size[:, 1] > size[:, 0]
    angle = np.where(upright, best + np.pi / 2, best)
    return centre, angle, size.max(axis=1), size.min(axis=1)


def _extent(
    xy: np.ndarray, owner: np.ndarray, start: np.ndarray, angle: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return least and greatest coordinates of each polygon in axes turned by its angle."""
    cos, sin = np.cos(angle)[owner], np.sin(angle)[owner]
    turned = np.stack([xy[:, 0] * cos + xy[:, 1] * sin, xy[:, 1] * cos - xy[:, 0] * sin], axis=1)
    return np.minimum.reduceat(turned, start), np.maximum.reduceat(turned, start)


def hierarchy(
    steps: tuple[tuple[int, Rank], ...], last: tuple[Rank, ...]
) -> Callable[[np.random.Generator, np.ndarray], np.ndarray]:
    """Return a rank function: the first step whose least count is reached, else one of ``last``."""

    def rank_of(rng: np.random.Generator, counts: np.ndarray) -> np.ndarray:
        rank = rng.choice(np.array([int(r) for r in last]), len(counts))
        for least, value in reversed(steps):
            rank = np.where(counts >= least, int(value), rank)
        return rank

    return rank_of
