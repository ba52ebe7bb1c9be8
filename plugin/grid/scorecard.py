"""The scorecard of a partition: every figure by which unit grids are judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from ..progress import SILENT, Progress, stop_if_cancelled
from .border_figures import (
    Borders,
    OnFeature,
    find_borders,
    find_building_cuts,
    measure_barrier_use,
    measure_on_feature,
)
from .coverage import is_seamless
from .home import find_community
from .load import balance_figures
from .nearness import StraightLines

Figure = float | int | bool | None


@dataclass(frozen=True)
class CommunityFigures:
    """Figures of one community; ``on_feature_ratio`` is None where it has no inner border."""

    code: str
    name: str
    cells: int
    mean_area: float
    area_cv: float
    share_within_25pct: float
    share_within_50pct: float
    pp_mean: float
    on_feature_ratio: float | None
    load: float | None
    load_cv: float | None
    numbering_holes: int | None


@dataclass(frozen=True)
class Scorecard:
    """All figures of a partition.

    Attributes
    ----------
    figures : mapping of str to number, bool or None
        City-wide figures by name; None where one cannot be told (no barriers, no load).
    communities : tuple of CommunityFigures
        Those with cells, in the order of the input.
    target : ndarray of float64, shape (n,)
        Target area of every cell in m².
    area, compactness, load : ndarray of float64, shape (n,)
        Columns per cell; ``load`` is None where none was given.
    community : ndarray of int64, shape (n,)
        Index of each cell's community; -1 for none.
    codes : ndarray of object, shape (n,)
        Codes of the cells; None where none were given.
    cut_buildings : ndarray of int64
        Indices of the buildings that inner borders cut.
    """

    figures: Mapping[str, Figure]
    communities: tuple[CommunityFigures, ...]
    target: np.ndarray
    area: np.ndarray
    compactness: np.ndarray
    load: np.ndarray | None
    community: np.ndarray
    codes: np.ndarray | None
    cut_buildings: np.ndarray

    @property
    def deviation(self) -> np.ndarray:
        """Relative deviation of each cell's area from its target, shape (n,)."""
        return self.area / self.target - 1.0

    def to_json(self) -> dict:
        """Return the figures, and per community, as values that ``json.dumps`` takes."""
        rows = [{k: getattr(c, k) for k in c.__dataclass_fields__} for c in self.communities]
        return {**self.figures, "by_community": rows}


