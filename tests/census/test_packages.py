import json
import sqlite3

import numpy as np
import pytest
import shapely
from wangge.plugin.census.blocks import CodeBlock
from wangge.plugin.census.intake.ogr import require_fiona
from wangge.plugin.census.merge import Return, content_hash, merge, undo
from wangge.plugin.census.packages import (
    BASE,
    WORK,
    Contents,
    merge_returns,
    open_return,
    pack,
    read_manifest,
    split_by_team,
)
from wangge.plugin.census.packages.geopackage import read_layer
from wangge.plugin.census.packages.manifest import file_hash
from wangge.plugin.errors import WanggeError
from wangge.plugin.rules.batch import make_batch

CODES = [f"50011200100100{i}" for i in (1, 2, 3)]
TEAMS = {CODES[0]: "一队", CODES[1]: "二队", CODES[2]: "二队"}


def make_grids():
    cells = [shapely.box(500_000 + 100 * i, 0, 500_100 + 100 * i, 100) for i in range(3)]
    return make_batch(
        {"grid_code": CODES, "community_code": ["500112001001"] * 3}, cells, crs="EPSG:4547"
    )


def make_components():
    xs = (50, 150, 250, 900)
    return make_batch(
        {
            "uuid": [f"u{i}" for i in range(4)],
            "class_code": ["01001"] * 4,
            "component_name": ["供水井盖"] * 4,
            "status": ["完好"] * 4,
            "first_date": np.array(
                ["2026-07-01", "NaT", "2026-07-02", "NaT"], dtype="datetime64[D]"
            ),
            "grid_code": [*CODES, CODES[0]],
        },
        [shapely.Point(500_000 + x, 50) for x in xs],
        crs="EPSG:4547",
    )


def pack_all(folder, **options):
    return pack(make_components(), make_grids(), TEAMS, folder, project_id="P", **options)


def edit(folder, statement, *values):
    with sqlite3.connect(folder / WORK) as connection:
        for (trigger,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'rtree%'"
        ).fetchall():
            connection.execute(f'DROP TRIGGER "{trigger}"')
        connection.execute(statement, values)
    connection.close()


def test_rows_go_with_the_cell_they_lie_in_else_with_their_code():
    shares, nobody = split_by_team(make_components(), make_grids(), TEAMS)
    assert [(s.team, list(s.rows), list(s.cells)) for s in shares] == [
        ("一队", [0, 3], [0]),
        ("二队", [1, 2], [1, 2]),
    ]
    assert len(nobody) == 0
    shares, nobody = split_by_team(make_components(), make_grids(), {CODES[1]: "二队"})
    assert list(nobody) == [0, 2, 3]


def test_a_team_with_a_cell_that_is_not_there_is_refused():
    with pytest.raises(WanggeError, match=r"999.*三队"):
        split_by_team(make_components(), make_grids(), {"999": "三队"})


def test_each_team_gets_its_rows_cells_tables_block_and_manifest(tmp_path):
    blocks = [CodeBlock(1, 100, "一队"), CodeBlock(101, 200, "二队")]
    departments = make_batch(
        {"department_code": ["91500112MA5U000001"], "department_name": ["城管局"]}
    )
    manifests = pack_all(tmp_path, blocks=blocks, contents=Contents({"department": departments}))
    assert [m.team for m in manifests] == ["一队", "二队"]
    folder = tmp_path / "二队"
    assert sorted(p.name for p in folder.iterdir()) == [BASE, "manifest.json", WORK]
    assert sorted(require_fiona().listlayers(folder / WORK)) == [
        "component",
        "department",
        "unit_grid",
    ]
    manifest = read_manifest(folder)
    assert manifest == manifests[1]
    assert manifest.uuids == ("u1", "u2")
    assert manifest.cells == tuple(CODES[1:])
    assert manifest.blocks == (blocks[1],)
    assert manifest.crs == "EPSG:4547"
    rows = read_layer(folder / WORK, "component")
    assert list(rows.fields["component_name"]) == ["供水井盖"] * 2
    assert rows.geometry[0].equals(shapely.Point(500_150, 50))


def test_a_package_in_the_field_is_never_overwritten(tmp_path):
    pack_all(tmp_path)
    before = (tmp_path / "一队" / WORK).read_bytes()
    with pytest.raises(WanggeError, match="exists already"):
        pack_all(tmp_path)
    assert (tmp_path / "一队" / WORK).read_bytes() == before
    assert not list(tmp_path.glob(".packing-*"))


