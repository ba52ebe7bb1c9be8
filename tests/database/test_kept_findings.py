"""Findings kept on the platform: what the last push found, what was accepted, nothing else."""

import contextlib
import random
import threading
from dataclasses import replace

import numpy as np
import psycopg2
import pytest
import shapely
from checked_push import COMPONENT, checked_push, make_context, make_town
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from platform_rows import SPECS, make_risks, read_rows
from test_known import CONTEXTS, EDITS, encoded, with_values
from wangge.plugin.database.batches import list_pushes, revert
from wangge.plugin.database.kept_findings import with_states
from wangge.plugin.database.migrations import install
from wangge.plugin.database.pull import pull
from wangge.plugin.database.push import push
from wangge.plugin.database.result import PushRefusedError, RulesRefusedError
from wangge.plugin.errors import WanggeError
from wangge.plugin.rules.batch import Batch
from wangge.plugin.rules.context import Override
from wangge.plugin.rules.finding import Finding, Severity, State
from wangge.plugin.rules.result import finding_identity
from wangge.plugin.rules.states import findings_of

FACTS = "rule, feature_key, value, state"
CODES = make_town().fields["component_code"]


def noted(row, text="a "):
    """The town with a note that ends in a blank, of which rule C8 warns."""
    return with_values(make_town(), row, note=text)


def kept(url, columns=FACTS, rule="C8"):
    rows = read_rows(url, f"finding WHERE rule = '{rule}'", columns, "feature_key, value")
    return rows


def accept(connection, state="accepted"):
    cursor = connection.cursor()
    cursor.execute(
        "SELECT wangge.accept_findings(array_agg(id), '张三', '文物井盖') FROM wangge.finding "
        "WHERE state = 'open'"
    )
    (count,) = cursor.fetchone()
    connection.commit()
    return count


def test_a_push_keeps_what_it_found_where_it_was(connection, platform_url):
    look = checked_push(connection, [noted(2)], make_context())
    found = [f for f in look.result if f.rule == "C8"]
    assert kept(platform_url) == [("C8", CODES[2], found[0].value, "open")]
    columns = "severity, layer, message, field, district_code, geometry_hash, ST_AsText(geom)"
    ((severity, layer, message, field, district, hash_, shape),) = kept(platform_url, columns)
    assert (severity, layer, field, district) == ("warning", "component", "note", "500112")
    assert (message, hash_) == (found[0].message, found[0].geometry_hash)
    assert shapely.from_wkt(shape).equals(found[0].geometry)


@pytest.mark.parametrize("mode", ["validate", "dry_run"])
def test_looking_keeps_nothing(connection, platform_url, mode):
    checked_push(connection, [noted(2)], make_context(), mode=mode)
    connection.commit()
    assert read_rows(platform_url, "finding") == []


def test_a_refused_push_keeps_nothing(connection, platform_url):
    with pytest.raises(PushRefusedError):
        checked_push(connection, [with_values(noted(2), 0, component_code=None)], make_context())
    assert read_rows(platform_url, "finding") == []


def test_what_is_there_again_is_not_written_again(connection, platform_url):
    rows = []
    for _ in range(2):
        checked_push(connection, [noted(2)], make_context())
        rows.append(kept(platform_url, "id, recorded_at, xmin::text"))
    assert rows[0] == rows[1]


def test_what_is_gone_is_fixed_and_open_when_it_comes_back(connection, platform_url):
    context = make_context()
    states = []
    for town in (noted(2), make_town(), noted(2), noted(3)):
        checked_push(connection, [town], context)
        states.append([(key, state) for _, key, _, state in kept(platform_url)])
    assert states == [
        [(CODES[2], "open")],
        [(CODES[2], "fixed")],
        [(CODES[2], "open")],
        [(CODES[2], "fixed"), (CODES[3], "open")],
    ]


