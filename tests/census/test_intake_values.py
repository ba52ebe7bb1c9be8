import datetime
import json

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from wangge.plugin.census.intake import FieldMap, read_components, suggest_fields
from wangge.plugin.census.intake.dates import parse_date, parse_dates
from wangge.plugin.census.intake.encoding import GB, UTF8, decode, detect
from wangge.plugin.census.intake.offset import (
    Offset,
    suspect_layer_offset,
    suspect_offset,
    wgs84_to_bd09,
    wgs84_to_gcj02,
    without_offset,
)
from wangge.plugin.errors import WanggeError
from wangge.plugin.rules.batch import make_batch


def write_csv(path, head, *rows):
    lines = [",".join(map(str, row)) for row in (head, *rows)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "text",
    [
        "20230501",
        "2023-05-01",
        "2023/5/1",
        "2023.5.1",
        "2023年5月1日",
        "2023年05月01号",
        "２０２３-５-１",
        "2023-05-01T08:00:00",
        "2023-05-01T08:00:00+08:00",
        "2023/5/1 8:05",
        "20230501083000",
        "二〇二三年五月一日",
        "45047",
        45047.0,
        20230501,
        datetime.date(2023, 5, 1),
        datetime.datetime(2023, 5, 1, 8),
        "2023-05",
        "2023年5月",
    ],
)
def test_dates_of_many_spellings(text):
    parsed = parse_date(text)
    assert isinstance(parsed, datetime.datetime)
    assert parsed.date() == datetime.date(2023, 5, 1)


def test_the_days_of_chinese_numerals():
    assert parse_date("二〇二三年十二月三十一日").date() == datetime.date(2023, 12, 31)
    assert parse_date("二〇二三年十月二十日").date() == datetime.date(2023, 10, 20)


@pytest.mark.parametrize("text", ["", " ", "无", "-", "NULL", "00000000", None, 0])
def test_spellings_of_no_date(text):
    assert parse_date(text) is None


@pytest.mark.parametrize(
    "text", ["20230230", "2023-13-01", "gestern", "05/01/2023", "23-05-01", "2023", True]
)
def test_what_is_no_date_or_an_ambiguous_one_is_not_guessed(text):
    assert isinstance(parse_date(text), str)


def test_a_column_of_dates_keeps_the_time_where_the_field_has_one():
    values = np.array(["2023-05-01 08:30", None, "x"], dtype=object)
    dates, wrong = parse_dates(values, "ms")
    assert dates[0] == np.datetime64("2023-05-01T08:30")
    assert np.isnat(dates[1:]).all()
    assert list(wrong) == [False, False, True]


CHINESE = st.text(
    st.sampled_from("上水井盖污雨箅子路灯行道树渝北区城市管理局街社区号口东侧"), min_size=2
)


@given(st.lists(CHINESE, min_size=3, max_size=30), st.sampled_from([UTF8, GB]), st.integers(0, 3))
def test_chinese_text_is_recognised_even_when_cut_off(texts, encoding, cut):
    values = [t.encode(encoding)[: max(4, len(t.encode(encoding)) - cut)] for t in texts]
    found = detect(values, declared="ISO-8859-1")
    assert found.name == encoding
    assert found.contradicts


@given(CHINESE, st.sampled_from([UTF8, GB]))
def test_a_value_in_the_other_encoding_is_recognised(text, encoding):
    assert decode(text.encode(encoding), UTF8)[0] == text
    assert decode(text.encode(GB), GB)[0] == text


def test_latin_text_keeps_its_declared_encoding():
    values = ["Müller", "Straße", "Café", "äöü"]
    assert detect([v.encode("cp1252") for v in values], declared="1252").name == "cp1252"


def test_fields_are_suggested_by_abbreviation_alias_synonym_and_cut_off_name():
    columns = ["GLBJBSM", "所在单元网", "主管单位", "ObjName", "DataSource", "CHDate", "FID"]
    assert suggest_fields(columns).columns == {
        "component_code": "GLBJBSM",
        "grid_code": "所在单元网",
        "authority_name": "主管单位",
        "component_name": "ObjName",
        "source": "DataSource",
        "changed_date": "CHDate",
    }


