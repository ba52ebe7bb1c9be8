import numpy as np
import pytest
from shapely import LineString, Point, box
from wangge.plugin.rules.batch import make_batch
from wangge.plugin.rules.catalogue import all_rules
from wangge.plugin.rules.context import Override
from wangge.plugin.rules.owners import Owners
from wangge.plugin.rules.references import Areas, Classes, Photos
from wangge.plugin.rules.rule import Subject

LAYER, SUBJECT = "component", Subject.COMPONENT
A, B = "510107001001", "510107001002"
CELLS = [f"{A}001", f"{A}002", f"{B}001", f"{B}002"]
CODES = ["51010701001000001", "51010701001000002", "51010702001000001", "51010702001000002"]
OLD = {"standard": ["cjt214_2007", *["gbt47678_5_2026"] * 3]}


def at(*coordinates):
    return {"0:geometry": Point(*coordinates)}


def owned(code, uuid):
    return Owners([make_batch({"component_code": [code], "uuid": [uuid]})], code="component_code")


def line(length):
    """A line in the first cell that reaches into the second one."""
    return {"0:geometry": LineString([(1050, 2050), (1100 + length, 2050)])}


def changed(text):
    return {"changed_date": np.array([text, "NaT", "NaT", "NaT"], "datetime64[D]")}


def degrees(x):
    return {"crs": "EPSG:4326", "geometry": [Point(x + i, 30.67) for i in range(4)]}


def many(n):
    """Components of one class, all in the first cell."""
    texts = [f"510107010010{i:05d}" for i in range(1, n + 1)]
    names = (
        "component_name", "authority_code", "authority_name", "owner_code", "owner_name", "status",
        "first_date", "changed_date", "source", "note", "standard", "accuracy", "photo",
    )  # fmt: skip
    return dict.fromkeys(names) | {
        "component_code": texts,
        "class_code": ["01001"] * n,
        "uuid": texts,
        "grid_code": [CELLS[0]] * n,
        "geometry": [Point(1005.3 + i, 2050.3) for i in range(n)],
    }


def classes(**more):
    return {"classes": Classes({"01001": "井盖", "01079": "甲", "01080": "乙"}, **more)}


# rule, what breaks it, what just does not, and what else the context holds
CASES = [
    ("P1", {"0:component_code": "5101070100100001"}, {}, {}),
    (
        "P1",
        {"0:component_code": "51010701001000000"},
        {"0:component_code": "51010701001999999"},
        {},
    ),
    ("P1", OLD, OLD | {"0:component_code": "5101070101000001"}, {}),
    ("P1b", {"0:class_code": "01002"}, {}, {}),
    ("P1b", {"0:component_code": "51010801001000001"}, {}, {}),
    ("P2", {"0:class_code": "01016"}, {"0:class_code": "01017"}, {}),
    ("P2", {}, {"class_code": ["01079"] * 4}, classes(retired=frozenset({"01001", "02001"}))),
    ("P3", {"0:grid_code": CELLS[1]}, {"0:grid_code": None}, {}),
    ("P3", {"0:grid_code": CELLS[2]}, {"0:grid_code": CELLS[1]} | at(1100, 2050.5), {}),
    ("P4", at(999.999, 2050.5), at(1000, 2050.5), {}),
    ("P5", at(1150.0, 2050.25), at(1149.999, 2050.25), {}),
    ("P6", {"0:authority_code": "115101070000000022"}, {}, {}),
    ("P6", {"0:authority_name": "园林局"}, {"0:authority_name": None}, {}),
    ("P7", {"0:owner_name": "某公司"}, {}, {}),
    (
        "P7",
        {"0:owner_name": "城管局", "0:owner_code": "9"},
        {"0:owner_name": "城管局", "0:owner_code": "11510107000000000U"},
        {},
    ),
    ("P8", {"0:status": "破损"}, {"0:status": "破损"} | changed("2026-08-01"), {}),
    ("P8", {"0:status": "正好"}, {"0:status": "完好"}, {}),
    ("P9", changed("2026-06-30"), changed("2026-07-01"), {}),
    ("P10", {"0:source": "地形图"}, {"source": ["实测", "实测", "地形图", "其他"]}, {}),
    ("P11", line(0), {}, classes(geometries={"01001": ("point", "polygon")})),
    ("P12", line(1.01), line(1.0), {}),
    (
        "P12",
        {"0:geometry": box(1090, 2000, 1101, 2010)},
        {"0:geometry": box(1090, 2000, 1100, 2010)},
        {},
    ),
    ("P13", {"0:photo": "3.jpg"}, {}, {}),
    ("P13", {}, {"0:photo": None}, {"photos": Photos({"1.jpg": 999, "2.jpg": 1000})}),
    ("P13b", {"0:photo": "2.jpg"}, {"0:photo": None}, {}),
    ("P13b", {}, {"0:photo": "3.jpg"}, {"photos": Photos({}, {"1.jpg": "a", "2.jpg": "a"})}),
    (
        "P14",
        {"0:class_code": "01079"},
        {"0:class_code": "01080"},
        classes(extensions=frozenset({"01079", "01080"})),
    ),
    ("P15", at(1020.6, 2025.5), at(1020.5, 2025.5), {}),
    ("P15", at(1025.5, 2025.5), at(1025.5, 2025.5) | {"0:class_code": "02001"}, {}),
    ("P15b", at(1390.5, 2090.5), at(1379.5, 2090.5), {}),
    ("P16", many(30), many(29), {}),
    ("P16b", at(1150.5, 2060.5), {}, {}),
    ("P17", at(1010, 2010), at(1010, 2010.1), {}),
    ("P17", degrees(104.0612), degrees(104.06121), {}),
    ("P18", {"0:component_code": "51010701001000003"}, {}, {}),
    ("P18b", {}, {"0:uuid": "other"}, {"existing": owned(CODES[0], "other")}),
    ("P19", at(1010.5, 2096.5), at(1010.5, 2094.5), {}),
]


