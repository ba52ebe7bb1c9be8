"""The columns of a table in a package, and batches brought into exactly these columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from ...errors import WanggeError
from ...rules.batch import Batch
from ...standards.spec import FieldType
from ...translation import translate
from ..parsing import parse

#: Name of the shape among the columns of a text layout.
SHAPE = "geometry"


@dataclass(frozen=True)
class Column:
    """One column: our name, its name in the package, its type."""

    name: str
    exchanged: str
    type: FieldType
    length: int = 0


@dataclass(frozen=True)
class Table:
    """One table of a package.

    Attributes
    ----------
    name : str
        Id of the category, or that with ``_removed``.
    title : str
    columns : tuple of Column
    keys : tuple of str
        Our names of the columns that tell rows apart.
    has_shapes : bool
    crs : str
        ``"EPSG:4547"`` or WKT; known once the first rows are.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    keys: tuple[str, ...]
    has_shapes: bool = False
    crs: str = ""

    @property
    def exchanged(self) -> list[str]:
        """The names of all columns in the package, the shape's last."""
        return [*(c.exchanged for c in self.columns), *([SHAPE] if self.has_shapes else [])]


def conform(batch: Batch, columns: Sequence[Column], table: str, *, shapes: bool = False) -> Batch:
    """Return the batch with exactly these columns in their types, null where it has none.

    Raises
    ------
    WanggeError
        When a value cannot be brought into its column's type: names layer, row and field.
    """
    fields: dict[str, np.ndarray] = {}
    nulls: dict[str, np.ndarray] = {}
    for column in columns:
        if column.name in batch.fields:
            values, empty = _typed(batch, column, table)
        else:
            values, empty = nothing(column.type, len(batch)), np.ones(len(batch), bool)
        fields[column.name] = values
        if column.type is FieldType.INTEGER and empty.any():
            nulls[column.name] = empty
    geometry = None
    if shapes:
        geometry = batch.geometry
        if geometry is None:
            geometry = np.full(len(batch), None, object)
        elif len(geometry):
            geometry = shapely.set_srid(geometry, 0)
    return Batch(fields, geometry, batch.ids, batch.crs if shapes else "", nulls)


def nothing(type_: FieldType, n: int) -> np.ndarray:
    """Return a column of ``n`` nulls."""
    if type_ is FieldType.REAL:
        return np.full(n, np.nan)
    if type_ is FieldType.INTEGER:
        return np.zeros(n, np.int64)
    if type_ is FieldType.DATE:
        return np.full(n, "NaT", "M8[D]")
    if type_ is FieldType.DATETIME:
        return np.full(n, "NaT", "M8[ms]")
    return np.full(n, None, object)


def _typed(batch: Batch, column: Column, table: str) -> tuple[np.ndarray, np.ndarray]:
    values, empty = batch.fields[column.name], batch.is_null(column.name)
    kind, wanted = values.dtype.kind, column.type
    if wanted is FieldType.TEXT:
        return _as_text(values, empty), empty
    if wanted is FieldType.REAL and kind in "fiu":
        # SQLite knows no minus zero; + 0.0 makes it zero, so that all layouts hold the same.
        return np.where(empty, np.nan, values.astype(np.float64)) + 0.0, empty
    if wanted is FieldType.INTEGER and kind in "iub":
        return np.where(empty, 0, values.astype(np.int64)), empty
    if wanted is FieldType.INTEGER and kind == "f":
        there = values[~empty]
        if np.isfinite(there).all() and (there == np.round(there)).all():
            return np.where(empty, 0, values).astype(np.int64), empty
    if wanted in (FieldType.DATE, FieldType.DATETIME) and kind == "M":
        return values.astype("M8[D]" if wanted is FieldType.DATE else "M8[ms]"), empty
    texts = _as_text(values, empty)
    texts[np.equal(texts, "")] = None
    made, wrong = parse(texts.tolist(), wanted)
    if len(wrong):
        row = int(wrong[0])
        raise WanggeError(
            translate(
                "Wangge",
                "Table {layer}, row {row}, field {field}: “{value}” is no {type}. Correct it, then "
                "run again.",
            ).format(
                layer=table,
                row=int(batch.ids[row]),
                field=column.name,
                value=str(texts[row])[:60],
                type=wanted.value,
            )
        )
    return made, np.equal(texts, None)  # type: ignore[call-overload]


def _as_text(values: np.ndarray, empty: np.ndarray) -> np.ndarray:
    if values.dtype == object:
        made = values.copy()
        odd = [i for i, v in enumerate(values) if v is not None and not isinstance(v, str)]
        for i in odd:
            made[i] = str(values[i])
        return made
    made = np.empty(len(values), object)
    if values.dtype.kind == "f":
        # Codes read as numbers: 5.0 was 5.
        made[:] = [f"{v:.0f}" if v == round(v) else repr(v) for v in np.nan_to_num(values).tolist()]
    else:
        made[:] = values.astype(str).tolist()
    made[empty] = None
    return made
