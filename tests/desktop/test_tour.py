"""A newcomer's tour from the zip to the platform database, all with the mouse."""

import os
import subprocess
from pathlib import Path

import psycopg2
import pytest

ROOT = Path(__file__).resolve().parents[2]


def cluster(verb, folder):
    done = subprocess.run(
        ["bash", ROOT / "dev" / "cluster.sh", verb, folder],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cluster")
    cluster("start", folder)
    before = os.environ.get("PGSERVICEFILE")
    os.environ["PGSERVICEFILE"] = cluster("service", folder)
    yield cluster("url", folder)
    if before is None:
        del os.environ["PGSERVICEFILE"]
    else:
        os.environ["PGSERVICEFILE"] = before
    cluster("destroy", folder)


@pytest.fixture(scope="module")
def tour(run_script, plugin_zip, database):
    return run_script("tour", plugin=None, zip=str(plugin_zip), timeout=400)


def test_the_sample_city_comes_from_the_welcome_page(tour):
    assert tour["city"] >= 10


def test_every_job_succeeds_but_the_push_of_errors(tour):
    failed = [name for name, ok in tour["jobs"][:-1] if not ok]
    assert failed == [], tour["says"]
    assert tour["jobs"][-1] == ["push_to_platform", False]


def test_the_cells_made_have_no_errors(tour):
    assert tour["cells"] > 50
    assert tour["cell_errors"] == 0


def test_the_refusal_is_a_sentence(tour):
    said = " ".join(tour["says"]["push_to_platform"])
    assert "Traceback" not in said
    assert "Nothing was" in said or "nothing was" in said, said


def test_the_database_has_what_was_pushed(tour, database):
    connection = psycopg2.connect(database)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM wangge.unit_grid")
        assert cursor.fetchone()[0] == tour["pushed_cells"] == tour["cells"]
        cursor.execute("SELECT count(*) FROM wangge.community")
        assert cursor.fetchone()[0] == tour["pushed_communities"]
    connection.close()


def test_the_browser_shows_platforms_layers_and_pushes(tour):
    assert "platform" in tour["browser"]["platforms"]
    layers = ("Unit grids", "Communities", "Managed components", "Open findings, counted", "Pushes")
    for name in layers:
        assert name in tour["browser"]["layers"]
    communities, cells, refused = sorted(tour["browser"]["pushes"])
    assert "Communities" in communities
    assert "Unit grids" in cells
    assert f"+{tour['cells']} " in cells
    assert "Unit grids  refused: " in refused


def test_a_push_is_taken_back_from_the_browser(tour):
    algorithm, connection, batch = tour["revert"]
    assert (algorithm, connection) == ("wangge:revert_push", "platform")
    assert batch == 2


def test_the_history_of_a_cell_comes_from_the_platform(tour):
    history = tour["history"]
    assert tour["cell"] in history["title"]
    assert history["said"] == "Changes: 1"
    assert history["what"].startswith("Brought in by push 2")
    assert tour["cell"] in history["fields"].values()


def test_a_cell_is_shown_in_the_platform_s_own_layer(tour):
    assert tour["in_platform"] == ["postgres", [tour["cell"]]]


def test_results_are_announced(tour):
    for name in ("partition_unit_grids", "number_components", "install_platform"):
        assert any("Finished" in text for text in tour["says"][name]), name
    assert "Show on the map" in tour["buttons"]["partition_unit_grids"]


def test_the_window_never_stops_reacting(tour):
    slow = {name: blocks for name, blocks in tour["blocks_of"].items() if blocks}
    assert slow == {}


def test_no_mistake_is_shown(tour):
    assert tour["exceptions"] == []
    assert tour["exit_code"] == 0
