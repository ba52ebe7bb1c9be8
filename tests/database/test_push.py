"""Pushes: all or nothing, only what differs, every refused row listed."""

import numpy as np
import pytest
import shapely
from platform_rows import SPECS, make_components, make_grids, make_risks, picture, read_rows
from test_known import encoded
from wangge.plugin.database.batches import list_pushes
from wangge.plugin.database.push import push
from wangge.plugin.database.result import PushRefusedError
from wangge.plugin.errors import WanggeError
from wangge.plugin.rules.batch import concatenate

COMPONENT = SPECS["component"]


def counts(result):
    return result.inserted, result.updated, result.unchanged, result.deleted


def test_the_first_push_brings_all_rows(connection, platform_url):
    result = push(
        connection, "component", [make_components(5)], COMPONENT, user="张三", source="a.gpkg"
    )
    assert counts(result) == (5, 0, 0, 0)
    rows = read_rows(platform_url, "component", "component_code, note, ST_AsText(geom), batch_id")
    assert len(rows) == 5
    assert rows[1] == (
        "50011201001000001",
        "备注“1”\\n\t'; DROP TABLE wangge.component; --",
        "POINT(500001.25 3270000.5)",
        result.batch_id,
    )
    (batch,) = list_pushes(connection)
    assert (batch.user_name, batch.source, batch.inserted) == ("张三", "a.gpkg", 5)
    assert batch.districts == ("500112",)


def test_rows_of_several_districts_come_mixed_in_many_parts(connection, platform_url):
    """Read from a file, districts come one by one, together, and again after others."""

    def parts(*, upto=3, **columns):
        for first in range(0, upto, 3):
            both = [
                make_components(3, district=d, first=first, **columns) for d in ("500112", "500103")
            ]
            yield encoded(both[0])
            yield encoded(
                concatenate([both[1], make_components(1, district="500105", first=first)])
            )

    assert counts(push(connection, "component", parts(), COMPONENT)) == (7, 0, 0, 0)
    before = read_rows(platform_url, "component")
    for mode in ("validate", "dry_run"):
        push(connection, "component", parts(upto=9), COMPONENT, mode=mode)
        assert read_rows(platform_url, "component") == before
    result = push(connection, "component", parts(upto=9, status=["破损"] * 3), COMPONENT)
    assert counts(result) == (14, 6, 1, 0)
    result = push(connection, "component", parts(upto=9, status=["破损"] * 3), COMPONENT)
    assert counts(result) == (0, 0, 21, 0)
    result = push(
        connection, "component", parts(status=["破损"] * 3), COMPONENT, delete_missing=True
    )
    assert counts(result) == (0, 0, 7, 14)


def test_the_same_push_again_changes_nothing(connection, platform_url):
    push(connection, "component", [make_components(5)], COMPONENT)
    before = read_rows(platform_url, "component")
    result = push(connection, "component", [make_components(5)], COMPONENT)
    assert counts(result) == (0, 0, 5, 0)
    assert read_rows(platform_url, "component") == before


def test_only_changed_rows_are_written(connection, platform_url):
    first = push(connection, "component", [make_components(5)], COMPONENT)
    changed = make_components(6, status=["完好", "破损", "完好", "完好", "完好", "完好"])
    second = push(connection, "component", [changed], COMPONENT)
    assert counts(second) == (1, 1, 4, 0)
    batches = [row[0] for row in read_rows(platform_url, "component", "batch_id", "component_code")]
    one, two = first.batch_id, second.batch_id
    assert batches == [one, two, one, one, one, two]


def test_a_moved_point_is_a_change(connection):
    push(connection, "component", [make_components(2)], COMPONENT)
    batch = make_components(2)
    batch.geometry[1] = shapely.Point(500001.25, 3270000.5000001)
    assert counts(push(connection, "component", [batch], COMPONENT)) == (0, 1, 1, 0)


def test_rows_of_several_districts_and_batches(connection, platform_url):
    parts = [make_components(3, district=d) for d in ("500112", "500103", "500112")]
    parts[2] = make_components(3, first=3)
    assert counts(push(connection, "component", parts, COMPONENT)) == (9, 0, 0, 0)
    districts = [row[0] for row in read_rows(platform_url, "component", "district_code")]
    assert districts == ["500103"] * 3 + ["500112"] * 6


def test_missing_rows_stay_unless_asked_and_only_in_the_communities_present(connection):
    push(
        connection,
        "unit_grid",
        [make_grids(3), make_grids(2, community="001003")],
        SPECS["unit_grid"],
    )
    fewer = [make_grids(2)]
    assert counts(push(connection, "unit_grid", fewer, SPECS["unit_grid"])) == (0, 0, 2, 0)
    result = push(connection, "unit_grid", fewer, SPECS["unit_grid"], delete_missing=True)
    assert counts(result) == (0, 0, 2, 1)


@pytest.mark.parametrize("mode", ["validate", "dry_run"])
def test_looking_first_writes_nothing(connection, platform_url, mode):
    push(connection, "component", [make_components(3)], COMPONENT)
    before = read_rows(platform_url, "component")
    result = push(connection, "component", [make_components(5)], COMPONENT, mode=mode)
    assert result.batch_id is None
    assert read_rows(platform_url, "component") == before
    assert len(list_pushes(connection)) == 1


