"""A disk that runs full in the middle: nothing lost, nothing half-done, a sentence."""

import shutil
import sqlite3
from pathlib import Path

import pytest
import shapely
from wangge.plugin.census.merge import content_hash
from wangge.plugin.census.packages import WORK, find_packages
from wangge.plugin.census.packages.geopackage import read_layer, write_layer
from wangge.plugin.census.project import (
    merge_into_project,
    pack_project,
    read_state,
    undo_in_project,
)
from wangge.plugin.census.project.store import _add_functions
from wangge.plugin.errors import WanggeError
from wangge.plugin.rules.batch import make_batch
from wangge.plugin.standards.layers import component_spec

TEAMS = {"500112001001001": "A", "500112001001002": "B"}
ROWS = 400


def make_project(path):
    rows = make_batch(
        {"uuid": [f"u{i}" for i in range(ROWS)], "note": ["x" * 200] * ROWS},
        [shapely.Point(i * 200 / ROWS, 5) for i in range(ROWS)],
        crs="EPSG:4547",
    )
    write_layer(path, "component", rows, component_spec())
    return path


def office(project):
    return read_layer(project, "component", component_spec())


def pack(project, folder):
    cells = [shapely.box(0, 0, 100, 10), shapely.box(100, 0, 200, 10)]
    grids = make_batch({"grid_code": list(TEAMS)}, cells, crs="EPSG:4547")
    return pack_project(project, office(project), grids, TEAMS, folder, block_size=10)


def work_hard(work):
    """Change so much that the project needs more room."""
    connection = sqlite3.connect(work)
    _add_functions(connection)
    with connection:
        connection.execute("UPDATE component SET note = note || printf('%.*c', 700, 'y')")
    connection.close()


def sound(path):
    connection = sqlite3.connect(path)
    told = connection.execute("PRAGMA integrity_check").fetchone()[0]
    connection.close()
    return told == "ok"


@pytest.fixture
def returned(tmp_path):
    """A project and the package of a team that worked hard."""
    project = make_project(tmp_path / "city.gpkg")
    pack(project, tmp_path / "out")
    work_hard(tmp_path / "out" / "A" / WORK)
    return project, tmp_path / "out" / "A"


def moved_to(disk: Path, project: Path) -> Path:
    return Path(shutil.copy(project, disk / project.name))


def size_of(path):
    return path.stat().st_size // 1024


def test_packages_that_do_not_fit_are_all_taken_back(tmp_path, small_disk):
    project = make_project(tmp_path / "city.gpkg")
    disk = small_disk(700)
    before = content_hash(office(project))
    with pytest.raises(WanggeError, match="disk"):
        pack(project, disk / "out")
    assert list((disk / "out").iterdir()) == []
    assert content_hash(office(project)) == before
    # No numbers went out with packages that are not there.
    assert read_state(project).blocks == ()
    pack(project, tmp_path / "elsewhere")


def test_a_merge_that_does_not_fit_leaves_the_project_as_it_was(returned, small_disk):
    project, package = returned
    there = moved_to(small_disk(size_of(project) + 100), project)
    before = content_hash(office(there))
    with pytest.raises(WanggeError, match="Nothing was saved"):
        merge_into_project(there, "component", [package])
    assert sound(there)
    assert content_hash(office(there)) == before
    assert read_state(there).ledger.entries == ()


def test_the_merge_goes_through_once_there_is_room(returned, small_disk):
    project, package = returned
    disk = small_disk(size_of(project) + 3000)
    there = moved_to(disk, project)
    ballast = disk / "ballast"
    ballast.write_bytes(b"\0" * 2_900_000)
    with pytest.raises(WanggeError, match="Nothing was saved"):
        merge_into_project(there, "component", [package])
    ballast.unlink()
    assert merge_into_project(there, "component", [package]).rows["updated"] > 100


def test_an_undo_that_does_not_fit_leaves_the_merge_as_it_was(returned, small_disk):
    project, package = returned
    merge_into_project(project, "component", [package])
    there = moved_to(small_disk(size_of(project) + 60), project)
    before = content_hash(office(there))
    with pytest.raises(WanggeError, match="Nothing was saved"):
        undo_in_project(there, "component")
    assert sound(there)
    assert content_hash(office(there)) == before


def test_an_archive_that_does_not_fit_is_not_unpacked(returned, small_disk, tmp_path):
    _, package = returned
    archive = shutil.make_archive(str(tmp_path / "A"), "zip", package.parent, "A")
    with pytest.raises(WanggeError, match="room"):
        find_packages([Path(archive)], small_disk(100))


def test_photos_that_do_not_fit_leave_the_project_as_it_was(returned, small_disk):
    project, package = returned
    connection = sqlite3.connect(package / WORK)
    _add_functions(connection)
    with connection:
        connection.execute("UPDATE component SET photo = 'big.jpg' WHERE uuid = 'u0'")
    connection.close()
    (package / "big.jpg").write_bytes(b"\xff" * 4_000_000)
    there = moved_to(small_disk(size_of(project) + 2000), project)
    before = content_hash(office(there))
    with pytest.raises(WanggeError, match="disk"):
        merge_into_project(there, "component", [package])
    assert content_hash(office(there)) == before
    assert not (there.parent / "big.jpg").exists()
    assert not (there.parent / "big.jpg.part").exists()
