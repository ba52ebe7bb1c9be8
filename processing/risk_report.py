"""What an import of a risk list tells: in the log and in its report."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict

from ..plugin.errors import WanggeError
from ..plugin.risk.intake.importer import RiskImport
from ..plugin.translation import translate
from .job import Job

_TOLD = 50


def tell_counts(job: Job, made: RiskImport) -> None:
    """Show in the log where the rows went and what there is to say about cells.

    Raises
    ------
    WanggeError
        When a row is unaccounted for: better no list than one that lost a risk.
    """
    if any(count.accounted != count.rows for count in made.counts):
        raise WanggeError(
            translate("Wangge", "The rows of the spreadsheet do not add up. Nothing was written."),
            json.dumps([asdict(c) for c in made.counts], ensure_ascii=False),
        )
    for count in made.counts:
        if not count.is_list:
            job.progress.tell(
                translate(
                    "Wangge", "Sheet {sheet} has no heading of a risk list ({rows} rows)."
                ).format(sheet=count.sheet, rows=count.rows)
            )
            continue
        job.progress.tell(
            translate(
                "Wangge", "Sheet {sheet}: {rows} rows, {accepted} accepted, {rejected} rejected."
            ).format(
                sheet=count.sheet, rows=count.rows, accepted=count.imported, rejected=count.rejected
            )
        )
    for sheet, headings in made.unused.items():
        if headings:
            job.progress.tell(
                translate("Wangge", "Sheet {sheet}: columns not used: {columns}.").format(
                    sheet=sheet, columns="、".join(headings)
                )
            )
    for issue in made.issues[:_TOLD]:
        job.progress.warn(issue.message)
    if len(made.issues) > _TOLD:
        job.progress.warn(
            translate(
                "Wangge", "… and {count} more cells; see the rejected rows and questions."
            ).format(count=len(made.issues) - _TOLD)
        )


def intake_report(made: RiskImport) -> dict:
    """Return counts by sheet, unused columns and every issue, ready for JSON."""
    return {
        "accepted": len(made.risks),
        "rejected": len(made.rejected),
        "questions": len(made.questions),
        "sheets": [asdict(count) for count in made.counts],
        "unused_columns": {sheet: list(names) for sheet, names in made.unused.items()},
        "issues_by_kind": dict(Counter(issue.kind.value for issue in made.issues)),
        "issues": [
            {
                "place": issue.place,
                "field": issue.field,
                "value": issue.value,
                "kind": issue.kind.value,
                "outcome": "rejected" if issue.rejects else "imported",
                "message": issue.message,
                "candidates": [asdict(candidate) for candidate in issue.candidates],
            }
            for issue in made.issues
        ],
    }
