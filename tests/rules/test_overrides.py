import pytest
from wangge.plugin.errors import WanggeError
from wangge.plugin.rules.finding import Severity
from wangge.plugin.rules.overrides import overrides_from, profile_overrides
from wangge.plugin.standards.profile import Profile, RuleOverride
from wangge.plugin.standards.profiles import list_profiles, load_profile


def test_a_profile_becomes_overrides():
    table = {"G6": {"severity": "error", "tolerance": 0.1}, "C8": {"off": True}, "P5": {}}
    overrides = overrides_from(table)
    assert overrides["G6"].severity is Severity.ERROR
    assert overrides["G6"].parameters == {"tolerance": 0.1}
    assert overrides["C8"].off


def test_the_tolerances_of_a_profile_reach_the_rules():
    own = RuleOverride(severity="error", parameters={"tolerance": 0.1})
    profile = Profile(
        "x", "", "", tolerances={"area_share": 0.3, "target_area_m2": 2e4}, rules={"G6": own}
    )
    override = profile_overrides(profile)["G6"]
    assert override.severity is Severity.ERROR
    assert override.parameters == {"target_area": 2e4, "tolerance": 0.1}


@pytest.mark.parametrize("name", list_profiles())
def test_the_profiles_that_come_with_the_plugin_are_understood(name):
    assert "P5" in profile_overrides(load_profile(name))


@pytest.mark.parametrize(
    "table",
    [
        {"G66": {}},
        {"G6": {"tolerence": 0.1}},
        {"G6": {"tolerance": "0.1"}},
        {"G6": {"tolerance": -1}},
        {"G6": {"severity": "fatal"}},
        {"G6": {"off": "yes"}},
        {"G6": True},
    ],
)
def test_a_slip_in_a_profile_is_told(table):
    with pytest.raises(WanggeError, match="G6"):
        overrides_from(table)
