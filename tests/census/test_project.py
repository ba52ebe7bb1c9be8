"""Pack from a GeoPackage, edit in the field, merge back into it, settle, undo."""

import shutil
import sqlite3

import numpy as np
import pytest
import shapely
from wangge.plugin.census.merge import Resolution, Return, content_hash
from wangge.plugin.census.packages import WORK, read_manifest
from wangge.plugin.census.packages.geopackage import read_layer, write_layer
from wangge.plugin.census.packages.photos import take_photos
from wangge.plugin.census.project import (
    editing,
    load_state,
    merge_into_project,
    pack_project,
    read_state,
    undo_in_project,
)
from wangge.plugin.census.project.store import _add_functions
from wangge.plugin.errors import Cancelled, WanggeError
from wangge.plugin.progress import Silent
from wangge.plugin.rules.batch import Batch, make_batch
from wangge.plugin.standards.component_history import HISTORY
from wangge.plugin.standards.layers import component_spec

CODES = [f"50011200100100{i}" for i in (1, 2, 3)]
TEAMS = {CODES[0]: "一队", CODES[1]: "二队", CODES[2]: "二队"}


def make_grids():
    cells = [shapely.box(500_000 + 100 * i, 0, 500_100 + 100 * i, 100) for i in range(3)]
    return make_batch({"grid_code": CODES}, cells, crs="EPSG:4547")


def make_components():
    return make_batch(
        {
            "uuid": [f"u{i}" for i in range(4)],
            "component_code": [f"50011201001{i:06d}" for i in (1, 2, 3, 4)],
            "class_code": ["01001"] * 4,
            "status": ["完好"] * 4,
            "surveyed_at": np.array(["2026-07-01T08:30"] * 4, dtype="datetime64[ms]"),
            "load": np.array([1, 2, 3, 4]),
            "grid_code": [CODES[0], CODES[1], CODES[2], CODES[0]],
        },
        [shapely.Point(500_000 + x, 50) for x in (50, 150, 250, 70)],
        crs="EPSG:4547",
    )


@pytest.fixture
def project(tmp_path):
    path = tmp_path / "census" / "city.gpkg"
    path.parent.mkdir()
    write_layer(path, "component", make_components(), component_spec())
    return path


@pytest.fixture
def packages(project, tmp_path):
    folder = tmp_path / "out"
    rows = read_layer(project, "component", component_spec())
    pack_project(project, rows, make_grids(), TEAMS, folder, block_size=100)
    return folder


def execute(path, statement, *values):
    connection = sqlite3.connect(path)
    _add_functions(connection)
    with connection:
        connection.execute(statement, values)
    connection.close()


def field(packages, team, statement, *values):
    execute(packages / team / WORK, statement, *values)


def office(project):
    return read_layer(project, "component", component_spec())


def status(project):
    rows = office(project)
    return dict(zip(rows.fields["uuid"], rows.fields["status"], strict=True))


def merge(project, packages, *teams, **options):
    folders = [packages / team for team in teams or ("一队", "二队")]
    return merge_into_project(project, "component", folders, **options)


def move(blob_x, y=50):
    return b"GP\0\1" + (4547).to_bytes(4, "little") + shapely.to_wkb(shapely.Point(blob_x, y))


def test_numbers_that_went_out_are_never_given_again(project, packages, tmp_path):
    first = [read_manifest(packages / t).blocks[0] for t in ("一队", "二队")]
    assert [(b.start, b.end) for b in first] == [(5, 104), (105, 204)]
    rows = office(project)
    pack_project(project, rows, make_grids(), TEAMS, tmp_path / "again", block_size=100)
    assert read_manifest(tmp_path / "again" / "一队").blocks[0].start == 205
    with pytest.raises(WanggeError, match="exists already"):
        pack_project(project, rows, make_grids(), TEAMS, tmp_path / "again", block_size=100)
    pack_project(project, rows, make_grids(), TEAMS, tmp_path / "third", block_size=100)
    assert read_manifest(tmp_path / "third" / "一队").blocks[0].start == 405


def test_packing_leaves_the_rows_alone(project, packages):
    assert content_hash(office(project)) == content_hash(make_components_as_stored(project))
    assert (
        read_manifest(packages / "一队").project_id == read_manifest(packages / "二队").project_id
    )


