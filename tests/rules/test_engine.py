import datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wangge.plugin.errors import Cancelled
from wangge.plugin.progress import Silent
from wangge.plugin.rules import repeats
from wangge.plugin.rules.batch import Batch, concatenate
from wangge.plugin.rules.catalogue import rule, rules_for, subject_of
from wangge.plugin.rules.context import Override
from wangge.plugin.rules.engine import run_rules
from wangge.plugin.rules.finding import Severity
from wangge.plugin.rules.rule import Subject

FAULTS = {
    "component": {
        "0:component_code": "51010701001000002",
        "note": ["a ", "１", "\u200b", None],
        "grid_code": ["510107001001002", None, "x", "510107001002002"],
        "first_date": ["20260231", "2026-7-1", "20270101", "20260701"],
        "status": ["破损", "完好", "?", ""],
        "uuid": ["a", "a", "a", "d"],
    },
    "unit_grid": {
        "grid_code": ["510107001001002", "510107001001002", "510107001001000", "1"],
        "community_code": ["510107001002"] * 3 + [None],
        "area_m2": [1.0, np.nan, 1e4, 5.0],
    },
}


@pytest.fixture(scope="module")
def makers(request):
    """The factories themselves: function-scoped fixtures do not go with examples."""
    plugins = request.config.pluginmanager.get_plugins()
    town = next(p for p in plugins if hasattr(p, "build_layer"))
    return town.build_layer, town.build_context


def identities(result):
    return sorted(
        (f.rule, f.feature_id, f.feature_key, f.field, f.value, f.message) for f in result
    )


def split(batch: Batch, order, sizes) -> list[Batch]:
    parts = np.split(np.array(order), np.cumsum(sizes))
    return [batch.take(part) for part in parts if len(part)]


@pytest.mark.parametrize("name", sorted(FAULTS))
@settings(max_examples=25)
@given(data=st.data())
def test_batches_and_order_never_change_the_findings(makers, name, data):
    make_layer, make_context = makers
    batch = make_layer(name, **FAULTS[name])
    context = make_context(name)
    doubled = concatenate([batch, batch.take(np.arange(len(batch)))])
    batch = Batch(doubled.fields, doubled.geometry, np.arange(1, len(doubled) + 1), doubled.crs)
    order = data.draw(st.permutations(range(len(batch))))
    sizes = data.draw(st.lists(st.integers(0, 3), max_size=5))
    whole = run_rules(subject_of(name), [batch], context)
    parts = run_rules(subject_of(name), split(batch, order, sizes), context)
    assert identities(parts) == identities(whole)
    assert {r.rule.id: r.count for r in parts.ran} == {r.rule.id: r.count for r in whole.ran}
    assert len(identities(whole)) > 10


