"""A workbook of 3,000 rows as departments send it, with every fault known beforehand."""

import csv
import json
import random
import zipfile
from collections import Counter
from datetime import date, datetime

import numpy as np
import openpyxl
import pytest
from shapely import Point, box
from wangge.plugin.errors import WanggeError
from wangge.plugin.risk.intake.address_index import AddressIndex
from wangge.plugin.risk.intake.importer import import_risk_list
from wangge.plugin.risk.intake.issues import Kind, issues_table, read_answers
from wangge.plugin.risk.intake.placing import Places
from wangge.plugin.risk.intake.profile import read_profile
from wangge.plugin.rules.batch import make_batch

GRID = "500112001001001"
COMPONENT = "50011201001000001"


def make_addresses():
    """House numbers 1 to 800 of two streets; 中山路1号 exists twice, far apart."""
    names = [f"{s}{n}号" for s in ("建设路", "人民大道") for n in range(1, 801)]
    names += ["中山路1号", "中山路1号"]
    return make_batch(
        {
            "address_code": [f"A{i:05d}" for i in range(len(names))],
            "address_name": names,
            "community_code": [
                *["500112001001"] * (len(names) - 1),
                "500112001002",
            ],
        },
        [Point(500_000 + 10 * i, 3_270_000) for i in range(len(names))],
        crs="EPSG:4544",
    )


def make_places(**other):
    return Places(
        crs="EPSG:4544",
        addresses=AddressIndex(make_addresses()),
        components={COMPONENT: Point(501_000, 3_271_000)},
        cells={GRID: box(502_000, 3_272_000, 502_100, 3_272_100)},
        from_degrees=lambda x, y: (
            500_000 + (x - 106.5) * 96_000,
            3_270_000 + (y - 29.5) * 111_000,
        ),
        **other,
    )


HEAD = ("序号", "风险点编号", "风险点", "部位", "经度", "纬度", "部件编码", "单元网格")
TAIL = (
    "风险等级",
    "责任单位",
    "责任人",
    "联系电话",
    "技术措施",
    "管理措施",
    "下次复核日期",
    "备用",
)
COLUMNS = (*HEAD, "L", "E", "C", "D", *TAIL)
AT = {name: i for i, name in enumerate(COLUMNS)}


def good_row(n):
    row = dict.fromkeys(COLUMNS)
    row.update(
        {
            "序号": n,
            "风险点编号": f"R{n:05d}",
            "风险点": f"第{n}号风险点",
            "部位": f"建设路{1 + n % 800}号",
            **{"L": 3, "E": 6, "C": 15, "D": 270, "风险等级": "较大风险（橙）"},
            **{"责任单位": "城市管理局", "责任人": "王工", "联系电话": 13812345678.0},
            **{"技术措施": "加固", "管理措施": "巡查", "下次复核日期": date(2026, 12, 1)},
        }
    )
    return row


