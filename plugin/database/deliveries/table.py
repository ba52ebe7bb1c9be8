"""The heading of a delivered table, and its cells as columns of text."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from types import MappingProxyType

import numpy as np

from ...errors import WanggeError
from ...rules.batch import Batch
from ...standards.spec import LayerSpec
from ...translation import translate

#: Headings of coordinates.
COORDINATES: Mapping[str, str] = MappingProxyType(
    {
        "x": "x 经度 东经 lon lng longitude x坐标 坐标x 横坐标 东坐标 coordinatex absx",
        "y": "y 纬度 北纬 lat latitude y坐标 坐标y 纵坐标 北坐标 coordinatey absy",
    }
)
_HEADING_ROWS = 20


@dataclass(frozen=True)
class DeliveredTable:
    """Columns of text under our field names, ``x`` and ``y`` among them.

    Attributes
    ----------
    columns : mapping of str to ndarray
        Shape (n,) of str or None.
    numeric : frozenset of str
        Columns whose cells were numbers: a code in them has lost its leading zeros.
    rows : ndarray of int
        Row numbers as people see them, from 1.
    left : tuple of str
        Headings nothing is known about.
    """

    columns: Mapping[str, np.ndarray]
    numeric: frozenset[str]
    rows: np.ndarray
    left: tuple[str, ...] = ()


def headings(spec: LayerSpec, words: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
    """Return folded heading -> field of the layer, or ``x`` and ``y``.

    Parameters
    ----------
    spec : LayerSpec
    words : mapping of str to str
        Field -> further headings of it, between blanks.
    """
    known: dict[str, str] = {}
    for field in spec.fields:
        for word in (
            field.name,
            field.alias_zh,
            field.alias_en,
            *field.abbreviations.values(),
            *field.synonyms,
        ):
            known.setdefault(_folded(word), field.name)
    for name, further in {**COORDINATES, **words}.items():
        for word in further.split():
            known.setdefault(_folded(word), name)
    return known


def read_table(
    rows: Sequence[Sequence[object]],
    spec: LayerSpec,
    *,
    words: Mapping[str, str] = MappingProxyType({}),
    field_map: Mapping[str, str] = MappingProxyType({}),
) -> DeliveredTable:
    """Find the heading of a table and take its rows.

    Parameters
    ----------
    rows : sequence of sequence of object
        Cells: text, number, date or None.
    spec : LayerSpec
    words : mapping of str to str
        See `headings`.
    field_map : mapping of str to str
        Heading -> field (or ``x``, ``y``), before those recognised.

    Raises
    ------
    WanggeError
        When no row of the first ones looks like a heading.
    """
    known = headings(spec, words) | {_folded(h): f for h, f in field_map.items()}
    row = _heading_row(rows, known, spec)
    texts = [_text(cell) or "" for cell in rows[row]]
    names: dict[str, int] = {}
    left = []
    for column, text in enumerate(texts):
        name = known.get(_folded(text))
        if name and name not in names:
            names[name] = column
        elif text:
            left.append(text)
    data = [
        (number, cells)
        for number, cells in enumerate(rows[row + 1 :], row + 2)
        if any(c is not None and c != "" for c in cells)
    ]
    columns, numeric = {}, set()
    for name, column in names.items():
        cells = [c[column] if column < len(c) else None for _, c in data]
        if any(isinstance(c, int | float) and not isinstance(c, bool) for c in cells):
            numeric.add(name)
        values = np.empty(len(cells), object)
        values[:] = [_text(c) for c in cells]
        columns[name] = values
    numbers = np.array([number for number, _ in data], np.int64)
    return DeliveredTable(columns, frozenset(numeric), numbers, tuple(left))


def rows_of_batch(batch: Batch) -> list[Sequence[object]]:
    """Return a layer's fields as a table whose first row is its heading."""
    columns = []
    for name, values in batch.fields.items():
        empty = batch.is_null(name).tolist()
        plain = values.tolist()
        columns.append([None if e else v for e, v in zip(empty, plain, strict=True)])
    rows = zip(*columns, strict=True) if columns else iter([()] * len(batch))
    return [list(batch.fields), *rows]


def _heading_row(
    rows: Sequence[Sequence[object]], known: Mapping[str, str], spec: LayerSpec
) -> int:
    best, most = -1, 1
    for row, cells in enumerate(rows[:_HEADING_ROWS]):
        found = {known.get(_folded(_text(c) or "")) for c in cells} - {None}
        if len(found) > most:
            best, most = row, len(found)
    if best < 0:
        first = _listed(_text(c) or "" for c in rows[0]) if rows else ""
        raise WanggeError(
            translate(
                "Wangge",
                "The table has no heading of the layer {layer} (its first row: {row}). Name the "
                "columns as the layer's fields, or give a field map.",
            ).format(layer=spec.title, row=first or "–")
        )
    return best


def _listed(texts: Iterable[str]) -> str:
    return ", ".join(t for t in texts if t)[:120]


def _folded(text: str) -> str:
    return "".join(text.split()).replace("（", "(").replace("）", ")").lower()


def _text(cell: object) -> str | None:
    if cell is None:
        return None
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, float):
        if not math.isfinite(cell):
            return None
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return str(cell).strip() or None