def test_components_without_uuid_are_not_packed(tmp_path):
    components = make_components().with_fields(uuid=np.array(["a", "a", None, "b"], dtype=object))
    with pytest.raises(WanggeError, match="uuid"):
        pack(components, make_grids(), TEAMS, tmp_path, project_id="P")
    assert list(tmp_path.iterdir()) == []


def test_names_of_teams_may_hold_what_file_systems_refuse(tmp_path):
    teams = {CODES[0]: "一队/东:区"}
    pack(make_components(), make_grids(), teams, tmp_path, project_id="P")
    assert read_manifest(tmp_path / "一队_东_区").team == "一队/东:区"


def test_an_untouched_package_comes_back_without_any_change(tmp_path):
    pack_all(tmp_path)
    office = make_components()
    result = merge_returns([tmp_path / "一队", tmp_path / "二队"], office, project_id="P")
    assert content_hash(result.office) == content_hash(office)
    assert len(result.conflicts) == 0
    assert all(not m.changes for m in result.results.values())


def test_edits_come_back_once_and_can_be_taken_back(tmp_path):
    manifests = pack_all(tmp_path)
    folder = tmp_path / "一队"
    edit(folder, "UPDATE component SET status = ? WHERE uuid = ?", "破损", "u0")
    edit(folder, "INSERT INTO component (uuid, class_code) VALUES (?, ?)", "neu", "01002")
    office = make_components()
    first = merge_returns([folder], office, project_id="P")
    assert first.office.fields["status"][0] == "破损"
    assert "neu" in first.office.fields["uuid"]
    again = merge_returns([folder], first.office, project_id="P", ledger=first.ledger)
    assert again.skipped == {manifests[0].package_id: Return.MERGED}
    assert content_hash(again.office) == content_hash(first.office)
    _, entry = first.ledger.without(manifests[0].package_id)
    assert content_hash(undo(first.office, entry.changes).office) == content_hash(office)


def test_a_package_edited_after_its_merge_is_merged_against_what_it_was(tmp_path):
    manifests = pack_all(tmp_path)
    folder = tmp_path / "一队"
    edit(folder, "UPDATE component SET status = ? WHERE uuid = ?", "破损", "u0")
    first = merge_returns([folder], make_components(), project_id="P")
    edit(folder, "UPDATE component SET status = ? WHERE uuid = ?", "丢失", "u0")
    edit(folder, "DELETE FROM component WHERE uuid = 'u3'")
    second = merge_returns([folder], first.office, project_id="P", ledger=first.ledger)
    assert second.office.fields["status"][0] == "丢失"
    assert "u3" not in second.office.fields["uuid"]
    assert len(second.conflicts) == 0
    ledger, entry = second.ledger.without(manifests[0].package_id)
    assert content_hash(undo(second.office, entry.changes).office) == content_hash(first.office)
    content = open_return(folder, project_id="P").content
    assert ledger.status(manifests[0].package_id, content) is Return.EDITED


def test_a_new_component_outside_the_teams_cells_waits(tmp_path):
    pack_all(tmp_path)
    folder = tmp_path / "一队"
    blob = sqlite3.connect(folder / WORK)
    geometry = blob.execute("SELECT geom FROM component WHERE uuid = 'u3'").fetchone()[0]
    blob.close()
    edit(
        folder, "INSERT INTO component (uuid, geom, class_code) VALUES ('x', ?, '02001')", geometry
    )
    result = merge_returns([folder], make_components(), project_id="P")
    assert list(result.conflicts.fields["kind"]) == ["outside"]


def test_a_package_of_another_project_is_refused(tmp_path):
    pack_all(tmp_path)
    with pytest.raises(WanggeError, match="another project"):
        merge_returns([tmp_path / "一队"], make_components(), project_id="Q")


def test_a_bad_package_among_good_ones_changes_nothing(tmp_path):
    pack_all(tmp_path)
    (tmp_path / "二队" / WORK).write_bytes(b"SQLite format 3\0" + b"\0" * 100)
    with pytest.raises(WanggeError, match="二队"):
        merge_returns([tmp_path / "一队", tmp_path / "二队"], make_components(), project_id="P")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"schema_version": 1}', '{"schema_version": 99}'])
