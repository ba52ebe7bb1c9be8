"""Layers ``facility``, ``monitor`` and ``camera``: what the one map shows beside the census."""

from __future__ import annotations

import numpy as np

from ..rules.batch import Batch
from .areas import Areas
from .columns import fill, shapes_of
from .departments import Departments
from .names import numbers, phones

#: Facilities of each kind: at least so many, and so many for a square kilometre.
_KINDS = {
    "waste_plant": (1, 0.0),
    "landfill": (1, 0.0),
    "transfer_station": (2, 0.25),
    "toilet": (6, 2.5),
}
_NAMES = {
    "waste_plant": "垃圾处理厂",
    "landfill": "垃圾填埋场",
    "transfer_station": "垃圾转运站",
    "toilet": "公厕",
}
_CAPACITY = {"waste_plant": 600.0, "landfill": 300.0, "transfer_station": 60.0}
_WATERLOGGING, _UNDERPASSES, _CAMERAS = 20, 8, 139
# Beyond this share of the components there would be nothing else in a small town.
_MOST = 0.5


def make_facilities(
    rng: np.random.Generator,
    areas: Areas,
    departments: Departments,
    components: Batch,
    area_km2: float,
    *,
    today: np.datetime64,
    crs: str,
) -> Batch:
    """Spread waste plants, landfills, transfer stations and toilets over the town."""
    wanted = {k: max(least, round(share * area_km2)) for k, (least, share) in _KINDS.items()}
    kind = np.repeat(np.array(list(wanted), object), list(wanted.values()))
    row = _spread(rng, components, len(kind))
    n = len(row)
    kind = kind[:n]
    number = np.concatenate([np.arange(1, 1 + (kind == k).sum()) for k in wanted])
    is_toilet = kind == "toilet"
    status = rng.choice(np.array(["in_use", "maintenance", "out_of_use"], object), n,
                        p=[0.94, 0.04, 0.02])  # fmt: skip
    capacity = np.array([_CAPACITY.get(k, np.nan) for k in kind])
    return fill(
        "facility",
        shapes_of(components)[row],
        crs=crs,
        facility_code=f"{areas.district_code}SS" + numbers(np.arange(1, n + 1), 5),
        facility_name=_places(areas, components, row)
        + np.array([_NAMES[k] for k in kind], object)
        + numbers(number, 3),
        kind=kind,
        status=status,
        address=areas.district_name + _places(areas, components, row),
        capacity_t_per_day=np.round(capacity * rng.uniform(0.8, 1.5, n), 0),
        open_all_day=np.where(is_toilet, rng.random(n) < 0.4, 1).astype(np.int64),
        operator_name=np.full(n, departments.names["clean"], object),
        phone=phones(rng, n),
        updated_at=_recent(rng, today, n, days=7),
        grid_code=components.fields["grid_code"][row],
        community_code=components.fields["community_code"][row],
    )


def make_monitors(
    rng: np.random.Generator,
    areas: Areas,
    departments: Departments,
    components: Batch,
    *,
    today: np.datetime64,
    crs: str,
) -> Batch:
    """Put twenty waterlogging monitors and eight underpass monitors into the town."""
    kind = np.repeat(np.array(["waterlogging", "underpass"], object), [_WATERLOGGING, _UNDERPASSES])
    row = _spread(rng, components, len(kind))
    n = len(row)
    kind = kind[:n]
    alarm = np.where(kind == "underpass", 27.0, 15.0)
    status = rng.choice(np.array(["online", "offline", "alarm"], object), n, p=[0.82, 0.1, 0.08])
    level = np.round(np.where(status == "alarm", alarm + rng.uniform(1, 20, n),
                              rng.uniform(0, 0.6, n) * alarm), 1)  # fmt: skip
    number = np.concatenate([np.arange(1, 1 + (kind == k).sum()) for k in dict.fromkeys(kind)])
    noun = np.where(kind == "underpass", "下穿立交", "积水点").astype(object)
    return fill(
        "monitor",
        shapes_of(components)[row],
        crs=crs,
        monitor_code=f"{areas.district_code}JC" + numbers(np.arange(1, n + 1), 4),
        monitor_name=_places(areas, components, row) + noun + numbers(number, 2),
        kind=kind,
        status=status,
        water_level_cm=np.where(status == "offline", np.nan, level),
        alarm_level_cm=alarm,
        updated_at=_last_sign(rng, status, today),
        address=areas.district_name + _places(areas, components, row),
        owner_name=np.full(n, departments.names["drain"], object),
        grid_code=components.fields["grid_code"][row],
        community_code=components.fields["community_code"][row],
    )


def make_cameras(
    rng: np.random.Generator,
    areas: Areas,
    departments: Departments,
    components: Batch,
    *,
    today: np.datetime64,
    crs: str,
) -> Batch:
    """Put 139 cameras into the town."""
    row = _spread(rng, components, _CAMERAS)
    n = len(row)
    status = rng.choice(np.array(["online", "offline", "alarm"], object), n, p=[0.9, 0.08, 0.02])
    return fill(
        "camera",
        shapes_of(components)[row],
        crs=crs,
        camera_code=f"{areas.district_code}00001310" + numbers(np.arange(1, n + 1), 6),
        camera_name=_places(areas, components, row) + "视频" + numbers(np.arange(1, n + 1), 3),
        status=status,
        updated_at=_last_sign(rng, status, today),
        direction=rng.integers(0, 360, n).astype(float),
        district_code=areas.district_code,
        address=areas.district_name + _places(areas, components, row),
        owner_name=np.full(n, departments.names["municipal"], object),
        grid_code=components.fields["grid_code"][row],
        community_code=components.fields["community_code"][row],
    )


def _spread(rng: np.random.Generator, components: Batch, n: int) -> np.ndarray:
    """Choose ``n`` different components, evenly over the cells in the order of their codes."""
    n = min(n, int(len(components) * _MOST))
    order = np.lexsort((rng.random(len(components)), components.fields["grid_code"].astype(str)))
    step = len(order) / max(n, 1)
    return order[((np.arange(n) + rng.random(n)) * step).astype(np.int64)][rng.permutation(n)]


def _places(areas: Areas, components: Batch, row: np.ndarray) -> np.ndarray:
    names = dict(zip(areas.community_codes, areas.community_names, strict=True))
    return np.array([names[c] for c in components.fields["community_code"][row]], object)


def _recent(rng: np.random.Generator, today: np.datetime64, n: int, *, days: float) -> np.ndarray:
    back = (rng.uniform(0.0, days, n) * 86_400_000).astype("timedelta64[ms]")
    return today.astype("datetime64[ms]") - back


def _last_sign(rng: np.random.Generator, status: np.ndarray, today: np.datetime64) -> np.ndarray:
    soon, long_ago = (_recent(rng, today, len(status), days=d) for d in (0.01, 20.0))
    return np.where(status == "offline", long_ago, soon)
