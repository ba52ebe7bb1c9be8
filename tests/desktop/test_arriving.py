"""Switched on in a window that shows, the plugin comes in small steps, and nobody must wait."""

from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def arrival(run_script, tmp_path_factory):
    return run_script("arriving", rules=str(tmp_path_factory.mktemp("rules") / "rules.csv"))


def test_the_window_goes_on_reacting(arrival):
    assert not arrival["complete_at_once"]
    assert arrival["blocks"] == []


def test_every_algorithm_and_model_is_registered_at_once(arrival):
    assert len(arrival["whole"]) > 50
    assert arrival["promised"] == arrival["kept"] == arrival["whole"]


def test_who_runs_an_algorithm_early_gets_it(arrival):
    assert Path(arrival["rules"]).read_text(encoding="utf-8").count("\n") > 50


def test_who_asks_for_a_model_early_gets_it(arrival):
    assert "CONNECTION" in arrival["parameters"]
    assert arrival["parameters_early"] == arrival["parameters"]


def test_it_can_be_switched_off_on_its_way(arrival):
    assert not arrival["left"]
    assert arrival["exceptions"] == []
    assert arrival["exit_code"] == 0
