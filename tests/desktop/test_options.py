"""Wangge's page among QGIS's options: found by words, kept, and free of passwords."""

import pytest


@pytest.fixture(scope="module")
def visit(run_script):
    return run_script("options", words=["census", "unit grid", "GPSBabel"])


def test_the_page_opens_from_the_menu(visit):
    assert visit["page"]


def test_the_page_is_found_by_what_it_is_about(visit):
    assert visit["rows"] == {"census": True, "unit grid": True, "GPSBabel": False}


def test_what_is_entered_is_kept(visit):
    assert visit["kept"] == ["chengdu", "王工", True]


def test_no_password_is_stored(visit):
    assert visit["stored"]
    assert not any("pass" in key for key in visit["stored"])


def test_no_mistake_is_shown(visit):
    assert visit["exceptions"] == []
    assert visit["exit_code"] == 0
