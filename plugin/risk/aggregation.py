"""Count risks by level in the areas they lie in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely

from ..errors import WanggeError
from ..progress import SILENT, Progress, stop_if_cancelled
from ..rules.batch import Batch
from ..translation import translate
from .history import real_column
from .schemes import LEVELS
from .scoring import level_rank

#: How much one risk of a level weighs in ``risk_weight``; a city may give its own.
DEFAULT_WEIGHTS: Mapping[str, float] = {"red": 8.0, "orange": 4.0, "yellow": 2.0, "blue": 1.0}

_CHUNK = 200_000


@dataclass(frozen=True)
class Membership:
    """Which risk counts in which area: one entry a pair.

    Attributes
    ----------
    risk, area : ndarray of int64, shape (m,)
        Rows of the two batches.
    share : ndarray of float64, shape (m,)
        Part of the risk that lies in the area, 0 to 1; 1 for points.
    """

    risk: np.ndarray
    area: np.ndarray
    share: np.ndarray


@dataclass(frozen=True)
class Aggregation:
    """Risks rolled up by areas.

    Attributes
    ----------
    areas : Batch
        The areas with the columns of `tally` added.
    membership : Membership
        The pairs counted.
    outside : ndarray of int64
        Rows of the risks that lie in no area.
    unplaced : ndarray of int64
        Rows of the risks without geometry.
    closed : ndarray of int64
        Rows left out because the risk is closed.
    """

    areas: Batch
    membership: Membership
    outside: np.ndarray
    unplaced: np.ndarray
    closed: np.ndarray


def aggregate_risks(
    risks: Batch,
    areas: Batch,
    *,
    by_share: bool = False,
    include_closed: bool = False,
    weights: Mapping[str, float] = DEFAULT_WEIGHTS,
    progress: Progress = SILENT,
) -> Aggregation:
    """Count risks by level in each area.

    A point counts in one area: on a border, in the first of those that meet there. A line
    or polygon counts in each area that it runs into, not in those it only touches.

    Parameters
    ----------
    risks : Batch
        With geometry and ``level``; ``score`` and ``status`` where known.
    areas : Batch
        Polygons in the same CRS.
    by_share : bool
        Count a line or polygon in each area by the part of its length or surface that
        lies there, instead of once in each.
    include_closed : bool
        Count risks whose ``status`` is closed as well.
    weights : mapping of str to float
        Level -> weight.

    Returns
    -------
    Aggregation

    Raises
    ------
    WanggeError
        When a layer has no geometry, the areas are no polygons or the CRS differ.
    """
    shapes, polygons = _geometries(risks, areas)
    open_ = counted(risks, include_closed)
    shapes[~open_] = None
    membership = _locate(shapes, polygons, progress)
    placed = ~shapely.is_missing(shapes) & ~shapely.is_empty(shapes)
    inside = np.zeros(len(risks), bool)
    inside[membership.risk] = True
    columns = tally(
        risks,
        membership.risk,
        membership.area,
        len(areas),
        share=membership.share if by_share else None,
        weights=weights,
    )
    return Aggregation(
        areas=areas.with_fields(**columns),
        membership=membership,
        outside=np.flatnonzero(placed & ~inside),
        unplaced=np.flatnonzero(open_ & ~placed),
        closed=np.flatnonzero(~open_),
    )


def _geometries(risks: Batch, areas: Batch) -> tuple[np.ndarray, np.ndarray]:
    if risks.geometry is None:
        raise WanggeError(
            translate("Wangge", "The risk layer has no geometry. Roll it up by codes instead.")
        )
    if areas.geometry is None:
        raise WanggeError(translate("Wangge", "The areas have no geometry. Give a polygon layer."))
    kinds = shapely.get_type_id(areas.geometry)
    if np.any((kinds >= 0) & (kinds != 3) & (kinds != 6)):
        raise WanggeError(
            translate("Wangge", "Some areas are no polygons. Give a layer of polygons.")
        )
    if risks.crs and areas.crs and risks.crs != areas.crs:
        raise WanggeError(
            translate(
                "Wangge",
                "The risks are in {first} and the areas in {second}. Bring both into one "
                "coordinate reference system.",
            ).format(first=risks.crs[:60], second=areas.crs[:60])
        )
    return risks.geometry.copy(), areas.geometry


def counted(risks: Batch, include_closed: bool) -> np.ndarray:
    """Return where risks count: all, or those that are not closed."""
    return np.full(len(risks), include_closed) | (risks.text("status") != "closed")


def _locate(shapes: np.ndarray, areas: np.ndarray, progress: Progress) -> Membership:
    """Pair geometries with the areas they lie in; see `aggregate_risks` for borders."""
    areas = _made_valid(areas)
    tree = shapely.STRtree(areas)
    found: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
    for start in range(0, len(shapes), _CHUNK):
        stop_if_cancelled(progress)
        part = _made_valid(shapes[start : start + _CHUNK])
        risk, area = tree.query(part, predicate="intersects")
        dimension = shapely.get_dimensions(part)[risk]
        # Multipoints are as many places of one risk: each area that holds one counts.
        single = shapely.get_type_id(part)[risk] == 0
        size = np.ones(len(risk))
        whole = np.where(dimension == 1, shapely.length(part)[risk], shapely.area(part)[risk])
        # What has no extent, be it drawn as a line, counts like a point.
        points = whole == 0
        extended = np.flatnonzero(~points)
        if len(extended):
            meeting = shapely.intersection(part[risk[extended]], areas[area[extended]])
            size[extended] = np.where(
                dimension[extended] == 1, shapely.length(meeting), shapely.area(meeting)
            )
        # A border touched is no extent; slivers of rounding are none either.
        keep = points | (size > 1e-9 * whole)
        first = np.zeros(len(risk), bool)
        order = np.lexsort((area, risk))
        starts = np.ones(len(order), bool)
        starts[1:] = risk[order][1:] != risk[order][:-1]
        first[order[starts]] = True
        keep &= ~single | first
        risk, area, size = risk[keep], area[keep], size[keep]
        # Along a common border both areas hold the whole line: together they get one risk.
        total = np.bincount(risk, weights=size, minlength=len(part))[risk]
        share = size / np.where(points[keep], total, np.maximum(whole[keep], total))
        found.append((risk + start, area, share))
        progress.report(min(1.0, (start + _CHUNK) / max(1, len(shapes))))
    if not found:
        empty = np.empty(0, np.int64)
        return Membership(empty, empty, np.empty(0))
    risk, area, share = (np.concatenate(column) for column in zip(*found, strict=True))
    order = np.lexsort((area, risk))
    return Membership(risk[order].astype(np.int64), area[order].astype(np.int64), share[order])


def _made_valid(geometries: np.ndarray) -> np.ndarray:
    wrong = ~shapely.is_valid(geometries) & ~shapely.is_missing(geometries)
    if not wrong.any():
        return geometries
    mended = geometries.copy()
    mended[wrong] = shapely.make_valid(geometries[wrong])
    return mended


def tally(
    risks: Batch,
    risk: np.ndarray,
    group: np.ndarray,
    groups: int,
    *,
    share: np.ndarray | None = None,
    weights: Mapping[str, float] = DEFAULT_WEIGHTS,
) -> dict[str, np.ndarray]:
    """Sum levels and scores of (risk, group) pairs.

    Parameters
    ----------
    risks : Batch
    risk, group : ndarray of int, shape (m,)
    groups : int
        Number of groups, k.
    share : ndarray of float, shape (m,), optional
        What each pair counts; 1 when not given.

    Returns
    -------
    dict of str to ndarray of shape (k,)
        ``red``, ``orange``, ``yellow``, ``blue``, ``unrated`` and ``risks`` (counts: int64,
        or float64 with shares), ``worst_level`` (object, None without rated risks),
        ``score_max`` (NaN without scores), ``score_sum`` and ``risk_weight``.
    """
    amount = np.ones(len(risk)) if share is None else share
    level = risks.text("level")[risk] if len(risks) else np.empty(0, dtype=object)
    rank = level_rank(level)
    score = real_column(risks, "score")[risk]
    columns: dict[str, np.ndarray] = {}
    weight = np.zeros(groups)
    for i, name in enumerate(LEVELS):
        of_level = rank == len(LEVELS) - i
        columns[name] = np.bincount(group[of_level], amount[of_level], minlength=groups)
        weight += columns[name] * float(weights.get(name, 0.0))
    columns["unrated"] = np.bincount(group[rank == 0], amount[rank == 0], minlength=groups)
    columns["risks"] = np.bincount(group, amount, minlength=groups)
    if share is None:
        columns = {name: np.rint(v).astype(np.int64) for name, v in columns.items()}
    worst = np.zeros(groups, dtype=np.int8)
    np.maximum.at(worst, group, rank)
    names = np.array([None, *reversed(LEVELS)], dtype=object)
    columns["worst_level"] = names[worst]
    highest = np.full(groups, -np.inf)
    known = ~np.isnan(score)
    np.maximum.at(highest, group[known], score[known])
    columns["score_max"] = np.where(np.isinf(highest), np.nan, highest)
    columns["score_sum"] = np.bincount(group[known], (score * amount)[known], minlength=groups)
    columns["risk_weight"] = weight
    return columns
