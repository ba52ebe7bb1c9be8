import zipfile
from datetime import date

import numpy as np
import openpyxl
import pytest
import shapely
from wangge.plugin.census.intake import FieldMap, Importer, open_source, read_components
from wangge.plugin.errors import WanggeError

NAMES = ["上水井盖", "污水井盖", "行道树"]
DXF = """
0 SECTION 2 HEADER 9 $ACADVER 1 AC1015 0 ENDSEC
0 SECTION 2 BLOCKS
0 BLOCK 8 0 2 LAMP 70 2 10 0 20 0 0 CIRCLE 8 0 10 0 20 0 40 1 0 ENDBLK
0 ENDSEC
0 SECTION 2 ENTITIES
0 INSERT 8 poles 66 1 2 LAMP 10 500010.5 20 3280001.5
0 ATTRIB 8 poles 10 0 20 0 40 1 1 一队 2 SURVEYOR
0 SEQEND
0 ENDSEC
0 EOF
"""
HEAD = ["部件标识码", "部件名称", "经度", "纬度", "初始日期"]


def make_table_rows(n=3):
    return [
        [f"50011201001{i:06d}", NAMES[i % 3], 106.5512345 + i / 1000, 29.6123456, "2023-05-01"]
        for i in range(1, n + 1)
    ]


def write_csv(path, rows, *, delimiter=",", encoding="utf-8", head=HEAD, before="", end="\n"):
    lines = [delimiter.join(map(str, row)) for row in [head, *rows]]
    path.write_bytes((before + end.join(lines) + end).encode(encoding))
    return path


def names_of(intake):
    return sorted(intake.accepted.fields["component_name"])


def reconciled(intake, rows):
    assert intake.report["rows"] == rows
    assert len(intake.accepted) + len(intake.rejected) == rows
    assert intake.report["accepted"] == len(intake.accepted)
    assert len(set(intake.accepted.fields["uuid"])) == len(intake.accepted)
    return intake


@pytest.mark.parametrize("written", ["GBK", "GB18030", "UTF-8"])
@pytest.mark.parametrize("cpg", [None, "UTF-8", "ISO-8859-1", "GBK", "nonsense"])
def test_chinese_shapefiles_are_read_right_whatever_the_cpg_says(delivery, written, cpg):
    path = delivery(encoding=written)
    sidecar = path.with_suffix(".cpg")
    sidecar.unlink(missing_ok=True)
    if cpg:
        sidecar.write_text(cpg)
    intake = reconciled(read_components(path, standard="2007"), 3)
    assert names_of(intake) == ["上水井盖"] * 3
    assert set(intake.accepted.fields["note"]) == {"路口东侧"}
    assert intake.report["encoding"] == ("UTF-8" if written == "UTF-8" else "GB18030")
    wrong = cpg == "ISO-8859-1" or (
        cpg and cpg != "nonsense" and (written == "UTF-8") != (cpg == "UTF-8")
    )
    assert any("declares the encoding" in w for w in intake.report["warnings"]) == bool(wrong)


def test_the_columns_of_a_component_come_out_typed_and_complete(delivery):
    intake = read_components(delivery(), standard="2007")
    batch = intake.accepted
    assert list(batch.fields["component_code"]) == [f"5001120101{i:06d}" for i in (1, 2, 3)]
    assert list(batch.fields["class_code"]) == ["0101"] * 3
    assert list(batch.fields["authority_code"]) == ["91500112MA5U000001"] * 3
    assert batch.fields["first_date"].dtype == np.dtype("datetime64[D]")
    assert set(batch.fields["first_date"]) == {np.datetime64("2023-05-01")}
    assert set(batch.fields["standard"]) == {"cjt214_2007"}
    assert batch.is_null("changed_date").all()
    assert batch.crs == "EPSG:4547"


def test_an_encoding_given_by_the_user_wins_and_nonsense_is_refused(delivery):
    path = delivery(encoding="GBK")
    assert (
        read_components(path, encoding="gbk", standard="2007").report["encoding_found_by"]
        == "given"
    )
    with pytest.raises(WanggeError, match="no known encoding"):
        read_components(path, encoding="klingon")


def test_a_table_with_mixed_encodings_is_read_value_by_value(tmp_path, write_dbf):
    rows = [
        [name.encode(encoding), b"106.5512345", b"29.6123456"]
        for name, encoding in zip(NAMES * 10, (["gb18030"] * 9 + ["utf-8"]) * 3, strict=True)
    ]
    path = write_dbf(tmp_path / "混.dbf", {"部件名称": 30, "经度": 15, "纬度": 15}, rows)
    intake = reconciled(read_components(path, crs="EPSG:4490"), 30)
    assert names_of(intake) == sorted(NAMES * 10)


