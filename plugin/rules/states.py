"""States that last: what was accepted stays accepted until the feature changes."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import replace

import numpy as np
import shapely

from ..errors import WanggeError
from ..translation import translate
from .batch import Batch
from .finding import Finding, Severity, State
from .result import CheckResult, finding_identity


def accept(
    findings: Iterable[Finding], *, person: str, reason: str, date: datetime.date
) -> list[Finding]:
    """Return findings as accepted.

    Raises
    ------
    WanggeError
        When nobody or nothing is named: who reads it later must know.
    """
    if not person.strip() or not reason.strip():
        raise WanggeError(
            translate(
                "Wangge", "To accept a finding, name the person who accepts it and the reason."
            )
        )
    return [
        replace(
            f,
            state=State.ACCEPTED,
            accepted_by=person.strip(),
            accepted_reason=reason.strip(),
            accepted_date=date.isoformat(),
        )
        for f in findings
    ]


def reopen(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings as open again."""
    return [
        replace(f, state=State.OPEN, accepted_by="", accepted_reason="", accepted_date="")
        for f in findings
    ]


def carry_over(
    previous: Iterable[Finding], result: CheckResult, *, checked: Collection[str] | None = None
) -> CheckResult:
    """Return a new run's result with the states of earlier findings.

    A finding is the same when rule, feature, field, value and geometry are. Accepted ones
    stay accepted; a feature whose geometry or value changed is open again; one that is no
    longer found is fixed. What the run could not judge stays as it was: findings of rules
    that did not run or were cut at the cap, and of features that were not checked.

    Parameters
    ----------
    previous : iterable of Finding
        All findings of earlier runs on the layer, whatever their state.
    result : CheckResult
    checked : collection of str, optional
        Keys of the features checked, where the run was only about some of them.
    """
    judged = {run.rule.id for run in result.ran if not run.is_capped}
    now = {finding_identity(f) for f in result}
    places = {identity[:2] for identity in now}
    accepted: dict[tuple, Finding] = {}
    closed: list[Finding] = []
    for old in previous:
        if old.layer != result.layer:
            continue
        identity = finding_identity(old)
        if identity in now:
            if old.state is State.ACCEPTED:
                accepted[identity] = old
        elif old.rule not in judged or (checked is not None and old.feature_key not in checked):
            closed.append(old)
        elif identity[:2] not in places:
            # Gone for good. Where rule and feature are found anew, that one replaces it.
            closed.append(
                old if old.state is State.FIXED else replace(reopen([old])[0], state=State.FIXED)
            )
    return replace(result, accepted=accepted, closed=tuple(closed))


def findings_of(batch: Batch) -> list[Finding]:
    """Return findings from the columns of a layer ``finding``; see `findings_batch`.

    Values that mean no severity or state are taken as error and open: a layer edited by hand
    must not hide a finding.
    """
    n = len(batch)
    names = (
        "rule", "severity", "layer", "feature_key", "field", "value", "message", "state",
        "accepted_by", "accepted_reason", "accepted_date", "geometry_hash", "fix",
    )  # fmt: skip
    columns = {name: batch.text(name).tolist() for name in names}
    ids = batch.fields["feature_id"].tolist() if "feature_id" in batch.fields else [-1] * n
    shapes = batch.shapes.copy()
    if "shape" in batch.fields:
        kept = shapely.from_wkt(batch.text("shape").astype(object), on_invalid="ignore")
        shapes = np.where(shapely.is_missing(kept) | shapely.is_empty(kept), shapes, kept)
    severities = {s.value: s for s in Severity}
    states = {s.value: s for s in State}
    found = []
    for i in range(n):
        row = {name: columns[name][i] for name in names}
        row["severity"] = severities.get(row["severity"], Severity.ERROR)
        row["state"] = states.get(row["state"], State.OPEN)
        found.append(Finding(**row, geometry=shapes[i], feature_id=int(ids[i])))
    return found
