"""The invented town is what it says: exact in number and cover, the same for a seed."""

import dataclasses
import datetime

import numpy as np
import pytest
import shapely
from wangge.plugin.errors import WanggeError
from wangge.plugin.sample.city import CityOptions, generate
from wangge.plugin.standards import codes
from wangge.plugin.standards.layers import layer

DAY = datetime.date(2026, 6, 30)
LAYERS = (
    "community",
    "street",
    "water",
    "building",
    "unit_grid",
    "component",
    "department",
    "address",
    "risk",
    "case",
    "survey",
    "facility",
    "monitor",
    "camera",
)


def make_city(**options):
    chosen = {"area_km2": 4.0, "components": 4000, "seed": 3, "errors": False, "today": DAY}
    return generate(CityOptions(**{**chosen, **options}))


@pytest.fixture(scope="module")
def clean():
    return make_city()


def values(city, name, field):
    return city.layers[name].fields[field]


def assert_same(one, other):
    assert one.layers.keys() == other.layers.keys()
    for name, batch in one.layers.items():
        twin = other.layers[name]
        for field, column in batch.fields.items():
            same = column == twin.fields[field]
            same |= batch.is_null(field) & twin.is_null(field)
            assert same.all(), (name, field)
        if batch.geometry is not None:
            assert np.array_equal(shapely.to_wkb(batch.geometry), shapely.to_wkb(twin.geometry)), (
                name
            )


def test_holds_every_layer_with_the_fields_described(clean):
    assert tuple(clean.layers) == LAYERS
    for name, batch in clean.layers.items():
        assert tuple(batch.fields) == layer(name).names
        assert len(batch) > 0
        assert (batch.geometry is None) == (name == "department")
        assert batch.crs == ("" if name == "department" else clean.crs)


def test_same_seed_same_town():
    assert_same(make_city(errors=True), make_city(errors=True))


def test_other_seed_other_town(clean):
    other = make_city(seed=4)
    mine = shapely.union_all(clean.layers["street"].geometry)
    theirs = shapely.union_all(other.layers["street"].geometry)
    assert shapely.length(shapely.intersection(mine, theirs)) < 0.01 * shapely.length(mine)


@pytest.mark.parametrize("components", [100, 777, 25_000])
def test_component_count_is_exact(components):
    for errors in (False, True):
        city = make_city(components=components, errors=errors)
        assert len(city.layers["component"]) == components


@pytest.mark.parametrize("area", [1.0, 7.0])
def test_area_is_as_asked(area):
    city = make_city(area_km2=area, components=500)
    assert shapely.area(city.layers["community"].geometry).sum() == pytest.approx(
        area * 1e6, rel=0.01
    )


@pytest.mark.parametrize(
    ("options", "words"),
    [({"area_km2": 0.2}, "km²"), ({"area_km2": float("nan")}, "km²"), ({"components": 3}, "100")],
)
def test_refuses_what_makes_no_town(options, words):
    with pytest.raises(WanggeError, match=words):
        make_city(**options)


def test_says_so_when_there_is_no_room():
    with pytest.raises(WanggeError, match="no room"):
        make_city(area_km2=1.0, components=3_000_000)


def test_coordinates_suit_the_crs(clean):
    # EPSG:4545: zone of 3 degrees about 108° E, false easting 500 km, northing about 29.6° N.
    west, south, east, north = shapely.total_bounds(clean.layers["community"].geometry)
    assert 350_000 < west < east < 650_000
    assert 3_200_000 < south < north < 3_350_000


