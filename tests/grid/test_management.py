import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from wangge.plugin.grid.management import (
    ManagementProblemKind,
    build_management_grids,
    check_management_grids,
    management_codes,
    management_shapes,
)


@settings(max_examples=40)
@given(
    columns=st.integers(1, 7),
    rows=st.integers(1, 7),
    per_community=st.integers(1, 5),
    size=st.integers(1, 5),
    seed=st.integers(0, 10**6),
)
def test_every_management_grid_keeps_the_rule(make_town, columns, rows, per_community, size, seed):
    town = make_town(columns, rows, per_community=per_community, skew=0.2, seed=seed)
    group = build_management_grids(town.cells, town.community, size=size)
    assert check_management_grids(town.cells, town.community, group) == ()
    assert sorted(set(group)) == list(range(group.max() + 1))
    shapes = management_shapes(town.cells, group)
    assert shapely.area(shapes).sum() == pytest.approx(shapely.area(town.cells).sum())


def test_a_large_community_is_grouped_near_the_wanted_size(make_town):
    town = make_town(10, 9, per_community=10)
    size = np.bincount(build_management_grids(town.cells, town.community, size=3))
    assert 2.5 <= size.mean() <= 3.6
    assert size.max() <= 5


def test_the_order_of_the_cells_does_not_matter(make_town):
    town = make_town(6, 6, per_community=3, skew=0.2, seed=3)
    group = build_management_grids(town.cells, town.community)
    shuffle = np.random.default_rng(0).permutation(36)
    again = build_management_grids(town.cells[shuffle], town.community[shuffle])
    assert list(again) == list(group[shuffle])


def test_broken_management_grids_are_found(make_town):
    town = make_town(4, 4)
    group = np.array(["a"] * 6 + ["b", "c", "b", "c"] + [""] * 6, dtype=object)
    found = {(p.group, p.kind) for p in check_management_grids(town.cells, town.community, group)}
    assert ("a", ManagementProblemKind.TOO_MANY) in found
    assert ("a", ManagementProblemKind.SEVERAL_COMMUNITIES) in found
    assert ("b", ManagementProblemKind.SCATTERED) in found
    assert not any(name == "" for name, _ in found)


def test_busy_cells_come_in_smaller_groups(make_town):
    town = make_town(10, 4, per_community=10)
    load = np.where(np.arange(40) < 20, 9.0, 3.0)  # the west is busy
    group = build_management_grids(town.cells, town.community, size=3, load=load)
    assert check_management_grids(town.cells, town.community, group) == ()
    sizes = np.bincount(group)
    assert sizes[group[load == 9.0]].mean() < sizes[group[load == 3.0]].mean()
    even = build_management_grids(town.cells, town.community, size=3)
    spread = [np.std(np.bincount(g, weights=load)) for g in (group, even)]
    assert spread[0] < spread[1]


@settings(max_examples=30)
@given(seed=st.integers(0, 10**6), size=st.integers(1, 5))
def test_any_load_keeps_the_rule(make_town, seed, size):
    town = make_town(7, 6, per_community=4, skew=0.2, seed=seed)
    load = np.random.default_rng(seed).exponential(10.0, 42)
    group = build_management_grids(town.cells, town.community, size=size, load=load)
    assert check_management_grids(town.cells, town.community, group) == ()


def test_codes_run_through_each_community(make_town):
    town = make_town(4, 2, per_community=2)
    group = build_management_grids(town.cells, town.community, size=2)
    homes = np.array(town.codes)[town.community]
    codes = management_codes(group, homes, town.community == 0)
    assert sorted(set(codes[town.community == 0])) == ["500112001001G001", "500112001001G002"]
    assert set(codes[town.community == 1]) == {None}
