"""What a push has to say: to its caller, and to the platform's list of batches."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace

import psycopg2
from psycopg2 import sql

from ..rules.finding import Finding
from ..translation import translate
from .gathering import Work
from .merging import Merged
from .rejections import printable
from .result import LISTED, Conflict, Difference, PushResult, RejectedRow


def summarise(
    work: Work,
    merged: Merged,
    conflicts: Sequence[Conflict],
    differences: Sequence[Difference],
) -> PushResult:
    """Return what a push did, or would do."""
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
        known=work.known,
        notes=tuple(notes),
        districts=tuple(sorted(work.districts)),
        checksum=work.checksum.hexdigest(),
    )


def facts_of(
    result: PushResult,
    user: str,
    source: str,
    base_snapshot: int | None,
    package: str | None,
) -> str:
    """Return what the platform keeps about a batch, as JSON."""
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


def record_refusal(connection, platform, work: Work, result: PushResult, user: str, source: str):
    """Take all back and keep a record of the refused rows."""
    try:
        connection.rollback()
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
            (batch_id, facts_of(result, user, source, None, None)),
        )
        connection.commit()
    except psycopg2.Error:
        # The refusal itself matters more than its record.
        return replace(result, batch_id=None)
    return replace(result, batch_id=batch_id)


def record_findings(
    connection, platform, work: Work, findings: Sequence[Finding], user: str, source: str
) -> int | None:
    """Keep a record of what the rules stopped; return the batch's number, None without one."""
    rows = [
        RejectedRow(
            f.feature_id,
            printable(f.feature_key),
            f.field,
            printable(f.value),
            printable(f"{f.rule}: {f.message}"),
        )
        for f in findings[:LISTED]
    ]
    result = PushResult(
        rejected=len(findings),
        rejected_rows=tuple(rows),
        districts=tuple(sorted(work.districts)),
        checksum=work.checksum.hexdigest(),
    )
    return record_refusal(connection, platform, work, result, user, source).batch_id


def refusal(result: PushResult, kind: str) -> str:
    """Return the sentence for a push that wrote nothing because of its rows."""
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


def summary(result: PushResult) -> str:
    """Return the sentence for the log after a push."""
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


def pushed_already(cursor, table: sql.Composable, package: str) -> PushResult | None:
    """Return what an offline package did when it was pushed before, None when it was not."""
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
