"""Deliveries as they come: every row is accepted or rejected with a reason, nothing is cut off."""

import json

import pytest
from qgis.core import QgsProcessingException, QgsVectorLayer


def features(path):
    layer = QgsVectorLayer(str(path), "layer", "ogr")
    assert layer.isValid(), path
    return list(layer.getFeatures())


@pytest.fixture
def deliver(run, tmp_path):
    """Import a CSV text; return outputs, accepted and rejected rows and the report."""

    def _deliver(text, *, encoding="utf-8", **options):
        path = tmp_path / "普查.csv"
        path.write_bytes(text.encode(encoding))
        done = run(
            "import_components",
            INPUT=str(path),
            CRS="EPSG:4547",
            OUTPUT=str(tmp_path / "out.gpkg"),
            REJECTED=str(tmp_path / "rejected.gpkg"),
            REPORT=str(tmp_path / "report.json"),
            **options,
        )
        report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
        assert done["ACCEPTED_COUNT"] + done["REJECTED_COUNT"] == report["rows"]
        return done, features(tmp_path / "out.gpkg"), features(tmp_path / "rejected.gpkg"), report

    return _deliver


HEAD = "X坐标,Y坐标,类别代码,部件名称,fid,geom\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_a_table_in_any_encoding_with_columns_that_files_keep_for_themselves(deliver, encoding):
    text = HEAD + "500100.5,3400100.25,01001,雨水箅子,7,a\n,,01001,水路,8,b\n"
    done, rows, rejected, report = deliver(text, encoding=encoding)
    assert (done["ACCEPTED_COUNT"], done["REJECTED_COUNT"]) == (1, 1)
    assert rows[0]["component_name"] == "雨水箅子"
    assert rows[0].geometry().asPoint().x() == 500100.5
    assert [rejected[0][n] for n in ("fid_2", "geom_2", "部件名称")] == ["8", "b", "水路"]
    assert sum(report["reasons"].values()) == 1


def test_texts_that_are_too_long_are_kept_and_told(deliver, run):
    name = "井" * 60
    _, rows, _, _ = deliver(HEAD + f"500100,3400100,01001,{name},1,a\n")
    assert rows[0]["component_name"] == name
    assert any("component_name" in w and "30" in w for w in run.log.warnings)


@pytest.mark.parametrize("value", ["nan,nan", "inf,3400100", "x,y", "1e400,3"])
def test_coordinates_that_are_none_reject_the_row(deliver, value):
    done, _, rejected, _ = deliver(HEAD + f"{value},01001,井,1,a\n500100,3400100,01001,井,2,b\n")
    assert (done["ACCEPTED_COUNT"], done["REJECTED_COUNT"]) == (1, 1)
    assert rejected[0]["部件名称"] == "井"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.shp", b"\0\0\x27\x0a"),
        ("a.gpkg", b"SQLite format 3\0" + bytes(80)),
        ("a.xlsx", b"PK\3\4"),
        ("a.geojson", b'{"type": "FeatureCollection", "features": [{'),
        ("a.csv", b""),
        ("a.dxf", b"0\nSECTION"),
        ("a.xyz", b"?"),
    ],
)
def test_a_broken_file_gets_one_sentence(run, tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(QgsProcessingException) as caught:
        run("import_components", INPUT=str(path), CRS="EPSG:4547", OUTPUT="memory:")
    assert name in str(caught.value)
    assert "went wrong inside" not in str(caught.value)
