"""Random towns: coverage, nesting, whole buildings, and the same result however it is run."""

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from wangge.plugin.grid.partition import PartitionInput, PartitionOptions, partition

QUICK = PartitionOptions(search_seconds=0.2)


def make_random_town(seed, communities, streets, houses):
    """Voronoi communities that share exact borders, streets across them, scattered houses."""
    generator = np.random.default_rng(seed)
    frame = shapely.box(0, 0, 700, 500)
    seeds = shapely.multipoints(generator.uniform([50, 50], [650, 450], (communities, 2)))
    regions = shapely.get_parts(shapely.voronoi_polygons(seeds, extend_to=frame))
    regions = shapely.set_precision(shapely.intersection(regions, frame), 0.001)
    lines = []
    for _ in range(streets):
        start, end = generator.uniform([-50, -50], [750, 550], (2, 2))
        bend = (start + end) / 2 + generator.normal(0, 30, 2)
        lines.append(shapely.LineString([start, bend, end]))
    x, y = generator.uniform([0, 0], [680, 480], (houses, 2)).T
    size = generator.uniform(8, 30, (houses, 2)).T
    boxes = shapely.box(x, y, x + size[0], y + size[1])
    return PartitionInput(
        regions,
        np.array([f"C{i}" for i in range(len(regions))]),
        np.array(lines, dtype=object),
        buildings=boxes if houses else None,
    )


@settings(max_examples=25)
@given(
    seed=st.integers(0, 10_000),
    communities=st.integers(1, 5),
    streets=st.integers(0, 14),
    houses=st.sampled_from([0, 0, 40]),
)
def test_random_towns_are_covered_and_nested(seed, communities, streets, houses):
    town = make_random_town(seed, communities, streets, houses)
    result = partition(town, QUICK)
    assert result.failures == ()
    assert result.notes == ()
    assert shapely.is_valid(result.cells).all()
    assert (shapely.get_type_id(result.cells) == 3).all()
    for index, community in enumerate(town.communities):
        cells = result.cells[result.community == index]
        assert len(cells) == max(1, round(community.area / 10_000))
        off = shapely.symmetric_difference(shapely.union_all(cells), community).area
        assert off < 1e-6 * community.area
        assert shapely.area(cells).sum() == pytest.approx(community.area, rel=1e-9)
    xy, ring = shapely.get_coordinates(shapely.get_rings(result.cells), return_index=True)
    same = ring[1:] == ring[:-1]
    pairs = np.stack([xy[:-1][same], xy[1:][same]], axis=1)
    keys = {tuple(sorted(map(tuple, pair))) for pair in pairs.tolist()}
    once = {
        key
        for key, count in zip(
            *np.unique(
                [str(tuple(sorted(map(tuple, p)))) for p in pairs.tolist()], return_counts=True
            ),
            strict=True,
        )
        if count == 1
    }
    outline = sum(np.hypot(a[0] - b[0], a[1] - b[1]) for a, b in keys if str((a, b)) in once)
    assert outline == pytest.approx(shapely.length(shapely.union_all(result.cells)), abs=1e-3)
    if houses:
        inner = shapely.buffer(town.buildings, -0.05)
        at, house = shapely.STRtree(inner).query(
            shapely.boundary(result.cells), predicate="intersects"
        )
        crossed = shapely.length(
            shapely.intersection(shapely.boundary(result.cells)[at], inner[house])
        )
        told = {exception.building for exception in result.exceptions}
        assert set(house[crossed > 0.05].tolist()) <= told


def test_any_executor_and_no_executor_give_the_same_cells():
    town = make_random_town(7, 5, 10, 30)
    alone = partition(town, QUICK)
    context = get_context("spawn")
    with ThreadPoolExecutor(2) as threads, ProcessPoolExecutor(2, mp_context=context) as processes:
        for executor in (threads, processes):
            result = partition(town, QUICK, executor=executor)
            assert (result.community == alone.community).all()
            assert shapely.equals_exact(result.cells, alone.cells).all()
            assert result.exceptions == alone.exceptions


def test_the_search_tells_what_it_gained():
    town = make_random_town(3, 2, 8, 0)
    quick = partition(town, PartitionOptions(search_seconds=0.0))
    thorough = partition(town)
    assert quick.gain.accepted == 0
    assert thorough.gain.accepted > 0
    assert thorough.gain.compactness_after > thorough.gain.compactness_before


def test_a_failing_community_leaves_the_others_as_they_are():
    town = make_random_town(11, 4, 8, 0)
    communities = town.communities.copy()
    communities[1] = None
    broken = partition(PartitionInput(communities, town.names, town.barriers), QUICK)
    whole = partition(town, QUICK)
    assert [index for index, _ in broken.failures] == [1]
    assert set(broken.community.tolist()) == {0, 2, 3}
    for index in (0, 2, 3):
        before = whole.cells[whole.community == index]
        after = broken.cells[broken.community == index]
        assert shapely.area(shapely.symmetric_difference(before, after)).max() < 1e-5
