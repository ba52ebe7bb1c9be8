"""Wangge's page among QGIS's options: found by words, kept, and free of passwords."""

import re
import tomllib

import pytest
from wangge.plugin.gui.shell.profile_form import pages
from wangge.plugin.gui.shell.profile_rows import (
    from_text,
    put,
    rows_of,
    store_tables,
    take,
    to_text,
)
from wangge.plugin.standards.profile_writing import profile_text
from wangge.plugin.standards.profiles import list_profiles, load_profile
from wangge.plugin.standards.toml_text import dump


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


def test_what_is_wrong_is_told_beside_the_field(visit):
    shown, says = visit["beside"]
    assert shown
    assert says == "“51010” is no district code of 6 digits"


def test_a_wrong_row_is_told_below_its_table_and_marked(visit):
    below, whole = visit["wrong_row"]
    assert below
    assert below in whole
    assert visit["marked"]


def test_the_citys_own_profile_is_saved_from_the_form(visit, own):
    assert visit["profile_after"] == str(own)
    assert visit["saved"] == ["", False]
    profile, base = load_profile(own), load_profile("chengdu")
    assert profile.title_zh == "某市"
    assert profile.district_codes == ("510104", "510105")
    assert profile.crs == "EPSG:4545"
    assert profile.tolerances["snap_m"] == 0.25
    # What nobody touched goes along.
    assert profile.subclasses == base.subclasses
    assert profile.classes == base.classes
    assert profile.exchange.categories == base.exchange.categories


def test_tables_of_the_form_are_saved(visit, own):
    profile, base = load_profile(own), load_profile("chengdu")
    added = profile.fields["component"][-1]
    assert (added.name, added.type.value, added.alias_zh) == ("lamp_watts", "integer", "功率")
    rule = profile.rules["C10"]
    assert (rule.severity, dict(rule.parameters)) == ("warning", {"width": 3, "names": ["a"]})
    assert profile.obligations["component"]["note"].value == "C"
    assert profile.exchange.names["component"]["note"] == "BZXX"
    assert profile.values["component_status"][-1].synonyms == ("外借", "出借")
    assert set(base.values) <= set(profile.values)


@pytest.mark.parametrize("name", list_profiles())
def test_the_form_shows_every_key_of_a_profile_and_gives_it_back(name, tmp_path):
    document = tomllib.loads(profile_text(load_profile(name)))
    shown = {entry.key for page in pages() for entry in page.entries}
    tables = [table for page in pages() for table in page.tables]
    again = {}
    for page in pages():
        for entry in page.entries:
            value = take(document, entry.key)
            typed = entry.kind in ("crs", "number", "integer", "checks")
            put(again, entry.key, value if typed else from_text(entry, to_text(entry, value)))
    store_tables(
        again,
        {t: [read_row(t, row) for row in rows_of(t, document)] for t in tables},
    )
    (tmp_path / "again.toml").write_text(dump(again), encoding="utf-8")
    assert load_profile(tmp_path / "again.toml") == load_profile(name)
    for key in plain_keys(document, {table.key for table in tables}):
        assert any(key == s or key.startswith(f"{s}.") for s in shown), key


def read_row(table, row):
    found = {c.key: from_text(c, to_text(c, row.get(c.key))) for c in table.columns}
    return {k: v for k, v in found.items() if v not in (None, "", [], {})}


def plain_keys(document, tables, above=""):
    for key, value in document.items():
        path = f"{above}{key}"
        if path in tables:
            continue
        if isinstance(value, dict):
            yield from plain_keys(value, tables, f"{path}.")
        else:
            yield path


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
