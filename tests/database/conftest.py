"""A real PostGIS cluster for the session and an empty database for each test that asks for one."""

import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg2
import pytest
from psycopg2 import sql

# With --import-mode=importlib the folder's own helper module is found only so.
sys.path.append(str(Path(__file__).parent))

_numbers = itertools.count(1)


def _cluster(root: Path, verb: str, folder: Path) -> str:
    done = subprocess.run(
        ["bash", root / "dev" / "cluster.sh", verb, folder], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="session")
def cluster(root):
    """URL of a database in a private cluster; WANGGE_TEST_CLUSTER names a folder to keep."""
    kept = os.environ.get("WANGGE_TEST_CLUSTER")
    folder = Path(kept or tempfile.mkdtemp(prefix="wangge-pg-", dir="/tmp"))
    folder.chmod(0o755)  # user postgres must get in when root runs the tests
    try:
        url = _cluster(root, "start", folder)
        connection = psycopg2.connect(url)
        connection.autocommit = True
        # Kills of the server leave the operating system's cache whole: no need to wait for disks.
        connection.cursor().execute("ALTER SYSTEM SET fsync = off")
        connection.cursor().execute("SELECT pg_reload_conf()")
        connection.close()
        yield url
    finally:
        if not kept:
            _cluster(root, "destroy", folder)
            shutil.rmtree(folder)


def _administer(cluster: str, statement: str, *names: str) -> None:
    # A connection each time: a test may have restarted the server.
    connection = psycopg2.connect(cluster)
    connection.autocommit = True
    connection.cursor().execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
    connection.close()


@pytest.fixture
def make_database(cluster):
    """Return a function that makes an empty database (or a copy of ``template``) and its URL."""
    made = []

    def make(template="template0", encoding="UTF8") -> str:
        name = f"test_{os.getpid()}_{next(_numbers)}"
        empty = f"ENCODING '{encoding}' LOCALE 'C'" if template == "template0" else ""
        _administer(cluster, f"CREATE DATABASE {{}} TEMPLATE {{}} {empty}", name, template)
        made.append(name)
        return cluster.replace("/wangge?", f"/{name}?")

    yield make
    for name in made:
        _administer(cluster, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


@pytest.fixture(scope="session")
def installed(cluster):
    """Name of a database with an installed platform, to be copied."""
    from wangge.plugin.database.migrations import install

    name = f"installed_{os.getpid()}"
    _administer(cluster, "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'", name)
    connection = psycopg2.connect(cluster.replace("/wangge?", f"/{name}?"))
    install(connection, srid=4547)
    connection.close()
    yield name
    _administer(cluster, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


@pytest.fixture
def platform_url(cluster, installed):
    """URL of an empty platform; emptying one is much faster than copying one."""
    url = cluster.replace("/wangge?", f"/{installed}?")
    connection = psycopg2.connect(url)
    cursor = connection.cursor()
    cursor.execute(
        "SELECT inhrelid::regclass::text FROM pg_inherits i JOIN pg_class c ON c.oid = inhrelid "
        "WHERE c.relkind = 'r' AND c.relnamespace = 'wangge'::regnamespace"
    )
    for (partition,) in cursor.fetchall():
        cursor.execute(f"DROP TABLE {partition}")
    cursor.execute(
        "TRUNCATE wangge.push_batch, wangge.user_district, wangge.finding, wangge.lineage, "
        "wangge.code_block RESTART IDENTITY CASCADE"
    )
    connection.commit()
    connection.close()
    return url


@pytest.fixture
def connection(platform_url):
    connection = psycopg2.connect(platform_url)
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def story(cluster, installed):
    """A connection and its URL for property tests, whose examples build on each other."""
    url = cluster.replace("/wangge?", f"/{installed}?")
    connection = psycopg2.connect(url)
    yield connection, url
    connection.close()


@pytest.fixture(scope="module")
def typed_connection(cluster):
    """A platform whose risk list has a field of every type, as a city's profile would add them."""
    from test_pull import TYPES
    from wangge.plugin.database.migrations import install

    _administer(cluster, "CREATE DATABASE typed TEMPLATE template0 ENCODING 'UTF8'")
    connection = psycopg2.connect(cluster.replace("/wangge?", "/typed?"))
    install(connection, srid=4547)
    install(connection, specs={"risk": TYPES})
    yield connection
    connection.close()
    _administer(cluster, "DROP DATABASE typed WITH (FORCE)")


@pytest.fixture(scope="module")
def twins(cluster):
    """A database with two platforms, in schemas wangge and anew."""
    from wangge.plugin.database.migrations import install

    _administer(cluster, "CREATE DATABASE twins TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'")
    connection = psycopg2.connect(cluster.replace("/wangge?", "/twins?"))
    for schema in ("wangge", "anew"):
        install(connection, srid=4547, schema=schema)
    yield connection
    connection.close()
    _administer(cluster, "DROP DATABASE twins WITH (FORCE)")
