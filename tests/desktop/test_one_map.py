"""The one map in a real window: made, opened, searched by a click, ready to be printed."""

import pytest


@pytest.fixture(scope="module")
def day(run_script, clean_city, tmp_path_factory):
    folder = tmp_path_factory.mktemp("one_map")
    return run_script("one_map", project=str(clean_city), into=str(folder), timeout=240.0)


def test_the_layers_of_the_project_are_filled_in(day):
    assert all(day["filled"].values()), day["filled"]


def test_the_map_is_offered_and_opens_with_its_themes(day):
    assert day["offered"] == 1
    assert day["opened"] == "one_map.qgz"
    assert day["themes"] == ["Municipal facilities", "Network operation", "Risks", "Supervision"]


def metres(rows):
    return [int(distance.removesuffix(" m").replace(",", "")) for distance, _ in rows]


def test_a_click_lists_the_toilets_within_5000_m_by_distance(day):
    assert day["panel"]
    assert day["distance"] == 5000
    assert len(day["found"]) >= 6
    assert metres(day["found"]) == sorted(metres(day["found"]))
    assert all("公厕" in name for _, name in day["found"])
    nearest = metres(day["found"])[0]
    assert day["said"] == f"{len(day['found'])} found; the nearest is {nearest} m away."


def test_another_distance_or_kind_searches_again(day):
    assert len(day["nearer"]) == sum(m <= 200 for m in metres(day["found"]))
    assert [name for _, name in day["landfills"]]
    assert all("填埋场" in name for _, name in day["landfills"])


def test_the_list_leads_to_the_place(day):
    moved, scale = day["went_there"]
    assert moved
    assert scale <= 801
    distance, name = day["around_the_first"]
    assert name == day["found"][0][1]
    assert metres([[distance, name]])[0] <= 1


def test_escape_leaves_the_tool_and_printing_knows_the_project(day):
    assert day["tool_left"]
    assert day["prints"] == "one_map.qgz"


def test_no_mistake_is_shown(day):
    assert day["exceptions"] == []
    assert day["exit_code"] == 0


def test_only_the_layouts_are_made_in_the_windows_own_thread(day):
    # Layouts are graphics scenes, which Qt allows nowhere else; all counting is done beside it.
    others = [s for s in day["making"] if "write_one_map" not in s and "postProcess" not in s]
    assert others == []


def test_the_search_never_stops_the_window(day):
    assert day["blocks"] == []
