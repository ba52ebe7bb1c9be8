"""The batches that were pushed: listed, and taken back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from psycopg2 import sql

from ..errors import WanggeError
from ..progress import SILENT, Progress, stop_if_cancelled
from ..translation import translate
from .cancelling import cancelling
from .failures import people_errors
from .kept_findings import forget_findings
from .layout import read_columns
from .platform import Platform, read_platform
from .push import wait_for_turn
from .result import PushResult
from .staging import identifiers


@dataclass(frozen=True)
class PushBatch:
    """One batch as the platform lists it.

    Attributes
    ----------
    batch_id : int
    kind : str
    operation : str
        ``push``, ``edit`` (by hand) or ``revert``.
    state : str
        ``done``, ``refused`` (nothing was written) or ``reverted``.
    started_at, finished_at : datetime
    pushed_by : str
        The database's user.
    user_name, source, source_checksum : str
        As the pusher gave them.
    districts : tuple of str
    inserted, updated, unchanged, deleted, rejected, conflicts : int
    reverts : int or None
        The batch that this one took back.
    """

    batch_id: int
    kind: str
    operation: str
    state: str
    started_at: datetime
    finished_at: datetime | None
    pushed_by: str
    user_name: str
    source: str
    source_checksum: str
    districts: tuple[str, ...]
    inserted: int
    updated: int
    unchanged: int
    deleted: int
    rejected: int
    conflicts: int
    reverts: int | None


_FIELDS = tuple(PushBatch.__dataclass_fields__)


def list_pushes(
    connection, kind: str = "", *, limit: int = 1000, schema: str = "wangge"
) -> list[PushBatch]:
    """List batches, the newest first.

    Parameters
    ----------
    connection : psycopg2 connection
    kind : str
        Only of this layer; empty for all.
    limit : int
    schema : str
    """
    with people_errors(connection):
        cursor = connection.cursor()
        platform = read_platform(cursor, schema)
        cursor.execute(
            sql.SQL(
                "SELECT {} FROM {} WHERE %(kind)s IN ('', kind) ORDER BY batch_id DESC LIMIT %(n)s"
            ).format(identifiers(_FIELDS), platform.table("push_batch")),
            {"kind": kind, "n": limit},
        )
        return [
            PushBatch(**dict(zip(_FIELDS, row, strict=True)) | {"districts": tuple(row[10])})
            for row in cursor.fetchall()
        ]


def revert(
    connection,
    batch_id: int,
    *,
    user: str = "",
    wait: float = 60.0,
    progress: Progress = SILENT,
    schema: str = "wangge",
) -> PushResult:
    """Take a batch back: its rows are again exactly as they were before it.

    Open and fixed findings of the layer in its districts are forgotten, as they may be about
    what is gone; the next push tells anew. Accepted ones stay.

    Parameters
    ----------
    connection : psycopg2 connection
    batch_id : int
    user : str
    wait : float
        Seconds to wait while somebody else writes the layer.
    progress : Progress
    schema : str

    Returns
    -------
    PushResult
        ``batch_id`` is the revert's own; ``inserted`` rows had been removed by the batch,
        ``deleted`` ones brought in by it.

    Raises
    ------
    WanggeError
        No such batch, taken back before, or later batches changed its rows again. Nothing
        was changed then.
    """
    with people_errors(connection), cancelling(connection, progress):
        cursor = connection.cursor()
        platform = read_platform(cursor, schema)
        kind = _kind_to_revert(cursor, platform, batch_id)
        wait_for_turn(cursor, platform.table("lock_layer"), kind, wait, progress)
        _kind_to_revert(cursor, platform, batch_id)  # somebody may have been faster
        cursor.execute(
            sql.SQL("SELECT key_field FROM {} WHERE kind = %s").format(platform.table("layer")),
            (kind,),
        )
        key = cursor.fetchone()[0]
        columns = read_columns(cursor, platform, kind)
        # Values go in as literals: a column's name may hold a per cent sign.
        names = {
            "batch": sql.Literal(batch_id),
            "table": platform.table(kind),
            "history": platform.table(f"{kind}_history"),
            "batches": platform.table("push_batch"),
            "key": sql.Identifier(key),
        }
        _check_dependants(cursor, names, batch_id)
        stop_if_cancelled(progress)
        cursor.execute(
            sql.SQL("SELECT {}(%s, 'revert')").format(platform.table("current_batch")), (kind,)
        )
        own = cursor.fetchone()[0]
        result = _restore(cursor, names, tuple(columns), batch_id, own)
        forget_findings(cursor, platform, kind, result.districts)
        facts = {
            "user": user,
            "districts": result.districts,
            "inserted": result.inserted,
            "updated": result.updated,
            "deleted": result.deleted,
            "unchanged": 0,
            "rejected": 0,
            "conflicts": 0,
            "reverts": batch_id,
        }
        cursor.execute(
            sql.SQL("SELECT {}(%s, 'done', %s)").format(platform.table("close_batch")),
            (own, json.dumps(facts)),
        )
        stop_if_cancelled(progress)
        connection.commit()
        return result


def _kind_to_revert(cursor, platform: Platform, batch_id: int) -> str:
    cursor.execute(
        sql.SQL("SELECT kind, state, operation FROM {} WHERE batch_id = %s").format(
            platform.table("push_batch")
        ),
        (batch_id,),
    )
    row = cursor.fetchone()
    if row is None:
        raise WanggeError(
            translate("Wangge", "The platform has no batch {batch}.").format(batch=batch_id)
        )
    kind, state, operation = row
    if operation == "revert":
        raise WanggeError(
            translate(
                "Wangge",
                "Batch {batch} took another one back; to undo that, push the data again.",
            ).format(batch=batch_id)
        )
    if state == "reverted":
        raise WanggeError(
            translate("Wangge", "Batch {batch} was taken back before.").format(batch=batch_id)
        )
    if state != "done":
        raise WanggeError(
            translate(
                "Wangge", "Batch {batch} was refused when it was pushed; it wrote nothing."
            ).format(batch=batch_id)
        )
    return kind


# Rows the batch wrote, whether or not later batches wrote them too.
_TOUCHED = """
  SELECT key FROM {history} WHERE batch_id = {batch}
  UNION SELECT key FROM {history} WHERE (before->>'batch_id')::bigint = {batch}
  UNION SELECT {key} FROM {table} WHERE batch_id = {batch}
