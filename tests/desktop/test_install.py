"""Installed from the zip into an empty profile, the plugin is all there, and all gone again."""

import pytest


@pytest.fixture(scope="module")
def visit(run_script, plugin_zip):
    return run_script("install_and_leave", plugin=None, zip=str(plugin_zip))


def test_an_empty_profile_has_no_plugin(visit):
    assert "wangge" not in visit["first"]
    assert visit["before"]["named"] == []


def test_menu_toolbar_dock_and_provider_come(visit):
    after = visit["after_install"]
    assert "Wangge 网格" in after["menus"]
    assert "WanggeToolbar" in after["toolbars"]
    assert "wangge" in after["providers"]
    assert "WanggeDock" in visit["visible_docks"]


def test_a_newcomer_is_welcomed_once(visit):
    assert visit["welcome"]
    assert not visit["welcome_blocks"]
    assert not visit["welcome_again"]


def test_one_dock_shows_at_first(visit):
    ours = [name for name in visit["visible_docks"] if name.startswith("Wangge")]
    assert ours == ["WanggeDock"]


def test_every_subject_has_a_submenu_with_its_algorithms(visit):
    assert len(visit["menu"]) == 5
    for title, entries in visit["menu"].items():
        assert len(entries) >= 3, title


def test_the_options_page_comes_and_goes(visit):
    assert "Wangge 网格" in visit["pages_with"]
    assert "Wangge 网格" not in visit["pages_without"]
    assert visit["pages_without"]


@pytest.mark.parametrize("turn", [0, 1, 2])
def test_nothing_is_left_behind(visit, turn):
    assert visit[f"after_{turn}"] == visit["before"]
    assert visit[f"left_{turn}"] == []


def test_the_window_fits_a_small_screen(visit):
    assert visit["width_needed"] <= 1280


def test_no_mistake_is_shown(visit):
    assert visit["exceptions"] == []
    assert visit["exit_code"] == 0
