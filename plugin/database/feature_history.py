"""What the platform knows of one feature: each change with who made it, the newest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg2 import sql

from ..errors import WanggeError
from ..standards.layers import LAYERS
from ..translation import translate
from .failures import people_errors
from .platform import KINDS, Platform, read_platform

# Kept by the platform for itself: no news to people.
_OWN = {"batch_id", "row_hash", "district_code"}


@dataclass(frozen=True)
class FeatureChange:
    """One change of a feature.

    Attributes
    ----------
    batch_id : int
    operation : str
        ``insert``, ``update`` or ``delete``.
    at : datetime
    by : str
        The name the pusher gave, else the database's user.
    source : str
        What was pushed, or ``""``.
    fields : tuple of (str, str, str)
        Field, value before and after; every filled field of an ``insert``.
    moved : bool
        Whether the shape changed.
    """

    batch_id: int
    operation: str
    at: datetime
    by: str
    source: str
    fields: tuple[tuple[str, str, str], ...] = ()
    moved: bool = False


def read_feature_history(
    connection, kind: str, code: str, *, schema: str = "wangge"
) -> list[FeatureChange]:
    """Return what became of a feature, the newest change first; empty when it was never there.

    Parameters
    ----------
    connection : psycopg2 connection
    kind : str
        One of `platform.KINDS`.
    code : str
        The feature's key.
    schema : str

    Raises
    ------
    WanggeError
        The kind is none of a platform's, or there is no platform.
    """
    if kind not in KINDS:
        raise WanggeError(
            translate("Wangge", "A platform keeps no layer “{layer}”.").format(layer=kind)
        )
    with people_errors(connection):
        cursor = connection.cursor()
        platform = read_platform(cursor, schema)
        cursor.execute(
            sql.SQL(
                "SELECT c.batch_id, c.operation, c.changed_at, "
                "coalesce(nullif(b.user_name, ''), c.changed_by), b.source, c.before, c.after, "
                "c.before_geom::text IS DISTINCT FROM c.after_geom::text "
                "FROM {changes} c JOIN {batch} b USING (batch_id) "
                "WHERE c.key = %s ORDER BY c.batch_id"
            ).format(changes=platform.table(f"{kind}_changes"), batch=platform.table("push_batch")),
            (code,),
        )
        rows = cursor.fetchall()
        found: list[FeatureChange] = []
        is_there = False
        for batch, operation, at, by, source, before, after, moved in rows:
            if not is_there:
                found += _birth(cursor, platform, before)
            is_there = operation != "delete"
            told = differences(before, after or {}) if is_there else ()
            found.append(
                FeatureChange(batch, operation, at, by, source, told, is_there and bool(moved))
            )
        if not is_there:
            for image in _present(cursor, platform, kind, code):
                found += _birth(cursor, platform, image)
        return found[::-1]


def differences(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[tuple[str, str, str], ...]:
    """Return field, value before and value after of what differs between two images of a row."""
    names = [n for n in {**before, **after} if n not in _OWN]
    return tuple(
        (name, _text(before.get(name)), _text(after.get(name)))
        for name in names
        if before.get(name) != after.get(name)
    )


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _present(cursor, platform: Platform, kind: str, code: str) -> list[dict]:
    cursor.execute(
        sql.SQL("SELECT to_jsonb(t) - 'geom' FROM {} t WHERE t.{} = %s").format(
            platform.table(kind), sql.Identifier(LAYERS[kind].key)
        ),
        (code,),
    )
    return [row[0] for row in cursor.fetchall()]


def _birth(cursor, platform: Platform, image: Mapping[str, Any]) -> list[FeatureChange]:
    # An insert leaves no image; the row says itself which batch wrote it.
    cursor.execute(
        sql.SQL(
            "SELECT batch_id, started_at, coalesce(nullif(user_name, ''), pushed_by), source "
            "FROM {} WHERE batch_id = %s"
        ).format(platform.table("push_batch")),
        (image["batch_id"],),
    )
    return [
        FeatureChange(batch, "insert", at, by, source, differences({}, image))
        for batch, at, by, source in cursor.fetchall()
    ]
