"""Risk lists of departments through the algorithm: 3,000 messy rows, every one accounted for."""

import json
import random
from collections import Counter

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsProcessingException,
    QgsProject,
    QgsVectorLayer,
)

HEADS = (
    *("序号", "风险点编号", "风险点", "部位", "经度", "纬度", "部件编码", "单元网格"),
    *("L", "E", "C", "D", "风险等级", "责任单位", "责任人", "联系电话", "管控措施", "复核日期"),
)
AT = {name: i + 1 for i, name in enumerate(HEADS)}


def rows_of(source):
    layer = QgsVectorLayer(str(source), "layer", "ogr")
    assert layer.isValid(), source
    names = layer.fields().names()
    return [
        (
            {n: f[n] for n in names},
            f.geometry().pointOnSurface().asPoint() if f.hasGeometry() else 0,
        )
        for f in layer.getFeatures()
    ]


@pytest.fixture(scope="module")
def known(city):
    """Addresses that occur once, components, cells; and degrees of a point."""
    addresses = rows_of(city("address"))
    seen = Counter(a["address_name"] for a, _ in addresses)
    plates = [
        (a, p) for a, p in addresses if a["kind"] == "门楼牌" and seen[a["address_name"]] == 1
    ]
    layer = QgsVectorLayer(city("address"), "address", "ogr")
    degrees = QgsCoordinateTransform(
        layer.crs(), QgsCoordinateReferenceSystem("EPSG:4490"), QgsProject.instance()
    )
    return {
        "plates": plates[:200],
        "components": rows_of(city("component"))[:200],
        "cells": rows_of(city("unit_grid"))[:100],
        "degrees": degrees,
    }


def faults(rng, known):
    """What is wrong with a row: name -> (cells changed, refused, column blamed, place)."""
    plate, point = rng.choice(known["plates"])
    component, spot = rng.choice(known["components"])
    cell, inside = rng.choice(known["cells"])
    lonlat = known["degrees"].transform(point)
    nowhere = {"部位": None}
    return {
        "coordinates": ({**nowhere, "经度": lonlat.x(), "纬度": lonlat.y()}, False, None, point),
        "exchanged": ({**nowhere, "经度": lonlat.y(), "纬度": lonlat.x()}, False, "经度", point),
        "far": ({**nowhere, "经度": 121.47, "纬度": 31.23}, True, "经度", None),
        "spaced": ({"部位": f" {plate['address_name']} "}, False, None, point),
        "unknown": ({"部位": "〇〇"}, True, "部位", None),
        "component": ({**nowhere, "部件编码": component["component_code"]}, False, None, spot),
        "rounded": ({**nowhere, "部件编码": 5.09901001e16}, True, "部件编码", None),
        "cell": ({**nowhere, "单元网格": cell["grid_code"]}, False, None, inside),
        "nothing": ({"部位": "无"}, True, "部位", None),
        "no name": ({"风险点": "/"}, True, "风险点", None),
        "date": ({"复核日期": "每年汛前"}, False, "复核日期", point),
        "excel date": ({"复核日期": 46357}, False, None, point),
        "level": ({"风险等级": "特大"}, False, "风险等级", point),
        "contradiction": ({"风险等级": "低风险"}, False, "风险等级", point),
        "outside": ({"L": 4, "D": None}, False, "L", point),
        "twice": ({"风险点编号": "Q00001"}, True, "风险点编号", None),
        "phone": ({"联系电话": 13812345678.0}, False, None, point),
    }, (plate, point)