def make_components_as_stored(project):
    other = project.with_name("other.gpkg")
    write_layer(other, "component", make_components(), component_spec())
    return read_layer(other, "component", component_spec())


def test_edits_of_two_teams_reach_the_project_once(project, packages):
    field(packages, "一队", "UPDATE component SET status = '破损', load = NULL WHERE uuid = 'u0'")
    field(packages, "二队", "UPDATE component SET geom = ? WHERE uuid = 'u1'", move(500_160))
    field(packages, "二队", "DELETE FROM component WHERE uuid = 'u2'")
    field(
        packages,
        "二队",
        "INSERT INTO component (class_code, status, geom) VALUES ('02001', '完好', ?)",
        move(500_250),
    )
    done = merge(project, packages)
    assert done.rows == {"deleted": 1, "updated": 2, "inserted": 1}
    assert len(done.conflicts) == 0
    rows = office(project)
    assert status(project)["u0"] == "破损"
    assert "u2" not in status(project)
    assert list(rows.is_null("load")) == [True, False, False, True]
    assert [g.x for g in rows.geometry] == [500_050, 500_160, 500_070, 500_250]
    assert list(rows.fields["surveyed_at"][:1]) == [np.datetime64("2026-07-01T08:30")]
    before = content_hash(rows)
    again = merge(project, packages)
    assert {p.status for p in again.packages} == {Return.MERGED}
    assert again.rows == {"deleted": 0, "updated": 0, "inserted": 0}
    assert content_hash(office(project)) == before


def test_the_spatial_index_follows_the_merge(project, packages):
    field(packages, "二队", "UPDATE component SET geom = ? WHERE uuid = 'u1'", move(500_199))
    field(packages, "二队", "DELETE FROM component WHERE uuid = 'u2'")
    merge(project, packages, "二队")
    connection = sqlite3.connect(project)
    index = dict(connection.execute("SELECT id, maxx FROM rtree_component_geom"))
    rows = dict(connection.execute("SELECT fid, uuid FROM component"))
    count = connection.execute("SELECT feature_count FROM gpkg_ogr_contents").fetchone()[0]
    connection.close()
    assert index.keys() == rows.keys()
    assert next(x for i, x in index.items() if rows[i] == "u1") == pytest.approx(500_199, abs=0.1)
    assert count == 3


@pytest.fixture
def followed(project):
    """A project with a table of changes, as census projects have it."""
    nothing = Batch({}, None, np.empty(0, np.int64))
    write_layer(project, HISTORY.name, nothing, HISTORY)
    return project


def history(project):
    connection = sqlite3.connect(project)
    names = ("uuid", "field", "old_value", "new_value", "changed_by")
    rows = connection.execute(
        f"SELECT {', '.join(names)} FROM component_history ORDER BY fid"  # noqa: S608
    ).fetchall()
    dated = connection.execute(
        "SELECT count(*) FROM component_history WHERE changed_at IS NULL"
    ).fetchone()[0]
    connection.close()
    assert dated == 0
    return rows


def test_what_crews_changed_is_history_though_their_devices_note_nothing(followed, packages):
    field(packages, "一队", "UPDATE component SET status = '破损', note = 'x' WHERE uuid = 'u0'")
    field(packages, "二队", "UPDATE component SET geom = ? WHERE uuid = 'u1'", move(500_160))
    field(packages, "二队", "DELETE FROM component WHERE uuid = 'u2'")
    field(
        packages,
        "二队",
        "INSERT INTO component (class_code, status, geom) VALUES ('02001', '完好', ?)",
        move(500_250),
    )
    merge(followed, packages)
    assert sorted(history(followed)) == [
        ("u0", "status", "完好", "破损", "一队"),
        ("u1", "geometry", "Point (500150 50)", "Point (500160 50)", "二队"),
        ("u2", "deleted", "Point (500250 50)", "", "二队"),
    ]
    merge(followed, packages)
    assert len(history(followed)) == 3


