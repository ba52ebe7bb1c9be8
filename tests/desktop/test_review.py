"""The classes that a migration left to people, chosen in a real window."""

import pytest


@pytest.fixture(scope="module")
def day(run_script, clean_city, tmp_path_factory):
    folder = tmp_path_factory.mktemp("migration")
    return run_script(
        "review",
        city=str(clean_city.with_name("city.gpkg")),
        old=str(folder / "old.gpkg"),
        into=str(folder),
    )


def test_the_review_is_offered_once_something_waits(day):
    assert day["first"] == [54, 6]
    assert any("wait for a class: 6" in text for text in day["offered"])


def test_candidates_come_with_their_names(day):
    assert [text.split()[1] for text in day["candidates"]][:2] == ["01030", "01031"]


def test_what_was_chosen_is_migrated(day):
    assert "5" in day["counts"]
    assert "6" in day["counts"]
    assert day["classes"] == [
        ["0117", "01030"],
        ["0117", "01030"],
        ["0117", "01031"],
        ["0306", "01001"],
    ]


def test_the_migration_opens_again_as_it_was_with_the_decisions(day):
    assert day["filled"] == ["cjt214_2007", True]
    # One is retired and listed beside the one that still waits.
    assert day["second"] == [60, 58, 2, 1]


def test_decisions_made_so_far_are_not_lost_from_sight(day):
    assert day["stays"] == [True, True, 5]


def test_the_window_never_stops_reacting(day):
    assert day["blocks"] == []


def test_no_mistake_is_shown(day):
    assert day["exceptions"] == []
    assert day["exit_code"] == 0