def test_a_damaged_manifest_is_refused(tmp_path, text):
    pack_all(tmp_path)
    (tmp_path / "一队" / "manifest.json").write_text(text)
    with pytest.raises(WanggeError):
        read_manifest(tmp_path / "一队")
    with pytest.raises(WanggeError, match="no field package"):
        read_manifest(tmp_path)


def test_a_changed_base_is_found(tmp_path):
    pack_all(tmp_path)
    folder = tmp_path / "一队"
    (folder / WORK).rename(folder / "kept")
    (folder / BASE).rename(folder / WORK)
    edit(folder, "UPDATE component SET status = '破损'")
    (folder / WORK).rename(folder / BASE)
    (folder / "kept").rename(folder / WORK)
    with pytest.raises(WanggeError, match=r"base\.gpkg"):
        open_return(folder, project_id="P")


def test_packages_are_made_all_or_none(tmp_path):
    def finish(folder, draft, layers):
        (folder / "survey.qgz").write_text(draft.team)
        if draft.team == "二队":
            raise OSError("no space left")
        return ["survey.qgz"]

    with pytest.raises(WanggeError, match="space on the disk"):
        pack_all(tmp_path, finish=finish)
    assert list(tmp_path.iterdir()) == []


def test_files_added_to_a_package_are_in_its_manifest(tmp_path):
    def finish(folder, draft, layers):
        (folder / "survey.qgz").write_text(f"{draft.team} {len(layers['component'])}")
        return ["survey.qgz"]

    pack_all(tmp_path, finish=finish)
    folder = tmp_path / "一队"
    assert (folder / "survey.qgz").read_text() == "一队 2"
    files = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert files["survey.qgz"] == file_hash(folder / "survey.qgz")


def test_surroundings_are_cut_to_the_teams_cells(tmp_path):
    streets = make_batch(
        {"street_name": ["近", "远"]},
        [
            shapely.LineString([(499_950, 10), (500_010, 10)]),
            shapely.LineString([(501_000, 0), (501_000, 9)]),
        ],
        crs="EPSG:4547",
    )
    pack_all(tmp_path, contents=Contents(surroundings={"street": streets}))
    near = read_layer(tmp_path / "一队" / WORK, "street")
    assert list(near.fields["street_name"]) == ["近"]
    assert len(read_layer(tmp_path / "二队" / WORK, "street")) == 1


def test_packages_merge_as_if_each_met_the_whole_layer(tmp_path):
    """Only the rows that a package concerns are looked at; the result must not show it."""
    pack_all(tmp_path)
    one, two = tmp_path / "一队", tmp_path / "二队"
    cell = shapely.Point(500_150, 50)
    near = b"GP\0\1" + (4547).to_bytes(4, "little") + shapely.to_wkb(shapely.Point(500_050.3, 50))
    new = "INSERT INTO component (uuid, class_code, component_code, geom) VALUES (?, ?, ?, ?)"
    edit(one, "UPDATE component SET status = '破损' WHERE uuid = 'u0'")
    edit(one, new, "near", "01001", None, near)
    edit(one, new, "first", "02001", "50011202001000001", near)
    edit(one, "DELETE FROM component WHERE uuid = 'u3'")
    edit(two, "UPDATE component SET status = '丢失' WHERE uuid = 'u1'")
    there = b"GP\0\1" + (4547).to_bytes(4, "little") + shapely.to_wkb(cell)
    edit(two, new, "second", "02001", "50011202001000001", there)
    office = make_components().with_fields(
        status=np.array(["完好", "破损", "完好", "完好"], dtype=object),
        component_code=np.array([None] * 4, dtype=object),
    )
    result = merge_returns([one, two], office, project_id="P")
    whole, ids = office, []
    for folder in (one, two):
        package = open_return(folder, project_id="P")
        done = merge(
            package.base,
            package.rows,
            whole,
            package_id=package.manifest.package_id,
            area=package.area,
        )
        whole = done.office
        ids += done.conflicts.text("conflict_id").tolist()
    assert content_hash(result.office) == content_hash(whole)
    assert sorted(result.conflicts.text("conflict_id")) == sorted(ids)
    kinds = {"near_duplicate", "same_code", "attribute"}
    assert set(result.conflicts.text("kind")) == kinds
    assert len(set(result.office.ids.tolist())) == len(result.office)