def test_a_settled_conflict_and_an_undo_are_history_too(followed, packages):
    field(packages, "一队", "UPDATE component SET status = '破损' WHERE uuid = 'u0'")
    field(packages, "二队", "DELETE FROM component WHERE uuid = 'u2'")
    execute(followed, "UPDATE component SET status = '丢失' WHERE uuid = 'u0'")
    merge(followed, packages)
    assert [row[:4] for row in history(followed)] == [("u2", "deleted", "Point (500250 50)", "")]
    merge_into_project(followed, "component", [], rules=[Resolution("field")])
    assert history(followed)[1:] == [("u0", "status", "丢失", "破损", "一队")]
    undo_in_project(followed, "component")
    assert sorted(history(followed)[2:]) == [
        ("u0", "status", "破损", "丢失", "Undo field merge"),
        ("u2", "geometry", "", "Point (500250 50)", "Undo field merge"),
    ]


def test_a_merge_that_fails_leaves_no_history(followed, packages):
    field(packages, "一队", "UPDATE component SET status = '破损' WHERE uuid = 'u0'")
    execute(
        followed,
        "CREATE TRIGGER no_state BEFORE INSERT ON wangge_census "
        "BEGIN SELECT RAISE(ABORT, 'disk I/O error'); END",
    )
    with pytest.raises(WanggeError, match="Nothing was saved"):
        merge(followed, packages)
    assert history(followed) == []
    assert status(followed)["u0"] == "完好"


def test_conflicts_wait_in_the_project_until_they_are_settled(project, packages):
    field(packages, "一队", "UPDATE component SET status = '破损' WHERE uuid = 'u0'")
    field(packages, "一队", "UPDATE component SET status = '破损' WHERE uuid = 'u3'")
    execute(project, "UPDATE component SET status = '丢失' WHERE uuid IN ('u0', 'u3')")
    done = merge(project, packages, "一队")
    assert list(done.conflicts.fields["field_value"]) == ["破损", "破损"]
    waiting = read_state(project).conflicts
    assert set(waiting.fields["uuid"]) == {"u0", "u3"}
    assert [g.x for g in waiting.geometry] == [g.x for g in done.conflicts.geometry]
    again = merge(project, packages, "一队")
    assert list(again.conflicts.fields["conflict_id"]) == list(done.conflicts.fields["conflict_id"])
    assert status(project)["u0"] == "丢失"
    of_u0 = done.conflicts.fields["conflict_id"][list(done.conflicts.fields["uuid"]).index("u0")]
    settled = merge_into_project(project, "component", [], decisions={of_u0: "field"})
    assert (settled.settled, len(settled.conflicts)) == (1, 1)
    assert status(project) == {"u0": "破损", "u1": "完好", "u2": "完好", "u3": "丢失"}
    last = merge(project, packages, "一队", rules=[Resolution("office", kind="attribute")])
    assert (last.settled, len(last.conflicts)) == (1, 0)
    assert status(project)["u3"] == "丢失"


def test_a_whole_merge_is_taken_back_and_done_again(project, packages):
    before = content_hash(office(project))
    field(packages, "一队", "UPDATE component SET status = '破损' WHERE uuid = 'u0'")
    field(packages, "二队", "DELETE FROM component WHERE uuid = 'u2'")
    execute(project, "UPDATE component SET status = '丢失' WHERE uuid = 'u0'")
    before = content_hash(office(project))
    merge(project, packages, rules=[Resolution("field")])
    after = content_hash(office(project))
    assert status(project) == {"u0": "破损", "u1": "完好", "u3": "完好"}
    undone = undo_in_project(project, "component")
    assert len(undone.packages) == 2
    assert undone.kept == ()
    assert content_hash(office(project)) == before
    with pytest.raises(WanggeError, match="Nothing is merged"):
        undo_in_project(project, "component")
    done = merge(project, packages, rules=[Resolution("field")])
    assert {p.status for p in done.packages} == {Return.UNDONE}
    assert content_hash(office(project)) == after


def test_an_undo_keeps_what_was_changed_after_the_merge(project, packages):
    field(packages, "一队", "UPDATE component SET status = '破损' WHERE uuid IN ('u0', 'u3')")
    merge(project, packages, "一队")
    execute(project, "UPDATE component SET status = '丢失' WHERE uuid = 'u0'")
    undone = undo_in_project(project, "component")
    assert undone.kept == ("u0",)
    assert status(project) == {"u0": "丢失", "u1": "完好", "u2": "完好", "u3": "完好"}