def test_bytes_that_are_no_text_at_all_are_rejected_with_the_row(tmp_path, write_dbf):
    rows = [[NAMES[0].encode("gb18030"), b"106.551", b"29.612"] for _ in range(20)]
    rows[4][0] = b"\xff\xff\xff\x81"
    path = write_dbf(tmp_path / "a.dbf", {"部件名称": 30, "经度": 15, "纬度": 15}, rows)
    intake = reconciled(read_components(path, crs="EPSG:4490"), 20)
    assert list(intake.rejected.fields["source_row"]) == [5]
    assert "encoding" in intake.rejected.fields["reason"][0]


def test_records_marked_as_deleted_are_no_rows(tmp_path, write_dbf):
    rows = [[b"x", b"106.551", b"29.612"] for _ in range(5)]
    path = write_dbf(tmp_path / "a.dbf", {"note": 30, "x": 15, "y": 15}, rows, deleted=(1, 3))
    intake = reconciled(read_components(path, crs="EPSG:4490"), 3)
    assert list(intake.accepted.ids) == [1, 3, 5]


def test_a_truncated_dbf_loses_no_row_silently(delivery):
    path = delivery(rows=None)
    table = path.with_suffix(".dbf")
    table.write_bytes(table.read_bytes()[:-400])
    intake = reconciled(read_components(path, standard="2007"), 3)
    assert 0 < len(intake.accepted) < 3
    assert all("truncated" in reason for reason in intake.rejected.fields["reason"])


def test_a_truncated_shp_rejects_the_rows_without_a_point(delivery):
    path = delivery()
    path.write_bytes(path.read_bytes()[:-20])
    intake = reconciled(read_components(path, standard="2007"), 3)
    assert list(intake.rejected.fields["source_row"]) == [3]


@pytest.mark.parametrize("damage", [b"", b"\0" * 40, b"not a shapefile at all" * 20])
@pytest.mark.parametrize("suffix", [".shp", ".dbf"])
def test_a_damaged_shapefile_is_refused_in_a_sentence(delivery, suffix, damage):
    path = delivery()
    path.with_suffix(suffix).write_bytes(damage)
    with pytest.raises(WanggeError, match="普查"):
        read_components(path, standard="2007")


def test_null_shapes_among_points_are_rejected(delivery):
    shapes = [shapely.Point(500_000, 3_280_000), None, shapely.Point(500_001, 3_280_000)]
    intake = reconciled(read_components(delivery(geometry=shapes), standard="2007"), 3)
    assert list(intake.rejected.fields["source_row"]) == [2]
    assert shapely.get_x(intake.accepted.geometry[1]) == 500_001


def test_a_shapefile_without_dbf_or_shx_still_gives_its_points(delivery):
    path = delivery()
    path.with_suffix(".dbf").unlink()
    path.with_suffix(".shx").unlink()
    intake = reconciled(read_components(path), 3)
    assert len(intake.accepted) == 3
    assert any("no .dbf" in w for w in intake.report["warnings"])


def test_lines_and_polygons_of_a_shapefile_keep_their_attributes(delivery):
    shapes = [
        shapely.LineString([(500_000 + i, 3_280_000), (500_009, 3_280_010)]) for i in range(3)
    ]
    path = delivery("线.shp", geometry=shapes, kind="LineString", encoding="GBK")
    intake = reconciled(read_components(path, standard="2007"), 3)
    assert list(intake.accepted.fields["component_code"])[2] == "5001120101000003"
    assert intake.accepted.geometry[2].equals(shapes[2])


@pytest.mark.parametrize(
    ("name", "driver", "options"),
    [
        ("a.gpkg", "GPKG", {}),
        ("a.tab", "MapInfo File", {"encoding": "GBK"}),
        ("b.tab", "MapInfo File", {"encoding": "CP936"}),
        ("a.mif", "MapInfo File", {"FORMAT": "MIF", "encoding": "GBK"}),
        ("a.gdb", "OpenFileGDB", {"crs": "EPSG:4490"}),
        ("a.geojson", "GeoJSON", {"crs": "EPSG:4326"}),
    ],
)
def test_the_other_formats_give_the_same_rows(delivery, name, driver, options):
    shapes = None
    # GDAL 3.9 does not write projected FileGDBs: it fails on the corners of the system's area.
    if name.endswith(("geojson", "gdb")):
        shapes = [shapely.Point(106.55 + i / 1000, 29.6123) for i in range(3)]
    path = delivery(name, geometry=shapes, driver=driver, **options)
    intake = reconciled(read_components(path, standard="2007"), 3)
    assert names_of(intake) == ["上水井盖"] * 3
    assert list(intake.accepted.fields["class_code"]) == ["0101"] * 3
    assert len(intake.rejected) == 0


