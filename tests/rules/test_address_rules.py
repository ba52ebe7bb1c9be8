import numpy as np
import pytest
from wangge.plugin.rules.catalogue import all_rules
from wangge.plugin.rules.rule import Subject

LAYER, SUBJECT = "address", Subject.ADDRESS
B = "510107001002"


def names(*texts):
    return {"address_name": ["人民路", *texts]}


def ends(*texts):
    return {"end_date": np.array(texts, "datetime64[D]")}


def starts(*texts):
    return {"start_date": np.array(texts, "datetime64[D]")}


TWICE = names("人民路1号", "人民路1号")
SUCCESSOR = TWICE | starts("2020-01-01", "2020-01-01", "2025-01-01")

# rule, what breaks it, what just does not, and what else the context holds
CASES = [
    ("A1", {"0:kind": "楼"}, {"kind": ["街巷", "兴趣点", "地片"]}, {}),
    ("A2", TWICE, TWICE | ends("NaT", "2026-10-31", "NaT"), {}),
    ("A2", TWICE, TWICE | {"community_code": [B, B, "510108001001"]}, {}),
    ("A3", {"street_name": [None, None, "人民路"]}, {}, {}),
    ("A4", {"0:community_code": B}, {"0:community_code": None}, {}),
    ("A5", {"0:x": 1011.1}, {"0:x": 1011.0}, {}),
    ("A6", names("人民路１号", "人民路一号"), names("人民路11号", "人民路1号"), {}),
    ("A7", ends("2019-12-31", "NaT", "NaT"), ends("2020-01-01", "NaT", "NaT"), {}),
    (
        "A7",
        SUCCESSOR | ends("NaT", "2025-01-02", "NaT"),
        SUCCESSOR | ends("NaT", "2025-01-01", "NaT"),
        {},
    ),
]


IDS = [f"{case[0]}-{i}" for i, case in enumerate(CASES)]


@pytest.mark.parametrize(("rule_id", "broken", "fine", "given"), CASES, ids=IDS)
def test_a_rule_finds_what_breaks_it_and_nothing_else(holds, rule_id, broken, fine, given):
    holds(rule_id, LAYER, broken, fine, given)


def test_every_rule_has_a_case():
    assert {r.id for r in all_rules() if r.subject is SUBJECT} == {case[0] for case in CASES}
