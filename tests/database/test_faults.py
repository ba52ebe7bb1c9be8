"""Whatever breaks in the middle of a push: all of it is there or nothing, and again ends right.

``WANGGE_FAULTS=200`` makes the loops long (``make test-faults``).
"""

import datetime
import os
import random
import socket
import struct
import subprocess
import sys
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import psycopg2
import pytest
from platform_rows import SPECS, make_components, read_rows
from psycopg2 import sql
from wangge.plugin.database.batches import list_pushes, revert
from wangge.plugin.database.known import Checking
from wangge.plugin.database.migrations import install
from wangge.plugin.database.pull import pull
from wangge.plugin.database.push import push
from wangge.plugin.database.result import PushRefusedError
from wangge.plugin.errors import Cancelled, WanggeError
from wangge.plugin.progress import Silent

COMPONENT = SPECS["component"]
KILLS = int(os.environ.get("WANGGE_FAULTS", "12"))
ROWS = 1500


def layer(version):
    """Rows 0-1499 and, from version 1 on, other values, new rows and a new district."""
    if version == 0:
        return [make_components(ROWS)]
    rows = make_components(ROWS + 200, status=[("破损", "完好")[i % 2] for i in range(ROWS + 200)])
    return [
        rows.take(np.arange(0, 900)),
        rows.take(np.arange(900, len(rows))),
        make_components(300, district="500103"),
    ]


class Watch:
    """A check with one rule, on some damaged components; it passes over what is known."""

    def __init__(self, version):
        self.batches = layer(version)
        self.told = set()

    def __iter__(self):
        return iter(self.batches)

    def look(self, batch, known):
        found = np.flatnonzero(_is_wrong(batch) & ~known.rows)
        self.told.update(batch.text("component_code")[found])
        return {"R": found}

    @property
    def wrong(self):
        return {c for part in self.batches for c in part.text("component_code")[_is_wrong(part)]}


def _is_wrong(batch):
    tenth = np.char.endswith(batch.text("component_code").astype(str), "0")
    return tenth & (batch.text("status") == "破损")


def push_version(connection, version, **options):
    watch = Watch(version)
    day = datetime.date(2026, 1, 1)
    checking = Checking(uuid.UUID(int=1), day, watch.look, lambda: True)
    result = push(connection, "component", watch, COMPONENT, wait=30, checking=checking, **options)
    # Whatever broke before: what is wrong is told each time.
    assert watch.told == watch.wrong
    return result


def state(url):
    return read_rows(url, "component", "component_code, status, note, ST_AsText(geom)")


@pytest.fixture
def states(connection, platform_url):
    """What the platform holds before and after version 1; it holds version 0 now."""
    push_version(connection, 0)
    before = state(platform_url)
    start = time.monotonic()
    batch = push_version(connection, 1).batch_id
    duration = time.monotonic() - start
    after = state(platform_url)
    revert(connection, batch)
    assert state(platform_url) == before
    return before, after, duration


def check_and_go_on(url, states, connection):
    """All or nothing; then the same push ends right; then back to the start."""
    found = state(url)
    assert found in states[:2]
    result = push_version(connection, 1)
    assert state(url) == states[1]
    if found == states[1]:
        assert result.changes == 0
    done = [b for b in list_pushes(connection) if b.state == "done" and b.operation == "push"]
    assert not [b for b in list_pushes(connection) if b.state == "open"]
    for batch in done:
        if batch.batch_id > 1 and batch.inserted + batch.updated:
            revert(connection, batch.batch_id)
    assert state(url) == states[0]
    # The empty partition stays; make the district new again, so that it is loaded anew.
    cursor = connection.cursor()
    cursor.execute("DROP TABLE IF EXISTS wangge.component_500103")
    connection.commit()