def test_a_zipped_shapefile_is_read(delivery, tmp_path):
    delivery("pt.shp", encoding="UTF-8")
    archive = tmp_path / "交付.zip"
    with zipfile.ZipFile(archive, "w") as target:
        for part in tmp_path.glob("pt.*"):
            target.write(part, part.name)
    assert names_of(read_components(archive, standard="2007")) == ["上水井盖"] * 3
    (tmp_path / "leer.zip").write_bytes(archive.read_bytes()[:50])
    with pytest.raises(WanggeError, match="damaged"):
        read_components(tmp_path / "leer.zip")


def test_of_several_layers_one_has_to_be_chosen(delivery):
    path = delivery("a.gpkg", driver="GPKG", layer="井盖")
    delivery("a.gpkg", driver="GPKG", layer="路灯")
    with pytest.raises(WanggeError, match="井盖, 路灯"):
        read_components(path, standard="2007")
    with pytest.raises(WanggeError, match="no layer “树”"):
        read_components(path, layer="树")
    assert len(read_components(path, layer="路灯", standard="2007").accepted) == 3


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_any_encoding_and_with_any_delimiter(tmp_path, delimiter, encoding):
    path = write_csv(tmp_path / "a.csv", make_table_rows(), delimiter=delimiter, encoding=encoding)
    intake = reconciled(read_components(path, crs="EPSG:4490"), 3)
    assert names_of(intake) == sorted(NAMES)
    assert intake.accepted.geometry[0].x == pytest.approx(106.5522345)
    assert list(intake.accepted.fields["class_code"]) == ["01001"] * 3


def test_the_heading_row_is_found_under_a_title(tmp_path):
    path = write_csv(
        tmp_path / "a.csv", make_table_rows(), before="渝北区部件普查成果表,,,,\n制表：一队,,,,\n\n"
    )
    intake = reconciled(read_components(path, crs="EPSG:4490"), 3)
    assert list(intake.accepted.ids) == [5, 6, 7]


def test_a_csv_with_a_line_in_another_encoding_is_mended(tmp_path):
    path = write_csv(tmp_path / "a.csv", make_table_rows(30), encoding="gb18030")
    extra = ",".join(map(str, make_table_rows(31)[-1])) + "\n"
    path.write_bytes(path.read_bytes() + extra.encode("utf-8"))
    assert set(names_of(read_components(path, crs="EPSG:4490"))) == set(NAMES)


@pytest.mark.parametrize("tail", [b"", b"\0" * 4096])
def test_a_csv_with_nul_bytes_is_read_without_them(tmp_path, tail):
    path = write_csv(tmp_path / "a.csv", make_table_rows())
    whole = read_components(path, crs="EPSG:4490").accepted
    path.write_bytes(path.read_bytes().replace(b"-05-01", b"-05\0-01", 1) + tail)
    mended = reconciled(read_components(path, crs="EPSG:4490"), 3).accepted
    assert list(mended.fields["first_date"]) == list(whole.fields["first_date"])
    assert sorted(mended.fields["component_name"]) == sorted(NAMES)


def test_a_csv_in_the_other_utf_16_is_read(tmp_path):
    path = write_csv(tmp_path / "a.csv", make_table_rows(), before="\ufeff", encoding="utf-16-be")
    assert names_of(reconciled(read_components(path, crs="EPSG:4490"), 3)) == sorted(NAMES)


def test_csv_rows_with_too_many_values_are_rejected_with_line_number(tmp_path):
    rows = make_table_rows()
    rows[1].append("zu viel")
    intake = reconciled(read_components(write_csv(tmp_path / "a.csv", rows), crs="EPSG:4490"), 3)
    assert list(intake.rejected.fields["source_row"]) == [3]
    assert "more values" in intake.rejected.fields["reason"][0]


def test_wkt_and_degrees_minutes_seconds_are_understood(tmp_path):
    rows = [["a", "106°33′12.5″E", "29°36′00″N"], ["b", "１０６.５５", "29,6"]]
    path = write_csv(tmp_path / "a.csv", rows, head=["备注", "经度", "纬度"], delimiter=";")
    intake = reconciled(read_components(path, crs="EPSG:4490"), 2)
    assert intake.accepted.geometry[0].x == pytest.approx(106 + 33 / 60 + 12.5 / 3600)
    assert intake.accepted.geometry[1].y == pytest.approx(29.6)
    rows = [["x", "POINT (106.5512 29.6123)"], ["y", "POINT (oops"], ["z", ""]]
    path = write_csv(tmp_path / "b.csv", rows, head=["备注", "空间坐标"], delimiter=";")
    intake = reconciled(read_components(path, crs="EPSG:4490"), 3)
    assert len(intake.accepted) == 1