def test_what_is_accepted_stays_so_and_says_who_why_and_when(connection, platform_url):
    context = make_context()
    checked_push(connection, [noted(2)], context)
    assert accept(connection) == 1
    columns = "state, accepted_by, accepted_reason, accepted_date = current_date, recorded_by"
    before = kept(platform_url, columns)
    assert before[0][:4] == ("accepted", "张三", "文物井盖", True)
    look = checked_push(connection, [noted(2)], context)
    assert look.judged.warning_count == look.result.warning_count - 1
    assert kept(platform_url, columns) == before


@pytest.mark.parametrize(
    "change", [{"note": "b "}, {"geometry": shapely.Point(1011.125, 2010.375)}], ids=str
)
def test_where_the_feature_changed_it_is_open_again(connection, platform_url, change):
    context = make_context()
    town = noted(4)
    checked_push(connection, [town], context)
    accept(connection)
    look = checked_push(connection, [with_values(town, 4, **change)], context)
    assert look.judged.warning_count == look.result.warning_count
    assert [(r[1], r[3]) for r in kept(platform_url)] == [(CODES[4], "open")]
    assert kept(platform_url, "coalesce(accepted_by, '')") == [("",)]


def test_an_accepted_error_is_none(connection, platform_url):
    """What stopped a push was accepted in a layer, came with the push, and stands from then on."""
    context = make_context(overrides={"C8": Override(severity=Severity.ERROR)})
    look = checked_push(connection, [noted(2)], context, mode="validate")
    connection.rollback()
    errors = [f for f in look.result if f.rule == "C8"]
    assert look.judged.error_count == len(errors) == 1
    said = replace(
        errors[0], state=State.ACCEPTED, accepted_by="李四", accepted_reason="照片为证",
        accepted_date="2026-10-01",
    )  # fmt: skip
    look = checked_push(connection, [noted(2)], context, accepted=[said])
    assert look.judged.error_count == 0
    columns = "severity, state, accepted_by, accepted_reason, accepted_date::text"
    expected = [("error", "accepted", "李四", "照片为证", "2026-10-01")]
    assert kept(platform_url, columns) == expected
    for mode in ("validate", "dry_run", "push"):
        look = checked_push(connection, [noted(2)], context, mode=mode)
        connection.commit()
        assert look.judged.error_count == 0
    assert kept(platform_url, columns) == expected


def test_rows_that_are_not_brought_keep_theirs(connection, platform_url):
    context = make_context()
    checked_push(connection, [with_values(noted(1), 6, note="b ")], context)
    before = kept(platform_url)
    checked_push(connection, [make_town().take(np.arange(2, 6))], context)
    assert kept(platform_url) == before
    checked_push(connection, [make_town().take(np.arange(0, 3))], context)
    assert [(r[1], r[3]) for r in kept(platform_url)] == [(CODES[1], "fixed"), (CODES[6], "open")]


def test_findings_of_removed_rows_are_fixed(connection, platform_url):
    context = make_context()
    checked_push(connection, [noted(1)], context)
    accept(connection)
    rest = make_town().take(np.array([0, 2, 3, 4, 5, 6, 7]))
    checked_push(connection, [rest], context)
    assert [r[3] for r in kept(platform_url)] == ["accepted"]
    checked_push(connection, [rest], context, delete_missing=True)
    assert [r[3] for r in kept(platform_url)] == ["fixed"]


def test_other_districts_keep_theirs(connection, platform_url):
    context = replace(make_context(), grids=None)
    towns = [make_town(), make_town(district="500103")]
    towns = [with_values(t, 0, note="a ") for t in towns]
    checked_push(connection, towns, context)
    assert [r[0] for r in kept(platform_url, "district_code")] == ["500103", "500112"]
    checked_push(connection, [make_town()], context)
    assert [r[3] for r in kept(platform_url)] == ["open", "fixed"]


def test_a_finding_about_the_layer_is_that_of_the_last_push(connection, platform_url):
    other = make_context(project_crs="EPSG:4546")
    for _ in range(2):
        checked_push(connection, [make_town()], other)
        assert kept(platform_url, "district_code, state", "C1") == [("500112", "open")]
    checked_push(connection, [make_town()], make_context())
    assert kept(platform_url, "district_code, state", "C1") == [("500112", "fixed")]


