"""How the rows that came back differ from those that went out."""

from __future__ import annotations

import numpy as np

from ...rules.batch import Batch
from .changes import Changes, Update, append_rows, set_values
from .keys import index_of
from .values import (
    GEOMETRY,
    rows_from_json,
    rows_to_json,
    same_shapes,
    same_values,
    shape_to_text,
    values_to_text,
)


def difference(base: Batch, returned: Batch) -> Changes:
    """Return what turns the rows that went out into those that came back.

    Both have a uuid of its own in each row.
    """
    in_base, in_field = index_of(base), index_of(returned)
    both = [k for k in in_base if k in in_field]
    b = np.array([in_base[k] for k in both], int)
    f = np.array([in_field[k] for k in both], int)
    updates: list[Update] = []
    for name in base.fields:
        if name == "uuid" or name not in returned.fields:
            continue
        differs = ~same_values(base.fields[name][b], returned.fields[name][f])
        was = values_to_text(base.fields[name][b[differs]]).tolist()
        now = values_to_text(returned.fields[name][f[differs]]).tolist()
        updates += _updates(both, differs, name, was, now)
    if base.geometry is not None and returned.geometry is not None:
        differs = ~same_shapes(base.geometry[b], returned.geometry[f])
        was = [shape_to_text(s) for s in base.geometry[b[differs]]]
        now = [shape_to_text(s) for s in returned.geometry[f[differs]]]
        updates += _updates(both, differs, GEOMETRY, was, now)
    came = np.array([i for k, i in in_field.items() if k not in in_base], int)
    gone = np.array([i for k, i in in_base.items() if k not in in_field], int)
    return Changes(
        tuple(updates),
        tuple(rows_to_json(returned, came, [n for n in base.fields if n in returned.fields])),
        tuple(rows_to_json(base, gone, list(base.fields))),
    )


def _updates(keys: list[str], where: np.ndarray, name: str, was: list, now: list) -> list[Update]:
    rows = np.flatnonzero(where).tolist()
    return [Update(keys[i], name, a, b) for i, a, b in zip(rows, was, now, strict=True)]


def apply(base: Batch, changes: Changes) -> Batch:
    """Return the rows that came back, from those that went out and their `difference`."""
    rows, _ = set_values(base, list(changes.updates))
    lost = rows_from_json(changes.deleted, base).text("uuid").astype(str)
    rows = rows.take(~np.isin(rows.text("uuid").astype(str), lost))
    if changes.inserted:
        rows = append_rows(rows, rows_from_json(changes.inserted, rows))
    return rows
