from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, box
from wangge.plugin.grid.coverage import DefectKind, check_coverage
from wangge.plugin.grid.numbering import number_cells
from wangge.plugin.grid.partition import Partition, PartitionInput
from wangge.plugin.grid.update import apply_update, plan_update

TODAY = np.datetime64("2026-11-21")
X, Y = 500000, 3400000


def slice_upright(inputs):
    """Cut every region into upright strips: a partition as plain as can be."""
    cells, region = [], []
    for k, shape in enumerate(inputs.communities):
        west, south, east, north = shape.bounds
        count = max(1, round(shape.area / 10_000))
        edges = np.linspace(west, east, count + 1)
        for a, b in pairwise(edges):
            part = shape.intersection(box(a, south - 1, b, north + 1))
            pieces = [p for p in shapely.get_parts(part) if p.geom_type == "Polygon"]
            cells += pieces
            region += [k] * len(pieces)
    return Partition(np.array(cells, dtype=object), np.array(region))


def inputs_of(town, communities=None):
    return PartitionInput(
        town.communities if communities is None else communities,
        np.array(town.codes, dtype=object),
        np.zeros(0, dtype=object),
    )


def codes_of(town):
    return list(number_cells(town.cells, town.community, town.codes).codes)


def test_nothing_new_changes_nothing(make_town):
    town = make_town(4, 4, skew=0.15)
    codes = codes_of(town)
    plan = plan_update(town.cells, codes, town.communities, np.zeros(0, object))
    assert plan.change_share == 0
    assert not len(plan.regions)
    done = apply_update(plan, town.cells, codes, inputs_of(town), town.codes, slice_upright, TODAY)
    assert all(a is b for a, b in zip(done.cells, town.cells, strict=True))
    assert list(done.codes) == codes
    assert done.stability.share_unchanged == 1.0
    assert set(done.lineage.operation) == {"kept"}


def test_a_new_street_through_two_cells_gives_up_those_two(make_town):
    town = make_town(4, 4, per_community=4)
    street = np.array([LineString([(X + 50, Y - 5), (X + 50, Y + 205)])])
    plan = plan_update(
        town.cells, codes_of(town), town.communities, street, old_barriers=np.zeros(0, object)
    )
    assert list(plan.recut) == [0, 1]
    assert set(plan.reasons[[0, 1]]) == {"barrier"}
    # The street is a border now: the ground is cut anew on either side of it.
    assert [r.area for r in plan.regions] == pytest.approx([10_000, 10_000])
    assert not shapely.crosses(street[0], plan.regions).any()


def test_a_line_that_was_there_before_or_runs_along_a_border_is_not_new(make_town):
    town = make_town(4, 4, per_community=4)
    old = np.array([LineString([(X + 50, Y), (X + 50, Y + 200)])])
    now = np.array(
        [
            LineString([(X + 51, Y), (X + 51, Y + 200)]),
            LineString([(X + 201, Y), (X + 199, Y + 400)]),
        ]
    )
    plan = plan_update(town.cells, codes_of(town), town.communities, now, old_barriers=old)
    assert not len(plan.recut)


def test_without_the_old_lines_only_a_division_into_large_parts_counts():
    cells = np.array([box(0, 0, 100, 100), box(100, 0, 300, 100)])
    streets = np.array([LineString([(0, 50), (100, 50)]), LineString([(200, 0), (200, 100)])])
    plan = plan_update(
        cells, [None, None], np.array([box(0, 0, 300, 100)]), streets, target=15_000.0
    )
    assert "barrier" in plan.reasons
    assert plan.reasons[0] != "barrier"


def test_each_community_is_judged_by_its_own_target():
    cells = np.array([box(0, 0, 200, 100), box(200, 0, 400, 100)])
    streets = np.array([LineString([(100, -5), (100, 105)]), LineString([(300, -5), (300, 105)])])
    plan = plan_update(cells, [None, None], cells, streets, target=np.array([20_000.0, 40_000.0]))
    assert list(plan.recut) == [0]


