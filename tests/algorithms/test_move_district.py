"""A district moved to a second server and home again, by algorithms."""

import csv
import os
import subprocess
from pathlib import Path

import psycopg2
import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = str(ROOT / "dev" / "cluster.sh")


def service(folder):
    done = subprocess.run(
        [SCRIPT, "service", str(folder)], check=True, capture_output=True, text=True
    )
    return Path(done.stdout.strip()).read_text("utf-8")


def values_of(entry):
    return dict(line.split("=", 1) for line in entry.splitlines() if "=" in line)


@pytest.fixture
def other_server(platform, cluster, tmp_path):
    """A second server; returns its folder."""
    folder = tmp_path / "south"
    subprocess.run([SCRIPT, "start", str(folder)], check=True, capture_output=True)
    try:
        with psycopg2.connect(**values_of(service(folder))) as connection:
            connection.cursor().execute("CREATE EXTENSION postgis; CREATE ROLE wangge_link LOGIN")
        connection.close()
        yield folder
    finally:
        subprocess.run([SCRIPT, "destroy", str(folder)], check=False, capture_output=True)


def name_services(cluster, tmp_path, monkeypatch, entry):
    """Add the second server to the services that a user has."""
    both = tmp_path / "pg_service.conf"
    both.write_text(service(cluster) + "\n" + entry.replace("[wangge]", "[south]"), "utf-8")
    monkeypatch.setenv("PGSERVICEFILE", str(both))
    return "service=south"


def introduce(platform, *, server, user):
    """Make the second server known to the platform, as its administrator does once."""

    def options(values):
        return ", ".join(f"{name} %s" for name in values)

    with psycopg2.connect(platform) as connection:
        connection.cursor().execute(
            "CREATE EXTENSION postgres_fdw; "
            f"CREATE SERVER south FOREIGN DATA WRAPPER postgres_fdw OPTIONS ({options(server)}); "
            f"CREATE USER MAPPING FOR PUBLIC SERVER south OPTIONS ({options(user)})",
            (*server.values(), *user.values()),
        )
    connection.close()


LINK = {"user": "wangge_link", "password_required": "false"}


@pytest.fixture
def south(platform, cluster, other_server, tmp_path, monkeypatch):
    """A second server that the platform's database knows as “south”."""
    entry = service(other_server)
    place = values_of(entry)
    server = {"host": place["host"], "port": place["port"], "dbname": "wangge"}
    introduce(platform, server={**server, "extensions": "postgis"}, user=LINK)
    return name_services(cluster, tmp_path, monkeypatch, entry)


