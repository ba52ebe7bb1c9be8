"""Rows made ready for the platform: converted to the columns' types, or rejected with a reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
import shapely

from ..rules.batch import Batch
from ..rules.encoded import Encoded, LazyFields, column_of
from ..standards.spec import FieldSpec, FieldType, Geometry, LayerSpec
from ..translation import translate
from .cells import WIDEST, Cells, text_cells
from .layout import geometry_type
from .platform import WHOLE_CITY, district_fields, is_partitioned, key_holds_district
from .result import RejectedRow

_FIRST_DAY = np.datetime64("0001-01-01", "D")
_LAST_DAY = np.datetime64("9999-12-31", "D")

_FAMILY = {
    0: Geometry.POINT,
    4: Geometry.POINT,
    1: Geometry.LINE,
    2: Geometry.LINE,
    5: Geometry.LINE,
    3: Geometry.POLYGON,
    6: Geometry.POLYGON,
}


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
    cells : dict of str to Cells
        Columns that were made bytes on the way.
    """

    batch: Batch
    districts: np.ndarray
    rejected: list[RejectedRow]
    flattened: int = 0
    cells: dict[str, Cells] = field(default_factory=dict)


class _Rejections:
    def __init__(self, batch: Batch, spec: LayerSpec):
        self.bad = np.zeros(len(batch), bool)
        self.rows: list[RejectedRow] = []
        self._batch = batch
        self._key = spec.key

    def add(self, mask: np.ndarray, field: str, reason: str, show: Callable[[int], str]) -> None:
        if not mask.any():
            return
        keys = self._batch.text(self._key)
        for i in np.flatnonzero(mask).tolist():
            self.rows.append(
                RejectedRow(int(self._batch.ids[i]), printable(keys[i]), field, show(i), reason)
            )
        self.bad |= mask


def printable(value: object) -> str:
    """Return a value as text that any store can hold, at most 200 characters."""
    text = "" if value is None else str(value)[:200]
    return text.replace("\0", "\\0").encode("utf-8", "backslashreplace").decode("utf-8")


def screen(batch: Batch, spec: LayerSpec, names: tuple[str, ...]) -> Screened:
    """Convert and check the columns ``names`` of a batch.

    Parameters
    ----------
    batch : Batch
    spec : LayerSpec
    names : tuple of str
        Columns to be stored, all in ``batch``.
    """
    rejections = _Rejections(batch, spec)
    columns: dict[str, np.ndarray | Encoded] = {}
    nulls: dict[str, np.ndarray] = {}
    made: dict[str, Cells] = {}
    for name in names:
        described = spec.field(name)
        raw = column_of(batch.fields, name)
        if isinstance(raw, Encoded) and described.type is FieldType.TEXT:
            fitting = _fitting(raw, described)
            if fitting is not None:
                columns[name], made[name] = raw, fitting
                continue
        column = _convert(batch, described, rejections)
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
    geometry, flattened = _shapes(batch, spec, rejections)
    fields = LazyFields(columns)
    districts = _districts(fields, spec, len(batch), rejections)
    result = replace(batch, fields=fields, geometry=geometry, nulls=nulls)
    if rejections.bad.any():
        good = ~rejections.bad
        result, districts, made = result.take(good), districts[good], {}
    return Screened(result, districts, rejections.rows, flattened, made)


def _convert(batch: Batch, field: FieldSpec, rejections: _Rejections) -> np.ndarray:
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
    values: np.ndarray, wanted: str, field: FieldSpec, rejections: _Rejections
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


def _texts(batch: Batch, field: FieldSpec, rejections: _Rejections) -> np.ndarray:
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