def test_a_grown_community_takes_its_new_ground_and_a_neighbour_to_cut_with(make_town):
    town = make_town(4, 2, per_community=2)
    grown = np.array([town.communities[0], shapely.box(X + 200, Y, X + 440, Y + 200)])
    plan = plan_update(town.cells, codes_of(town), grown, np.zeros(0, object))
    assert set(plan.region_community) == {1}
    assert 1 <= len(plan.recut) <= 2
    assert set(plan.kept) >= {0, 1, 2, 3}


def test_a_cell_across_the_new_community_border_is_given_up(make_town):
    town = make_town(4, 2, per_community=2)
    moved = np.array(
        [
            box(X, Y, X + 230, Y + 200),
            box(X + 230, Y, X + 400, Y + 200),
        ]
    )
    codes = codes_of(town)
    plan = plan_update(town.cells, codes, moved, np.zeros(0, object), community_codes=town.codes)
    assert {4, 5} <= set(plan.recut)
    done = apply_update(
        plan, town.cells, codes, inputs_of(town, moved), town.codes, slice_upright, TODAY
    )
    assert check_coverage(done.cells, moved, done.community).is_clean
    for code, k in zip(done.codes, done.community, strict=True):
        assert code.startswith(town.codes[k])


def test_communities_come_and_go(make_town):
    town = make_town(6, 2, per_community=2)
    codes = codes_of(town)
    # The eastern community is dissolved, a new one lies to the north.
    now = np.array([*town.communities[:2], box(X, Y + 200, X + 200, Y + 400)])
    names = (*town.codes[:2], "500112001099")
    plan = plan_update(town.cells, codes, now, np.zeros(0, object), community_codes=names)
    assert set(plan.reasons[town.community == 2]) == {"community"}
    assert plan.regions[0].equals(now[2])
    inputs = PartitionInput(now, np.array(names, dtype=object), np.zeros(0, object))
    done = apply_update(plan, town.cells, codes, inputs, names, slice_upright, TODAY)
    assert check_coverage(done.cells, now, done.community).is_clean
    assert {
        o
        for o, c in zip(done.lineage.operation, done.lineage.old_code, strict=True)
        if c.startswith(town.codes[2])
    } == {"retired"}
    assert sum(str(c).startswith("500112001099") for c in done.codes) == 4


def test_cells_on_a_vanished_line_change_only_when_asked(make_town):
    town = make_town(4, 4, per_community=4)
    old = np.array([LineString([(X + 100, Y), (X + 100, Y + 100)])])
    options = {"old_barriers": old}
    none = np.zeros(0, object)
    assert not len(plan_update(town.cells, [None] * 16, town.communities, none, **options).recut)
    asked = plan_update(
        town.cells, [None] * 16, town.communities, none, recut_vanished=True, **options
    )
    assert list(asked.recut) == [0, 4]


def test_a_region_has_no_slits_along_kept_cells():
    """Ends of borders miss a slanted community edge by a rounding."""
    corner = np.array(
        [(X, Y), (X + 417.3, Y + 31.7), (X + 401.9, Y + 211.3), (X + 11.1, Y + 189.7)]
    )
    share = np.linspace(0, 1, 5)[:, None]
    south = corner[0] + share * (corner[1] - corner[0])
    north = corner[3] + share * (corner[2] - corner[3])
    cells = np.array(
        [shapely.Polygon([south[i], south[i + 1], north[i + 1], north[i]]) for i in range(4)]
    )
    town = np.array([shapely.Polygon(corner)])
    street = np.array([LineString([(X + 130, Y + 100), (X + 280, Y + 110)])])
    plan = plan_update(cells, [None] * 4, town, street, old_barriers=np.zeros(0, object))
    assert set(plan.recut) == {1, 2}
    (region,) = plan.regions
    assert shapely.minimum_clearance(region) > 1
    assert region.area == pytest.approx(shapely.area(cells[1:3]).sum())


def fail(inputs):
    failures = tuple((k, "It would not.") for k in range(len(inputs.communities)))
    return Partition(np.zeros(0, object), np.zeros(0, int), failures=failures)


