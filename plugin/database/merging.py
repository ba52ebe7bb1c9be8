"""Staged rows against the layer: what is the same, what conflicts, what is written."""

from __future__ import annotations

from dataclasses import dataclass

import shapely
from psycopg2 import sql

from ..translation import translate
from .rejections import printable
from .result import Conflict, Difference, RejectedRow
from .staging import MISSING, SAME, STAGE, identifiers
from .target import Target

_ON = sql.SQL("t.district_code = s.old_district AND t.{key} = s.{key}")


class Verbatim(sql.Composable):
    """SQL text that the server itself gave us; braces and per cent signs are its own."""

    def as_string(self, context) -> str:
        return self._wrapped


@dataclass(frozen=True)
class Merged:
    """Rows written, or that would be."""

    inserted: int = 0
    updated: int = 0
    deleted: int = 0


def _names(target: Target) -> dict[str, sql.Composable]:
    return {
        "table": target.table,
        "stage": STAGE,
        "missing": MISSING,
        "key": target.key,
        "on": _ON.format(key=target.key),
        "history": target.platform.table(f"{target.spec.name}_history"),
        "batches": target.platform.table("push_batch"),
        "mine": identifiers((*target.content, "district_code"), "s."),
        "theirs": identifiers((*target.content, "district_code"), "t."),
    }


def broken_checks(cursor, target: Target, limit: int) -> list[RejectedRow]:
    """Return the staged rows that break a check of the layer's table."""
    return check_rows(cursor, target, STAGE, sql.SQL("source_row"), limit)


def check_rows(
    cursor, target: Target, table: sql.Composable, number: sql.Composable, limit: int
) -> list[RejectedRow]:
    """Return the rows of ``table`` that break a check of the layer's own."""
    cursor.execute(
        "SELECT conname, pg_get_expr(conbin, conrelid), ARRAY(SELECT attname::text FROM "
        "pg_attribute WHERE attrelid = conrelid AND attnum = ANY (conkey)) "
        "FROM pg_constraint WHERE conrelid = to_regclass(%s) AND contype = 'c' AND convalidated",
        (f'{target.platform.schema}."{target.spec.name}"',),
    )
    rejected: list[RejectedRow] = []
    there = {*target.content, "district_code"}
    for name, expression, columns in cursor.fetchall():
        if not set(columns) <= there:
            continue
        fields = [c for c in columns if c not in ("geom", "district_code")] or columns
        cursor.execute(
            sql.SQL(
                "SELECT {number}, {key}, {value}::text FROM {table} WHERE NOT ({check}) LIMIT {limit}"
            ).format(
                number=number,
                key=target.key,
                value=sql.Identifier(fields[-1]),
                table=table,
                check=Verbatim(expression),
                limit=sql.Literal(limit),
            )
        )
        reason = _reason(name.removeprefix(f"{target.spec.name}_"), name)
        rejected += [
            RejectedRow(row, key, fields[-1], printable(value), reason)
            for row, key, value in cursor.fetchall()
        ]
    return rejected[:limit]


def _reason(short: str, name: str) -> str:
    if short == "dates":
        return translate("Wangge", "The end date lies before the start date.")
    if short == "geometry":
        return translate("Wangge", "The layer holds no shapes of this type.")
    if short in ("level", "accuracy"):
        return translate("Wangge", "The value is none of those allowed.")
    return translate("Wangge", "The row breaks the platform's rule {rule}.").format(rule=name)


