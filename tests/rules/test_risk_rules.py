import numpy as np
import pytest
from shapely import Point, Polygon, box
from wangge.plugin.rules.catalogue import all_rules
from wangge.plugin.rules.rule import Subject

LAYER, SUBJECT = "risk", Subject.RISK
B = "510107001002"
BOW_TIE = Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
TWICE = {"risk_name": ["北桥", "北 桥"], "category": ["bridge"] * 2}


def review(text):
    return {"review_date": np.array([text, "2027-03-01"], "datetime64[D]")}


# rule, what breaks it, what just does not, and what else the context holds
CASES = [
    ("R1", {"0:level": "orange"}, {"0:level": None}, {}),
    ("R1", {"0:level": "purple"}, {}, {}),
    ("R1", {"0:score": 901.0}, {"0:score": np.nan}, {}),
    ("R2", {"0:likelihood": 9.0}, {"0:likelihood": 0.1}, {}),
    ("R2", {"0:exposure": np.nan}, {}, {}),
    ("R2", {"0:scheme": None}, {}, {}),
    ("R2", {"0:scheme": "lec@9"}, {}, {}),
    ("R3", {"0:phone": None}, {}, {}),
    ("R3", {"0:phone": "13812345678.0"}, {"0:phone": "13812345678/110"}, {}),
    ("R3", {"0:phone": "1380013"}, {"0:phone": "8380013"}, {}),
    ("R4", {"0:measures": None}, {"0:measures": None, "0:level": "yellow"}, {}),
    ("R5", review("2026-10-31"), review("2026-11-01"), {}),
    ("R5", review("2026-12-02"), review("2026-12-01"), {}),
    ("R5", review("NaT"), review("NaT") | {"0:status": "closed"}, {}),
    ("R6", {"0:grid_code": "510107001001002"}, {"0:grid_code": None}, {}),
    ("R6", {"0:community_code": B}, {}, {}),
    ("R7", TWICE | {"geometry": [Point(1010.5, 2010.5), Point(1012.5, 2010.5)]}, TWICE, {}),
    ("R8", {"0:category": "bridges"}, {"0:category": "tunnel"}, {}),
    ("R9", {}, {"level_reason": ["加固前复核", None]}, {"previous_levels": {"F1": "orange"}}),
    ("R10", {"0:component_code": "51010701001000009"}, {}, {}),
    ("R11", {"0:geometry": BOW_TIE}, {"0:geometry": box(0, 0, 1, 1)}, {}),
    ("R12", {"0:monitoring": None}, {"0:monitoring": "预案"}, {}),
]


IDS = [f"{case[0]}-{i}" for i, case in enumerate(CASES)]


@pytest.mark.parametrize(("rule_id", "broken", "fine", "given"), CASES, ids=IDS)
def test_a_rule_finds_what_breaks_it_and_nothing_else(holds, rule_id, broken, fine, given):
    holds(rule_id, LAYER, broken, fine, given)


def test_every_rule_has_a_case():
    assert {r.id for r in all_rules() if r.subject is SUBJECT} == {case[0] for case in CASES}
