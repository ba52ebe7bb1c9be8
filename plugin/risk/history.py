"""Assess risks by a scheme and keep every change of a level, with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np

from ..errors import WanggeError
from ..rules.batch import Batch, concatenate
from ..translation import translate
from .schemes import Scheme
from .scoring import Problem, levels_of, score

#: Columns of the history table, in order, with their types.
HISTORY_COLUMNS: Mapping[str, str] = {
    "uuid": "object",
    "risk_code": "object",
    "changed_at": "datetime64[ms]",
    "old_level": "object",
    "new_level": "object",
    "old_score": "float64",
    "new_score": "float64",
    "old_scheme": "object",
    "new_scheme": "object",
    "reason": "object",
    "changed_by": "object",
}


@dataclass(frozen=True)
class Assessment:
    """What an assessment made of the risks.

    Attributes
    ----------
    risks : Batch
        All rows in their order, with `score`, `level` and `scheme` set where assessed.
    history : Batch
        One row for each risk whose level, score or scheme changed.
    assessed : ndarray of bool, shape (n,)
        The rows that the scheme scored now.
    other_scheme : ndarray of bool, shape (n,)
        Rows left alone because they were assessed by another scheme or version.
    problems : tuple of Problem
        Factors that kept a row from being scored; such rows stay as they were.
    """

    risks: Batch
    history: Batch
    assessed: np.ndarray
    other_scheme: np.ndarray
    problems: tuple[Problem, ...]


def real_column(batch: Batch, name: str) -> np.ndarray:
    """Return a number column as float64 with NaN for null; all NaN when it is absent."""
    values = batch.fields.get(name)
    if values is None:
        return np.full(len(batch), np.nan)
    if values.dtype.kind == "f":
        return values
    null = batch.is_null(name)
    try:
        return np.where(null, np.nan, np.where(null, 0, values).astype(np.float64))
    except (TypeError, ValueError) as error:
        raise WanggeError(
            translate(
                "Wangge", "The field {field} holds text where numbers belong. Make it a number."
            ).format(field=name),
            detail=str(error),
        ) from error


def assess(
    risks: Batch,
    scheme: Scheme,
    *,
    rescore: bool = False,
    reason: str = "",
    by: str = "",
    at: datetime | None = None,
) -> Assessment:
    """Score risks; those assessed by another scheme or version only on request.

    Parameters
    ----------
    risks : Batch
        Rows of the risk layer.
    scheme : Scheme
    rescore : bool
        Also score the rows whose field ``scheme`` names another scheme or version.
    reason, by : str
        Written into the history.
    at : datetime, optional
        With its time zone; now when not given. The history holds UTC.

    Returns
    -------
    Assessment
        `risks` is unchanged.
    """
    result = score(scheme, {field: real_column(risks, field) for field in scheme.fields})
    old_scheme = risks.text("scheme")
    other = (old_scheme != "") & (old_scheme != scheme.reference)
    assessed = result.scored if rescore else result.scored & ~other
    old_level, old_score = risks.text("level"), real_column(risks, "score")
    new_level = np.where(assessed, result.levels, old_level)
    new_score = np.where(assessed, result.scores, old_score)
    new_scheme = np.where(assessed, scheme.reference, old_scheme)
    same_score = (new_score == old_score) | (np.isnan(new_score) & np.isnan(old_score))
    changed = (new_level != old_level) | ~same_score | (new_scheme != old_scheme)
    updated = risks.with_fields(
        score=new_score.astype(np.float64),
        level=_null_for_empty(new_level),
        scheme=_null_for_empty(new_scheme),
    )
    history = history_rows(risks.take(changed), updated.take(changed), reason=reason, by=by, at=at)
    left_alone = other & ~assessed & (not rescore)
    return Assessment(
        risks=updated,
        history=history,
        assessed=assessed,
        other_scheme=left_alone,
        problems=tuple(
            replace(p, message=_named(risks, p)) for p in result.problems if not left_alone[p.row]
        ),
    )


def _named(risks: Batch, problem: Problem) -> str:
    code = risks.text("risk_code")[problem.row] or risks.ids[problem.row]
    return translate("Wangge", "Risk {code}: {reason}").format(code=code, reason=problem.message)


def _null_for_empty(values: np.ndarray) -> np.ndarray:
    values = values.astype(object)
    values[values == ""] = None
    return values


def history_rows(
    before: Batch, after: Batch, *, reason: str, by: str = "", at: datetime | None = None
) -> Batch:
    """Return history rows for risks that changed; both batches hold the same rows in order."""
    moment = (at or datetime.now(UTC)).astimezone(UTC).replace(tzinfo=None)
    n = len(before)
    columns: dict[str, np.ndarray] = {
        "uuid": _null_for_empty(after.text("uuid")),
        "risk_code": _null_for_empty(after.text("risk_code")),
        "changed_at": np.full(n, np.datetime64(moment, "ms")),
        "old_level": _null_for_empty(before.text("level")),
        "new_level": _null_for_empty(after.text("level")),
        "old_score": real_column(before, "score"),
        "new_score": real_column(after, "score"),
        "old_scheme": _null_for_empty(before.text("scheme")),
        "new_scheme": _null_for_empty(after.text("scheme")),
        "reason": np.full(n, reason or None, dtype=object),
        "changed_by": np.full(n, by or None, dtype=object),
    }
    return Batch(columns, None, np.arange(1, n + 1, dtype=np.int64))


def empty_history() -> Batch:
    """Return a history without rows."""
    return Batch(
        {name: np.empty(0, dtype=kind) for name, kind in HISTORY_COLUMNS.items()},
        None,
        np.empty(0, dtype=np.int64),
    )


def append_history(history: Batch, rows: Batch) -> Batch:
    """Return ``history`` with ``rows`` added below it; nothing is ever taken out."""
    joined = concatenate([history, rows])
    return Batch(joined.fields, None, np.arange(1, len(joined) + 1, dtype=np.int64))


def levels_at(risks: Batch, history: Batch, moment: datetime) -> np.ndarray:
    """Return each risk's level as it was at a moment, for maps of levels over time.

    Parameters
    ----------
    risks : Batch
        With ``risk_code`` and today's ``level``.
    history : Batch
        As `assess` writes it.
    moment : datetime
        With its time zone.

    Returns
    -------
    ndarray of object, shape (n,)
        None where the risk had no level then.
    """
    when = np.datetime64(moment.astimezone(UTC).replace(tzinfo=None), "ms")
    levels = _null_for_empty(risks.text("level"))
    row_of = {code: row for row, code in enumerate(risks.text("risk_code")) if code}
    codes, times = history.text("risk_code"), history.fields["changed_at"]
    # Going back from today, the earliest later change holds the level of the moment.
    for i in np.argsort(times, kind="stable")[::-1]:
        row = row_of.get(codes[i])
        if times[i] > when and row is not None:
            levels[row] = history.fields["old_level"][i]
    return levels


def contradictions(risks: Batch, scheme: Scheme) -> tuple[np.ndarray, np.ndarray]:
    """Return where a stated score, and where a stated level, differs from the scheme's.

    Returns
    -------
    score_differs, level_differs : ndarray of bool, shape (n,)
        Only rows that state the value; a row without factors is compared by its stated
        score alone.
    """
    result = score(scheme, {field: real_column(risks, field) for field in scheme.fields})
    stated_score, stated_level = real_column(risks, "score"), risks.text("level")
    with np.errstate(invalid="ignore"):
        score_differs = (
            result.scored & ~np.isnan(stated_score) & (np.abs(result.scores - stated_score) > 0.005)
        )
    known = result.scored | ~np.isnan(stated_score)
    level = np.where(result.scored, result.levels, levels_of(scheme, stated_score))
    level_differs = (stated_level != "") & known & (level != stated_level)
    return score_differs, level_differs
