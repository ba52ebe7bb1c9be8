"""Levels through time."""

from datetime import UTC, datetime

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point
from wangge.plugin.risk.history import append_history, empty_history, history_rows, levels_at
from wangge.plugin.risk.periods import level_periods
from wangge.plugin.rules.batch import make_batch

LEVELS = ("", "red", "orange", "yellow", "blue")


def make_risk(levels):
    return make_batch(
        {
            "risk_code": [f"FX{i}" for i in range(len(levels))],
            "risk_name": ["桥"] * len(levels),
            "level": [level or None for level in levels],
        },
        [Point(i, 0) for i in range(len(levels))],
        crs="EPSG:4547",
    )


def day(number):
    return datetime(2026, 1, number, tzinfo=UTC)


def test_periods_follow_each_other_without_gap():
    risks, history = make_risk(["yellow"]), empty_history()
    for at, level in ((5, "red"), (9, "blue")):
        after = make_risk([level])
        history = append_history(history, history_rows(risks, after, reason="会", at=day(at)))
        risks = after
    periods = level_periods(risks, history)
    assert periods.fields["level"].tolist() == ["yellow", "red", "blue"]
    starts, ends = periods.fields["start"], periods.fields["end"]
    assert np.isnat(starts[0])
    assert np.isnat(ends[-1])
    assert starts[1:].tolist() == ends[:-1].tolist()
    assert [p.x for p in periods.geometry] == [0, 0, 0]


def test_a_risk_without_level_is_shown_from_its_first_rating():
    before, after = make_risk([""]), make_risk(["red"])
    periods = level_periods(after, history_rows(before, after, reason="", at=day(3)))
    assert periods.fields["level"].tolist() == ["red"]
    assert periods.fields["start"][0] == np.datetime64("2026-01-03", "ms")


@settings(max_examples=40)
@given(st.lists(st.lists(st.sampled_from(LEVELS), min_size=3, max_size=3), min_size=1, max_size=5))
def test_at_every_moment_the_periods_say_what_the_history_says(course):
    risks, history = make_risk(course[0]), empty_history()
    for number, levels in enumerate(course[1:], 2):
        after = make_risk(levels)
        changed = risks.text("level") != after.text("level")
        rows = history_rows(risks.take(changed), after.take(changed), reason="", at=day(number))
        history, risks = append_history(history, rows), after
    periods = level_periods(risks, history)
    start, end = periods.fields["start"], periods.fields["end"]
    for number in range(1, len(course) + 2):
        noon = np.datetime64(f"2026-01-{number:02}T12", "ms")
        shown = (np.isnat(start) | (start <= noon)) & (np.isnat(end) | (end > noon))
        moment = datetime(2026, 1, number, 12, tzinfo=UTC)
        wanted = {
            (code, level)
            for code, level in zip(
                risks.text("risk_code"), levels_at(risks, history, moment), strict=True
            )
            if level
        }
        found = periods.take(shown)
        assert set(zip(found.text("risk_code"), found.text("level"), strict=True)) == wanted
        assert len(found) == len(wanted)
