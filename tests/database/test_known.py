"""Pushes that pass over rows checked before: the same findings, whatever happened between."""

import ast
import datetime
import inspect
from dataclasses import replace

import numpy as np
import psycopg2
import pytest
import shapely
from checked_push import (
    COMPONENT,
    CRS,
    RULES,
    SEVERITIES,
    checked_push,
    everything,
    make_context,
    make_town,
    texts,
)
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from platform_rows import read_rows
from wangge.plugin.database.batches import revert
from wangge.plugin.database.push import push
from wangge.plugin.database.result import PushRefusedError
from wangge.plugin.database.stamps import stamp_of
from wangge.plugin.errors import WanggeError
from wangge.plugin.rules import common_value_rules
from wangge.plugin.rules.batch import Batch, concatenate
from wangge.plugin.rules.context import Override
from wangge.plugin.rules.encoded import Encoded, LazyFields
from wangge.plugin.rules.engine import run_rules
from wangge.plugin.rules.finding import Severity
from wangge.plugin.rules.references import Areas, Departments
from wangge.plugin.rules.rule import Subject


def with_values(batch, row, **values):
    """The batch with some values of one row changed; ``geometry`` is its shape."""
    fields = {name: column.copy() for name, column in batch.fields.items()}
    shapes = batch.geometry.copy()
    for name, value in values.items():
        if name == "geometry":
            shapes[row] = value
        else:
            fields[name][row] = value
    return replace(batch, fields=fields, geometry=shapes)


def encoded(batch):
    """The batch as files are read: texts stay bytes."""
    columns = {}
    for name, column in batch.fields.items():
        if column.dtype != object:
            columns[name] = column
            continue
        missing = np.array([v is None for v in column.tolist()], bool)
        data = np.array([(v or "").encode() for v in column.tolist()], "S")
        columns[name] = Encoded(data, missing if missing.any() else None)
    return replace(batch, fields=LazyFields(columns))


def same_as_checked_anew(look, batches, context):
    whole = run_rules(Subject.COMPONENT, batches, context, rules=RULES)
    assert everything(look.result) == everything(whole)


def test_a_second_push_checks_only_what_differs(connection):
    town, context = make_town(), make_context()
    assert checked_push(connection, [town], context).known == 0
    assert checked_push(connection, [town], context).known == 8
    changed = with_values(town, 3, note="改")
    look = checked_push(connection, [changed], context)
    assert (look.known, look.pushed.updated) == (7, 1)
    look = checked_push(connection, [encoded(changed)], context)
    assert (look.known, look.pushed.unchanged) == (8, 8)


def test_warnings_are_told_again_each_time(connection):
    town = with_values(make_town(), 2, note="路口 ")
    town = with_values(
        town, 5, geometry=shapely.Point(1050, 2050), grid_code=town.fields["grid_code"][0]
    )
    context = make_context()
    rules = [{f.rule for f in checked_push(connection, [town], context).result} for _ in range(3)]
    assert rules[0] == rules[1] == rules[2] >= {"C8", "P15"}
    look = checked_push(connection, [town], context)
    assert look.known == 6
    same_as_checked_anew(look, [town], context)


@pytest.mark.parametrize("mode", ["validate", "dry_run"])
def test_looking_first_uses_what_is_known_and_keeps_nothing(connection, platform_url, mode):
    town, context = make_town(), make_context()
    checked_push(connection, [town], context, mode=mode)
    assert read_rows(platform_url, "checked_district") == []
    checked_push(connection, [town], context)
    before = read_rows(platform_url, "checked_district")
    look = checked_push(connection, [with_values(town, 0, note="a ")], context, mode=mode)
    assert look.known == 7
    assert "C8" in {f.rule for f in look.result}
    connection.rollback()
    assert read_rows(platform_url, "checked_district") == before


def test_who_wants_it_checks_all(connection):
    town, context = make_town(), make_context()
    checked_push(connection, [town], context)
    assert checked_push(connection, [town], context, trusts=False).known == 0
    assert checked_push(connection, [town], context).known == 8