def drop_unchanged(cursor, target: Target, *, writing: bool) -> int:
    """Take out staged rows that say what the platform says, renewing fingerprints; return how many.

    A fingerprint is missing after an edit by hand and differs when the set of columns does.
    """
    names = {
        **_names(target),
        "same": SAME,
        "here": _districts(cursor, STAGE, "old_district"),
    }
    # A few rows are looked up among millions, so the index is worth it even on slow disks.
    cursor.execute(
        sql.SQL("ANALYZE {stage} ({key}, old_district); SET LOCAL random_page_cost = 1.1").format(
            **names
        )
    )
    cursor.execute(
        sql.SQL(
            "WITH gone AS (DELETE FROM {stage} s USING {table} t "
            "WHERE {on} AND t.district_code = ANY ({here}) "
            "AND ({theirs}) IS NOT DISTINCT FROM ({mine}) "
            "RETURNING s.{key} AS key, s.old_district, s.row_hash) "
            "INSERT INTO {same} SELECT key, old_district, row_hash FROM gone"
        ).format(**names)
    )
    count_ = cursor.rowcount
    if writing and count_:
        cursor.execute(
            sql.SQL(
                "UPDATE {table} t SET row_hash = s.row_hash FROM {same} s "
                "WHERE t.district_code = s.old_district AND t.{key} = s.key "
                "AND t.district_code = ANY ({here})"
            ).format(**names)
        )
    return count_


def find_conflicts(cursor, target: Target, base: int) -> list[Conflict]:
    """Return, and take out, staged rows that somebody changed or removed after batch ``base``."""
    names = {**_names(target), "base": sql.Literal(base)}
    who = sql.SQL(
        "coalesce(nullif(b.user_name, ''), b.pushed_by::text), "
        "to_char(b.started_at, 'YYYY-MM-DD HH24:MI:SS'), b.batch_id"
    )
    conflicts: list[Conflict] = []

    def collect(statement: str, message: str) -> None:
        cursor.execute(sql.SQL(statement).format(who=who, **names))
        conflicts.extend(
            Conflict(key, by, at, batch, message.format(key=key, person=by, time=at, batch=batch))
            for key, by, at, batch in cursor.fetchall()
        )

    collect(
        "SELECT t.{key}, {who} FROM {stage} s JOIN {table} t ON {on} "
        "JOIN {batches} b ON b.batch_id = t.batch_id WHERE t.batch_id > {base}",
        translate(
            "Wangge",
            "{key} was changed on the platform by {person} at {time} (batch {batch}) since it was "
            "pulled. Pull it again and repeat your change.",
        ),
    )
    cursor.execute(
        sql.SQL("DELETE FROM {stage} s USING {table} t WHERE {on} AND t.batch_id > {base}").format(
            **names
        )
    )
    collect(
        "SELECT s.{key}, {who} FROM {stage} s JOIN LATERAL (SELECT h.* FROM {history} h "
        "WHERE h.key = s.{key} ORDER BY h.batch_id DESC LIMIT 1) h ON true "
        "JOIN {batches} b ON b.batch_id = h.batch_id WHERE s.old_district = '' "
        "AND h.operation = 'delete' AND h.batch_id > {base}",
        translate(
            "Wangge",
            "{key} was removed from the platform by {person} at {time} (batch {batch}) since it "
            "was pulled. Remove it from the layer too, or give it a new code.",
        ),
    )
    # Rows that came after the pull cannot be missing from it.
    collect(
        "SELECT t.{key}, {who} FROM {missing} s JOIN {table} t ON t.{key} = s.key "
        "AND t.district_code = s.district_code "
        "JOIN {batches} b ON b.batch_id = t.batch_id WHERE t.batch_id > {base} AND EXISTS ("
        "SELECT FROM {history} h WHERE h.key = t.{key} AND h.batch_id > {base} "
        "AND (h.before->>'batch_id')::bigint <= {base})",
        translate(
            "Wangge",
            "{key} is missing from the layer, but {person} changed it on the platform at {time} "
            "(batch {batch}) since it was pulled. Pull it again.",
        ),
    )
    cursor.execute(
        sql.SQL(
            "DELETE FROM {missing} s USING {table} t WHERE t.{key} = s.key "
            "AND t.district_code = s.district_code AND t.batch_id > {base}"
        ).format(**names)
    )
    return conflicts


def count(cursor, target: Target) -> Merged:
    """Count what `merge` would write."""
    cursor.execute(
        sql.SQL(
            "SELECT count(*) FILTER (WHERE old_district = ''), "
            "count(*) FILTER (WHERE old_district <> ''), (SELECT count(*) FROM {missing}) "
            "FROM {stage}"
        ).format(**_names(target))
    )
    return Merged(*cursor.fetchone())


