import numpy as np
import pytest
from shapely import LineString, MultiPoint, Point, Polygon, box
from wangge.plugin.rules.catalogue import all_rules
from wangge.plugin.rules.rule import Subject

LAYER, SUBJECT = "component", Subject.COMMON
BOW_TIE = Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
EARLY = ["2026-07-01"] * 3


def day(*texts):
    return np.array(texts, "datetime64[D]")


def at(*coordinates):
    return {"0:geometry": Point(*coordinates)}


def moved(east, north):
    """Twenty components of the first cell, all moved alike."""
    n = 20
    texts = [f"510107010010{i:05d}" for i in range(1, n + 1)]
    names = (
        "component_name", "authority_code", "authority_name", "owner_code", "owner_name", "status",
        "first_date", "changed_date", "source", "note", "standard", "accuracy", "photo",
    )  # fmt: skip
    return dict.fromkeys(names) | {
        "component_code": texts,
        "class_code": ["01001"] * n,
        "uuid": texts,
        "grid_code": ["510107001001001"] * n,
        "geometry": [Point(1050 + east + i / 7, 2050 + north) for i in range(n)],
    }


# rule, what breaks it, what just does not, and what else the context holds
CASES = [
    ("C1", {"crs": "EPSG:4490"}, {"crs": "epsg:4547"}, {}),
    ("C1", {"crs": ""}, {}, {}),
    ("C2", {"0:geometry": None}, {}, {}),
    ("C2", {"0:geometry": Point()}, {}, {}),
    ("C2", {"0:geometry": BOW_TIE}, {"0:geometry": box(0, 0, 1, 1)}, {}),
    ("C3", at(1010, 2010, 5), at(1010, 2010), {}),
    ("C4", at(999.99, 2050.5), at(1000, 2050.5), {}),
    ("C4", at(2010.1, 1010.1), {}, {}),
    ("C4", at(104.06, 30.67), {}, {}),
    ("C4b", moved(330, -290), moved(20, 30), {}),
    ("C5", {"0:component_name": " \u3000"}, {"0:component_name": "x"}, {}),
    ("C5", {"status": None}, {"note": None}, {}),
    ("C5b", {"0:component_name": "宽" * 31}, {"0:component_name": "宽" * 30}, {}),
    ("C5b", {"class_code": [1001] * 4}, {}, {}),
    ("C5c", {"first_date": ["20260229"] * 4}, {"first_date": ["20240229"] * 4}, {}),
    (
        "C5c",
        {"first_date": day("2026-11-02", *EARLY)},
        {"first_date": day("2026-11-01", *EARLY)},
        {},
    ),
    (
        "C5c",
        {"first_date": day("1899-12-31", *EARLY)},
        {"first_date": day("1900-01-01", *EARLY)},
        {},
    ),
    ("C6", {"0:accuracy": "D"}, {"0:accuracy": "C"}, {}),
    ("C6", {"0:accuracy": "D"}, {"accuracy": ["A", "B", "", None]}, {}),
    ("C7", {"0:component_code": "51010701001000002"}, {"0:component_code": None}, {}),
    ("C7b", {"0:uuid": "b"}, {"0:uuid": "B"}, {}),
    ("C7b", {"uuid": ["x"] * 4}, {"uuid": [None] * 4}, {}),
    ("C8", {"0:note": "井\u200b盖"}, {"0:note": "井（盖）"}, {}),
    ("C8", {"0:note": "１号"}, {"0:note": "1号"}, {}),
    ("C8", {"0:note": "x "}, {"0:note": "x y"}, {}),
    ("C8", {"0:note": "\ue000"}, {"0:note": "𠮷"}, {}),
    (
        "C9",
        {"0:geometry": MultiPoint([(1010, 2010), (1011, 2010)])},
        {"0:geometry": MultiPoint([(1010, 2010)])},
        {},
    ),
    ("C10", at(1150.5, 2050.25), at(1150.5, 2050.2500001), {}),
    (
        "C10b",
        {"0:geometry": LineString([(0, 0), (0, 0), (1, 1)])},
        {"0:geometry": LineString([(0, 0), (1, 1), (0, 0)])},
        {},
    ),
]


DEPARTMENT_CASES = [
    ("C11", {"0:department_code": "115101070000000001"}, {}),
    ("C12", {"parent_code": [None, "11510107000000000"]}, {"parent_code": [None, None]}),
]
IDS = [f"{case[0]}-{i}" for i, case in enumerate(CASES)]


@pytest.mark.parametrize(("rule_id", "broken", "fine", "given"), CASES, ids=IDS)
def test_a_rule_finds_what_breaks_it_and_nothing_else(holds, rule_id, broken, fine, given):
    holds(rule_id, LAYER, broken, fine, given)


def test_every_rule_has_a_case():
    assert {r.id for r in all_rules() if r.subject is SUBJECT} == {
        case[0] for case in CASES + DEPARTMENT_CASES
    }


@pytest.mark.parametrize(("rule_id", "broken", "fine"), DEPARTMENT_CASES)
def test_a_rule_on_departments_finds_what_breaks_it(holds, rule_id, broken, fine):
    holds(rule_id, "department", broken, fine, {})
