"""Rows made ready for the platform: converted to the columns' types, or rejected with a reason."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from ..rules.batch import Batch
from ..rules.encoded import Encoded, LazyFields, column_of
from ..standards.spec import FieldSpec, FieldType, LayerSpec
from ..translation import translate
from .cells import WIDEST, Cells, text_cells
from .districts import districts_of
from .plain_shapes import plain_shapes
from .rejections import Rejections, printable
from .result import RejectedRow

_FIRST_DAY = np.datetime64("0001-01-01", "D")
_LAST_DAY = np.datetime64("9999-12-31", "D")


@dataclass(frozen=True)
class Screened:
    """Rows fit to be stored, and those that are not.

    Attributes
    ----------
    batch : Batch
        Types as the columns have them, shapes two-dimensional and of the column's type.
    districts : ndarray of bytes, shape (n,)
        Six digits each.
    rejected : list of RejectedRow
    flattened : int
        Rows whose heights or measures were left out.
    kept : ndarray of int, shape (n,)
        Their rows in the batch that was given.
    as_given : ndarray of bool, shape (n,)
        Rows whose values and shape are stored exactly as they were given.
    cells : dict of str to Cells
        Columns that were made bytes on the way.
    """

    batch: Batch
    districts: np.ndarray
    rejected: list[RejectedRow]
    flattened: int
    kept: np.ndarray
    as_given: np.ndarray
    cells: dict[str, Cells] = field(default_factory=dict)


def screen(batch: Batch, spec: LayerSpec, names: tuple[str, ...]) -> Screened:
    """Convert and check the columns ``names`` of a batch.

    Parameters
    ----------
    batch : Batch
    spec : LayerSpec
    names : tuple of str
        Columns to be stored, all in ``batch``.
    """
    rejections = Rejections(batch, spec)
    columns: dict[str, np.ndarray | Encoded] = {}
    nulls: dict[str, np.ndarray] = {}
    made: dict[str, Cells] = {}
    as_given = np.ones(len(batch), bool)
    for name in names:
        described = spec.field(name)
        raw = column_of(batch.fields, name)
        if isinstance(raw, Encoded) and described.type is FieldType.TEXT:
            fitting = _fitting(raw, described)
            if fitting is not None:
                columns[name], made[name] = raw, fitting
                continue
        column = _convert(batch, described, rejections)
        as_given &= _is_same(batch.fields[name], column)
        if described.type is FieldType.INTEGER:
            null = batch.is_null(name)
            if null.any():
                nulls[name] = null
        columns[name] = column
    key = columns[spec.key]
    if isinstance(key, Encoded):
        key = key.data
    empty = np.array([not k for k in key.tolist()], bool)
    if empty.any():
        rejections.add(
            empty, spec.key, translate("Wangge", "The row has no code; give it one."), lambda i: ""
        )
    geometry, flattened = plain_shapes(batch, spec, rejections)
    as_given &= _same_shapes(batch.geometry, geometry)
    fields = LazyFields(columns)
    districts = districts_of(fields, spec, len(batch), rejections)
    result = replace(batch, fields=fields, geometry=geometry, nulls=nulls)
    kept = np.arange(len(batch))
    if rejections.bad.any():
        kept = np.flatnonzero(~rejections.bad)
        result, districts, made = result.take(kept), districts[kept], {}
    return Screened(result, districts, rejections.rows, flattened, kept, as_given[kept], made)


def _is_same(given: np.ndarray, stored: np.ndarray) -> bool:
    # Texts that need no change are handed on as they are.
    return given is stored if given.dtype == object else given.dtype == stored.dtype


def _same_shapes(given: np.ndarray | None, stored: np.ndarray | None) -> np.ndarray | bool:
    if given is stored:
        return True
    if given is None or stored is None:
        return False
    return np.array([a is b for a, b in zip(given, stored, strict=True)], bool)


def _convert(batch: Batch, field: FieldSpec, rejections: Rejections) -> np.ndarray:
    values = batch.fields[field.name]
    if field.type is FieldType.TEXT:
        return _texts(batch, field, rejections)
    wanted = {
        FieldType.REAL: "f8",
        FieldType.INTEGER: "i8",
        FieldType.DATE: "M8[D]",
        FieldType.DATETIME: "M8[ms]",
    }[field.type]
    if values.dtype == object:
        values = _parsed(values, wanted, field, rejections)
    elif field.type is FieldType.INTEGER:
        whole = values
        if values.dtype.kind == "f":
            null = np.isnan(values)
            odd = ~null & ((values != np.rint(values)) | (np.abs(values) >= 2.0**63))
            rejections.add(
                odd,
                field.name,
                translate("Wangge", "The value must be a whole number."),
                lambda i: printable(values[i]),
            )
            whole = np.where(null | odd, 0, values)
        values = whole.astype("i8")
    elif values.dtype.kind in "MO" or wanted[0] != "M":
        if wanted == "M8[D]" and values.dtype.kind == "M" and values.dtype != np.dtype("M8[D]"):
            values = values.astype("M8[D]")
        values = values.astype(wanted)
    else:
        bad = np.ones(len(values), bool)
        rejections.add(
            bad,
            field.name,
            translate("Wangge", "The value must be a date."),
            lambda i: printable(batch.fields[field.name][i]),
        )
        values = np.full(len(bad), np.datetime64("NaT"), wanted)
    if wanted[0] == "M":
        with np.errstate(invalid="ignore"):
            days = values.astype("M8[D]")
            outside = ~np.isnat(values) & ((days < _FIRST_DAY) | (days > _LAST_DAY))
        rejections.add(
            outside,
            field.name,
            translate("Wangge", "The date lies outside the years 1 to 9999."),
            lambda i: printable(values[i]),
        )
    return values


def _parsed(
    values: np.ndarray, wanted: str, field: FieldSpec, rejections: Rejections
) -> np.ndarray:
    # Text where numbers or dates are wanted: deliveries do that.
    null = np.array([v is None or v == "" for v in values.tolist()], bool)
    result = np.full(len(values), "NaT" if wanted[0] == "M" else 0, wanted)
    if wanted == "f8":
        result[:] = np.nan
    bad = np.zeros(len(values), bool)
    for i in np.flatnonzero(~null).tolist():
        text = str(values[i]).strip()
        if wanted[0] == "M" and len(text) == 8 and text.isdigit():
            text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
        try:
            result[i] = np.datetime64(text.replace("/", "-")) if wanted[0] == "M" else text
        except (ValueError, OverflowError):
            bad[i] = True
    reason = (
        translate("Wangge", "The value must be a date.")
        if wanted[0] == "M"
        else translate("Wangge", "The value must be a number.")
    )
    rejections.add(bad, field.name, reason, lambda i: printable(values[i]))
    return result


def _texts(batch: Batch, field: FieldSpec, rejections: Rejections) -> np.ndarray:
    values = batch.fields[field.name]
    if values.dtype != object:
        null = batch.is_null(field.name)
        values = values.astype(str).astype(object)
        values[null] = None
    distinct = set(values.tolist())
    distinct.discard(None)
    if all(type(v) is str for v in distinct):
        joined = "".join(distinct)
        if (
            (not field.length or not distinct or max(map(len, distinct)) <= field.length)
            and "\0" not in joined
            and _encodes(joined)
        ):
            return values
    else:
        values = np.array([None if v is None else str(v) for v in values.tolist()], object)
    listed = values.tolist()
    long = np.array([v is not None and 0 < field.length < len(v) for v in listed], bool)
    rejections.add(
        long,
        field.name,
        translate("Wangge", "The text is longer than {length} characters.").format(
            length=field.length
        ),
        lambda i: printable(values[i]),
    )
    odd = np.array([v is not None and ("\0" in v or not _encodes(v)) for v in listed], bool)
    rejections.add(
        odd,
        field.name,
        translate("Wangge", "The text holds a character that no database stores; type it anew."),
        lambda i: printable(values[i]),
    )
    return values


def _encodes(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _fitting(column: Encoded, field: FieldSpec) -> Cells | None:
    """Return the texts as bytes when they can be stored as they are; None when in doubt."""
    data = column.data
    width = data.dtype.itemsize
    if width > WIDEST:
        return None
    cells = text_cells(column)
    matrix = cells.matrix
    if (cells.lengths != width).any():
        filled = matrix != 0
        if (filled[:, 1:] > filled[:, :-1]).any():  # a zero byte within a text
            return None
    if matrix.size and matrix.max() >= 0x80:
        try:
            data.tobytes().decode("utf-8")
        except UnicodeDecodeError:
            return None
    if field.length and width > field.length:
        characters = (matrix != 0) & ((matrix & 0xC0) != 0x80)
        if (np.count_nonzero(characters, axis=1) > field.length).any():
            return None
    return cells
