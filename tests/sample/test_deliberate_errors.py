"""Every error that is listed is really there, and nothing else changed."""

import datetime

import numpy as np
import pytest
import shapely
from wangge.plugin.sample.city import CityOptions, generate
from wangge.plugin.sample.departments import credit_code

DAY = datetime.date(2026, 6, 30)
SIZE = {"area_km2": 5.0, "components": 5000, "seed": 11, "today": DAY}


@pytest.fixture(scope="module")
def spoilt():
    return generate(CityOptions(**SIZE))


@pytest.fixture(scope="module")
def clean():
    return generate(CityOptions(**SIZE, errors=False))


class Rows:
    """The rows of a layer that an error kind names."""

    def __init__(self, city, layer, kind, key):
        batch = city.layers[layer]
        wanted = {e.key for e in city.deliberate if e.layer == layer and e.kind == kind}
        keys = batch.ids.astype(str) if key == "" else batch.fields[key]
        named = np.isin([str(k) for k in keys], list(wanted))
        if key == "":
            without_key = [str(k) for k in batch.ids]
            named = np.isin(without_key, list(wanted))
        self.rows = np.flatnonzero(named)
        assert len(self.rows) >= 1, (layer, kind)
        self.fields = {k: v[self.rows] for k, v in batch.fields.items()}
        self.shapes = None if batch.geometry is None else batch.geometry[self.rows]


def grid(city, kind):
    return Rows(city, "unit_grid", kind, "grid_code")


def component(city, kind):
    return Rows(city, "component", kind, "component_code")


def test_clean_town_lists_nothing(clean):
    assert clean.deliberate == ()


def test_every_key_is_in_its_layer(spoilt):
    keys = {
        "unit_grid": "grid_code",
        "component": "component_code",
        "street": "street_id",
        "building": "building_id",
        "risk": "risk_code",
        "address": "address_code",
        "department": "department_code",
        "case": "case_code",
    }
    for error in spoilt.deliberate:
        batch = spoilt.layers[error.layer]
        if error.layer in keys:
            assert error.key in batch.fields[keys[error.layer]], error
        else:
            assert int(error.key) in batch.ids, error
        assert error.what.endswith(".")


def test_kinds_are_many(spoilt):
    kinds = {(e.layer, e.kind) for e in spoilt.deliberate}
    assert len(kinds) > 60
    assert {layer for layer, _ in kinds} == set(spoilt.layers) - {
        *("community", "water"),
        *("facility", "monitor", "camera"),
    }


def test_communities_and_water_stay_right(spoilt, clean):
    for name in ("community", "water"):
        assert shapely.equals_exact(spoilt.layers[name].geometry, clean.layers[name].geometry).all()


def test_cells_overlap_leave_gaps_and_cross(spoilt):
    grids, communities = spoilt.layers["unit_grid"], spoilt.layers["community"]
    home = dict(zip(communities.fields["community_code"], communities.geometry, strict=True))
    valid = grids.geometry[shapely.is_valid(grids.geometry)]
    overlap = grid(spoilt, "overlap").shapes
    for shape in overlap:
        others = valid[shapely.STRtree(valid).query(shape, predicate="overlaps")]
        assert shapely.area(shapely.intersection(shape, others)).max() > 30
    crossing = grid(spoilt, "across_community")
    for shape, code in zip(crossing.shapes, crossing.fields["community_code"], strict=True):
        assert shapely.difference(shape, home[code]).area > 30
    gap = grid(spoilt, "gap")
    for shape, code in zip(gap.shapes, gap.fields["community_code"], strict=True):
        uncovered = shapely.difference(home[code], shapely.union_all(valid))
        assert shapely.intersection(uncovered, shape.buffer(6)).area > 30


def test_shapes_are_wrong_as_told(spoilt):
    assert not shapely.is_valid(grid(spoilt, "invalid").shapes).any()
    assert (shapely.area(grid(spoilt, "too_large").shapes) > 14_000).all()
    sliver = grid(spoilt, "sliver").shapes
    assert shapely.is_empty(shapely.buffer(sliver, -1.5)).all()
    wrong = grid(spoilt, "wrong_area")
    assert wrong.fields["area_m2"] == pytest.approx(1.5 * shapely.area(wrong.shapes), rel=1e-3)


def test_grid_codes_are_wrong_as_told(spoilt):
    prefix = grid(spoilt, "wrong_prefix").fields
    assert not any(
        g.startswith(c) for g, c in zip(prefix["grid_code"], prefix["community_code"], strict=True)
    )
    every = list(spoilt.layers["unit_grid"].fields["grid_code"])
    assert all(every.count(c) > 1 for c in grid(spoilt, "duplicate_code").fields["grid_code"])
    assert {len(c) for c in grid(spoilt, "short_code").fields["grid_code"]} == {14}
    assert not any(c.isascii() for c in grid(spoilt, "full_width").fields["grid_code"])
    ended = grid(spoilt, "end_before_start").fields
    assert (ended["end_date"] < ended["start_date"]).all()