CHANGES = {
    "a cell's outline": {"width": 99.0},
    "a cell gone": {"cells": 3},
    "a department's name": {"authority": "城市管理局"},
    "a rule switched off": {"overrides": {"P10": Override(off=True)}},
    "a rule's weight": {"overrides": {"C8": Override(severity=Severity.ERROR)}},
    "a rule's parameter": {"overrides": {"C5c": Override(parameters={"earliest": 2025})}},
    "districts": {"district_codes": ("500103",)},
    "a value list": {"domains": {"component_status": frozenset({"破损"})}},
    "the project's system": {"project_crs": "EPSG:4546"},
    "a day before": {"today": (2026, 10, 31)},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_under_other_conditions_all_is_checked(connection, change):
    town = make_town()
    checked_push(connection, [town], make_context())
    other = make_context(**change)
    look = checked_push(connection, [town], other)
    assert look.known == 0
    same_as_checked_anew(look, [town], other)


def test_a_later_day_finds_no_more_in_components(connection):
    town = with_values(make_town(), 1, first_date=np.datetime64("2026-11-02"))
    context, later = make_context(), make_context(today=(2026, 11, 2))
    assert "C5c" in {f.rule for f in checked_push(connection, [town], context).result}
    look = checked_push(connection, [town], later)
    assert look.known == 7
    assert "C5c" not in {f.rule for f in look.result}


def test_of_the_rules_on_single_components_only_future_dates_know_the_day():
    knowing = set()
    for rule in RULES:
        if rule.across:
            continue
        check = getattr(rule.check, "func", rule.check)
        module = inspect.getmodule(check)
        if any("today" in text for text in _names(module)):
            knowing.add(module.__name__)
    assert knowing == {common_value_rules.__name__}
    days = [n for n in _names(common_value_rules) if "today" in n]
    assert len(days) == 1  # of C5c


def _names(module):
    tree = ast.parse(inspect.getsource(module))
    return [n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute)]


def test_rules_on_single_components_read_described_fields_only():
    """Fields that are not stored are not in a row's fingerprint."""
    asked = set()

    class Fields(dict):
        def get(self, name, default=None):
            asked.add(name)
            return super().get(name, default)

        def __getitem__(self, name):
            asked.add(name)
            return super().__getitem__(name)

        def __contains__(self, name):
            asked.add(name)
            return super().__contains__(name)

    town = make_town()
    town = replace(town, fields=Fields(town.fields))
    run_rules(Subject.COMPONENT, [town], make_context(), rules=RULES)
    assert asked
    assert asked <= {*COMPONENT.names, ""}


def test_what_somebody_else_wrote_is_checked(connection, platform_url):
    town, context = make_town(), make_context()
    checked_push(connection, [town], context)
    code = town.fields["component_code"]
    with psycopg2.connect(platform_url) as other:
        cursor = other.cursor()
        cursor.execute(
            "UPDATE wangge.component SET note = 'a ' WHERE component_code = %s", (code[0],)
        )
        # As if a program knew the fingerprint of a row that nobody checked.
        cursor.execute(
            "WITH gone AS (DELETE FROM wangge.component WHERE component_code = %s RETURNING *) "
            "INSERT INTO wangge.component SELECT * FROM gone",
            (code[1],),
        )
    other.close()
    edited = with_values(town, 0, note="a ")
    look = checked_push(connection, [edited], context)
    assert look.known == 6
    same_as_checked_anew(look, [edited], context)


def test_a_table_put_in_place_of_another_is_not_trusted(connection):
    town, context = make_town(), make_context()
    checked_push(connection, [town], context)
    cursor = connection.cursor()
    cursor.execute(
        "ALTER TABLE wangge.component DETACH PARTITION wangge.component_500112; "
        "CREATE TABLE wangge.copy (LIKE wangge.component_500112 INCLUDING ALL); "
        "INSERT INTO wangge.copy SELECT * FROM wangge.component_500112; "
        "DROP TABLE wangge.component_500112; ALTER TABLE wangge.copy RENAME TO component_500112; "
        "ALTER TABLE wangge.component ATTACH PARTITION wangge.component_500112 "
        "FOR VALUES IN ('500112')"
    )
    connection.commit()
    look = checked_push(connection, [town], context)
    assert (look.known, look.pushed.unchanged) == (0, 8)
    assert checked_push(connection, [town], context).known == 8


