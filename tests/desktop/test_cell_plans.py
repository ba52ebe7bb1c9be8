"""Numbers given by picking cells, and states of the cells that are kept, compared, brought back."""

import pytest


@pytest.fixture(scope="module")
def work(run_script, clean_city):
    return run_script("cell_plans", project=str(clean_city))


def test_the_load_of_a_cell_is_counted_live(work):
    assert f"load {work['components_inside']}," in work["hint_load"]
    assert work["components_inside"] > 0


def test_the_coming_number_is_at_the_cursor(work):
    coming = int(work["largest"][12:]) + 1
    assert f"→ {coming:03d}" in work["hint_first"]
    assert f"→ {coming + 3:03d}" in work["hint_fourth"]
    assert "Click" in work["hint_first"]
    assert "Enter" in work["hint_fourth"]


def test_picked_cells_get_the_next_numbers_in_their_order(work):
    picked, largest = work["picked"], int(work["largest"][12:])
    assert picked["new"] == [f"{work['home']}{largest + k:03d}" for k in (1, 2)]
    assert picked["gone"] == picked["wanted_gone"]
    assert picked["in_order"] == [True, True]


def test_renumbering_is_one_named_edit_and_one_undo(work):
    assert work["picked"]["undo"] == 1
    assert work["picked"]["undo_text"] == "Renumber cells"
    assert work["picked_undone"]


def test_a_line_through_cells_numbers_them_along_its_way(work):
    dragged = work["dragged"]
    assert dragged["new"] == dragged["passed"] >= 2
    assert dragged["first"]
    assert dragged["last"]
    assert dragged["undo"] == 1


def test_escape_forgets_the_cells_then_leaves_the_tool(work):
    assert work["esc_forgot"]
    assert work["esc_keeps_tool"]
    assert work["esc_leaves"]


def test_backspace_takes_a_pick_out_and_never_a_cell(work):
    assert work["backspace_deletes_nothing"]


def test_scenarios_are_saved_and_listed(work):
    assert work["save_waits_for_a_name"]
    assert work["load_chosen"] == "Managed components"
    assert work["names"][0] == "Cells as they are now"
    assert sorted(work["names"][1:]) == ["Halved", "Present"]


def test_two_scenarios_are_set_side_by_side(work):
    assert work["headings"][1:] == ["Present", "Halved"]
    present, halved = work["figures"]["Cells"]
    assert int(halved) == int(present) + 1
    loads = work["figures"]["Load altogether"]
    assert loads[0] == loads[1]


def test_the_cells_that_differ_are_a_layer(work):
    assert work["differences"] == work["halved_cells"]
    assert work["difference_layers"] == 1


def test_a_scenario_is_compared_with_what_is_not_saved_yet(work):
    assert work["headings_now"][1:] == ["Present", "Now"]


def test_restoring_is_one_step_and_one_undo(work):
    assert work["restored"]
    assert work["restore_steps"] == 1
    assert work["restore_undone"]


def test_deleting_asks_first(work):
    assert work["asked"] == [True]
    assert work["names_left"] == ["Cells as they are now", "Present"]


def test_the_window_never_stops_reacting(work):
    assert work["blocks"] == []


def test_no_mistake_is_shown(work):
    assert work["exceptions"] == []
    assert work["exit_code"] == 0
