"""Jiangxi: thirteen categories go from a city to the province and come back the same."""

import json

import pytest
from qgis.core import QgsProcessingException, QgsVectorLayer

CATEGORIES = {
    "person",
    "component",
    "unit_grid",
    "department",
    "case_source",
    "case_class",
    "case_state",
    "area_case_statistics",
    "department_case_statistics",
    "area_total_statistics",
    "case_total_statistics",
    "case_type_statistics",
    "case_source_statistics",
}


@pytest.fixture
def jiangxi(profile_here):
    return profile_here("jiangxi")


def manifest_of(folder):
    content = json.loads((folder / "manifest.json").read_text("utf-8"))
    return {entry["category"]: entry for entry in content["categories"]}


def rows_of(path, name):
    layer = QgsVectorLayer(f"{path}|layername={name}", name, "ogr")
    assert layer.isValid(), name
    fields = [f for f in layer.fields().names() if f != "fid"]
    return sorted(
        (*(str(row[f]) for f in fields), row.geometry().asWkt(4)) for row in layer.getFeatures()
    )


def test_thirteen_categories_go_out_come_back_and_are_equal(run, city, jiangxi, tmp_path):
    sent, back = tmp_path / "sent", tmp_path / "back.gpkg"
    done = run(
        "export_exchange_package",
        COMPONENTS=city("component"),
        GRIDS=city("unit_grid"),
        DEPARTMENTS=city("department"),
        COMMUNITIES=city("community"),
        CASES=city("case"),
        PROFILE=jiangxi,
        FOLDER=str(sent),
    )
    assert done["CATEGORY_COUNT"] == 13
    entries = manifest_of(sent)
    assert set(entries) == CATEGORIES
    assert all(entry["rows"] for entry in entries.values()), entries
    assert "DYWGBSM" in (sent / entries["unit_grid"]["file"]).read_text("utf-8")
    got = run("import_exchange_package", FOLDER=str(sent), OUTPUT=str(back))
    assert (got["CATEGORY_COUNT"], got["ROW_COUNT"]) == (13, done["ROW_COUNT"])

    # What came back goes out once more, in another format, and comes back: nothing was lost.
    twice = tmp_path / "twice"
    run(
        "export_exchange_package",
        COMPONENTS=f"{back}|layername=component",
        GRIDS=f"{back}|layername=unit_grid",
        DEPARTMENTS=f"{back}|layername=department",
        COMMUNITIES=city("community"),
        STAFF=f"{back}|layername=person",
        CASES=city("case"),
        FORMAT="xml",
        PROFILE=jiangxi,
        FOLDER=str(twice),
    )
    run("import_exchange_package", FOLDER=str(twice), OUTPUT=str(tmp_path / "again.gpkg"))
    for category in sorted(CATEGORIES):
        first, second = rows_of(back, category), rows_of(tmp_path / "again.gpkg", category)
        assert first == second, category
        assert len(first) == entries[category]["rows"], category


def test_a_byte_changed_on_the_way_is_noticed(run, city, jiangxi, tmp_path):
    sent = tmp_path / "sent"
    run("export_exchange_package", GRIDS=city("unit_grid"), PROFILE=jiangxi, FOLDER=str(sent))
    path = sent / manifest_of(sent)["unit_grid"]["file"]
    content = path.read_bytes()
    path.write_bytes(content.replace(b"1", b"2", 1))
    with pytest.raises(QgsProcessingException, match=path.name):
        run("import_exchange_package", FOLDER=str(sent), OUTPUT=str(tmp_path / "back.gpkg"))
    assert not (tmp_path / "back.gpkg").exists()
