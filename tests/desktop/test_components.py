"""Components set and changed in a real window, with mouse and keys."""

import pytest


@pytest.fixture(scope="module")
def day(run_script, census_project):
    return run_script("components", project=str(census_project))


def test_a_class_is_found_by_its_initials(day):
    assert day["found"][0] == "01001"


def test_enter_takes_the_class_and_the_map_gets_the_keys(day):
    assert day["tool"]
    assert day["canvas_has_keys"]


def test_one_click_makes_a_whole_component(day):
    (made,) = day["clicked"]
    assert made["class_code"] == "01001"
    assert made["component_name"] == "供水井盖"
    assert made["grid_code"] == day["cell"]
    assert made["component_code"].startswith(day["cell"][:6] + "01001")
    assert made["surveyor"]
    assert made["component_code"] in day["done"]


def test_a_near_duplicate_is_shown_before_it_is_saved(day):
    assert day["asked"]
    assert day["clicked"][0]["component_code"] in day["near_text"]
    assert day["while_asked"] == 1
    assert day["after_escape"] == [False, 1, True]
    assert day["after_keep"] == [False, 2]


def test_the_next_class_is_a_few_keys_away(day):
    assert day["typed"].lower() == "wsjg"
    assert day["by_keys"] == ["供水井盖", "污水井盖"]


def test_steps_are_taken_back_and_saved(day):
    assert day["after_undo"] == day["in_the_middle"] - 1
    assert day["saved"] == day["after_undo"]
    assert not day["unsaved"]
    assert day["left_by_escape"]


def test_a_selection_is_changed_in_one_step_with_history(day):
    assert "2" in day["selected"]
    assert day["ticked"]
    assert day["changed"] == ["破损", "破损"]
    assert day["history"] == [["status", "破损"], ["status", "破损"]]


def test_without_component_layers_the_panel_says_so(day):
    assert day["hidden_at_first"]
    assert day["hint_without_layers"]


def test_lines_and_areas_are_drawn_with_the_same_tool(day):
    assert day["line"] == [["污水井盖", True, True]]
    assert day["polygon"] == [["污水井盖", True, True]]


def test_layers_may_go_while_the_tool_is_in_hand(day):
    assert day["tool_again"]
    assert not day["tool_after"]


def test_the_window_never_stops_reacting(day):
    assert day["blocks"] == []


def test_no_mistake_is_shown(day):
    assert day["exceptions"] == []
    assert day["exit_code"] == 0