def certify(folder, name, *, address=""):
    """Make a key and a certificate of the folder's own authority."""
    made = folder / f"{name}.pem"
    key = made.with_suffix(".key")
    authority = folder / "ca.pem"
    ask = ["openssl", "req", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={name}"]
    if not authority.exists() and name != "ca":
        certify(folder, "ca")
    signed = [] if name == "ca" else ["-CA", str(authority), "-CAkey", str(folder / "ca.key")]
    more = ["-addext", f"subjectAltName=IP:{address}"] if address else []
    subprocess.run(
        [*ask, "-x509", "-days", "2", "-keyout", str(key), "-out", str(made), *signed, *more],
        check=True,
        capture_output=True,
    )
    return made, key


def hand_over(paths, connection):
    """Copy files to where a server may read them; return their new paths."""
    cursor = connection.cursor()
    cursor.execute("SHOW data_directory")
    (data,) = cursor.fetchone()
    made = []
    for path in paths:
        target = Path(data) / f"tls-{path.name}"
        target.write_bytes(path.read_bytes())
        target.chmod(0o600)
        owner = Path(data).stat()
        os.chown(target, owner.st_uid, owner.st_gid)
        made.append(str(target))
    return made


@pytest.fixture
def south_by_tls(platform, cluster, other_server, tmp_path, monkeypatch):
    """The same over TCP, where only who shows a certificate is let in, as the guide says."""
    server, link, administrator = (
        certify(tmp_path, "south", address="127.0.0.1"),
        certify(tmp_path, "wangge_link"),
        certify(tmp_path, "postgres"),
    )
    authority = tmp_path / "ca.pem"
    remote = psycopg2.connect(**values_of(service(other_server)))
    remote.autocommit = True
    files = hand_over((*server, authority), remote)
    cursor = remote.cursor()
    for name, file in zip(("ssl_cert_file", "ssl_key_file", "ssl_ca_file"), files, strict=True):
        cursor.execute(f"ALTER SYSTEM SET {name} = %s", (file,))
    cursor.execute("ALTER SYSTEM SET ssl = on")
    cursor.execute("SHOW hba_file")
    Path(cursor.fetchone()[0]).write_text(
        "local all all trust\n"
        "hostssl wangge wangge_link 127.0.0.1/32 cert\n"
        "hostssl wangge postgres 127.0.0.1/32 cert\n"
    )
    remote.close()
    for verb in ("stop", "start"):
        subprocess.run([SCRIPT, verb, str(other_server)], check=True, capture_output=True)
    place = values_of(service(other_server))
    remote = psycopg2.connect(**place)
    remote.autocommit = True

    home = psycopg2.connect(platform)
    cert, key, root = hand_over((*link, authority), home)
    home.close()
    address = {"host": "127.0.0.1", "port": place["port"], "dbname": "wangge"}
    introduce(
        platform,
        server={**address, "sslmode": "verify-full", "sslrootcert": root, "extensions": "postgis"},
        user={**LINK, "sslcert": cert, "sslkey": key},
    )
    entry = {
        **address,
        "user": "postgres",
        "sslmode": "verify-full",
        "sslrootcert": authority,
        "sslcert": administrator[0],
        "sslkey": administrator[1],
    }
    text = "[wangge]\n" + "".join(f"{name}={value}\n" for name, value in entry.items())
    yield name_services(cluster, tmp_path, monkeypatch, text), remote, address
    remote.close()


def test_a_district_moves_to_another_server_and_home(run, city, platform, south, tmp_path):
    to = {"CONNECTION": platform}
    run("install_platform", SRID=4547, **to)
    for kind in ("department", "community", "unit_grid"):
        run("push_to_platform", KIND=kind, INPUT=city(kind), **to)
    push = {"KIND": "component", "INPUT": city("component"), **to}
    first = run("push_to_platform", **push)
    assert first["INSERTED"] == 1500

    def places():
        out = tmp_path / "places.csv"
        assert run("list_districts", OUTPUT=str(out), **to)["TORN_COUNT"] == 0
        with out.open(encoding="utf-8") as file:
            rows = [(r["kind"], r["server"], r["rows"]) for r in csv.DictReader(file)]
        return [row for row in rows if row[0] == "component"]

    assert places() == [("component", "", "1500")]
    district = {"REMOTE": south, "KIND": "component", "DISTRICT": "509901", **to}
    assert run("move_district", SERVER="south", **district)["ROW_COUNT"] == 1500
    assert places() == [("component", "south", "1500")]
    again = run("push_to_platform", **push)
    assert (again["UNCHANGED"], again["UPDATED"]) == (1500, 0)
    pulled = run("pull_from_platform", KIND="component", OUTPUT=str(tmp_path / "p.gpkg"), **to)
    assert pulled["ROWS"] == 1500
    assert run("move_district", **district)["ROW_COUNT"] == 1500
    assert places() == [("component", "", "1500")]


def test_the_other_server_is_reached_by_certificate_alone(
    run, city, platform, south_by_tls, tmp_path
):
    south, remote, address = south_by_tls
    to = {"CONNECTION": platform}
    run("install_platform", SRID=4547, **to)
    for kind in ("department", "community", "unit_grid", "component"):
        run("push_to_platform", KIND=kind, INPUT=city(kind), **to)
    district = {"REMOTE": south, "KIND": "component", "DISTRICT": "509901", **to}
    assert run("move_district", SERVER="south", **district)["ROW_COUNT"] == 1500
    again = run("push_to_platform", KIND="component", INPUT=city("component"), **to)
    assert (again["UNCHANGED"], again["UPDATED"]) == (1500, 0)

    # As long as the platform's session lives, the other server shows how it came in.
    with psycopg2.connect(platform) as home:
        home.cursor().execute("SELECT count(*) FROM wangge.component")
        cursor = remote.cursor()
        cursor.execute(
            "SELECT ssl, client_dn FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) "
            "WHERE usename = 'wangge_link'"
        )
        assert cursor.fetchall() == [(True, "/CN=wangge_link")]
    home.close()
    for mode in ("disable", "require"):
        with pytest.raises(psycopg2.OperationalError):
            psycopg2.connect(user="wangge_link", sslmode=mode, **address)
