"""Jiangxi: thirteen categories go from a city to the province and come back the same."""

import json

import numpy as np
import pytest
from qgis.core import QgsProcessingException, QgsVectorLayer

TOILETS = 1_789
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


def test_1789_toilets_are_searched_within_five_kilometres(run, jiangxi, tmp_path):
    rng = np.random.default_rng(7)
    table = ["设施编码,设施名称,设施类型,运行状态,X坐标,Y坐标"]
    places = rng.uniform((400_000, 3_250_000), (440_000, 3_290_000), (TOILETS, 2)).round(2)
    table += [f"GC{i:05d},公厕{i},公厕,正常,{x},{y}" for i, (x, y) in enumerate(places)]
    (tmp_path / "公厕.csv").write_text("\n".join(table), encoding="utf-8")
    toilets = str(tmp_path / "toilets.gpkg")
    taken = run(
        "import_objects",
        KIND="facility",
        INPUT=str(tmp_path / "公厕.csv"),
        CRS="EPSG:4545",
        PROFILE=jiangxi,
        OUTPUT=toilets,
    )
    assert taken["ACCEPTED_COUNT"] == TOILETS
    here = np.array([420_000.0, 3_270_000.0])
    found = run(
        "search_facilities",
        FACILITIES=toilets,
        POINT="420000,3270000 [EPSG:4545]",
        KIND="公共厕所",
        PROFILE=jiangxi,
        OUTPUT=str(tmp_path / "found.gpkg"),
    )
    distances = np.hypot(*(places - here).T)
    near = np.argsort(distances)[: int((distances <= 5000).sum())]
    layer = QgsVectorLayer(str(tmp_path / "found.gpkg"), "found", "ogr")
    told = sorted((f["rank"], f["facility_code"], f["distance_m"]) for f in layer.getFeatures())
    assert [code for _, code, _ in told] == [f"GC{i:05d}" for i in near]
    assert found["FOUND_COUNT"] == len(near) > 50
    assert np.allclose([d for *_, d in told], distances[near], rtol=0.002)


def test_four_themes_stand_on_one_map(run, city, jiangxi, tmp_path):
    given = {
        "COMMUNITIES": "community",
        "GRIDS": "unit_grid",
        "COMPONENTS": "component",
        "CASES": "case",
        "RISKS": "risk",
        "FACILITIES": "facility",
        "MONITORS": "monitor",
        "CAMERAS": "camera",
    }
    layers = {name: city(layer) for name, layer in given.items()}
    made = run("create_one_map", **layers, PROFILE=jiangxi, FOLDER=str(tmp_path / "map"))
    assert made["THEME_COUNT"] == 4