def _shapes(
    batch: Batch, spec: LayerSpec, rejections: _Rejections
) -> tuple[np.ndarray | None, int]:
    if not spec.geometries or batch.geometry is None:
        return None, 0
    shapes = batch.geometry
    deep = shapely.has_z(shapes)
    if shapely.geos_version >= (3, 12, 0):  # before that, measures were lost on reading
        deep = deep | shapely.has_m(shapes)
    if deep.any():
        shapes = np.where(deep, shapely.force_2d(shapes), shapes)
    types = shapely.get_type_id(shapes)
    allowed = [t for t, family in _FAMILY.items() if family in spec.geometries]
    wrong = (types >= 0) & ~np.isin(types, allowed)
    rejections.add(
        wrong,
        "geom",
        translate("Wangge", "The layer {layer} holds no shapes of this type.").format(
            layer=spec.name
        ),
        lambda i: shapes[i].geom_type,
    )
    with np.errstate(invalid="ignore"):
        bounds = shapely.bounds(shapes)
        endless = (types >= 0) & ~shapely.is_empty(shapes) & ~np.isfinite(bounds).all(axis=1)
    rejections.add(
        endless,
        "geom",
        translate("Wangge", "The shape has a coordinate that is no number."),
        lambda i: shapes[i].geom_type,
    )
    ring = types == 2  # a linear ring is stored as the line it is
    if ring.any():
        shapes = shapes.copy()
        shapes[ring] = [shapely.LineString(g.coords) for g in shapes[ring]]
        types = shapely.get_type_id(shapes)
    multi = np.isin(types, (4, 5, 6))
    column = geometry_type(spec)
    if column.startswith("Multi"):
        single = (types >= 0) & ~multi & ~wrong
        if single.any():
            shapes = shapes.copy()
            make = {0: shapely.multipoints, 1: shapely.multilinestrings, 3: shapely.multipolygons}
            for type_, promote in make.items():
                rows = np.flatnonzero(single & (types == type_))
                if len(rows):
                    shapes[rows] = promote(shapes[rows], indices=np.arange(len(rows)))
    else:
        parts = shapely.get_num_geometries(shapes)
        lone = multi & (parts == 1)
        if lone.any():
            shapes = np.where(lone, shapely.get_geometry(shapes, 0), shapes)
        if column != "Geometry":
            rejections.add(
                multi & (parts != 1),
                "geom",
                translate("Wangge", "The shape must be of one part; split it or join its parts."),
                lambda i: f"{parts[i]}",
            )
    return shapes, int(deep.sum())


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


def _six_digits(column: np.ndarray | Encoded) -> tuple[np.ndarray, np.ndarray]:
    """Return the first six bytes of each text and whether they are digits, both shape (n,)."""
    if isinstance(column, Encoded):
        heads = column.data.astype("S6")
    else:
        listed = [v[:6] if v is not None and v[:6].isascii() else "" for v in column.tolist()]
        heads = np.array(listed, "S6")
    digits = heads.view(np.uint8).reshape(-1, 6)
    return heads, ((digits >= 48) & (digits <= 57)).all(axis=1)


def _districts(columns: LazyFields, spec: LayerSpec, n: int, rejections: _Rejections) -> np.ndarray:
    result = np.full(n, WHOLE_CITY.encode(), "S6")
    if not is_partitioned(spec.name):
        return result
    known = np.zeros(n, bool)
    for name in district_fields(spec):
        if name not in columns:
            continue
        heads, found = _six_digits(columns.column(name))
        use = ~known & found
        result[use] = heads[use]
        known |= use
    if key_holds_district(spec):
        rejections.add(
            ~known & ~rejections.bad,
            spec.key,
            translate("Wangge", "The code must begin with the six digits of a district."),
            lambda i: printable(columns[spec.key][i]),
        )
    if "district_code" in columns:
        declared = columns["district_code"]
        given = np.array([d is not None for d in declared.tolist()], bool)
        differs = np.array([d != r.decode() for d, r in zip(declared, result, strict=True)], bool)
        rejections.add(
            known & given & differs,
            "district_code",
            translate("Wangge", "The district is not the one the code begins with."),
            lambda i: printable(declared[i]),
        )
    return result