IDS = [f"{case[0]}-{i}" for i, case in enumerate(CASES)]


@pytest.mark.parametrize(("rule_id", "broken", "fine", "given"), CASES, ids=IDS)
def test_a_rule_finds_what_breaks_it_and_nothing_else(holds, rule_id, broken, fine, given):
    holds(rule_id, LAYER, broken, fine, given)


def test_every_rule_has_a_case():
    assert {r.id for r in all_rules() if r.subject is SUBJECT} == {case[0] for case in CASES}


def test_cells_given_in_another_order_are_the_same_cells(findings_of_rule, make_context):
    given = make_context(LAYER).grids
    turned = Areas(given.geometry[::-1], codes=given.codes[::-1])
    context = make_context(LAYER, grids=turned)
    assert not findings_of_rule("P3", LAYER, {}, context)


def test_a_wrong_cell_is_told_with_the_right_one(findings_of_rule, make_context):
    (found,) = findings_of_rule("P3", LAYER, {"0:grid_code": CELLS[3]}, make_context(LAYER))
    assert (found.field, found.value, found.fix) == ("grid_code", CELLS[3], CELLS[0])
    assert CELLS[0] in found.message


def test_the_distance_between_doubles_may_differ_by_class(findings_of_rule, make_context):
    by_class = {"P5": Override(parameters={"by_class": {"01": 0.1, "01001": 3.0}})}
    context = make_context(LAYER, overrides=by_class)
    assert findings_of_rule("P5", LAYER, at(1147.5, 2050.25), context)
    context = make_context(LAYER, overrides={"P5": Override(parameters={"by_class": {"01": 0.1}})})
    assert not findings_of_rule("P5", LAYER, at(1150.0, 2050.25), context)


def test_of_two_doubles_one_is_reported(findings_of_rule, make_context):
    (found,) = findings_of_rule("P5", LAYER, at(1150.5, 2050.35), make_context(LAYER))
    assert (found.feature_key, found.value) == (CODES[1], CODES[0])


def test_a_synonym_of_a_status_comes_with_the_listed_value(findings_of_rule, make_context):
    (found,) = findings_of_rule("P8", LAYER, {"0:status": "正常"}, make_context(LAYER))
    assert found.fix == "完好"