def make_workbook(path, known, total=3000, seed=11):
    """Write three sheets; return (sheet, row, refused, blamed cell or None, place) of each row."""
    rng = random.Random(seed)
    book = openpyxl.Workbook()
    book.active.title = "填表说明"
    book.active.append(["请于每月 5 日前报送。"])
    expected = []
    number = 0
    for title, count in (("桥梁", total // 2), ("边坡", total // 4), ("化粪池", total // 4)):
        sheet = book.create_sheet(title)
        sheet.append([f"{title}风险清单"])
        sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(HEADS))
        sheet.append(["填报单位：城市管理局"])
        sheet.append(HEADS)
        for i in range(count):
            number += 1
            wrong, (plate, point) = faults(rng, known)
            row = dict.fromkeys(HEADS)
            row.update(
                {
                    "序号": number,
                    "风险点编号": f"Q{number:05d}",
                    "风险点": f"{title}{number}号",
                    "部位": plate["address_name"],
                    **{"L": 3, "E": 6, "C": 15, "D": 270, "风险等级": "较大"},
                    **{"责任单位": "城市管理局", "责任人": "王工", "联系电话": "13812345678"},
                    **{"管控措施": "巡查", "复核日期": "2026年12月1日"},
                }
            )
            refused, blamed, place = False, None, point
            if number > 1 and rng.random() < 0.4:
                change, refused, blamed, place = wrong[rng.choice(sorted(wrong))]
                row.update(change)
            if i and i % 250 == 0:
                sheet.append(["小计", None, f"{i} 处"])
                sheet.append([])
                sheet.append(HEADS)
            sheet.append(list(row.values()))
            line = sheet.max_row
            name = f"{get_column_letter(AT[blamed])}{line}" if blamed else None
            expected.append((title, line, refused, name, place))
        sheet.append(["合计", None, f"{count} 处"])
    book.save(path)
    return expected


def test_3000_messy_rows_reconcile(run, city, known, tmp_path):
    path = tmp_path / "清单.xlsx"
    expected = make_workbook(path, known)
    done = run(
        "import_risk_list",
        INPUT=str(path),
        ADDRESSES=city("address"),
        GRIDS=city("unit_grid"),
        COMPONENTS=city("component"),
        OUTPUT=str(tmp_path / "risks.gpkg"),
        REJECTED=str(tmp_path / "rejected.gpkg"),
        QUESTIONS=str(tmp_path / "questions.gpkg"),
        REPORT=str(tmp_path / "report.json"),
    )
    risks = {r["risk_code"]: (r, p) for r, p in rows_of(done["OUTPUT"])}
    rejected = rows_of(done["REJECTED"])
    refused = {(s, line) for s, line, no, _, _ in expected if no}
    assert done["ROW_COUNT"] == len(expected) == 3000
    assert done["ACCEPTED_COUNT"] == len(risks) == 3000 - len(refused)
    assert {(r["sheet"], r["row"]) for r, _ in rejected} == refused
    assert len(rejected) == done["REJECTED_COUNT"] == len(refused) > 200

    # Every cell to blame is named as the spreadsheet shows it, in its own row and no other.
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    named = {issue["place"] for issue in report["issues"]}
    blamed = {f"{sheet}!{cell}" for sheet, _, _, cell, _ in expected if cell}
    assert blamed <= named
    faulty_rows = {(s, line) for s, line, _, cell, _ in expected if cell}
    assert {(i["place"].split("!")[0], row_of(i["place"])) for i in report["issues"]} == faulty_rows
    for sheet in report["sheets"]:
        where = {k: v for k, v in sheet.items() if k not in ("sheet", "rows", "is_list")}
        assert sum(where.values()) == sheet["rows"]
    assert done["QUESTION_COUNT"] == len(rows_of(done["QUESTIONS"])) > 100

    # What was taken lies where it should, in a cell that says so, with a scored level.
    codes = {}
    for n, (_, _, no, _, place) in enumerate(expected, 1):
        if not no:
            codes[f"Q{n:05d}"] = place
    assert set(codes) == set(risks)
    assert all(risks[code][1].distance(place) < 0.5 for code, place in codes.items())
    inside = [r for r, _ in risks.values() if r["grid_code"]]
    assert len(inside) > 0.9 * len(risks)
    assert all(str(r["grid_code"]).startswith(r["community_code"]) for r in inside)
    assert {r["level"] for r, _ in risks.values()} == {"orange"}
    assert {r["phone"] for r, _ in risks.values()} == {"13812345678"}


def row_of(place):
    return int("".join(c for c in place.split("!")[1] if c.isdigit()))


def make_csv(path, *rows):
    head = "风险点,地址,经度,纬度,可能性,严重性,等级"
    path.write_text("\n".join([head, *rows]), encoding="gb18030")
    return str(path)


def test_a_csv_alone_is_placed_by_its_degrees(run, tmp_path):
    path = make_csv(tmp_path / "a.csv", "一号桥,,106.55,29.56,5,5,重大", "二号桥,某路,,,3,2,一般")
    done = run("import_risk_list", INPUT=path, OUTPUT=str(tmp_path / "risks.gpkg"))
    layer = QgsVectorLayer(done["OUTPUT"], "risks", "ogr")
    assert layer.crs().isGeographic()
    [(row, point)] = rows_of(done["OUTPUT"])
    assert (row["risk_name"], row["level"], row["scheme"]) == ("一号桥", "red", "matrix_5x5_a@1")
    assert (round(point.x(), 6), round(point.y(), 6)) == (106.55, 29.56)
    assert done["REJECTED_COUNT"] == 1
    assert any("B3" in warning for warning in run.log.warnings)


def test_answers_a_field_map_and_codes_in_use(run, city, known, tmp_path):
    plate, point = known["plates"][0]
    path = tmp_path / "b.csv"
    path.write_text(
        f"名目,在哪里,等级\n一号桥,{plate['address_name']}门口的桥下,红\n", encoding="utf-8"
    )
    taken = QgsVectorLayer("NoGeometry?field=risk_code:string(32)", "old", "memory")
    from qgis.core import QgsFeature

    old = QgsFeature(taken.fields())
    old.setAttributes(["FX000001"])
    taken.dataProvider().addFeatures([old])
    settings = {
        "INPUT": str(path),
        "ADDRESSES": city("address"),
        "FIELD_MAP": '{"名目": "risk_name", "在哪里": "address"}',
        "EXISTING": taken,
    }
    first = run(
        "import_risk_list",
        **settings,
        OUTPUT="memory:",
        QUESTIONS=str(tmp_path / "questions.gpkg"),
        SAVED_FIELD_MAP=str(tmp_path / "map.json"),
    )
    assert (first["ACCEPTED_COUNT"], first["QUESTION_COUNT"]) == (0, 1)
    [(question, _)] = rows_of(first["QUESTIONS"])
    assert plate["address_name"] in question["candidates"]
    settings["FIELD_MAP"] = str(tmp_path / "map.json")
    done = run(
        "import_risk_list",
        **settings,
        ANSWERS=json.dumps({question["place"]: plate["address_code"]}),
        OUTPUT=str(tmp_path / "risks.gpkg"),
    )
    [(row, place)] = rows_of(done["OUTPUT"])
    assert row["risk_code"] == "FX000002"
    assert place.distance(point) < 0.5


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("none.xlsx", None, "none.xlsx"),
        ("broken.xlsx", b"PK\x03\x04 no", "damaged"),
        ("letter.csv", "亲爱的同事，\n请查收".encode(), "heading"),
        ("picture.png", b"\x89PNG", "spreadsheet"),
    ],
)
def test_a_file_that_is_no_list_gets_one_sentence_and_no_output(run, tmp_path, name, content, word):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    output = tmp_path / "risks.gpkg"
    with pytest.raises(QgsProcessingException) as caught:
        run("import_risk_list", INPUT=str(path), OUTPUT=str(output))
    assert word in str(caught.value)
    assert "went wrong" not in str(caught.value)
    assert not output.exists()
