"""Input as it comes: mismatched borders, broken lines, buildings that touch and overlap."""

import numpy as np
import pytest
import shapely
from wangge.plugin.errors import WanggeError
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


def make_houses(x0, y0, columns, rows, *, size=18.0, gap=7.0):
    step = size + gap
    return [
        shapely.box(x0 + i * step, y0 + j * step, x0 + i * step + size, y0 + j * step + size)
        for i in range(columns)
        for j in range(rows)
    ]


def cut_buildings(cells, buildings):
    """Buildings whose interior a border crosses."""
    inner = shapely.buffer(np.array(buildings, dtype=object), -0.05)
    at, building = shapely.STRtree(inner).query(shapely.boundary(cells), predicate="intersects")
    crossed = shapely.length(shapely.intersection(shapely.boundary(cells)[at], inner[building]))
    return np.unique(building[crossed > 0.05]).tolist()


def assert_one_coverage(cells):
    assert shapely.is_valid(cells).all()
    assert (shapely.get_type_id(cells) == 3).all()
    union = shapely.union_all(cells)
    assert shapely.area(cells).sum() == pytest.approx(union.area, rel=1e-9)
    xy, ring = shapely.get_coordinates(shapely.get_rings(cells), return_index=True)
    same = ring[1:] == ring[:-1]
    ends = np.stack([xy[:-1][same], xy[1:][same]], axis=1)
    order = np.lexsort((ends[..., 1], ends[..., 0]), axis=1)
    edges = np.take_along_axis(ends, order[..., None], axis=1).reshape(-1, 4)
    unique, counts = np.unique(edges, axis=0, return_counts=True)
    lone = unique[counts == 1]
    lengths = np.hypot(lone[:, 2] - lone[:, 0], lone[:, 3] - lone[:, 1])
    assert lengths.sum() == pytest.approx(shapely.length(union), abs=1e-3)


def test_undershoots_overshoots_duplicates_and_crossings_are_cleaned():
    town = make_town(
        [shapely.box(0, 0, 200, 200)],
        [
            [(100, 4), (100, 195)],
            [(100, 4), (100, 195)],
            [(3, 100), (101.5, 100)],
            [(99, 101), (260, 100)],
            [(20, 20), (60, 60), (60, 20), (20, 60)],
        ],
    )
    result = partition(town)
    assert_one_coverage(result.cells)
    assert len(result.cells) == 4
    assert shapely.area(result.cells) == pytest.approx(10_000, rel=0.03)


def test_a_gap_between_communities_is_closed_and_told():
    town = make_town([shapely.box(0, 0, 200, 200), shapely.box(200.4, 0, 400, 200)])
    result = partition(town)
    assert_one_coverage(result.cells)
    assert shapely.union_all(result.cells).area == pytest.approx(80_000, rel=1e-9)
    assert "C0" in result.notes[0]
    assert "C1" in result.notes[0]


def test_a_narrow_overlap_goes_to_the_first_community():
    town = make_town([shapely.box(0, 0, 200, 200), shapely.box(199.5, 0, 400, 200)])
    result = partition(town)
    assert_one_coverage(result.cells)
    assert shapely.area(result.cells[result.community == 0]).sum() == pytest.approx(40_000)
    assert len(result.notes) == 1


def test_matching_borders_are_left_alone():
    town = make_town([shapely.box(0, 0, 200, 200), shapely.box(200, 50, 400, 200)])
    assert partition(town).notes == ()


def test_a_wide_overlap_names_both_communities():
    town = make_town([shapely.box(0, 0, 200, 200), shapely.box(150, 0, 400, 200)])
    with pytest.raises(WanggeError, match=r"C0.*C1"):
        partition(town)


def test_no_house_is_cut():
    houses = make_houses(8, 8, 12, 12)
    town = make_town([shapely.box(0, 0, 310, 310)], [[(155, -5), (155, 315)]], houses)
    result = partition(town)
    assert_one_coverage(result.cells)
    assert len(result.cells) == 10
    under = {e.building for e in result.exceptions}
    assert set(cut_buildings(result.cells, houses)) <= under
    assert all(e.reason != ExceptionReason.NO_CUT_COULD_SPARE for e in result.exceptions)


