"""Cases through the toolbox: tables in, rates out."""

import csv

import openpyxl
import pytest
from qgis.core import QgsProcessingException, QgsVectorLayer


def opened(source, name=None):
    layer = QgsVectorLayer(f"{source}|layername={name}" if name else str(source), "l", "ogr")
    assert layer.isValid(), source
    return layer


def rows_of_town(city, count=40):
    layer = opened(city("case"))
    rows = []
    for feature in list(layer.getFeatures())[:count]:
        point = feature.geometry().asPoint()
        rows.append(
            [
                feature["case_code"],
                {"component": "部件", "matter": "事件"}[feature["case_type"]],
                feature["class_code"],
                feature["state"],
                feature["reported_at"].toString("yyyy/M/d HH:mm"),
                feature["grid_code"],
                point.x(),
                point.y(),
            ]
        )
    return rows


HEADING = ["任务号", "问题类型", "小类代码", "状态", "上报时间", "单元网格编码", "X坐标", "Y坐标"]


def test_a_spreadsheet_is_placed_by_coordinates(run, city, tmp_path):
    book = openpyxl.Workbook()
    for row in [["案件台账"], HEADING, *rows_of_town(city)]:
        book.active.append(row)
    book.save(tmp_path / "案件.xlsx")
    output = tmp_path / "cases.gpkg"
    done = run(
        "import_cases",
        INPUT=str(tmp_path / "案件.xlsx"),
        GRIDS=city("unit_grid"),
        OUTPUT=str(output),
    )
    assert (done["ACCEPTED_COUNT"], done["REJECTED_COUNT"]) == (40, 0)
    assert done["PLACED_BY_COORDINATES"] == 40
    cases, grids = opened(output), opened(city("unit_grid"))
    assert cases.crs() == grids.crs()
    town = {f["case_code"]: f for f in opened(city("case")).getFeatures()}
    for case in cases.getFeatures():
        before = town[case["case_code"]]
        assert case["grid_code"] == before["grid_code"]
        assert case["class_code"] == before["class_code"]
        assert case.geometry().distance(before.geometry()) < 0.001


def test_a_table_in_gb18030_is_placed_by_cell_and_refused_rows_are_listed(run, city, tmp_path):
    rows = [row[:6] for row in rows_of_town(city)]
    rows.append(["", "事件", "06001", "结案", "2026/7/1", rows[0][5]])
    path = tmp_path / "cases.csv"
    with path.open("w", encoding="gb18030", newline="") as stream:
        csv.writer(stream).writerows([HEADING[:6], *rows])
    done = run(
        "import_cases",
        INPUT=str(path),
        GRIDS=city("unit_grid"),
        OUTPUT=str(tmp_path / "cases.gpkg"),
        REJECTED=str(tmp_path / "rejected.gpkg"),
    )
    assert (done["ACCEPTED_COUNT"], done["PLACED_BY_CELL"]) == (40, 40)
    (refused,) = opened(tmp_path / "rejected.gpkg").getFeatures()
    assert refused["row"] == 42
    assert "no code" in refused["reason"]


def test_a_layer_comes_in_whole(run, city, tmp_path):
    done = run("import_cases", LAYER=city("case"), OUTPUT=str(tmp_path / "o.gpkg"))
    assert done["ACCEPTED_COUNT"] == opened(city("case")).featureCount()
    assert done["UNPLACED"] == 0
    again = run("import_cases", INPUT=city("case"), OUTPUT=str(tmp_path / "p.gpkg"))
    assert again["ACCEPTED_COUNT"] == done["ACCEPTED_COUNT"]


@pytest.mark.parametrize("inputs", [{}, {"INPUT": "/nowhere/cases.gpkg|layername=case"}])
def test_nothing_to_read_is_said(run, tmp_path, inputs):
    with pytest.raises(QgsProcessingException, match=r"Case table|cannot be opened"):
        run("import_cases", **inputs, OUTPUT=str(tmp_path / "o.gpkg"))


@pytest.mark.parametrize("level", ["grid", "community", "street", "district", "city"])
def test_rates_of_every_level_add_up(run, city, tmp_path, level):
    output = tmp_path / "rates.gpkg"
    areas = city("unit_grid") if level == "grid" else city("community")
    done = run(
        "report_case_rates", INPUT=city("case"), AREAS=areas, LEVEL=level, OUTPUT=str(output)
    )
    total = opened(city("case")).featureCount()
    assert (done["CASE_COUNT"], done["LEFT_OUT"]) == (total, 0)
    rates = opened(output)
    assert sum(f["reported_count"] for f in rates.getFeatures()) == total
    assert all(f.geometry().area() > 0 for f in rates.getFeatures())
    if level == "community":
        assert rates.featureCount() == opened(city("community")).featureCount()
        assert all(f["area_name"] for f in rates.getFeatures())
        assert min(f["rank"] for f in rates.getFeatures()) == 1


def test_rates_need_only_the_cases(run, city, tmp_path):
    done = run("report_case_rates", INPUT=city("case"), OUTPUT=str(tmp_path / "r.gpkg"))
    assert done["CASE_COUNT"] == opened(city("case")).featureCount()
    assert not opened(tmp_path / "r.gpkg").isSpatial()


def test_cases_are_a_load_that_cells_are_cut_by(run, city, tmp_path):
    output = tmp_path / "cells.gpkg"
    run(
        "partition_unit_grids",
        COMMUNITIES=city("community"),
        BARRIERS=[city("street"), city("water")],
        LOAD=city("case"),
        OUTPUT=str(output),
    )
    loads = [f["load"] for f in opened(output).getFeatures()]
    assert sum(loads) == opened(city("case")).featureCount()
