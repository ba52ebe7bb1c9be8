import datetime
from dataclasses import replace

import numpy as np
import pytest
from shapely import Point, box
from wangge.plugin.errors import WanggeError
from wangge.plugin.rules.catalogue import rules_for
from wangge.plugin.rules.engine import run_rules
from wangge.plugin.rules.finding import State
from wangge.plugin.rules.findings import findings_batch, zoom_points
from wangge.plugin.rules.rule import Subject
from wangge.plugin.rules.states import accept, carry_over, findings_of, reopen

DAY = datetime.date(2026, 11, 1)
TURNED = [box(1000 + 100 * i, 2000, 1100 + 100 * i, 2100) for i in range(4)]
FAULT = {"0:status": "破损"}


def accepted(result):
    return accept(result, person="张三", reason="已上报更换", date=DAY)


def test_an_accepted_finding_stays_accepted(check):
    before = accepted(check("component", **FAULT))
    result = carry_over(before, check("component", **FAULT))
    (found,) = result
    assert found.state is State.ACCEPTED
    assert (found.accepted_by, found.accepted_reason) == ("张三", "已上报更换")
    assert found.accepted_date == "2026-11-01"
    assert result.error_count == 0
    assert result.exit_status() == 0


def test_a_moved_feature_is_open_again(check):
    before = accepted(check("component", **FAULT))
    moved = {"0:geometry": Point(1010.125, 2010.135)}
    (found,) = carry_over(before, check("component", **FAULT, **moved))
    assert found.state is State.OPEN


def test_a_changed_value_is_open_again(check):
    before = accepted(check("component", **{"0:authority_name": "园林局"}))
    result = carry_over(before, check("component", **{"0:authority_name": "交通局"}))
    assert [f.state for f in result] == [State.OPEN]
    assert result.closed == ()


def test_what_is_no_longer_found_is_fixed(check):
    result = carry_over(check("component", **FAULT), check("component"))
    assert list(result) == []
    assert [f.state for f in result.closed] == [State.FIXED]


def test_a_fixed_finding_that_comes_back_is_open(check):
    fixed = carry_over(check("component", **FAULT), check("component")).closed
    result = carry_over(fixed, check("component", **FAULT))
    assert [f.state for f in result] == [State.OPEN]
    assert result.closed == ()


def test_a_rule_that_did_not_run_settles_nothing(check, make_context):
    before = accepted(check("component", **{"0:grid_code": "510107001001002"}))
    without = check("component", context=make_context("component", grids=None))
    (kept,) = carry_over(before, without).closed
    assert (kept.rule, kept.state) == ("P3", State.ACCEPTED)


def test_a_check_of_some_features_settles_only_those(check):
    before = list(check("component", status=["破损", "破损", "完好", "完好"]))
    keys = sorted(f.feature_key for f in before)
    result = carry_over(before, check("component"), checked={keys[0]})
    states = {f.feature_key: f.state for f in result.closed}
    assert states == {keys[0]: State.FIXED, keys[1]: State.OPEN}


def test_findings_of_another_layer_are_left_alone(check):
    before = check("unit_grid", **{"0:area_m2": 1.0})
    assert carry_over(before, check("component")).closed == ()


@pytest.mark.parametrize(("person", "reason"), [("", "x"), ("张三", " ")])
def test_accepting_needs_a_person_and_a_reason(check, person, reason):
    with pytest.raises(WanggeError, match="name the person"):
        accept(check("component", **FAULT), person=person, reason=reason, date=DAY)


def test_a_finding_can_be_reopened(check):
    (found,) = reopen(accepted(check("component", **FAULT)))
    assert (found.state, found.accepted_by, found.accepted_date) == (State.OPEN, "", "")


def test_findings_survive_the_way_through_a_layer(check):
    findings = accepted(check("component", **FAULT, note=["a ", None, None, "１"]))
    assert findings_of(findings_batch(findings)) == findings


def test_areas_survive_beside_the_points_of_a_layer(check):
    findings = list(check("unit_grid", geometry=[box(1000, 2000, 1100.5, 2100), *TURNED[1:]]))
    batch = findings_batch(findings)
    again = findings_of(replace(batch, geometry=zoom_points(findings)))
    kinds = {shape.geom_type for shape in (f.geometry for f in again) if shape is not None}
    assert kinds >= {"Polygon"}
    assert again == findings


def test_touched_features_are_checked_again_alone(check, make_layer, make_context):
    faults = {"status": ["破损", "破损", "完好", "完好"], "uuid": ["a", "a", "c", "d"]}
    before = list(check("component", **faults))
    one = make_layer("component").take(np.array([0]))
    again = run_rules(
        Subject.COMPONENT,
        [one],
        make_context("component"),
        rules=rules_for(Subject.COMPONENT, across=False),
    )
    key = one.fields["component_code"][0]
    states = {
        (f.rule, f.feature_id): f.state for f in carry_over(before, again, checked={key}).closed
    }
    assert states == {
        ("P8", 1): State.FIXED,
        ("P8", 2): State.OPEN,
        ("C7b", 2): State.OPEN,
    }
