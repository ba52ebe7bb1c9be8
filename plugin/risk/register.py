"""The register in the course of time: reviews that fall due, changes of status and level."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from enum import Enum
from types import MappingProxyType

import numpy as np

from ..errors import WanggeError
from ..rules.batch import Batch
from ..standards.domains import domain
from ..translation import translate
from .history import Assessment, append_history, assess, empty_history, history_rows, real_column
from .schemes import LEVELS, Scheme
from .workshop.minutes import SettledRisk

#: Days within which a risk of a level is reviewed; no norm fixes them.
DEFAULT_INTERVALS: Mapping[str, int] = MappingProxyType(
    {"red": 30, "orange": 90, "yellow": 180, "blue": 365}
)

#: Status -> statuses that may follow.
TRANSITIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"open": ("treating", "closed"), "treating": ("open", "closed"), "closed": ("open",)}
)

_SOON_DAYS = 7


class Review(Enum):
    """How a risk stands with its next review."""

    NOT_NEEDED = "not_needed"
    PLANNED = "planned"
    SOON = "soon"
    OVERDUE = "overdue"
    MISSING = "missing"
    TOO_LATE = "too_late"


def review_states(
    risks: Batch,
    today: date,
    *,
    intervals: Mapping[str, int] = DEFAULT_INTERVALS,
    soon_days: int = _SOON_DAYS,
) -> np.ndarray:
    """Return how each risk stands with its next review.

    Parameters
    ----------
    risks : Batch
        With ``level``, ``review_date`` (the day of the next review) and ``status``.
    today : date
    intervals : mapping of str to int
        Level -> days.
    soon_days : int
        A review within so many days is `Review.SOON`.

    Returns
    -------
    ndarray of Review, shape (n,)
        NOT_NEEDED for closed risks and those without level; TOO_LATE where the planned day
        is later than the interval allows.
    """
    days = _interval_days(risks.text("level"), intervals)
    review = _days(risks, "review_date")
    now = np.datetime64(today, "D")
    states = np.full(len(risks), Review.PLANNED, dtype=object)
    states[review > now + np.maximum(days, 0).astype("timedelta64[D]")] = Review.TOO_LATE
    states[(review >= now) & (review <= now + np.timedelta64(soon_days, "D"))] = Review.SOON
    states[review < now] = Review.OVERDUE
    states[np.isnat(review)] = Review.MISSING
    states[(days < 0) | (risks.text("status") == "closed")] = Review.NOT_NEEDED
    return states


def overdue_days(risks: Batch, today: date) -> np.ndarray:
    """Return how many days each open risk's review is overdue, 0 where it is not; int64."""
    review = _days(risks, "review_date")
    late = (np.datetime64(today, "D") - review).astype(np.int64)
    due = ~np.isnat(review) & (late > 0) & (risks.text("status") != "closed")
    return np.where(due, late, 0)


def next_reviews(
    levels: np.ndarray, day: date, *, intervals: Mapping[str, int] = DEFAULT_INTERVALS
) -> np.ndarray:
    """Return the day of the next review after one on ``day``; NaT for rows without level."""
    days = _interval_days(levels, intervals)
    result = np.datetime64(day, "D") + np.maximum(days, 0).astype("timedelta64[D]")
    result[days < 0] = np.datetime64("NaT")
    return result


def _interval_days(levels: np.ndarray, intervals: Mapping[str, int]) -> np.ndarray:
    days = np.full(len(levels), -1, dtype=np.int64)
    for level, interval in intervals.items():
        days[np.asarray(levels, dtype=object) == level] = interval
    return days


def _days(risks: Batch, name: str) -> np.ndarray:
    values = risks.fields.get(name)
    if values is None:
        return np.full(len(risks), "NaT", dtype="datetime64[D]")
    if values.dtype.kind == "M":
        return values.astype("datetime64[D]")
    raise WanggeError(
        translate("Wangge", "The field {field} of the risk layer is no date. Make it one.").format(
            field=name
        )
    )