def test_components_are_wrong_as_told(spoilt):
    batch = spoilt.layers["component"]
    every = list(batch.fields["component_code"])
    assert all(
        every.count(c) > 1 for c in component(spoilt, "duplicate_code").fields["component_code"]
    )
    assert set(component(spoilt, "unknown_class").fields["class_code"]) == {"09999"}
    assert set(component(spoilt, "missing_department").fields["authority_code"]) == {None}
    register = set(spoilt.layers["department"].fields["department_code"])
    assert not register & set(component(spoilt, "unknown_department").fields["authority_code"])
    future = component(spoilt, "future_date").fields["first_date"]
    assert (future > np.datetime64(DAY)).all()
    order = component(spoilt, "date_order").fields
    assert (order["changed_date"] < order["first_date"]).all()
    assert set(component(spoilt, "no_geometry").shapes) == {None}
    town = shapely.union_all(spoilt.layers["community"].geometry)
    assert (shapely.distance(component(spoilt, "outside").shapes, town) > 50).all()
    assert (shapely.distance(component(spoilt, "swapped").shapes, town) > 1e6).all()
    houses = shapely.union_all(
        spoilt.layers["building"].geometry[shapely.is_valid(spoilt.layers["building"].geometry)]
    )
    assert shapely.within(component(spoilt, "in_building").shapes, houses).all()


def test_near_duplicates_stand_beside_their_twin(spoilt):
    batch = spoilt.layers["component"]
    twice = component(spoilt, "near_duplicate")
    for shape, kind in zip(twice.shapes, twice.fields["class_code"], strict=True):
        alike = batch.geometry[batch.fields["class_code"] == kind]
        assert np.sort(shapely.distance(alike, shape))[1] < 0.3


def test_wrong_grid_is_not_that_of_the_place(spoilt, clean):
    grids = clean.layers["unit_grid"]
    cell = dict(zip(grids.fields["grid_code"], grids.geometry, strict=True))
    wrong = component(spoilt, "wrong_grid")
    for code, shape in zip(wrong.fields["grid_code"], wrong.shapes, strict=True):
        assert not shapely.contains(cell[code], shape)


def test_streets_do_not_meet_as_told(spoilt):
    streets = spoilt.layers["street"]
    short = Rows(spoilt, "street", "undershoot", "street_id")
    tree = shapely.STRtree(streets.geometry)
    ends = shapely.get_point(short.shapes, -1)
    touching = tree.query(ends, predicate="dwithin", distance=0.5)[0]
    # Only the street itself is at its own end.
    assert (np.bincount(touching, minlength=len(ends)) == 1).all()
    twice = Rows(spoilt, "street", "duplicate_line", "street_id")
    for shape in twice.shapes:
        assert len(tree.query(shape, predicate="contains")) >= 1
        assert shapely.equals_exact(streets.geometry, shape).sum() == 2


def test_buildings_are_wrong_as_told(spoilt):
    def rows(kind):
        return Rows(spoilt, "building", kind, "building_id").shapes

    cells = shapely.STRtree(spoilt.layers["unit_grid"].geometry)
    for shape in rows("across_cells"):
        assert len(cells.query(shape, predicate="intersects")) >= 2
    streets = shapely.STRtree(spoilt.layers["street"].geometry)
    for shape in rows("on_street"):
        assert len(streets.query(shape, predicate="intersects")) >= 1
    assert not shapely.is_valid(rows("invalid")).any()
    every = shapely.STRtree(spoilt.layers["building"].geometry)
    for shape in rows("overlap"):
        assert len(every.query(shape, predicate="overlaps")) >= 1


def test_survey_is_what_crews_deliver(spoilt):
    survey = spoilt.layers["survey"]
    new = Rows(spoilt, "survey", "new", "")
    assert set(new.fields["ObjID"]) == {None}
    assert set(new.fields["BGID"]) == {None}
    assert set(Rows(spoilt, "survey", "missing_grid", "").fields["BGID"]) == {None}
    twice = Rows(spoilt, "survey", "delivered_twice", "")
    codes = list(survey.fields["ObjID"])
    assert all(codes.count(code) == 2 for code in twice.fields["ObjID"])


def test_lists_are_wrong_as_told(spoilt):
    risk = Rows(spoilt, "risk", "wrong_score", "risk_code").fields
    product = risk["likelihood"] * risk["exposure"] * risk["consequence"]
    assert (np.abs(risk["score"] - product) > 1).all()
    case = Rows(spoilt, "case", "time_order", "case_code").fields
    assert (case["closed_at"] < case["reported_at"]).all()
    bad = Rows(spoilt, "department", "check_character", "department_code").fields
    code = bad["department_code"][0]
    assert code != credit_code(code[:2], code[2:8], int(code[8:16]))


@pytest.mark.parametrize(
    ("body", "check"), [("91350100M000100Y4", "3"), ("91110000802100433", "B")]
)
def test_check_character_agrees_with_codes_in_public_use(body, check):
    # The first is the example of GB 32100-2015.
    from wangge.plugin.sample import departments

    assert departments.check_character(body) == check
