"""What a migration leaves to people, and what they decided."""

from __future__ import annotations

import numpy as np

from ...plugin.census.migration import (
    CANDIDATES,
    KIND,
    OLD_CLASS,
    RETIRE,
    Migration,
    Rule,
    decide_rows,
)
from ...plugin.rules.batch import Batch, concatenate
from ...plugin.standards.classes import ClassTable
from ...plugin.standards.editions import Edition
from ...plugin.translation import translate
from ..inputs import require_field
from ..job import Job

SOURCE_ID, DECISION = "source_id", "decision"


def read_rules(job: Job, name: str) -> list[Rule]:
    """Return the rules of a table, in its order."""
    source = job.source(name)
    if source is None:
        return []
    table = job.columns(source, geometry=False)
    for field in ("old_class_code", "new_class_code"):
        require_field(table, source, field)
    columns = ("old_class_code", "new_class_code", "field", "contains")
    rows = zip(*(table.text(c).tolist() for c in columns), strict=True)
    return [Rule(*(value.strip() for value in row)) for row in rows if row[1].strip()]


def decide(
    job: Job,
    name: str,
    made: Migration,
    components: Batch,
    new: Edition,
    classes: ClassTable,
) -> Migration:
    """Carry out the decisions of an earlier run's review layer.

    A row is known again by its uuid, else by its number in the source; a decision made for
    another class than it has now is told and left.
    """
    source = job.source(name)
    if source is None:
        return made
    table = job.columns(source, geometry=False)
    for field in (SOURCE_ID, DECISION, OLD_CLASS):
        require_field(table, source, field)
    rows = dict(zip(made.review.ids.tolist(), made.review.text(OLD_CLASS).tolist(), strict=True))
    by_uuid = dict(zip(components.text("uuid").tolist(), components.ids.tolist(), strict=True))
    decisions: dict[int, str] = {}
    stale = 0
    for key, number, old, choice in zip(
        table.text("uuid").tolist(),
        table.fields[SOURCE_ID].tolist(),
        table.text(OLD_CLASS).tolist(),
        table.text(DECISION).tolist(),
        strict=True,
    ):
        row = by_uuid.get(key, -1) if key else int(number)
        if not choice.strip() or row not in rows:
            continue
        if rows[row] == old:
            decisions[row] = choice.strip()
        else:
            stale += 1
    if stale:
        job.progress.warn(
            translate(
                "Wangge",
                "{count} decisions are for components that have another class now; they wait again.",
            ).format(count=stale)
        )
    return decide_rows(made, decisions, enter=new, classes=classes)


def review_rows(made: Migration, components: Batch) -> Batch:
    """Return undecided rows and retired ones, in the order of the source, with what is to be decided."""
    review, retired = made.review, made.retired
    operation = made.lineage.text("operation") == "retired"
    old_class = dict(
        zip(
            made.lineage.ids[operation].tolist(),
            made.lineage.text(OLD_CLASS)[operation].tolist(),
            strict=True,
        )
    )
    n = len(retired)
    ended = retired.with_fields(
        **{
            CANDIDATES: np.full(n, None, object),
            KIND: np.full(n, "retired", object),
            OLD_CLASS: np.array([old_class[i] for i in retired.ids.tolist()], dtype=object),
            DECISION: np.full(n, RETIRE, object),
        }
    )
    waiting = review.with_fields(**{DECISION: np.full(len(review), None, object)})
    parts = [p for p in (waiting, ended) if len(p)] or [waiting]
    rows = concatenate(parts)
    rows = rows.take(np.argsort(rows.ids, kind="stable"))
    return rows.with_fields(**{SOURCE_ID: rows.ids.astype(np.int64)})
