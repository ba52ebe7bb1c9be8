"""The layer ``address``: places of all six kinds, door plates odd and even along the streets."""

from __future__ import annotations

import numpy as np
import shapely

from ..rules.batch import Batch
from .areas import START, Areas
from .buildings import Buildings
from .columns import fill
from .names import numbers, pairs
from .plan import Rank
from .streets import Streets

_POI = ("小学", "中学", "社区卫生服务中心", "农贸市场", "派出所", "邮政所", "银行", "超市", "公园")
_TRACTS = ("老城", "新城", "工业园", "滨江片区", "后山")


def make_addresses(
    rng: np.random.Generator,
    areas: Areas,
    streets: Streets,
    buildings: Buildings,
    cells: np.ndarray,
    *,
    crs: str,
) -> Batch:
    """Name places: the district, tracts, quarters, streets, doors and points of interest."""
    centre = shapely.get_coordinates(shapely.point_on_surface(areas.polygons))
    stem = areas.district_name[:-1]
    tracts = centre[rng.choice(len(centre), min(len(_TRACTS), len(centre)), replace=False)]
    rows: list[tuple[str, np.ndarray, np.ndarray, np.ndarray]] = [
        ("区域", centre[:1], np.array([areas.district_name], dtype=object), _nothing(1)),
        (
            "地片",
            tracts,
            np.array([stem + name for name in _TRACTS[: len(tracts)]], dtype=object),
            _nothing(len(tracts)),
        ),
        _quarters(rng, buildings, cells),
        _roads(streets),
        _doors(buildings, streets),
        _interests(rng, buildings),
    ]
    kind = np.concatenate([np.full(len(row[1]), row[0], dtype=object) for row in rows])
    xy = np.concatenate([row[1] for row in rows])
    name = np.concatenate([row[2] for row in rows])
    street = np.concatenate([row[3] for row in rows])
    xy = np.round(xy, 3)
    points = shapely.points(xy)
    which, community = shapely.STRtree(areas.polygons).query(points, predicate="within")
    home = np.full(len(points), -1)
    home[which] = community
    keep = np.zeros(len(points), bool)
    keep[np.unique(xy, axis=0, return_index=True)[1]] = True
    keep &= home >= 0
    n = int(keep.sum())
    return fill(
        "address",
        points[keep],
        crs=crs,
        address_code=f"{areas.district_code}DZ" + numbers(np.arange(1, n + 1), 7),
        address_name=name[keep],
        kind=kind[keep],
        street_name=street[keep],
        community_code=areas.community_codes[home[keep]],
        start_date=START,
    )


def _nothing(n: int) -> np.ndarray:
    return np.full(n, None, dtype=object)


def _quarters(
    rng: np.random.Generator, buildings: Buildings, cells: np.ndarray
) -> tuple[str, np.ndarray, np.ndarray, np.ndarray]:
    lived = np.unique(buildings.cell[buildings.kind == "residential"])
    lived = lived[rng.random(len(lived)) < 0.4]
    xy = shapely.get_coordinates(shapely.point_on_surface(cells[lived]))
    tails = rng.choice(np.array(["花园", "小区", "家园", "苑"], dtype=object), len(lived))
    return "区片", xy, pairs(rng, len(lived)) + tails, _nothing(len(lived))


def _roads(streets: Streets) -> tuple[str, np.ndarray, np.ndarray, np.ndarray]:
    names, first = np.unique(streets.name.astype(str), return_index=True)
    middle = shapely.line_interpolate_point(streets.lines[first], 0.37, normalized=True)
    names = names.astype(object)
    return "街巷", shapely.get_coordinates(middle), names, names


def _doors(
    buildings: Buildings, streets: Streets
) -> tuple[str, np.ndarray, np.ndarray, np.ndarray]:
    """Number the buildings along each street: odd on the left, even on the right."""
    allowed = np.flatnonzero(streets.rank >= Rank.SECONDARY)
    lines = streets.lines[allowed]
    which, near = shapely.STRtree(lines).query_nearest(
        buildings.polygons, all_matches=False, max_distance=60.0
    )
    wall = shapely.shortest_line(buildings.polygons[which], lines[near])
    door = shapely.get_coordinates(shapely.get_point(wall, 0))
    foot = shapely.get_coordinates(shapely.get_point(wall, -1))
    name = streets.name[allowed][near]
    _, number = np.unique(name.astype(str), return_inverse=True)
    direction = _directions(number, foot)[number]
    # The plate hangs just off the wall, on the side of the street.
    gap = np.maximum(np.hypot(*(foot - door).T), 0.1)[:, None]
    place = door + (foot - door) / gap * 0.3
    away = door - foot
    left = direction[:, 0] * away[:, 1] - direction[:, 1] * away[:, 0] > 0
    along = (foot * direction).sum(axis=1)
    order = np.lexsort((along, left, number))
    group = number[order] * 2 + left[order]
    start = np.flatnonzero(np.diff(group, prepend=-1))
    position = np.arange(len(order)) - np.repeat(start, np.diff(np.append(start, len(order))))
    plate = np.empty(len(order), dtype=np.int64)
    plate[order] = 2 * position + np.where(left[order], 1, 2)
    text = name + plate.astype(str).astype(object) + "号"
    return "门楼牌", place, text, name


def _directions(group: np.ndarray, xy: np.ndarray) -> np.ndarray:
    """Return the main direction of each group of places, as unit vectors."""
    n = int(group.max(initial=-1)) + 1
    count = np.maximum(np.bincount(group, minlength=n), 1)
    mean = np.stack([np.bincount(group, xy[:, k], n) / count for k in (0, 1)], axis=1)
    d = xy - mean[group]
    xx, yy, both = (
        np.bincount(group, v, n) for v in (d[:, 0] ** 2, d[:, 1] ** 2, d[:, 0] * d[:, 1])
    )
    angle = 0.5 * np.arctan2(2 * both, xx - yy)
    return np.stack([np.cos(angle), np.sin(angle)], axis=1)


def _interests(
    rng: np.random.Generator, buildings: Buildings
) -> tuple[str, np.ndarray, np.ndarray, np.ndarray]:
    big = np.flatnonzero((buildings.kind == "public") | (buildings.kind == "commercial"))
    xy = shapely.get_coordinates(shapely.point_on_surface(buildings.polygons[big]))
    tails = rng.choice(np.array(_POI, dtype=object), len(big))
    return "兴趣点", xy, pairs(rng, len(big)) + tails, _nothing(len(big))
