"""Xinxiang: 629,724 components and more than 70,000 geocodes, at their real number."""

import csv
import subprocess
from collections import Counter

import pytest
from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProject, QgsVectorLayer

COMPONENTS, GEOCODES = 629_724, 70_000
FULL_WIDTH = {ord("0") + i: chr(0xFF10 + i) for i in range(10)}

# Real numbers take real time, above all on a busy machine.
pytestmark = pytest.mark.timeout(2400)


@pytest.fixture
def xinxiang(profile_here):
    return profile_here("xinxiang")


@pytest.fixture(scope="module")
def large_city(provider, tmp_path_factory):
    """A clean city of 140 km²; returns a function from layer name to source text."""
    folder = tmp_path_factory.mktemp("xinxiang")
    inputs = {"AREA_KM2": 140, "COMPONENTS": 650_000, "ERRORS": False, "SEED": 5}
    _, ok = provider.algorithm("create_sample_city").run(
        {"FOLDER": str(folder), **inputs},
        QgsProcessingContext(),
        QgsProcessingFeedback(),
        {},
        False,
    )
    assert ok
    return lambda name: f"{folder / 'city.gpkg'}|layername={name}"


def count(source):
    layer = QgsVectorLayer(str(source), "layer", "ogr")
    assert layer.isValid(), source
    return layer.featureCount()


def test_a_census_of_the_whole_city_goes_through_in_one_run(run, large_city, xinxiang, tmp_path):
    delivery, city = tmp_path / "普查.shp", large_city("survey").split("|")[0]
    subprocess.run(
        [
            *("ogr2ogr", "-q", "-lco", "ENCODING=GBK", "-limit", str(COMPONENTS)),
            *(str(delivery), city, "survey"),
        ],
        check=True,
    )
    steps = {name: str(tmp_path / f"{name}.gpkg") for name in ("read", "placed", "coded", "found")}
    read = run("import_components", INPUT=str(delivery), OUTPUT=steps["read"])
    assert (read["ACCEPTED_COUNT"], read["REJECTED_COUNT"]) == (COMPONENTS, 0)
    placed = run(
        "assign_unit_grids",
        INPUT=steps["read"],
        GRIDS=large_city("unit_grid"),
        COMMUNITIES=large_city("community"),
        OUTPUT=steps["placed"],
    )
    assert (placed["ASSIGNED"], placed["OUTSIDE"]) == (COMPONENTS, 0)
    coded = run("number_components", INPUT=steps["placed"], OUTPUT=steps["coded"])
    assert coded["KEPT"] + coded["NUMBERED"] == COMPONENTS
    checked = run(
        "check_components",
        INPUT=steps["coded"],
        GRIDS=large_city("unit_grid"),
        DEPARTMENTS=large_city("department"),
        PROFILE=xinxiang,
        FINDINGS=steps["found"],
    )
    assert checked["ERROR_COUNT"] == 0

    # One county sends its part to the next, as a spreadsheet opens it.
    package = tmp_path / "package"
    sent = run(
        "export_exchange_package",
        COMPONENTS=steps["coded"],
        CATEGORIES=["component"],
        PROFILE=xinxiang,
        FOLDER=str(package),
    )
    assert sent["ROW_COUNT"] == COMPONENTS
    first = (package / "component.csv").open("rb").read(4096).decode("gb18030", "ignore")
    assert "GLBJBSM" in first.splitlines()[0]
    got = run(
        "import_exchange_package", FOLDER=str(package), OUTPUT=str(tmp_path / "received.gpkg")
    )
    assert got["ROW_COUNT"] == count(f"{tmp_path / 'received.gpkg'}|layername=component")


def test_seventy_thousand_geocodes_are_checked_and_searched(run, large_city, xinxiang, tmp_path):
    assert count(large_city("address")) >= GEOCODES
    checked = run(
        "check_addresses",
        INPUT=large_city("address"),
        COMMUNITIES=large_city("community"),
        PROFILE=xinxiang,
        FINDINGS=str(tmp_path / "found.gpkg"),
    )
    assert checked["ERROR_COUNT"] == 0
    layer = QgsVectorLayer(large_city("address"), "address", "ogr")
    plate = next(f for f in layer.getFeatures("kind = '门楼牌'"))
    # As it comes out of an old table: digits at full width, blanks between.
    asked = plate["address_name"].translate(FULL_WIDTH).replace("号", " 号")
    run(
        "search_addresses",
        ADDRESSES=large_city("address"),
        QUERY=asked,
        OUTPUT=str(tmp_path / "places.gpkg"),
    )
    first = next(QgsVectorLayer(str(tmp_path / "places.gpkg"), "p", "ogr").getFeatures())
    assert first["address_name"] == plate["address_name"]