def test_fields_are_suggested_by_content():
    sample = {
        "c1": ["5001120101000001", "5001120101000002", "5001120101000003"],
        "c2": ["500112001001001", "500112001001002", None, "500112001001003"],
        "c3": ["91500112MA5U000001"] * 3,
        "c4": ["完好", "破损", "完好"],
        "c5": ["1", "2", "3"],
    }
    found = suggest_fields(list(sample), sample, has_geometry=True)
    assert found.columns == {
        "component_code": "c1",
        "grid_code": "c2",
        "authority_code": "c3",
        "status": "c4",
    }
    assert set(found.reasons.values()) == {"content"}


def test_a_column_serves_one_field_only():
    found = suggest_fields(["名称", "NAME", "ObjName", "x", "X", "y"])
    assert len(set(found.columns.values())) == len(found.columns)
    assert found.columns["component_name"] == "ObjName"


def test_a_field_map_survives_json_and_refuses_nonsense():
    found = FieldMap({"component_code": "编码", "x": "经度", "y": "纬度"})
    assert FieldMap.from_json(found.to_json()).columns == found.columns
    assert "编码" in found.to_json()
    for text in ("[1]", "{", json.dumps({"colour": "rot"}), json.dumps({"x": 3})):
        with pytest.raises(WanggeError, match="field map"):
            FieldMap.from_json(text)


def test_a_field_map_with_a_column_that_is_not_there_is_refused(tmp_path):
    path = write_csv(tmp_path / "a.csv", ["x", "y"], [106.51234, 29.61234])
    with pytest.raises(WanggeError, match=r"“编码”.*x, y"):
        read_components(path, crs="EPSG:4490", field_map=FieldMap({"component_code": "编码"}))


def test_every_bad_position_has_its_reason(tmp_path):
    rows = [
        (106.551234, 29.612345, "gut"),
        (29.612345, 106.551234, "swapped"),
        ("NaN", 29.6, "finite"),
        (0, 0, "0, 0"),
        ("", "", "no geometry"),
        (500_000, 3_280_000, "degrees"),
        ("x", 29.6, "no number"),
        (106.55, 29.61, "gut"),
        (106.561234, 29.612345, "gut"),
    ]
    path = write_csv(tmp_path / "a.csv", ["x", "y", "note"], *rows)
    intake = read_components(path, crs="EPSG:4490")
    assert list(intake.accepted.fields["note"]) == ["gut"] * 3
    for note, reason in zip(
        intake.rejected.fields["note"], intake.rejected.fields["reason"], strict=True
    ):
        assert note in reason
    assert any("1 points have degrees with two decimals" in w for w in intake.report["warnings"])
    assert len(intake.rejected) == 6


@pytest.mark.parametrize(
    ("crs", "x", "y"),
    [("EPSG:4490", 29.612345, 106.551234), ("EPSG:4524", 3_280_000.5, 36_400_000.5)],
)
def test_a_whole_file_with_swapped_axes_is_swapped_back_and_told(tmp_path, crs, x, y):
    path = write_csv(tmp_path / "a.csv", ["x", "y"], *[(x + i / 100, y) for i in range(5)])
    intake = read_components(path, crs=crs)
    assert len(intake.accepted) == 5
    assert intake.accepted.geometry[0].x == y
    assert any("changed places" in w for w in intake.report["warnings"])
    assert len(read_components(path, crs=crs, axes="keep").rejected) == 5


def test_wrong_geometry_types_and_bad_vertices_are_rejected(tmp_path):
    rows = [
        "MULTIPOINT (106.1 29.1, 106.2 29.2)",
        "GEOMETRYCOLLECTION (POINT (106.1 29.1))",
        "MULTIPOINT (106.12345 29.12345)",
        "MULTIPOLYGON (((106 29, 106.1 29, 106.1 29.1, 106 29)))",
        "POINT Z (106.12345 29.12345 7)",
        "LINESTRING (106.12345 29.12345, NaN 29.2)",
    ]
    path = tmp_path / "a.csv"
    path.write_text("wkt\n" + "\n".join(f'"{r}"' for r in rows))
    intake = read_components(path, crs="EPSG:4490")
    assert [g.geom_type for g in intake.accepted.geometry] == ["Point", "Point", "Polygon", "Point"]
    assert not shapely.has_z(intake.accepted.geometry).any()
    assert len(intake.rejected) == 2


