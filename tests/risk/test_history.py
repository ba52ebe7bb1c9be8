from datetime import UTC, datetime

import numpy as np
import pytest
from wangge.plugin.errors import WanggeError
from wangge.plugin.risk.history import (
    HISTORY_COLUMNS,
    append_history,
    assess,
    contradictions,
    empty_history,
    levels_at,
)
from wangge.plugin.risk.schemes import load_scheme
from wangge.plugin.rules.batch import make_batch

LEC = load_scheme("lec")
MATRIX = load_scheme("matrix_5x5_a")


def make_risks(**columns):
    n = len(next(iter(columns.values())))
    rows = {
        "risk_code": [f"R{i}" for i in range(n)],
        "likelihood": np.full(n, 3.0),
        "exposure": np.full(n, 6.0),
        "consequence": np.full(n, 15.0),
        "score": np.full(n, np.nan),
        "level": [None] * n,
        "scheme": [None] * n,
    }
    return make_batch({**rows, **columns})


def test_an_assessment_stores_score_level_and_scheme_with_version():
    result = assess(make_risks(likelihood=np.array([3.0, 6.0])), LEC)
    assert result.risks.fields["score"].tolist() == [270, 540]
    assert result.risks.fields["level"].tolist() == ["orange", "red"]
    assert result.risks.fields["scheme"].tolist() == ["lec@1", "lec@1"]


def test_rows_of_another_scheme_stay_unless_asked():
    risks = make_risks(
        likelihood=np.array([3.0, 5.0]),
        consequence=np.array([3.0, 5.0]),
        scheme=["lec@1", None],
        level=["blue", None],
        score=np.array([54.0, np.nan]),
    )
    result = assess(risks, MATRIX)
    assert result.risks.fields["scheme"].tolist() == ["lec@1", "matrix_5x5_a@1"]
    assert result.risks.fields["level"].tolist() == ["blue", "red"]
    assert result.other_scheme.tolist() == [True, False]
    assert result.history.fields["risk_code"].tolist() == ["R1"]


def test_a_new_scheme_on_request_keeps_what_was():
    at = datetime(2026, 7, 1, 8, tzinfo=UTC)
    risks = make_risks(
        consequence=np.array([3.0]), scheme=["lec@1"], level=["blue"], score=np.array([54.0])
    )
    result = assess(risks, MATRIX, rescore=True, reason="new guide", by="王工", at=at)
    (row,) = zip(*(result.history.fields[name] for name in HISTORY_COLUMNS), strict=True)
    assert row == (
        *(None, "R0", np.datetime64("2026-07-01T08:00", "ms")),
        *("blue", "yellow", 54.0, 9.0, "lec@1", "matrix_5x5_a@1", "new guide", "王工"),
    )


def test_the_same_assessment_again_writes_no_history():
    once = assess(make_risks(likelihood=np.array([3.0, np.nan])), LEC)
    assert len(once.history) == 1
    assert len(assess(once.risks, LEC).history) == 0


def test_a_row_that_cannot_be_scored_stays_and_is_named():
    risks = make_risks(likelihood=np.array([4.0]), level=["red"], score=np.array([400.0]))
    result = assess(risks, LEC)
    assert result.risks.fields["level"].tolist() == ["red"]
    assert result.assessed.tolist() == [False]
    (problem,) = result.problems
    assert problem.field == "likelihood"
    assert problem.message.startswith("Risk R0: Likelihood (L) is 4, but lec@1 allows")


def test_an_older_version_counts_as_another_scheme():
    result = assess(make_risks(scheme=["lec@0"]), LEC)
    assert result.other_scheme.tolist() == [True]
    assert len(result.history) == 0


def test_integer_columns_with_nulls_and_text_columns():
    risks = make_risks(likelihood=np.array([3, 6]))
    assert assess(risks, LEC).risks.fields["level"].tolist() == ["orange", "red"]
    with pytest.raises(WanggeError, match="likelihood holds text"):
        assess(make_risks(likelihood=["high"]), LEC)


def test_levels_of_an_earlier_day():
    day = [datetime(2026, month, 1, tzinfo=UTC) for month in (1, 2, 3, 4)]
    first = assess(make_risks(likelihood=np.array([1.0, 6.0])), LEC, at=day[0])
    raised = first.risks.with_fields(likelihood=np.array([6.0, 6.0]))
    second = assess(raised, LEC, at=day[2])
    history = append_history(append_history(empty_history(), first.history), second.history)
    assert history.ids.tolist() == [1, 2, 3]
    assert second.risks.fields["level"].tolist() == ["red", "red"]
    assert levels_at(second.risks, history, day[1]).tolist() == ["yellow", "red"]
    assert levels_at(second.risks, history, day[3]).tolist() == ["red", "red"]
    before = datetime(2025, 1, 1, tzinfo=UTC)
    assert levels_at(second.risks, history, before).tolist() == [None, None]


def test_stated_values_that_contradict_the_scheme():
    risks = make_risks(
        likelihood=np.array([3.0, 3.0, np.nan, np.nan]),
        score=np.array([270.0, 300.0, 100.0, np.nan]),
        level=["orange", "red", "blue", "red"],
    )
    score_differs, level_differs = contradictions(risks, LEC)
    assert score_differs.tolist() == [False, True, False, False]
    assert level_differs.tolist() == [False, True, True, False]
