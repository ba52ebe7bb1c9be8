"""The models: whole chains from streets, returns or nightly layers to a real platform."""

import shutil
import sqlite3

import psycopg2
import psycopg2.sql
from qgis.core import QgsProcessingUtils, QgsVectorLayer


def rows_on_platform(kind):
    connection = psycopg2.connect("service=wangge")
    with connection, connection.cursor() as cursor:
        table = psycopg2.sql.Identifier("wangge", kind)
        cursor.execute(psycopg2.sql.SQL("SELECT count(*) FROM {}").format(table))
        count = cursor.fetchone()[0]
    connection.close()
    return count


def count(source):
    layer = QgsVectorLayer(source, "layer", "ogr")
    assert layer.isValid(), source
    return layer.featureCount()


def test_a_district_goes_from_streets_to_the_platform(run, city, platform):
    run("install_platform", CONNECTION=platform, SRID=4545)
    done = run(
        "district_from_streets_to_platform",
        COMMUNITIES=city("community"),
        BARRIERS=[city("street"), city("water")],
        BUILDINGS=city("building"),
        SURVEY=city("survey"),
        DEPARTMENTS=city("department"),
        CONNECTION=platform,
        **{
            "partition:CELLS": "TEMPORARY_OUTPUT",
            "check_cells:CELL_FINDINGS": "TEMPORARY_OUTPUT",
            "import:REJECTED": "TEMPORARY_OUTPUT",
            "number:COMPONENTS": "TEMPORARY_OUTPUT",
            "check_components:COMPONENT_FINDINGS": "TEMPORARY_OUTPUT",
        },
    )
    cells = QgsProcessingUtils.mapLayerFromString(done["partition:CELLS"], run.context)
    assert rows_on_platform("unit_grid") == cells.featureCount() > 100
    assert rows_on_platform("component") == count(city("survey"))


def test_the_nightly_push_brings_every_kind(run, city, platform):
    run("install_platform", CONNECTION=platform, SRID=4545)
    kinds = ("department", "community", "unit_grid", "address", "component", "risk")
    for _ in range(2):
        run("nightly_push", CONNECTION=platform, **{k.upper(): city(k) for k in kinds})
        assert {k: rows_on_platform(k) for k in kinds} == {k: count(city(k)) for k in kinds}


def test_census_returns_reach_the_platform(run, city, platform, tmp_path):
    run("install_platform", CONNECTION=platform, SRID=4545)
    for kind in ("department", "community", "unit_grid"):
        run("push_to_platform", CONNECTION=platform, KIND=kind, INPUT=city(kind))
    office = tmp_path / "office.gpkg"
    shutil.copy(city("component").split("|")[0], office)
    source = f"{office}|layername=component"
    run("pack_field_packages", INPUT=source, GRIDS=city("unit_grid"), FOLDER=str(tmp_path / "out"))
    work = next((tmp_path / "out").rglob("package.gpkg"))
    field = QgsVectorLayer(f"{work}|layername=component", "field", "ogr")
    feature = next(field.getFeatures())
    key = feature["component_code"]
    field.startEditing()
    field.changeAttributeValue(feature.id(), field.fields().indexOf("note"), "井盖已更换")
    assert field.commitChanges()
    run(
        "census_return_to_platform",
        COMPONENTS=source,
        PACKAGES=str(tmp_path / "out"),
        GRIDS=city("unit_grid"),
        CONNECTION=platform,
        **{
            "merge:CONFLICTS": "TEMPORARY_OUTPUT",
            "check:FINDINGS": "TEMPORARY_OUTPUT",
            "number:OUTPUT": "TEMPORARY_OUTPUT",
        },
    )
    with sqlite3.connect(office) as file:
        kept = file.execute("SELECT note FROM component WHERE component_code = ?", (key,))
        assert kept.fetchone()[0] == "井盖已更换"
    connection = psycopg2.connect("service=wangge")
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT note FROM wangge.component WHERE component_code = %s", (key,))
        assert cursor.fetchone()[0] == "井盖已更换"
    connection.close()