def test_rows_that_came_unchecked_are_checked(connection):
    town, context = make_town(), make_context()
    checked_push(connection, [town], context)
    bad = with_values(town, 4, note="a ")
    push(connection, "component", [bad], COMPONENT)  # as from an outbox
    look = checked_push(connection, [bad], context)
    assert look.known == 7
    assert "C8" in {f.rule for f in look.result}


def test_after_a_revert_the_rows_are_checked(connection):
    town, context = make_town(), make_context()
    checked_push(connection, [town], context)
    second = checked_push(connection, [with_values(town, 6, note="b")], context)
    revert(connection, second.pushed.batch_id)
    look = checked_push(connection, [town], context)
    assert look.known == 7
    same_as_checked_anew(look, [town], context)


def test_part_of_a_layer_leaves_the_others_known(connection):
    town, context = make_town(), make_context()
    checked_push(connection, [town], context)
    assert checked_push(connection, [town.take(np.arange(3))], context).known == 3
    assert checked_push(connection, [town], context).known == 8
    # Under other conditions half of the district is not enough.
    other = make_context(authority="城市管理局")
    checked_push(connection, [town.take(np.arange(3))], other)
    assert checked_push(connection, [town], context).known == 8


def test_what_many_rows_have_is_told_again_after_a_push_of_the_others(connection):
    town, context = make_town(), make_context()
    for row in range(4):
        town = with_values(town, row, note="a ")
    checked_push(connection, [town], context)
    checked_push(connection, [town.take(np.arange(4, 8))], context)
    look = checked_push(connection, [town], context)
    assert look.known == 8
    same_as_checked_anew(look, [town], context)


def test_without_a_field_rows_are_others(connection):
    town, context = make_town(), make_context()
    checked_push(connection, [town], context)
    less = replace(town, fields={k: v for k, v in town.fields.items() if k != "accuracy"})
    look = checked_push(connection, [less], context)
    assert look.known == 0
    same_as_checked_anew(look, [less], context)
    more = replace(town, fields={**town.fields, "other": texts(["x"] * 8)})
    assert checked_push(connection, [more], context).known == 0


def test_a_shape_that_is_stored_otherwise_is_checked_each_time(connection):
    town = make_town()
    high = with_values(town, 0, geometry=shapely.Point(1010.125, 2010.375, 5.0))
    multi = with_values(town, 1, geometry=shapely.MultiPoint([town.geometry[1]]))
    context = make_context()
    checked_push(connection, [town], context)
    for batch, rule, known in ((high, "C3", 7), (multi, None, 6), (town, None, 7)):
        look = checked_push(connection, [batch], context)
        assert look.known == known
        assert look.pushed.unchanged == 8
        assert {f.rule for f in look.result} & {"C3"} == ({rule} if rule else set())
        same_as_checked_anew(look, [batch], context)


def test_on_a_border_a_component_counts_where_it_counted_before(connection):
    town, context = make_town(), make_context()
    other = town.fields["grid_code"][1]
    # Alone it fills the first cell: of cells that meet on a border, the smallest code counts.
    town = with_values(town, 0, geometry=shapely.Point(1100, 2010.375), grid_code=other)
    town = with_values(town, 4, geometry=shapely.Point(1120.125, 2010.375), grid_code=other)
    for known in (0, 7):
        look = checked_push(connection, [town], context)
        assert look.known == known
        assert "P16b" not in {f.rule for f in look.result}
        same_as_checked_anew(look, [town], context)


def test_a_finding_about_the_whole_layer_is_told_each_time(connection, platform_url):
    town, context = make_town(), make_context(project_crs="EPSG:4546")
    for _ in range(2):
        look = checked_push(connection, [town], context)
        assert look.known == 0
        assert "C1" in {f.rule for f in look.result}
    assert read_rows(platform_url, "checked_district") == []