# What is done to a row, whether the row is refused, and what is said about which column.
FAULTS = {
    "coordinates": ({"部位": None, "经度": 106.55, "纬度": 29.56}, False, []),
    "text coordinates": ({"部位": None, "经度": "106°33′", "纬度": "29°33′36″"}, False, []),
    "swapped": (
        {"部位": None, "经度": 29.56, "纬度": 106.55},
        False,
        [(Kind.BAD_COORDINATE, "经度")],
    ),
    "half": (
        {"部位": None, "经度": 106.55},
        True,
        [(Kind.BAD_COORDINATE, "纬度"), (Kind.NO_PLACE, "部位")],
    ),
    "normalised": ({"部位": " 建设路 二十一 号"}, False, []),
    "alike": ({"部位": "渝北区建设路88号门前"}, True, [(Kind.ADDRESS_ALIKE, "部位")]),
    "twice": ({"部位": "中山路1号"}, True, [(Kind.ADDRESS_TWICE, "部位")]),
    "unknown": ({"部位": "桃花源"}, True, [(Kind.ADDRESS_UNKNOWN, "部位")]),
    "component": ({"部位": None, "部件编码": COMPONENT}, False, []),
    "rounded": (
        {"部位": None, "部件编码": float(COMPONENT)},
        True,
        [(Kind.BAD_CODE, "部件编码"), (Kind.NO_PLACE, "部位")],
    ),
    "cell": ({"部位": None, "单元网格": float(GRID)}, False, []),
    "no place": ({"部位": "/"}, True, [(Kind.NO_PLACE, "部位")]),
    "date text": ({"下次复核日期": "2026年12月1日"}, False, []),
    "date number": ({"下次复核日期": 46357}, False, []),
    "date": ({"下次复核日期": "每季度"}, False, [(Kind.BAD_DATE, "下次复核日期")]),
    "phone": ({"联系电话": "138123"}, False, []),
    "bad phone": ({"联系电话": "见通讯录"}, False, [(Kind.BAD_PHONE, "联系电话")]),
    "level": ({"风险等级": "特大"}, False, [(Kind.UNKNOWN_LEVEL, "风险等级")]),
    "score": ({"D": 300}, False, [(Kind.CONTRADICTION, "D")]),
    "contradiction": ({"风险等级": "蓝色"}, False, [(Kind.CONTRADICTION, "风险等级")]),
    "outside": ({"L": 4, "D": None}, False, [(Kind.OUTSIDE_SET, "L")]),
    "no factors": ({"L": None, "E": None, "C": None, "D": None}, False, []),
    "nothing": (
        {"L": None, "E": None, "C": None, "D": None, "风险等级": None},
        True,
        [(Kind.NO_LEVEL, "风险等级")],
    ),
    "words": ({"L": "高", "D": None}, False, [(Kind.NO_NUMBER, "L")]),
    "described": ({"L": "3（可能，但不经常）", "E": "6分"}, False, []),
    "no name": ({"风险点": "—"}, True, [(Kind.NO_NAME, "风险点")]),
    "code": ({"风险点编号": "R00001"}, True, [(Kind.DUPLICATE, "风险点编号")]),
    "long": ({"责任人": "王" * 51}, False, [(Kind.TOO_LONG, "责任人")]),
}


def make_workbook(path, total=3000, seed=7):
    """Write the workbook; return where each row lies and what is to be said about it."""
    rng = random.Random(seed)
    book = openpyxl.Workbook()
    book.active.title = "填表说明"
    book.active.append(["请各部门于每月 5 日前上报"])
    expected = []
    n = 0
    for title, share in (("桥梁", 0.5), ("隧道", 0.3), ("边坡", 0.2)):
        sheet = book.create_sheet(title)
        sheet.append([f"城市{title}风险清单"])
        sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(COLUMNS))
        sheet.append(["填报单位：城市管理局"])
        sheet.append([*HEAD, "风险评估", None, None, None, *TAIL])
        sheet.append([*[None] * len(HEAD), "L（可能性）", "E（暴露）", "C（后果）", "D值"])
        sheet.merge_cells(start_row=3, end_row=3, start_column=9, end_column=12)
        for c in [*range(1, 9), *range(13, len(COLUMNS) + 1)]:
            sheet.merge_cells(start_row=3, end_row=4, start_column=c, end_column=c)
        unit_from = sheet.max_row + 1
        for i in range(int(total * share)):
            n += 1
            row, fault = good_row(n), "none"
            if n > 1 and rng.random() < 0.4:
                fault = rng.choice(list(FAULTS))
                row.update(FAULTS[fault][0])
            if i and i % 200 == 0:
                sheet.append([])
                sheet.append([*HEAD, "L", "E", "C", "D", *TAIL])
            if i and i % 300 == 0:
                sheet.append(["小计", None, f"{i} 处"])
            if fault == "none" and i % 25 == 7:
                # Two rows below one another whose unit is merged.
                row["责任单位"] = None
                sheet.append(list(row.values()))
                column = AT["责任单位"] + 1
                bottom = sheet.max_row
                sheet.merge_cells(
                    start_row=bottom - 1, end_row=bottom, start_column=column, end_column=column
                )
            else:
                sheet.append(list(row.values()))
            refused, said = FAULTS[fault][1:] if fault != "none" else (False, [])
            cells = [
                (kind, f"{openpyxl.utils.get_column_letter(AT[c] + 1)}{sheet.max_row}")
                for kind, c in said
            ]
            expected.append((title, sheet.max_row, fault, refused, cells))
        assert unit_from == 5
        sheet.append(["合计", None, f"{total * share:.0f} 处"])
        sheet.append(["注：本表一式两份"])
        sheet.merge_cells(
            start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=5
        )
    book.save(path)
    return expected


