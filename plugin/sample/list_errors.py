"""Errors in the lists: risks, addresses, departments, cases and a crew's delivery."""

from __future__ import annotations

import numpy as np
import shapely

from ..rules.batch import Batch
from .departments import credit_code
from .model import DeliberateError
from .planting import Planter, full_width

_LEVELS = ("red", "orange", "yellow", "blue")


def plant_risk_errors(
    rng: np.random.Generator, risks: Batch, each: int
) -> tuple[Batch, list[DeliberateError]]:
    """Plant errors in the layer ``risk``."""
    planter = Planter(rng, risks, "risk", "risk_code")
    f = planter.fields
    for row in planter.pick(each):
        f["level"][row] = rng.choice([v for v in _LEVELS if v != f["level"][row]])
        planter.note([row], "level_contradicts_score", "The level is not the score's.")
    rows = planter.spoil(each, "wrong_score", "The score is not the product of its factors.")
    f["score"][rows] = f["score"][rows] + 7
    rows = planter.spoil(each, "likelihood_value", "Likelihood 4 is no value of the scheme.")
    f["likelihood"][rows] = 4.0
    planter.spoil(each, "missing_person", "Nobody is responsible.", responsible_person=None)
    planter.spoil(each, "phone_form", "The telephone number is too short.", phone="1380013")
    planter.spoil(each, "unknown_category", "“其它类” is no category.", category="其它类")
    planter.spoil(
        each, "overdue_review", "The review is long overdue.",
        review_date=np.datetime64("2020-03-01"),
    )  # fmt: skip
    grave = np.isin(f["level"], ["red", "orange"])
    planter.spoil(each, "no_measures", "A grave risk has no measures.", grave, measures=None)
    red = f["level"] == "red"
    planter.spoil(each, "no_monitoring", "A red risk is not monitored.", red, monitoring=None)
    linked = ~risks.is_null("component_code")
    for row in planter.pick(each, linked):
        f["component_code"][row] = f["component_code"][row][:11] + "999998"
        planter.note([row], "unknown_component", "The component linked does not exist.")
    codes = np.unique(f["grid_code"].astype(str))
    for row in planter.pick(each):
        f["grid_code"][row] = str(rng.choice(codes[codes != f["grid_code"][row]]))
        planter.note([row], "wrong_grid", "The grid code is not that of the place.")
    return planter.result()


def plant_address_errors(
    rng: np.random.Generator, address: Batch, each: int
) -> tuple[Batch, list[DeliberateError]]:
    """Plant errors in the layer ``address``."""
    planter = Planter(rng, address, "address", "address_code")
    f = planter.fields
    planter.spoil(each, "unknown_kind", "“门店” is no kind of place.", kind="门店")
    doors = f["kind"] == "门楼牌"
    planter.spoil(each, "no_street", "A door plate has no street.", doors, street_name=None)
    for row in planter.pick(each, doors):
        twins = np.flatnonzero(
            planter.untouched & doors & (f["street_name"] == f["street_name"][row])
        )
        if len(twins):
            planter.keep_clear(twins[:1])
            f["address_name"][row] = full_width(f["address_name"][twins[0]])
            planter.note([row], "same_place", "The name is another's in full-width digits.")
    homes = np.unique(f["community_code"].astype(str))
    for row in planter.pick(each) if len(homes) > 1 else []:
        f["community_code"][row] = str(rng.choice(homes[homes != f["community_code"][row]]))
        planter.note([row], "wrong_community", "The community is not that of the place.")
    planter.spoil(
        each, "end_before_start", "The name ends before it starts.",
        end_date=np.datetime64("2001-01-01"),
    )  # fmt: skip
    return planter.result()


def plant_department_errors(
    rng: np.random.Generator, departments: Batch
) -> tuple[Batch, list[DeliberateError]]:
    """Add departments that nobody refers to, with wrong codes."""
    planter = Planter(rng, departments, "department", "department_code")
    f = planter.fields
    bad, orphan = planter.copy(np.array([0, 0]))
    good = credit_code("12", "509999", 38_000_001)
    f["department_code"][bad] = good[:-1] + ("1" if good[-1] != "1" else "2")
    f["department_name"][bad] = "街面秩序联合整治办公室"
    planter.note([bad], "check_character", "The check character of the code is wrong.")
    f["department_code"][orphan] = credit_code("12", "509999", 38_000_002)
    f["department_name"][orphan] = "户外广告管理所"
    f["parent_code"][orphan] = credit_code("11", "509999", 38_000_003)
    planter.note([orphan], "unknown_parent", "The department above it does not exist.")
    return planter.result()


def plant_case_errors(
    rng: np.random.Generator, cases: Batch, each: int
) -> tuple[Batch, list[DeliberateError]]:
    """Plant errors in the layer ``case``."""
    planter = Planter(rng, cases, "case", "case_code")
    f = planter.fields
    closed = f["state"] == "closed"
    rows = planter.spoil(each, "time_order", "The case is closed before it is reported.", closed)
    f["closed_at"][rows] = f["reported_at"][rows] - np.timedelta64(3, "h")
    rows = planter.spoil(each, "unknown_grid", "The grid code does not exist.")
    f["grid_code"][rows] = f["grid_code"][rows].astype(object)
    for row in rows:
        f["grid_code"][row] = f["grid_code"][row][:12] + "998"
    return planter.result()


def plant_survey_errors(
    rng: np.random.Generator, survey: Batch, each: int
) -> tuple[Batch, list[DeliberateError]]:
    """Let a crew deliver what crews deliver: twice, new, without code or grid, far off."""
    planter = Planter(rng, survey, "survey", "")
    f = planter.fields
    planter.spoil(3 * each, "missing_grid", "The grid code is missing.", BGID=None)
    planter.spoil(3 * each, "missing_code", "The code is missing.", ObjID=None)
    planter.spoil(each, "missing_department", "The department is missing.", DeptCode1=None)
    twice = planter.copy(planter.pick(3 * each))
    for row in twice:
        _move(planter, row, planter.rng.normal(0, 0.05, 2))
    planter.note(twice, "delivered_twice", "The component is delivered a second time.")
    new = planter.copy(planter.pick(4 * each))
    for row in new:
        _move(planter, row, np.array([3.1, -2.2]) + planter.rng.uniform(-1, 1, 2))
    f["ObjID"][new] = None
    f["BGID"][new] = None
    planter.note(new, "new", "A new component without code and grid.")
    far = planter.pick(each)
    for row in far:
        _move(planter, row, np.array([6.5, 4.0]))
    planter.note(far, "moved", "The place is 7.6 m from the component's.")
    return planter.result()


def _move(planter: Planter, row: int, by: np.ndarray) -> None:
    xy = shapely.get_coordinates(planter.shapes[row])[0] + by
    planter.shapes[row] = shapely.Point(np.round(xy, 3))
