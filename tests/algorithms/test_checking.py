"""A check of some rules, and its answer to a scheduler."""

import csv
import re
import shutil
from pathlib import Path
from urllib.parse import unquote

import pytest
from qgis.core import (
    QgsGeometry,
    QgsPointXY,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProject,
    QgsVectorLayer,
)

CHECK = "check_components"


def given(city, folder, **more):
    return {
        "INPUT": city("component"),
        "GRIDS": city("unit_grid"),
        "FINDINGS": str(folder / "findings.gpkg"),
        **more,
    }


def open_layer(source, name="findings"):
    layer = QgsVectorLayer(str(source), name, "ogr")
    assert layer.isValid()
    return layer


def rules_found(folder):
    return {rule for rule, _ in found_in(folder)}


def found_in(folder):
    layer = QgsVectorLayer(str(folder / "findings.gpkg"), "findings", "ogr")
    return [(feature["rule"], feature["feature_key"]) for feature in layer.getFeatures()]


def make_table(path, rows):
    """Write rows of texts and return the path."""
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


def texts_of(source, *names):
    layer = QgsVectorLayer(source, "layer", "ogr")
    return [tuple(str(feature[name]) for name in names) for feature in layer.getFeatures()]


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


def linked(page):
    """Return file and place of each link of a report into QGIS."""
    found = re.findall(r'<a href="([^"]+\.qgz)">([\d.]+),([\d.]+)</a>', page.read_text("utf-8"))
    return [(page.parent / unquote(link), float(x), float(y)) for link, x, y in found]


def test_gaps_and_overlaps_are_kept_with_the_point_to_zoom_to(run, dirty_city, tmp_path):
    inputs = {"INPUT": dirty_city("unit_grid"), "COMMUNITIES": dirty_city("community")}
    path = tmp_path / "findings.gpkg"
    run("check_unit_grids", **inputs, RULES="G2, G3, G12b", FINDINGS=str(path))
    layer = QgsVectorLayer(str(path), "findings", "ogr")
    spots = {"G2": [], "G3": []}
    for feature in layer.getFeatures():
        assert feature.hasGeometry() == (feature["rule"] in spots)
        if feature["rule"] in spots:
            spot = QgsGeometry.fromWkt(feature["shape"])
            assert spot.area() > 0
            assert spot.distance(feature.geometry()) < 1e-6
            spots[feature["rule"]].append(spot)
    assert all(spots.values())


def test_links_of_the_report_open_qgis_at_the_finding(run, dirty_city, tmp_path):
    here = tmp_path / "here"
    here.mkdir()
    data = Path(dirty_city("component").partition("|")[0])
    shutil.copy(data, here / "district.gpkg")
    inputs = given(dirty_city, here, REPORT=str(here / "报告.html"), RULES="P3, C7")
    run(CHECK, **inputs | {"INPUT": f"{here / 'district.gpkg'}|layername=component"})
    moved = here.rename(tmp_path / "moved elsewhere")
    links = linked(moved / "报告.html")
    assert len(links) == len(found_in(moved)) > 1
    for path, x, y in links:
        project = QgsProject()
        assert project.read(str(path)), path
        findings, components = (node.layer() for node in project.layerTreeRoot().findLayers())
        assert findings.isValid()
        assert findings.featureCount() == len(links)
        assert findings.renderer().type() != "singleSymbol"
        assert components.isValid()
        assert components.featureCount() == 1500
        view = project.viewSettings().defaultViewExtent()
        assert view.crs() == components.crs() == project.crs()
        assert view.contains(QgsPointXY(x, y))
        assert max(view.width(), view.height()) < 200


def test_a_report_made_again_leaves_no_places_of_before(run, city, dirty_city, tmp_path):
    page, places = tmp_path / "r.html", tmp_path / "r_places"
    run(CHECK, **given(dirty_city, tmp_path, REPORT=str(page)))
    assert len(list(places.iterdir())) > 3
    (places / "mine.qgz").write_bytes(b"")
    run(CHECK, **given(city, tmp_path, REPORT=str(page), RULES="C7"))
    assert linked(page) == []
    assert [path.name for path in places.iterdir()] == ["mine.qgz"]


def test_findings_that_are_kept_nowhere_have_no_places(run, dirty_city, tmp_path):
    page = tmp_path / "r.html"
    run(CHECK, **given(dirty_city, tmp_path, REPORT=str(page)) | {"FINDINGS": "TEMPORARY_OUTPUT"})
    assert linked(page) == []
    assert not (tmp_path / "r_places").exists()


def test_codes_of_others_must_not_come_again(run, city, tmp_path):
    (mine, uuid), (foreign, _), *_ = texts_of(city("component"), "component_code", "uuid")
    others = [{"component_code": mine, "uuid": uuid}, {"component_code": foreign, "uuid": "theirs"}]
    table = make_table(tmp_path / "others.csv", others)
    run(CHECK, **given(city, tmp_path, OTHERS=table, RULES="P18b"))
    assert found_in(tmp_path) == [("P18b", foreign)]