def test_killed_backends(connection, platform_url, states):
    generator = random.Random(1)
    for _ in range(max(1, KILLS // 2)):
        victim = psycopg2.connect(platform_url)
        process = victim.info.backend_pid

        def kill(process=process):
            with psycopg2.connect(platform_url) as other:
                other.cursor().execute("SELECT pg_terminate_backend(%s)", (process,))
            other.close()

        timer = threading.Timer(generator.uniform(0, states[2] * 1.1), kill)
        timer.start()
        try:
            push_version(victim, 1)
        except WanggeError as error:
            assert "broke off" in error.message  # noqa: PT017
        timer.join()
        victim.close()
        check_and_go_on(platform_url, states, connection)


CLIENT = """
import sys
sys.path.insert(0, sys.argv[2])
import psycopg2
from test_faults import push_version
connection = psycopg2.connect(sys.argv[1])
print("ready", flush=True)
push_version(connection, 1)
"""


def test_killed_clients(connection, platform_url, states, root):
    generator = random.Random(2)
    for _ in range(max(1, KILLS - KILLS // 2)):
        environment = {**os.environ, "PYTHONPATH": str(root / ".dev")}
        client = subprocess.Popen(
            [sys.executable, "-c", CLIENT, platform_url, str(Path(__file__).parent)],
            stdout=subprocess.PIPE,
            env=environment,
        )
        assert client.stdout.readline() == b"ready\n"
        time.sleep(generator.uniform(0, states[2] * 1.1))
        client.kill()
        client.wait()
        client.stdout.close()
        check_and_go_on(platform_url, states, connection)


class Wire:
    """A connection through a wire that is cut after so many bytes."""

    def __init__(self, url, cut_after):
        parameters = psycopg2.extensions.parse_dsn(url)
        self._server = f"{parameters['host']}/.s.PGSQL.{parameters['port']}"
        self._left = cut_after
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = (
            f"host=127.0.0.1 port={self._listener.getsockname()[1]} user=postgres "
            f"dbname={parameters['dbname']} sslmode=disable gssencmode=disable"
        )
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        client, _ = self._listener.accept()
        server = socket.socket(socket.AF_UNIX)
        server.connect(self._server)
        threading.Thread(target=self._pipe, args=(server, client, False), daemon=True).start()
        self._pipe(client, server, True)

    def _pipe(self, source, sink, counts):
        try:
            while data := source.recv(4096):
                if counts:
                    self._left -= len(data)
                    if self._left < 0:
                        break
                sink.sendall(data)
        except OSError:
            pass
        for end in (source, sink):
            try:
                if end.family == socket.AF_INET:
                    # A reset, not a polite end.
                    linger = struct.pack("ii", 1, 0)
                    end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                else:
                    end.shutdown(socket.SHUT_RDWR)
                end.close()
            except OSError:
                pass  # the other direction was faster


def test_a_cut_network(connection, platform_url, states):
    generator = random.Random(3)
    for _ in range(max(4, KILLS // 4)):
        wire = Wire(platform_url, generator.randrange(2_000, 600_000))
        victim = psycopg2.connect(wire.url)
        try:
            push_version(victim, 1)
        except WanggeError as error:
            assert "broke off" in error.message  # noqa: PT017
        victim.close()
        check_and_go_on(platform_url, states, connection)


def test_the_server_restarts_in_the_middle(platform_url, states, root):
    folder = Path(psycopg2.extensions.parse_dsn(platform_url)["host"]).parent

    def control(verb):
        subprocess.run(
            ["bash", root / "dev" / "cluster.sh", verb, folder],
            check=True,
            stdout=subprocess.DEVNULL,
        )

    victim = psycopg2.connect(platform_url)
    timer = threading.Timer(states[2] / 2, control, ("stop",))
    timer.start()
    try:
        push_version(victim, 1)
    except WanggeError as error:
        assert "broke off" in error.message  # noqa: PT017
    timer.join()
    with pytest.raises(psycopg2.OperationalError):
        psycopg2.connect(platform_url)
    control("start")
    again = psycopg2.connect(platform_url)
    check_and_go_on(platform_url, states, again)
    again.close()


def test_two_pushes_at_once_queue(platform_url):
    def work(version):
        connection = psycopg2.connect(platform_url)
        try:
            return push_version(connection, version).batch_id
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        batches = list(pool.map(work, (1, 1)))
    assert len(set(batches)) == 2
    found = {
        (b.inserted, b.updated, b.unchanged) for b in list_pushes(psycopg2.connect(platform_url))
    }
    assert found == {(ROWS + 500, 0, 0), (0, 0, ROWS + 500)}


def test_many_clients_at_once(platform_url):
    def work(number):
        connection = psycopg2.connect(platform_url)
        try:
            rows = [make_components(2, first=number * 2), make_components(1, first=999)]
            return push(connection, "component", rows, COMPONENT, wait=60).batch_id
        finally:
            connection.close()

    with ThreadPoolExecutor(50) as pool:
        assert len(set(pool.map(work, range(50)))) == 50
    assert len(read_rows(platform_url, "component")) == 101


def test_a_second_push_that_may_not_wait_says_so(connection, platform_url):
    other = psycopg2.connect(platform_url)
    other.cursor().execute("SELECT wangge.lock_layer('component', true)")
    with pytest.raises(WanggeError, match="Somebody else"):
        push(connection, "component", layer(0), COMPONENT, wait=0.2)
    other.close()
    push(connection, "component", [make_components(1)], COMPONENT)


def test_readers_are_never_stopped(connection, platform_url):
    push(connection, "component", [make_components(3)], COMPONENT)
    reader = psycopg2.connect(platform_url, options="-c statement_timeout=2000")
    seen = []

    def rows():
        yield make_components(3, status=["破损"] * 3)
        yield make_components(3, district="500103")
        cursor = reader.cursor()
        cursor.execute("SELECT count(*) FROM wangge.component WHERE status = '完好'")
        seen.append(cursor.fetchone()[0])
        reader.commit()
        yield make_components(3, district="500104")

    push(connection, "component", rows(), COMPONENT)
    assert seen == [3]
    reader.close()


def test_a_deadlock_is_tried_again(connection, platform_url):
    push(connection, "component", [make_components(4)], COMPONENT)
    other = psycopg2.connect(platform_url)
    cursor = other.cursor()
    # A row lock taken past the layer's own lock, then a wish for that one: a circle.
    cursor.execute("SELECT 1 FROM wangge.component WHERE component_code LIKE '%3' FOR UPDATE")
    failures = []

    def wish():
        time.sleep(0.5)
        try:
            cursor.execute("UPDATE wangge.component SET note = NULL WHERE component_code LIKE '%0'")
        except psycopg2.errors.DeadlockDetected as error:
            failures.append(error)
        other.rollback()

    thread = threading.Thread(target=wish)
    thread.start()
    rows = make_components(4, status=["破损"] * 4)
    assert push(connection, "component", [rows], COMPONENT).updated == 4
    thread.join()
    other.close()


def test_a_time_limit_of_the_server(connection, platform_url, states):
    limited = psycopg2.connect(platform_url)
    limited.cursor().execute("SET statement_timeout = 5")
    limited.commit()
    with pytest.raises(WanggeError, match="statement_timeout"):
        push_version(limited, 1)
    limited.close()
    check_and_go_on(platform_url, states, connection)


def test_a_read_only_server(platform_url):
    connection = psycopg2.connect(platform_url, options="-c default_transaction_read_only=on")
    with pytest.raises(WanggeError, match="read-only"):
        push(connection, "component", layer(0), COMPONENT)
    connection.close()
    assert state(platform_url) == []


def test_no_room_left(connection, platform_url, states):
    victim = psycopg2.connect(platform_url)
    # The server's process may write no file beyond 400 kB: as a full disk, and quickly made.
    limit = ["prlimit", "--pid", str(victim.info.backend_pid), "--fsize=400000:400000"]
    as_owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*as_owner, *limit], check=True)
    with pytest.raises(WanggeError, match="no room"):
        push(victim, "component", [make_components(5000, district="500107")], COMPONENT)
    victim.close()
    check_and_go_on(platform_url, states, connection)


class StopAfter(Silent):
    """A user who cancels after so many looks."""

    def __init__(self, looks):
        self.looks = looks

    def is_cancelled(self):
        self.looks -= 1
        return self.looks < 0


@pytest.mark.parametrize("looks", [0, 1, 2, 3, 5])
def test_cancelled(connection, platform_url, states, looks):
    try:
        push_version(connection, 1, progress=StopAfter(looks))
    except Cancelled:
        assert state(platform_url) == states[0]
    check_and_go_on(platform_url, states, connection)


def test_cancelled_in_the_middle_of_a_long_statement(connection, platform_url):
    other = psycopg2.connect(platform_url)
    other.cursor().execute("LOCK TABLE wangge.push_batch IN ACCESS EXCLUSIVE MODE")
    asked = threading.Event()
    threading.Timer(0.5, asked.set).start()

    class Asked(Silent):
        def is_cancelled(self):
            return asked.is_set()

    with pytest.raises(Cancelled):
        push(connection, "component", layer(0), COMPONENT, progress=Asked())
    other.close()
    assert push(connection, "component", layer(0), COMPONENT).inserted == ROWS


def test_a_source_that_breaks_leaves_nothing(connection, platform_url):
    def rows():
        yield make_components(5)
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="gone"):
        push(connection, "component", rows(), COMPONENT)
    assert state(platform_url) == []
    assert list_pushes(connection) == []


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE wangge.component DROP COLUMN status",
        "ALTER TABLE wangge.component ALTER COLUMN note TYPE varchar(10)",
        "ALTER TABLE wangge.component RENAME COLUMN geom TO the_geom",
        "DROP FUNCTION wangge.close_batch",
        "DROP TABLE wangge.component CASCADE",
        "DROP TABLE wangge.platform",
    ],
)
def test_a_schema_changed_by_hand(make_database, installed, change):
    url = make_database(template=installed)
    connection = psycopg2.connect(url)
    connection.cursor().execute(change)
    connection.commit()
    with pytest.raises(WanggeError, match="platform"):
        push(connection, "component", layer(0), COMPONENT)
    connection.close()


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE wangge.component DROP COLUMN status CASCADE",
        "ALTER TABLE wangge.component ALTER COLUMN note TYPE varchar(10)",
        "DROP FUNCTION wangge.close_batch",
        "DROP TRIGGER stamp_row ON wangge.component",
    ],
)
def test_installing_again_repairs_what_it_can(make_database, installed, change):
    connection = psycopg2.connect(make_database(template=installed))
    connection.cursor().execute(change)
    connection.commit()
    install(connection)
    assert push(connection, "component", [make_components(3)], COMPONENT).inserted == 3
    connection.close()


