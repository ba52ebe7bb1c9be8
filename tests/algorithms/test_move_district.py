"""A district moved to a second server and home again, by algorithms."""

import csv
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


@pytest.fixture
def south(platform, cluster, tmp_path, monkeypatch):
    """A second server that the platform's database knows as “south”."""
    folder = tmp_path / "south"
    subprocess.run([SCRIPT, "start", str(folder)], check=True, capture_output=True)
    try:
        entry = service(folder).replace("[wangge]", "[south]")
        both = tmp_path / "pg_service.conf"
        both.write_text(service(cluster) + "\n" + entry, "utf-8")
        monkeypatch.setenv("PGSERVICEFILE", str(both))
        place = dict(line.split("=", 1) for line in entry.splitlines() if "=" in line)
        with psycopg2.connect("service=south") as connection:
            connection.cursor().execute("CREATE EXTENSION postgis; CREATE ROLE link LOGIN")
        connection.close()
        with psycopg2.connect(platform) as connection:
            connection.cursor().execute(
                "CREATE EXTENSION postgres_fdw; "
                "CREATE SERVER south FOREIGN DATA WRAPPER postgres_fdw "
                "OPTIONS (host %s, port %s, dbname 'wangge', extensions 'postgis'); "
                "CREATE USER MAPPING FOR PUBLIC SERVER south "
                "OPTIONS (user 'link', password_required 'false')",
                (place["host"], place["port"]),
            )
        connection.close()
        yield "service=south"
    finally:
        subprocess.run([SCRIPT, "destroy", str(folder)], check=False, capture_output=True)


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