def assert_is_coverage(shapes):
    """Neighbours share all vertices of their common edges; nothing overlaps."""
    xy, ring = shapely.get_coordinates(
        # Normal form runs every outline clockwise.
        shapely.get_exterior_ring(shapely.normalize(shapes)),
        return_index=True,
    )
    joined = ring[1:] == ring[:-1]
    whole = np.round(xy * 100).astype(np.int64)
    steps = np.concatenate([whole[:-1], whole[1:]], axis=1)[joined]
    forward = set(map(tuple, steps.tolist()))
    assert len(forward) == len(steps)
    lonely = np.array([s for s in forward if (*s[2:], *s[:2]) not in forward]) / 100
    outline = shapely.boundary(shapely.union_all(shapes))
    assert np.hypot(*(lonely[:, 2:] - lonely[:, :2]).T).sum() == pytest.approx(outline.length)


def test_communities_cover_the_town_with_shared_vertices(clean):
    shapes = clean.layers["community"].geometry
    assert_is_coverage(shapes)
    assert shapely.is_valid(shapes).all()
    town = shapely.union_all(shapes)
    assert town.geom_type == "Polygon"
    assert not len(town.interiors)
    assert town.area == pytest.approx(shapely.area(shapes).sum(), abs=1e-3)


def test_cells_cover_each_community_exactly(clean):
    grids, communities = clean.layers["unit_grid"], clean.layers["community"]
    assert_is_coverage(grids.geometry)
    assert set(shapely.get_type_id(grids.geometry)) == {3}
    home = dict(zip(communities.fields["community_code"], communities.geometry, strict=True))
    for code, community in home.items():
        cells = grids.geometry[grids.fields["community_code"] == code]
        assert shapely.area(cells).sum() == pytest.approx(community.area, abs=1e-3)
        assert shapely.symmetric_difference(shapely.union_all(cells), community).area < 1e-3


def test_cells_are_about_a_hectare(clean):
    area = shapely.area(clean.layers["unit_grid"].geometry)
    assert np.median(area) == pytest.approx(10_000, rel=0.05)
    assert np.mean(np.abs(area / 10_000 - 1) < 0.25) > 0.9
    assert values(clean, "unit_grid", "area_m2") == pytest.approx(area, abs=0.01)


def test_cells_are_numbered_from_one_without_holes(clean):
    grid, community = (
        values(clean, "unit_grid", "grid_code"),
        values(clean, "unit_grid", "community_code"),
    )
    for code in np.unique(community.astype(str)):
        mine = sorted(grid[community == code])
        assert mine == [f"{code}{k:03d}" for k in range(1, len(mine) + 1)]


def test_first_cell_lies_in_the_north_and_numbers_run_east(clean):
    grids = clean.layers["unit_grid"]
    middle = shapely.get_coordinates(shapely.point_on_surface(grids.geometry))
    community = grids.fields["community_code"]
    for code in np.unique(community.astype(str)):
        xy = middle[community == code]
        step = np.diff(xy, axis=0)
        # The next cell is further east, or further south.
        assert np.all((step[:, 0] > 0) | (step[:, 1] < 0))
        assert xy[0, 1] > np.quantile(xy[:, 1], 0.7)


def test_streets_of_the_district_hold_the_communities(clean):
    district = set(values(clean, "community", "district_code"))
    streets = values(clean, "community", "street_code")
    assert len(district) == 1
    assert len(set(streets)) >= 3
    for code, street in zip(values(clean, "community", "community_code"), streets, strict=True):
        assert not codes.explain_community_code(code)
        assert code[:9] == street
        assert street[:6] in district
    names = values(clean, "community", "community_name")
    assert len(set(names)) == len(names)


def test_component_codes_are_valid_and_unique(clean):
    code = values(clean, "component", "component_code")
    assert len(set(code)) == len(code)
    for one, kind in zip(code, values(clean, "component", "class_code"), strict=True):
        parsed = codes.parse_component(one)
        assert parsed.class_code == kind
        assert parsed.district == code[0][:6]


def test_component_stands_in_the_cell_it_names(clean):
    grids, components = clean.layers["unit_grid"], clean.layers["component"]
    home = dict(zip(grids.fields["grid_code"], grids.geometry, strict=True))
    cells = np.array([home[g] for g in components.fields["grid_code"]], dtype=object)
    assert shapely.contains(cells, components.geometry).all()
    community = components.fields["community_code"]
    assert all(
        g.startswith(c) for g, c in zip(components.fields["grid_code"], community, strict=True)
    )