def test_a_refused_push_is_not_remembered(connection, platform_url):
    town, context = make_town(), make_context()
    with pytest.raises(PushRefusedError):
        checked_push(connection, [with_values(town, 0, component_code=None)], context)
    assert read_rows(platform_url, "checked_district") == []


def test_a_stamp_knows_every_value_and_refuses_what_it_does_not():
    context = make_context()
    assert stamp_of(context, RULES) == stamp_of(make_context(), RULES)
    assert stamp_of(context, RULES) == stamp_of(replace(context, expected_rows=9), RULES)
    assert stamp_of(context, RULES) != stamp_of(context, RULES[1:])
    assert stamp_of(context, RULES) != stamp_of(context, RULES, "more")
    assert stamp_of(context, RULES, ("a", "b")) != stamp_of(context, RULES, ("ab",))
    assert stamp_of(context, RULES, 1) != stamp_of(context, RULES, "1")
    with pytest.raises(TypeError):
        stamp_of(replace(context, photos=lambda: None), RULES)


SHAPES = st.one_of(
    st.builds(
        shapely.Point,
        # Borders of cells and the building, too.
        st.sampled_from([990.0, 1000.0, 1010.125, 1050.0, 1100.0, 1150.5, 1200.0, 1399.0]),
        st.sampled_from([2000.0, 2010.375, 2050.0, 2100.0]),
    ),
    st.sampled_from(
        [
            None,
            shapely.Point(1010.125, 2010.375, 3.0),
            shapely.MultiPoint([(1010.125, 2010.375)]),
            shapely.LineString([(1050, 2050), (1150, 2050)]),
            shapely.MultiLineString([[(1050, 2050), (1150, 2050)]]),
            shapely.Polygon([(1000, 2000), (1020, 2000), (1000, 2020), (1020, 2020)]),
        ]
    ),
)
VALUES = {
    "note": st.sampled_from([None, "", "好", "a ", " ", "ａ"]),
    "status": st.sampled_from(["完好", "破损", "好"]),
    "class_code": st.sampled_from(["01001", "01002", "99999", None]),
    "grid_code": st.sampled_from(
        [None, "", "500112001002001", "500112001002002", "500112001002003", "500112001002009"]
    ),
    "authority_code": st.sampled_from(["11500112000000000Y", "115001120000000009", None]),
    "first_date": st.sampled_from(
        ["2024-02-29", "2026-11-01", "2026-11-03", "NaT", "1800-01-01"]
    ).map(np.datetime64),
    "accuracy": st.sampled_from(["A", "B", None]),
    "source": st.sampled_from(["实测", "地形图"]),
    "uuid": st.sampled_from(["one", "two", None]),
    "geometry": SHAPES,
}
EDITS = st.lists(
    st.tuples(st.integers(0, 7), st.sampled_from(sorted(VALUES))).flatmap(
        lambda place: st.tuples(st.just(place), VALUES[place[1]])
    ),
    max_size=4,
)
CONTEXTS = st.one_of(
    st.just({}),
    st.just({}),
    st.fixed_dictionaries(
        {"today": st.sampled_from([(2026, 10, 30), (2026, 11, 1), (2026, 11, 3), (2026, 11, 4)])},
        optional={
            "width": st.sampled_from([100.0, 60.0]),
            "cells": st.sampled_from([4, 3]),
            "authority": st.sampled_from(["城管局", "别局"]),
            "overrides": st.dictionaries(
                st.sampled_from(["C8", "P3", "C5c", "P10", "P16"]),
                st.builds(Override, st.booleans(), st.sampled_from([None, *SEVERITIES])),
                max_size=2,
            ),
        },
    ),
)
STEPS = st.lists(
    st.fixed_dictionaries(
        {
            "edits": EDITS,
            "context": CONTEXTS,
            "rows": st.sampled_from([range(8), range(8), range(8), range(3), range(2, 8)]),
            "sizes": st.sampled_from([[8], [3, 5], [1, 1, 6]]),
            "encoded": st.booleans(),
            "drop": st.sampled_from(["", "", "", "accuracy", "note"]),
            "mode": st.sampled_from(["push", "push", "push", "validate", "dry_run"]),
            "delete_missing": st.booleans(),
            "between": st.sampled_from(["", "", "", "edit", "hash", "outbox", "revert"]),
        }
    ),
    min_size=2,
    max_size=6,
)
_SEEN = {"known": 0, "findings": 0}
_STEP = {"edits": [], "context": {}, "rows": range(8), "sizes": [3, 5], "encoded": False}
_STEP |= {"drop": "", "mode": "push", "delete_missing": False, "between": ""}


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS)
@example(steps=[{**_STEP, "edits": [((2, "note"), "a ")]}, _STEP])  # found, then passed over
def test_findings_are_those_of_a_check_of_all_rows(story, steps):
    connection, url = story
    town = make_town()
    for step in steps:
        _meddle(connection, url, town, step["between"])
        for (row, name), value in step["edits"]:
            town = with_values(town, row, **{name: value})
        part = town.take(np.array(step["rows"]))
        names = [n for n in part.fields if n != step["drop"]]
        part = replace(part, fields={n: part.fields[n] for n in names})
        batches = [p for p in _split(part, step["sizes"]) if len(p)]
        batches = [encoded(p) for p in batches] if step["encoded"] else batches
        context = make_context(**step["context"])
        look = _pushed(connection, batches, context, step)
        if look is not None:
            same_as_checked_anew(look, batches, context)
            _SEEN["findings"] += len(list(look.result))


