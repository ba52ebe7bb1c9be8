"""Windows at 200 % and in the night theme: nothing is cut off, everything stands out."""

import pytest


@pytest.fixture(scope="module")
def large(run_script, city):
    # 1280 x 800 of the window's own pixels, each drawn with four of the screen's.
    return run_script(
        "appearance",
        project=str(city),
        look="large",
        locale="zh-Hans",
        scale=2,
        timeout=200,
    )


@pytest.fixture(scope="module")
def night(run_script, city):
    return run_script(
        "appearance",
        project=str(city),
        look="night",
        theme="Night Mapping",
    )


@pytest.fixture(scope="module")
def day(run_script, city):
    return run_script("appearance", project=str(city), look="day")


def test_nothing_is_cut_off_at_200_percent(large):
    assert round(large["ratio"], 2) == 2
    assert large["cut_off"] == []


def test_windows_fit_the_screen_at_200_percent(large):
    assert large["outside"] == []


def test_icons_are_drawn_sharp_at_200_percent(large):
    assert large["sharp"]
    assert {round(ratio, 2) for ratio in large["sharp"].values()} == {2.0}


def test_nothing_is_cut_off_in_english(day):
    assert day["cut_off"] == []
    assert day["outside"] == []


@pytest.mark.parametrize("theme", ["day", "night"])
def test_icons_and_texts_stand_out(theme, request):
    visit = request.getfixturevalue(theme)
    dark = int(visit["paper"][1:3], 16) < 128
    assert dark == (theme == "night")
    assert visit["text"] > 4.5
    assert visit["mistake"] > 4.5
    faint = {name: share for name, share in visit["icons"].items() if share < 0.25}
    assert faint == {}


@pytest.mark.parametrize("look", ["large", "night", "day"])
def test_no_mistake_is_shown(look, request):
    visit = request.getfixturevalue(look)
    assert visit["exceptions"] == []
    assert visit["exit_code"] == 0
