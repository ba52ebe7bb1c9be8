"""Findings kept on the platform: what the last push found in its rows, and what was accepted.

A push reads what is kept of the rows that it judges, and brings that to what it found: a finding
that is there again stays as it is, an accepted one accepted; one that is gone is fixed; where a
rule finds something else in the same feature, that takes the place of what was kept. Findings of
rows that the source does not bring stay. Those about no row (the layer as a whole, a cell without
components) are those of the last push of their district.

What a push passes over because it is known has no findings of rules on single rows, and rules
across rows look at every row: what is kept is the same with that shortcut and without.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from psycopg2 import sql

from ..rules.finding import Finding, Severity, State
from ..rules.findings import findings_batch, zoom_points
from ..rules.result import CheckResult, finding_identity
from ..rules.states import carry_over
from ..standards.layers import LAYERS
from .cells import cells_of, geometry_cells, number_cells, value_cells
from .frames import copy_data
from .gathering import Work
from .index import CHUNK
from .platform import WHOLE_CITY, Platform, is_partitioned, key_holds_district
from .staging import MISSING, identifiers

_SPEC = LAYERS["finding"]
_STAGE = sql.Identifier("pg_temp", "wangge_found")
_ACCEPTANCE = ("state", "accepted_by", "accepted_reason", "accepted_date")
_IDENTITY = ("rule", "feature_key", "geometry_hash", "field", "value")
_LENGTHS = {f.name: f.length for f in _SPEC.fields if f.length}


@dataclass(frozen=True)
class Kept:
    """A finding as the platform keeps it.

    Attributes
    ----------
    id : int
        Number of its row.
    district : str
    finding : Finding
        Without its geometry.
    """

    id: int
    district: str
    finding: Finding


def keeps_findings(cursor, platform: Platform) -> bool:
    """Return False where the platform is older, or the caller may not read findings."""
    cursor.execute(
        "SELECT coalesce(has_table_privilege(t.oid, 'SELECT'), false) AND EXISTS ("
        "SELECT FROM pg_trigger g WHERE g.tgrelid = t.oid AND g.tgname = 'stamp_finding') "
        "FROM (SELECT to_regclass(%s)::oid) AS t (oid)",
        (f'{platform.schema}."finding"',),
    )
    return bool(cursor.fetchone()[0])


def may_accept(cursor, platform: Platform) -> bool:
    """Return True when the caller may accept findings on the platform."""
    if not keeps_findings(cursor, platform):
        return False
    cursor.execute(sql.SQL("SELECT {}()").format(platform.table("may_accept")))
    return bool(cursor.fetchone()[0])


def read_findings(cursor, work: Work) -> list[Kept]:
    """Read the open and accepted findings that this push is about to judge."""
    target = work.target
    districts = _districts(work)
    if not districts or not keeps_findings(cursor, target.platform):
        return []
    # Where rows may move, a finding may still lie in the district its row comes from.
    where = "AND district_code = ANY (%s::text[])" if _stay(work) else ""
    cursor.execute(
        sql.SQL(
            "SELECT id, district_code, {columns} FROM {table} WHERE layer = %s "
            "AND state <> 'fixed' {where} ORDER BY district_code, id"
        ).format(
            columns=sql.SQL(", ").join(
                sql.SQL("coalesce({}::text, '')").format(sql.Identifier(n)) for n in _SPEC.names
            ),
            table=target.platform.table("finding"),
            where=sql.SQL(where),
        ),
        (target.spec.name, districts) if where else (target.spec.name,),
    )
    kept = [Kept(row[0], row[1], _finding(row[2:])) for row in cursor.fetchall()]
    return _judged(work, kept, districts) if kept else []


def _finding(values: Sequence[str]) -> Finding:
    row: dict = dict(zip(_SPEC.names, values, strict=True))
    return Finding(**{**row, "state": State(row["state"]), "severity": Severity(row["severity"])})


def _stay(work: Work) -> bool:
    spec = work.target.spec
    return not is_partitioned(spec.name) or key_holds_district(spec)


def _districts(work: Work) -> list[str]:
    if not is_partitioned(work.target.spec.name):
        return [WHOLE_CITY] if work.rows else []
    return sorted(work.districts)


def _judged(work: Work, kept: list[Kept], districts: list[str]) -> list[Kept]:
    """Return the findings of rows that the source has, and those that are about no row."""
    keys = np.array([k.finding.feature_key.encode() for k in kept], "S")
    brought = np.zeros(len(kept), bool)
    away = np.zeros(len(kept), bool)
    for index in work.indexes.values():
        place = index.find(keys)
        there = place >= 0
        brought[there] |= index.seen[place[there]]
        away[there] |= ~index.seen[place[there]]
    for new in work.new_keys:
        brought |= np.isin(keys, new[np.isin(new, keys)])
    here = np.isin([k.district for k in kept], districts)
    return [
        k for k, wanted in zip(kept, (brought | (here & ~away)).tolist(), strict=True) if wanted
    ]


def with_states(kept: Sequence[Finding], result: CheckResult) -> CheckResult:
    """Return what a check found with the states that the platform keeps.

    Parameters
    ----------
    kept : sequence of Finding
        As `push.push` hands them to ``judge``: texts may have been cut to be stored.
    result : CheckResult
    """
    if not kept:
        return result
    whole = {finding_identity(_fitted(f)): f for f in result}
    earlier = []
    for old in kept:
        now = whole.get(finding_identity(old))
        if now is not None:
            old = replace(old, **{name: getattr(now, name) for name in _IDENTITY})
        earlier.append(old)
    return carry_over(earlier, result)


def _fitted(finding: Finding) -> Finding:
    """Return a finding as it can be stored."""
    texts = {name: getattr(finding, name) for name in _LENGTHS if name not in ("severity", "state")}
    fitted: dict[str, Any] = {name: _cut(text, _LENGTHS[name]) for name, text in texts.items()}
    return finding if fitted == texts else replace(finding, **fitted)


def _cut(text: str, length: int) -> str:
    text = text[:length].replace("\0", "\\0")
    return text.encode("utf-8", "backslashreplace").decode()[:length]


def keep_findings(
    cursor, work: Work, kept: Sequence[Kept], judged: Iterable[Finding], *, removed: bool
) -> None:
    """Bring the platform's findings to what this push has found.

    Parameters
    ----------
    cursor : psycopg2 cursor
        Inside the push's transaction, after its rows were written.
    work : Work
    kept : sequence of Kept
        From `read_findings`.
    judged : iterable of Finding
        With their states, geometries in the platform's coordinate system.
    removed : bool
        The push removed rows, which are staged as missing.
    """
    platform, layer = work.target.platform, work.target.spec.name
    wanted: dict[tuple, Finding] = {}
    for finding in judged:
        fitted = _fitted(finding)
        wanted.setdefault(finding_identity(fitted), fitted)
    gone: list[int] = []
    staged: list[tuple[int, Finding]] = []
    for old in kept:
        now = wanted.pop(finding_identity(old.finding), None)
        if now is None:
            gone.append(old.id)
        elif _standing(now) != _standing(old.finding):
            staged.append((old.id, now))
    staged += [(0, f) for f in wanted.values() if f.state is not State.FIXED]
    if not (gone or staged or kept or removed) or not keeps_findings(cursor, platform):
        return
    names = {"finding": platform.table("finding"), "stage": _STAGE}
    if gone:
        cursor.execute(
            sql.SQL("DELETE FROM {finding} WHERE id = ANY (%s)").format(**names), (gone,)
        )
    districts = _districts(work)
    if staged and districts:
        _stage(cursor, work, staged, districts)
        for statement in (_CHANGE, _FORGET_FIXED, _ADD):
            cursor.execute(
                sql.SQL(statement).format(
                    **names,
                    acceptance=identifiers(_ACCEPTANCE),
                    new_acceptance=identifiers(_ACCEPTANCE, "s."),
                    columns=identifiers((*_SPEC.names, "geom", "district_code")),
                    same=sql.SQL(" AND ").join(
                        sql.SQL("coalesce(f.{0}, '') = s.{0}").format(sql.Identifier(n))
                        for n in ("layer", *_IDENTITY)
                    ),
                )
            )
    if not _stay(work):
        cursor.execute(
            sql.SQL(
                "UPDATE {finding} f SET district_code = t.district_code FROM {table} t "
                "WHERE f.layer = %s AND t.{key} = f.feature_key "
                "AND f.district_code <> t.district_code"
            ).format(table=work.target.table, key=work.target.key, **names),
            (layer,),
        )
    if removed:
        cursor.execute(
            sql.SQL(
                "UPDATE {finding} f SET state = 'fixed', accepted_by = NULL, "
                "accepted_reason = NULL, accepted_date = NULL FROM {missing} m "
                "WHERE f.layer = %s AND f.state <> 'fixed' AND f.feature_key = m.key "
                "AND f.district_code = m.district_code"
            ).format(missing=MISSING, **names),
            (layer,),
        )


_CHANGE = (
    "UPDATE {finding} f SET severity = s.severity, ({acceptance}) = ROW ({new_acceptance}) "
    "FROM {stage} s WHERE s.id = f.id"
)
# What comes back is open again, not beside a fixed one.
_FORGET_FIXED = (
    "DELETE FROM {finding} f USING {stage} s WHERE s.id = 0 AND f.state = 'fixed' "
    "AND f.district_code = s.district_code AND {same}"
)
_ADD = "INSERT INTO {finding} ({columns}) SELECT {columns} FROM {stage} WHERE id = 0"


def _standing(finding: Finding) -> tuple:
    return (finding.severity, *(getattr(finding, name) for name in _ACCEPTANCE))


def _stage(
    cursor, work: Work, staged: Sequence[tuple[int, Finding]], districts: Sequence[str]
) -> None:
    """COPY findings beside the table; rows with number 0 are new."""
    target = work.target
    batch = findings_batch([f for _, f in staged])
    names = (*_SPEC.names, "geom", "district_code")
    # A finding about no row of a district lies in the first one of the push.
    first = districts[0]
    homes = [f.feature_key[:6] if f.feature_key[:6] in districts else first for _, f in staged]
    columns = [
        number_cells(np.array([number for number, _ in staged])),
        *(cells_of(batch, name) for name in _SPEC.names),
        geometry_cells(_points([f for _, f in staged]), target.platform.srid),
        value_cells([home.encode() for home in homes]),
    ]
    cursor.execute(
        sql.SQL(
            "CREATE TEMP TABLE wangge_found ON COMMIT DROP AS SELECT id, {} FROM {} WITH NO DATA"
        ).format(identifiers(names), target.platform.table("finding"))
    )
    cursor.copy_expert(
        sql.SQL("COPY {} (id, {}) FROM STDIN (FORMAT binary)").format(_STAGE, identifiers(names)),
        io.BytesIO(copy_data(columns)),
        CHUNK,
    )
    if not _stay(work):
        cursor.execute(
            sql.SQL(
                "UPDATE {} s SET district_code = t.district_code FROM {} t WHERE t.{} = s.feature_key"
            ).format(_STAGE, target.table, target.key)
        )


def _points(findings: Sequence[Finding]) -> np.ndarray:
    points = shapely.force_2d(zoom_points(findings))
    points[shapely.is_empty(points)] = None
    return points


def forget_findings(cursor, platform: Platform, layer: str, districts: Sequence[str]) -> None:
    """Forget what was found and fixed in districts whose rows were taken back.

    The next push tells anew; what was accepted is a decision, and stays.
    """
    if districts and keeps_findings(cursor, platform):
        cursor.execute(
            sql.SQL(
                "DELETE FROM {} WHERE layer = %s AND state <> 'accepted' "
                "AND district_code = ANY (%s::text[])"
            ).format(platform.table("finding")),
            (layer, list(districts)),
        )
