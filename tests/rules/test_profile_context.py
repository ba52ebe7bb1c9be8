"""A profile's tolerances, rules and scheme reach the rules."""

import pytest
from wangge.plugin.errors import WanggeError
from wangge.plugin.rules.profile_context import context_of
from wangge.plugin.standards.profiles import load_profile

HEAD = 'id = "here"\ntitle_en = "Here"\ntitle_zh = "这里"\n'


def test_the_target_area_of_the_city_is_checked():
    context = context_of(load_profile("chongqing"), "unit_grid", {})
    assert context.overrides["G6"].parameters["target_area"] == 20_000


def test_risks_that_name_no_scheme_are_checked_by_the_citys():
    assert context_of(load_profile("chongqing"), "risk", {}).default_scheme == "matrix_5x5_a"
    assert context_of(load_profile(), "risk", {}).default_scheme == "lec"


def test_a_rule_that_does_not_exist_is_not_switched_off_silently(tmp_path):
    path = tmp_path / "here.toml"
    path.write_text(HEAD + "[rules.G99]\noff = true\n", encoding="utf-8")
    with pytest.raises(WanggeError, match="G99"):
        context_of(load_profile(path), "unit_grid", {})
