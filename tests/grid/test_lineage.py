import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box
from wangge.plugin.grid.lineage import (
    keep_codes,
    match_cells,
    measure_stability,
    trace_lineage,
)

TODAY = np.datetime64("2026-11-21")


def trace(old, new, old_codes, new_codes):
    matches = match_cells(np.array(old), np.array(new))
    lineage = trace_lineage(matches, old_codes, new_codes, TODAY)
    return {
        (o, n): (op, round(s, 6))
        for o, n, op, s in zip(
            lineage.old_code, lineage.new_code, lineage.operation, lineage.share, strict=True
        )
    }, lineage


def test_the_larger_half_keeps_the_code_and_the_other_is_split_off():
    new = [box(0, 0, 60, 100), box(60, 0, 100, 100)]
    matches = match_cells(np.array([box(0, 0, 100, 100)]), np.array(new))
    assert list(keep_codes(matches, ["A"])) == ["A", None]
    rows, lineage = trace([box(0, 0, 100, 100)], new, ["A"], ["A", "B"])
    assert rows == {("A", "A"): ("reshaped", 0.6), ("A", "B"): ("split", 0.4)}
    assert lineage.retired == ()
    assert lineage.date[0] == TODAY


def test_thirds_of_a_cell_all_get_new_codes_and_the_old_one_is_retired():
    new = [box(0, 0, 33, 100), box(33, 0, 66, 100), box(66, 0, 100, 100)]
    matches = match_cells(np.array([box(0, 0, 100, 100)]), np.array(new))
    assert list(keep_codes(matches, ["A"])) == [None] * 3
    rows, lineage = trace([box(0, 0, 100, 100)], new, ["A"], ["B", "C", "D"])
    assert {op for op, _ in rows.values()} == {"split"}
    assert lineage.retired == ("A",)


def test_a_small_cell_merged_into_a_large_one_is_retired():
    old = [box(0, 0, 70, 100), box(70, 0, 100, 100)]
    rows, lineage = trace(old, [box(0, 0, 100, 100)], ["A", "B"], ["A"])
    assert rows == {("A", "A"): ("reshaped", 1.0), ("B", "A"): ("merged", 1.0)}
    assert lineage.retired == ("B",)


def test_three_equal_cells_merged_become_a_new_one():
    old = [box(x, 0, x + 30, 100) for x in (0, 30, 60)]
    matches = match_cells(np.array(old), np.array([box(0, 0, 90, 100)]))
    assert list(keep_codes(matches, "ABC")) == [None]
    rows, lineage = trace(old, [box(0, 0, 90, 100)], "ABC", ["D"])
    assert {op for op, _ in rows.values()} == {"merged"}
    assert lineage.retired == ("A", "B", "C")


def test_a_border_moved_a_little_keeps_both_codes():
    old = [box(0, 0, 50, 100), box(50, 0, 100, 100)]
    rows, _ = trace(old, [box(0, 0, 55, 100), box(55, 0, 100, 100)], "AB", "AB")
    assert rows[("A", "A")] == ("reshaped", 1.0)
    assert rows[("B", "B")] == ("reshaped", 0.9)
    assert rows[("B", "A")] == ("reshaped", 0.1)


def test_cells_without_a_counterpart_are_retired_and_created():
    rows, lineage = trace([box(0, 0, 9, 9)], [box(50, 0, 59, 9)], ["A"], ["B"])
    assert rows == {("A", ""): ("retired", 1.0), ("", "B"): ("created", 1.0)}
    assert lineage.retired == ("A",)


def test_equal_halves_keep_the_code_once():
    old = np.array([box(0, 0, 100, 100)])
    halves = np.array([box(0, 0, 50, 100), box(50, 0, 100, 100)])
    assert list(keep_codes(match_cells(old, halves), ["A"])) == ["A", None]


def test_nothing_changed_is_perfectly_stable(make_town):
    town = make_town(5, 5, skew=0.2)
    codes = [str(k) for k in range(25)]
    shuffle = np.random.default_rng(1).permutation(25)
    matches = match_cells(town.cells, town.cells[shuffle])
    stability = measure_stability(matches, codes, [codes[k] for k in shuffle])
    assert stability.share_unchanged == 1.0
    assert stability.changed_area == 0.0


def test_the_changed_area_is_what_has_another_code():
    old = np.array([box(0, 0, 100, 100), box(100, 0, 200, 100)])
    new = np.array([box(0, 0, 110, 100), box(110, 0, 200, 100)])
    stability = measure_stability(match_cells(old, new), "AB", "AB")
    assert stability.changed_area == pytest.approx(1_000)
    assert stability.share_changed_area == pytest.approx(0.05)
    assert stability.unchanged == 0


@settings(max_examples=30)
@given(first=st.integers(0, 10**6), second=st.integers(0, 10**6), columns=st.integers(2, 6))
def test_shares_of_an_old_cell_add_up_to_one_and_codes_stay_unique(
    make_town, first, second, columns
):
    old = make_town(4, 4, skew=0.2, seed=first).cells
    new = make_town(columns, 4, skew=0.2, seed=second).cells
    old_codes = [f"old{k}" for k in range(len(old))]
    matches = match_cells(old, new)
    kept = keep_codes(matches, old_codes)
    new_codes = [code or f"new{k}" for k, code in enumerate(kept)]
    assert len(set(new_codes)) == len(new)
    lineage = trace_lineage(matches, old_codes, new_codes, TODAY)
    for code in old_codes:
        assert lineage.share[lineage.old_code == code].sum() == pytest.approx(1.0)
    assert set(new_codes) <= set(lineage.new_code)
    assert set(lineage.retired) == set(old_codes) - set(new_codes)
    assert not (set(lineage.retired) & set(lineage.new_code))
    common = shapely.union_all(old).intersection(shapely.union_all(new)).area
    assert matches.area.sum() == pytest.approx(common)


def test_the_same_cell_under_another_code_was_kept_and_its_code_is_retired():
    cell = [box(0, 0, 100, 100)]
    rows, lineage = trace(cell, cell, ["A"], ["B"])
    assert rows == {("A", "B"): ("kept", 1.0)}
    assert lineage.retired == ("A",)
    assert len(lineage.told()) == 1
    assert len(trace(cell, cell, ["A"], ["A"])[1].told()) == 0
