"""Cells that share a load: how evenly, and at what price in area."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from wangge.plugin.grid.load import sum_load
from wangge.plugin.grid.partition import PartitionInput, PartitionOptions, partition
from wangge.plugin.grid.partition.load import Load

SHARES = (0.0, 0.5, 1.0)


@pytest.fixture(scope="module")
def by_share():
    """A town whose load thickens towards its middle, cut at each weight of the load."""
    generator = np.random.default_rng(4)
    spread = generator.normal([300, 250], [140, 120], (1500, 2))
    points = shapely.points(np.concatenate([spread, generator.uniform(0, 500, (900, 2))]))
    streets = [[(x, -10), (x + 25, 510)] for x in (90, 310, 480)] + [[(-10, 240), (610, 260)]]
    town = PartitionInput(
        np.array([shapely.box(0, 0, 600, 500)]),
        np.array(["C0"]),
        np.array([shapely.LineString(s) for s in streets]),
        load_points=points,
    )
    made = {s: partition(town, PartitionOptions(load_share=s)).cells for s in SHARES}
    return {s: (cells, sum_load(cells, points)) for s, cells in made.items()}


def variation(values):
    return values.std() / values.mean()


def test_the_more_load_weighs_the_more_evenly_it_lies(by_share):
    spread = [variation(by_share[s][1]) for s in SHARES]
    assert spread[1] < 0.75 * spread[0]
    assert spread[2] < 0.75 * spread[1]


def test_areas_stay_within_bounds_whatever_load_weighs(by_share):
    for cells, _ in by_share.values():
        assert len(cells) == 30
        area = shapely.area(cells)
        assert area.sum() == pytest.approx(300_000)
        assert (area >= 5_000).all()
        assert (area <= 15_000).all()


@settings(max_examples=12)
@given(
    seed=st.integers(0, 10_000),
    heaps=st.integers(1, 4),
    width=st.floats(1.0, 80.0),
    share=st.floats(0.2, 1.0),
)
def test_no_cell_leaves_the_bounds_of_area_where_load_lies_in_heaps(seed, heaps, width, share):
    generator = np.random.default_rng(seed)
    middles = generator.uniform(0, 500, (heaps, 2))
    load = middles[generator.integers(0, heaps, 400)] + generator.normal(0, width, (400, 2))
    ends = generator.uniform(-20, 520, (6, 2, 2))
    town = PartitionInput(
        np.array([shapely.box(0, 0, 500, 420)]),
        np.array(["C0"]),
        shapely.linestrings(ends),
        load_points=shapely.points(load),
    )
    made = partition(town, PartitionOptions(load_share=share))
    assert made.failures == ()
    assert len(made.cells) == 21
    area = shapely.area(made.cells)
    assert (area >= 5_000).all()
    assert (area <= 15_000).all()


def test_a_community_without_load_is_cut_by_area():
    town = PartitionInput(
        np.array([shapely.box(0, 0, 200, 200), shapely.box(200, 0, 400, 200)]),
        np.array(["C0", "C1"]),
        np.array([], dtype=object),
        load_points=shapely.points([(50.0, 50.0), (150.0, 90.0)]),
    )
    made = partition(town, PartitionOptions(load_share=1.0))
    assert made.failures == ()
    assert shapely.area(made.cells[made.community == 1]) == pytest.approx(10_000, rel=0.25)


@settings(max_examples=30)
@given(seed=st.integers(0, 10_000), share=st.floats(0.1, 1.0))
def test_moving_a_corner_changes_the_measure_as_counting_anew_does(seed, share):
    generator = np.random.default_rng(seed)
    region = shapely.box(0, 0, 100, 100)
    load = Load.of(
        region, shapely.points(generator.uniform(0, 100, (300, 2))), generator.random(300), share
    )
    ring = np.array([(10.0, 10.0), (80.0, 15.0), (85.0, 85.0), (20.0, 90.0)])
    before, after = ring[1:2], ring[3:4]
    places = generator.uniform(60, 99, (5, 2))

    def measure(corner):
        moved = np.concatenate([ring[:2], corner[None], ring[3:]])
        return load.measure(moved, shapely.area(shapely.Polygon(moved)))

    change = load.swept(before, after, places) - load.swept(before, after, ring[2:3])
    counted = [measure(place) - measure(ring[2]) for place in places]
    assert change[:, 0] == pytest.approx(counted, abs=1e-6)
