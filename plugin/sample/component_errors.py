"""Errors of a component census: codes, departments, dates, places."""

from __future__ import annotations

import numpy as np
import shapely

from ..rules.batch import Batch
from .columns import shapes_of
from .departments import credit_code
from .model import DeliberateError
from .names import uuids
from .planting import Planter, full_width


def plant_component_errors(
    rng: np.random.Generator, components: Batch, grids: Batch, buildings: Batch, each: int
) -> tuple[Batch, list[DeliberateError]]:
    """Plant errors in the layer ``component``; it keeps its number of rows."""
    planter = Planter(rng, components, "component", "component_code")
    _break_codes(planter, each)
    _break_departments(planter, each)
    _break_dates(planter, each)
    _break_places(planter, grids, buildings, each)
    return planter.result()


def _break_codes(planter: Planter, each: int) -> None:
    f = planter.fields
    classes = f["class_code"].astype(str)
    for row in planter.pick(each):
        twins = np.flatnonzero(planter.untouched & (classes == classes[row]))
        if len(twins):
            twin = planter.rng.choice(twins)
            planter.keep_clear([twin])
            f["component_code"][row] = f["component_code"][twin]
            planter.note([row], "duplicate_code", "Another component has this code.")
    for row in planter.pick(each):
        code = f["component_code"][row]
        f["class_code"][row] = "09999"
        f["component_code"][row] = code[:6] + "09999" + code[11:]
        planter.note([row], "unknown_class", "Class 09999 is not in the standard.")
    for row in planter.pick(each):
        f["component_code"][row] = full_width(f["component_code"][row])
        planter.note([row], "full_width", "The code is written in full-width digits.")
    for row in planter.pick(each):
        f["component_code"][row] = f["component_code"][row][:-1]
        planter.note([row], "short_code", "The code has 16 digits.")
    for row in planter.pick(each):
        f["component_name"][row] = " " + f["component_name"][row]
        planter.note([row], "leading_blank", "The name begins with a blank.")
    planter.spoil(each, "missing_name", "The name is missing.", component_name=None)
    planter.spoil(each, "unknown_status", "“较好” is no status of the standard.", status="较好")


def _break_departments(planter: Planter, each: int) -> None:
    f = planter.fields
    planter.spoil(
        each,
        "missing_department",
        "The department in charge is missing.",
        authority_code=None,
        authority_name=None,
    )
    planter.spoil(
        each,
        "unknown_department",
        "The department in charge is in no register.",
        authority_code=credit_code("11", "509999", 39_000_001),
    )
    rows = planter.spoil(
        each, "department_name", "The department's name does not go with its code."
    )
    f["authority_name"][rows] = f["authority_name"][rows] + "（筹）"


def _break_dates(planter: Planter, each: int) -> None:
    f = planter.fields
    planter.spoil(
        each, "future_date", "The first date lies in the future.",
        first_date=np.datetime64("2099-05-01"), changed_date=np.datetime64("NaT"), status="完好",
    )  # fmt: skip
    rows = planter.spoil(each, "date_order", "The date of change lies before the first date.")
    f["changed_date"][rows] = f["first_date"][rows] - 90
    planter.spoil(
        each, "no_change_date", "A damaged component has no date of change.",
        status="破损", changed_date=np.datetime64("NaT"),
    )  # fmt: skip


def _break_places(planter: Planter, grids: Batch, buildings: Batch, each: int) -> None:
    f, rng = planter.fields, planter.rng
    shapes = planter.shapes
    codes = np.unique(grids.fields["grid_code"].astype(str))
    for row in planter.pick(each):
        f["grid_code"][row] = str(rng.choice(codes[codes != f["grid_code"][row]]))
        planter.note([row], "wrong_grid", "The grid code is not that of the place.")
    _repeat(planter, each)
    bounds = shapely.total_bounds(shapes_of(grids))
    for row in planter.pick(each):
        shapes[row] = shapely.Point(bounds[2] + rng.uniform(150, 400), rng.uniform(*bounds[1::2]))
        planter.note([row], "outside", "The place lies outside the town.")
    for row in planter.pick(each):
        shapes[row] = None
        planter.note([row], "no_geometry", "The place is missing.")
    for row in planter.pick(each):
        shapes[row] = shapely.Point(shapes[row].y, shapes[row].x)
        planter.note([row], "swapped", "East and north are exchanged.")
    _into_buildings(planter, grids, buildings, each)


def _repeat(planter: Planter, each: int) -> None:
    """Let a component be surveyed twice: a last one of its class moves beside another."""
    f, rng = planter.fields, planter.rng
    shapes = planter.shapes
    classes = f["class_code"].astype(str)
    for row in planter.pick(each):
        twins = np.flatnonzero(planter.untouched & (classes == classes[row]))
        if not len(twins):
            continue
        twin = rng.choice(twins)
        planter.keep_clear([twin])
        shapes[row] = shapely.Point(
            np.round(shapely.get_coordinates(shapes[twin])[0] + [0.12, -0.09], 3)
        )
        for name in ("grid_code", "street_code", "street_name", "community_code", "community_name"):
            f[name][row] = f[name][twin]
        f["uuid"][row] = uuids(rng, 1)[0]
        planter.note([row], "near_duplicate", "A component of the same class stands 0.15 m away.")


def _into_buildings(planter: Planter, grids: Batch, buildings: Batch, each: int) -> None:
    shapes = planter.shapes
    if not len(buildings):
        return
    by_code = {code: k for k, code in enumerate(grids.fields["grid_code"])}
    tree = shapely.STRtree(shapes_of(buildings))
    planted = 0
    # Only classes that have no business inside a house.
    outdoors = np.isin(planter.fields["class_code"].astype(str), ["04002", "01037", "01003"])
    for row in planter.pick(60 * each, outdoors):
        home = by_code.get(planter.fields["grid_code"][row])
        if planted == each or home is None:
            continue
        inside = tree.query(shapes_of(grids)[home], predicate="contains_properly")
        if len(inside):
            shapes[row] = shapely.point_on_surface(shapes_of(buildings)[inside[0]])
            planter.note([row], "in_building", "The place lies in a building.")
            planted += 1