def change_status(
    risks: Batch,
    rows: np.ndarray,
    status: str,
    *,
    reason: str = "",
    by: str = "",
    at: datetime | None = None,
) -> tuple[Batch, Batch]:
    """Set the status of some risks.

    Parameters
    ----------
    risks : Batch
    rows : ndarray of int or bool
    status : str
        One of `TRANSITIONS`.
    reason : str
        Needed to close a risk and to open a closed one again.

    Returns
    -------
    risks, history : Batch
        The history has ``risk_code``, ``uuid``, ``changed_at``, ``old_status``,
        ``new_status``, ``reason`` and ``changed_by``; rows that had the status already make
        none.

    Raises
    ------
    WanggeError
        When a risk may not go from its status to this one, or the reason is missing.
    """
    if status not in TRANSITIONS:
        raise WanggeError(
            translate("Wangge", "{status} is no status. Use one of {known}.").format(
                status=status, known=", ".join(TRANSITIONS)
            )
        )
    before = risks.text("status")
    chosen = np.zeros(len(risks), bool)
    chosen[rows] = True
    chosen &= before != status
    codes = risks.text("risk_code")
    for row in np.flatnonzero(chosen):
        old = before[row] or "open"
        if status not in TRANSITIONS.get(old, (status,)) and old != status:
            raise WanggeError(
                translate("Wangge", "Risk {code} cannot go from {old} to {new}.").format(
                    code=codes[row],
                    old=domain("risk_status")[old].label,
                    new=domain("risk_status")[status].label,
                )
            )
        if "closed" in (old, status) and not reason.strip():
            raise WanggeError(
                translate(
                    "Wangge", "Give a reason for closing risk {code} or opening it again."
                ).format(code=codes[row])
            )
    after = risks.text("status").astype(object)
    after[chosen] = status
    moment = (at or datetime.now(UTC)).astimezone(UTC).replace(tzinfo=None)
    n = int(chosen.sum())
    history = Batch(
        {
            "uuid": risks.text("uuid")[chosen],
            "risk_code": codes[chosen],
            "changed_at": np.full(n, np.datetime64(moment, "ms")),
            "old_status": before[chosen],
            "new_status": np.full(n, status, dtype=object),
            "reason": np.full(n, reason, dtype=object),
            "changed_by": np.full(n, by, dtype=object),
        },
        None,
        np.arange(1, n + 1, dtype=np.int64),
    )
    return risks.with_fields(status=after), history


def change_level(
    risks: Batch,
    row: int,
    level: str,
    *,
    reason: str,
    by: str = "",
    at: datetime | None = None,
) -> tuple[Batch, Batch]:
    """Set a risk's level by decision, against or without a scheme.

    The scheme is cleared where the level is no longer the one it gave.

    Returns
    -------
    risks, history : Batch
        The history as `history.assess` writes it, empty when the level was the same.

    Raises
    ------
    WanggeError
        When the level is none or the reason is missing.
    """
    if level not in LEVELS:
        raise WanggeError(
            translate("Wangge", "{level} is no level. Use one of {known}.").format(
                level=level, known=", ".join(LEVELS)
            )
        )
    if not reason.strip():
        raise WanggeError(
            translate("Wangge", "Give a reason for the new level of risk {code}.").format(
                code=risks.text("risk_code")[row]
            )
        )
    if risks.text("level")[row] == level:
        return risks, empty_history()
    columns = {}
    for name, value in (("level", level), ("scheme", None)):
        column = risks.text(name).astype(object)
        column[column == ""] = None
        column[row] = value
        columns[name] = column
    score = real_column(risks, "score").copy()
    score[row] = np.nan
    after = risks.with_fields(score=score, **columns)
    picked = np.array([row])
    rows = history_rows(risks.take(picked), after.take(picked), reason=reason, by=by, at=at)
    return after, rows


def take_over(
    risks: Batch,
    settled: Iterable[SettledRisk],
    scheme: Scheme,
    *,
    by: str = "",
    at: datetime | None = None,
) -> Assessment:
    """Write what a workshop settled into the register, each with its own reason.

    Raises
    ------
    WanggeError
        When a settled risk is no longer in the register.
    """
    row_of = {code: row for row, code in enumerate(risks.text("risk_code"))}
    history = empty_history()
    assessed = np.zeros(len(risks), bool)
    for one in settled:
        if one.code not in row_of:
            raise WanggeError(
                translate(
                    "Wangge", "Risk {code} was settled but is not in the layer. Add it again."
                ).format(code=one.code)
            )
        row = row_of[one.code]
        columns = {}
        for name, value in one.values.items():
            columns[name] = real_column(risks, name).copy()
            columns[name][row] = value
        picked = np.array([row])
        result = assess(
            risks.with_fields(**columns).take(picked),
            scheme,
            rescore=True,
            reason=one.reason,
            by=by,
            at=at,
        )
        for name in ("score", "level", "scheme"):
            own = real_column(risks, name) if name == "score" else risks.text(name)
            columns[name] = own.astype(np.float64 if name == "score" else object)
            columns[name][row] = result.risks.fields[name][0]
            if name != "score":
                columns[name][columns[name] == ""] = None
        risks = risks.with_fields(**columns)
        history = append_history(history, result.history)
        assessed[row] = True
    return Assessment(risks, history, assessed, np.zeros(len(risks), bool), ())
