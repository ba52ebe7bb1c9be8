import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import box
from wangge.plugin.grid.edges import find_edges, find_neighbours, number_rows, rounding
from wangge.plugin.grid.vertices import insert_vertices


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=30))
def test_equal_rows_get_equal_numbers_in_order(rows):
    array = np.array(rows, dtype=float).reshape(-1, 2)
    distinct = sorted(set(rows))
    assert list(number_rows(array)) == [distinct.index(row) for row in rows]


def test_edges_run_with_the_interior_on_the_left_whatever_way_rings_run():
    ring = shapely.Polygon([(0, 0), (0, 9), (9, 9), (9, 0)], [[(3, 3), (6, 3), (6, 6), (3, 6)]])
    for shape in (ring, shapely.normalize(ring), shapely.reverse(ring)):
        edges = find_edges(np.array([shape]))
        middle = (edges.start + edges.end) / 2
        left = np.stack([edges.start[:, 1] - edges.end[:, 1], edges.end[:, 0] - edges.start[:, 0]])
        beside = shapely.points(middle + 0.01 * left.T / edges.length[:, None])
        assert shapely.contains(shape, beside).all()


def test_neighbours_share_the_length_of_their_border():
    cells = np.array([box(0, 0, 10, 10), box(10, 0, 20, 10), box(20, 10, 30, 20)])
    found = find_neighbours(find_edges(cells))
    assert (list(found.first), list(found.second), list(found.length)) == ([0], [1], [10.0])


def test_null_and_empty_shapes_have_no_edges():
    assert len(find_edges(np.array([None, shapely.Polygon(), shapely.Point(0, 0)]))) == 0


def test_minus_zero_is_zero():
    cells = np.array([box(-5, 0, -0.0, 5), box(0.0, 0, 5, 5)])
    assert len(find_neighbours(find_edges(cells)).first) == 1


def test_rounding_grows_with_the_coordinates():
    small = rounding(np.array([box(0, 0, 100, 100)]))
    large = rounding(np.array([box(38_500_000, 3_400_000, 38_500_100, 3_400_100)]))
    assert small < 1e-11
    assert 1e-8 < large < 1e-6


def test_a_vertex_goes_into_the_ring_it_lies_on_holes_included():
    shape = shapely.Polygon(
        [(0, 0), (90, 0), (90, 90), (0, 90)], [[(30, 30), (60, 30), (60, 60), (30, 60)]]
    )
    cells = np.array([shape, box(200, 0, 210, 10)], dtype=object)
    fitted = insert_vertices(cells, np.array([(45.0, 30.0), (90.0, 10.0)]), 1e-9)
    assert fitted[0].equals(shape)
    assert (45, 30) in fitted[0].interiors[0].coords
    assert (90, 10) in fitted[0].exterior.coords
    assert fitted[1] is cells[1]


def test_several_vertices_on_one_edge_come_in_order():
    fitted = insert_vertices(
        np.array([box(0, 0, 90, 10)]), np.array([(70.0, 0.0), (20.0, 0.0), (45.0, 0.0)]), 1e-9
    )
    assert fitted[0].is_valid
    assert fitted[0].area == pytest.approx(900)
    assert len(fitted[0].exterior.coords) == 8
