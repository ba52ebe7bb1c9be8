import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from wangge.plugin.errors import WanggeError
from wangge.plugin.facilities.search import facilities_near

HERE = shapely.Point(0, 0)


def make_points(*xy):
    return shapely.points(np.array(xy, float))


def test_the_nearest_comes_first_and_the_edge_counts():
    shapes = make_points((5000, 0), (30, 40), (0, 5000.1), (0, -10))
    found = facilities_near(shapes, HERE, distance=5000)
    assert found.rows.tolist() == [3, 1, 0]
    assert found.metres.tolist() == [10, 50, 5000]


def test_no_more_than_asked_for():
    found = facilities_near(make_points((3, 0), (1, 0), (2, 0)), HERE, distance=10, limit=2)
    assert found.rows.tolist() == [1, 2]


def test_a_plant_counts_from_its_fence_and_what_has_no_place_is_never_found():
    shapes = np.array([shapely.box(100, -50, 300, 50), None, shapely.Point()], object)
    found = facilities_near(shapes, HERE, distance=150)
    assert found.rows.tolist() == [0]
    assert found.metres.tolist() == [100]


def test_equal_distances_stay_in_order():
    shapes = make_points((0, 7), (7, 0), (-7, 0))
    assert facilities_near(shapes, HERE, distance=7).rows.tolist() == [0, 1, 2]


@pytest.mark.parametrize("distance", [0, -1, float("nan")])
def test_a_distance_that_is_none_is_refused(distance):
    with pytest.raises(WanggeError, match="above 0 m"):
        facilities_near(make_points((1, 1)), HERE, distance=distance)


SPOTS = st.lists(st.tuples(st.floats(-9e3, 9e3), st.floats(-9e3, 9e3)), min_size=1, max_size=30)


@settings(max_examples=60)
@given(SPOTS, st.floats(1, 9e3))
def test_all_within_the_distance_are_found_and_nothing_beyond(spots, distance):
    found = facilities_near(make_points(*spots), HERE, distance=distance)
    true = np.hypot(*np.array(spots).T)
    assert sorted(found.rows) == np.flatnonzero(true <= distance).tolist()
    assert np.all(np.diff(found.metres) >= 0)
