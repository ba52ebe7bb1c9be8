"""Score, repair, compare, update and roll up through the algorithms."""

import json

import pytest
from qgis.core import QgsFeature, QgsGeometry, QgsPointXY, QgsVectorLayer


def features(source):
    layer = QgsVectorLayer(str(source), "layer", "ogr")
    assert layer.isValid(), source
    return list(layer.getFeatures())


def test_score_and_compare_agree(run, city, tmp_path):
    data = tmp_path / "card.json"
    scored = run(
        "score_unit_grids",
        INPUT=city("unit_grid"),
        COMMUNITIES=city("community"),
        BARRIERS=[city("street")],
        BUILDINGS=city("building"),
        SCORECARD_JSON=str(data),
    )
    assert scored["CELL_COUNT"] == len(features(city("unit_grid")))
    assert scored["BUILDING_CUTS"] == 0
    assert json.loads(data.read_text(encoding="utf-8"))["area_cv"] == scored["AREA_CV"]
    same = run(
        "compare_unit_grids",
        FIRST=city("unit_grid"),
        SECOND=city("unit_grid"),
        COMMUNITIES=city("community"),
        REPORT=str(tmp_path / "compare.html"),
    )
    assert (same["FIRST_CHANGED"], same["CHANGED_AREA"]) == (0, 0)


def test_repair_mends_what_was_broken(run, city, dirty_city, tmp_path):
    before = run(
        "check_unit_grids",
        INPUT=dirty_city("unit_grid"),
        COMMUNITIES=dirty_city("community"),
        FINDINGS=str(tmp_path / "before.gpkg"),
    )
    run(
        "repair_unit_grids",
        INPUT=dirty_city("unit_grid"),
        COMMUNITIES=dirty_city("community"),
        MAX_GAP_WIDTH=5,
        OUTPUT=str(tmp_path / "repaired.gpkg"),
    )
    run(
        "check_unit_grids",
        INPUT=str(tmp_path / "repaired.gpkg"),
        COMMUNITIES=dirty_city("community"),
        FINDINGS=str(tmp_path / "after.gpkg"),
    )
    assert before["ERROR_COUNT"] > 0
    geometric = {"G1", "G2", "G9"}
    assert geometric & {f["rule"] for f in features(tmp_path / "before.gpkg")}
    assert not geometric & {f["rule"] for f in features(tmp_path / "after.gpkg")}


def test_levels_add_up(run, city, tmp_path):
    done = run(
        "roll_up_levels",
        INPUT=city("unit_grid"),
        COMMUNITIES=city("community"),
        COMPONENTS=city("component"),
        OUTPUT=str(tmp_path / "levels.gpkg"),
    )
    assert done["PROBLEMS"] == 0
    rows = features(tmp_path / "levels.gpkg")
    by_level = {}
    for row in rows:
        by_level.setdefault(row["level"], []).append(row)
    assert list(by_level) == ["grid", "community", "street", "district", "city"]
    totals = {sum(r["components"] for r in level) for level in by_level.values()}
    assert totals == {len(features(city("component")))}


def test_an_update_without_changes_changes_nothing(run, city, tmp_path):
    done = run(
        "update_unit_grids",
        OLD=city("unit_grid"),
        COMMUNITIES=city("community"),
        BARRIERS=[city("street")],
        OLD_BARRIERS=[city("street")],
        OUTPUT=str(tmp_path / "updated.gpkg"),
        LINEAGE=str(tmp_path / "lineage.gpkg"),
    )
    assert (done["RETIRED"], done["RECUT"]) == (0, 0)
    before = {f["grid_code"]: f.geometry().asWkb() for f in features(city("unit_grid"))}
    after = {f["grid_code"]: f.geometry().asWkb() for f in features(tmp_path / "updated.gpkg")}
    assert before == after


def test_a_new_street_changes_only_what_it_crosses(run, city, tmp_path):
    old = {f["grid_code"]: f.geometry() for f in features(city("unit_grid"))}
    box = QgsVectorLayer(city("community"), "c", "ogr").extent()
    line = QgsGeometry.fromPolylineXY(
        [
            QgsPointXY(box.xMinimum(), box.center().y() + 37),
            QgsPointXY(box.xMaximum(), box.center().y() + 11),
        ]
    )
    crs = QgsVectorLayer(city("street"), "s", "ogr").crs().authid()
    street = QgsVectorLayer(f"LineString?crs={crs}", "new", "memory")
    feature = QgsFeature()
    feature.setGeometry(line)
    street.dataProvider().addFeatures([feature])
    done = run(
        "update_unit_grids",
        OLD=city("unit_grid"),
        COMMUNITIES=city("community"),
        BARRIERS=[city("street"), street],
        OLD_BARRIERS=[city("street")],
        DATE="2026-11-01",
        OUTPUT=str(tmp_path / "updated.gpkg"),
        LINEAGE=str(tmp_path / "lineage.gpkg"),
    )
    assert 0 < done["RECUT"] < len(old) / 2
    rows = features(tmp_path / "updated.gpkg")
    retired = {f["grid_code"] for f in rows if f["end_date"]}
    live = {f["grid_code"]: f.geometry() for f in rows if not f["end_date"]}
    assert len(retired) == done["RETIRED"]
    assert not retired & live.keys(), "a retired code came back"
    far = [c for c, g in old.items() if g.distance(line) > 400]
    assert far
    assert all(live[c].equals(old[c]) for c in far)
    # The new street has become a border: little of it still runs through the inside of cells.
    inside = sum(g.buffer(-5, 8).intersection(line).length() for g in live.values())
    before = sum(g.buffer(-5, 8).intersection(line).length() for g in old.values())
    assert inside < before / 2
    lineage = features(tmp_path / "lineage.gpkg")
    assert {f["operation"] for f in lineage} > {"kept"}
    assert {f["old_code"] for f in lineage if f["old_code"]} == old.keys()
    area = sum(g.area() for g in live.values())
    assert area == pytest.approx(sum(g.area() for g in old.values()), rel=1e-9)


