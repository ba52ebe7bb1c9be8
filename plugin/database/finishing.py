"""The end of a push: all rows are on the server, which finds what differs and writes it."""

from __future__ import annotations

from dataclasses import dataclass, field

from psycopg2 import sql

from ..errors import WanggeError
from ..progress import Progress, stop_if_cancelled
from ..translation import translate
from . import merging
from .failures import TRANSIENT
from .gathering import Work
from .missing import stage_missing_rows
from .result import LISTED, Conflict, Difference

_ATTEMPTS = 4


@dataclass(frozen=True)
class Written:
    """What a push has written, or would, and what stands in its way."""

    merged: merging.Merged = field(default_factory=merging.Merged)
    conflicts: tuple[Conflict, ...] = ()
    differences: tuple[Difference, ...] = ()


def finish(
    cursor,
    work: Work,
    delete_missing: bool,
    base_snapshot: int | None,
    max_differences: int,
    progress: Progress,
) -> Written:
    """Write what differs, once all rows were taken in; rejected rows are added to ``work``.

    Nothing of it is final before the caller commits.
    """
    if work.rejected_count:
        return Written()
    _close_districts(cursor, work)
    target = work.target
    writing = work.mode == "push"
    stop_if_cancelled(progress)
    if work.staged:
        work.reject(merging.broken_checks(cursor, target, LISTED))
    if work.rejected_count or work.mode == "validate":
        return Written()
    if delete_missing:
        stage_missing_rows(cursor, target, work.indexes.values(), work.scopes)
    for attempt in range(_ATTEMPTS):
        cursor.execute("SAVEPOINT merge")
        try:
            if work.staged:
                merging.drop_unchanged(cursor, target, writing=writing)
            conflicts: list[Conflict] = []
            if base_snapshot is not None:
                conflicts = merging.find_conflicts(cursor, target, base_snapshot)
            plan = merging.count(cursor, target)
            if not writing:
                differences = merging.list_differences(cursor, target, max_differences)
                return Written(plan, tuple(conflicts), tuple(differences))
            if conflicts:
                return Written(conflicts=tuple(conflicts))
            merged = merging.merge(cursor, target)
        except TRANSIENT:
            if attempt == _ATTEMPTS - 1:
                raise
            cursor.execute("ROLLBACK TO SAVEPOINT merge")
            stop_if_cancelled(progress)
            continue
        break
    if merged != plan:
        raise WanggeError(
            translate(
                "Wangge",
                "The platform let only {written} of {wanted} rows be changed: the others belong to "
                "districts you may not write. Nothing was changed.",
            ).format(
                written=merged.inserted + merged.updated + merged.deleted,
                wanted=plan.inserted + plan.updated + plan.deleted,
            )
        )
    return Written(merging.Merged(merged.inserted + work.loaded, merged.updated, merged.deleted))


def _close_districts(cursor, work: Work) -> None:
    for district, table in work.loading.items():
        if table:
            cursor.execute(
                sql.SQL("SELECT {}(%s, %s)").format(work.target.platform.table("close_district")),
                (work.target.spec.name, district),
            )
