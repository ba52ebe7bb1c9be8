"""Steps of the census take points, lines and areas together, as they lie in one table."""

import pytest


@pytest.fixture(scope="module")
def day(run_script, census_project):
    return run_script("census_steps", project=str(census_project))


def test_every_step_takes_the_whole_table(day):
    assert len(day["inputs"]) >= 8
    assert set(day["inputs"].values()) == {"layername=component"}


def test_selected_components_can_still_be_used_alone(day):
    assert day["with_selection"]


def test_a_step_s_result_is_whole_and_every_kind_is_shown(day):
    assert day["assigned"] >= day["points"]
    assert day["kinds"] == ["Line", "Point", "Polygon"]


def test_the_next_step_takes_the_whole_result(day):
    assert day["next_is_new"]
    assert day["rows"] > day["points"]
    assert day["next"] == day["rows"]


def test_the_log_has_no_warnings_that_mean_nothing(day):
    assert day["noise"] == []


def test_the_window_never_stops_reacting(day):
    assert day["blocks"] == []


def test_no_mistake_is_shown(day):
    assert day["exceptions"] == []
    assert day["exit_code"] == 0