def test_management_grids_keep_their_rule(run, city, tmp_path):
    cells, grids = tmp_path / "cells.gpkg", tmp_path / "management.gpkg"
    made = run(
        "group_management_grids",
        INPUT=city("unit_grid"),
        SIZE=3,
        LOAD=city("component"),
        CELLS=str(cells),
        OUTPUT=str(grids),
    )
    rows = features(grids)
    assert made["COUNT"] == len(rows)
    assert sum(f["cells"] for f in rows) == len(features(city("unit_grid")))
    assert sum(f["load"] for f in rows) == len(features(city("component")))
    assert {f["management_code"] for f in features(cells)} == {f["management_code"] for f in rows}
    assert all(1 <= f["cells"] <= 5 for f in rows)
    checked = run(
        "check_unit_grids",
        INPUT=str(cells),
        COMMUNITIES=city("community"),
        FINDINGS=str(tmp_path / "findings.gpkg"),
    )
    assert checked["ERROR_COUNT"] == 0


def test_cells_that_differ_are_a_layer(run, city, tmp_path):
    moved, layer = tmp_path / "moved.gpkg", tmp_path / "differences.gpkg"
    run(
        "group_management_grids",
        INPUT=city("unit_grid"),
        SIZE=1,
        OUTPUT=str(moved),
        CELLS=str(tmp_path / "cells.gpkg"),
    )
    cells = QgsVectorLayer(str(tmp_path / "cells.gpkg"), "cells", "ogr")
    first, second = list(cells.getFeatures())[:2]
    cells.dataProvider().deleteFeatures([second.id()])
    box = first.geometry().buffer(20, 2)
    cells.dataProvider().changeGeometryValues({first.id(): box})
    made = run(
        "compare_unit_grids",
        FIRST=city("unit_grid"),
        SECOND=str(tmp_path / "cells.gpkg"),
        LOAD=city("component"),
        DIFFERENCES=str(layer),
        REPORT_JSON=str(tmp_path / "compare.json"),
    )
    rows = [(f["partition"], f["grid_code"]) for f in features(layer)]
    assert rows == [(1, first["grid_code"]), (1, second["grid_code"]), (2, first["grid_code"])]
    assert (made["FIRST_CHANGED"], made["SECOND_CHANGED"]) == (2, 1)
    figures = json.loads((tmp_path / "compare.json").read_text(encoding="utf-8"))["figures"]
    assert figures["load_total"]["first"] == len(features(city("component")))


def test_levels_that_do_not_nest_are_told_in_sentences(run, city, tmp_path):
    run(
        "group_management_grids",
        INPUT=city("unit_grid"),
        SIZE=1,
        OUTPUT=str(tmp_path / "grids.gpkg"),
        CELLS=str(tmp_path / "cells.gpkg"),
    )
    cells = QgsVectorLayer(str(tmp_path / "cells.gpkg"), "cells", "ogr")
    gone = next(cells.getFeatures())
    cells.dataProvider().deleteFeatures([gone.id()])
    made = run(
        "roll_up_levels",
        INPUT=str(tmp_path / "cells.gpkg"),
        COMMUNITIES=city("community"),
        OUTPUT=str(tmp_path / "levels.gpkg"),
    )
    assert made["PROBLEMS"] == 1
    (sentence,) = run.log.warnings
    assert gone["grid_code"][:12] in sentence
    assert "covered by none" in sentence


def test_an_update_says_what_it_did(run, city, tmp_path):
    made = run(
        "update_unit_grids",
        OLD=city("unit_grid"),
        COMMUNITIES=city("community"),
        BARRIERS=[city("street")],
        OLD_BARRIERS=[city("street")],
        OUTPUT=str(tmp_path / "updated.gpkg"),
        LINEAGE=str(tmp_path / "lineage.gpkg"),
    )
    assert (made["RECUT"], made["REMAINING"], made["CHANGE_SHARE"]) == (0, 0, 0)
    assert any("0.0% of the area changed its code" in text for text in run.log.infos)