@pytest.fixture(scope="module")
def messy(tmp_path_factory):
    path = tmp_path_factory.mktemp("risk") / "清单.xlsx"
    expected = make_workbook(path)
    return path, expected, import_risk_list(path, places=make_places())


def test_every_row_of_the_workbook_is_accounted_for(messy):
    _, expected, result = messy
    assert [(c.sheet, c.is_list) for c in result.counts] == [
        *(("填表说明", False), ("桥梁", True), ("隧道", True), ("边坡", True)),
    ]
    for count in result.counts:
        assert count.accounted == count.rows
    assert sum(c.imported + c.rejected for c in result.counts) == len(expected) == 3000
    assert len(result.risks) == sum(c.imported for c in result.counts)
    assert len(result.rejected) == sum(c.rejected for c in result.counts)
    bridges = result.counts[1]
    assert (bridges.above_heading + bridges.heading, bridges.note) == (4, 1)
    assert (bridges.repeated_heading, bridges.blank, bridges.total) == (7, 7, 5)


def test_exactly_the_faulty_rows_are_refused(messy):
    _, expected, result = messy
    refused = {(sheet, row) for sheet, row, _, is_refused, _ in expected if is_refused}
    fields = result.rejected.fields
    assert set(zip(fields["sheet"], fields["row"].tolist(), strict=True)) == refused
    assert set(result.places) == {(s, r) for s, r, *_ in expected} - refused


def test_exactly_the_faulty_cells_are_named(messy):
    _, expected, result = messy
    said = Counter((i.sheet, i.cell, i.kind) for i in result.issues)
    wanted = Counter((s, cell, kind) for s, _, _, _, cells in expected for kind, cell in cells)
    assert said == wanted
    assert len(wanted) > 500


def test_values_are_read_whatever_their_form(messy):
    _, expected, result = messy
    risks = result.risks
    row_of = {place: i for i, place in enumerate(result.places)}
    by_fault = {f: row_of[(s, r)] for s, r, f, refused, _ in expected if not refused}
    assert set(risks.fields["phone"]) == {"13812345678", "138123", "见通讯录"}
    day = np.datetime64("2026-12-01")
    for fault in ("none", "date text", "date number"):
        assert risks.fields["review_date"][by_fault[fault]] == day
    assert np.isnat(risks.fields["review_date"][by_fault["date"]])
    assert set(risks.fields["category"]) == {"bridge", "tunnel", "slope"}
    assert set(risks.fields["responsible_unit"]) == {"城市管理局"}
    assert set(risks.fields["measures"]) == {"技术措施：加固\n管理措施：巡查"}
    levels = risks.fields["level"]
    for fault in ("none", "described", "level", "contradiction", "score", "no factors"):
        assert levels[by_fault[fault]] == "orange"
    assert risks.fields["score"][by_fault["score"]] == 270
    schemes = risks.fields["scheme"]
    assert (schemes[by_fault["none"]], schemes[by_fault["no factors"]]) == ("lec@1", None)
    assert risks.fields["likelihood"][by_fault["outside"]] == 4
    places = risks.geometry
    assert places[by_fault["coordinates"]].distance(Point(504_800, 3_276_660)) < 1
    assert places[by_fault["swapped"]].distance(places[by_fault["coordinates"]]) < 1
    assert places[by_fault["text coordinates"]].distance(places[by_fault["coordinates"]]) < 1
    assert places[by_fault["component"]].equals(Point(501_000, 3_271_000))
    assert places[by_fault["cell"]].within(box(502_000, 3_272_000, 502_100, 3_272_100))
    assert places[by_fault["normalised"]].equals(Point(500_200, 3_270_000))


