"""What a push says: in the log, and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from ...plugin.progress import Progress
from ...plugin.rules.finding import Finding, State
from ...plugin.rules.result import CheckResult
from ...plugin.translation import translate
from ..files import write_text

#: Counts of rows in a push's result.
COUNTS = ("inserted", "updated", "unchanged", "deleted", "rejected")


def counts(result: CheckResult) -> dict:
    """Return what the rules counted."""
    return {
        "rows_checked": result.row_count,
        "errors": result.error_count,
        "warnings": result.warning_count,
        "accepted": sum(result.accepted_counts.values()),
        "rules": {run.rule.id: run.count for run in result.ran if run.count},
    }


def open_findings(result: CheckResult) -> Iterator[Finding]:
    """Yield what nobody has accepted, the worst first."""
    return (f for f in result if f.state is State.OPEN)


def refused_by_rules(result: CheckResult, batch_id: int | None) -> dict:
    """Return the report of a push that the rules stopped."""
    return {
        "batch_id": batch_id,
        "mode": "refused",
        **dict.fromkeys(COUNTS, 0),
        **counts(result),
        "findings": [
            {
                "rule": f.rule,
                "severity": f.severity.value,
                "key": f.feature_key,
                "message": f.message,
            }
            for _, f in zip(range(1000), open_findings(result), strict=False)
        ],
    }


def tell_result(progress: Progress, result, rows: int) -> None:
    """Say what a push did, or would do."""
    if result.known:
        progress.tell(
            translate(
                "Wangge",
                "{known} of {count} rows are as an earlier push checked them; rules looked at the "
                "others one by one, and at all rows together.",
            ).format(known=result.known, count=rows)
        )
    for note in result.notes:
        progress.tell(note)
    if result.changes == 0 and result.mode == "push":
        progress.tell(
            translate("Wangge", "The platform has all of it already; nothing was changed.")
        )
    progress.tell(
        translate(
            "Wangge",
            "{inserted} added, {updated} changed, {unchanged} the same, {deleted} removed, "
            "{rejected} rejected.",
        ).format(**{k: getattr(result, k) for k in COUNTS})
    )


def write_report(path: Path | None, values: dict) -> None:
    """Write a report where one is wanted."""
    if path:
        write_text(path, json.dumps(values, ensure_ascii=False, indent=1, default=str))