def test_a_border_may_run_along_a_party_wall():
    terrace = [shapely.box(0.5 + 33 * i, 1, 33.5 + 33 * i, 99) for i in range(6)]
    town = make_town([shapely.box(0, 0, 199, 100)], [], terrace)
    result = partition(town)
    assert len(result.cells) == 2
    assert cut_buildings(result.cells, terrace) == []


def test_a_building_larger_than_a_cell_stays_whole():
    hall = shapely.box(50, 50, 250, 200)
    town = make_town([shapely.box(0, 0, 400, 300)], [], [hall])
    result = partition(town)
    assert_one_coverage(result.cells)
    assert cut_buildings(result.cells, [hall]) == []


def test_overlapping_and_broken_buildings_do_no_harm():
    bow = shapely.Polygon([(20, 20), (60, 60), (60, 20), (20, 60)])
    heap = [bow, shapely.box(100, 40, 140, 80), shapely.box(120, 60, 160, 100), shapely.Polygon()]
    town = make_town([shapely.box(0, 0, 300, 200)], [], heap)
    result = partition(town)
    assert_one_coverage(result.cells)
    assert len(result.cells) == 6
    assert cut_buildings(result.cells, heap[1:3]) == []


def test_a_building_across_a_community_border_is_told():
    town = make_town(
        [shapely.box(0, 0, 200, 200), shapely.box(200, 0, 400, 200)],
        [],
        [shapely.box(190, 90, 210, 110)],
    )
    result = partition(town)
    assert {e.reason for e in result.exceptions} == {ExceptionReason.STRADDLES_COMMUNITY}
    assert {e.community for e in result.exceptions} == {0, 1}


def test_load_is_shared_more_evenly_when_asked():
    generator = np.random.default_rng(1)
    points = shapely.points(generator.beta(1.2, 3.0, (800, 2)) * [500, 400])
    town = make_town([shapely.box(0, 0, 500, 400)], load_points=points)

    def spread(result):
        _, cell = shapely.STRtree(result.cells).query(points, predicate="intersects")
        load = np.bincount(cell, minlength=len(result.cells))
        return load.std() / load.mean()

    by_area = partition(town)
    by_load = partition(town, PartitionOptions(load_share=1.0))
    assert len(by_area.cells) == len(by_load.cells) == 20
    # Much of the load lies in one corner; cells there may not shrink below half their area.
    assert spread(by_load) < 0.6 * spread(by_area)
    assert_one_coverage(by_load.cells)


def test_important_streets_are_kept_before_lanes():
    # Only one of two close parallels can bound the two cells.
    lines = [[(90, -5), (90, 105)], [(110, -5), (110, 105)]]
    for main in (0, 1):
        town = make_town(
            [shapely.box(0, 0, 200, 100)],
            lines,
            ranks=np.array([4, 4]) - 4 * np.eye(2, dtype=int)[main],
        )
        result = partition(town)
        street = shapely.LineString(lines[main]).intersection(shapely.box(0, 0, 200, 100))
        assert shapely.distance(shapely.boundary(result.cells), street).max() < 1e-6
        assert shapely.covers(shapely.boundary(result.cells[0]).buffer(0.01), street)


def test_river_banks_bound_cells():
    river = shapely.box(-10, 140, 320, 170)
    town = PartitionInput(
        np.array([shapely.box(0, 0, 310, 310)]), np.array(["C0"]), np.array([river])
    )
    result = partition(town)
    assert_one_coverage(result.cells)
    borders = shapely.union_all(shapely.boundary(result.cells))
    bank = shapely.LineString([(1, 140), (309, 140)])
    other = shapely.LineString([(1, 170), (309, 170)])
    assert max(borders.buffer(0.5).intersection(b).length for b in (bank, other)) > 250