def test_department_of_every_component_is_registered(clean):
    register = dict(
        zip(
            values(clean, "department", "department_code"),
            values(clean, "department", "department_name"),
            strict=True,
        )
    )
    for role in ("authority", "owner", "maintainer"):
        for code, name in set(
            zip(
                values(clean, "component", f"{role}_code"),
                values(clean, "component", f"{role}_name"),
                strict=True,
            )
        ):
            assert register[code] == name


def test_classes_follow_a_power_law():
    city = make_city(components=20_000)
    counts = np.sort(
        np.unique(values(city, "component", "class_code").astype(str), return_counts=True)[1]
    )[::-1]
    assert len(counts) > 35
    assert counts[:5].sum() > 0.5 * 20_000
    assert counts[-1] < 20


def test_buildings_stand_free(clean):
    buildings = clean.layers["building"].geometry
    assert shapely.is_valid(buildings).all()
    tree = shapely.STRtree(buildings)
    one, other = tree.query(buildings, predicate="intersects")
    one, other = one[one < other], other[one < other]
    assert shapely.area(shapely.intersection(buildings[one], buildings[other])).max() < 1e-3
    # Terraces share whole walls.
    assert (shapely.length(shapely.intersection(buildings[one], buildings[other])) > 5).any()
    streets = clean.layers["street"].geometry
    assert not len(tree.query(streets, predicate="intersects")[0])
    water = clean.layers["water"].geometry
    assert not len(tree.query(water, predicate="intersects")[0])
    edges = shapely.boundary(clean.layers["unit_grid"].geometry)
    assert not len(tree.query(edges, predicate="crosses")[0])


def test_main_roads_are_dual_carriageways(clean):
    streets = clean.layers["street"]
    rank, single = streets.fields["rank"], streets.fields["one_way"] == 1
    assert set(rank) <= {0, 1, 2, 3, 4}
    assert single[rank <= 1].all()
    assert not single[rank > 1].any()
    main = streets.geometry[single & (shapely.length(streets.geometry) > 60)]
    middle = shapely.line_interpolate_point(main, 0.5, normalized=True)
    one, other = shapely.STRtree(main).query(middle, predicate="dwithin", distance=30.0)
    apart = shapely.distance(middle[one], main[other])
    partnered = np.unique(one[(apart > 11) & (apart < 30)])
    assert len(partnered) > 0.8 * len(main)


def test_doors_are_odd_on_one_side_and_even_on_the_other(clean):
    address = clean.layers["address"]
    doors = address.fields["kind"] == "门楼牌"
    assert doors.sum() > 500
    assert set(address.fields["kind"]) == {"区域", "地片", "区片", "街巷", "门楼牌", "兴趣点"}
    name = address.fields["address_name"][doors]
    street = address.fields["street_name"][doors]
    assert len(set(name)) == len(name)
    number = np.array(
        [int(n.removeprefix(s).removesuffix("号")) for n, s in zip(name, street, strict=True)]
    )
    assert 0.25 < np.mean(number % 2) < 0.75


def test_risk_level_is_that_of_the_score(clean):
    f = clean.layers["risk"].fields
    score = f["likelihood"] * f["exposure"] * f["consequence"]
    assert f["score"] == pytest.approx(score)
    expected = np.select(
        [score >= 320, score >= 160, score >= 70], ["red", "orange", "yellow"], "blue"
    )
    assert (f["level"] == expected).all()
    assert set(f["level"]) == {"red", "orange", "yellow", "blue"}
    assert (f["review_date"] > np.datetime64(DAY)).all()


