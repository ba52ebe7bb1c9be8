"""Unit grids edited with the mouse: the ground stays covered once, one undo takes each edit back."""

import pytest


@pytest.fixture(scope="module")
def work(run_script, clean_city):
    return run_script("cell_tools", project=str(clean_city), code="")


def covers_the_same(work, name):
    area, twice = work[name]["cover"]
    assert area == pytest.approx(work["start"]["cover"][0], rel=1e-9)
    assert abs(twice) < 0.01


def test_a_line_splits_the_cell_it_crosses(work):
    assert work["split"]["count"] == work["start"]["count"] + 1
    covers_the_same(work, "split")


def test_the_new_cell_gets_a_code_never_used(work):
    split = work["split"]
    assert len(split["new"]) == 1 + len(split["gone"])
    for code in split["new"]:
        assert len(code) == 15
        assert code not in work["codes_before"]


def test_a_split_is_one_named_edit_and_one_undo(work):
    assert work["split"]["undo"] == 1
    assert work["split"]["undo_text"] == "Split cell"
    assert work["split_undone"]


def test_hints_say_what_to_do_and_what_comes_out(work):
    assert "Click" in work["hint_first"]
    assert work["hint_line"].count("m²") == 2
    assert "m²" in work["hint_halve"]
    assert "+" in work["hint_merge"]
    assert work["hint_border"].count("m²") == len(work["border"]["having"])


def test_escape_forgets_the_line_then_leaves_the_tool(work):
    assert work["esc_keeps_tool"]
    assert work["esc_forgot"]
    assert work["esc_leaves"]


def test_a_slip_of_the_hand_is_told_and_changes_nothing(work):
    assert "does not divide the cell" in work["told"]
    assert work["nothing_changed"]


def test_one_click_halves_a_cell(work):
    halve = work["halve"]
    covers_the_same(work, "halve")
    assert len(halve["areas"]) == 2
    for area in halve["areas"]:
        assert area == pytest.approx(halve["whole"] / 2, rel=1e-6)


def test_clicked_cells_merge(work):
    assert work["merge"]["count"] == work["start"]["count"]
    covers_the_same(work, "merge")
    assert work["merge"]["undo"] == 2


def test_neighbours_follow_a_moved_corner(work):
    assert work["border"]["changed"] == work["border"]["having"]
    assert len(work["border"]["having"]) >= 3
    assert work["border"]["undo"] == 1
    covers_the_same(work, "border")
    assert work["border_undone"]


def test_a_border_is_drawn_anew(work):
    redraw = work["redraw"]
    assert work["hint_redraw"].count("m²") == 2
    assert redraw["count"] == work["start"]["count"]
    assert redraw["smaller"]
    assert redraw["larger"]
    assert redraw["undo"] == 1
    covers_the_same(work, "redraw")


def test_what_is_saved_leaves_a_lineage(work):
    wanted = work["lineage_wanted"]
    assert work["saved"]
    expected = [[wanted["old"], new, "split"] for new in wanted["new"]]
    if wanted["kept"]:
        expected.append([wanted["old"], wanted["old"], "reshaped"])
    assert work["lineage"] == sorted(expected)
    assert "layername=lineage" in work["lineage_source"]


def test_the_window_never_stops_reacting(work):
    assert work["blocks"] == []


def test_no_mistake_is_shown(work):
    assert work["exceptions"] == []
    assert work["exit_code"] == 0
