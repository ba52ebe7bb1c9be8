"""Guangdong: cases, geography and video positions of three kinds of platforms become one."""

import csv
import json
from collections import Counter

import openpyxl
import pytest
from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback, QgsVectorLayer

PLATFORMS = {"市级自建": "province_city", "省级统建": "shared", "数字城管升级": "upgraded"}
HEADING = ["AJBH", "AJLX", "SXDM", "AJLY", "AJZT", "SBSJ", "LASJ", "CZSJ", "JASJ", "PTLX"]
FIELDS = ["case_code", "case_type", "class_code", "source", "state"]
TIMES = ["reported_at", "opened_at", "handled_at", "closed_at"]


def rows_of(source):
    layer = QgsVectorLayer(str(source), "layer", "ogr")
    assert layer.isValid(), source
    return list(layer.getFeatures())


def records(city, platform, share):
    """A third of the town's cases, as a platform of this kind hands them over."""
    made = []
    for case in rows_of(city("case"))[share::3]:
        point = case.geometry().asPoint()
        values = [case[n] for n in FIELDS]
        times = [case[n].toString("yyyy-MM-dd HH:mm:ss") if case[n] else None for n in TIMES]
        made.append([*values, *times, platform, point.x(), point.y()])
    return made


def deliver_cases(city, folder):
    """Three cities, three formats: a spreadsheet, GB18030 text and the JSON of an interface."""
    heading = [*HEADING, "X坐标", "Y坐标"]
    first, second, third = (records(city, p, i) for i, p in enumerate(PLATFORMS))
    book = openpyxl.Workbook()
    for row in [["某市案件汇聚"], heading, *first]:
        book.active.append(row)
    book.save(folder / "市级自建.xlsx")
    with (folder / "省级统建.csv").open("w", encoding="gb18030", newline="") as stream:
        csv.writer(stream).writerows([heading, *second])
    listed = [dict(zip(heading, row, strict=True)) for row in third]
    (folder / "数字城管升级.json").write_text(
        json.dumps({"result": {"records": listed}}, ensure_ascii=False), "utf-8"
    )
    return [folder / f"{name}" for name in ("市级自建.xlsx", "省级统建.csv", "数字城管升级.json")]


def merged(layers, path):
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("native:mergevectorlayers")
    inputs = {"LAYERS": [str(layer) for layer in layers], "OUTPUT": str(path)}
    context = QgsProcessingContext()
    _, ok = algorithm.run(inputs, context, QgsProcessingFeedback(), {}, False)
    assert ok
    return path


@pytest.fixture
def native(provider):
    from qgis.analysis import QgsNativeAlgorithms

    registry = QgsApplication.processingRegistry()
    if registry.providerById("native") is None:
        registry.addProvider(QgsNativeAlgorithms(registry))


def test_three_formats_are_joined(run, native, city, profile_here, tmp_path):
    guangdong = profile_here("guangdong")
    taken = []
    for delivery in deliver_cases(city, tmp_path):
        output = tmp_path / f"{delivery.stem}.gpkg"
        done = run(
            "import_cases",
            INPUT=str(delivery),
            GRIDS=city("unit_grid"),
            PROFILE=guangdong,
            OUTPUT=str(output),
        )
        assert done["REJECTED_COUNT"] == 0, delivery
        assert done["PLACED_BY_COORDINATES"] == done["ACCEPTED_COUNT"] > 0
        taken.append(output)
    town = {f["case_code"]: f for f in rows_of(city("case"))}
    cases = merged(taken, tmp_path / "cases.gpkg")
    joined = rows_of(cases)
    assert {f["case_code"] for f in joined} == set(town)
    assert len(joined) == len(town)
    assert set(Counter(f["platform_type"] for f in joined)) == set(PLATFORMS.values())
    for case in joined:
        before = town[case["case_code"]]
        assert case["grid_code"] == before["grid_code"]
        assert (case["state"], case["class_code"]) == (before["state"], before["class_code"])

    # Geography comes as an exchange package of the province's layout.
    run(
        "export_exchange_package",
        COMPONENTS=city("component"),
        GRIDS=city("unit_grid"),
        DEPARTMENTS=city("department"),
        COMMUNITIES=city("community"),
        CASES=str(cases),
        PROFILE=guangdong,
        FOLDER=str(tmp_path / "package"),
    )
    geography = tmp_path / "geography.gpkg"
    run("import_exchange_package", FOLDER=str(tmp_path / "package"), OUTPUT=str(geography))

    # Video positions come as an interface gives them.
    positions = [
        {
            "DWBM": f["camera_code"],
            "DWMC": f["camera_name"],
            "SBZT": "在线",
            "PTLX": "省级统建",
            "location": {"X坐标": f.geometry().asPoint().x(), "Y坐标": f.geometry().asPoint().y()},
        }
        for f in rows_of(city("camera"))
    ]
    (tmp_path / "video.json").write_text(json.dumps(positions, ensure_ascii=False), "utf-8")
    cameras = tmp_path / "cameras.gpkg"
    done = run(
        "import_objects",
        KIND="camera",
        INPUT=str(tmp_path / "video.json"),
        GRIDS=f"{geography}|layername=unit_grid",
        PROFILE=guangdong,
        OUTPUT=str(cameras),
    )
    assert (done["ACCEPTED_COUNT"], done["REJECTED_COUNT"]) == (len(positions), 0)
    assert {f["platform_type"] for f in rows_of(cameras)} == {"shared"}

    # The three stand on one map, and the rates of the joined cases are those of the town.
    rates = {}
    for name, source in (("town", city("case")), ("joined", str(cases))):
        run(
            "report_case_rates",
            INPUT=source,
            AREAS=city("community"),
            LEVEL="district",
            PROFILE=guangdong,
            OUTPUT=str(tmp_path / f"{name}_rates.gpkg"),
        )
        (row,) = rows_of(tmp_path / f"{name}_rates.gpkg")
        rates[name] = [row[n] for n in ("reported_count", "closed_count", "closed_rate")]
    assert rates["joined"] == rates["town"]
    shown = run(
        "create_one_map",
        COMMUNITIES=city("community"),
        GRIDS=f"{geography}|layername=unit_grid",
        COMPONENTS=f"{geography}|layername=component",
        CASES=str(cases),
        CAMERAS=str(cameras),
        PROFILE=guangdong,
        FOLDER=str(tmp_path / "one_map"),
    )
    assert shown["THEME_COUNT"] == 2
    assert shown["CELL_COUNT"] == len(rows_of(city("unit_grid")))
