"""Chongqing: 41 districts in one batch, rolled up over five levels, with the atlas of risks."""

import csv
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from qgis.core import QgsVectorLayer
from wangge.plugin.layers.container import write_container
from wangge.plugin.sample.city import CRS
from wangge.plugin.sample.model import CityOptions
from wangge.plugin.sample.tiles import generate_tiles
from wangge.plugin.standards.layers import layer as layer_spec

DISTRICTS = 41
SPOILED = "509907"


@pytest.fixture(scope="module")
def city_of_41(qgis_app, tmp_path_factory):
    """A city of 41 small districts as one GeoPackage."""
    path = tmp_path_factory.mktemp("chongqing") / "city.gpkg"
    specs = {}

    def parts():
        options = CityOptions(area_km2=0.12 * DISTRICTS, components=4100, seed=1, errors=False)
        for city in generate_tiles(options, tile_km2=0.12):
            specs.update({name: layer_spec(name) for name in city.layers})
            yield city.layers

    write_container(path, parts(), specs, CRS)
    return path


def source(path, name):
    return f"{path}|layername={name}"


def rows_of(text, expression=""):
    layer = QgsVectorLayer(str(text), "layer", "ogr")
    assert layer.isValid(), text
    return list(layer.getFeatures(expression) if expression else layer.getFeatures())


def recode(path, change):
    """Give the communities of a file the codes that ``change`` makes of theirs."""
    layer = QgsVectorLayer(source(path, "community"), "community", "ogr")
    field = layer.fields().lookupField("community_code")
    codes = {f.id(): f["community_code"] for f in layer.getFeatures()}
    assert layer.startEditing()
    for fid, code in codes.items():
        layer.changeAttributeValue(fid, field, change(fid, code))
    assert layer.commitChanges()
    return codes


def test_one_batch_from_41_districts_to_the_atlas(run, city_of_41, profile_here, tmp_path):
    chongqing = profile_here("chongqing")
    spoiled = tmp_path / "spoiled.gpkg"
    shutil.copy(city_of_41, spoiled)
    same = SPOILED + "001001"
    codes = recode(spoiled, lambda _, code: same if code.startswith(SPOILED) else code)
    given = {
        "JOB": "partition_unit_grids",
        "COMMUNITIES": source(spoiled, "community"),
        "BARRIERS": [source(spoiled, "street"), source(spoiled, "water")],
        "BUILDINGS": source(spoiled, "building"),
        "FOLDER": str(tmp_path / "batch"),
        "OUTPUT": str(tmp_path / "districts.csv"),
        "RESULT": str(tmp_path / "cells.gpkg"),
    }
    first = run("run_city_batch", PROFILE=chongqing, **given)
    assert (first["OK_COUNT"], first["FAILED_COUNT"]) == (DISTRICTS - 1, 1)
    with Path(given["OUTPUT"]).open(encoding="utf-8") as file:
        table = {row["district_code"]: row for row in csv.DictReader(file)}
    assert len(table) == DISTRICTS
    assert [d for d, row in table.items() if row["state"] != "ok"] == [SPOILED]
    assert same in table[SPOILED]["message"]

    recode(spoiled, lambda fid, _: codes[fid])
    again = run("run_city_batch", PROFILE=chongqing, RESUME=True, **given)
    assert (again["OK_COUNT"], again["KEPT_COUNT"]) == (DISTRICTS, DISTRICTS - 1)

    cells = given["RESULT"]
    placed = {}
    for name in ("component", "risk"):
        placed[name] = str(tmp_path / f"{name}.gpkg")
        run(
            "assign_unit_grids",
            INPUT=source(city_of_41, name),
            GRIDS=cells,
            COMMUNITIES=source(city_of_41, "community"),
            OUTPUT=placed[name],
        )
    scored = str(tmp_path / "scored.gpkg")
    run("score_risks", INPUT=placed["risk"], SCHEME="matrix_5x5_a", OUTPUT=scored)
    levels = tmp_path / "levels.gpkg"
    rolled = run(
        "roll_up_levels",
        INPUT=cells,
        COMMUNITIES=source(city_of_41, "community"),
        COMPONENTS=placed["component"],
        RISKS=scored,
        OUTPUT=str(levels),
    )
    assert rolled["PROBLEMS"] == 0
    rows = rows_of(levels)
    by_level = Counter(row["level"] for row in rows)
    assert set(by_level) == {"grid", "community", "street", "district", "city"}
    assert (by_level["district"], by_level["city"]) == (DISTRICTS, 1)
    assert by_level["grid"] == len(rows_of(cells))
    for name in ("components", "risks"):
        sums = {level: sum(r[name] for r in rows if r["level"] == level) for level in by_level}
        assert len(set(sums.values())) == 1, sums
    assert next(r["components"] for r in rows if r["level"] == "city") == 4100

    atlas = run(
        "export_risk_atlas",
        INPUT=scored,
        AREAS=source(city_of_41, "community"),
        KEY_FIELD="district_code",
        TITLE="城市风险图册",
        FOLDER=str(tmp_path / "atlas"),
    )
    told = {r["district_code"] for r in rows_of(source(city_of_41, "community"))}
    assert len(told) == DISTRICTS
    open_risks = [r for r in rows_of(scored) if r["status"] != "closed"]
    assert atlas["RISK_COUNT"] == len(open_risks) > DISTRICTS / 2
    text = subprocess.run(
        ["pdftotext", "-layout", atlas["PDF"], "-"], check=True, capture_output=True, text=True
    ).stdout
    missing = [r["risk_code"] for r in open_risks if r["risk_code"] not in text]
    assert not missing
    assert text.count("\f") == atlas["PAGE_COUNT"] >= atlas["AREA_COUNT"]
