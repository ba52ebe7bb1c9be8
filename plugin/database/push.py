"""Push rows to the platform: all of them or none, and only what differs."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field

import numpy as np
import psycopg2
from psycopg2 import sql

from ..errors import WanggeError
from ..progress import SILENT, Progress, stop_if_cancelled
from ..rules.batch import Batch
from ..standards.spec import LayerSpec
from ..translation import translate
from . import merging, staging
from .cancelling import cancelling
from .failures import TRANSIENT, people_errors
from .frames import content_frames, fingerprints
from .index import PlatformIndex, read_index
from .platform import is_partitioned, key_holds_district, read_platform
from .result import Conflict, Difference, PushRefusedError, PushResult, RejectedRow
from .screening import printable, screen
from .target import Target, check_kind, match

MODES = ("validate", "dry_run", "push")

#: Rejected rows and conflicts that are listed; all are counted.
LISTED = 10_000

_ATTEMPTS = 4


@dataclass
class _Work:
    """What a push has gathered so far; lives as long as its transaction."""

    target: Target
    mode: str
    batch_id: int
    loading: dict[str, str] = field(default_factory=dict)
    indexes: dict[str, PlatformIndex] = field(default_factory=dict)
    new_keys: list[np.ndarray] = field(default_factory=list)
    new_ids: list[np.ndarray] = field(default_factory=list)
    rejected: list[RejectedRow] = field(default_factory=list)
    rejected_count: int = 0
    scopes: set[str] = field(default_factory=set)
    districts: set[str] = field(default_factory=set)
    rows: int = 0
    loaded: int = 0
    staged: int = 0
    flattened: int = 0
    checksum: hashlib.blake2b = field(default_factory=lambda: hashlib.blake2b(digest_size=16))

    def reject(self, rows: Sequence[RejectedRow]) -> None:
        # A row may break several rules but is one row.
        self.rejected_count += len({r.row_number for r in rows})
        self.rejected += rows[: max(0, LISTED - len(self.rejected))]


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
        if package is not None:
            done = _pushed_already(cursor, platform.table("push_batch"), package)
            if done is not None:
                return done
        if mode == "push":
            wait_for_turn(cursor, platform.table("lock_layer"), kind, wait, progress)
        work: _Work | None = None
        for batch in batches:
            stop_if_cancelled(progress)
            if work is None:
                target = match(
                    cursor,
                    platform,
                    spec,
                    tuple(batch.fields),
                    batch.geometry is not None,
                    batch.crs,
                )
                work = _begin(cursor, target, mode)
            _take(cursor, work, batch)
            if total:
                progress.report(0.8 * min(1.0, work.rows / total))
        if work is None:
            target = match(cursor, platform, spec, spec.names, bool(spec.geometries), "")
            work = _begin(cursor, target, mode)
        stop_if_cancelled(progress)
        _reject_duplicates(work)
        conflicts: list[Conflict] = []
        differences: list[Difference] = []
        if not work.rejected_count:
            merged, conflicts, differences = _finish(
                cursor, work, delete_missing, base_snapshot, max_differences, progress
            )
        else:
            merged = merging.Merged()
        result = _result(work, merged, conflicts, differences)
        if mode == "push":
            if result.rejected or result.conflicts:
                connection.rollback()
                result = _log_refusal(connection, platform, work, result, user, source)
                raise PushRefusedError(_refusal(result, kind), result=result)
            facts = _facts(result, user, source, base_snapshot, package)
            cursor.execute(
                sql.SQL("SELECT {}(%s, 'done', %s)").format(platform.table("close_batch")),
                (work.batch_id, facts),
            )
            stop_if_cancelled(progress)
            connection.commit()
        progress.report(1.0)
    if mode == "push":
        progress.tell(_summary(result))
    return result


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


def _begin(cursor, target: Target, mode: str) -> _Work:
    batch_id = 0
    if mode == "push":
        cursor.execute(
            sql.SQL("SELECT {}(%s, 'push')").format(target.platform.table("current_batch")),
            (target.spec.name,),
        )
        batch_id = cursor.fetchone()[0]
    staging.create_stage(cursor, target)
    work = _Work(target, mode, batch_id)
    if mode != "validate" and not (
        is_partitioned(target.spec.name) and key_holds_district(target.spec)
    ):
        # Such rows may have moved from any district.
        work.indexes[""] = read_index(cursor, target, None)
    return work


def _take(cursor, work: _Work, batch: Batch) -> None:
    target = work.target
    given = tuple(n for n in target.spec.names if n in batch.fields and n != "district_code")
    if given != target.names or (batch.geometry is not None) < target.has_geometry:
        raise WanggeError(
            translate(
                "Wangge", "The parts of layer {layer} have different fields. Push them one by one."
            ).format(layer=target.spec.name)
        )
    names = target.names
    if "district_code" in target.spec.names and "district_code" in batch.fields:
        names = (*names, "district_code")
    screened = screen(batch, target.spec, names)
    work.rows += len(batch)
    work.flattened += screened.flattened
    work.reject(screened.rejected)
    rows, districts = screened.batch, screened.districts
    if not len(rows):
        return
    if not target.has_geometry:
        rows = Batch(rows.fields, None, rows.ids, rows.crs, rows.nulls)
    work.scopes |= set(_scopes(rows, target, districts).tolist())
    frames = content_frames(rows, target.names, target.platform.srid)
    digests = fingerprints(frames, target.content)
    work.checksum.update(b"".join(digests))
    keys = np.array([k.encode() for k in rows.fields[target.spec.key].tolist()], "S")
    for district in sorted(set(districts.tolist())):
        mine = np.flatnonzero(districts == district)
        work.districts.add(district)
        _route(cursor, work, district, mine, keys, rows.ids, frames, digests)


def _route(
    cursor,
    work: _Work,
    district: str,
    mine: np.ndarray,
    keys: np.ndarray,
    ids: np.ndarray,
    frames: list[bytes],
    digests: list[bytes],
) -> None:
    target = work.target
    if work.mode == "push" and is_partitioned(target.spec.name) and district not in work.loading:
        table = staging.open_district(cursor, target, district)
        work.loading[district] = table or ""
    elif work.mode == "validate":
        # Keys are compared among themselves only.
        work.new_keys.append(keys[mine])
        work.new_ids.append(ids[mine])
        _stage(cursor, work, district, mine, np.full(len(mine), ""), ids, frames, digests)
        return
    common = work.indexes.get("")
    if common is None and not work.loading.get(district):
        if district not in work.indexes:
            work.indexes[district] = read_index(cursor, target, district)
        common = work.indexes[district]
    place = common.find(keys[mine]) if common is not None else np.full(len(mine), -1)
    known = place >= 0
    if common is not None and known.any():
        _mark_seen(work, common, place[known], mine[known], keys, ids)
    new = mine[~known]
    work.new_keys.append(keys[new])
    work.new_ids.append(ids[new])
    if work.rejected_count:
        return  # nothing will be written; only go on listing
    table = work.loading.get(district)
    loaded = bool(table and len(new)) and _load(cursor, work, district, new, frames, digests)
    if len(new) and not loaded:
        _stage(cursor, work, district, new, np.full(len(new), ""), ids, frames, digests)
    if common is not None and known.any():
        old = mine[known]
        there = place[known]
        mine_hash = np.frombuffer(b"".join(digests[i] for i in old.tolist()), "V16")
        changed = mine_hash != common.hashes[there]
        if changed.any():
            homes = np.char.decode(common.districts[there[changed]], "ascii")
            _stage(cursor, work, district, old[changed], homes, ids, frames, digests)


def _load(
    cursor,
    work: _Work,
    district: str,
    rows: np.ndarray,
    frames: list[bytes],
    digests: list[bytes],
) -> bool:
    """Load a district's first rows; False when the table refuses one, so that they get staged."""
    cursor.execute("SAVEPOINT load")
    listed = rows.tolist()
    try:
        staging.load(
            cursor,
            work.target,
            work.loading[district],
            district,
            work.batch_id,
            [frames[i] for i in listed],
            [digests[i] for i in listed],
        )
    except psycopg2.errors.CheckViolation:
        # COPY stops at the first such row; among staged rows all of them are found.
        cursor.execute("ROLLBACK TO SAVEPOINT load")
        return False
    cursor.execute("RELEASE SAVEPOINT load")
    work.loaded += len(listed)
    return True


