"""Small literal towns: what a user sees of a partition."""

import numpy as np
import pytest
import shapely
from wangge.plugin.errors import Cancelled, WanggeError
from wangge.plugin.grid.partition import (
    ExceptionReason,
    PartitionInput,
    PartitionOptions,
    partition,
)


def make_town(communities, lines=(), buildings=None, **columns):
    communities = np.array(communities, dtype=object)
    return PartitionInput(
        communities=communities,
        names=np.array([f"C{i}" for i in range(len(communities))]),
        barriers=np.array([shapely.LineString(line) for line in lines], dtype=object),
        buildings=None if buildings is None else np.array(buildings, dtype=object),
        **columns,
    )


def assert_vertices_match(cells):
    """Edges used once are the outline of the union: every other edge has its exact twin."""
    xy, ring = shapely.get_coordinates(shapely.get_rings(cells), return_index=True)
    same = ring[1:] == ring[:-1]
    edges = np.sort(
        xy.view(complex)
        .ravel()[np.stack([np.r_[same, False], np.r_[False, same]]).nonzero()[1]]
        .reshape(2, -1),
        axis=0,
    )
    _, counts = np.unique(edges, axis=1, return_counts=True)
    lengths = np.abs(np.diff(np.unique(edges, axis=1), axis=0))[0]
    assert counts.max() <= 2
    outline = shapely.length(shapely.union_all(cells))
    assert lengths[counts == 1].sum() == pytest.approx(outline, abs=1e-3)


def assert_covers(town, result, left_out=()):
    """Every community is covered exactly by single valid cells with identical vertices."""
    assert shapely.is_valid(result.cells).all()
    assert (shapely.get_type_id(result.cells) == 3).all()
    for index, community in enumerate(town.communities):
        if index in left_out:
            assert not (result.community == index).any()
            continue
        cells = result.cells[result.community == index]
        difference = shapely.symmetric_difference(shapely.union_all(cells), community)
        assert difference.area < 1e-6 * community.area
        assert shapely.area(cells).sum() == pytest.approx(community.area, rel=1e-9)
    assert_vertices_match(result.cells)


def test_cells_follow_the_street_that_halves_a_community():
    town = make_town([shapely.box(0, 0, 200, 100)], [[(95, -20), (95, 120)]])
    result = partition(town)
    assert_covers(town, result)
    assert sorted(shapely.area(result.cells)) == pytest.approx([9500, 10500])


def test_a_community_without_streets_gets_even_cells():
    town = make_town([shapely.box(0, 0, 600, 400)])
    result = partition(town)
    assert_covers(town, result)
    assert len(result.cells) == 24
    assert np.abs(shapely.area(result.cells) / 10_000 - 1).max() < 0.25


def test_a_tiny_community_is_one_cell():
    town = make_town([shapely.box(0, 0, 30, 40)], [[(15, -5), (15, 50)]])
    assert len(partition(town).cells) == 1


def test_a_hole_and_several_parts_are_covered():
    ring = shapely.box(0, 0, 500, 400).difference(shapely.box(180, 150, 300, 260))
    island = shapely.box(600, 0, 720, 100)
    town = make_town([shapely.union(ring, island)], [[(0, 200), (180, 200)]])
    result = partition(town)
    assert_covers(town, result)
    assert len(result.cells) == round(town.communities[0].area / 10_000)


def test_neighbours_share_the_ends_of_each_others_cuts():
    town = make_town(
        [shapely.box(0, 0, 300, 300), shapely.box(300, 0, 800, 300)],
        [[(300, 130), (700, 140)], [(0, 160), (300, 150)]],
    )
    assert_covers(town, partition(town))


def test_targets_per_community_override_the_common_one():
    town = make_town(
        [shapely.box(0, 0, 400, 400), shapely.box(400, 0, 800, 400)],
        targets=np.array([40_000.0, np.nan]),
    )
    result = partition(town)
    assert np.bincount(result.community).tolist() == [4, 16]


def test_a_bad_community_is_left_out_with_a_sentence():
    town = make_town([shapely.box(0, 0, 200, 200), shapely.Polygon()])
    result = partition(town)
    assert_covers(town, result, left_out={1})
    ((index, sentence),) = result.failures
    assert index == 1
    assert "C1" in sentence


@pytest.mark.parametrize("target", [0.0, -5.0, float("inf")])
def test_a_target_that_is_no_area_is_refused(target):
    town = make_town([shapely.box(0, 0, 200, 200)])
    with pytest.raises(WanggeError, match="C0"):
        partition(town, PartitionOptions(target_area=target))


def test_no_community_at_all_is_refused():
    with pytest.raises(WanggeError, match="empty"):
        partition(make_town([]))


def test_cancelling_stops_the_work():
    class Impatient:
        def report(self, fraction):
            pass

        tell = warn = report

        def is_cancelled(self):
            return True

    with pytest.raises(Cancelled):
        partition(make_town([shapely.box(0, 0, 900, 900)]), progress=Impatient())


def test_a_building_under_a_barrier_is_told():
    town = make_town(
        [shapely.box(0, 0, 200, 100)],
        [[(100, -20), (100, 120)]],
        buildings=[shapely.box(95, 40, 105, 60)],
    )
    result = partition(town)
    assert [e.reason for e in result.exceptions] in ([], [ExceptionReason.UNDER_BARRIER])
