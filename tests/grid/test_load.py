import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box
from wangge.plugin.grid.load import share_load

CELLS = np.array([box(0, 0, 100, 100), box(100, 0, 200, 100), box(200, 0, 300, 100)])


def test_a_shape_gets_the_share_of_its_ground():
    shapes = np.array([box(0, 0, 25, 100), box(50, 0, 150, 100)])
    assert share_load(CELLS, np.array([8.0, 2.0, 5.0]), shapes).tolist() == [2.0, 5.0]


def test_an_unknown_load_makes_only_what_lies_on_it_unknown():
    shapes = np.array([box(0, 0, 50, 100), box(150, 0, 250, 100), box(250, 0, 300, 100)])
    shares = share_load(CELLS, np.array([8.0, np.nan, 5.0]), shapes)
    assert np.isnan(shares).tolist() == [False, True, False]


@settings(max_examples=40, deadline=None)
@given(at=st.floats(1, 299), loads=st.lists(st.floats(0, 1e4), min_size=3, max_size=3))
def test_nothing_is_lost_or_made_by_a_cut(at, loads):
    shapes = np.array([box(0, 0, at, 100), box(at, 0, 300, 100)])
    assert share_load(CELLS, np.array(loads), shapes).sum() == pytest.approx(sum(loads), abs=1e-3)
