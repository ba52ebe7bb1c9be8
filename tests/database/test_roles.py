"""Rights: each role does its own work in its own districts; the database itself holds that."""

import datetime
from dataclasses import replace

import psycopg2
import pytest
from checked_push import checked_push, make_context, make_town
from platform_rows import SPECS, make_components, make_grids, picture, read_rows
from psycopg2 import sql
from wangge.plugin.database.batches import revert
from wangge.plugin.database.kept_findings import may_accept
from wangge.plugin.database.platform import read_platform
from wangge.plugin.database.pull import pull
from wangge.plugin.database.push import push
from wangge.plugin.database.result import PushRefusedError
from wangge.plugin.errors import WanggeError
from wangge.plugin.rules.engine import run_rules
from wangge.plugin.rules.rule import Subject
from wangge.plugin.rules.states import accept

COMPONENT = SPECS["component"]


@pytest.fixture
def log_in(cluster, platform_url):
    """Return a function that logs somebody in with a role and districts."""
    administrator = psycopg2.connect(platform_url)
    administrator.autocommit = True
    people, connections = [], []

    def log_in(name, role, *districts):
        cursor = administrator.cursor()
        cursor.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(name)))
        people.append(name)
        cursor.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(role), sql.Identifier(name)))
        for district in districts:
            cursor.execute("INSERT INTO wangge.user_district VALUES (%s, %s)", (name, district))
        connections.append(psycopg2.connect(platform_url, user=name))
        return connections[-1]

    yield log_in
    for connection in connections:
        connection.close()
    for name in people:
        cursor = administrator.cursor()
        cursor.execute(sql.SQL("DROP OWNED BY {0}; DROP ROLE {0}").format(sql.Identifier(name)))
    administrator.close()


def test_a_surveyor_pushes_pulls_and_takes_back_in_the_own_district(log_in, platform_url):
    surveyor = log_in("李四", "wangge_surveyor", "500112")
    first = push(surveyor, "component", [make_components(3)], COMPONENT)
    changed = make_components(4, status=["破损", "完好", "完好", "完好"])
    result = push(surveyor, "component", [changed], COMPONENT)
    assert (result.inserted, result.updated) == (1, 1)
    assert sum(len(b) for b in pull(surveyor, "component", COMPONENT)) == 4
    revert(surveyor, result.batch_id)
    revert(surveyor, first.batch_id)
    assert read_rows(platform_url, "component") == []
    assert {row[0] for row in read_rows(platform_url, "push_batch", "pushed_by")} == {"李四"}


@pytest.mark.parametrize("there", [False, True])
def test_another_district_is_refused(connection, log_in, platform_url, there):
    if there:
        push(connection, "component", [make_components(3, district="500103")], COMPONENT)
    before = picture(platform_url)
    surveyor = log_in("surveyor", "wangge_surveyor", "500112")
    rows = [make_components(2), make_components(3, district="500103", status=["破损"] * 3)]
    with pytest.raises(WanggeError, match="no right"):
        push(surveyor, "component", rows, COMPONENT)
    assert picture(platform_url) == before