def _stage(
    cursor,
    work: _Work,
    district: str,
    rows: np.ndarray,
    homes: np.ndarray,
    ids: np.ndarray,
    frames: list[bytes],
    digests: list[bytes],
) -> None:
    listed = rows.tolist()
    staging.stage(
        cursor,
        work.target,
        [frames[i] for i in listed],
        [digests[i] for i in listed],
        ids[rows].tolist(),
        [district] * len(listed),
        homes.tolist(),
    )
    work.staged += len(listed)


def _mark_seen(
    work: _Work,
    index: PlatformIndex,
    place: np.ndarray,
    rows: np.ndarray,
    keys: np.ndarray,
    ids: np.ndarray,
) -> None:
    order = np.argsort(place, kind="stable")
    again = np.zeros(len(place), bool)
    again[order[1:]] = place[order[1:]] == place[order[:-1]]
    again |= index.seen[place]
    index.seen[place] = True
    if again.any():
        work.reject(_duplicates(work, keys[rows[again]], ids[rows[again]]))


def _duplicates(work: _Work, keys: np.ndarray, ids: np.ndarray) -> list[RejectedRow]:
    reason = translate("Wangge", "Another row of the layer has the same code.")
    return [
        RejectedRow(int(row), key.decode(), work.target.spec.key, key.decode(), reason)
        for key, row in zip(keys.tolist(), ids.tolist(), strict=True)
    ]