def test_workbooks_with_real_dates_numbers_and_a_title(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "说明"
    sheet = book.create_sheet("部件")
    sheet.append(["部件普查表"])
    sheet.append(["部件类型", "名称", "X", "Y", "普查日期"])
    sheet.append([1001, "供水井盖", 500_010.5, 3_280_000.25, date(2023, 5, 1)])
    sheet.append([1002, "污水井盖", "500020.5", "3280000", 45047])
    path = tmp_path / "a.xlsx"
    book.save(path)
    intake = reconciled(read_components(path, crs="EPSG:4547"), 2)
    assert list(intake.accepted.fields["class_code"]) == ["01001", "01002"]
    assert set(intake.accepted.fields["first_date"]) == {np.datetime64("2023-05-01")}
    assert intake.report["layer"] == "部件"
    assert list(intake.accepted.ids) == [3, 4]


def test_codes_that_a_workbook_rounded_are_rejected_not_stored(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["ObjID", "X", "Y"])
    book.active.append([5001120101000001.0, 500_010.5, 3_280_000.25])
    book.save(tmp_path / "a.xlsx")
    intake = reconciled(read_components(tmp_path / "a.xlsx", crs="EPSG:4547", standard="2007"), 1)
    assert "15 digits" in intake.rejected.fields["reason"][0]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0 old"])
def test_a_broken_workbook_is_refused(tmp_path, content):
    (tmp_path / "a.xlsx").write_bytes(content)
    with pytest.raises(WanggeError, match=r"a\.xlsx"):
        read_components(tmp_path / "a.xlsx")


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\0\0\0\0\x01", b"GIF89a\x01\0\x01\0\0\0"])
def test_an_empty_text_is_refused(tmp_path, content):
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(WanggeError, match=r"a\.csv"):
        read_components(tmp_path / "a.csv")


def test_cad_blocks_come_with_their_name_and_attributes(tmp_path):
    path = tmp_path / "a.dxf"
    path.write_text("\n".join(DXF.split()) + "\n", encoding="utf-8")
    info = open_source(path).info
    assert {"BlockName", "Layer"} <= set(info.fields)
    intake = read_components(
        path, crs="EPSG:4547", field_map=FieldMap({"component_name": "BlockName"})
    )
    assert "LAMP" in names_of(intake)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(WanggeError, match="does not exist"):
        read_components(tmp_path / "nirgends.shp")


def test_a_missing_crs_is_asked_for_with_a_hint(tmp_path, delivery):
    path = write_csv(tmp_path / "a.csv", make_table_rows())
    with pytest.raises(WanggeError, match="EPSG:4490"):
        read_components(path)
    rows = [["x", 36_400_010.5, 3_280_000.5]]
    path = write_csv(tmp_path / "b.csv", rows, head=["备注", "X", "Y"])
    with pytest.raises(WanggeError, match="EPSG:4524"):
        read_components(path)
    shp = delivery()
    shp.with_suffix(".prj").unlink()
    with pytest.raises(WanggeError, match="coordinate reference system"):
        read_components(shp)


def test_a_table_without_coordinates_names_its_columns(tmp_path):
    path = write_csv(tmp_path / "a.csv", [["a", "b"]], head=["编号", "说明"])
    with pytest.raises(WanggeError, match="编号, 说明"):
        read_components(path)


def test_reading_in_chunks_gives_what_reading_at_once_gives(tmp_path):
    rows = make_table_rows(25)
    rows[7][2] = "?"
    path = write_csv(tmp_path / "a.csv", rows)
    whole = read_components(path, crs="EPSG:4490")
    importer = Importer(path, crs="EPSG:4490")
    pairs = list(importer.parts(size=4))
    assert [len(a) + len(r) for a, r in pairs] == [4, 4, 4, 4, 4, 4, 1]
    codes = np.concatenate([a.fields["component_code"] for a, _ in pairs])
    assert list(codes) == list(whole.accepted.fields["component_code"])
    assert importer.report()["rejected"] == whole.report["rejected"] == 1


def test_the_source_is_left_as_it_was(delivery):
    path = delivery()
    path.with_suffix(".shx").unlink()
    before = {p.name: p.read_bytes() for p in path.parent.iterdir()}
    read_components(path, standard="2007")
    assert {p.name: p.read_bytes() for p in path.parent.iterdir()} == before


def test_an_empty_layer_gives_an_empty_result(delivery):
    intake = reconciled(read_components(delivery("a.gpkg", rows=[], driver="GPKG")), 0)
    assert "component_code" in intake.accepted.fields
