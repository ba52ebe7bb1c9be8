"""How well areas are served: the share of each within reach of a facility."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from ..errors import WanggeError
from ..progress import SILENT, Progress, stop_if_cancelled
from ..translation import translate
from .homes import area_of

# A disc of so many corners is smaller than the true one by 0.04 %.
_QUARTER = 32
_CHUNK = 2_000


@dataclass(frozen=True)
class Coverage:
    """How well areas are served, each of shape (n,).

    Attributes
    ----------
    inside : ndarray of int64
        Facilities in the area; one on a border counts in the first area that has it.
    near : ndarray of int64
        Facilities within the radius of the area's middle.
    share : ndarray of float64
        Part of the area within the radius of a facility, 0 to 1.
    nearest : ndarray of float64
        Metres from the area's middle to the nearest facility; NaN without any.
    """

    inside: np.ndarray
    near: np.ndarray
    share: np.ndarray
    nearest: np.ndarray


def measure_coverage(
    areas: np.ndarray, facilities: np.ndarray, *, radius: float, progress: Progress = SILENT
) -> Coverage:
    """Measure how much of each area lies within a radius of a facility, as the crow flies.

    Parameters
    ----------
    areas : ndarray of polygons, shape (n,)
        In metres; null and empty ones are served by nothing.
    facilities : ndarray of shapely geometries, shape (m,)
        Null and empty ones serve nothing.
    radius : float
        In metres.

    Raises
    ------
    WanggeError
        When the radius is not positive.
    """
    if not radius > 0:
        raise WanggeError(
            translate("Wangge", "A distance must be above 0 m, not {given}.").format(given=radius)
        )
    n = len(areas)
    areas = np.where(shapely.is_valid(areas), areas, shapely.make_valid(areas))
    facilities = facilities[~(shapely.is_missing(facilities) | shapely.is_empty(facilities))]
    tree = shapely.STRtree(facilities)
    middle = shapely.point_on_surface(areas)
    nearest = np.full(n, np.nan)
    there = np.flatnonzero(~(shapely.is_missing(middle) | shapely.is_empty(middle)))
    if len(facilities) and len(there):
        (row, _), metres = tree.query_nearest(
            middle[there], all_matches=False, return_distance=True
        )
        nearest[there[row]] = metres
    home = area_of(shapely.point_on_surface(facilities), areas)
    close, _ = tree.query(middle, predicate="dwithin", distance=radius)
    return Coverage(
        inside=np.bincount(home[home >= 0], minlength=n).astype(np.int64),
        near=np.bincount(close, minlength=n).astype(np.int64),
        share=_shares(areas, facilities, tree, radius, progress),
        nearest=np.round(nearest, 1),
    )


def _shares(
    areas: np.ndarray,
    facilities: np.ndarray,
    tree: shapely.STRtree,
    radius: float,
    progress: Progress,
) -> np.ndarray:
    area, facility = tree.query(areas, predicate="dwithin", distance=radius)
    share = np.zeros(len(areas))
    # All corners of an area in one disc: it is served whole. Most are, where many facilities are.
    points = shapely.get_type_id(facilities[facility]) == 0
    farthest = shapely.hausdorff_distance(areas[area[points]], facilities[facility[points]])
    share[area[points][farthest <= radius]] = 1.0
    rest = share[area] == 0
    area, facility = area[rest], facility[rest]
    discs = shapely.buffer(facilities, radius, quad_segs=_QUARTER)
    order = np.argsort(area, kind="stable")
    partly, begin = np.unique(area[order], return_index=True)
    groups = np.split(facility[order], begin[1:])
    for start in range(0, len(partly), _CHUNK):
        stop_if_cancelled(progress)
        mine = slice(start, start + _CHUNK)
        served = np.array([shapely.union_all(discs[g]) for g in groups[mine]], object)
        own = areas[partly[mine]]
        whole = np.maximum(shapely.area(own), 1e-9)
        share[partly[mine]] = shapely.area(shapely.intersection(own, served)) / whole
        progress.report(min(1.0, (start + _CHUNK) / len(partly)))
    return np.clip(np.round(share, 4), 0.0, 1.0)
