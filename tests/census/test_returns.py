"""What crews really bring back: archives, exports, lone files, edits still in a side file."""

import shutil
import sqlite3
import subprocess
import zipfile

import pytest
import shapely
from wangge.plugin.census.packages import (
    BASE,
    WORK,
    find_packages,
    merge_returns,
    pack,
)
from wangge.plugin.census.project.store import _add_functions
from wangge.plugin.errors import WanggeError
from wangge.plugin.rules.batch import make_batch

CELL = "500112001001001"


def make_components():
    return make_batch(
        {"uuid": ["u0", "u1"], "status": ["完好", "完好"], "class_code": ["01001"] * 2},
        [shapely.Point(500_010, 50), shapely.Point(500_020, 50)],
        crs="EPSG:4547",
    )


@pytest.fixture
def package(tmp_path):
    """A team's package as it left."""
    grids = make_batch(
        {"grid_code": [CELL]}, [shapely.box(500_000, 0, 500_100, 100)], crs="EPSG:4547"
    )
    pack(make_components(), grids, {CELL: "一队"}, tmp_path / "out", project_id="P")
    return tmp_path / "out" / "一队"


def merged(*places, scratch):
    folders = find_packages(places, scratch)
    result = merge_returns(folders, make_components(), project_id="P")
    return result.office.fields["status"].tolist()