def _reject_duplicates(work: _Work) -> None:
    if not work.new_keys:
        return
    keys = np.concatenate(work.new_keys)
    ids = np.concatenate(work.new_ids)
    order = np.argsort(keys, kind="stable")
    again = np.zeros(len(keys), bool)
    again[order[1:]] = keys[order[1:]] == keys[order[:-1]]
    if again.any():
        rows = np.flatnonzero(again)
        work.reject(_duplicates(work, keys[rows], ids[rows]))


def _scopes(rows: Batch, target: Target, districts: np.ndarray) -> np.ndarray:
    """Return the community each row lies in, "" where none is known."""
    kind = target.spec.name
    if kind in ("community", "department"):
        return districts
    result = rows.text("community_code")
    if "grid_code" in rows.fields:
        grids = np.array([g[:12] for g in rows.text("grid_code").tolist()], object)
        result = np.where(result == "", grids, result)
    return result


_SCOPE_SQL = {
    "community": "t.district_code",
    "department": "t.district_code",
    "unit_grid": "coalesce(nullif(t.community_code, ''), left(t.grid_code, 12))",
    "component": "coalesce(nullif(t.community_code, ''), left(t.grid_code, 12))",
    "risk": "coalesce(nullif(t.community_code, ''), left(t.grid_code, 12))",
    "address": "t.community_code",
}


def _stage_missing(cursor, work: _Work) -> None:
    for index in work.indexes.values():
        gone = ~index.seen
        if gone.any():
            staging.stage_missing(cursor, index.keys[gone].tolist(), index.districts[gone].tolist())
    cursor.execute(
        sql.SQL(
            "DELETE FROM {missing} m USING {table} t WHERE t.district_code = m.district_code "
            "AND t.{key} = m.key AND NOT coalesce({scope} = ANY (%s), false)"
        ).format(
            missing=staging.MISSING,
            table=work.target.table,
            key=work.target.key,
            scope=sql.SQL(_SCOPE_SQL[work.target.spec.name]),
        ),
        (sorted(work.scopes - {""}),),
    )


def _finish(
    cursor,
    work: _Work,
    delete_missing: bool,
    base_snapshot: int | None,
    max_differences: int,
    progress: Progress,
) -> tuple[merging.Merged, list[Conflict], list[Difference]]:
    target = work.target
    writing = work.mode == "push"
    _close_districts(cursor, work)
    stop_if_cancelled(progress)
    progress.report(0.9)
    if work.staged:
        work.reject(merging.broken_checks(cursor, target, LISTED))
    if work.rejected_count or work.mode == "validate":
        return merging.Merged(), [], []
    if delete_missing:
        _stage_missing(cursor, work)
    for attempt in range(_ATTEMPTS):
        cursor.execute("SAVEPOINT merge")
        try:
            if work.staged:
                merging.drop_unchanged(cursor, target, writing=writing)
            conflicts = []
            if base_snapshot is not None:
                conflicts = merging.find_conflicts(cursor, target, base_snapshot)
            plan = merging.count(cursor, target)
            if not writing:
                return plan, conflicts, merging.list_differences(cursor, target, max_differences)
            if conflicts:
                return merging.Merged(), conflicts, []
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
    return merging.Merged(merged.inserted + work.loaded, merged.updated, merged.deleted), [], []


def _close_districts(cursor, work: _Work) -> None:
    for district, table in work.loading.items():
        if table:
            cursor.execute(
                sql.SQL("SELECT {}(%s, %s)").format(work.target.platform.table("close_district")),
                (work.target.spec.name, district),
            )


