"""Push rows to the platform: all of them or none, and only what differs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import closing

from psycopg2 import sql

from ..errors import WanggeError
from ..progress import SILENT, Progress, stop_if_cancelled
from ..rules.batch import Batch
from ..rules.finding import Finding
from ..standards.spec import LayerSpec
from ..translation import translate
from .cancelling import cancelling
from .failures import people_errors
from .finishing import Written, finish
from .gathering import Work, begin_work, expect, reject_duplicates, take
from .kept_findings import Kept, keep_findings, read_findings
from .known import Checking, recall
from .platform import Platform, read_platform
from .preparing import prepared
from .record import (
    facts_of,
    pushed_already,
    record_findings,
    record_refusal,
    refusal,
    summarise,
    summary,
)
from .result import PushRefusedError, PushResult, RulesRefusedError
from .sender import Sender
from .target import Target, check_kind, match

MODES = ("validate", "dry_run", "push")


def push(
    connection,
    kind: str,
    batches: Iterable[Batch],
    spec: LayerSpec,
    *,
    mode: str = "push",
    delete_missing: bool = False,
    base_snapshot: int | None = None,
    user: str = "",
    source: str = "",
    package: str | None = None,
    total: int = 0,
    wait: float = 60.0,
    max_differences: int = 100_000,
    verify: Callable[[], None] | None = None,
    judge: Callable[[list[Finding]], Iterable[Finding]] | None = None,
    checking: Checking | None = None,
    progress: Progress = SILENT,
    schema: str = "wangge",
) -> PushResult:
    """Bring the rows of a layer to the platform in one transaction.

    Rows are told apart by their key; only new and changed ones are written. Fields that the
    source does not have stay as they are on the platform.

    Parameters
    ----------
    connection : psycopg2 connection
    kind : str
        Name of the layer on the platform.
    batches : iterable of Batch
        All rows, in the platform's coordinate system, ``batch.crs`` spelt like
        `platform.Platform.crs` (or empty). Read once.
    spec : LayerSpec
    mode : str
        ``"validate"`` checks each row; ``"dry_run"`` also lists the differences;
        ``"push"`` writes.
    delete_missing : bool
        Remove rows that the source has no more, only in the communities the source speaks
        of (in its districts where the layer knows no community).
    base_snapshot : int, optional
        Batch up to which the source knows the platform. Rows that others changed later are
        conflicts: listed, never overwritten, and they stop the push.
    user, source : str
        Who pushes and from where; kept with the batch. No secrets.
    package : str, optional
        UUID of an offline package; a package that was pushed already is not pushed again.
    total : int
        Rows to come, for the progress; 0 when unknown.
    wait : float
        Seconds to wait while another push of the same layer runs.
    max_differences : int
        Differences listed by a dry run; the counts are always complete.
    verify : callable, optional
        Called once when all rows have been read, before anything is final; what it raises
        stops the push, and nothing is written or recorded. It must not use the connection.
    judge : callable, optional
        As ``verify``; called with the findings that the platform keeps of these rows, it
        returns all that is now found, with states and with geometries in the platform's
        system: they are kept in place of the others. See `kept_findings.with_states`. What a
        `RulesRefusedError` names is listed on the platform as rejected.
    checking : Checking, optional
        A check of the rows as they are read, spared what the platform knows of them.
    progress : Progress
    schema : str

    Returns
    -------
    PushResult

    Raises
    ------
    PushRefusedError
        Rows were rejected or are in conflict; nothing was written, see ``error.result``.
    WanggeError
        Anything else that stands in the way; nothing was written.
    Cancelled
    """
    if mode not in MODES:
        raise ValueError(f"mode must be one of {MODES}")
    check_kind(kind, spec)
    with people_errors(connection), cancelling(connection, progress):
        cursor = connection.cursor()
        platform = read_platform(cursor, schema)
        if mode == "push":
            wait_for_turn(cursor, platform.table("lock_layer"), kind, wait, progress)
        if package is not None:
            # Asked once it is our turn: the same package may have been on its way just now.
            done = pushed_already(cursor, platform.table("push_batch"), package)
            if done is not None:
                return done
        work: Work | None = None
        try:
            with Sender() as sender:
                work = _gather(
                    cursor,
                    platform,
                    spec,
                    batches,
                    mode,
                    delete_missing,
                    checking,
                    total,
                    sender,
                    progress,
                )
                stop_if_cancelled(progress)
                reject_duplicates(work)
                kept: list[Kept] = []
                if judge is not None:
                    sender.finish()
                    kept = read_findings(cursor, work)
                progress.report(0.9)
                written = Written()

                def write() -> None:
                    nonlocal written
                    written = finish(
                        cursor, work, delete_missing, base_snapshot, max_differences, progress
                    )

                sender.send(write)
                judged: Iterable[Finding] = ()
                if verify is not None:
                    verify()  # while the server makes its indexes and merges
                if judge is not None:
                    judged = judge([k.finding for k in kept])
                sender.finish()
        except RulesRefusedError as error:
            if mode == "push" and work is not None:
                error.batch_id = record_findings(
                    connection, platform, work, error.findings, user, source
                )
            raise
        result = summarise(work, written.merged, written.conflicts, written.differences)
        if mode == "push":
            if result.rejected or result.conflicts:
                result = record_refusal(connection, platform, work, result, user, source)
                raise PushRefusedError(refusal(result, kind), result=result)
            if checking is not None and work.memory.stamp is not None and checking.tells_all():
                work.memory.keep(cursor, work.target, work.indexes)
            if judge is not None:
                keep_findings(cursor, work, kept, judged, removed=bool(result.deleted))
            facts = facts_of(result, user, source, base_snapshot, package)
            cursor.execute(
                sql.SQL("SELECT {}(%s, 'done', %s)").format(platform.table("close_batch")),
                (work.batch_id, facts),
            )
            stop_if_cancelled(progress)
            connection.commit()
        progress.report(1.0)
    if mode == "push":
        progress.tell(summary(result))
    return result


def _gather(
    cursor,
    platform: Platform,
    spec: LayerSpec,
    batches: Iterable[Batch],
    mode: str,
    delete_missing: bool,
    checking: Checking | None,
    total: int,
    sender: Sender,
    progress: Progress,
) -> Work:
    """Take in all rows; the last of them may still be on their way when it returns."""
    works: list[Work] = []  # one, from the first batch on

    def begin(names: tuple[str, ...], has_geometry: bool, crs: str) -> Work:
        target = match(cursor, platform, spec, names, has_geometry, crs)
        memory = recall(cursor, target, checking, names)
        work = begin_work(cursor, target, mode, sender, wants_scopes=delete_missing)
        work.checking, work.memory = checking, memory
        works.append(work)
        return work

    def target_for(batch: Batch) -> Target:
        stop_if_cancelled(progress)
        if not works:
            begin(tuple(batch.fields), batch.geometry is not None, batch.crs)
        expect(cursor, works[0], batch)
        return works[0].target

    with closing(prepared(batches, target_for)) as coming:
        for rows in coming:
            stop_if_cancelled(progress)
            take(cursor, works[0], rows)
            if total:
                progress.report(0.8 * min(1.0, works[0].rows / total))
    return works[0] if works else begin(spec.names, bool(spec.geometries), "")


def wait_for_turn(cursor, lock: sql.Composable, kind: str, wait: float, progress: Progress) -> None:
    """Take the layer's lock for this transaction, or say who is in the way."""
    end = time.monotonic() + wait
    told = False
    while True:
        cursor.execute(sql.SQL("SELECT {}(%s, false)").format(lock), (kind,))
        if cursor.fetchone()[0]:
            return
        if time.monotonic() > end:
            raise WanggeError(
                translate(
                    "Wangge",
                    "Somebody else is writing layer {layer} on the platform. Nothing was changed; "
                    "try again later.",
                ).format(layer=kind)
            )
        if not told:
            progress.tell(
                translate(
                    "Wangge", "Somebody else is writing layer {layer}; waiting for them to finish."
                ).format(layer=kind)
            )
            told = True
        stop_if_cancelled(progress)
        time.sleep(0.1)