def test_the_histories_passed_over_rows_and_had_findings():
    assert min(_SEEN.values()) > 0, _SEEN


def _pushed(connection, batches, context, step):
    from checked_push import Look

    kept = []

    class Kept(Look):
        def __init__(self):
            super().__init__()
            kept.append(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("checked_push.Look", Kept)
        try:
            checked_push(
                connection,
                batches,
                context,
                mode=step["mode"],
                delete_missing=step["delete_missing"] and step["mode"] != "validate",
            )
            _SEEN["known"] += kept[0].known
        except (PushRefusedError, WanggeError):
            pass
        finally:
            connection.rollback()
    return kept[0] if kept[0].result is not None else None


def _split(batch, sizes):
    return [batch.take(rows) for rows in np.split(np.arange(len(batch)), np.cumsum(sizes))]


def _meddle(connection, url, town, how):
    if how in ("edit", "hash"):
        with psycopg2.connect(url) as other:
            cursor = other.cursor()
            if how == "edit":
                cursor.execute(
                    "UPDATE wangge.component SET note = 'a ' WHERE component_code LIKE '%3'"
                )
            else:
                cursor.execute(
                    "UPDATE wangge.component SET row_hash = NULL WHERE component_code LIKE '%2'"
                )
        other.close()
    elif how == "outbox":
        try:
            push(connection, "component", [with_values(town, 4, note="ａ")], COMPONENT)
        except PushRefusedError:
            connection.rollback()
    elif how == "revert":
        numbers = [n for (n,) in read_rows(url, "push_batch", "batch_id", "batch_id DESC")][:1]
        try:
            for number in numbers:
                revert(connection, number)
        except WanggeError:
            connection.rollback()


@pytest.mark.parametrize("reference", ["grids", "departments"])
def test_the_stamp_follows_the_content_of_what_is_compared(reference):
    context = make_context()
    areas = context.grids
    moved = areas.geometry.copy()
    moved[0] = shapely.box(1000, 2000, 1100, 2100.0000000001)
    other = {
        "grids": Areas(moved, codes=areas.codes),
        "departments": Departments(context.departments.codes, texts(["城管 局"])),
    }
    changed = replace(context, **{reference: other[reference]})
    assert stamp_of(changed, RULES) != stamp_of(context, RULES)


def test_the_day_is_no_part_of_the_stamp():
    assert stamp_of(make_context(), RULES) == stamp_of(make_context(today=(2027, 1, 1)), RULES)
    assert make_context().today == datetime.date(2026, 11, 1)
    assert make_town().crs == CRS
    assert isinstance(concatenate([make_town()]), Batch)
