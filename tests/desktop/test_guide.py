"""The guided path leads through every page, is left, saved with the project and resumed."""

import pytest


@pytest.fixture(scope="module")
def path(run_script, city, tmp_path_factory):
    saved = tmp_path_factory.mktemp("saved") / "district.qgz"
    return run_script("guide", project=str(city), saved=str(saved), timeout=240)


def test_the_path_waits_until_it_is_wanted(path):
    assert path["hidden_at_first"]
    assert path["offer"] == "Guided path…"


def test_looking_at_the_first_page_changes_nothing(path):
    assert "New district" in path["empty"]["title"]
    assert not path["empty"]["next"]
    assert path["empty"]["skip"]
    assert path["dirty_at_first"] is False
    assert path["left_at_first"]


def test_every_page_says_what_and_why(path):
    titles = [page["title"] for page in path["pages"]]
    assert len(set(titles)) == len(titles) == 8
    assert all(len(page["text"]) > 60 for page in path["pages"])
    assert "1 of 8" in titles[0]


def test_pages_show_the_layers_that_are_used(path):
    boundaries = path["pages"][1]["layers"]
    assert boundaries["community"].startswith("Communities · ")
    assert boundaries["street"].startswith("Roads · ")
    assert path["pages"][4]["layers"]["component"].startswith("Managed components · ")
    # A table lies on no map, and is used all the same.
    assert path["pages"][4]["layers"]["department"].startswith("Departments · ")


def test_the_map_shows_the_page_s_layer(path):
    shown = [page["active"] for page in path["pages"][1:]]
    assert shown[0] == "Communities"
    assert "Unit grids" in shown[1]
    assert shown[3:5] == ["Managed components", "Managed components"]
    assert shown[-2:] == ["City risk list", "Unit grids"]
    assert all(page["in_view"] for page in path["pages"][1:])


def test_what_was_made_is_what_the_next_page_uses(path):
    assert path["made"] > 20
    assert "partition_unit_grids.gpkg" in path["lasts"]
    assert path["newest_first"]


def test_a_chosen_layer_is_what_the_dialog_takes(path):
    assert path["checked_the_chosen"]


def test_a_failing_check_holds_next_and_allows_skip(path):
    assert path["findings_came"]
    assert path["failing"]["state"].startswith("Open errors: ")
    assert not path["failing"]["next"]
    assert path["failing"]["skip"]


def test_the_place_is_kept_in_the_project(path):
    assert path["left"]
    assert path["offer_elsewhere"] == "Guided path…"
    assert path["offer_again"] == "Resume the guided path: Check the components (6/8)"
    assert path["dirty_after_reading"] is False
    assert path["resumed"]["title"] == path["pages"][5]["title"]
    assert path["resumed"]["in_view"]
    assert path["checked"].startswith("Open errors: ")
    assert path["temporary"] == "memory"
    # What was found lay in a temporary layer: nothing of it is left, so nothing counts as checked.
    assert path["resumed"]["state"] == "Managed components · 800"
    assert path["skipped_page"] == "Check the unit grids: Skipped"
    assert "6 of 8" in path["resumed"]["title"]


def test_back_goes_to_the_page_before(path):
    assert "5 of 8" in path["back"]


def test_the_last_page_opens_each_push_filled(path):
    assert "8 of 8" in path["last"]["title"]
    assert path["last"]["next"]
    assert path["push"] == ["risk", "City risk list"]
    assert path["finished"]


def test_the_window_never_stops_reacting(path):
    assert path["blocks"] == []


def test_no_mistake_is_shown(path):
    assert path["exceptions"] == []
    assert path["exit_code"] == 0
