"""A check of some rules, and its answer to a scheduler."""

import csv

import pytest
from qgis.core import QgsProcessingException, QgsVectorLayer

CHECK = "check_components"


def given(city, folder, **more):
    return {
        "INPUT": city("component"),
        "GRIDS": city("unit_grid"),
        "FINDINGS": str(folder / "findings.gpkg"),
        **more,
    }


def rules_found(folder):
    layer = QgsVectorLayer(str(folder / "findings.gpkg"), "findings", "ogr")
    return {feature["rule"] for feature in layer.getFeatures()}


def test_a_check_runs_the_rules_that_are_named(run, dirty_city, tmp_path):
    everything, some = tmp_path / "all", tmp_path / "some"
    everything.mkdir()
    some.mkdir()
    run(CHECK, **given(dirty_city, everything))
    run(CHECK, **given(dirty_city, some, RULES="P3，C7"))
    assert {"P3", "C7"} < rules_found(everything)
    assert rules_found(some) == {"P3", "C7"}


def test_the_reports_lie_beside_the_findings_and_lead_to_them(run, dirty_city, tmp_path):
    page, table = tmp_path / "report.html", tmp_path / "report.csv"
    result = run(CHECK, **given(dirty_city, tmp_path, REPORT=str(page), REPORT_CSV=str(table)))
    assert 'href="findings.gpkg"' in page.read_text(encoding="utf-8")
    with table.open(encoding="utf-8-sig", newline="") as source:
        severities = [row["severity"] for row in csv.DictReader(source)]
    assert severities.count("error") == result["ERROR_COUNT"] > 0
    assert severities.count("warning") == result["WARNING_COUNT"]


def test_a_rule_that_is_not_there_is_told(run, dirty_city, tmp_path):
    with pytest.raises(QgsProcessingException, match="There is no rule G1 for this layer"):
        run(CHECK, **given(dirty_city, tmp_path, RULES="C7, G1"))


def test_a_run_for_a_scheduler_fails_after_its_findings_are_written(run, dirty_city, tmp_path):
    with pytest.raises(QgsProcessingException, match="errors"):
        run(CHECK, **given(dirty_city, tmp_path, FAIL_ON="error"))
    assert "P3" in rules_found(tmp_path)


def test_what_is_no_error_fails_no_run(run, city, tmp_path):
    assert run(CHECK, **given(city, tmp_path, FAIL_ON="error"))["ERROR_COUNT"] == 0