def test_codes_are_unique_and_a_refused_row_keeps_all_it_said(messy):
    _, _, result = messy
    codes = result.risks.fields["risk_code"].tolist()
    assert len(set(codes)) == len(codes)
    row = result.rejected.fields["original"][0]
    assert set(json.loads(row)) >= {"序号", "风险点编号", "责任单位", "技术措施"}
    assert result.unused["桥梁"] == ("序号", "备用")
    assert result.rejected.fields["reason"][0].startswith("Sheet 桥梁, cell ")


def test_answers_place_what_was_a_question(messy):
    path, _, first = messy
    waiting = [i for i in first.issues if i.kind in (Kind.ADDRESS_TWICE, Kind.ADDRESS_ALIKE)]
    answers = {i.place: i.candidates[0].code for i in waiting}
    second = import_risk_list(path, places=make_places(), answers=answers)
    assert len(second.risks) == len(first.risks) + len(waiting)
    assert not [i for i in second.issues if i.place in answers]
    alike = next(i for i in waiting if i.kind is Kind.ADDRESS_ALIKE)
    shape = second.risks.geometry[second.places.index((alike.sheet, alike.row))]
    assert shape.equals(Point(500_870, 3_270_000))


def test_a_likeness_to_accept_saves_the_asking(messy):
    path, expected, first = messy
    second = import_risk_list(path, places=make_places(), accept_likeness=0.7)
    alike = sum(fault == "alike" for *_, fault, _, _ in expected)
    assert len(second.risks) == len(first.risks) + alike
    still = [i for i in second.issues if i.kind is Kind.ADDRESS_ALIKE]
    assert len(still) == alike
    assert not any(i.rejects for i in still)


def test_the_profile_reads_the_next_delivery_alike(messy):
    path, _, first = messy
    profile = read_profile(first.profile.to_json())
    assert profile == first.profile
    second = import_risk_list(path, places=make_places(), profile=profile)
    assert second.places == first.places
    assert second.unused == first.unused


SMALL = [
    ["风险源清单", "", "", "", ""],
    ["风险点名称", "详细地址", "可能性", "严重性", "等级"],
    ["一号桥", "建设路1号", "5", "5", "重大"],
    ["二号桥", "建设路2号", "3", "2", "一般"],
    ["三号桥", "桃花源", "3", "2", "一般"],
]