def score(
    cells: np.ndarray,
    communities: np.ndarray,
    barriers: np.ndarray | None = None,
    *,
    buildings: np.ndarray | None = None,
    target: float | np.ndarray = 10_000.0,
    load: np.ndarray | None = None,
    codes: Sequence[str | None] | np.ndarray | None = None,
    community_codes: Sequence[str] | None = None,
    community_names: Sequence[str] | None = None,
    tolerance: float = 1.0,
    progress: Progress = SILENT,
) -> Scorecard:
    """Judge a partition by its geometry alone.

    Parameters
    ----------
    cells, communities : ndarray of polygons, shapes (n,) and (m,)
        In one metric coordinate system; null and empty cells count as missing.
    barriers : ndarray of lines or polygons, optional
        Streets, rivers, railways; of polygons the outlines count.
    buildings : ndarray of polygons, optional
    target : float or ndarray of shape (m,)
        Target area in m², one for all or one per community.
    load : ndarray of float, shape (n,), optional
        What weighs on each cell (components, patrol length, cases).
    codes : sequence of str or None, shape (n,), optional
        Grid codes, for holes in the numbering and for the tables.
    community_codes, community_names : sequences of str, shape (m,), optional
    tolerance : float
        How near in metres a border counts as lying on a feature.
    progress : Progress

    Returns
    -------
    Scorecard
    """
    cells = np.asarray(cells, dtype=object)
    communities = np.asarray(communities, dtype=object)
    lines = _as_lines(barriers)
    present = ~(shapely.is_missing(cells) | shapely.is_empty(cells))
    if not present.all():
        cells = cells[present]
        load = None if load is None else np.asarray(load)[present]
        codes = None if codes is None else np.array(list(codes), dtype=object)[present]
    home = find_community(cells, communities)
    area = shapely.area(cells)
    perimeter = shapely.length(cells)
    compactness = 4 * np.pi * area / np.where(perimeter > 0, perimeter, np.inf) ** 2
    per_community = np.broadcast_to(np.asarray(target, float), (len(communities),))
    wanted = np.full(len(cells), float(np.mean(per_community)) if len(communities) else np.nan)
    wanted[home >= 0] = per_community[home[home >= 0]]
    progress.report(0.05)
    outline = StraightLines.of(shapely.get_parts(shapely.union_all(shapely.boundary(communities))))
    borders = find_borders(cells, outline, tolerance)
    stop_if_cancelled(progress)
    figures: dict[str, Figure] = {
        "cells": len(cells),
        "communities": len(communities),
        **_area_figures(area, wanted, home, len(communities)),
        "pp_mean": _mean(compactness),
        "pp_p05": float(np.percentile(compactness, 5)) if len(cells) else None,
    }
    on = None
    if len(lines):
        on = measure_on_feature(borders, StraightLines.of(lines), tolerance, progress)
        progress.report(0.4)
        use = measure_barrier_use(borders, lines, communities, tolerance, progress)
    else:
        use = None, None
    figures |= _feature_figures(on, use)
    progress.report(0.7)
    stop_if_cancelled(progress)
    figures |= _coverage_figures(cells, communities, home, area, borders)
    progress.report(0.9)
    stop_if_cancelled(progress)
    cut = np.zeros(0, np.int64)
    if buildings is not None and len(buildings):
        cuts = find_building_cuts(borders, buildings, lines)
        cut = cuts.cut
        figures |= {
            "buildings": len(buildings),
            "building_cuts": len(cuts.cut),
            "building_cuts_not_under_a_barrier": len(cuts.avoidable),
        }
    if load is not None:
        load = np.asarray(load, float)
        figures |= balance_figures(load)
    coded = None if codes is None else np.array(list(codes), dtype=object)
    if coded is not None:
        figures |= _numbering_figures(coded)
    details = _community_figures(
        home, area, wanted, compactness, on, load, coded, community_codes, community_names
    )
    progress.report(1.0)
    return Scorecard(figures, details, wanted, area, compactness, load, home, coded, cut)


def _as_lines(barriers: np.ndarray | None) -> np.ndarray:
    if barriers is None:
        return np.zeros(0, dtype=object)
    parts = shapely.get_parts(shapely.get_parts(np.asarray(barriers, dtype=object)))
    parts = parts[~shapely.is_empty(parts)]
    areal = shapely.get_type_id(parts) == 3
    parts[areal] = shapely.boundary(parts[areal])
    parts = shapely.get_parts(parts)
    return parts[np.isin(shapely.get_type_id(parts), (1, 2))]


def _mean(values: np.ndarray) -> float | None:
    return float(values.mean()) if len(values) else None


def _cv(values: np.ndarray) -> float | None:
    return float(values.std() / values.mean()) if len(values) and values.mean() > 0 else None


def _within(area: np.ndarray, target: np.ndarray, band: float) -> np.ndarray:
    return (area > (1 - band) * target) & (area < (1 + band) * target)


def _area_figures(area, target, home, communities) -> dict[str, Figure]:
    rows_of = [rows for rows in _rows_by(home, communities) if len(rows) > 1]
    spread = [area[rows].std() / area[rows].mean() for rows in rows_of]
    half = _within(area, target, 0.5)
    return {
        "mean_area": _mean(area),
        "area_cv": _cv(area),
        "area_cv_within_community_median": float(np.median(spread)) if spread else None,
        "share_within_25pct": _mean(_within(area, target, 0.25)),
        "share_within_50pct": _mean(half),
        "share_area_in_cells_within_50pct": float(area[half].sum() / area.sum())
        if len(area)
        else None,
    }