def test_cases_of_one_year_run_in_order(clean):
    f = clean.layers["case"].fields
    reported = f["reported_at"]
    assert (np.diff(reported) >= np.timedelta64(0)).all()
    assert np.ptp(reported.astype("datetime64[D]")) < np.timedelta64(366, "D")
    for earlier, later in (
        ("reported_at", "opened_at"),
        ("opened_at", "handled_at"),
        ("handled_at", "closed_at"),
    ):
        known = ~np.isnat(f[later])
        assert known.mean() > 0.5
        assert (f[earlier][known] < f[later][known]).all()


def test_survey_is_off_by_at_most_forty_centimetres(clean):
    survey, components = clean.layers["survey"], clean.layers["component"]
    place = dict(zip(components.fields["component_code"], components.geometry, strict=True))
    truth = np.array([place[c] for c in survey.fields["ObjID"]], dtype=object)
    off = shapely.distance(truth, survey.geometry)
    assert off.max() < 0.402
    assert off.mean() > 0.1
    assert 0.9 * len(components) < len(survey) < len(components)


def test_caller_may_divide_and_number_itself():
    def halves(communities, streets, rank):
        boxes = shapely.box(*shapely.bounds(communities).T)
        middle = shapely.get_coordinates(shapely.centroid(boxes))[:, 0]
        low, high = shapely.bounds(communities)[:, 1], shapely.bounds(communities)[:, 3]
        west = shapely.box(middle - 1e5, low - 1, middle, high + 1)
        cells = [shapely.intersection(communities, west), shapely.difference(communities, west)]
        assert len(streets) == len(rank)
        return np.concatenate(cells), np.tile(np.arange(len(communities)), 2)

    def backwards(cells, community, community_codes):
        return np.array(
            [f"{community_codes[c]}{999 - k:03d}" for k, c in enumerate(community)], dtype=object
        )

    options = CityOptions(area_km2=2.0, components=300, seed=1, errors=False, today=DAY)
    city = generate(options, partition=halves, number=backwards)
    grids = city.layers["unit_grid"]
    assert len(grids) == 2 * len(city.layers["community"])
    assert all(int(code[12:]) > 900 for code in grids.fields["grid_code"])


def test_day_moves_dates_alone():
    later = make_city(today=datetime.date(2027, 6, 30))
    earlier = make_city()
    assert np.array_equal(values(later, "risk", "score"), values(earlier, "risk", "score"))
    gap = values(later, "risk", "review_date") - values(earlier, "risk", "review_date")
    assert (gap == np.timedelta64(365, "D")).all()


def test_options_are_plain_values():
    assert dataclasses.replace(CityOptions(), seed=5).seed == 5
    assert CityOptions().components == 20_000


def test_facilities_monitors_and_cameras_stand_in_the_cell_they_name(clean):
    grids = clean.layers["unit_grid"]
    home = dict(zip(grids.fields["grid_code"], grids.geometry, strict=True))
    for name in ("facility", "monitor", "camera"):
        batch = clean.layers[name]
        cells = np.array([home[g] for g in batch.fields["grid_code"]], dtype=object)
        assert shapely.contains(cells, batch.geometry).all()
        assert len(set(shapely.to_wkb(batch.geometry))) == len(batch)
    kinds, counts = np.unique(values(clean, "monitor", "kind").astype(str), return_counts=True)
    assert dict(zip(kinds, counts, strict=True)) == {"underpass": 8, "waterlogging": 20}
    assert len(clean.layers["camera"]) == 139
    assert {"waste_plant", "landfill", "transfer_station", "toilet"} == set(
        values(clean, "facility", "kind")
    )


def test_what_reports_an_alarm_is_above_its_level_and_what_is_silent_reports_nothing(clean):
    f = clean.layers["monitor"].fields
    alarm, silent = f["status"] == "alarm", f["status"] == "offline"
    assert (f["water_level_cm"][alarm] >= f["alarm_level_cm"][alarm]).all()
    assert np.isnan(f["water_level_cm"][silent]).all()
    assert (f["water_level_cm"][~alarm & ~silent] < f["alarm_level_cm"][~alarm & ~silent]).all()