def check_small(result):
    assert result.risks.fields["risk_name"].tolist() == ["一号桥", "二号桥"]
    assert result.risks.fields["level"].tolist() == ["red", "yellow"]
    assert result.risks.fields["scheme"].tolist() == ["matrix_5x5_a@1"] * 2
    assert result.risks.fields["risk_code"].tolist() == ["FX000001", "FX000002"]
    assert result.rejected.fields["cells"].tolist() == ["B5"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_csv_in_the_encodings_and_separators_in_use(tmp_path, encoding, separator):
    path = tmp_path / "清单.csv"
    with path.open("w", encoding=encoding, newline="") as target:
        csv.writer(target, delimiter=separator).writerows(SMALL)
    check_small(import_risk_list(path, places=make_places()))


NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def make_ods(path, body, *, prologue=""):
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{prologue}<office:document-content {NAMES}>'
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", content)
    return path


def ods_cell(text):
    return (
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
    )


def test_ods_with_merged_cells_repeats_dates_and_notes(tmp_path):
    title = (
        '<table:table-row><table:table-cell table:number-columns-spanned="5" '
        'office:value-type="string"><text:p>风险<text:s/>清单</text:p></table:table-cell>'
        '<table:covered-table-cell table:number-columns-repeated="4"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="2"><table:table-cell '
        'table:number-columns-repeated="1024"/></table:table-row>'
    )
    head = "".join(ods_cell(t) for t in ("风险点", "责任单位", "地址", "等级", "复核日期"))
    first = (
        ods_cell("一号桥")
        + '<table:table-cell table:number-rows-spanned="2" office:value-type="string">'
        "<office:annotation><text:p>批注</text:p></office:annotation><text:p>城管局</text:p>"
        "</table:table-cell>"
        + ods_cell("建设路1号")
        + ods_cell("红")
        + '<table:table-cell office:value-type="date" office:date-value="2026-12-01"/>'
    )
    second = (
        ods_cell("二号桥")
        + "<table:covered-table-cell/>"
        + ods_cell("建设路2号")
        + ods_cell("蓝")
        + '<table:table-cell office:value-type="float" office:value="46357"/>'
    )
    rows = "".join(f"<table:table-row>{r}</table:table-row>" for r in (head, first, second))
    tail = (
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    path = make_ods(
        tmp_path / "清单.ods", f'<table:table table:name="桥梁">{title}{rows}{tail}</table:table>'
    )
    result = import_risk_list(path, places=make_places())
    assert result.places == (("桥梁", 5), ("桥梁", 6))
    assert result.risks.fields["responsible_unit"].tolist() == ["城管局", "城管局"]
    assert result.risks.fields["level"].tolist() == ["red", "blue"]
    assert result.risks.fields["review_date"].tolist() == [date(2026, 12, 1)] * 2
    assert result.counts[0].rows == result.counts[0].accounted == 6


@pytest.mark.parametrize(
    ("prologue", "body"),
    [
        ('<!DOCTYPE x [<!ENTITY a "aaaa">]>', "&a;"),
        ('<!DOCTYPE x SYSTEM "file:///etc/passwd">', ""),
        (
            "",
            '<table:table><table:table-row table:number-rows-repeated="1000000">'
            '<table:table-cell office:value-type="string" table:number-columns-repeated="16000">'
            "<text:p>x</text:p></table:table-cell></table:table-row></table:table>",
        ),
        ("", "<table:table>"),
    ],
)
def test_a_hostile_or_broken_ods_is_refused(tmp_path, prologue, body):
    path = make_ods(tmp_path / "x.ods", body, prologue=prologue)
    with pytest.raises(WanggeError, match="damaged, protected"):
        import_risk_list(path, places=make_places())


def test_files_that_are_no_lists_are_refused(tmp_path):
    text = tmp_path / "x.xlsx"
    text.write_text("no workbook", "utf-8")
    with pytest.raises(WanggeError, match="damaged, protected"):
        import_risk_list(text, places=make_places())
    with pytest.raises(WanggeError, match="cannot be read"):
        import_risk_list(tmp_path / "gone.xlsx", places=make_places())
    word = tmp_path / "x.docx"
    word.write_bytes(b"PK")
    with pytest.raises(WanggeError, match="no spreadsheet"):
        import_risk_list(word, places=make_places())
    plain = tmp_path / "x.csv"
    plain.write_text("甲,乙\n1,2\n", "utf-8")
    with pytest.raises(WanggeError, match=r"No sheet \(x\) has a heading"):
        import_risk_list(plain, places=make_places())


def test_an_old_workbook_says_how_to_save_it(tmp_path):
    path = tmp_path / "x.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0")
    with pytest.raises(WanggeError, match=r"save it as \.xlsx"):
        import_risk_list(path, places=make_places())


def make_xlsx(path, *rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_an_address_found_twice_is_settled_by_the_community(tmp_path):
    path = make_xlsx(
        tmp_path / "a.xlsx",
        ["风险点", "地址", "等级", "社区代码"],
        ["一号桥", "中山路1号", "红", "500112001002"],
    )
    result = import_risk_list(path, places=make_places())
    assert result.issues == ()
    assert result.risks.geometry[0].equals(Point(500_000 + 10 * 1601, 3_270_000))


def test_surveyors_northing_first_and_places_out_of_town(tmp_path):
    path = make_xlsx(
        tmp_path / "a.xlsx",
        ["风险点", "X坐标", "Y坐标", "等级"],
        ["一号桥", 3_270_500, 500_500, "红"],
        ["二号桥", 3_970_500, 500_500, "红"],
    )
    places = make_places(bounds=(490_000, 3_260_000, 510_000, 3_280_000))
    result = import_risk_list(path, places=places)
    assert [g.coords[0] for g in result.risks.geometry] == [(500_500, 3_270_500)]
    assert {i.kind for i in result.issues} == {Kind.BAD_COORDINATE, Kind.NO_PLACE}


def test_degrees_without_a_way_into_the_map_are_refused(tmp_path):
    path = make_xlsx(
        tmp_path / "a.xlsx", ["风险点", "经纬度", "等级"], ["一号桥", "106.5，29.5", "红"]
    )
    result = import_risk_list(path, places=Places(crs="EPSG:4544"))
    assert len(result.rejected) == 1
    result = import_risk_list(path, places=Places(crs="EPSG:4490", is_geographic=True))
    assert result.risks.geometry[0].equals(Point(106.5, 29.5))


def test_a_code_merged_over_rows_is_named_as_such(tmp_path):
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    for row in (
        ["风险编号", "风险点", "地址", "等级"],
        ["R1", "一号桥", "建设路1号", "红"],
        [None, "二号桥", "建设路2号", "红"],
    ):
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    book.save(path)
    result = import_risk_list(path, places=make_places())
    (issue,) = result.issues
    assert (issue.kind, issue.cell) == (Kind.DUPLICATE, "A3")
    assert "merged over several rows" in issue.reason


def test_sections_give_the_category(tmp_path):
    path = make_xlsx(
        tmp_path / "a.xlsx",
        ["风险点", "地址", "等级"],
        ["一、隧道"],
        ["甲", "建设路1号", "红"],
        ["二、化粪池"],
        ["乙", "建设路2号", datetime(2026, 1, 1)],
    )
    result = import_risk_list(path, places=make_places())
    assert result.counts[0].section == 2
    assert result.risks.fields["category"].tolist() == ["tunnel"]
    assert {i.kind for i in result.issues} == {Kind.UNKNOWN_LEVEL, Kind.NO_LEVEL}


def test_codes_in_use_are_not_given_again(tmp_path):
    path = make_xlsx(
        tmp_path / "a.xlsx",
        ["风险编号", "风险点", "地址", "等级"],
        [None, "甲", "建设路1号", "红"],
        ["FX000002", "乙", "建设路2号", "红"],
        [None, "丙", "建设路3号", "红"],
    )
    result = import_risk_list(path, places=make_places(), existing_codes={"FX000001"})
    assert result.risks.fields["risk_code"].tolist() == ["FX000003", "FX000002", "FX000004"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[1]", "neither JSON text nor"),
        ("{", "neither JSON text nor"),
        ('{"风险点": "name"}', "风险点 is mapped to name"),
        ('{"format": "other/9"}', "its format is other/9"),
        ('{"format": "wangge-risk-import/1", "sheets": {"a": {"heading_row": 0}}}', "heading_row"),
    ],
)
def test_a_field_map_that_cannot_be_used_says_why(text, words):
    with pytest.raises(WanggeError, match=words):
        read_profile(text)


def test_issues_as_a_table_and_answers_from_json(tmp_path):
    path = make_xlsx(tmp_path / "a.xlsx", ["风险点", "地址", "等级"], ["一号桥", "中山路1号", "红"])
    first = import_risk_list(path, places=make_places())
    table = issues_table(first.issues)
    assert table.fields["place"].tolist() == ["Sheet!B2"]
    assert table.fields["kind"].tolist() == ["address_twice"]
    assert table.fields["outcome"].tolist() == ["rejected"]
    assert table.fields["candidates"][0].startswith("中山路1号 [A01600] 1.00")
    assert first.questions == first.issues
    answers = read_answers('{"Sheet!B2": "A01600"}')
    assert len(import_risk_list(path, places=make_places(), answers=answers).risks) == 1
    wrong = {"Sheet!B2": "A9"}
    second = import_risk_list(path, places=make_places(), answers=wrong)
    assert [i.kind for i in second.issues] == [Kind.ADDRESS_UNKNOWN, Kind.ADDRESS_TWICE]
    with pytest.raises(WanggeError, match="no JSON object of cells"):
        read_answers('{"Sheet!B2": 7}')


def test_a_stray_format_in_the_last_cell_is_no_sheet_of_blanks(tmp_path):
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    for row in (["风险点", "地址", "等级"], ["一号桥", "建设路1号", "红"]):
        book.active.append(row)
    book.active.cell(1_048_576, 16_384).number_format = "0.00"
    book.save(path)
    result = import_risk_list(path, places=make_places())
    assert (len(result.risks), result.counts[0].rows) == (1, 2)


def test_one_risk_merged_over_several_rows_of_measures_is_one(tmp_path):
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["编码", "风险点", "地址", "等级", "管控措施", "责任人"],
        [1, "一号桥", "建设路1号", "红", "加固", "王工"],
        [None, None, None, None, "巡查", "李工"],
        [None, None, None, None, "巡查", None],
        [2, "二号桥", "建设路2号", "红", "加固", "王工"],
        [3, None, "建设路3号", "蓝", "巡查", "王工"],
    ):
        sheet.append(row)
    for cells in ("A2:A4", "B2:B4", "C2:C4", "D2:D4", "B5:B6"):
        sheet.merge_cells(cells)
    book.save(path)
    result = import_risk_list(path, places=make_places())
    risks = result.risks.fields
    assert risks["risk_name"].tolist() == ["一号桥", "二号桥", "二号桥"]
    assert risks["measures"].tolist() == ["加固\n巡查", "加固", "巡查"]
    assert risks["responsible_person"][0] == "王工\n李工"
    assert result.counts[0].continued == 2
    assert result.counts[0].accounted == result.counts[0].rows == 6


