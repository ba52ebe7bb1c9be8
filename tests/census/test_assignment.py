import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from wangge.plugin.census.assignment import Placement, assign_to_cells, assign_unit_grids
from wangge.plugin.errors import WanggeError
from wangge.plugin.rules.batch import make_batch

COMMUNITY = "500112001001"


def make_grids(columns=3, rows=2, *, size=100.0, end_date=None, crs="EPSG:4547"):
    cells, codes = [], []
    for r in range(rows):
        for c in range(columns):
            y = (rows - r - 1) * size
            cells.append(shapely.box(c * size, y, (c + 1) * size, y + size))
            codes.append(f"{COMMUNITY}{len(codes) + 1:03d}")
    fields = {"grid_code": codes}
    if end_date is not None:
        fields["end_date"] = np.array(end_date, dtype="datetime64[D]")
    return make_batch(fields, cells, crs=crs)


def make_components(*geometry, crs="EPSG:4547", **fields):
    rows = {"component_code": [None] * len(geometry), **fields}
    return make_batch(rows, list(geometry), crs=crs)


def codes_of(batch):
    return list(batch.fields["grid_code"])


def test_points_get_the_code_of_their_cell_with_street_and_community():
    communities = make_batch(
        {
            "community_code": [COMMUNITY],
            "community_name": ["龙溪社区"],
            "street_name": ["双凤桥街道"],
        },
        [shapely.box(0, 0, 300, 200)],
    )
    batch, _, report = assign_unit_grids(
        make_components(shapely.Point(50, 150), shapely.Point(250, 50)), make_grids(), communities
    )
    assert codes_of(batch) == [COMMUNITY + "001", COMMUNITY + "006"]
    assert list(batch.fields["community_code"]) == [COMMUNITY] * 2
    assert list(batch.fields["street_code"]) == ["500112001"] * 2
    assert list(batch.fields["community_name"]) == ["龙溪社区"] * 2
    assert list(batch.fields["street_name"]) == ["双凤桥街道"] * 2
    assert (report.total, report.inside, report.changed) == (2, 2, 2)


@pytest.mark.parametrize("order", [[0, 1, 2, 3, 4, 5], [5, 4, 3, 2, 1, 0], [2, 5, 0, 3, 1, 4]])
def test_a_point_on_a_border_goes_to_the_smallest_code_whatever_the_order_of_cells(order):
    grids = make_grids().take(np.array(order))
    batch, found, report = assign_unit_grids(
        make_components(shapely.Point(100, 150), shapely.Point(100, 100)), grids
    )
    assert codes_of(batch) == [COMMUNITY + "001"] * 2
    assert report.border == 2
    assert list(found.placement) == [Placement.BORDER] * 2


def test_overlapping_cells_are_told_apart_from_a_border():
    cells = [shapely.box(0, 0, 10, 10), shapely.box(5, 0, 15, 10)]
    found = assign_to_cells(
        np.array([shapely.Point(7, 5)]), np.array(cells), np.array(["b", "a"], dtype=object)
    )
    assert list(found.cell) == [1]
    assert found.placement[0] == Placement.OVERLAP


def test_lines_and_polygons_go_to_the_cell_with_the_largest_share():
    line = shapely.LineString([(80, 150), (160, 150)])
    polygon = shapely.box(90, 10, 130, 20)
    alone = shapely.box(210, 110, 220, 120)
    touching = shapely.box(100, 110, 120, 120)
    batch, found, report = assign_unit_grids(
        make_components(line, polygon, alone, touching), make_grids()
    )
    assert codes_of(batch) == [COMMUNITY + c for c in ("002", "005", "003", "002")]
    np.testing.assert_allclose(found.share, [0.75, 0.75, 1, 1])
    assert report.crossing == 2
    assert report.inside == 2


def test_a_line_along_a_border_and_one_halved_by_it_go_to_the_smallest_code():
    along = shapely.LineString([(100, 110), (100, 190)])
    halved = shapely.LineString([(190, 150), (210, 150)])
    batch, _, _ = assign_unit_grids(make_components(along, halved), make_grids())
    assert codes_of(batch) == [COMMUNITY + "001", COMMUNITY + "002"]