@pytest.mark.parametrize("name", sorted(FAULTS))
@settings(max_examples=25)
@given(slab=st.integers(1, 9), expected=st.integers(0, 20), size=st.integers(1, 8))
def test_partitions_of_the_work_never_change_the_findings(makers, name, slab, expected, size):
    make_layer, make_context = makers
    batch = make_layer(name, **FAULTS[name])
    batch = concatenate([batch, batch.take(np.arange(len(batch)))])
    batch = Batch(batch.fields, batch.geometry, np.arange(1, len(batch) + 1), batch.crs)
    whole = run_rules(subject_of(name), [batch], make_context(name))
    context = make_context(name, expected_rows=expected)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(repeats, "SLAB", slab)
        parts = run_rules(subject_of(name), split(batch, range(8), [size] * (8 // size)), context)
    assert identities(parts) == identities(whole)
    assert {"C7", "C10"} <= {f.rule for f in parts}


def test_a_capped_rule_keeps_the_true_count(check):
    result = check("component", note=["a "] * 4, cap=3)
    (run,) = [r for r in result.ran if r.rule.id == "C8"]
    assert (run.count, run.shown, run.is_capped) == (4, 3, True)
    assert len(list(result)) == 3
    assert result.warning_count == 4


def test_what_cannot_be_checked_is_told(check, make_context):
    context = make_context("component", grids=None, photos=None)
    result = check("component", context=context, accuracy=None)
    reasons = {n.rule.id: n.reason for n in result.not_run}
    assert {"P3", "P4", "P12", "P13", "P16", "P16b", "P10", "C4b"} <= set(reasons)
    assert "unit grids" in reasons["P3"]
    assert "accuracy" in reasons["P10"]


def test_a_profile_switches_off_weighs_and_adjusts(check, make_context):
    overrides = {
        "C8": Override(off=True),
        "P5": Override(severity=Severity.ERROR, parameters={"distance": 1000.0}),
    }
    context = make_context("component", overrides=overrides)
    result = check("component", context=context, note=["a "] * 4)
    assert {f.rule for f in result} == {"P5"}
    assert result.error_count == 2
    assert "C8" in {n.rule.id for n in result.not_run}


@pytest.mark.parametrize("rule_id", ["G2", "G3", "G4"])
def test_zero_tolerance_means_zero(findings_of_rule, make_context, rule_id):
    from shapely import box

    wide = {"G2": box(1000, 2000, 1100 + 1e-9, 2100), "G3": box(1000, 2000, 1100 - 1e-9, 2100)}
    first = wide.get(rule_id, box(1000 - 1e-9, 2000, 1100, 2100))
    strict = make_context("unit_grid", overrides={rule_id: Override(parameters={"tolerance": 0.0})})
    changes = {"0:geometry": first}
    assert findings_of_rule(rule_id, "unit_grid", changes, strict)
    assert not findings_of_rule(rule_id, "unit_grid", changes, make_context("unit_grid"))
    assert not findings_of_rule(rule_id, "unit_grid", {}, strict)


def test_zero_distance_finds_only_the_very_same_place(findings_of_rule, make_context):
    from shapely import Point

    strict = make_context("component", overrides={"P5": Override(parameters={"distance": 0.0})})
    there = {"0:geometry": Point(1150.5, 2050.25)}
    beside = {"0:geometry": Point(1150.5, 2050.25 + 1e-9)}
    assert findings_of_rule("P5", "component", there, strict)
    assert not findings_of_rule("P5", "component", beside, strict)


def test_some_warnings_are_errors_before_a_push(check, make_context):
    from shapely import Polygon

    ring = [(1000, 2000), (1100, 2000), (1100, 2050), (1100, 2100), (1000, 2100)]
    changes = {"0:geometry": Polygon(ring)}
    assert check("unit_grid", **changes).error_count == 0
    context = make_context("unit_grid", for_push=True)
    assert check("unit_grid", context=context, **changes).error_count == 2


def test_the_exit_status_follows_the_threshold(check):
    result = check("component", note=["a "] * 4)
    assert result.exit_status() == 0
    assert result.exit_status(Severity.ERROR) == 0
    assert result.exit_status(Severity.WARNING) == 1


def test_an_empty_layer_is_checked(make_context):
    result = run_rules(Subject.GRID, [], make_context("unit_grid"))
    assert result.row_count == 0
    assert [f.rule for f in result if f.rule == "G3"] == ["G3", "G3"]


def test_null_geometries_and_values_do_not_stop_a_check(check):
    for name in ("unit_grid", "component", "address", "risk"):
        result = check(name, **{"0:geometry": None})
        assert "C2" in {f.rule for f in result}


def test_a_check_can_be_cancelled(make_layer, make_context):
    class Impatient(Silent):
        def is_cancelled(self):
            return True

    with pytest.raises(Cancelled):
        run_rules(
            Subject.COMPONENT,
            [make_layer("component")],
            make_context("component"),
            progress=Impatient(),
        )


def test_a_future_date_depends_on_the_day(findings_of_rule, make_context):
    early = make_context("component", today=datetime.date(2026, 6, 30))
    assert len(findings_of_rule("C5c", "component", {}, early)) == 4


def test_common_rules_run_with_those_of_the_subject():
    ids = {r.id for r in rules_for(Subject.RISK)}
    assert {"C1", "R1"} <= ids
    assert not ids & {"G1", "P1", "X1"}
    assert rule("G2").across
