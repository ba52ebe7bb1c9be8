"""An exception once accepted by a manager stops no later push, whoever pushes."""

import json
import shutil

import pytest
from qgis.core import QgsProcessingException, QgsVectorLayer, edit


def open_layer(source):
    layer = QgsVectorLayer(str(source), "layer", "ogr")
    assert layer.isValid(), source
    return layer


def set_values(source, ids, **values):
    layer = open_layer(source)
    with edit(layer):
        for feature_id in ids:
            for name, value in values.items():
                index = layer.fields().lookupField(name)
                assert layer.changeAttributeValue(feature_id, index, value)


def test_an_accepted_error_travels_with_the_push_and_stands(run, platform, city, tmp_path):
    path = tmp_path / "city.gpkg"
    shutil.copy(city("component").split("|")[0], path)
    component = f"{path}|layername=component"
    run("install_platform", CONNECTION=platform, SRID=open_layer(component).crs().postgisSrid())
    for kind in ("department", "community", "unit_grid"):
        source = f"{path}|layername={kind}"
        run("push_to_platform", CONNECTION=platform, KIND=kind, INPUT=source)
    key = open_layer(component).getFeature(7)["component_code"]
    set_values(component, [7], class_code="99999")
    findings = tmp_path / "findings.gpkg"

    def push(**more):
        report = tmp_path / "push.json"
        run(
            "push_to_platform",
            CONNECTION=platform,
            KIND="component",
            INPUT=component,
            ALLOW_WARNINGS=False,  # what the town has of warnings is accepted as well
            REPORT_JSON=str(report),
            **more,
        )
        return json.loads(report.read_text(encoding="utf-8"))

    with pytest.raises(QgsProcessingException, match="Nothing was pushed"):
        push(FINDINGS=str(findings))
    layer = open_layer(findings)
    ids = [f.id() for f in layer.getFeatures()]
    assert ids
    set_values(findings, ids, state="accepted", accepted_by="张三", accepted_reason="已核实")
    with pytest.raises(QgsProcessingException, match="Nothing was pushed"):
        push(MODE="validate")
    told = push(PREVIOUS=str(findings))
    assert (told["errors"], told["warnings"], told["accepted"]) == (0, 0, len(ids))
    # From now on it stands on the platform.
    for mode in ("validate", "dry_run", "push"):
        assert push(MODE=mode)["accepted"] == len(ids)
    pulled = tmp_path / "pulled.gpkg"
    result = run("pull_from_platform", CONNECTION=platform, KIND="finding", OUTPUT=str(pulled))
    assert result["ROWS"] >= len(ids)
    rows = [f for f in open_layer(pulled).getFeatures() if f["state"] == "accepted"]
    assert {(f["accepted_by"], f["accepted_reason"]) for f in rows} == {("张三", "已核实")}
    place = open_layer(component).getFeature(7).geometry()
    errors = [f for f in rows if f["severity"] == "error"]
    assert errors
    assert {f["feature_key"] for f in errors} == {key}
    assert all(f.geometry().distance(place) < 1e-6 for f in errors)
    # Another value is another matter.
    set_values(component, [7], class_code="99998")
    with pytest.raises(QgsProcessingException, match="Nothing was pushed"):
        push()
