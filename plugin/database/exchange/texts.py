"""Columns as texts and back, as JSON, XML and CSV packages hold them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from ...errors import WanggeError
from ...rules.batch import Batch
from ...standards.spec import FieldType
from ...translation import translate
from ..parsing import parse
from .columns import SHAPE, Table
from .shapes import shapes_of_texts, texts_of_shapes

ISO = "%Y-%m-%d"


@dataclass(frozen=True)
class TextLayout:
    """How texts are written: encoding, and dates as `datetime.date.strftime` takes them."""

    encoding: str = "utf-8"
    date_format: str = ISO


def texts_of_batch(batch: Batch, table: Table, layout: TextLayout) -> list[list[str | None]]:
    """Return every column of a conformed batch as texts, None for null; the shapes last."""
    columns = [
        _texts(batch.fields[c.name], batch.is_null(c.name), c.type, layout.date_format, table, c)
        for c in table.columns
    ]
    if table.has_shapes:
        columns.append([] if batch.geometry is None else texts_of_shapes(batch.geometry))
    return columns


def batch_of_texts(
    columns: Sequence[Sequence[str | None]], table: Table, layout: TextLayout, first: int
) -> Batch:
    """Return the batch whose texts these are; ``first`` is the number of its first row.

    Raises
    ------
    WanggeError
        When a text is not of its column's type: names table, row and field.
    """
    n = len(columns[0]) if columns else 0
    fields: dict[str, np.ndarray] = {}
    nulls: dict[str, np.ndarray] = {}
    for column, texts in zip(table.columns, columns, strict=False):
        values, wrong = parse(texts, column.type, date_format=layout.date_format)
        if len(wrong):
            _refuse(table, column.exchanged, column.type.value, texts, int(wrong[0]), first)
        fields[column.name] = values
        if column.type is FieldType.INTEGER:
            empty = np.array([t is None for t in texts], bool)
            if empty.any():
                nulls[column.name] = empty
    geometry = None
    if table.has_shapes:
        geometry, wrong = shapes_of_texts(columns[-1])
        if len(wrong):
            _refuse(table, SHAPE, SHAPE, columns[-1], int(wrong[0]), first)
    ids = np.arange(first, first + n, dtype=np.int64)
    return Batch(fields, geometry, ids, table.crs if table.has_shapes else "", nulls)


def _refuse(
    table: Table, field: str, type_: str, texts: Sequence[str | None], row: int, first: int
) -> None:
    raise WanggeError(
        translate(
            "Wangge",
            "Table {layer}, row {row}, field {field}: “{value}” is no {type}. Correct it, then "
            "run again.",
        ).format(
            layer=table.name,
            row=first + row,
            field=field,
            value=str(texts[row])[:60],
            type=type_,
        )
    )


def _texts(
    values: np.ndarray, empty: np.ndarray, type_: FieldType, date_format: str, table: Table, column
) -> list[str | None]:
    if type_ is FieldType.TEXT:
        return values.tolist()
    if type_ is FieldType.DATE:
        made = _days(values, date_format, table, column)
    elif type_ is FieldType.DATETIME:
        made = [t.removesuffix(".000") for t in np.datetime_as_string(values).tolist()]
    else:
        made = list(map(repr, values.tolist()))
    return [None if e else t for t, e in zip(made, empty.tolist(), strict=True)]


def _days(values: np.ndarray, date_format: str, table: Table, column) -> list[str | None]:
    if date_format == ISO:
        return np.datetime_as_string(values).tolist()
    days, row = np.unique(values, return_inverse=True)
    known: list[str | None] = []
    for day in days.tolist():
        text = None if day is None else _day(day, date_format)
        if day is not None and text is None:
            raise WanggeError(
                translate(
                    "Wangge",
                    "Table {layer}, field {field}: the date {value} cannot be written in the form "
                    "{format} without loss. Correct the date, or the profile's date_format.",
                ).format(layer=table.name, field=column.name, value=day, format=date_format)
            )
        known.append(text)
    return [known[r] for r in row.tolist()]


def _day(day, date_format: str) -> str | None:
    # Years before 1 or after 9999 come as bare numbers; a form with two-digit years loses some.
    if not isinstance(day, date):
        return None
    text = day.strftime(date_format.replace("%Y", f"{day.year:04d}"))
    try:
        return text if datetime.strptime(text, date_format).date() == day else None
    except ValueError:
        return None
