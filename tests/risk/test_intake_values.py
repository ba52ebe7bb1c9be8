from datetime import date, datetime

import pytest
from wangge.plugin.risk.intake.headings import find_heading
from wangge.plugin.risk.intake.sheets import Sheet, cell_name
from wangge.plugin.risk.intake.values import (
    as_code,
    as_date,
    as_degrees,
    as_level,
    as_number,
    as_phone,
    as_text,
)
from wangge.plugin.risk.schemes import load_scheme


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (datetime(2026, 7, 1, 8), date(2026, 7, 1)),
        ("2026-7-1", date(2026, 7, 1)),
        ("2026.07.01", date(2026, 7, 1)),
        ("2026年7月1日", date(2026, 7, 1)),
        ("２０２６／７／１", date(2026, 7, 1)),
        ("20260701", date(2026, 7, 1)),
        (20260701, date(2026, 7, 1)),
        (46204, date(2026, 7, 1)),
        (46204.5, date(2026, 7, 1)),
        ("46204", date(2026, 7, 1)),
        ("2026-02-30", None),
        ("2026年7月", None),
        ("每季度", None),
        (12, None),
        (True, None),
    ],
)
def test_dates(value, expected):
    assert as_date(value) == expected


@pytest.mark.parametrize(
    ("value", "expected", "good"),
    [
        (13812345678.0, "13812345678", True),
        ("1.3812345678E+10", "13812345678", True),
        ("138 1234 5678", "13812345678", True),
        ("(023)67891234", "023-67891234", True),
        ("13812345678、13912345678", "13812345678/13912345678", True),
        ("12319", "12319", True),
        ("1381234567", "1381234567", False),
        ("王主任", "王主任", False),
    ],
)
def test_phones(value, expected, good):
    assert as_phone(value) == (expected, good)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("重大风险", "red"),
        ("重大风险（红色）", "red"),
        ("红", "red"),
        ("Ⅱ级", "orange"),
        ("3级", "yellow"),
        ("低风险", "blue"),
        ("橙色预警", "orange"),
        ("Red", "red"),
        ("特别重大事故", None),
        ("红/橙", "red"),
        ("高", None),
        (None, None),
    ],
)
def test_levels(value, expected):
    assert as_level(value) == expected


def test_codes_that_a_spreadsheet_rounded_are_seen():
    assert as_code("50011200100100101") == ("50011200100100101", True)
    assert as_code(500112001001001.0) == ("500112001001001", True)
    assert as_code(50011200100100101)[1] is False
    assert as_code("5.00112E+16")[1] is False


def test_coordinates_in_degrees_minutes_and_seconds():
    assert as_degrees("106°33′12″") == pytest.approx(106.5533333)
    assert as_degrees("北纬29.5°") == 29.5
    assert as_degrees("29°75′") is None
    assert as_degrees("渝北") is None


def test_factors_by_number_or_by_description():
    likelihood = load_scheme("lec").factor("likelihood")
    assert as_number("6分", likelihood) == 6
    assert as_number("０．５", likelihood) == 0.5
    assert as_number("3（可能，但不经常）", likelihood) == 3
    assert as_number("相当可能", likelihood) == 6
    assert as_number("很大", likelihood) is None


def test_text_keeps_what_a_person_typed():
    assert as_text(12.0) == "12"
    assert as_text("\u200b 大桥\ufeff ") == "大桥"
    assert as_text(None) == ""


def test_cells_are_named_as_in_a_spreadsheet():
    assert [cell_name(0, 0), cell_name(11, 5), cell_name(0, 26), cell_name(0, 701)] == [
        *("A1", "F12", "AA1", "ZZ1"),
    ]


def test_a_heading_of_two_rows_below_a_title():
    sheet = Sheet(
        "桥梁",
        (
            ("城市桥梁风险清单",) * 8,
            ("序号", "风险点", "部位", "风险评估", "风险评估", "风险评估", "风险评估", "责任人"),
            ("序号", "风险点", "部位", "L", "E", "C", "D", "责任人"),
            (1, "一号桥", "建设路1号", 6, 6, 15, 540, "王工"),
        ),
    )
    heading = find_heading(sheet)
    assert heading.first_data_row == 3
    assert heading.columns == {
        "risk_name": (1,),
        "address": (2,),
        "likelihood": (3,),
        "exposure": (4,),
        "consequence": (5,),
        "score": (6,),
        "responsible_person": (7,),
    }


def test_a_sheet_of_remarks_has_no_heading():
    assert find_heading(Sheet("说明", (("本表由各部门填写",), ("每月上报一次",)))) is None


def test_a_person_decides_over_what_is_recognised():
    sheet = Sheet("x", (("点位", "风险点", "地址", "备用"), ("a", "b", "c", "d")))
    heading = find_heading(sheet, chosen={"点位": "risk_name", "风险点": None, "备用": "phone"})
    assert heading.columns == {"risk_name": (0,), "address": (2,), "phone": (3,)}
    assert heading.unused == ("风险点",)


def test_several_columns_of_measures_are_one_field():
    sheet = Sheet("x", (("风险点", "技术措施", "管理措施", "应急措施"), ("a", "b", "c", "d")))
    assert find_heading(sheet).columns["measures"] == (1, 2, 3)