def test_text_is_cleaned_and_values_are_brought_to_the_list(tmp_path):
    path = write_csv(
        tmp_path / "a.csv",
        ["部件名称", "状态", "备注", "精度", "x", "y"],
        ["　供水井盖\u200b", "正常", "１２号（东）", "a", 106.51234, 29.61234],
        ["路灯", "怪", "NULL", "B", 106.51234, 29.61234],
    )
    batch = read_components(path, crs="EPSG:4490").accepted
    assert list(batch.fields["component_name"]) == ["供水井盖", "路灯"]
    assert batch.fields["class_code"][0] == "01001"
    assert list(batch.fields["status"]) == ["完好", "怪"]
    assert list(batch.fields["note"]) == ["12号（东）", None]


def test_a_uuid_given_twice_is_rejected_and_missing_ones_are_made(tmp_path):
    uuid = "0b0e1a52-6f0d-4b0c-9d53-3f4a0f3f6d11"
    path = write_csv(
        tmp_path / "a.csv",
        ["uuid", "x", "y"],
        [uuid, 106.51234, 29.61234],
        ["{" + uuid.upper() + "}", 106.51235, 29.61234],
        ["", 106.51236, 29.61234],
    )
    intake = read_components(path, crs="EPSG:4490")
    assert intake.accepted.fields["uuid"][0] == uuid
    assert len(intake.accepted.fields["uuid"][1]) == 36
    assert list(intake.rejected.fields["source_row"]) == [3]


CODE = "50011201001{:06d}"
HEAD = ["ObjID", "备注", "x", "y"]


def row(code, note, east):
    return [code, note, 106.5 + east / 1e5, 29.61234]


def uuids(path, **options):
    batch = read_components(path, crs="EPSG:4490", standard="2026", **options).accepted
    return dict(zip(batch.fields["note"], batch.fields["uuid"], strict=True))


def test_a_row_keeps_its_uuid_when_the_delivery_comes_again(tmp_path):
    rows = [row(CODE.format(1), "a", 1.234), row("", "b", 2.345), row("7", "c", 3.456)]
    first = uuids(write_csv(tmp_path / "一期.csv", HEAD, *rows))
    assert len(set(first.values())) == 3
    assert uuids(tmp_path / "一期.csv") == first
    (tmp_path / "copy").mkdir()
    moved = write_csv(tmp_path / "copy" / "一期.csv", HEAD, *reversed(rows))
    assert uuids(moved) == first


def test_a_corrected_row_keeps_its_uuid_by_its_code(tmp_path):
    rows = [row(CODE.format(1), "a", 1.234), row("", "b", 2.345)]
    first = uuids(write_csv(tmp_path / "一期.csv", HEAD, *rows))
    rows = [row("", "b corrected", 2.345), row(CODE.format(1), "a corrected", 9.876)]
    second = uuids(write_csv(tmp_path / "二期.csv", HEAD, *rows))
    assert second["a corrected"] == first["a"]
    assert second["b corrected"] not in first.values()


def test_the_code_of_an_older_edition_tells_the_component_too(tmp_path):
    code = "5001120101000001"
    first = uuids(write_csv(tmp_path / "a.csv", HEAD, row(code, "a", 1.234)))
    second = uuids(write_csv(tmp_path / "b.csv", HEAD, row(code, "a corrected", 9.876)))
    assert first["a"] == second["a corrected"]


def test_rows_with_one_code_or_one_content_still_get_uuids_of_their_own(tmp_path):
    rows = [
        row(CODE.format(1), "a", 1.234),
        row(CODE.format(1), "b", 2.345),
        row("", "c", 3.456),
        row("", "c", 3.456),
    ]
    path = write_csv(tmp_path / "一期.csv", HEAD, *rows)
    found = read_components(path, crs="EPSG:4490", standard="2026").accepted.fields["uuid"]
    assert len(set(found)) == 4
    again = read_components(path, crs="EPSG:4490", standard="2026").accepted.fields["uuid"]
    assert list(again) == list(found)


def test_a_made_uuid_is_never_one_that_another_row_brings(tmp_path):
    own = uuids(write_csv(tmp_path / "a.csv", HEAD, row(CODE.format(1), "a", 1.234)))["a"]
    rows = [["", *row(CODE.format(1), "new", 2.345)], [own, *row(CODE.format(1), "old", 1.234)]]
    found = uuids(write_csv(tmp_path / "b.csv", ["uuid", *HEAD], *rows))
    assert found["old"] == own
    assert found["new"] != own