def test_texts_that_do_not_fit_stay_accepted_too(connection, platform_url):
    look = checked_push(connection, [noted(2)], make_context(), mode="validate")
    connection.rollback()
    groups = [
        replace(g, values=["注" * 1500 + "\0" for _ in g.values]) for g in look.result.findings
    ]
    result = replace(look.result, findings=tuple(groups))
    states = []

    def judge(kept):
        judged = [*with_states(kept, result)]
        states.append({f.state for f in judged})
        return judged

    for _ in range(2):
        push(connection, "component", [noted(2)], COMPONENT, judge=judge)
        connection.commit()
        if len(states) == 1:
            assert accept(connection) == len(list(result))
    assert states == [{State.OPEN}, {State.ACCEPTED}]
    assert {len(r[0]) for r in read_rows(platform_url, "finding", "value")} == {1000}


def test_a_risk_that_moves_takes_its_finding_along(connection, platform_url):
    def told(key):
        return [Finding("R9", Severity.WARNING, "risk", key, "说明", value="1")]

    spec = SPECS["risk"]
    for community, district in (("500112001002", "500112"), ("500103001002", "500103")):
        rows = make_risks(1, community=community)
        push(connection, "risk", [rows], spec, judge=lambda kept: told("FX0000"))
        found = read_rows(platform_url, "finding", "district_code, feature_key, state")
        assert found == [(district, "FX0000", "open")]


def test_findings_of_the_whole_citys_layers(connection, platform_url):
    column = np.empty(1, object)
    column[:] = ["11500112009999999X"]
    rows = Batch({"department_code": column, "department_name": column.copy()}, None, np.array([1]))
    told = [Finding("D1", Severity.WARNING, "department", "11500112009999999X", "说明")]
    for state in ("open", "fixed"):
        given_ = told if state == "open" else []

        def judge(kept, given_=given_):
            gone = [replace(k, state=State.FIXED) for k in kept] if not given_ else []
            return [*given_, *gone]

        push(connection, "department", [rows], SPECS["department"], judge=judge)
        found = read_rows(platform_url, "finding", "district_code, state")
        assert found == [("000000", state)]


def test_after_a_revert_nothing_is_told_of_what_is_gone(connection, platform_url):
    context = make_context()
    checked_push(connection, [noted(1)], context)
    accept(connection)
    second = checked_push(connection, [with_values(noted(1), 3, note="b ")], context)
    assert [r[3] for r in kept(platform_url)] == ["accepted", "open"]
    revert(connection, second.pushed.batch_id)
    assert [(r[1], r[3]) for r in kept(platform_url)] == [(CODES[1], "accepted")]
    checked_push(connection, [noted(1)], context)
    assert [(r[1], r[3]) for r in kept(platform_url)] == [(CODES[1], "accepted")]


def test_open_findings_are_counted_by_district(connection, platform_url):
    town = with_values(noted(1), 2, note="b ")
    checked_push(connection, [town], make_context())
    columns = "district_code, layer, severity, findings"
    rows = read_rows(platform_url, "open_findings WHERE rule = 'C8'", columns)
    assert rows == [("500112", "component", "warning", 2)]
    accept(connection)
    assert read_rows(platform_url, "open_findings") == []


def test_findings_are_pulled_and_are_earlier_findings_again(connection):
    look = checked_push(connection, [noted(2)], make_context())
    accept(connection)
    (batch,) = pull(connection, "finding", SPECS["finding"], area_code="500112")
    back = findings_of(batch)
    assert {finding_identity(f) for f in back} == {finding_identity(f) for f in look.result}
    assert {f.accepted_by for f in back} == {"张三"}
    assert (
        sum(len(b) for b in pull(connection, "finding", SPECS["finding"], area_code="500103")) == 0
    )
    with pytest.raises(WanggeError, match="batch"):
        list(pull(connection, "finding", SPECS["finding"], changed_since=1))


