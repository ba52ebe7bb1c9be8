"""A risk workshop in a real window, from the first risk to the history of levels."""

import subprocess

import pytest


@pytest.fixture(scope="module")
def day(run_script, city, tmp_path_factory):
    folder = tmp_path_factory.mktemp("workshop")
    return run_script("workshop", project=str(city), into=str(folder))


def test_the_worst_risk_comes_first_and_is_on_the_map(day):
    assert day["layer_offered"]
    assert day["agenda"] == day["open"] > 5
    shown, name, level = day["first"]
    assert shown == name
    assert level == "red"
    assert day["on_map"]
    assert day["marks"] == [2, 0, 2]
    assert "200 m" in day["neighbours"]


def test_factors_from_the_keyboard_stay_hidden_until_they_are_shown(day):
    assert day["hidden"] == [["王工", *"✓✓✓✓✓"], ["李工", *"✓✓✓✓✓"]]
    assert day["before_reveal"].startswith("3 of 4")
    assert day["phone_sees"] is None
    rows = {row[0]: row[1:] for row in day["shown"]}
    assert rows["王工"][:4] == ["3", "6", "15", "270"]
    assert rows["手机一"][:4] == ["6", "6", "40", "1440"]


def test_a_value_outside_the_scheme_is_refused_and_can_be_corrected(day):
    assert "lec@1 allows only" in day["refused"]
    assert day["entry_after_refusal"] == "赵工 3 4 15"


def test_phones_are_let_in_only_when_switched_on(day):
    assert not day["off_at_first"]
    assert day["url_shown"]
    assert day["code_shown"]
    assert day["large_shown"]
    assert day["large_again"]


def test_spread_and_consensus_are_told(day):
    assert "Score 540 (270–1440)" in day["spread"]
    assert "× 2" in day["spread"]
    assert "Opinions differ" in day["spread"]


def test_the_facilitator_settles_and_goes_on(day):
    assert day["proposal"] == {"likelihood": 6.0, "exposure": 6.0, "consequence": 15.0}
    assert "252" in day["live_level"]
    assert day["moved_on"] == 1
    assert day["settled_again"] == [7.0, False, "已加固"]


def test_nothing_is_written_before_the_end_and_then_all_of_it(day):
    assert day["level_in_layer_before"] == "red"
    assert day["question"].startswith("1 of ")
    assert day["written"] == [252.0, "orange", "lec@1"]
    [[_, level, reason]] = day["history"]
    assert (level, reason) == ("orange", "已加固")
    assert day["back_at_setup"]


def test_a_workshop_goes_on_from_its_log(day):
    assert day["stopped"]
    agenda, settled, name = day["resumed"]
    assert (agenda, settled) == (day["agenda"], 1)
    assert name == day["first"][0]


def test_the_minutes_can_be_read(day):
    text = subprocess.run(
        ["pdftotext", day["minutes"], "-"], check=True, capture_output=True, text=True
    ).stdout
    for word in (day["first"][0], "王工", "手机一", "已加固"):
        assert word in text
        assert word in day["html"]


def test_one_map_is_made_and_is_nobodys_input(day):
    name, views = day["group"]
    assert name == "Risk map"
    assert len(views) == 8
    assert day["risk_layers"] == [day["layer_offered"]]


def test_switched_off_in_the_middle_nothing_stays_behind(day):
    assert day["marks_gone"] >= 2
    assert day["dock_gone"]
    assert day["page_gone"]


def test_no_mistake_is_shown(day):
    assert day["exceptions"] == []
    assert day["exit_code"] == 0