def test_a_region_that_could_not_be_cut_gets_its_cells_back_and_is_told(make_town):
    town = make_town(4, 4, per_community=4)
    street = np.array([LineString([(X + 50, Y - 5), (X + 50, Y + 205)])])
    codes = codes_of(town)
    plan = plan_update(
        town.cells, codes, town.communities, street, old_barriers=np.zeros(0, object)
    )
    done = apply_update(plan, town.cells, codes, inputs_of(town), town.codes, fail, TODAY)
    assert done.messages == ("It would not.",)
    assert sorted(done.codes) == sorted(codes)
    assert done.stability.share_unchanged == 1.0


def test_cells_stay_where_a_new_street_would_not_become_their_border(make_town):
    town = make_town(4, 4, per_community=4)
    # A lane that begins and ends in the middle of cells.
    lane = np.array([LineString([(X + 30, Y + 50), (X + 170, Y + 50)])])
    codes = codes_of(town)
    plan = plan_update(town.cells, codes, town.communities, lane, old_barriers=np.zeros(0, object))
    assert len(plan.recut) == 2
    inputs = replace(inputs_of(town), barriers=lane)
    done = apply_update(plan, town.cells, codes, inputs, town.codes, slice_upright, TODAY)
    assert done.kept == len(town.cells)
    assert list(done.codes) == codes
    assert len(done.messages) == 1


def test_new_ground_that_could_not_be_cut_becomes_one_cell(make_town):
    town = make_town(4, 2, per_community=2)
    grown = np.array([town.communities[0], box(X + 200, Y, X + 440, Y + 200)])
    codes = codes_of(town)
    plan = plan_update(town.cells, codes, grown, np.zeros(0, object))
    done = apply_update(plan, town.cells, codes, inputs_of(town, grown), town.codes, fail, TODAY)
    assert check_coverage(done.cells, grown, done.community).is_clean


def test_a_border_that_moved_within_the_tolerance_is_followed_without_a_cut(make_town):
    town = make_town(4, 2, per_community=2)
    moved = np.array([box(X, Y, X + 200.2, Y + 200), box(X + 200.2, Y, X + 400, Y + 200)])
    codes = codes_of(town)
    plan = plan_update(town.cells, codes, moved, np.zeros(0, object))
    assert not len(plan.recut)
    done = apply_update(plan, town.cells, codes, inputs_of(town, moved), town.codes, fail, TODAY)
    assert list(done.codes) == codes
    assert done.defects == ()
    assert check_coverage(done.cells, moved, done.community).is_clean


@settings(max_examples=20)
@given(
    seed=st.integers(0, 10**6),
    ends=st.tuples(*[st.floats(0, 400)] * 4),
    retired=st.sets(st.integers(5, 30), max_size=4),
)
def test_an_update_keeps_the_coverage_and_never_reuses_a_code(make_town, seed, ends, retired):
    town = make_town(4, 4, per_community=2, skew=0.15, seed=seed)
    codes = codes_of(town)
    a, b, c, d = ends
    street = np.array([LineString([(X + a, Y + b), (X + c, Y + d + 0.5)])])
    plan = plan_update(
        town.cells, codes, town.communities, street, old_barriers=np.zeros(0, object)
    )
    gone = [f"{town.codes[0]}{s:03d}" for s in retired]
    done = apply_update(
        plan, town.cells, codes, inputs_of(town), town.codes, slice_upright, TODAY, retired=gone
    )
    report = check_coverage(done.cells, town.communities, done.community)
    assert not report.of(DefectKind.GAP, DefectKind.OVERLAP, DefectKind.UNMATCHED)
    assert len(set(done.codes)) == len(done.codes)
    assert not set(gone) & set(done.codes)
    assert not set(done.lineage.retired) & set(done.codes)
    kept = done.plan.kept
    assert set(plan.kept) <= set(kept)
    assert list(done.codes[: done.kept]) == [codes[i] for i in kept]
    assert shapely.area(done.cells[: done.kept]) == pytest.approx(shapely.area(town.cells[kept]))
    for code in codes:
        assert done.lineage.share[done.lineage.old_code == code].sum() == pytest.approx(1.0)