@pytest.mark.parametrize(("person", "reason"), [("", "x"), ("张三", " "), (None, "x")])
def test_nobody_accepts_without_a_name_and_a_reason(connection, platform_url, person, reason):
    checked_push(connection, [noted(2)], make_context())
    cursor = connection.cursor()
    with pytest.raises(psycopg2.errors.InvalidParameterValue):
        cursor.execute(
            "SELECT wangge.accept_findings(array_agg(id), %s, %s) FROM wangge.finding",
            (person, reason),
        )
    connection.rollback()
    with pytest.raises(psycopg2.errors.NoDataFound):
        cursor.execute("SELECT wangge.accept_findings(ARRAY[-1], '张三', 'x')")
    connection.rollback()
    assert [r[3] for r in kept(platform_url)] == ["open"]


def test_an_older_platform_is_pushed_to_as_before(connection, platform_url):
    cursor = connection.cursor()
    cursor.execute("ALTER TABLE wangge.finding DISABLE TRIGGER USER")
    cursor.execute("DROP TRIGGER stamp_finding ON wangge.finding")
    connection.commit()
    try:
        assert checked_push(connection, [noted(2)], make_context()).pushed.inserted == 8
        assert read_rows(platform_url, "finding") == []
    finally:
        install(connection)


def test_killed_in_the_middle_findings_are_as_before_or_as_after(connection, platform_url):
    context = make_context()
    towns = [make_town(400), make_town(400)]
    for row in range(0, 400, 2):
        towns[row // 2 % 2] = with_values(towns[row // 2 % 2], row, note="a ")
    pictures = []
    for town in towns:
        checked_push(connection, [town], context)
        pictures.append(_picture(connection))
        connection.commit()
    notes = [[n or "" for n in town.fields["note"].tolist()] for town in towns]
    generator, seen = random.Random(4), set()
    for _ in range(12):
        now = 1 if not seen else _stands(platform_url, notes)
        victim = psycopg2.connect(platform_url)
        process = victim.info.backend_pid
        timer = threading.Timer(generator.uniform(0, 0.2), _kill, (platform_url, process))
        timer.start()
        with contextlib.suppress(WanggeError, psycopg2.Error):
            checked_push(victim, [towns[1 - now]], context)
        timer.join()
        victim.close()
        then = _stands(platform_url, notes)
        found = _picture(connection)
        connection.commit()
        assert _standing(found) == _standing(pictures[then])
        seen.add(then == now)
    assert True in seen  # at least one was killed in time


def _stands(url, notes):
    found = read_rows(url, "component", "coalesce(note, '')", "component_code")
    return notes.index([note for (note,) in found])


def _standing(picture):
    return [row for row in picture if row[-1] != "fixed"]


def test_what_the_rules_refuse_is_listed_on_the_platform(connection, platform_url):
    checked_push(connection, [make_town()], make_context())
    before = read_rows(platform_url, "component")
    stops = Finding(
        "C8", Severity.ERROR, "component", CODES[2], "ends in\0a blank", "note", "a ", None, 3
    )

    def judge(_kept):
        raise RulesRefusedError("no", findings=(stops,))

    with pytest.raises(RulesRefusedError) as refused:
        push(connection, "component", [noted(2)], COMPONENT, judge=judge)
    assert read_rows(platform_url, "component") == before
    listed = list_pushes(connection)[0]
    assert (listed.batch_id, listed.state) == (refused.value.batch_id, "refused")
    assert (listed.rejected, listed.districts) == (1, ("500112",))
    columns = "batch_id, row_number, key, field, value, reason"
    assert read_rows(platform_url, "rejected_row", columns) == [
        (listed.batch_id, 3, CODES[2], "note", "a ", "C8: ends in\\0a blank")
    ]
    for mode in ("validate", "dry_run"):
        with pytest.raises(RulesRefusedError) as refused:
            push(connection, "component", [noted(2)], COMPONENT, judge=judge, mode=mode)
        assert refused.value.batch_id is None
    assert list_pushes(connection)[0] == listed


def _kill(url, process):
    with psycopg2.connect(url) as other:
        other.cursor().execute("SELECT pg_terminate_backend(%s)", (process,))
    other.close()


def _picture(connection, schema="wangge"):
    cursor = connection.cursor()
    cursor.execute(
        "SELECT rule, feature_key, field, value, geometry_hash, severity, district_code, "  # noqa: S608
        f"accepted_by, ST_AsText(geom), state FROM {schema}.finding"
    )
    return sorted(cursor.fetchall(), key=str)


STEPS = st.lists(
    st.fixed_dictionaries(
        {
            "edits": EDITS,
            "context": CONTEXTS,
            "rows": st.sampled_from([range(8), range(8), range(3), range(2, 8)]),
            "encoded": st.booleans(),
            "delete_missing": st.booleans(),
            "between": st.sampled_from(["", "", "accept", "revert"]),
        }
    ),
    min_size=2,
    max_size=5,
)
_SEEN = {"known": 0, "open": 0, "accepted": 0, "fixed": 0}


def _step(*edits, **changes):
    step = {"edits": [*edits], "context": {}, "rows": range(8), "encoded": False}
    return {**step, "delete_missing": False, "between": "", **changes}


# One of each: found, accepted and passed over, mended, found anew.
EVERY_STATE = [
    _step(((2, "note"), "a "), ((3, "note"), "a ")),
    _step(((5, "note"), "a "), between="accept"),
    _step(((2, "note"), "a"), ((5, "note"), "a")),
    _step(((6, "note"), "a "), rows=range(2, 8)),
]


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS)
@example(steps=EVERY_STATE)
def test_what_is_kept_is_the_same_with_the_shortcut_and_without(twins, steps):
    town = make_town()
    for step in steps:
        for schema in ("wangge", "anew"):
            _between(twins, schema, step["between"])
        for (row, name), value in step["edits"]:
            town = with_values(town, row, **{name: value})
        part = town.take(np.array(step["rows"]))
        part = encoded(part) if step["encoded"] else part
        looks = []
        for schema in ("wangge", "anew"):
            try:
                look = checked_push(
                    twins,
                    [part],
                    make_context(**step["context"]),
                    trusts=schema == "wangge",
                    delete_missing=step["delete_missing"],
                    schema=schema,
                )
                looks.append(look)
            except PushRefusedError:
                twins.rollback()
        pictures = [_picture(twins, schema) for schema in ("wangge", "anew")]
        twins.commit()
        assert pictures[0] == pictures[1]
        if looks:
            _SEEN["known"] += looks[0].known
            _holds_what_was_found(pictures[0], looks[0], part)
        for row in pictures[0]:
            _SEEN[row[-1]] += 1


def _holds_what_was_found(picture, look, part):
    found = {finding_identity(f) for f in look.result}
    standing = {(r[0], r[1], r[4], r[2], r[3]) for r in picture if r[-1] != "fixed"}
    assert found <= standing
    brought = set(part.text("component_code"))
    judged = {run.rule.id for run in look.result.ran}
    assert {i for i in standing if i[1] in brought and i[0] in judged} <= found


def _between(connection, schema, how):
    cursor = connection.cursor()
    if how == "accept":
        cursor.execute(
            f"SELECT {schema}.accept_findings(array_agg(id), '张三', '理由') "  # noqa: S608
            f"FROM {schema}.finding WHERE state = 'open' AND feature_key <= "
            "'50011201001000004'"
        )
    elif how == "revert":
        cursor.execute(f"SELECT max(batch_id) FROM {schema}.push_batch")  # noqa: S608
        (number,) = cursor.fetchone()
        try:
            if number is not None:
                revert(connection, number, schema=schema)
        except WanggeError:
            connection.rollback()
    connection.commit()


def test_the_histories_had_findings_of_every_state():
    assert min(_SEEN.values()) > 0, _SEEN
