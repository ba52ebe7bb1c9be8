"""What a merge or its undo did to components, noted in the project's table of changes.

A crew's device runs QField or Mergin, which note nothing: what it changed is known once
the package is merged, and goes into the same table as the changes made at the desk.
"""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Mapping, Sequence

import numpy as np
import shapely

from ...rules.batch import Batch
from ...standards.component_history import DELETED, FOLLOWED, GEOMETRY, HISTORY
from ..columns import null_to_blank
from ..intake.gpkg import quoted
from ..merge.values import same_shapes, same_values, values_to_text

#: Whose change it was: (uuid, field) -> name; a whole row goes by ``(uuid, "")``.
Authors = Mapping[tuple[str, str], str]

_LENGTHS = {field.name: field.length for field in HISTORY.fields}


def note_history(
    connection: sqlite3.Connection,
    before: Batch,
    after: Batch,
    authors: Authors,
    *,
    undo: str = "",
) -> int:
    """Note each changed place, state, class and code, and each row that went.

    New components are noted nowhere: their own columns say when and by whom.

    Parameters
    ----------
    connection : sqlite3.Connection
        In the transaction that changes the rows.
    before, after : Batch
    authors : mapping
        Who made which change.
    undo : str
        What an undo is called; rows that it brings back are noted too.

    Returns
    -------
    int
        Number of changes noted; 0 where the project has no such table.
    """
    present = _columns(connection)
    if not {"uuid", "field", "old_value", "new_value"} <= present:
        return 0
    rows = [*_changed(before, after), *_gone(before, after)]
    if undo:
        rows += _back(before, after)
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
    names = [n for n in _LENGTHS if n in present]
    values = []
    for row in rows:
        person = authors.get((row["uuid"], row["field"])) or authors.get((row["uuid"], ""), undo)
        row |= {"changed_at": now.replace("+00:00", "Z"), "changed_by": person}
        values.append([row[n][: _LENGTHS[n] or None] for n in names])
    connection.executemany(
        f"INSERT INTO {quoted(HISTORY.name)} "  # noqa: S608 - quoted  # nosec B608
        f"({', '.join(map(quoted, names))}) VALUES ({', '.join('?' * len(names))})",
        values,
    )
    return len(rows)


def _columns(connection: sqlite3.Connection) -> set[str]:
    found = connection.execute("SELECT name FROM pragma_table_info(?)", (HISTORY.name,))
    return {name for (name,) in found}


def _entries(
    batch: Batch, rows: np.ndarray, field: str, olds: Sequence[str], news: Sequence[str]
) -> list[dict[str, str]]:
    picked = Batch(
        {n: batch.fields[n][rows] for n in ("uuid", "component_code") if n in batch.fields},
        None,
        batch.ids[rows],
    )
    columns = picked.text("uuid"), picked.text("component_code"), olds, news
    return [
        {"uuid": key, "component_code": code, "field": field, "old_value": old, "new_value": new}
        for key, code, old, new in zip(*columns, strict=True)
    ]


def _changed(before: Batch, after: Batch) -> list[dict[str, str]]:
    was, now = _shared(before, after)
    found = []
    for name in FOLLOWED:
        if name in before.fields and name in after.fields:
            differs = ~same_values(before.fields[name][was], after.fields[name][now])
            olds = null_to_blank(values_to_text(before.fields[name][was[differs]]))
            news = null_to_blank(values_to_text(after.fields[name][now[differs]]))
            found += _entries(before, was[differs], name, olds.tolist(), news.tolist())
    if before.geometry is not None and after.geometry is not None:
        moved = ~same_shapes(before.geometry[was], after.geometry[now])
        places = _places(before, was[moved]), _places(after, now[moved])
        found += _entries(before, was[moved], GEOMETRY, *places)
    return found


def _gone(before: Batch, after: Batch) -> list[dict[str, str]]:
    rows = _only(before, after)
    return _entries(before, rows, DELETED, _places(before, rows), [""] * len(rows))


def _back(before: Batch, after: Batch) -> list[dict[str, str]]:
    rows = _only(after, before)
    return _entries(after, rows, GEOMETRY, [""] * len(rows), _places(after, rows))


def _only(one: Batch, other: Batch) -> np.ndarray:
    known = set(other.text("uuid").tolist())
    keys = enumerate(one.text("uuid").tolist())
    return np.array([i for i, key in keys if key and key not in known], int)


def _shared(before: Batch, after: Batch) -> tuple[np.ndarray, np.ndarray]:
    old = {k: i for i, k in enumerate(before.text("uuid").tolist()) if k}
    pairs = [(old[k], i) for i, k in enumerate(after.text("uuid").tolist()) if k in old]
    return np.array([a for a, _ in pairs], int), np.array([b for _, b in pairs], int)


def _places(batch: Batch, rows: np.ndarray) -> list[str]:
    if batch.geometry is None:
        return [""] * len(rows)
    return [_place(shape) for shape in batch.geometry[rows]]


def _place(shape: shapely.Geometry | None) -> str:
    """Return a point of a geometry as QGIS writes it, to the millimetre."""
    if shape is None or shape.is_empty:
        return ""
    point = shapely.point_on_surface(shape)
    x, y = (f"{v:.3f}".rstrip("0").rstrip(".") for v in (point.x, point.y))
    return f"Point ({x} {y})"
