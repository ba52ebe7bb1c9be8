"""Wangge's page among QGIS's options: found by words, kept, and free of passwords."""

import re

import pytest
from wangge.plugin.standards.profiles import load_profile


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    return tmp_path_factory.mktemp("own") / "our_city.toml"


@pytest.fixture(scope="module")
def visit(run_script, own):
    return run_script("options", words=["census", "unit grid", "GPSBabel"], own=str(own))


def test_the_page_opens_from_the_menu(visit):
    assert visit["page"]


def test_the_page_is_found_by_what_it_is_about(visit):
    assert visit["rows"] == {"census": True, "unit grid": True, "GPSBabel": False}


def test_what_is_entered_is_kept(visit):
    assert visit["kept"] == ["chengdu", "王工", True]


def test_a_wrong_profile_is_told_with_its_line_and_not_saved(visit):
    says, still_open = visit["refused"]
    assert still_open
    assert "our_city.toml" in says
    assert "“51010”" in says
    assert re.search(r"line \d+", says)


def test_the_citys_own_profile_is_saved_from_the_form(visit, own):
    assert visit["profile_after"] == str(own)
    profile, base = load_profile(own), load_profile("chengdu")
    assert profile.title_zh == "某市"
    assert profile.district_codes == ("510104", "510105")
    assert profile.crs == "EPSG:4545"
    assert profile.tolerances["snap_m"] == 0.25
    # What the form does not show goes along.
    assert profile.subclasses == base.subclasses
    assert profile.exchange == base.exchange


def test_the_form_fits_a_small_screen(visit):
    width, height = visit["editor_size"]
    assert width <= 1280
    assert height <= 760


def test_no_password_is_stored(visit):
    assert visit["stored"]
    assert not any("pass" in key for key in visit["stored"])


def test_no_mistake_is_shown(visit):
    assert visit["exceptions"] == []
    assert visit["exit_code"] == 0
