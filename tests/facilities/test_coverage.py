import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from wangge.plugin.errors import WanggeError
from wangge.plugin.facilities.coverage import measure_coverage


def make_squares(n, size=100.0):
    """A row of squares from west to east."""
    return np.array([shapely.box(i * size, 0, (i + 1) * size, size) for i in range(n)], object)


def make_points(*xy):
    return shapely.points(np.array(xy, float).reshape(-1, 2))


def test_shares_counts_and_distances_of_a_row_of_cells():
    made = measure_coverage(make_squares(4), make_points((50, 50)), radius=100)
    assert made.share[0] == 1.0
    # Half a disc less what lies above and below, by hand: beyond x = 100, within 100 of (50, 50).
    disc = shapely.Point(50, 50).buffer(100, quad_segs=200)
    assert made.share[1] == pytest.approx(
        disc.intersection(shapely.box(100, 0, 200, 100)).area / 1e4, abs=0.001
    )
    assert made.share[2:].tolist() == [0, 0]
    assert made.inside.tolist() == [1, 0, 0, 0]
    assert made.near.tolist() == [1, 1, 0, 0]
    assert made.nearest.tolist() == [0, 100, 200, 300]


def test_two_discs_that_overlap_count_once():
    made = measure_coverage(make_squares(1), make_points((0, 0), (0, 0), (1, 0)), radius=50)
    assert made.share[0] == pytest.approx(np.pi / 16, abs=0.02)
    assert made.inside[0] == 3


def test_a_facility_on_a_border_is_counted_once():
    made = measure_coverage(make_squares(2), make_points((100, 50)), radius=10)
    assert made.inside.tolist() == [1, 0]


def test_a_plant_serves_around_its_fence():
    plant = np.array([shapely.box(-50, 0, 0, 100)], object)
    assert measure_coverage(make_squares(1), plant, radius=50).share[0] == pytest.approx(0.5)


def test_without_facilities_nothing_is_served():
    made = measure_coverage(make_squares(2), np.array([None, shapely.Point()], object), radius=5)
    assert made.share.tolist() == [0, 0]
    assert made.inside.tolist() == [0, 0]
    assert np.isnan(made.nearest).all()


def test_areas_without_shape_are_served_by_nothing():
    areas = np.array([None, shapely.box(0, 0, 1, 1)], object)
    made = measure_coverage(areas, make_points((0, 0)), radius=5)
    assert made.share.tolist() == [0, 1]


def test_a_radius_that_is_none_is_refused():
    with pytest.raises(WanggeError, match="above 0 m"):
        measure_coverage(make_squares(1), make_points((0, 0)), radius=0)


SPOTS = st.lists(st.tuples(st.floats(-200, 700), st.floats(-200, 300)), max_size=8)


@settings(max_examples=50, deadline=None)
@given(SPOTS, st.floats(5, 300))
def test_shares_are_those_of_the_union_of_all_discs(spots, radius):
    areas, facilities = make_squares(5), make_points(*spots)
    made = measure_coverage(areas, facilities, radius=radius)
    served = shapely.union_all(shapely.buffer(facilities, radius, quad_segs=64))
    truth = shapely.area(shapely.intersection(areas, served)) / 1e4
    assert made.share == pytest.approx(truth, abs=0.005)
    assert made.inside.sum() <= len(spots)