def rows_of(path, table):
    layer = QgsVectorLayer(f"{path}|layername={table}", table, "ogr")
    assert layer.isValid(), table
    names = [n for n in layer.fields().names() if n != "fid"]
    return {str([str(f[n]) for n in names]) + f.geometry().asWkt(3) for f in layer.getFeatures()}


def test_monitors_and_cameras_stand_on_the_map_with_the_citys_own_field(
    run, city, xinxiang, tmp_path
):
    table = tmp_path / "监测点.csv"
    kinds = {"waterlogging": "积水点", "underpass": "下穿立交"}
    states = {"online": "在线", "offline": "离线", "alarm": "报警"}
    monitors = list(QgsVectorLayer(city("monitor"), "m", "ogr").getFeatures())
    with table.open("w", encoding="gb18030", newline="") as stream:
        lines = csv.writer(stream)
        lines.writerow(["监测点编码", "监测点名称", "类型", "状态", "FBSW", "X坐标", "Y坐标"])
        for f in monitors:
            point = f.geometry().asPoint()
            level = "27" if f["kind"] == "underpass" else ""
            lines.writerow(
                [f["monitor_code"], f["monitor_name"], kinds[f["kind"]], states[f["status"]], level,
                 point.x(), point.y()]
            )  # fmt: skip
    taken = run(
        "import_objects",
        KIND="monitor",
        INPUT=str(table),
        CRS="EPSG:4545",
        PROFILE=xinxiang,
        OUTPUT=str(tmp_path / "monitors.gpkg"),
    )
    assert (taken["ACCEPTED_COUNT"], taken["REJECTED_COUNT"]) == (28, 0)
    run(
        "create_one_map",
        COMMUNITIES=city("community"),
        MONITORS=str(tmp_path / "monitors.gpkg"),
        CAMERAS=city("camera"),
        PROFILE=xinxiang,
        FOLDER=str(tmp_path / "map"),
    )
    shown = QgsVectorLayer(f"{tmp_path / 'map' / 'one_map.gpkg'}|layername=monitor", "m", "ogr")
    features = list(shown.getFeatures())
    assert Counter(f["kind"] for f in features) == {"waterlogging": 20, "underpass": 8}
    assert Counter(f["closing_level_cm"] == 27 for f in features) == {False: 20, True: 8}
    assert {f["monitor_code"]: f["status"] for f in features} == {
        f["monitor_code"]: f["status"] for f in monitors
    }
    assert count(f"{tmp_path / 'map' / 'one_map.gpkg'}|layername=camera") == 139
    project = QgsProject()
    assert project.read(str(tmp_path / "map" / "one_map.qgz"))
    layer = next(x for x in project.mapLayers().values() if x.name() == "Monitors")
    assert "closing level" in layer.mapTipTemplate()


def test_a_county_sends_its_changes_to_the_next(run, city, xinxiang, tmp_path):
    cases = city("case")
    given = {
        "GRIDS": city("unit_grid"),
        "DEPARTMENTS": city("department"),
        "COMMUNITIES": city("community"),
        "CASES": cases,
        "PROFILE": xinxiang,
    }
    changed = str(tmp_path / "changed.gpkg")
    subprocess.run(
        [
            *("ogr2ogr", "-q", "-where", "fid > 7", changed),
            *(city("component").split("|")[0], "component"),
        ],
        check=True,
    )
    subprocess.run(
        ["ogrinfo", "-q", changed, "-sql", "UPDATE component SET status = '破损' WHERE fid < 20"],
        check=True,
    )
    first, second = tmp_path / "first", tmp_path / "second"
    run("export_exchange_package", COMPONENTS=city("component"), FOLDER=str(first), **given)
    sent = run(
        "export_exchange_package",
        COMPONENTS=changed,
        PREVIOUS=str(first),
        FOLDER=str(second),
        **given,
    )
    assert sent["REMOVED_COUNT"] == 7
    assert 0 < sent["ROW_COUNT"] < 100
    # What the next county has after both is what a full package would have brought.
    got, whole = tmp_path / "got.gpkg", tmp_path / "whole.gpkg"
    run("import_exchange_package", FOLDER=str(second), PREVIOUS=str(first), OUTPUT=str(got))
    full = tmp_path / "full"
    run("export_exchange_package", COMPONENTS=changed, FOLDER=str(full), **given)
    run("import_exchange_package", FOLDER=str(full), OUTPUT=str(whole))
    for table in ("component", "unit_grid", "department", "case_total_statistics"):
        assert rows_of(got, table) == rows_of(whole, table), table
