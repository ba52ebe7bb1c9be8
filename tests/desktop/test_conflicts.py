"""Conflicts of a merge settled in a real window."""

import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(name, *parameters):
    subprocess.run(
        [str(ROOT / ".venv" / "bin" / "qgis_process"), "run", f"wangge:{name}", "--", *parameters],
        check=True,
        capture_output=True,
    )


def edit(folder, path, uuids, status, move):
    """Give three components a status and move the last of them, as QGIS does it."""
    code = folder / "edit.py"
    code.write_text(
        "import sys\n"
        "from qgis.core import QgsApplication, QgsVectorLayer\n"
        "app = QgsApplication([], False)\n"
        "app.initQgis()\n"
        "path, status, move, *uuids = sys.argv[1:]\n"
        "layer = QgsVectorLayer(path + '|layername=component', 'c', 'ogr')\n"
        "assert layer.startEditing()\n"
        "index = layer.fields().lookupField('status')\n"
        "for f in layer.getFeatures():\n"
        "    if f['uuid'] in uuids:\n"
        "        layer.changeAttributeValue(f.id(), index, status)\n"
        "    if f['uuid'] == uuids[-1]:\n"
        "        g = f.geometry()\n"
        "        g.translate(float(move), 0)\n"
        "        layer.changeGeometry(f.id(), g)\n"
        "assert layer.commitChanges(), layer.commitErrors()\n",
        encoding="utf-8",
    )
    python = ROOT / ".venv" / "bin" / "python"
    subprocess.run(
        [str(python), str(code), str(path), status, str(move), *uuids],
        check=True,
        capture_output=True,
        env={"QT_QPA_PLATFORM": "offscreen", "PATH": "/usr/bin", "HOME": str(folder)},
    )


@pytest.fixture(scope="module")
def merged(clean_city, tmp_path_factory):
    """A census project in which field and office changed the same components."""
    folder = tmp_path_factory.mktemp("merged")
    gpkg = clean_city.with_name("city.gpkg")
    project = folder / "made"
    run(
        "create_census_project",
        f"FOLDER={project}",
        *(
            f"{name}={gpkg}|layername={table}"
            for name, table in (
                ("GRIDS", "unit_grid"),
                ("COMMUNITIES", "community"),
                ("COMPONENTS", "component"),
            )
        ),
    )
    path = project / "census.gpkg"
    source, packages = f"{path}|layername=component", folder / "packages"
    run(
        "pack_field_packages",
        f"INPUT={source}",
        f"GRIDS={path}|layername=unit_grid",
        "TEAM_COUNT=1",
        f"FOLDER={packages}",
    )
    work = next(packages.iterdir()) / "package.gpkg"
    with closing(sqlite3.connect(work)) as file:
        uuids = [u for (u,) in file.execute("SELECT uuid FROM component ORDER BY uuid LIMIT 4")]
    edit(folder, work, uuids, "破损", 3)
    edit(folder, path, uuids, "丢失", -3)
    run(
        "merge_field_returns",
        f"INPUT={source}",
        f"PACKAGES={packages}",
        f"CONFLICTS={folder / 'conflicts.gpkg'}",
    )
    return {"project": str(project / "census.qgz"), "path": str(path), "uuids": uuids}


@pytest.fixture(scope="module")
def day(run_script, merged):
    return run_script("conflicts", **merged)


def test_all_conflicts_are_listed_by_what_one_rule_settles(day):
    assert day["total"] == 5
    assert len(day["groups"]) == 3


def test_both_values_stand_side_by_side(day):
    ((_title, before, field, office),) = day["compared"]
    assert (field, office) == ("破损", "丢失")
    assert before not in (field, office)


def test_both_places_of_a_moved_component_are_drawn(day):
    assert day["bands"] == 2


def test_keys_go_through_the_list_and_choose(day):
    assert day["back_and_forth"] == [True, True]
    assert day["went_on"]
    assert day["choices"] == ["field", "office"]
    assert "2" in day["counts"]
    assert "5" in day["counts"]


def test_what_was_chosen_is_applied_and_the_rest_waits(day):
    assert day["before"] == ["丢失"] * 4
    assert day["waits"]
    assert sorted(day["after"]) == sorted(["破损", "丢失", "丢失", "丢失"])
    assert day["left"] == 3


def test_a_rule_settles_the_rest(day):
    assert sorted(day["by_rule"]) == sorted(["破损", "破损", "破损", "丢失"])


def test_the_whole_merge_is_taken_back(day):
    assert day["undone"] == day["before"]


def test_an_edit_session_in_the_way_is_told(day):
    assert any("being edited" in text for text in day["told"])


def test_the_window_never_stops_reacting(day):
    assert day["blocks"] == []


def test_no_mistake_is_shown(day):
    assert day["exceptions"] == []
    assert day["exit_code"] == 0
