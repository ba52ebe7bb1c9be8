"""The layer ``case``: one year of cases, more of them where the town is busy."""

from __future__ import annotations

import numpy as np
import shapely

from ..rules.batch import Batch
from ..standards.classes import class_table
from ..standards.editions import DEFAULT_EDITION
from .areas import Areas
from .columns import fill, only, shapes_of
from .departments import Departments
from .names import numbers

_YEAR_DAYS = 365
# Cases of the last days would not be closed yet.
_LAG_DAYS = 30
_MATTERS = ("06001", "06009", "06010", "06012", "07001", "09001", "09006", "09009", "09010")
_SOURCES = ("supervisor", "public", "hotline", "video", "sensor", "superior")


def make_cases(
    rng: np.random.Generator,
    areas: Areas,
    departments: Departments,
    components: Batch,
    cells: np.ndarray,
    grid_codes: np.ndarray,
    address: Batch,
    n: int,
    *,
    today: np.datetime64,
    crs: str,
) -> Batch:
    """Draw ``n`` cases near components, clustered around a few hot spots."""
    matters = class_table(DEFAULT_EDITION, "matter")
    known = [code for code in _MATTERS if code in matters]
    xy, row, is_component, cell = _spots(rng, components, cells, n)
    points, n = shapely.points(xy), len(xy)
    grid = grid_codes[cell]
    weight = 1 / np.arange(1, len(known) + 1)
    matter = rng.choice(np.array(known, dtype=object), n, p=weight / weight.sum())
    code = np.where(is_component, components.fields["class_code"][row], matter)
    names = np.array([matters[c].name_zh if c in matters else "" for c in code], dtype=object)
    times = _times(rng, n, today - _YEAR_DAYS - _LAG_DAYS)
    by_grid = {s: departments.streets[k] for k, s in enumerate(areas.street_codes)}
    street = np.array([by_grid[g[:9]] for g in grid], dtype=object)
    body = np.where(
        is_component,
        components.fields["authority_code"][row],
        np.array([departments.codes[k] for k in street], dtype=object),
    )
    name_of = {departments.codes[k]: departments.names[k] for k in departments.codes}
    order = np.argsort(times[0], kind="stable")
    day = times[0][order].astype("datetime64[D]").astype(str).astype(object)
    stamp = np.array([d.replace("-", "") for d in day], dtype=object)
    state, opened, handled, closed = _states(rng, *times)
    batch = fill(
        "case",
        points[order],
        crs=crs,
        case_code=f"{areas.district_code}" + stamp + numbers(np.arange(1, n + 1), 7),
        case_type=np.where(is_component, "component", "matter").astype(object)[order],
        class_code=code[order],
        class_name=names[order],
        source=rng.choice(
            np.array(_SOURCES, dtype=object), n, p=[0.6, 0.12, 0.14, 0.08, 0.03, 0.03]
        ),
        state=state[order],
        reported_at=times[0][order],
        opened_at=opened[order],
        handled_at=handled[order],
        closed_at=closed[order],
        grid_code=grid[order],
        component_code=only(components.fields["component_code"][row], is_component)[order],
        department_code=body[order],
        department_name=np.array([name_of[c] for c in body], dtype=object)[order],
        address=_near(points[order], address),
        description=(names + "，请及时处置")[order],
    )
    return batch


def _spots(
    rng: np.random.Generator, components: Batch, cells: np.ndarray, n: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return ``n`` different places, a component near each, whether it is the matter, the cell."""
    m = n + n // 8 + 50
    stood = shapely.get_coordinates(shapes_of(components))
    hot = stood[rng.choice(len(stood), max(n // 60, 4))]
    row = rng.choice(len(stood), m)
    clustered = rng.random(m) < 0.45
    busy = hot[np.minimum(rng.zipf(1.6, m) - 1, len(hot) - 1)] + rng.normal(0, 90, (m, 2))
    near = stood[row] + rng.normal(0, 3, (m, 2))
    is_component = ~clustered & (rng.random(m) < 0.6)
    xy = np.where(clustered[:, None], busy, near)
    xy = np.round(np.where(is_component[:, None], stood[row], xy), 3)
    which, cell = shapely.STRtree(cells).query(shapely.points(xy), predicate="within")
    home = np.full(m, -1)
    home[which] = cell
    keep = np.zeros(m, bool)
    keep[np.unique(xy, axis=0, return_index=True)[1]] = True
    kept = np.flatnonzero(keep & (home >= 0))[:n]
    return xy[kept], row[kept], is_component[kept], home[kept]


def _times(rng: np.random.Generator, n: int, start: np.datetime64) -> tuple[np.ndarray, ...]:
    day = rng.integers(0, _YEAR_DAYS, n)
    # Two peaks a day, as patrols go out in the morning and after lunch.
    hour = np.where(rng.random(n) < 0.55, rng.normal(9.8, 1.1, n), rng.normal(15.3, 1.3, n))
    minutes = day * 1440 + np.clip(hour, 0.2, 23.5) * 60
    gaps = [rng.exponential(25, n) + 3, rng.exponential(9 * 60, n) + 30, rng.exponential(90, n) + 5]
    result = []
    for gap in (np.zeros(n), *gaps):
        minutes = minutes + gap
        result.append(start.astype("datetime64[ms]") + (minutes * 60_000).astype("timedelta64[ms]"))
    return tuple(result)


def _states(
    rng: np.random.Generator,
    reported: np.ndarray,
    opened: np.ndarray,
    handled: np.ndarray,
    closed: np.ndarray,
) -> tuple[np.ndarray, ...]:
    n = len(reported)
    none = np.datetime64("NaT", "ms")
    state = rng.choice(
        np.array(["closed", "handled", "dispatched", "reported"], dtype=object),
        n,
        p=[0.94, 0.02, 0.02, 0.02],
    )
    opened = np.where(state == "reported", none, opened)
    handled = np.where(np.isin(state, ["reported", "dispatched"]), none, handled)
    closed = np.where(state == "closed", closed, none)
    return state, opened, handled, closed


def _near(points: np.ndarray, address: Batch) -> np.ndarray:
    doors = address.fields["kind"] == "门楼牌"
    if not doors.any():
        return np.full(len(points), None, dtype=object)
    _, near = shapely.STRtree(shapes_of(address)[doors]).query_nearest(points, all_matches=False)
    return address.fields["address_name"][doors][near] + "附近"
