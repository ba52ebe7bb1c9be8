"""Xinxiang: 629,724 components and more than 70,000 geocodes, at their real number."""

import subprocess

import pytest
from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsVectorLayer

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