def test_a_package_that_comes_again_edited_adds_only_what_is_new(project, packages):
    field(packages, "一队", "UPDATE component SET status = '破损' WHERE uuid = 'u0'")
    merge(project, packages, "一队")
    execute(project, "UPDATE component SET status = '完好' WHERE uuid = 'u0'")
    field(packages, "一队", "UPDATE component SET status = '丢失' WHERE uuid = 'u3'")
    done = merge(project, packages, "一队")
    assert [p.status for p in done.packages] == [Return.EDITED]
    assert len(done.conflicts) == 0
    assert status(project) == {"u0": "完好", "u1": "完好", "u2": "完好", "u3": "丢失"}


def test_two_copies_of_a_package_do_not_undo_each_other(project, packages, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(packages / "一队", copy)
    new = "INSERT INTO component (uuid, class_code, geom) VALUES (?, '02001', ?)"
    field(packages, "一队", "UPDATE component SET status = '破损' WHERE uuid = 'u0'")
    field(packages, "一队", new, "neu1", move(500_010))
    execute(copy / WORK, "UPDATE component SET status = '丢失' WHERE uuid = 'u3'")
    execute(copy / WORK, new, "neu2", move(500_090))
    done = merge_into_project(project, "component", [packages / "一队", copy])
    found = status(project)
    assert (found["u0"], found["u3"]) == ("破损", "丢失")
    assert {"neu1", "neu2"} <= found.keys()
    asked = set(zip(done.conflicts.fields["uuid"], done.conflicts.fields["kind"], strict=True))
    assert asked == {("u0", "attribute"), ("neu1", "field_deleted")}


@pytest.mark.parametrize("first", [0, 1])
def test_an_old_copy_beside_a_new_one_changes_nothing(project, packages, tmp_path, first):
    field(packages, "一队", "UPDATE component SET status = '破损' WHERE uuid = 'u0'")
    merge(project, packages, "一队")
    copy = tmp_path / "copy"
    shutil.copytree(packages / "一队", copy)
    field(packages, "一队", "UPDATE component SET status = '丢失' WHERE uuid = 'u3'")
    folders = [packages / "一队", copy]
    done = merge_into_project(project, "component", [folders[first], folders[1 - first]])
    assert len(done.conflicts) == 0
    assert status(project) == {"u0": "破损", "u1": "完好", "u2": "完好", "u3": "丢失"}


def test_a_row_deleted_in_one_copy_and_there_in_the_other_is_asked(project, packages, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(packages / "一队", copy)
    field(packages, "一队", "DELETE FROM component WHERE uuid = 'u0'")
    execute(copy / WORK, "UPDATE component SET status = '丢失' WHERE uuid = 'u3'")
    done = merge_into_project(project, "component", [packages / "一队", copy])
    assert "u0" not in status(project)
    assert list(done.conflicts.fields["kind"]) == ["office_deleted"]
    settled = merge_into_project(project, "component", [], rules=[Resolution("field")])
    assert len(settled.conflicts) == 0
    assert status(project)["u0"] == "完好"


def test_a_bad_package_leaves_the_project_as_it_was(project, packages):
    field(packages, "一队", "UPDATE component SET status = '破损' WHERE uuid = 'u0'")
    (packages / "二队" / WORK).write_bytes(b"SQLite format 3\0" + b"\0" * 50)
    before = project.read_bytes()
    with pytest.raises(WanggeError, match="二队"):
        merge(project, packages)
    assert project.read_bytes() == before


def test_a_project_held_by_another_program_is_told(project, packages, monkeypatch):
    monkeypatch.setattr("wangge.plugin.census.project.store._WAIT_SECONDS", 0.1)
    other = sqlite3.connect(project, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(WanggeError, match=r"city\.gpkg.*locked"):
        merge(project, packages)
    other.close()


def test_packages_of_another_project_are_refused(project, packages, tmp_path):
    other = tmp_path / "other.gpkg"
    write_layer(other, "component", make_components(), component_spec())
    with pytest.raises(WanggeError, match="another project"):
        merge(other, packages)


@pytest.mark.parametrize("name", ["missing.gpkg", "text.gpkg"])
def test_what_is_no_project_is_told(tmp_path, name):
    path = tmp_path / name
    if name == "text.gpkg":
        path.write_text("no database" * 100)
    with pytest.raises(WanggeError, match=name):
        merge_into_project(path, "component", [])
    assert path.exists() is (name == "text.gpkg")


def test_a_layer_that_is_not_there_is_told(project):
    with pytest.raises(WanggeError, match="lamp"):
        merge_into_project(project, "lamp", [])


def test_a_damaged_memory_is_told(project, packages):
    execute(project, "UPDATE wangge_census SET value = '{' WHERE key = 'blocks'")
    with pytest.raises(WanggeError, match="backup"), editing(project) as connection:
        load_state(connection)


class Impatient(Silent):
    """Cancels after some questions."""

    def __init__(self, after):
        self.left = after

    def is_cancelled(self):
        self.left -= 1
        return self.left < 0


@pytest.mark.parametrize("after", [0, 1])
def test_a_cancelled_merge_changes_nothing(project, packages, after):
    field(packages, "一队", "UPDATE component SET status = '破损' WHERE uuid = 'u0'")
    field(packages, "二队", "UPDATE component SET status = '破损' WHERE uuid = 'u1'")
    before = content_hash(office(project))
    with pytest.raises(Cancelled):
        merge(project, packages, progress=Impatient(after))
    assert content_hash(office(project)) == before
    assert merge(project, packages).rows["updated"] == 2


def test_cancelled_packing_leaves_no_package(project, tmp_path):
    with pytest.raises(Cancelled):
        pack_project(
            project,
            office(project),
            make_grids(),
            TEAMS,
            tmp_path / "out",
            block_size=100,
            progress=Impatient(1),
        )
    assert list((tmp_path / "out").iterdir()) == []
    pack_project(project, office(project), make_grids(), TEAMS, tmp_path / "out", block_size=100)
    assert read_manifest(tmp_path / "out" / "一队").blocks[0].start == 5


@pytest.mark.parametrize("value", ["2026/07/01", "gestern", "2026-13-01"])
def test_a_value_that_is_no_date_is_told(project, packages, value):
    field(packages, "一队", "UPDATE component SET first_date = ? WHERE uuid = 'u0'", value)
    with pytest.raises(WanggeError, match=f"first_date.*{value}"):
        merge(project, packages)
    field(packages, "一队", "UPDATE component SET first_date = NULL, load = 'viele'")
    with pytest.raises(WanggeError, match=r"load.*viele"):
        merge(project, packages)


def test_rows_in_another_system_are_refused(project, packages):
    for path in (packages / "一队" / WORK, project):
        execute(path, "UPDATE gpkg_geometry_columns SET srs_id = 4326")
        with pytest.raises(WanggeError, match=r"EPSG:4326.*EPSG:4547"):
            merge(project, packages, "一队" if path != project else "二队")


def test_photos_come_along_and_none_is_replaced(project, packages):
    (project.parent / "DCIM").mkdir()
    (project.parent / "DCIM" / "1.jpg").write_bytes(b"office")
    folder = packages / "一队" / "DCIM"
    folder.mkdir()
    (folder / "1.jpg").write_bytes(b"field")
    (folder / "2.jpg").write_bytes(b"second")
    field(packages, "一队", "UPDATE component SET photo = 'DCIM/1.jpg' WHERE uuid = 'u0'")
    field(
        packages, "一队", "UPDATE component SET photo = 'DCIM/2.jpg;DCIM/3.jpg' WHERE uuid = 'u3'"
    )
    done = merge(project, packages, "一队")
    assert (done.packages[0].photos, done.packages[0].missing_photos) == (2, 1)
    assert (project.parent / "DCIM" / "1.jpg").read_bytes() == b"office"
    names = dict(zip(office(project).fields["uuid"], office(project).fields["photo"], strict=True))
    assert names["u0"] != "DCIM/1.jpg"
    assert (project.parent / names["u0"]).read_bytes() == b"field"
    assert names["u3"] == "DCIM/2.jpg;DCIM/3.jpg"
    assert (project.parent / "DCIM" / "2.jpg").read_bytes() == b"second"


@pytest.mark.parametrize("name", ["../secret.jpg", "/etc/hostname", "C:\\photo.jpg"])
def test_a_photo_outside_the_package_is_not_taken(tmp_path, name):
    package = tmp_path / "package"
    package.mkdir()
    (tmp_path / "secret.jpg").write_bytes(b"x")
    rows = make_batch({"uuid": ["a"], "photo": [name]})
    taken = take_photos(rows, package, tmp_path / "project")
    assert taken.missing == (name,)
    assert not (tmp_path / "project").exists()