def test_share_tells_what_sticks_out_of_the_city():
    _, found, _ = assign_unit_grids(
        make_components(shapely.LineString([(-30, 50), (10, 50)])), make_grids()
    )
    assert found.share[0] == pytest.approx(0.25)


def test_outside_is_left_empty_and_told_or_taken_to_the_nearest_within_tolerance():
    components = make_components(
        shapely.Point(-2, 50), shapely.Point(-50, 50), grid_code=["old", None]
    )
    batch, _, report = assign_unit_grids(components, make_grids())
    assert codes_of(batch) == [None, None]
    assert (report.outside, report.changed) == (2, 1)
    batch, _, report = assign_unit_grids(components, make_grids(), tolerance=5)
    assert codes_of(batch) == [COMMUNITY + "004", None]
    assert (report.nearest, report.outside) == (1, 1)


def test_what_lies_in_no_cell_still_gets_its_community():
    community = make_batch({"community_code": ["500112001002"]}, [shapely.box(300, 0, 400, 200)])
    batch, _, _ = assign_unit_grids(
        make_components(shapely.Point(350, 50)), make_grids(), community
    )
    assert codes_of(batch) == [None]
    assert list(batch.fields["community_code"]) == ["500112001002"]
    assert list(batch.fields["street_code"]) == ["500112001"]


def test_retired_cells_take_no_part():
    ends = ["2020-01-01"] + ["NaT"] * 5
    batch, _, report = assign_unit_grids(
        make_components(shapely.Point(50, 150), shapely.Point(150, 150)), make_grids(end_date=ends)
    )
    assert codes_of(batch) == [None, COMMUNITY + "002"]
    assert report.outside == 1


def test_rows_without_a_usable_position_are_told():
    batch, _, report = assign_unit_grids(
        make_components(None, shapely.Point(), shapely.Point(np.nan, 3), shapely.Point(50, 50)),
        make_grids(),
    )
    assert codes_of(batch) == [None, None, None, COMMUNITY + "004"]
    assert report.without_geometry == 3


def test_a_name_survives_without_community_layer_only_as_long_as_its_code_holds():
    components = make_components(
        shapely.Point(50, 50),
        shapely.Point(50, 60),
        community_code=[COMMUNITY, "500112009009"],
        community_name=["龙溪社区", "别处社区"],
    )
    batch, _, _ = assign_unit_grids(components, make_grids())
    assert list(batch.fields["community_name"]) == ["龙溪社区", None]


def test_layers_in_two_reference_systems_are_refused_by_name():
    with pytest.raises(WanggeError, match=r"EPSG:4490.*EPSG:4547"):
        assign_unit_grids(make_components(shapely.Point(1, 1), crs="EPSG:4490"), make_grids())


def test_a_component_layer_without_geometry_is_refused():
    with pytest.raises(WanggeError, match="no geometry"):
        assign_unit_grids(make_batch({"component_code": ["1"]}), make_grids())


def test_empty_layers_give_empty_results():
    batch, _, report = assign_unit_grids(
        make_components(shapely.Point(1, 1)).take(np.array([], dtype=int)), make_grids()
    )
    assert len(batch) == 0
    assert report.total == 0
    batch, _, report = assign_unit_grids(
        make_components(shapely.Point(1, 1)), make_grids().take(np.array([], dtype=int))
    )
    assert report.outside == 1


@given(
    st.lists(st.tuples(st.integers(-20, 320), st.integers(-20, 220)), min_size=1, max_size=60),
    st.permutations(range(6)),
)
def test_bulk_assignment_equals_the_plain_definition(points, order):
    grids = make_grids()
    expected = []
    for x, y in points:
        hits = [
            code
            for code, cell in zip(grids.fields["grid_code"], grids.geometry, strict=True)
            if cell.intersects(shapely.Point(x, y))
        ]
        expected.append(min(hits, default=None))
    batch, _, report = assign_unit_grids(
        make_components(*[shapely.Point(p) for p in points]), grids.take(np.array(order))
    )
    assert codes_of(batch) == expected
    assert report.outside == expected.count(None)