def test_refused_rows_are_seen_in_the_own_district_only(log_in, platform_url):
    surveyor = log_in("surveyor", "wangge_surveyor", "500112")
    with pytest.raises(PushRefusedError):
        push(surveyor, "component", [make_components(3, accuracy=["D", "A", "A"])], COMPONENT)
    colleague = log_in("colleague", "wangge_reader", "500112")
    stranger = log_in("stranger", "wangge_surveyor", "500103")
    for person, seen in ((surveyor, 1), (colleague, 1), (stranger, 0)):
        cursor = person.cursor()
        cursor.execute("SELECT count(*) FROM wangge.rejected_row")
        assert cursor.fetchone() == (seen,)
        person.rollback()


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO wangge.component (component_code, district_code) "
        "VALUES ('50010301001000009', '500103')",
        "SELECT * FROM wangge.component_500103",
        "INSERT INTO wangge.component_500112 (component_code, district_code, batch_id) "
        "VALUES ('50011201001000009', '500112', 1)",
        "TRUNCATE wangge.component",
        "DELETE FROM wangge.component_history",
        "INSERT INTO wangge.push_batch (kind, operation) VALUES ('component', 'push')",
        "UPDATE wangge.push_batch SET user_name = 'x'",
        "INSERT INTO wangge.user_district VALUES ('surveyor', '*')",
        "INSERT INTO wangge.unit_grid (grid_code, district_code) "
        "VALUES ('500112001002001', '500112')",
        "SELECT wangge.open_district('unit_grid', '500112')",
        "SELECT wangge.open_district('component', '500999')",
        "SELECT wangge.open_district('component', '500112; DROP TABLE wangge.component')",
        "SELECT wangge.close_district('component', '500103')",
        "SELECT wangge.close_batch(1, 'done', '{\"districts\": []}')",
        "SELECT wangge.remember_check('component', '500103', "
        "'00000000-0000-0000-0000-000000000001', '2026-01-01', '{}', '{}')",
        "INSERT INTO wangge.checked_district VALUES ('component', '500112', "
        "'00000000-0000-0000-0000-000000000001', 1, '2026-01-01', '{}', '{}', 0)",
        "UPDATE wangge.checked_district SET noticed = '{}'",
        "DELETE FROM wangge.checked_district",
        "DROP TABLE wangge.component_500112",
        "ALTER TABLE wangge.component DISABLE ROW LEVEL SECURITY",
    ],
)
def test_what_a_surveyor_may_not_do_the_database_refuses(connection, log_in, statement):
    rows = [make_components(2), make_components(2, district="500103")]
    push(connection, "component", rows, COMPONENT)
    surveyor = log_in("surveyor", "wangge_surveyor", "500112")
    with pytest.raises(psycopg2.Error) as refused:
        surveyor.cursor().execute(statement)
    assert refused.value.pgcode in ("42501", "22023", "42P01")


def test_rows_of_other_districts_are_neither_seen_nor_touched(connection, log_in, platform_url):
    rows = [make_components(2), make_components(2, district="500103")]
    push(connection, "component", rows, COMPONENT)
    surveyor = log_in("surveyor", "wangge_surveyor", "500112")
    cursor = surveyor.cursor()
    cursor.execute("SELECT DISTINCT district_code FROM wangge.component")
    assert cursor.fetchall() == [("500112",)]
    cursor.execute("UPDATE wangge.component SET note = 'x' WHERE district_code = '500103'")
    assert cursor.rowcount == 0
    cursor.execute("SELECT count(*) FROM wangge.component_history")
    surveyor.rollback()
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        cursor.execute("UPDATE wangge.component SET district_code = '500103'")


def test_what_a_push_learnt_by_checking_stays_in_its_district(connection, log_in, platform_url):
    context = replace(make_context(), grids=None)
    towns = [make_town(), make_town(district="500103")]
    checked_push(connection, towns, context)
    surveyor = log_in("surveyor", "wangge_surveyor", "500112")
    cursor = surveyor.cursor()
    cursor.execute("SELECT district_code FROM wangge.checked_district")
    assert cursor.fetchall() == [("500112",)]
    assert checked_push(surveyor, towns[:1], context).known > 0
    districts = read_rows(platform_url, "checked_district", "district_code, batch_id")
    assert districts == [("500103", 1), ("500112", 2)]


