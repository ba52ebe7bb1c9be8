from datetime import date

import numpy as np
import openpyxl
import pytest
from shapely import LineString, Point, box
from shapely.affinity import translate
from wangge.plugin.errors import WanggeError
from wangge.plugin.risk.atlas_data import Change, Provenance, changed_risks, make_atlas
from wangge.plugin.risk.intake.importer import import_risk_list
from wangge.plugin.risk.intake.placing import Places
from wangge.plugin.risk.workbook import write_risk_workbook
from wangge.plugin.rules.batch import make_batch


def make_streets():
    return make_batch(
        {
            "street_code": ["500112002", "500112001", "500112003"],
            "street_name": ["乙街道", "甲街道", "丙街道"],
        },
        [box(100, 0, 200, 100), box(0, 0, 100, 100), box(200, 0, 300, 100)],
    )


def make_risks(*rows):
    """Rows of (code, level, score, geometry) or with a status besides."""
    return make_batch(
        {
            "risk_code": [r[0] for r in rows],
            "risk_name": [f"{r[0]}号桥" for r in rows],
            "category": ["bridge"] * len(rows),
            "level": [r[1] for r in rows],
            "score": np.array([r[2] for r in rows], float),
            "scheme": ["lec@1" if r[1] else None for r in rows],
            "status": [r[4] if len(r) > 4 else "open" for r in rows],
            "phone": ["02367891234"] * len(rows),
            "review_date": np.array(["2026-12-01"] * len(rows), "datetime64[D]"),
        },
        [r[3] for r in rows],
    )


NOW = make_risks(
    ("A", "blue", 20, Point(10, 10)),
    ("B", "red", 400, Point(20, 20)),
    ("C", "red", 540, LineString([(90, 50), (110, 50)])),
    ("D", None, np.nan, Point(30, 30)),
    ("E", "orange", 200, Point(999, 999)),
    ("F", "red", 400, Point(40, 40), "closed"),
)
BEFORE = make_risks(
    ("A", "yellow", 90, Point(10, 10)),
    ("B", "orange", 200, Point(20, 20)),
    ("D", None, np.nan, Point(30, 30)),
    ("E", None, np.nan, Point(999, 999)),
    ("F", "red", 400, Point(40, 40)),
    ("G", "blue", 10, Point(250, 50)),
)


def make(**options):
    return make_atlas(
        NOW, make_streets(), key_field="street_code", name_field="street_name", **options
    )


def test_pages_follow_the_codes_and_list_the_worst_first():
    atlas = make()
    assert [p.name for p in atlas.pages] == ["甲街道", "乙街道", "丙街道"]
    first = atlas.pages[0]
    assert [r.values["risk_code"] for r in first.rows] == ["C", "B", "A", "D"]
    assert [r.number for r in first.rows] == [1, 2, 3, 4]
    assert first.counts == {"red": 2, "orange": 0, "yellow": 0, "blue": 1, "unrated": 1}
    assert first.worst_level == "red"
    assert first.extent == (0, 0, 110, 100)
    assert [p.is_empty for p in atlas.pages] == [False, False, True]


def test_totals_count_each_open_risk_once_and_name_those_elsewhere():
    atlas = make()
    assert atlas.counts == {"red": 2, "orange": 1, "yellow": 0, "blue": 1, "unrated": 1}
    assert [r.values["risk_code"] for r in atlas.elsewhere] == ["E"]
    assert atlas.schemes == ("lec@1",)
    assert not atlas.has_previous


def test_changes_since_the_previous_edition():
    changes = {
        c.risk_code: (c.change, c.old_level, c.new_level) for c in changed_risks(NOW, BEFORE)
    }
    assert changes == {
        "A": (Change.LOWERED, "yellow", "blue"),
        "B": (Change.RAISED, "orange", "red"),
        "C": (Change.NEW, "", "red"),
        "E": (Change.RATED, "", "orange"),
        "F": (Change.CLOSED, "red", "red"),
        "G": (Change.GONE, "blue", ""),
    }
    back = {c.risk_code: c.change for c in changed_risks(BEFORE, NOW)}
    assert back["F"] is Change.REOPENED
    assert changed_risks(NOW, NOW) == ()


