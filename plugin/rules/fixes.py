"""Apply the safe fixes that findings suggest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from . import cleaning
from .batch import Batch
from .finding import Finding, State
from .findings import as_text

# Cleaning gives way to a rule that knows the right value.
_GENERAL = "C8"


@dataclass(frozen=True)
class Fixed:
    """Outcome of `apply_fixes`.

    Attributes
    ----------
    batch : Batch
    count : int
        Values changed.
    rows : ndarray of int64
        Rows of the batch with a changed value, ascending.
    fields : tuple of str
        Fields with a changed value.
    skipped : int
        Fixes not applied: the value has changed since, two rules disagree, or the fix does
        not fit the field's type.
    """

    batch: Batch
    count: int
    rows: np.ndarray
    fields: tuple[str, ...]
    skipped: int


def apply_fixes(batch: Batch, findings: Iterable[Finding]) -> Fixed:
    """Return the batch with the fixes of open findings applied.

    Only values that still are what the finding saw are changed, so that applying the same
    findings twice changes nothing more, and old findings cannot undo newer work.

    Parameters
    ----------
    batch : Batch
    findings : iterable of Finding
        Those without a fix, accepted ones and those of other rows are passed over.
    """
    row_of = {int(i): row for row, i in enumerate(batch.ids.tolist())}
    proposals: dict[tuple[str, int], list[Finding]] = {}
    for finding in findings:
        row = row_of.get(finding.feature_id)
        if finding.fix and finding.state is State.OPEN and row is not None:
            proposals.setdefault((finding.field, row), []).append(finding)
    columns: dict[str, np.ndarray] = {}
    touched: set[int] = set()
    count = skipped = 0
    for (name, row), proposed in proposals.items():
        values = columns.get(name, batch.fields.get(name))
        chosen = _agreed(proposed)
        if values is None or chosen is None:
            skipped += 1
            continue
        new = _as_stored(chosen.fix, values.dtype)
        null = bool(batch.is_null(name)[row]) if values.dtype.kind in "iu" else False
        if new is _IMPOSSIBLE or not _is_current(values[row], null, chosen):
            skipped += not _is_there(values[row], chosen)
            continue
        if name not in columns:
            columns[name] = values = values.copy()
        values[row] = new
        touched.add(row)
        count += 1
    return Fixed(
        batch.with_fields(**columns) if columns else batch,
        count,
        np.array(sorted(touched), np.int64),
        tuple(sorted(columns)),
        skipped,
    )


_IMPOSSIBLE = object()


def _agreed(proposed: list[Finding]) -> Finding | None:
    special = [f for f in proposed if f.rule != _GENERAL] or proposed
    return special[0] if len({f.fix for f in special}) == 1 else None


def _as_stored(fix: str, dtype: np.dtype) -> Any:
    if dtype.kind == "O":
        return None if fix == cleaning.EMPTY else fix
    try:
        if dtype.kind == "f":
            return np.nan if fix == cleaning.EMPTY else float(fix)
        if dtype.kind == "M":
            text = fix if "-" in fix else f"{fix[:4]}-{fix[4:6]}-{fix[6:]}"
            return np.datetime64("NaT" if fix == cleaning.EMPTY else text)
        return int(fix)
    except ValueError:
        return _IMPOSSIBLE


def _is_current(value: Any, null: bool, finding: Finding) -> bool:
    """Return True while the value is the one the finding saw."""
    if finding.rule == _GENERAL:
        return isinstance(value, str) and _flawed(value) and cleaning.fix_of(value) == finding.fix
    now = "" if null else as_text([value], 1)[0]
    return now == finding.value or (not now.strip() and not finding.value.strip())


def _flawed(value: str) -> bool:
    return cleaning.kind_of(value) is not None


def _is_there(value: Any, finding: Finding) -> bool:
    if finding.fix == cleaning.EMPTY:
        return value is None
    return as_text([value], 1)[0] in (finding.fix, f"{_number(finding.fix):.10g}")


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")
