"""Codes and names are found from the search field, features from the map, help without a network."""

import pytest


@pytest.fixture(scope="module")
def visit(run_script, clean_city):
    return run_script("finding_things", project=str(clean_city))


@pytest.mark.parametrize(
    "kind", ["grid", "community", "risk", "address", "component", "without_prefix"]
)
def test_codes_and_names_are_found(visit, kind):
    wanted = visit["wanted"][kind]
    assert any(wanted in text for text in visit["found"][kind]), visit["found"][kind]


def test_signs_that_mean_any_are_taken_literally(visit):
    assert not any("5099" in text for text in visit["found"]["wild"])


def test_a_result_is_shown_and_selected(visit):
    assert visit["zoomed"]
    assert visit["selected"] == [visit["code"]]


def test_the_right_button_offers_what_can_be_done_with_a_cell(visit):
    assert any(visit["code"] in title for title in visit["menus"]["titles"])
    assert len(visit["menus"]["entries"]) >= 5
    assert visit["clipboard"] == visit["code"]


def test_a_cell_is_packed_from_the_map(visit):
    assert visit["packed"] == ["wangge:pack_field_packages"]
    assert visit["pack_selected_only"]


def test_without_a_platform_the_menu_says_what_is_missing(visit):
    assert "Only the project was asked" in visit["history"]
    assert any("Choose the platform's connection" in text for text in visit["platform"])


def test_every_algorithm_has_a_help_page_of_its_own(visit):
    assert visit["help_button"]
    assert len(visit["help"]) >= 24
    for name, page in visit["help"].items():
        assert page["missing"] == [], name
        assert page["without_help"] == [], name
        assert not page["remote"], name


def test_the_first_page_of_the_help_leads_to_all_others(visit):
    count, dead = visit["links"]
    assert visit["opened"].endswith("index.html")
    assert count >= 24
    assert dead == []


def test_the_window_never_stops_reacting(visit):
    assert visit["blocks"] == []


def test_no_mistake_is_shown(visit):
    assert visit["exceptions"] == []
    assert visit["exit_code"] == 0
