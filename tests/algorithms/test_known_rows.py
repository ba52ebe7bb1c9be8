"""Pushing a layer again: rows checked before are passed over, and findings stay the same."""

import json
import shutil
import sqlite3

import pytest
from qgis.core import QgsVectorLayer


def open_layer(source):
    layer = QgsVectorLayer(str(source), "layer", "ogr")
    assert layer.isValid(), source
    return layer


@pytest.fixture
def layers(city, tmp_path):
    """A copy of the town in which some components deserve a warning."""
    path = tmp_path / "city.gpkg"
    shutil.copy(city("component").split("|")[0], path)
    _change(path, "UPDATE component SET note = 'a ' WHERE fid % 100 = 0")
    return path


def _change(path, statement):
    database = sqlite3.connect(path)
    # The file's own triggers ask for functions that only GDAL has.
    triggers = database.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'component'"
    ).fetchall()
    for name, _ in triggers:
        database.execute(f'DROP TRIGGER "{name}"')
    database.execute(statement)
    for _, text in triggers:
        database.execute(text)
    database.commit()
    database.close()


def found(path):
    return sorted(
        (f["rule"], f["feature_key"], f["value"], f["message"])
        for f in open_layer(path).getFeatures()
    )


def test_the_second_push_passes_over_what_the_first_checked(run, platform, layers, tmp_path):
    component = f"{layers}|layername=component"
    count = open_layer(component).featureCount()
    run("install_platform", CONNECTION=platform, SRID=open_layer(component).crs().postgisSrid())

    def push(name, **more):
        report = tmp_path / f"{name}.json"
        findings = tmp_path / f"{name}.gpkg"
        run(
            "push_to_platform",
            CONNECTION=platform,
            KIND="component",
            INPUT=component,
            FINDINGS=str(findings),
            REPORT_JSON=str(report),
            **more,
        )
        told = json.loads(report.read_text(encoding="utf-8"))
        return told["known"], found(findings), told["rules"]

    for kind in ("department", "community", "unit_grid"):
        source = f"{layers}|layername={kind}"
        run("push_to_platform", CONNECTION=platform, KIND=kind, INPUT=source)
    known, first, rules = push("first")
    assert known == 0
    assert rules["C8"] == count // 100
    known, second, _ = push("second")
    assert known == count - count // 100
    assert second == first
    assert any(str(known) in said for said in run.log.infos)
    _change(layers, "UPDATE component SET note = 'b ' WHERE fid = 7")
    looked = push("looked", MODE="validate")
    changed = push("changed")
    assert (looked[0], changed[0]) == (known - 1, known - 1)
    assert len(changed[1]) == len(first) + 1
    everything = push("everything", CHECK_ALL=True)
    assert everything[0] == 0
    assert everything[1:] == changed[1:] == looked[1:]


def test_rows_that_lie_otherwise_on_the_platform_are_checked(run, platform, layers, tmp_path):
    run("install_platform", CONNECTION=platform, SRID=4490)
    for kind in ("department", "community", "unit_grid", "component", "component"):
        report = tmp_path / "push.json"
        run(
            "push_to_platform",
            CONNECTION=platform,
            KIND=kind,
            INPUT=f"{layers}|layername={kind}",
            REPORT_JSON=str(report),
        )
    told = json.loads(report.read_text(encoding="utf-8"))
    assert (told["known"], told["updated"]) == (0, 0)
