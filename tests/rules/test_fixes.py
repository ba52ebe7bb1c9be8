import datetime

import numpy as np
import pytest
from shapely import box
from wangge.plugin.rules.engine import run_rules
from wangge.plugin.rules.fixes import apply_fixes
from wangge.plugin.rules.states import accept


@pytest.fixture
def fix(check, make_layer):
    def run(name, **changes):
        layer = make_layer(name, **changes)
        return layer, list(check(name, **changes))

    return run


def test_safe_fixes_leave_nothing_to_fix(fix, make_context):
    layer, findings = fix(
        "component",
        note=[" a", "１２", "井\u200b盖", "  "],
        grid_code=["510107001001002", None, "510107001002001", "510107001002002"],
        first_date=["2026-7-1", "20260701", "2026年7月1日", "20260701"],
        status=["正常", "完好", "完好", "完好"],
        authority_name=["城 管局", "城管局", "城管局", "城管局"],
    )
    fixed = apply_fixes(layer, findings)
    assert fixed.batch.fields["note"].tolist() == ["a", "12", "井盖", None]
    assert fixed.batch.fields["grid_code"].tolist()[:2] == ["510107001001001", "510107001001002"]
    assert fixed.batch.fields["first_date"].tolist()[::2] == ["20260701", "20260701"]
    assert fixed.batch.fields["status"].tolist()[0] == "完好"
    assert fixed.batch.fields["authority_name"].tolist()[0] == "城管局"
    assert fixed.count == 10
    assert fixed.rows.tolist() == [0, 1, 2, 3]
    context = make_context("component")
    from wangge.plugin.rules.rule import Subject

    assert [f.message for f in run_rules(Subject.COMPONENT, [fixed.batch], context)] == []


def test_applying_twice_changes_nothing_more(fix):
    layer, findings = fix(
        "unit_grid",
        area_m2=[1.0, 10000.0, np.nan, 10000.0],
        note=["a ", None, None, None],
        **{"0:geometry": box(1000, 2000, 1100, 2100)},
    )
    once = apply_fixes(layer, findings)
    twice = apply_fixes(once.batch, findings)
    assert once.batch.fields["area_m2"][0] == 10000.0
    assert once.count == 2
    assert (twice.count, twice.skipped) == (0, 0)
    for name, column in once.batch.fields.items():
        assert twice.batch.fields[name].tolist() == column.tolist() or column.dtype.kind in "fM"


def test_the_layer_given_stays_as_it_was(fix):
    layer, findings = fix("component", note=["a ", None, None, None])
    apply_fixes(layer, findings)
    assert layer.fields["note"][0] == "a "


def test_newer_work_is_not_undone(fix, make_layer):
    _, findings = fix("component", **{"0:grid_code": "510107001001002"})
    newer = make_layer("component", **{"0:grid_code": "510107001002001"})
    fixed = apply_fixes(newer, findings)
    assert (fixed.count, fixed.skipped) == (0, 1)
    assert fixed.batch.fields["grid_code"][0] == "510107001002001"


def test_accepted_findings_are_not_fixed(fix):
    layer, findings = fix("component", note=["a ", None, None, None])
    kept = accept(findings, person="张三", reason="原样", date=datetime.date(2026, 11, 1))
    assert apply_fixes(layer, kept).count == 0


def test_broken_characters_have_no_safe_fix(fix):
    layer, findings = fix("component", note=["\ue000 ", None, None, None])
    assert [f.rule for f in findings] == ["C8"]
    assert apply_fixes(layer, findings).count == 0


def test_a_rule_that_knows_the_value_goes_before_cleaning(fix):
    layer, findings = fix("component", **{"0:grid_code": "510107001001002 "})
    assert {"C8", "P3"} <= {f.rule for f in findings}
    fixed = apply_fixes(layer, findings)
    assert fixed.batch.fields["grid_code"][0] == "510107001001001"