def test_findings_stay_in_their_district_and_managers_accept_them(connection, log_in, platform_url):
    context = replace(make_context(), grids=None)
    towns = [make_town(), make_town(district="500103")]
    for town in towns:
        town.fields["note"][0] = "a "
    surveyor = log_in("surveyor", "wangge_surveyor", "500112")
    manager = log_in("manager", "wangge_manager", "500112")
    platform = read_platform(connection.cursor())
    may = [may_accept(person.cursor(), platform) for person in (connection, manager, surveyor)]
    assert may == [True, True, False]
    checked_push(surveyor, towns[:1], context)
    checked_push(connection, towns, context)
    statement = "SELECT wangge.accept_findings(array_agg(id), '王五', '文物') FROM wangge.finding"
    for person in (surveyor, log_in("reader", "wangge_reader", "500112")):
        cursor = person.cursor()
        cursor.execute("SELECT DISTINCT district_code FROM wangge.open_findings")
        assert cursor.fetchall() == [("500112",)]
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute(statement)
        person.rollback()
    with pytest.raises(psycopg2.errors.InsufficientPrivilege, match="may not accept"):
        surveyor.cursor().execute("UPDATE wangge.finding SET state = 'accepted'")
    surveyor.rollback()
    manager.cursor().execute(statement)
    manager.commit()
    columns = "district_code, state, accepted_by, recorded_by"
    kept = read_rows(platform_url, "finding WHERE rule = 'C8'", columns)
    assert kept == [("500103", "open", "", "postgres"), ("500112", "accepted", "王五", "manager")]
    # Whoever pushes later leaves it so, and cannot put another name to it.
    assert checked_push(surveyor, towns[:1], context).judged.accepted
    assert read_rows(platform_url, "finding WHERE rule = 'C8'", columns) == kept
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        surveyor.cursor().execute("UPDATE wangge.finding SET accepted_by = 'x' WHERE rule = 'C8'")
    surveyor.rollback()
    with pytest.raises(WanggeError, match="no right"):
        checked_push(surveyor, [_noted(towns[0])], context, accepted=_accepted(towns[0], context))


def _noted(town):
    town.fields["note"][1] = "b "
    return town


def _accepted(town, context):
    found = run_rules(Subject.COMPONENT, [town], context)
    return accept(found, person="李四", reason="自己", date=datetime.date(2026, 11, 1))


def test_a_reader_reads_and_no_more(connection, log_in):
    push(connection, "component", [make_components(2)], COMPONENT)
    reader = log_in("reader", "wangge_reader", "500112")
    assert sum(len(b) for b in pull(reader, "component", COMPONENT)) == 2
    with pytest.raises(WanggeError, match="no right"):
        push(reader, "component", [make_components(3)], COMPONENT)


def test_a_district_that_may_be_read_only_is_not_written(connection, log_in, platform_url):
    push(connection, "component", [make_components(2)], COMPONENT)
    surveyor = log_in("surveyor", "wangge_surveyor")
    cursor = connection.cursor()
    cursor.execute("INSERT INTO wangge.user_district VALUES ('surveyor', '500112', false)")
    connection.commit()
    before = picture(platform_url)
    with pytest.raises(WanggeError):
        push(surveyor, "component", [make_components(2, note=["x", "y"])], COMPONENT)
    assert picture(platform_url) == before


def test_a_manager_passes_on_own_districts_only(log_in):
    manager = log_in("manager", "wangge_manager", "500112")
    cursor = manager.cursor()
    cursor.execute("INSERT INTO wangge.user_district VALUES ('somebody', '500112')")
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        cursor.execute("INSERT INTO wangge.user_district VALUES ('somebody', '500103')")
    manager.rollback()
    push(manager, "unit_grid", [make_grids(2)], SPECS["unit_grid"])


def test_all_districts(log_in):
    everywhere = log_in("everywhere", "wangge_surveyor", "*")
    rows = [make_components(2), make_components(2, district="500103")]
    assert push(everywhere, "component", rows, COMPONENT).inserted == 4


def test_edits_by_hand_become_batches_of_their_own(connection, log_in, platform_url):
    first = push(connection, "component", [make_components(3)], COMPONENT)
    surveyor = log_in("surveyor", "wangge_surveyor", "500112")
    cursor = surveyor.cursor()
    cursor.execute("UPDATE wangge.component SET status = '丢失' WHERE component_code LIKE '%1'")
    cursor.execute("DELETE FROM wangge.component WHERE component_code LIKE '%2'")
    surveyor.commit()
    batches = read_rows(platform_url, "push_batch", "operation, pushed_by", "batch_id")
    assert batches[1:] == [("edit", "surveyor")]
    changes = read_rows(
        platform_url, "component_changes", "operation, before->>'status', after->>'status'"
    )
    assert changes == [("delete", "完好", None), ("update", "完好", "丢失")]
    # The next push sees what was done and brings the layer's own values back.
    result = push(connection, "component", [make_components(3)], COMPONENT)
    assert (result.inserted, result.updated, result.unchanged) == (1, 1, 1)
    assert first.batch_id < result.batch_id