"""


def _check_dependants(cursor, names: dict[str, sql.Composable], batch_id: int) -> None:
    """Refuse when rows of the batch were changed, removed or brought back later.

    Later batches that were themselves taken back left the rows as they were.
    """
    cursor.execute(
        sql.SQL(
            "WITH touched AS ({touched}), later AS ("
            "SELECT h.batch_id, h.key FROM {history} h JOIN touched USING (key) "
            "WHERE h.batch_id > {batch} "
            "UNION SELECT t.batch_id, t.{key} FROM {table} t JOIN touched ON touched.key = t.{key} "
            "WHERE t.batch_id > {batch}) "
            "SELECT batch_id, count(*), min(key) FROM later JOIN {batches} b USING (batch_id) "
            "WHERE b.state = 'done' AND b.operation <> 'revert' GROUP BY batch_id ORDER BY batch_id"
        ).format(touched=sql.SQL(_TOUCHED).format(**names), **names)
    )
    later = cursor.fetchall()
    if later:
        raise WanggeError(
            translate(
                "Wangge",
                "Batch {batch} cannot be taken back: {count} of its rows were changed by later "
                "batches ({later}), for example {key}. Take those back first, the last one first.",
            ).format(
                batch=batch_id,
                count=sum(row[1] for row in later),
                later=", ".join(str(row[0]) for row in later[:20]),
                key=later[0][2],
            )
        )


def _restore(
    cursor, names: dict[str, sql.Composable], columns: tuple[str, ...], batch_id: int, own: int
) -> PushResult:
    touched = sql.SQL(_TOUCHED).format(**names)
    cursor.execute(
        sql.SQL(
            "WITH touched AS ({touched}) SELECT array_agg(DISTINCT d) FROM ("
            "SELECT district_code AS d FROM {table} t JOIN touched ON touched.key = t.{key} UNION "
            "SELECT district_code FROM {history} WHERE batch_id = {batch}) AS mine"
        ).format(touched=touched, **names)
    )
    districts = tuple(sorted(cursor.fetchone()[0] or ()))
    # What the batch brought in goes; what it changed or removed comes back from the images.
    cursor.execute(
        sql.SQL(
            "DELETE FROM {table} t USING ({touched}) AS touched "
            "WHERE t.{key} = touched.key AND NOT EXISTS ("
            "SELECT FROM {history} h WHERE h.batch_id = {batch} AND h.key = t.{key})"
        ).format(touched=touched, **names)
    )
    deleted = cursor.rowcount
    kept = [c for c in columns if c not in ("geom", "batch_id")]
    shape = ["geom"] if "geom" in columns else []

    def images(operation: str) -> sql.Composed:
        return sql.SQL(
            "SELECT {kept} {shape} FROM {history} h, "
            "LATERAL jsonb_populate_record(NULL::{table}, h.before) AS o "
            "WHERE h.batch_id = {batch} AND h.operation = {operation}"
        ).format(
            kept=identifiers(kept, "o."),
            shape=sql.SQL(", h.before_geom AS geom" if shape else ""),
            operation=sql.Literal(operation),
            **names,
        )

    cursor.execute(
        sql.SQL(
            "UPDATE {table} t SET {assignments} FROM ({images}) AS old WHERE t.{key} = old.{key}"
        ).format(
            assignments=sql.SQL(", ").join(
                sql.SQL("{0} = old.{0}").format(sql.Identifier(c)) for c in (*kept, *shape)
            ),
            images=images("update"),
            **names,
        )
    )
    updated = cursor.rowcount
    cursor.execute(
        sql.SQL("INSERT INTO {table} ({columns}) {images}").format(
            columns=identifiers((*kept, *shape)), images=images("delete"), **names
        )
    )
    return PushResult(
        batch_id=own,
        mode="revert",
        inserted=cursor.rowcount,
        updated=updated,
        deleted=deleted,
        districts=districts,
    )