def _result(
    work: _Work,
    merged: merging.Merged,
    conflicts: Sequence[Conflict],
    differences: Sequence[Difference],
) -> PushResult:
    notes = list(work.target.notes)
    if work.flattened:
        notes.append(
            translate(
                "Wangge",
                "{count} rows have heights or measures; the platform stores positions in two "
                "dimensions.",
            ).format(count=work.flattened)
        )
    written = merged.inserted + merged.updated
    refused = work.rejected_count + len(conflicts)
    checked_only = work.mode == "validate" or (work.mode == "push" and refused)
    return PushResult(
        batch_id=work.batch_id or None,
        mode=work.mode,
        inserted=merged.inserted,
        updated=merged.updated,
        unchanged=0 if checked_only else work.rows - written - refused,
        deleted=merged.deleted,
        rejected=work.rejected_count,
        rejected_rows=tuple(work.rejected),
        conflicts=tuple(conflicts),
        differences=tuple(differences),
        notes=tuple(notes),
        districts=tuple(sorted(work.districts)),
        checksum=work.checksum.hexdigest(),
    )


def _facts(
    result: PushResult,
    user: str,
    source: str,
    base_snapshot: int | None,
    package: str | None,
) -> str:
    return json.dumps(
        {
            "user": printable(user),
            "source": printable(source),
            "checksum": result.checksum,
            "districts": result.districts,
            "inserted": result.inserted,
            "updated": result.updated,
            "unchanged": result.unchanged,
            "deleted": result.deleted,
            "rejected": result.rejected,
            "conflicts": len(result.conflicts),
            "base_snapshot": base_snapshot,
            "package": package,
        }
    )


def _log_refusal(connection, platform, work: _Work, result: PushResult, user: str, source: str):
    """Keep a record of the refused rows; the layer itself is as it was."""
    from dataclasses import replace

    try:
        cursor = connection.cursor()
        cursor.execute(
            sql.SQL("SELECT {}(%s, 'push')").format(platform.table("current_batch")),
            (work.target.spec.name,),
        )
        batch_id = cursor.fetchone()[0]
        cursor.execute(
            sql.SQL("SELECT {}(%s, %s)").format(platform.table("log_rejected")),
            (batch_id, json.dumps([asdict(row) for row in result.rejected_rows])),
        )
        cursor.execute(
            sql.SQL("SELECT {}(%s, 'refused', %s)").format(platform.table("close_batch")),
            (batch_id, _facts(result, user, source, None, None)),
        )
        connection.commit()
    except psycopg2.Error:
        # The refusal itself matters more than its record.
        return replace(result, batch_id=None)
    return replace(result, batch_id=batch_id)


def _refusal(result: PushResult, kind: str) -> str:
    if result.rejected:
        first = result.rejected_rows[0]
        return translate(
            "Wangge",
            "Nothing was pushed: {count} rows of layer {layer} cannot be stored. The first is row "
            "{row} ({key}), field {field}: {reason}",
        ).format(
            count=result.rejected,
            layer=kind,
            row=first.row_number,
            key=first.key,
            field=first.field,
            reason=first.reason,
        )
    return translate(
        "Wangge",
        "Nothing was pushed: {count} rows of layer {layer} were changed by others. {first}",
    ).format(count=len(result.conflicts), layer=kind, first=result.conflicts[0].message)


def _summary(result: PushResult) -> str:
    if not result.changes:
        return translate(
            "Wangge", "The platform already has all {count} rows; nothing was changed."
        ).format(count=result.unchanged)
    return translate(
        "Wangge",
        "Pushed as batch {batch}: {inserted} new, {updated} changed, {unchanged} unchanged, "
        "{deleted} removed.",
    ).format(
        batch=result.batch_id,
        inserted=result.inserted,
        updated=result.updated,
        unchanged=result.unchanged,
        deleted=result.deleted,
    )


def _pushed_already(cursor, table: sql.Composable, package: str) -> PushResult | None:
    cursor.execute(
        sql.SQL(
            "SELECT batch_id, inserted, updated, unchanged, deleted, districts, source_checksum "
            "FROM {} WHERE package = %s::uuid AND state IN ('done', 'reverted')"
        ).format(table),
        (package,),
    )
    row = cursor.fetchone()
    if row is None:
        return None
    batch_id, inserted, updated, unchanged, deleted, districts, checksum = row
    return PushResult(
        batch_id=batch_id,
        inserted=inserted,
        updated=updated,
        unchanged=unchanged,
        deleted=deleted,
        districts=tuple(districts),
        checksum=checksum,
        notes=(
            translate(
                "Wangge", "This package was pushed before as batch {batch}; nothing was changed."
            ).format(batch=batch_id),
        ),
    )
