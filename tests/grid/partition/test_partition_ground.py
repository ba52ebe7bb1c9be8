"""What every partition stands on: planar graphs on exact outlines, open blocks, shared vertices."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from wangge.plugin.grid.partition import PartitionInput, partition
from wangge.plugin.grid.partition.loops import open_loops
from wangge.plugin.grid.partition.planar import APART, BAND, arrange
from wangge.plugin.grid.partition.weld import weld


def make_lines(seed, number):
    """Lines at random, some of them along the outline and some through its corners."""
    generator = np.random.default_rng(seed)
    lines = []
    for _ in range(number):
        start, end = generator.uniform(-20, 120, (2, 2))
        lines.append(shapely.LineString([start, end]))
        x = generator.uniform(0, 1)
        lines.append(shapely.LineString([(x, -10), (generator.uniform(0, 1), 110)]))
        lines.append(shapely.LineString([(0, 0), generator.uniform(0, 100, 2)]))
    return np.array(lines, dtype=object)


@settings(max_examples=30)
@given(seed=st.integers(0, 10_000), number=st.integers(0, 6))
def test_lines_hang_on_the_exact_outline_without_crossing(seed, number):
    yard = shapely.box(40, 40, 60, 55)
    region = shapely.Polygon(
        [
            (0, 0),
            (100, 0.3),
            (100.2, 100),
            (30, 99.9),
            (30, 60),
            (29.7, 60),
            (29.7, 99.9),
            (0, 100),
        ],
        [yard.exterior.coords],
    )
    xy, segments = arrange(region, make_lines(seed, number))
    lines = shapely.linestrings(xy[segments])
    one, two = shapely.STRtree(lines).query(lines, predicate="crosses")
    assert not len(one)
    one, two = shapely.STRtree(lines).query(lines, predicate="overlaps")
    assert not len(two)
    corners = {tuple(c) for c in shapely.get_coordinates(region).tolist()}
    assert corners <= {tuple(c) for c in xy.tolist()}
    outline = region.boundary
    on = shapely.dwithin(shapely.points(xy), outline, 1e-6)
    on_rows = lines[
        on[segments].all(axis=1)
        & shapely.dwithin(
            shapely.line_interpolate_point(lines, 0.5, normalized=True), outline, 1e-6
        )
    ]
    assert shapely.length(on_rows).sum() == pytest.approx(outline.length, rel=1e-9)
    assert shapely.distance(shapely.points(xy[~on]), outline).min(initial=1.0) >= BAND * 0.99


def faces_of(lines, region, drop_below):
    noded = shapely.union_all(np.array([*lines, region.boundary], dtype=object))
    parts = shapely.get_parts(noded)
    pairs = [
        shapely.LineString(pair)
        for part in parts
        for pair in zip(part.coords[:-1], part.coords[1:], strict=True)
    ]
    return open_loops(region, np.array(pairs), drop_below, np.array([], dtype=object))


@pytest.mark.parametrize(
    "loop",
    [
        shapely.box(40, 40, 60, 60),
        shapely.Polygon([(0, 0), (60, 30), (30, 60)]),
        shapely.Point(50, 50).buffer(20),
    ],
)
def test_a_loop_in_the_air_is_tied_or_dropped(loop):
    region = shapely.box(0, 0, 100, 100)
    inner = shapely.box(45, 45, 50, 50)
    tied = faces_of([loop.boundary, inner.boundary], region, 0.0)
    assert (shapely.get_num_interior_rings(tied) == 0).all()
    assert shapely.is_valid(tied).all()
    assert shapely.area(tied).sum() == pytest.approx(10_000)
    assert shapely.union_all(tied).area == pytest.approx(10_000)
    assert len(faces_of([loop.boundary, inner.boundary], region, 5_000)) == 1


def test_a_yard_in_the_region_is_tied_however_small():
    region = shapely.box(0, 0, 100, 100).difference(shapely.box(50, 50, 51, 51))
    faces = faces_of([], region, 5_000)
    assert len(faces) == 2
    assert shapely.area(faces).sum() == pytest.approx(region.area)


def test_cuts_that_almost_meet_across_a_border_share_its_vertex():
    near = 50 + APART / 2
    cells = np.array(
        [
            shapely.Polygon([(0, 0), (100, 0), (100, 50), (0, 50)]),
            shapely.Polygon([(0, 50), (100, 50), (100, 100), (0, 100)]),
            shapely.Polygon([(100, 0), (200, 0), (200, 50), (100, near)]),
            shapely.Polygon([(100, near), (200, 50), (200, 100), (100, 100)]),
        ]
    )
    communities = np.array([shapely.box(0, 0, 100, 100), shapely.box(100, 0, 200, 100)])
    welded = weld(cells, communities)
    on_border = {y for x, y in shapely.get_coordinates(welded).tolist() if x == 100 and 0 < y < 100}
    assert len(on_border) == 1
    assert shapely.is_valid(welded).all()
    assert shapely.area(welded).sum() == pytest.approx(20_000)


def test_a_bow_tie_is_cut_as_what_it_encloses():
    bow = shapely.Polygon([(0, 0), (300, 300), (300, 0), (0, 300)])
    square = shapely.box(1000, 0, 1300, 300)
    town = PartitionInput(
        np.array([bow, square]),
        np.array(["bow", "square"]),
        np.array([shapely.LineString([(150, -100), (150, 400)])]),
    )
    result = partition(town)
    assert result.failures == ()
    assert shapely.area(result.cells[result.community == 0]).sum() == pytest.approx(45_000)
    assert len(result.cells[result.community == 1]) == 9


def test_buildings_that_are_no_polygons_stop_nothing():
    town = PartitionInput(
        np.array([shapely.box(0, 0, 300, 200)]),
        np.array(["C0"]),
        np.array([], dtype=object),
        buildings=np.array(
            [
                None,
                shapely.Point(3, 3),
                shapely.Polygon([(20, 20), (60, 60), (60, 20), (20, 60)]),
                shapely.Polygon([(0, 0), (np.nan, 5), (5, 5)]),
            ],
            dtype=object,
        ),
    )
    result = partition(town)
    assert len(result.cells) == 6
    assert result.notes == ()
