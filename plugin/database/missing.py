"""Rows that the source has no more, looked for only where the source has anything at all."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from psycopg2 import sql

from ..rules.batch import Batch
from . import staging
from .index import PlatformIndex
from .target import Target

_SCOPE_SQL = {
    "community": "t.district_code",
    "department": "t.district_code",
    "unit_grid": "coalesce(nullif(t.community_code, ''), left(t.grid_code, 12))",
    "component": "coalesce(nullif(t.community_code, ''), left(t.grid_code, 12))",
    "risk": "coalesce(nullif(t.community_code, ''), left(t.grid_code, 12))",
    "address": "t.community_code",
}


def scopes(rows: Batch, target: Target, districts: np.ndarray) -> set[str]:
    """Return the communities the rows lie in."""
    if target.spec.name in ("community", "department"):
        return {d.decode() for d in set(districts.tolist())}
    found = rows.text("community_code")
    if "grid_code" in rows.fields:
        grids = np.array([g[:12] for g in rows.text("grid_code").tolist()], object)
        found = np.where(found == "", grids, found)
    return set(found.tolist())


def stage_missing_rows(
    cursor, target: Target, indexes: Iterable[PlatformIndex], communities: Iterable[str]
) -> None:
    """Stage the rows of ``communities`` that no row of the source matched.

    Parameters
    ----------
    cursor : psycopg2 cursor
    target : Target
    indexes : iterable of PlatformIndex
        After all rows of the source were marked in them.
    communities : iterable of str
        What `scopes` returned for the rows of the source.
    """
    for index in indexes:
        gone = ~index.seen
        if gone.any():
            staging.stage_missing(cursor, index.keys[gone].tolist(), index.districts[gone].tolist())
    cursor.execute(
        sql.SQL(
            "DELETE FROM {missing} m USING {table} t WHERE t.district_code = m.district_code "
            "AND t.{key} = m.key AND NOT coalesce({scope} = ANY ({communities}), false)"
        ).format(
            missing=staging.MISSING,
            table=target.table,
            key=target.key,
            scope=sql.SQL(_SCOPE_SQL[target.spec.name]),
            communities=sql.Literal(sorted(set(communities) - {""})) + sql.SQL("::text[]"),
        )
    )
