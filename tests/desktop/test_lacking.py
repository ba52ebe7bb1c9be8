"""Missing Python packages are told once, with the step for this platform; the rest works."""

import pytest
from wangge.plugin import packages


@pytest.fixture(scope="module")
def start(run_script):
    return run_script("lacking", without=("fiona", "openpyxl"))


@pytest.fixture(scope="module")
def hopeless(run_script):
    return run_script("lacking", without=("shapely",))


def test_what_is_missing_is_told_with_what_it_is_for(start):
    assert len(start["told"]) == 1
    for word in ("fiona", "openpyxl", "Excel workbooks"):
        assert word in start["told"][0]


def test_the_exact_step_is_given(start):
    assert "python3-fiona" in start["step"] or "pip install" in start["step"]


def test_it_is_told_once(start):
    assert start["told_again"] == []


def test_what_does_not_need_them_works(start):
    for name in ("partition_unit_grids", "check_components", "score_risks", "create_sample_city"):
        assert name in start["algorithms"]


def test_without_shapely_a_sentence_comes_instead_of_a_traceback(hopeless):
    assert hopeless["loaded"]
    assert hopeless["algorithms"] == []
    assert "shapely" in hopeless["told"][0]
    assert "shapely" in hopeless["step"]


@pytest.mark.parametrize(
    ("platform", "place", "command"),
    [
        ("win32", "OSGeo4W Shell", 'python -m pip install "shapely>='),
        ("darwin", "Terminal", '/bin/python3" -m pip install "shapely>='),
        ("linux", "terminal", "apt install python3-shapely"),
    ],
)
def test_each_platform_gets_its_own_step(monkeypatch, platform, place, command):
    monkeypatch.setattr(packages.sys, "platform", platform)
    step = packages.how_to_install(["shapely"])
    assert step.startswith("Close QGIS")
    assert place in step.splitlines()[0]
    assert command in step


@pytest.mark.parametrize("visit", ["start", "hopeless"])
def test_no_mistake_is_shown(visit, request):
    answer = request.getfixturevalue(visit)
    assert answer["exceptions"] == []
    assert answer["exit_code"] == 0
