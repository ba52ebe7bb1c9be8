"""Risk rules on schemes and levels: R1, R2, R4, R5, R9, R12."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from ..translation import translate
from .common_text_rules import not_listed
from .finding import Severity
from .references import Scheme
from .rows import Rows
from .rule import Hits, Parameter, Subject, describe


def _schemes_of(rows: Rows, context) -> Iterator[tuple[Scheme, np.ndarray]]:
    """Yield each known scheme that rows name (or the default), and which rows do."""
    named = rows.coded("scheme")
    own = [v.strip() or context.default_scheme for v in named.values]
    for name in sorted(set(own)):
        scheme = context.schemes.get(name)
        if scheme is not None:
            yield scheme, named.spread(np.array([o == name for o in own], bool))


def _check_level(rows: Rows, context, parameters) -> Iterator[Hits]:
    yield from not_listed(rows, "level", "risk_level")
    if context.schemes is None:
        return
    level = rows.coded("level")
    given = np.array(level.values, dtype=object)[level.index]
    for scheme, mine in _schemes_of(rows, context):
        factors = [rows.numbers(name) for name in scheme.factors]
        score = np.prod(factors, axis=0)
        stored = rows.numbers("score")
        off = np.flatnonzero(mine & (np.abs(stored - score) > 1e-9 * np.maximum(np.abs(score), 1)))
        yield Hits(
            off,
            translate(
                "Wangge", "{field} is {value}; scheme {scheme} gives {score:.6g}. Score again."
            ),
            "score",
            stored[off],
            {"scheme": scheme.id, "score": score[off]},
            [f"{s:.10g}" for s in score[off].tolist()],
        )
        known = np.where(np.isfinite(score), score, stored)
        expected = scheme.levels(known)
        off = np.flatnonzero(mine & np.isfinite(known) & ~level.blank & (given != expected))
        yield Hits(
            off,
            translate(
                "Wangge",
                "{field} is {value}; scheme {scheme} gives {expected} for a score of {score:.6g}. "
                "Score again, or state the reason.",
            ),
            "level",
            level.pick(off),
            {"scheme": scheme.id, "expected": expected[off], "score": known[off]},
        )


def _check_factors(rows: Rows, context, parameters) -> Iterator[Hits]:
    named = rows.coded("scheme")
    anything = np.zeros(len(rows), bool)
    for name in ("likelihood", "exposure", "consequence", "score"):
        anything |= np.isfinite(rows.numbers(name))
    found = np.flatnonzero(named.blank & anything)
    yield Hits(
        found,
        translate("Wangge", "The risk is scored, but {field} is empty. Record the scheme used."),
        "scheme",
    )
    unknown = named.spread(
        np.array([bool(v.strip()) and v not in context.schemes for v in named.values], bool)
    )
    found = np.flatnonzero(unknown)
    yield Hits(
        found,
        translate("Wangge", "{field} “{value}” is not known. Known are: {known}."),
        "scheme",
        named.pick(found),
        {"known": ", ".join(sorted(context.schemes))},
    )
    for scheme, mine in _schemes_of(rows, context):
        for name, allowed in scheme.factors.items():
            values = rows.numbers(name)
            found = np.flatnonzero(mine & np.isfinite(values) & ~np.isin(values, allowed))
            yield Hits(
                found,
                translate(
                    "Wangge", "{field} is {value}; scheme {scheme} admits {allowed}. Choose one."
                ),
                name,
                values[found],
                {"scheme": scheme.id, "allowed": ", ".join(f"{a:g}" for a in allowed)},
            )
            found = np.flatnonzero(mine & ~named.blank & np.isnan(values))
            yield Hits(
                found,
                translate("Wangge", "{field} is empty; scheme {scheme} needs it. Fill it in."),
                name,
                None,
                {"scheme": scheme.id},
            )


def _missing_for(rows: Rows, levels: tuple[str, ...], name: str) -> np.ndarray:
    concerned = rows.coded("level").found_in(set(levels))
    return np.flatnonzero(concerned & rows.coded(name).blank)


def _check_measures(rows: Rows, context, parameters) -> Iterator[Hits]:
    found = _missing_for(rows, parameters["levels"], "measures")
    yield Hits(
        found,
        translate(
            "Wangge",
            "A risk of level {level} needs control measures; {field} is empty. Fill it in.",
        ),
        "measures",
        None,
        {"level": rows.coded("level").pick(found)},
    )


def _check_review(rows: Rows, context, parameters) -> Iterator[Hits]:
    review = rows.dates("review_date")
    level = rows.coded("level")
    open_ = ~rows.coded("status").found_in(set(parameters["closed"]))
    days = level.spread(np.array([parameters["days"].get(v, -1) for v in level.values], np.int64))
    concerned = open_ & (days >= 0)
    found = np.flatnonzero(concerned & np.isnat(review))
    yield Hits(
        found,
        translate(
            "Wangge", "{field} is empty. A risk of level {level} is reviewed every {days} days."
        ),
        "review_date",
        None,
        {"level": level.pick(found), "days": days[found]},
    )
    found = np.flatnonzero(concerned & (review < context.today64))
    yield Hits(
        found,
        translate("Wangge", "The review was due on {value}. Review the risk and set a new date."),
        "review_date",
        review[found].astype(str),
    )
    latest = context.today64 + days.astype("timedelta64[D]")
    found = np.flatnonzero(concerned & (review > latest))
    yield Hits(
        found,
        translate(
            "Wangge",
            "{field} {value} is too late: level {level} is reviewed within {days} days. Set an "
            "earlier date.",
        ),
        "review_date",
        review[found].astype(str),
        {"level": level.pick(found), "days": days[found]},
    )


def _check_change(rows: Rows, context, parameters) -> Iterator[Hits]:
    level, key = rows.coded("level"), rows.keys
    before = key.spread(
        np.array([context.previous_levels.get(v, "") for v in key.values], dtype=object)
    )
    now = np.array(level.values, dtype=object)[level.index]
    reason = np.ones(len(rows), bool)
    for name in parameters["fields"]:
        reason &= rows.coded(name).blank
    found = np.flatnonzero((before != "") & (now != "") & (before != now) & reason)
    yield Hits(
        found,
        translate("Wangge", "{field} went from {before} to {value} without a reason. State it."),
        "level",
        level.pick(found),
        {"before": before[found]},
    )


def _check_monitoring(rows: Rows, context, parameters) -> Iterator[Hits]:
    concerned = (rows.types == 0) & rows.coded("level").found_in(set(parameters["levels"]))
    found = np.flatnonzero(concerned & rows.coded("monitoring").blank)
    yield Hits(
        found,
        translate("Wangge", "A red risk without monitoring or plan; {field} is empty. Fill it in."),
        "monitoring",
    )


_rule = partial(describe, Subject.RISK)
_E, _W = Severity.ERROR, Severity.WARNING

RULES = (
    _rule(
        "R1",
        _E,
        _check_level,
        ("Level is the scheme's", "等级与评价方案一致"),
        (
            "The level is red, orange, yellow or blue, and the one the scheme gives for the score.",
            "等级为红、橙、黄、蓝之一，且与方案按分值得出的一致。",
        ),
        fields=("level",),
        tags=("score",),
    ),
    _rule(
        "R2",
        _E,
        _check_factors,
        ("Factors allowed, scheme recorded", "因子取值合法并记录方案"),
        (
            "Factors take the values of the scheme, and the scheme is recorded.",
            "各因子取值应符合方案规定，并记录所用方案。",
        ),
        needs=("schemes",),
        fields=("scheme",),
        tags=("score",),
    ),
    _rule(
        "R4",
        _E,
        _check_measures,
        ("Measures for red and orange", "红、橙风险有管控措施"),
        ("Red and orange risks name control measures.", "红色、橙色风险应填写管控措施。"),
        fields=("level", "measures"),
        parameters=(Parameter("levels", ("red", "orange"), "", "Levels concerned.", "适用等级。"),),
        tags=("attribute",),
    ),
    _rule(
        "R5",
        _W,
        _check_review,
        ("Reviewed in time", "按期复核"),
        (
            "The next review lies ahead and within the interval of the level; no norm fixes the "
            "intervals.",
            "下次复核日期未过期且在该等级的间隔内；间隔无统一规定，可调整。",
        ),
        fields=("level", "review_date"),
        parameters=(
            Parameter(
                "days",
                {"red": 30, "orange": 90, "yellow": 180, "blue": 365},
                "d",
                "Interval by level.",
                "各等级复核间隔。",
            ),
            Parameter(
                "closed", ("已销号", "closed"), "", "Statuses without review.", "无须复核的状态。"
            ),
        ),
        tags=("history",),
    ),
    _rule(
        "R9",
        _W,
        _check_change,
        ("Change of level has a reason", "等级变化有理由"),
        (
            "A level that differs from the previous edition's has a reason.",
            "与上一版不同的等级应说明理由。",
        ),
        needs=("previous_levels",),
        fields=("level",),
        parameters=(
            Parameter(
                "fields",
                ("level_reason", "reason"),
                "",
                "Fields that may hold it.",
                "可填写理由的字段。",
            ),
        ),
        tags=("history",),
    ),
    _rule(
        "R12",
        _W,
        _check_monitoring,
        ("Red points monitored", "红色点位有监测或预案"),
        ("A red point has monitoring or a plan.", "红色风险点应有监测设备或预案。"),
        fields=("level", "monitoring"),
        parameters=(Parameter("levels", ("red",), "", "Levels concerned.", "适用等级。"),),
        tags=("attribute",),
    ),
)