def merge(cursor, target: Target) -> Merged:
    """Write the staged rows into the layer; the layer's triggers keep the history."""
    names = _names(target)
    deleted = updated = inserted = 0
    plan = count(cursor, target)
    if plan.deleted:
        cursor.execute(
            sql.SQL(
                "DELETE FROM {table} t USING {missing} s WHERE t.district_code = s.district_code "
                "AND t.{key} = s.key AND t.district_code = ANY ({here})"
            ).format(here=_districts(cursor, MISSING, "district_code"), **names)
        )
        deleted = cursor.rowcount
    written = (*(n for n in target.content if n != target.spec.key), "district_code", "row_hash")
    if plan.updated:
        # Named districts: the others' tables, which may lie on servers elsewhere, are left alone.
        cursor.execute(
            sql.SQL(
                "UPDATE {table} t SET {assignments} FROM {stage} s "
                "WHERE {on} AND t.district_code = ANY ({here})"
            ).format(
                here=_districts(cursor, STAGE, "old_district"),
                assignments=sql.SQL(", ").join(
                    sql.SQL("{0} = s.{0}").format(sql.Identifier(n)) for n in written
                ),
                **names,
            )
        )
        updated = cursor.rowcount
    if plan.inserted:
        columns = (*target.content, "district_code", "row_hash")
        cursor.execute(
            sql.SQL(
                "INSERT INTO {table} ({columns}) "
                "SELECT {columns} FROM {stage} WHERE old_district = ''"
            ).format(columns=identifiers(columns), **names)
        )
        inserted = cursor.rowcount
    return Merged(inserted, updated, deleted)


def _districts(cursor, table: sql.Composable, column: str) -> sql.Composable:
    cursor.execute(
        sql.SQL("SELECT DISTINCT {}::text FROM {}").format(sql.Identifier(column), table)
    )
    return sql.Literal([row[0] for row in cursor.fetchall()]) + sql.SQL("::text[]")


def _wkt(data: str | None) -> str | None:
    return None if data is None else shapely.to_wkt(shapely.from_wkb(data), rounding_precision=-1)


def list_differences(cursor, target: Target, limit: int) -> list[Difference]:
    """Return up to ``limit`` differences between the staged rows and the platform."""
    names = {**_names(target), "limit": sql.Literal(limit)}
    content = target.content

    def side(alias: str) -> sql.Composed:
        return sql.SQL(", ").join(
            sql.SQL("{}.{}").format(sql.Identifier(alias), sql.Identifier(n)) + sql.SQL("::text")
            for n in content
        )

    def shape(text: str | None) -> shapely.Geometry | None:
        return None if text is None else shapely.from_wkb(text)

    found: list[Difference] = []
    cursor.execute(
        sql.SQL(
            "SELECT s.{key}, {new} FROM {stage} s WHERE old_district = '' LIMIT {limit}"
        ).format(new=side("s"), **names)
    )
    for key, *values in cursor.fetchall():
        geometry = shape(values[-1]) if target.has_geometry else None
        found.append(Difference("added", key, geometry=geometry))
    cursor.execute(
        sql.SQL(
            "SELECT s.{key}, {old}, {new} FROM {stage} s JOIN {table} t ON {on} LIMIT {limit}"
        ).format(old=side("t"), new=side("s"), **names)
    )
    for key, *values in cursor.fetchall():
        old, new = values[: len(content)], values[len(content) :]
        geometry = shape(new[-1]) if target.has_geometry else None
        for name, before, after in zip(content, old, new, strict=True):
            if before != after:
                if name == "geom":
                    before, after = (_wkt(v) for v in (before, after))
                found.append(Difference("changed", key, name, before, after, geometry))
    cursor.execute(
        sql.SQL(
            "SELECT t.{key}, {old} FROM {missing} s JOIN {table} t "
            "ON t.district_code = s.district_code AND t.{key} = s.key LIMIT {limit}"
        ).format(old=side("t"), **names)
    )
    for key, *values in cursor.fetchall():
        geometry = shape(values[-1]) if target.has_geometry else None
        found.append(Difference("removed", key, geometry=geometry))
    return found[:limit]
