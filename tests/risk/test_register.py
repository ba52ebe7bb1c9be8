from datetime import UTC, date, datetime

import numpy as np
import pytest
from wangge.plugin.errors import WanggeError
from wangge.plugin.risk.register import (
    Review,
    change_level,
    change_status,
    next_reviews,
    overdue_days,
    review_states,
    take_over,
)
from wangge.plugin.risk.schemes import load_scheme
from wangge.plugin.risk.workshop.minutes import SettledRisk
from wangge.plugin.rules.batch import make_batch

TODAY = date(2026, 7, 1)


def make_risks(**columns):
    n = len(next(iter(columns.values())))
    return make_batch({"risk_code": [f"R{i}" for i in range(n)], **columns})


def test_reviews_by_the_interval_of_the_level():
    rows = [
        ("red", "2026-06-30", "open", Review.OVERDUE),
        ("red", "2026-07-01", "open", Review.SOON),
        ("red", "2026-07-08", "open", Review.SOON),
        ("red", "2026-07-09", "open", Review.PLANNED),
        ("red", "2026-07-31", "open", Review.PLANNED),
        ("red", "2026-08-01", "open", Review.TOO_LATE),
        ("orange", "2026-08-01", "treating", Review.PLANNED),
        ("blue", "NaT", "open", Review.MISSING),
        ("blue", "2020-01-01", "closed", Review.NOT_NEEDED),
        (None, "2020-01-01", "open", Review.NOT_NEEDED),
    ]
    level, day, status, expected = (list(c) for c in zip(*rows, strict=True))
    risks = make_risks(level=level, review_date=np.array(day, dtype="datetime64[D]"), status=status)
    assert review_states(risks, TODAY).tolist() == expected
    assert overdue_days(risks, TODAY).tolist()[:3] == [1, 0, 0]
    assert overdue_days(risks, TODAY)[8] == 0


def test_a_city_sets_its_own_intervals():
    risks = make_risks(level=["red"], review_date=np.array(["2026-07-20"], "datetime64[D]"))
    assert review_states(risks, TODAY, intervals={"red": 14}).tolist() == [Review.TOO_LATE]


def test_the_next_review_follows_from_the_level():
    days = next_reviews(np.array(["red", "blue", None], dtype=object), TODAY)
    assert days.astype(str).tolist() == ["2026-07-31", "2027-07-01", "NaT"]


def test_a_review_date_that_is_text_is_refused():
    risks = make_risks(level=["red"], review_date=["soon"])
    with pytest.raises(WanggeError, match="review_date of the risk layer is no date"):
        review_states(risks, TODAY)


def test_status_goes_its_way_with_a_history():
    risks = make_risks(status=["open", "treating", "closed", None])
    at = datetime(2026, 7, 1, tzinfo=UTC)
    after, history = change_status(
        risks, np.array([0, 1, 2]), "closed", reason="已整改", by="王工", at=at
    )
    assert after.fields["status"].tolist() == ["closed", "closed", "closed", ""]
    assert history.fields["risk_code"].tolist() == ["R0", "R1"]
    assert history.fields["old_status"].tolist() == ["open", "treating"]
    assert history.fields["reason"].tolist() == ["已整改"] * 2


@pytest.mark.parametrize(
    ("row", "status", "reason", "words"),
    [
        (2, "treating", "x", "R2 cannot go from closed to under treatment"),
        (2, "open", " ", "Give a reason"),
        (0, "closed", "", "Give a reason"),
        (0, "done", "x", "done is no status"),
    ],
)
def test_status_that_may_not_follow_is_refused(row, status, reason, words):
    risks = make_risks(status=["open", "treating", "closed"])
    with pytest.raises(WanggeError, match=words):
        change_status(risks, np.array([row]), status, reason=reason)


def test_a_level_by_decision_needs_a_reason_and_leaves_the_scheme():
    risks = make_risks(
        level=["orange", "red"], score=np.array([270.0, 540.0]), scheme=["lec@1", "lec@1"]
    )
    with pytest.raises(WanggeError, match="Give a reason for the new level of risk R0"):
        change_level(risks, 0, "red", reason="")
    with pytest.raises(WanggeError, match="purple is no level"):
        change_level(risks, 0, "purple", reason="x")
    after, history = change_level(risks, 0, "red", reason="汛期")
    assert after.fields["level"].tolist() == ["red", "red"]
    assert after.fields["scheme"].tolist() == [None, "lec@1"]
    assert np.isnan(after.fields["score"][0])
    assert history.fields["old_level"].tolist() == ["orange"]
    assert history.fields["reason"].tolist() == ["汛期"]
    assert len(change_level(risks, 1, "red", reason="x")[1]) == 0


def test_a_workshop_is_taken_over_risk_by_risk():
    risks = make_risks(
        level=["blue", None, "red"],
        score=np.array([4.0, np.nan, 540.0]),
        scheme=["matrix_5x5_a@1", None, "lec@1"],
    )
    values = {"likelihood": 3.0, "exposure": 6.0, "consequence": 15.0}
    settled = [
        SettledRisk("R1", values, 270, "orange", "一致"),
        SettledRisk("R0", values, 270, "orange", "汛期"),
    ]
    result = take_over(risks, settled, load_scheme("lec"), by="主持人")
    assert result.risks.fields["level"].tolist() == ["orange", "orange", "red"]
    assert result.risks.fields["scheme"].tolist() == ["lec@1"] * 3
    assert result.risks.fields["exposure"][:2].tolist() == [6, 6]
    assert np.isnan(result.risks.fields["exposure"][2])
    assert result.history.fields["reason"].tolist() == ["一致", "汛期"]
    assert result.history.fields["old_scheme"].tolist() == [None, "matrix_5x5_a@1"]
    assert result.assessed.tolist() == [True, True, False]
    gone = [SettledRisk("R9", values, 270, "orange", "")]
    with pytest.raises(WanggeError, match="R9 was settled"):
        take_over(risks, gone, load_scheme("lec"))