def test_a_rule_added_by_hand_rejects_with_its_name(connection, platform_url):
    cursor = connection.cursor()
    cursor.execute(
        "ALTER TABLE wangge.component ADD CONSTRAINT component_100pct "
        "CHECK (status NOT LIKE '{%' AND status IN ('完好', '破损'))"
    )
    connection.commit()
    try:
        with pytest.raises(WanggeError, match="component_100pct"):
            push(connection, "component", [make_components(2, status=["完好", "怪"])], COMPONENT)
        assert push(connection, "component", [make_components(2)], COMPONENT).inserted == 2
    finally:
        cursor.execute("ALTER TABLE wangge.component DROP CONSTRAINT component_100pct")
        connection.commit()


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII", "EUC_CN"])
def test_a_database_that_cannot_hold_chinese(make_database, encoding):
    connection = psycopg2.connect(make_database(encoding=encoding))
    with pytest.raises(WanggeError, match=encoding):
        install(connection)
    connection.close()


def test_a_server_without_postgis_for_somebody_without_rights(make_database, cluster):
    url = make_database()
    owner = psycopg2.connect(cluster)
    owner.autocommit = True
    owner.cursor().execute("CREATE ROLE newcomer LOGIN")
    name = psycopg2.extensions.parse_dsn(url)["dbname"]
    owner.cursor().execute(
        sql.SQL("GRANT CREATE ON DATABASE {} TO newcomer").format(sql.Identifier(name))
    )
    try:
        connection = psycopg2.connect(url, user="newcomer")
        with pytest.raises(WanggeError, match="PostGIS"):
            install(connection)
        # Once the administrator has added it, the newcomer can install, without roles.
        with psycopg2.connect(url) as administrator:
            administrator.cursor().execute("CREATE EXTENSION postgis")
        administrator.close()
        install(connection, srid=4547)
        assert push(connection, "component", [make_components(2)], COMPONENT).inserted == 2
        connection.close()
    finally:
        with psycopg2.connect(url) as administrator:
            administrator.cursor().execute("DROP OWNED BY newcomer CASCADE")
        administrator.close()
        owner.cursor().execute("DROP OWNED BY newcomer; DROP ROLE newcomer")
        owner.close()


