import numpy as np
import pytest
from wangge.plugin.rules.catalogue import all_rules
from wangge.plugin.rules.rule import Subject
from wangge.plugin.rules.target import PushTarget, TargetColumn
from wangge.plugin.standards.layers import layer
from wangge.plugin.standards.spec import FieldType

CODE = "51010701001000001"
CELLS = {"510107001001001", "510107001001002", "510107001002001", "510107001002002"}


def columns(length=17):
    fields = {f.name: TargetColumn(f.type, f.length) for f in layer("component").fields}
    return fields | {"component_code": TargetColumn(FieldType.TEXT, length)}


def target(**changes):
    given = {"columns": columns(), "srid": 4547, "source_srid": 4547}
    return {"target": PushTarget("component", **{**given, **changes})}


# rule, the target that breaks it, and the one that just does not
CASES = [
    ("X1", target(exists=False), target()),
    ("X1", target(srid=4490), target()),
    ("X1", target(columns=columns(16)), target(columns=columns(18))),
    ("X2", target(owners={CODE: "z"}), target(owners={CODE: "a"})),
    ("X3", target(foreign_keys={"grid_code": {"1"}}), target(foreign_keys={"grid_code": CELLS})),
    (
        "X4",
        target(counts={"source": 4, "inserted": 2, "rejected": 1}),
        target(counts={"source": 4, "inserted": 2, "rejected": 2}),
    ),
    ("X5", target(changed_since={CODE}), target(changed_since={"1"})),
    ("X6", target(retired={CODE}), target(retired={"1"})),
    ("X7", target(log={"batch_id": "1", "user": ""}), target()),
]


@pytest.mark.parametrize(("rule_id", "broken", "fine"), CASES)
def test_a_rule_finds_what_breaks_it_and_nothing_else(holds, rule_id, broken, fine):
    holds(rule_id, "component", {}, {}, broken, fine)


def test_a_retired_cell_that_stays_retired_brings_nothing_back(holds):
    retired = {"target": PushTarget("unit_grid", retired=CELLS)}
    day = np.datetime64("2026-05-01")
    ended = {"end_date": np.array([day] * 4)}
    again = {"end_date": np.array([day] * 3 + [np.datetime64("NaT")])}
    holds("X6", "unit_grid", again, ended, retired)


def test_every_rule_has_a_case():
    rules = {r.id for r in all_rules() if r.subject is Subject.PUSH}
    assert rules == {case[0] for case in CASES}
