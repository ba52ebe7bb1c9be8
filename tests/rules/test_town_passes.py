import pytest
from wangge.plugin.rules.catalogue import all_rules


@pytest.mark.parametrize(
    "name", ["community", "department", "unit_grid", "component", "address", "risk"]
)
def test_the_town_passes_every_check(check, name):
    result = check(name)
    assert [f"{f.rule} {f.feature_key} {f.message}" for f in result] == []
    assert [n.rule.id for n in result.not_run] == []
    assert result.exit_status() == 0


def test_the_town_may_be_pushed(check, push_subject):
    result = check("component", subject=push_subject)
    assert list(result) == []
    assert [r.rule.id for r in result.ran] == [f"X{i}" for i in range(1, 8)]


def test_a_run_checks_every_rule_of_the_catalogue(check, push_subject):
    ran = {
        run.rule.id
        for name in ("department", "unit_grid", "component", "address", "risk")
        for run in check(name).ran
    }
    ran |= {run.rule.id for run in check("component", subject=push_subject).ran}
    assert ran == {rule.id for rule in all_rules()}
