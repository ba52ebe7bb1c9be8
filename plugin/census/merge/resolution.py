"""Carry out the decisions on conflicts."""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np

from ...rules.batch import Batch
from .changes import Changes, Update, append_rows, set_values
from .conflicts import FIELD, OFFICE, Kind
from .values import GEOMETRY, rows_from_json, rows_to_json

_ROW_KINDS = (
    Kind.OFFICE_DELETED,
    Kind.NEAR_DUPLICATE,
    Kind.SAME_CODE,
    Kind.SAME_UUID,
    Kind.OUTSIDE,
)


@dataclass(frozen=True)
class Resolved:
    """Result of carrying out decisions.

    Attributes
    ----------
    office : Batch
    open : Batch
        Conflicts without decision, and those whose office value has changed since: a
        decision made on an old value is not carried out.
    changes : Changes
        To be undone with the merge.
    """

    office: Batch
    open: Batch
    changes: Changes


def resolve(office: Batch, conflicts: Batch) -> Resolved:
    """Carry out the ``choice`` of each conflict; see `conflicts.choose`.

    ``office`` leaves the layer as it is. ``field`` takes the field's value, deletes the
    row, or adds it: a row of `Kind.SAME_CODE` without its code, to be numbered anew.
    """
    choice, kind = conflicts.text("choice"), conflicts.text("kind")
    done = choice == OFFICE
    wanted = choice == FIELD
    if not wanted.any():
        return Resolved(office, conflicts.take(~done), Changes())
    updates: list[Update] = []
    owner: list[int] = []
    for i in np.flatnonzero(wanted & np.isin(kind.astype(str), ["attribute", "geometry"])):
        row = {n: conflicts.fields[n][i] for n in ("uuid", "field", "office_value", "field_value")}
        updates.append(Update(row["uuid"], row["field"], row["office_value"], row["field_value"]))
        owner.append(int(i))
    office, failed = set_values(office, updates)
    applied = [u for u in updates if u not in failed]
    for update, i in zip(updates, owner, strict=True):
        done[i] = update not in failed

    deleted: list[str] = []
    rows = {k: i for i, k in enumerate(office.text("uuid").tolist())}
    gone: list[int] = []
    for i in np.flatnonzero(wanted & (kind == Kind.FIELD_DELETED.value)):
        key = conflicts.fields["uuid"][i]
        if key not in rows:
            done[i] = True
            continue
        now = rows_to_json(office, np.array([rows[key]]), list(office.fields))[0]
        told = {**json.loads(conflicts.fields["office_value"][i]), "uuid": key}
        if told == json.loads(now):
            gone.append(rows[key])
            deleted.append(now)
            done[i] = True

    texts: list[str] = []
    inserted: list[str] = []
    for i in np.flatnonzero(wanted & np.isin(kind.astype(str), [k.value for k in _ROW_KINDS])):
        key = conflicts.fields["uuid"][i]
        if key in inserted:
            continue
        values = json.loads(conflicts.fields["field_value"][i])
        if kind[i] == Kind.OUTSIDE.value and key in rows:
            done[i] = _overwrite(conflicts, i, key, values, office, applied)
            if done[i]:
                office, _ = set_values(office, [u for u in applied if u.uuid == key])
            continue
        if key in rows:
            continue
        if kind[i] == Kind.SAME_CODE.value:
            values.pop("component_code", None)
        texts.append(json.dumps({**values, "uuid": key}, ensure_ascii=False))
        inserted.append(key)
        done[i] = True
    keep = np.ones(len(office), bool)
    keep[gone] = False
    office = office.take(keep)
    if texts:
        office = append_rows(office, rows_from_json(texts, office))
    last = np.arange(len(office) - len(texts), len(office))
    came = rows_to_json(office, last, list(office.fields))
    return Resolved(
        office, conflicts.take(~done), Changes(tuple(applied), tuple(came), tuple(deleted))
    )


def _overwrite(
    conflicts: Batch, i: int, key: str, values: dict, office: Batch, applied: list[Update]
) -> bool:
    """Note the updates that bring a row of the office to the field's values, if it is unchanged."""
    told = json.loads(conflicts.fields["office_value"][i] or "{}")
    row = np.flatnonzero(office.text("uuid") == key)[:1]
    now = json.loads(rows_to_json(office, row, list(office.fields))[0])
    if {k: now.get(k) for k in told} != told:
        return False
    names = {*told, *values} & {*office.fields, GEOMETRY}
    applied += [
        Update(key, n, told.get(n), values.get(n))
        for n in sorted(names)
        if told.get(n) != values.get(n) and n != "uuid"
    ]
    return True
