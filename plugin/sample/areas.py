"""Communities with codes and names, and the unit grids numbered within them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely

from ..rules.batch import Batch
from ..standards.codes import build_community, build_grid, build_street
from .columns import fill
from .names import pairs
from .plan import Plan, Quarter

#: Gives cells their codes: (cells, community number of each cell, community codes) -> codes.
Numberer = Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]
LEAST_STREETS = 3
PER_STREET = 6
START = np.datetime64("2019-03-01")


@dataclass(frozen=True)
class Areas:
    """The ladder of areas: district, streets (街道), communities.

    Attributes
    ----------
    district_code, district_name : str
    street_codes, street_names : ndarray of object, shape (s,)
    community_codes, community_names : ndarray of object, shape (k,)
    street : ndarray of int, shape (k,)
        The street of each community.
    polygons : ndarray of Polygon, shape (k,)
    """

    district_code: str
    district_name: str
    street_codes: np.ndarray
    street_names: np.ndarray
    community_codes: np.ndarray
    community_names: np.ndarray
    street: np.ndarray
    polygons: np.ndarray


def make_areas(
    rng: np.random.Generator,
    plan: Plan,
    polygons: np.ndarray,
    *,
    district_code: str,
    district_name: str,
) -> Areas:
    """Group communities into streets and name both."""
    n = len(polygons)
    centre = shapely.get_coordinates(shapely.centroid(polygons))
    wanted = max(min(LEAST_STREETS, n), round(n / PER_STREET))
    street = _group(centre, wanted)
    count = int(street.max()) + 1
    hill = np.array([f.quarter is Quarter.HILL for f in plan.fields])
    names = pairs(rng, count + n)
    street_names = names[:count] + np.where(
        [hill[street == k].mean() > 0.6 for k in range(count)], "镇", "街道"
    ).astype(object)
    community_names = names[count:].copy()
    community_names += _tails(rng, plan)
    street_codes = np.array([build_street(district_code, k + 1) for k in range(count)], object)
    community_codes = np.empty(n, dtype=object)
    for k in range(count):
        members = np.flatnonzero(street == k)
        members = members[np.lexsort((centre[members, 0], -np.round(centre[members, 1] / 500)))]
        for sequence, row in enumerate(members, start=1):
            community_codes[row] = build_community(street_codes[k], sequence)
    return Areas(
        district_code, district_name, street_codes, street_names, community_codes,
        community_names, street, polygons,
    )  # fmt: skip


def _tails(rng: np.random.Generator, plan: Plan) -> np.ndarray:
    town = np.array(["路社区", "社区", "社区", "苑社区", "街社区"], dtype=object)
    tails = [
        "村" if f.quarter is Quarter.HILL else town[rng.integers(len(town))] for f in plan.fields
    ]
    return np.array(tails, dtype=object)


def _group(centre: np.ndarray, count: int) -> np.ndarray:
    """Divide places into compact groups of like size by halving across the longer extent."""
    group = np.zeros(len(centre), dtype=int)
    waiting = [(np.arange(len(centre)), count)]
    done = 0
    while waiting:
        rows, parts = waiting.pop()
        if parts == 1:
            group[rows] = done
            done += 1
            continue
        axis = int(np.ptp(centre[rows, 1]) > np.ptp(centre[rows, 0]))
        rows = rows[np.argsort(centre[rows, axis], kind="stable")]
        first = parts // 2
        at = min(max(round(len(rows) * first / parts), first), len(rows) - (parts - first))
        waiting += [(rows[:at], first), (rows[at:], parts - first)]
    return group


def number_in_rows(
    cells: np.ndarray, community: np.ndarray, community_codes: np.ndarray
) -> np.ndarray:
    """Number cells from west to east in rows from north to south within each community.

    A row takes the cells whose middle lies less than half a usual cell's height below the
    row's northernmost.
    """
    middle = shapely.get_coordinates(shapely.point_on_surface(cells))
    bounds = shapely.bounds(cells)
    height = bounds[:, 3] - bounds[:, 1]
    codes = np.empty(len(cells), dtype=object)
    for k, code in enumerate(community_codes):
        rows = np.flatnonzero(community == k)
        if not len(rows):
            continue
        step = ROW_SHARE * float(np.median(height[rows]))
        rows = rows[np.lexsort((middle[rows, 0], -middle[rows, 1]))]
        line = np.zeros(len(rows), dtype=int)
        top = middle[rows[0], 1]
        for i, row in enumerate(rows):
            if i and middle[row, 1] < top - step:
                line[i:] += 1
                top = middle[row, 1]
        rows = rows[np.lexsort((middle[rows, 0], line))]
        for sequence, row in enumerate(rows, start=1):
            codes[row] = build_grid(code, sequence)
    return codes


ROW_SHARE = 0.5


def community_batch(areas: Areas, *, crs: str) -> Batch:
    """Return the layer ``community``."""
    return fill(
        "community",
        areas.polygons,
        crs=crs,
        community_code=areas.community_codes,
        community_name=areas.community_names,
        street_code=areas.street_codes[areas.street],
        street_name=areas.street_names[areas.street],
        district_code=areas.district_code,
        district_name=areas.district_name,
    )


def grid_batch(
    areas: Areas, cells: np.ndarray, community: np.ndarray, codes: np.ndarray, *, crs: str
) -> Batch:
    """Return the layer ``unit_grid``, in the order of the codes."""
    order = np.argsort(codes.astype(str), kind="stable")
    cells, community, codes = cells[order], community[order], codes[order]
    return fill(
        "unit_grid",
        cells,
        crs=crs,
        grid_code=codes,
        community_code=areas.community_codes[community],
        area_m2=np.round(shapely.area(cells), 2),
        perimeter_m=np.round(shapely.length(cells), 2),
        start_date=START,
    )
