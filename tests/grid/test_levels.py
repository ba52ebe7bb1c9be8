import itertools

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from wangge.plugin.errors import WanggeError
from wangge.plugin.grid.levels import (
    LevelName,
    NestingKind,
    check_nesting,
    check_parents,
    code_at,
    roll_up,
)

CODES = ("500112001001", "500112001002", "500112002001", "500113001001")


def number(town):
    return [f"{CODES[c]}{k + 1:03d}" for k, c in enumerate(town.community)]


def test_codes_at_all_levels():
    code = "370102001002003"
    assert [code_at(code, level) for level in LevelName] == [
        code,
        "370102001002",
        "370102001",
        "370102",
        "3701",
    ]
    assert code_at("500112001002003", LevelName.CITY) == "50"


@settings(max_examples=15)
@given(seed=st.integers(0, 10**6), skew=st.floats(0, 0.25))
def test_every_level_covers_the_same_ground_and_counts_the_same(make_town, seed, skew):
    town = make_town(4, 4, skew=skew, seed=seed)
    components = np.random.default_rng(seed).integers(0, 50, 16)
    levels = roll_up(town.cells, number(town), per_cell={"components": components})
    assert [len(level.code) for level in levels] == [16, 4, 3, 2, 1]
    for level in levels:
        assert level.area.sum() == pytest.approx(shapely.area(town.communities).sum())
        assert shapely.area(level.geometry) == pytest.approx(level.area)
        assert level.cells.sum() == 16
        assert level.totals["components"].sum() == components.sum()
    for below, above in itertools.pairwise(levels):
        assert set(below.parent) == set(above.code)
    assert shapely.equals(levels[1].geometry, town.communities).all()


def test_a_coverage_with_overlaps_is_rolled_up_too(make_town):
    town = make_town(4, 4)
    cells = town.cells.copy()
    cells[0] = shapely.box(*cells[0].bounds[:2], cells[0].bounds[2] + 5, cells[0].bounds[3])
    city = roll_up(cells, number(town))[-1]
    assert city.geometry[0].area == pytest.approx(160_000)


def test_cells_without_a_code_are_left_out_and_none_at_all_is_refused(make_town):
    town = make_town(4, 4)
    codes = number(town)
    codes[3] = None
    assert roll_up(town.cells, codes)[-1].cells[0] == 15
    with pytest.raises(WanggeError, match="Number the unit grids first"):
        roll_up(town.cells, [None] * 16)


def test_sound_levels_nest(make_town):
    town = make_town(4, 4, skew=0.2)
    assert check_nesting(town.cells, number(town), town.communities, CODES) == ()


def test_wrong_codes_and_bare_communities_are_found(make_town):
    town = make_town(4, 4)
    codes = number(town)
    wrong = {0: "", 1: "999999999999001", 2: CODES[3] + "099"}
    for i, code in wrong.items():
        codes[i] = code
    problems = check_nesting(town.cells, codes, town.communities, CODES)
    found = {(p.kind, p.cell) for p in problems}
    assert (NestingKind.CODE, 0) in found
    assert (NestingKind.UNKNOWN_COMMUNITY, 1) in found
    assert (NestingKind.ELSEWHERE, 2) in found
    bare = {p.code: p.measure for p in problems if p.kind is NestingKind.NOT_COVERED}
    assert bare == {CODES[0]: pytest.approx(20_000), CODES[2]: pytest.approx(10_000)}


def test_a_community_without_cells_is_found(make_town):
    town = make_town(4, 4)
    rows = town.community != 3
    codes = np.array(number(town))[rows]
    problems = check_nesting(town.cells[rows], codes, town.communities, CODES)
    assert [(p.kind, p.code) for p in problems] == [(NestingKind.EMPTY_COMMUNITY, CODES[3])]


def test_communities_whose_fields_name_other_parents_are_found():
    codes = ["500112001001", "500112001002", "500112002001"]
    named = {
        LevelName.STREET: ["500112001", "500112002", ""],
        LevelName.DISTRICT: ["500112", "500112", "500103"],
    }
    problems = check_parents(codes, named)
    assert [(p.kind, p.code) for p in problems] == [
        (NestingKind.PARENT, "500112001002"),
        (NestingKind.PARENT, "500112002001"),
    ]