def with_open_edits(package, copy):
    """Copy a package whose latest edits still lie in the side file of its device's database."""
    connection = sqlite3.connect(package / WORK, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    _add_functions(connection)
    connection.execute("UPDATE component SET status = '破损' WHERE uuid = 'u0'")
    shutil.copytree(package, copy)
    connection.close()
    assert (copy / f"{WORK}-wal").stat().st_size
    (copy / f"{WORK}-shm").unlink(missing_ok=True)
    return copy


def test_edits_in_a_side_file_come_along(package, tmp_path):
    copy = with_open_edits(package, tmp_path / "一队")
    assert merged(copy, scratch=tmp_path) == ["破损", "完好"]


def test_edits_in_a_side_file_come_along_in_an_archive(package, tmp_path):
    copy = with_open_edits(package, tmp_path / "一队")
    archive = tmp_path / "一队.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for file in copy.iterdir():
            packed.write(file, f"一队/{file.name}")
    (tmp_path / "scratch").mkdir()
    assert merged(archive, scratch=tmp_path / "scratch") == ["破损", "完好"]


def test_edits_that_a_read_only_disk_hides_are_not_passed_over(package, tmp_path, small_disk):
    disk = small_disk(4000)
    copy = with_open_edits(package, disk / "一队")
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    with pytest.raises(WanggeError, match="Copy the package"):
        merged(copy, scratch=tmp_path)


def test_a_package_on_a_read_only_disk_is_read(package, tmp_path, small_disk):
    disk = small_disk(4000)
    shutil.copytree(package, disk / "一队")
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    assert merged(disk / "一队", scratch=tmp_path) == ["完好", "完好"]


@pytest.mark.parametrize("name", ["部件.shp", "部件.csv", "export.geojson"])
def test_an_export_in_place_of_a_package_is_told(tmp_path, name):
    path = tmp_path / name
    path.write_text("x")
    with pytest.raises(WanggeError, match=f"{name} is no field package. An export"):
        find_packages([path], tmp_path)


def edited(path, status, uuid="u0"):
    """Edit a work file as a device does and return it."""
    with sqlite3.connect(path) as connection:
        _add_functions(connection)
        connection.execute("UPDATE component SET status = ? WHERE uuid = ?", [status, uuid])
    connection.close()
    return path


def make_scratch(folder):
    (folder / "scratch").mkdir()
    return folder / "scratch"


def test_a_geopackage_that_came_back_alone_is_merged(package, tmp_path):
    away = tmp_path / "mail"
    away.mkdir()
    alone = edited(shutil.move(package / WORK, away / "一队 (1).gpkg"), "破损")
    shutil.rmtree(package)
    before = alone.read_bytes()
    assert merged(alone, scratch=make_scratch(tmp_path)) == ["破损", "完好"]
    assert merged(away, scratch=tmp_path / "scratch") == ["破损", "完好"]
    assert alone.read_bytes() == before
    assert list(away.iterdir()) == [alone]


def test_what_came_back_is_merged_though_what_went_out_lies_beside_it(package, tmp_path):
    alone = edited(shutil.copy(package / WORK, package / "returned.gpkg"), "破损")
    assert merged(alone, scratch=make_scratch(tmp_path)) == ["破损", "完好"]
    assert merged(package / WORK, scratch=tmp_path / "scratch") == ["完好", "完好"]


def test_geopackages_of_several_mails_are_found_in_their_folder(tmp_path):
    grids = make_batch(
        {"grid_code": [CELL, CELL[:-1] + "2"]},
        [shapely.box(500_000, 0, 500_015, 100), shapely.box(500_015, 0, 500_100, 100)],
        crs="EPSG:4547",
    )
    teams = dict(zip(grids.text("grid_code").tolist(), ("一队", "二队"), strict=True))
    pack(make_components(), grids, teams, tmp_path / "out", project_id="P")
    mails = tmp_path / "mails"
    mails.mkdir()
    edited(shutil.copy(tmp_path / "out" / "一队" / WORK, mails / "a.gpkg"), "破损")
    edited(shutil.copy(tmp_path / "out" / "二队" / WORK, mails / "b.gpkg"), "丢失", "u1")
    archive = shutil.make_archive(str(tmp_path / "mails"), "zip", mails)
    assert merged(mails, scratch=make_scratch(tmp_path)) == ["破损", "丢失"]
    shutil.rmtree(mails)
    found = find_packages([tmp_path / archive], tmp_path / "scratch")
    result = merge_returns(found, make_components(), project_id="P")
    assert result.office.fields["status"].tolist() == ["破损", "丢失"]


def test_edits_in_the_side_file_of_a_lone_file_come_along(package, tmp_path):
    copy = with_open_edits(package, tmp_path / "copy")
    for name in ("manifest.json", BASE):
        (copy / name).unlink()
    assert merged(copy, scratch=make_scratch(tmp_path)) == ["破损", "完好"]


def test_photos_beside_a_lone_file_are_found(package, tmp_path):
    alone = edited(package / WORK, "破损")
    with sqlite3.connect(alone) as connection:
        _add_functions(connection)
        connection.execute("UPDATE component SET photo = 'DCIM/a.jpg'")
    connection.close()
    for name in ("manifest.json", BASE):
        (package / name).unlink()
    (package / "DCIM").mkdir()
    (package / "DCIM" / "a.jpg").write_bytes(b"picture")
    (folder,) = find_packages([alone], make_scratch(tmp_path))
    assert (folder / "DCIM" / "a.jpg").read_bytes() == b"picture"


def test_a_lone_geopackage_that_does_not_tell_its_package_finds_its_way(package, tmp_path):
    alone = shutil.move(package / WORK, tmp_path / "一队.gpkg")
    with sqlite3.connect(alone) as connection:  # as earlier versions packed, or an export
        connection.execute("DROP TABLE wangge_package")
    connection.close()
    with pytest.raises(WanggeError, match=f"in place of {WORK}"):
        find_packages([alone], tmp_path)
    # What the sentence says works.
    shutil.copy(alone, package / WORK)
    assert merged(package, scratch=tmp_path) == ["完好", "完好"]


def test_a_lone_geopackage_with_a_damaged_record_is_told(package, tmp_path):
    alone = shutil.move(package / WORK, tmp_path / "一队.gpkg")
    with sqlite3.connect(alone) as connection:
        connection.execute("UPDATE wangge_package SET piece = x'00' WHERE file = ?", [BASE])
    connection.close()
    with pytest.raises(WanggeError, match="Ask for it again"):
        find_packages([alone], make_scratch(tmp_path))


def test_a_work_file_in_the_folder_of_another_package_is_refused(package, tmp_path):
    grids = make_batch(
        {"grid_code": [CELL]}, [shapely.box(500_000, 0, 500_100, 100)], crs="EPSG:4547"
    )
    pack(make_components(), grids, {CELL: "二队"}, tmp_path / "out", project_id="P")
    shutil.copy(tmp_path / "out" / "二队" / WORK, package / WORK)
    with pytest.raises(WanggeError, match="is of another package"):
        merged(package, scratch=tmp_path)


@pytest.mark.parametrize("lost", [WORK, BASE])
def test_a_package_without_one_of_its_files_is_told(package, tmp_path, lost):
    (package / lost).unlink()
    with pytest.raises(WanggeError, match=lost):
        merged(package, scratch=tmp_path)


def test_one_package_given_twice_is_merged_once(package, tmp_path):
    archive = shutil.make_archive(str(tmp_path / "一队"), "zip", package.parent, "一队")
    (tmp_path / "scratch").mkdir()
    found = find_packages([package, package / "manifest.json", package], tmp_path / "scratch")
    assert found == [package]
    both = find_packages([package, tmp_path / archive], tmp_path / "scratch")
    result = merge_returns(both, make_components(), project_id="P")
    assert len(result.results) == 1
