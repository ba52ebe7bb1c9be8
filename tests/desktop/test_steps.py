"""The steps of the dock, the menu and the toolbar open the algorithms, filled with the layers."""

import pytest


@pytest.fixture(scope="module")
def day(run_script, city):
    return run_script("steps", project=str(city))


def test_an_empty_project_is_offered_a_sample_city(day):
    assert day["first_offer"] == "Create sample city"


def test_the_window_fits_a_small_screen(day):
    assert day["size"] == [1280, 800]


def test_steps_tell_how_far_they_are(day):
    states = day["states"]
    assert "Partition unit grids: Done. Unit grids" in states["Partition unit grids"]
    assert "Ready" in states["Check unit grids"]
    assert len(states) >= 15


def test_the_next_step_is_named(day):
    assert day["next"] == "Check unit grids"
    assert day["next_button"] == ["wangge:check_unit_grids"]


def test_every_action_opens_its_algorithm(day):
    assert len(day["actions"]) >= 24
    for name, opened in day["actions"].items():
        assert opened == [f"wangge:{name}"], name


def test_a_step_opens_by_mouse_and_by_key(day):
    assert day["double_click"] == ["wangge:check_unit_grids"]
    assert day["return_key"] == ["wangge:check_unit_grids"]


def test_the_dialog_is_filled_with_the_layers_that_fit(day):
    assert day["prefilled"] == {
        "INPUT": "Unit grids",
        "COMMUNITIES": "Communities",
        "BUILDINGS": "Buildings",
    }


def test_a_layer_dropped_on_a_step_is_used(day):
    assert day["drop_accepted"] == [True, True, True]
    assert day["dropped"] == "Other communities"


def test_a_layer_dropped_on_a_title_is_refused(day):
    assert day["drop_on_head"] == [False, False]
    assert day["after_head"] == []


def test_the_window_never_stops_reacting(day):
    assert day["blocks"] == []


def test_no_mistake_is_shown(day):
    assert day["exceptions"] == []
    assert day["exit_code"] == 0