def test_photos_of_a_folder_are_compared(run, city, tmp_path):
    layer = QgsVectorLayer(city("component"), "layer", "ogr")
    photo = layer.fields().lookupField("photo")
    features = list(layer.getFeatures())[:4]
    names = ["photos/a.jpg", "b.jpg", "c.jpg", "lost.jpg"]
    memory = QgsVectorLayer(f"Point?crs={layer.crs().authid()}", "component", "memory")
    memory.dataProvider().addAttributes(layer.fields().toList())
    memory.updateFields()
    for feature, name in zip(features, names, strict=True):
        feature.setAttribute(photo, name)
    memory.dataProvider().addFeatures(features)
    folder = tmp_path / "photos"
    folder.mkdir()
    for name, content in {"a": b"1" * 2000, "b": b"1" * 2000, "c": b"2" * 2000}.items():
        (folder / f"{name}.jpg").write_bytes(content)
    inputs = given(city, tmp_path, PHOTOS=str(folder), RULES="P13, P13b") | {"INPUT": memory}
    run(CHECK, **inputs)
    keys = [feature["component_code"] for feature in features]
    assert sorted(found_in(tmp_path)) == [("P13", keys[3]), ("P13b", keys[1])]


def test_cells_are_held_against_their_lineage(run, city, tmp_path):
    (gone,), (back,), *_ = texts_of(city("unit_grid"), "grid_code")
    told = {"old_code": gone, "new_code": "", "operation": "retired"}
    table = make_table(tmp_path / "lineage.csv", [told])
    inputs = {
        "INPUT": f"{city('unit_grid')}|subset=grid_code <> '{back}'",
        "COMMUNITIES": city("community"),
        "PREVIOUS_GRIDS": city("unit_grid"),
        "LINEAGE": table,
        "RULES": "G15b, G19",
        "FINDINGS": str(tmp_path / "findings.gpkg"),
    }
    run("check_unit_grids", **inputs)
    assert sorted(found_in(tmp_path)) == [("G15b", gone), ("G19", back)]


def test_a_level_that_changed_needs_a_reason(run, city, tmp_path):
    (code, level), *_ = texts_of(city("risk"), "risk_code", "level")
    other = "blue" if level == "red" else "red"
    table = make_table(tmp_path / "earlier.csv", [{"risk_code": code, "level": other}])
    inputs = {"INPUT": city("risk"), "PREVIOUS_RISKS": table, "RULES": "R9"}
    run("check_risks", **inputs, FINDINGS=str(tmp_path / "findings.gpkg"))
    assert found_in(tmp_path) == [("R9", code)]


def test_touched_features_are_checked_again_alone(run, dirty_city, tmp_path):
    copy = tmp_path / "district.gpkg"
    shutil.copy(dirty_city("component").partition("|")[0], copy)
    source = f"{copy}|layername=component"
    findings, later = tmp_path / "findings.gpkg", tmp_path / "later.gpkg"
    inputs = given(dirty_city, tmp_path, RULES="P3, C7") | {"INPUT": source}
    run(CHECK, **inputs)
    before = {(f["rule"], f["feature_key"]): f["fix"] for f in open_layer(findings).getFeatures()}
    assert {"P3", "C7"} == {rule for rule, _ in before}
    (_, mended), (_, other) = sorted(key for key in before if key[0] == "P3")[:2]
    layer = open_layer(source, "component")
    cell = layer.fields().lookupField("grid_code")
    for feature in list(layer.getFeatures(f"component_code IN ('{mended}', '{other}')")):
        right = before["P3", feature["component_code"]]
        layer.dataProvider().changeAttributeValues({feature.id(): {cell: right}})
    layer = None
    touched = QgsProcessingFeatureSourceDefinition(
        source, filterExpression=f"component_code = '{mended}'"
    )
    run(CHECK, **inputs | {"INPUT": touched, "PREVIOUS": str(findings), "FINDINGS": str(later)})
    states = {(f["rule"], f["feature_key"]): f["state"] for f in open_layer(later).getFeatures()}
    # The other one is mended too, but nobody looked at it.
    assert states == dict.fromkeys(before, "open") | {("P3", mended): "fixed"}


def test_a_rule_that_is_not_there_is_told(run, dirty_city, tmp_path):
    with pytest.raises(QgsProcessingException, match="There is no rule G1 for this layer"):
        run(CHECK, **given(dirty_city, tmp_path, RULES="C7, G1"))


def test_a_run_for_a_scheduler_fails_after_its_findings_are_written(run, dirty_city, tmp_path):
    with pytest.raises(QgsProcessingException, match="errors"):
        run(CHECK, **given(dirty_city, tmp_path, FAIL_ON="error"))
    assert "P3" in rules_found(tmp_path)


def test_what_is_no_error_fails_no_run(run, city, tmp_path):
    assert run(CHECK, **given(city, tmp_path, FAIL_ON="error"))["ERROR_COUNT"] == 0


def test_places_that_do_not_fit_leave_no_report(run, dirty_city, tmp_path, small_disk):
    disk = small_disk(500)
    with pytest.raises(QgsProcessingException, match="make room"):
        run(CHECK, **given(dirty_city, tmp_path, REPORT=str(disk / "r.html")))
    assert not [path for path in disk.rglob("*") if path.is_file()]
    assert rules_found(tmp_path)