def test_a_postgis_that_is_too_old(make_database, installed):
    connection = psycopg2.connect(make_database(template=installed))
    connection.cursor().execute(
        "UPDATE pg_extension SET extversion = '2.5.11' WHERE extname = 'postgis'"
    )
    connection.commit()
    with pytest.raises(WanggeError, match=r"2\.5\.11"):
        install(connection)
    connection.close()


@pytest.mark.parametrize("shift", ["-10 years", "10 years"])
def test_a_clock_that_jumps(connection, platform_url, shift):
    """Batches count, not hours: what is newer, in conflict or to be taken back stays so."""

    def jump():
        cursor = connection.cursor()
        cursor.execute(
            "UPDATE wangge.push_batch SET started_at = started_at + %s::interval, "
            "finished_at = finished_at + %s::interval WHERE batch_id = (SELECT max(batch_id) "
            "FROM wangge.push_batch)",
            (shift, shift),
        )
        cursor.execute(
            "UPDATE wangge.component_history SET changed_at = changed_at + %s::interval", (shift,)
        )
        connection.commit()

    first = push(connection, "component", [make_components(4)], COMPONENT).batch_id
    jump()
    changed = make_components(4, status=["破损", "完好", "完好", "完好"])
    second = push(connection, "component", [changed], COMPONENT).batch_id
    jump()
    since = pull(connection, "component", COMPONENT, changed_since=first)
    assert sum(len(part) for part in since) == 1
    mine = make_components(4, note=["甲"] * 4)
    with pytest.raises(PushRefusedError) as refused:
        push(connection, "component", [mine], COMPONENT, base_snapshot=first)
    assert [c.batch_id for c in refused.value.result.conflicts] == [second]
    with pytest.raises(WanggeError, match=str(second)):
        revert(connection, first)
    assert [b.batch_id for b in list_pushes(connection) if b.state == "done"] == [second, first]
    revert(connection, second)
    revert(connection, first)
    assert state(platform_url) == []