def _rows_by(home: np.ndarray, communities: int) -> list[np.ndarray]:
    order = np.argsort(home, kind="stable")
    return np.split(order, np.searchsorted(home[order], np.arange(communities + 1)))[1:-1]


def _feature_figures(on: OnFeature | None, use) -> dict[str, Figure]:
    ratio = missed = None
    if on is not None and on.length.sum() > 0:
        ratio = float(on.on.sum() / on.length.sum())
        missed = float(on.missed.sum() / on.length.sum())
    return {
        "on_feature_ratio": ratio,
        "missed_feature_ratio": missed,
        "barrier_use": use[0],
        "barrier_use_within_20m": use[1],
    }


def _coverage_figures(cells, communities, home, area, borders: Borders) -> dict[str, Figure]:
    valid = shapely.is_valid(cells)
    sound = cells if valid.all() else shapely.make_valid(cells)
    union = shapely.union_all(sound)
    region = shapely.union_all(communities)
    rows = np.flatnonzero(home >= 0)
    shapely.prepare(communities)
    rows = rows[~shapely.contains_properly(communities[home[rows]], sound[rows])]
    outside = shapely.area(shapely.difference(sound[rows], communities[home[rows]])).sum()
    return {
        "gap_area": float(shapely.area(shapely.difference(region, union))),
        "overlap_area": float(area.sum() - shapely.area(union)),
        "outside_community_area": float(outside),
        "homeless_cells": int((home < 0).sum()),
        "invalid": int((~valid).sum()),
        "multipart": int((shapely.get_num_geometries(cells) > 1).sum()),
        "edge_shared_by_more_than_2": int((borders.uses > 2).sum()),
        "coverage_valid": is_seamless(cells),
    }


def _sequences(codes: np.ndarray) -> dict[str, list[int]]:
    """Return the sequence numbers in use, by the first twelve digits."""
    found: dict[str, list[int]] = {}
    for code in codes:
        if isinstance(code, str) and len(code) > 12 and code.isascii() and code.isdigit():
            found.setdefault(code[:12], []).append(int(code[12:]))
    return found


def _holes(numbers: Sequence[int]) -> int:
    return max(numbers) - len(set(numbers) - {0}) if len(numbers) else 0


def _numbering_figures(codes: np.ndarray) -> dict[str, Figure]:
    sequences = _sequences(codes)
    coded = [code for code in codes if code]
    return {
        "numbering_holes": sum(_holes(numbers) for numbers in sequences.values()),
        "duplicate_codes": len(coded) - len(set(coded)),
        "cells_without_code": len(codes) - len(coded),
    }


def _community_figures(
    home, area, target, compactness, on, load, codes, community_codes, community_names
) -> tuple[CommunityFigures, ...]:
    count = int(home.max()) + 1 if len(home) else 0
    length, along = np.zeros(count), np.zeros(count)
    if on is not None:
        known = home[on.owner] >= 0
        where = home[on.owner][known]
        np.add.at(length, where, on.length[known])
        np.add.at(along, where, on.on[known])
    details = []
    for k, rows in enumerate(_rows_by(home, count)):
        if not len(rows):
            continue
        details.append(
            CommunityFigures(
                code="" if community_codes is None else str(community_codes[k]),
                name="" if community_names is None else str(community_names[k]),
                cells=len(rows),
                mean_area=float(area[rows].mean()),
                area_cv=_cv(area[rows]) or 0.0,
                share_within_25pct=float(_within(area[rows], target[rows], 0.25).mean()),
                share_within_50pct=float(_within(area[rows], target[rows], 0.5).mean()),
                pp_mean=float(compactness[rows].mean()),
                on_feature_ratio=float(along[k] / length[k]) if length[k] > 0 else None,
                load=None if load is None else float(load[rows].sum()),
                load_cv=None if load is None else _cv(load[rows]),
                numbering_holes=None
                if codes is None
                else sum(_holes(s) for s in _sequences(codes[rows]).values()),
            )
        )
    return tuple(details)
