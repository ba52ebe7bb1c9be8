"""Districts on two real servers: pushes, reverts, pulls and rights as on one; a server that dies."""

import subprocess
import tempfile
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import psycopg2
import pytest
from platform_rows import SPECS, make_components, make_grids, picture, read_rows
from wangge.plugin.database.batches import revert
from wangge.plugin.database.migrations import install
from wangge.plugin.database.pull import pull
from wangge.plugin.database.push import push
from wangge.plugin.database.spreading import bring_home, list_districts, move_district
from wangge.plugin.errors import WanggeError

COMPONENT = SPECS["component"]
HERE, THERE = "500112", "500103"


class Cluster:
    """A second PostgreSQL cluster that can be taken down as a power cut would."""

    def __init__(self, root, folder):
        self._script, self._folder = root / "dev" / "cluster.sh", folder
        self.url = self._run("start")

    def _run(self, verb):
        done = subprocess.run(
            ["bash", self._script, verb, self._folder], capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def kill(self):
        """SIGKILL to the whole server."""
        administrator = psycopg2.connect(self.url)
        cursor = administrator.cursor()
        cursor.execute("SHOW data_directory")
        pid = (Path(cursor.fetchone()[0]) / "postmaster.pid").read_text().split()[0]
        children = subprocess.run(["pgrep", "-P", pid], capture_output=True, text=True).stdout
        subprocess.run(["kill", "-9", pid, *children.split()], check=True)

    def start(self):
        self.url = self._run("start")

    def destroy(self):
        self._run("destroy")


@pytest.fixture(scope="module")
def south(root):
    folder = Path(tempfile.mkdtemp(prefix="wangge-south-", dir="/tmp"))
    folder.chmod(0o755)
    cluster = Cluster(root, folder)
    with psycopg2.connect(cluster.url) as connection:
        connection.cursor().execute("CREATE EXTENSION postgis; CREATE ROLE wangge_link LOGIN")
    connection.close()
    yield cluster
    cluster.destroy()


@pytest.fixture
def remote(south):
    connection = psycopg2.connect(south.url)
    yield connection
    connection.close()


@pytest.fixture
def city(make_database, south):
    """URL of a platform that knows the server south."""
    url = make_database()
    connection = psycopg2.connect(url)
    install(connection, srid=4547)
    introduce(connection, south)
    connection.close()
    yield url
    with psycopg2.connect(south.url) as connection:
        connection.cursor().execute("DROP SCHEMA IF EXISTS wangge_part CASCADE")
    connection.close()


def introduce(connection, south):
    """What an administrator does once: no password, no address in anything of ours."""
    place = {k: v[0] for k, v in parse_qs(urlparse(south.url).query).items()}
    connection.cursor().execute(
        "CREATE EXTENSION IF NOT EXISTS postgres_fdw; DROP SERVER IF EXISTS south CASCADE; "
        "CREATE SERVER south FOREIGN DATA WRAPPER postgres_fdw "
        "OPTIONS (host %s, port %s, dbname 'wangge', extensions 'postgis'); "
        "CREATE USER MAPPING FOR PUBLIC SERVER south "
        "OPTIONS (user 'wangge_link', password_required 'false')",
        (place["host"], place["port"]),
    )
    connection.commit()


@pytest.fixture
def connection(city):
    connection = psycopg2.connect(city)
    yield connection
    connection.close()


def both(count=4, **columns):
    return [make_components(count, district=d, **columns) for d in (HERE, THERE)]


def counts(result):
    return (result.inserted, result.updated, result.unchanged, result.deleted)


def told(connection, **options):
    """What a pull gives, in order."""
    rows = []
    for batch in pull(connection, "component", COMPONENT, **options):
        shapes = [s.wkt for s in batch.shapes]
        rows += zip(batch.text("component_code"), batch.text("status"), shapes, strict=True)
    return sorted(rows)


def live(connection, url):
    """Pushes, an edit, reverts and pulls; everything that came of them."""
    seen = []
    again = push(connection, "component", both(), COMPONENT)
    seen.append(counts(again))
    changed = push(
        connection,
        "component",
        both(5, status=["破损", "完好", "完好", "丢失", "完好"]),
        COMPONENT,
    )
    seen += [counts(changed), picture(url)]
    seen.append(
        counts(
            push(
                connection,
                "component",
                both(5, status=["破损", "完好", "完好", "丢失", "完好"]),
                COMPONENT,
            )
        )
    )
    dry = push(connection, "component", both(3), COMPONENT, mode="dry_run", delete_missing=True)
    seen += [counts(dry), sorted((d.operation, d.key, d.field) for d in dry.differences)]
    gone = push(connection, "component", both(3), COMPONENT, delete_missing=True)
    seen += [counts(gone), picture(url), told(connection, area_code=THERE)]
    seen.append(told(connection, changed_since=changed.batch_id))
    seen.append(told(connection, extent=(0, 0, 1e7, 1e7)))
    revert(connection, gone.batch_id)
    seen.append(picture(url))
    revert(connection, changed.batch_id)
    seen.append(picture(url))
    connection.cursor().execute(
        "UPDATE wangge.component SET note = 'x' WHERE component_code LIKE '%1'"
    )
    connection.cursor().execute("DELETE FROM wangge.component WHERE component_code LIKE '%2'")
    connection.commit()
    seen.append(picture(url))
    seen.append(
        sorted(
            read_rows(
                url,
                "component_changes",
                "operation, district_code, key, before->>'status', after->>'status', after->>'note'",
            ),
            key=str,
        )
    )
    grids = [make_grids(2), make_grids(2, district=THERE)]
    seen.append(counts(push(connection, "unit_grid", grids, SPECS["unit_grid"])))
    seen.append(sorted(read_rows(url, "census_progress", "district_code, grids, components")))
    return seen


def test_on_two_servers_everything_goes_as_on_one(connection, city, remote, platform_url):
    push(connection, "component", both(), COMPONENT)
    assert move_district(connection, remote, "component", THERE, "south") == 4
    cursor = remote.cursor()
    cursor.execute("SELECT count(*) FROM wangge_part.component_500103")
    assert cursor.fetchone() == (4,)
    remote.rollback()
    one = psycopg2.connect(platform_url)
    push(one, "component", both(), COMPONENT)
    assert live(connection, city) == live(one, platform_url)
    one.close()
    places = {(p.kind, p.district): p.server for p in list_districts(connection)}
    assert places["component", THERE] == "south"
    assert places["component", HERE] == ""
    assert {p.torn for p in list_districts(connection)} == {0}


def test_a_new_district_and_an_upgrade_find_their_way_in_a_spread_layer(connection, city, remote):
    push(connection, "component", both(), COMPONENT)
    move_district(connection, remote, "component", THERE, "south")
    install(connection)
    new = push(connection, "component", [make_components(3, district="500105")], COMPONENT)
    assert new.inserted == 3
    with pytest.raises(psycopg2.errors.UniqueViolation):
        connection.cursor().execute(
            "INSERT INTO wangge.component SELECT * FROM wangge.component_500105"
        )
    connection.rollback()
    changed = push(connection, "component", both(4, status=["破损"] * 4), COMPONENT)
    assert changed.updated == 8
    revert(connection, changed.batch_id)
    assert {row[0] for row in read_rows(city, "component", "status")} == {"完好"}


def test_the_other_server_holds_rows_to_the_layers_checks(connection, city, remote):
    push(connection, "component", both(), COMPONENT)
    move_district(connection, remote, "component", THERE, "south")
    for statement, error in (
        (
            "UPDATE wangge.component SET accuracy = 'Z' WHERE district_code = '500103'",
            psycopg2.errors.CheckViolation,
        ),
        (
            "UPDATE wangge.component SET district_code = '500112' WHERE district_code = '500103'",
            psycopg2.errors.CheckViolation,
        ),
        (
            "INSERT INTO wangge.component (component_code, district_code) "
            "SELECT component_code, district_code FROM wangge.component "
            "WHERE district_code = '500103'",
            psycopg2.errors.UniqueViolation,
        ),
    ):
        with pytest.raises(error):
            connection.cursor().execute(statement)
        connection.rollback()


def test_new_fields_of_a_spread_layer_are_told(connection, city, remote):
    from dataclasses import replace

    from wangge.plugin.standards.spec import FieldSpec, FieldType

    push(connection, "component", both(), COMPONENT)
    move_district(connection, remote, "component", THERE, "south")
    more = replace(COMPONENT, fields=(*COMPONENT.fields, FieldSpec("lamp_power", FieldType.REAL)))
    notes = install(connection, specs={"component": more}).notes
    assert any("lamp_power" in note and "south" in note for note in notes)
    remote.cursor().execute(
        "ALTER TABLE wangge_part.component_500103 ADD COLUMN lamp_power double precision"
    )
    remote.commit()
    assert push(connection, "component", both(5), more).inserted == 2


def test_a_district_comes_home_and_the_layer_is_as_it_was(connection, city, remote):
    def shape():
        cursor = connection.cursor()
        cursor.execute(
            "SELECT contype, conname, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE conrelid IN ('wangge.component'::regclass, 'wangge.component_500112'::regclass) "
            "UNION SELECT 't', tgname, '' FROM pg_trigger "
            "WHERE tgrelid = 'wangge.component'::regclass AND NOT tgisinternal"
        )
        found = set(cursor.fetchall())
        connection.rollback()
        return found

    push(connection, "component", both(), COMPONENT)
    before, rows = shape(), picture(city)
    move_district(connection, remote, "component", THERE, "south")
    push(connection, "component", both(5), COMPONENT)
    assert shape() != before
    assert bring_home(connection, remote, "component", THERE) == 5
    assert shape() == before
    assert len(picture(city)) == len(rows) + 2
    assert read_rows(city, "component_500103", "count(*)") == [(5,)]
    cursor = remote.cursor()
    cursor.execute("SELECT to_regclass('wangge_part.component_500103')")
    assert cursor.fetchone() == (None,)


def test_districts_hold_for_a_surveyor_on_two_servers(connection, city, remote):
    push(connection, "component", both(), COMPONENT)
    move_district(connection, remote, "component", THERE, "south")
    cursor = connection.cursor()
    cursor.execute("CREATE ROLE south_surveyor LOGIN; GRANT wangge_surveyor TO south_surveyor")
    cursor.execute("INSERT INTO wangge.user_district VALUES ('south_surveyor', %s)", (THERE,))
    connection.commit()
    surveyor = psycopg2.connect(city, user="south_surveyor")
    try:
        mine = make_components(4, district=THERE, status=["破损"] * 4)
        assert push(surveyor, "component", [mine], COMPONENT).updated == 4
        assert {code[:6] for code, _, _ in told(surveyor)} == {THERE}
        with pytest.raises(WanggeError, match="no right"):
            push(surveyor, "component", [make_components(5)], COMPONENT)
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            surveyor.cursor().execute("SELECT * FROM wangge.component_500103")
        surveyor.rollback()
        with pytest.raises(WanggeError, match="owner"):
            move_district(surveyor, remote, "component", HERE, "south")
    finally:
        surveyor.close()
        cursor.execute("DROP OWNED BY south_surveyor; DROP ROLE south_surveyor")
        connection.commit()


def test_what_cannot_be_moved_is_refused_and_nothing_changes(connection, city, remote):
    push(connection, "component", both(), COMPONENT)
    before = picture(city)
    for kind, district, server, sentence in (
        ("risk", THERE, "south", "codes hold the district"),
        ("component", "500199", "south", "no rows of district"),
        ("component", THERE, "north", "CREATE SERVER"),
    ):
        with pytest.raises(WanggeError, match=sentence):
            move_district(connection, remote, kind, district, server)
    assert picture(city) == before
    assert {p.server for p in list_districts(connection)} == {""}


def test_a_server_that_dies_mid_push_leaves_nothing_half_written(connection, city, remote, south):
    push(connection, "component", both(), COMPONENT)
    move_district(connection, remote, "component", THERE, "south")
    before = picture(city)
    remote.close()
    changed = {"status": ["破损"] * 4}

    def rows_and_a_power_cut():
        yield make_components(4, district=THERE, **changed)
        south.kill()
        yield make_components(4, district=HERE, **changed)

    with pytest.raises(WanggeError, match="Another server"):
        push(connection, "component", rows_and_a_power_cut(), COMPONENT)
    # The other districts work on while it is down.
    only_here = [make_components(4, district=HERE, note=["a"] * 4)]
    assert push(connection, "component", only_here, COMPONENT).updated == 4
    with pytest.raises(WanggeError, match="Another server"):
        push(connection, "component", both(4, **changed), COMPONENT)
    south.start()
    introduce_again(connection, south)
    after = picture(city)
    assert {k: v for k, v in after.items() if k.startswith(THERE)} == {
        k: v for k, v in before.items() if k.startswith(THERE)
    }
    assert push(connection, "component", both(4, **changed), COMPONENT).updated == 8
    assert {p.torn for p in list_districts(connection)} == {0}


def introduce_again(connection, south):
    """The port may be another one after a restart."""
    place = {k: v[0] for k, v in parse_qs(urlparse(south.url).query).items()}
    connection.cursor().execute("ALTER SERVER south OPTIONS (SET port %s)", (place["port"],))
    connection.commit()


def test_a_push_torn_between_two_servers_is_told(connection, city, remote):
    """The other server has finished, the platform has not: what no two-phase commit would do."""
    push(connection, "component", both(), COMPONENT)
    move_district(connection, remote, "component", THERE, "south")
    with remote.cursor() as cursor:
        cursor.execute(
            "UPDATE wangge_part.component_500103 SET batch_id = 99, status = '破损', "
            "row_hash = NULL WHERE component_code LIKE '%1'"
        )
    remote.commit()
    places = {p.district: p.torn for p in list_districts(connection)}
    assert places == {HERE: 0, THERE: 1}
    mended = push(connection, "component", both(), COMPONENT)
    assert (mended.updated, mended.unchanged) == (1, 7)
    assert {p.torn for p in list_districts(connection)} == {0}