def test_a_dry_run_lists_old_and_new_values(connection):
    push(connection, "component", [make_components(3)], COMPONENT)
    batch = make_components(4, status=["完好", "破损", "完好", "完好"])
    batch.geometry[2] = shapely.Point(1, 2)
    batch = batch.take(np.array([1, 2, 3]))
    result = push(connection, "component", [batch], COMPONENT, mode="dry_run", delete_missing=True)
    assert counts(result) == (1, 2, 0, 1)
    found = {(d.operation, d.key[-1], d.field, d.old, d.new) for d in result.differences}
    assert found == {
        ("added", "3", "", None, None),
        ("changed", "1", "status", "完好", "破损"),
        ("changed", "2", "geom", "POINT (500002.25 3270000.5)", "POINT (1 2)"),
        ("removed", "0", "", None, None),
    }


@pytest.mark.parametrize(
    ("columns", "field"),
    [
        ({"component_code": [None, "50011201001000002"]}, "component_code"),
        ({"component_code": ["", "50011201001000002"]}, "component_code"),
        ({"component_code": ["X", "50011201001000002"]}, "component_code"),
        ({"component_code": ["50011201001000002", "50011201001000002"]}, "component_code"),
        ({"status": ["完好", "一二三四五六七八九十一"]}, "status"),
        ({"note": ["a\0b", "c"]}, "note"),
        ({"note": ["\ud800", "c"]}, "note"),
        ({"accuracy": ["D", "A"]}, "accuracy"),
        ({"first_date": ["2024-13-01", "2024-01-01"]}, "first_date"),
        ({"first_date": np.array(["2024-01-01", "12024-01-01"], "M8[D]")}, "first_date"),
    ],
)
@pytest.mark.parametrize("there", [False, True])
def test_a_row_that_cannot_be_stored_stops_all_and_is_listed(
    connection, platform_url, columns, field, there
):
    if there:
        push(connection, "component", [make_components(1, first=5)], COMPONENT)
    before = picture(platform_url)
    with pytest.raises(PushRefusedError) as refused:
        push(connection, "component", [make_components(2, **columns)], COMPONENT)
    result = refused.value.result
    assert result.rejected == 1
    assert [r.field for r in result.rejected_rows] == [field]
    assert picture(platform_url) == before
    logged = read_rows(platform_url, "rejected_row", "batch_id, row_number, field, reason")
    row = result.rejected_rows[0]
    assert logged == [(result.batch_id, row.row_number, field, row.reason)]


def test_shapes_of_another_type_are_refused(connection):
    batch = make_grids(2)
    batch.geometry[1] = shapely.Point(1, 2)
    with pytest.raises(PushRefusedError) as refused:
        push(connection, "unit_grid", [batch], SPECS["unit_grid"])
    assert [(r.row_number, r.field) for r in refused.value.result.rejected_rows] == [(2, "geom")]


def test_a_multi_polygon_of_one_part_is_a_cell_and_of_two_is_not(connection, platform_url):
    batch = make_grids(2)
    batch.geometry[0] = shapely.MultiPolygon([batch.geometry[0]])
    push(connection, "unit_grid", [batch], SPECS["unit_grid"])
    assert read_rows(platform_url, "unit_grid", "GeometryType(geom)")[0] == ("POLYGON",)
    batch.geometry[0] = shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(5, 5, 6, 6)])
    with pytest.raises(PushRefusedError):
        push(connection, "unit_grid", [batch], SPECS["unit_grid"])


def test_components_may_be_points_lines_and_areas(connection, platform_url):
    batch = make_components(3)
    batch.geometry[1] = shapely.LineString([(0, 0), (1, 1)])
    batch.geometry[2] = shapely.box(0, 0, 1, 1)
    push(connection, "component", [batch], COMPONENT)
    found = [
        r[0] for r in read_rows(platform_url, "component", "GeometryType(geom)", "component_code")
    ]
    assert found == ["POINT", "LINESTRING", "POLYGON"]


def test_heights_are_left_out_and_said_so(connection):
    batch = make_components(1)
    batch.geometry[0] = shapely.Point(1, 2, 3)
    result = push(connection, "component", [batch], COMPONENT)
    assert any("two" in note for note in result.notes)
    assert counts(push(connection, "component", [batch], COMPONENT)) == (0, 0, 1, 0)


def test_fields_the_source_lacks_stay_as_they_are(connection, platform_url):
    push(connection, "component", [make_components(2)], COMPONENT)
    batch = make_components(2, status=["破损", "完好"])
    less = {k: v for k, v in batch.fields.items() if k != "note"}
    from dataclasses import replace

    result = push(connection, "component", [replace(batch, fields=less)], COMPONENT)
    assert counts(result) == (0, 1, 1, 0)
    assert all(row[0] for row in read_rows(platform_url, "component", "note"))


def test_a_risk_may_move_to_another_district(connection, platform_url):
    push(connection, "risk", [make_risks(2)], SPECS["risk"])
    moved = make_risks(2, community_code=["500112001002", "500103001001"])
    assert counts(push(connection, "risk", [moved], SPECS["risk"])) == (0, 1, 1, 0)
    assert read_rows(platform_url, "risk", "risk_code, district_code") == [
        ("FX0000", "500112"),
        ("FX0001", "500103"),
    ]
    assert read_rows(platform_url, "risk_history", "key, operation, district_code") == [
        ("FX0001", "update", "500112")
    ]


def test_another_coordinate_system_is_refused(connection):
    from dataclasses import replace

    batch = replace(make_components(1), crs="EPSG:4326")
    with pytest.raises(WanggeError, match="EPSG:4326"):
        push(connection, "component", [batch], COMPONENT)


def test_no_rows_at_all(connection):
    assert counts(push(connection, "component", [], COMPONENT)) == (0, 0, 0, 0)
    assert counts(push(connection, "component", [make_components(0)], COMPONENT)) == (0, 0, 0, 0)