def test_changes_stand_on_the_page_where_the_risk_lies_or_lay():
    pages = make(previous=BEFORE).pages
    assert [[c.risk_code for c in p.changes] for p in pages] == [
        ["C", "B", "A", "F"],
        ["C"],
        ["G"],
    ]


def test_areas_without_the_key_are_refused():
    with pytest.raises(WanggeError, match="no field code"):
        make_atlas(NOW, make_streets(), key_field="code")


def read(path, name):
    return [list(row) for row in openpyxl.load_workbook(path)[name].iter_rows(values_only=True)]


def test_the_workbook_has_list_overview_and_changes(tmp_path):
    path = tmp_path / "清单.xlsx"
    facts = Provenance("城市风险图册", "2026 年下半年", date(2026, 7, 1), "2026 年上半年", "普查")
    write_risk_workbook(path, NOW, make(previous=BEFORE, provenance=facts))
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["风险清单", "分区统计", "变化情况"]
    sheet = book["风险清单"]
    assert sheet.freeze_panes == "A2"
    heads = [c.value for c in sheet[1]]
    assert heads[:3] == ["风险编号", "风险名称", "风险类别"]
    level = heads.index("风险等级") + 1
    colours = [sheet.cell(r, level).fill.fgColor.rgb for r in range(2, 8)]
    assert colours[:5] == ["FFFF0000", "FFFF0000", "FFFF0000", "FFFFA500", "FF0000FF"]
    assert sheet.cell(2, level).value == "重大风险（红）"
    assert sheet.cell(2, heads.index("联系电话") + 1).value == "02367891234"
    overview = read(path, "分区统计")
    assert overview[1][:7] == ["500112001", "甲街道", 2, 0, 0, 1, 1]
    assert overview[4][:7] == ["合计", "每处风险计一次", 2, 1, 0, 1, 1]
    assert ["期次", "2026 年下半年"] in [row[:2] for row in overview]
    assert read(path, "变化情况")[1][:3] == ["新增", "C", "C号桥"]


def test_the_list_imports_again_as_it_was(tmp_path):
    path = tmp_path / "清单.xlsx"
    shapes = [translate(g, 500_000, 3_270_000) for g in NOW.geometry]
    risks = make_batch(NOW.fields, shapes)
    write_risk_workbook(path, risks, make(previous=BEFORE))
    result = import_risk_list(path, places=Places())
    assert [c.is_list for c in result.counts] == [True, False, False]
    assert len(result.rejected) == 1  # D has no level
    order = np.argsort(result.risks.fields["risk_code"].astype(str))
    back = result.risks.take(order)
    kept = NOW.take(np.array([0, 1, 2, 4, 5]))
    for name in ("risk_code", "risk_name", "category", "level", "score", "phone", "status"):
        assert back.fields[name].tolist() == kept.fields[name].tolist()
    assert back.geometry[0].equals(Point(500_010, 3_270_010))
    assert back.fields["review_date"].tolist() == kept.fields["review_date"].tolist()


def test_text_that_looks_like_a_formula_stays_text(tmp_path):
    path = tmp_path / "清单.xlsx"
    risks = make_batch({"risk_code": ["=1+1", "@x\x07"], "level": ["red", None]})
    write_risk_workbook(path, risks)
    cells = openpyxl.load_workbook(path)["风险清单"]["A"]
    assert [(c.value, c.data_type) for c in cells[1:]] == [("=1+1", "s"), ("@x", "s")]


def test_a_workbook_that_cannot_be_written_says_so(tmp_path):
    with pytest.raises(WanggeError, match="cannot be written"):
        write_risk_workbook(tmp_path / "gone" / "x.xlsx", NOW)