def test_a_merged_risk_that_is_refused_keeps_all_its_rows(tmp_path):
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    for row in (
        ["风险点", "地址", "等级", "措施"],
        ["一号桥", "桃花源", "红", "加固"],
        [None, None, None, "巡查"],
    ):
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    book.save(path)
    result = import_risk_list(path, places=make_places())
    (original,) = result.rejected.fields["original"]
    assert json.loads(original)["措施"] == "加固\n巡查"


def test_a_running_number_is_no_code_but_a_code_is(tmp_path):
    head = ["编号", "风险点", "地址", "等级"]
    path = make_xlsx(tmp_path / "a.xlsx", head, [1, "甲", "建设路1号", "红"])
    result = import_risk_list(path, places=make_places())
    assert result.risks.fields["risk_code"].tolist() == ["FX000001"]
    path = make_xlsx(
        tmp_path / "b.xlsx",
        head,
        ["QL-1", "甲", "建设路1号", "红"],
        [2001, "乙", "建设路2号", "红"],
    )
    result = import_risk_list(path, places=make_places())
    assert result.risks.fields["risk_code"].tolist() == ["QL-1", "2001"]
    again = import_risk_list(path, places=make_places(), profile=result.profile)
    assert again.risks.fields["risk_code"].tolist() == ["QL-1", "2001"]