def test_a_rejected_row_takes_no_uuid_from_a_good_one(tmp_path):
    good = uuids(write_csv(tmp_path / "a.csv", HEAD, row(CODE.format(1), "a", 1.234)))["a"]
    bad = [CODE.format(1), "bad", "nowhere", 29.61234]
    path = write_csv(tmp_path / "b.csv", HEAD, bad, row(CODE.format(1), "a", 1.234))
    assert uuids(path) == {"a": good}


def test_a_row_with_a_date_nobody_understands_is_rejected_not_emptied(tmp_path):
    path = write_csv(
        tmp_path / "a.csv",
        ["初始日期", "x", "y"],
        ["去年", 106.51234, 29.61234],
        ["无", 106.51234, 29.61234],
    )
    intake = read_components(path, crs="EPSG:4490")
    assert "初始日期" in intake.rejected.fields["reason"][0]
    assert intake.accepted.is_null("first_date").all()


BLOCK = (106.50, 29.60)


def make_lamps(n=400, seed=3):
    rng = np.random.default_rng(seed)
    return np.array(BLOCK) + rng.uniform(0, 0.02, (n, 2))


def make_roads():
    lines = [[(106.5 + i / 500, 29.6), (106.5 + i / 500, 29.62)] for i in range(11)]
    return shapely.linestrings(np.array(lines))


def test_the_offset_of_phone_maps_has_the_known_size_and_can_be_taken_off():
    true = np.array([[116.404, 39.915], [106.55, 29.61], [114.3, 30.6]])
    for offset, forward in ((Offset.GCJ02, wgs84_to_gcj02), (Offset.BD09, wgs84_to_bd09)):
        shifted = forward(true)
        metres = np.hypot(*((shifted - true) * [90_000, 111_000]).T)
        assert ((metres > 100) & (metres < 1500)).all()
        np.testing.assert_allclose(without_offset(shifted, offset), true, atol=1e-7)
    # Tian'anmen as published by the map services themselves.
    np.testing.assert_allclose(
        wgs84_to_gcj02(np.array([[116.391304, 39.907365]])), [[116.397544, 39.908768]], atol=2e-5
    )


@pytest.mark.parametrize(
    ("offset", "shift"),
    [(Offset.NONE, lambda p: p), (Offset.GCJ02, wgs84_to_gcj02), (Offset.BD09, wgs84_to_bd09)],
)
def test_points_of_phone_maps_are_suspected_against_roads(offset, shift):
    lamps = make_lamps()
    lamps[:, 0] = 106.5 + np.round((lamps[:, 0] - 106.5) * 500) / 500 + 0.00003
    found = suspect_offset(shift(lamps), make_roads())
    assert found.offset is offset
    assert bool(found.message) == (offset is not Offset.NONE)


def test_a_reference_that_cannot_tell_leaves_it_undecided():
    wide = np.array([shapely.box(106, 29, 107, 30)])
    found = suspect_offset(wgs84_to_gcj02(make_lamps()), wide)
    assert found.offset is Offset.UNDECIDED
    assert suspect_offset(np.empty((0, 2)), wide).offset is Offset.UNDECIDED


def test_layers_in_a_projected_system_are_compared_too(tmp_path):
    lamps = make_lamps(2000)
    cells = make_batch(
        {"grid_code": ["a"]}, [shapely.box(106.5, 29.6, 106.52, 29.62)], crs="EPSG:4490"
    )
    right = make_batch({}, shapely.points(lamps), crs="EPSG:4490")
    wrong = make_batch({}, shapely.points(wgs84_to_gcj02(lamps)), crs="EPSG:4490")
    assert suspect_layer_offset(right, cells).offset is Offset.NONE
    assert suspect_layer_offset(wrong, cells).offset is Offset.GCJ02
    rows = [(f"{x:.7f}", f"{y:.7f}") for x, y in wgs84_to_gcj02(lamps)]
    path = write_csv(tmp_path / "a.csv", ["x", "y"], *rows)
    report = read_components(path, crs="EPSG:4490", reference=cells).report
    assert report["offset"] == "gcj02"
    assert any("GCJ-02" in w for w in report["warnings"])
