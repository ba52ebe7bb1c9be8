"""One batch as the checks see it: what several rules ask for is worked out once."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import shapely

from .batch import Batch
from .context import CheckContext, is_geographic
from .encoded import Encoded, column_of
from .safe_shapes import only_finite
from .text import Coded, code_bytes, code_column

_POLYGONAL = (3, 6)
_LINEAL = (1, 2, 5)


class Rows:
    """The rows of one batch and what is derived from them.

    Parameters
    ----------
    batch : Batch
    context : CheckContext
    known : ndarray of bool, shape (n,), optional
        Rows that are known to lie in the unit grid they name.
    """

    def __init__(self, batch: Batch, context: CheckContext, known: np.ndarray | None = None):
        self.batch = batch
        self.context = context
        self._known = known
        self._coded: dict[str, Coded] = {}

    def __len__(self) -> int:
        return len(self.batch)

    def has(self, name: str) -> bool:
        return name in self.batch.fields

    def coded(self, name: str) -> Coded:
        """Return a column as distinct texts; all "" when it is absent."""
        known = self._coded.get(name)
        if known is None:
            if self.has(name):
                values = column_of(self.batch.fields, name)
                if isinstance(values, Encoded):
                    known = code_bytes(values)
                elif values.dtype == object:
                    known = code_column(values.tolist())
                else:
                    known = code_column(self.batch.text(name).tolist())
            else:
                known = Coded(np.zeros(len(self), np.int64), [""])
            self._coded[name] = known
        return known

    def dtype(self, name: str) -> np.dtype:
        """Return the type of a column that is there, without making texts of it."""
        values = column_of(self.batch.fields, name)
        return np.dtype(object) if isinstance(values, Encoded) else values.dtype

    @cached_property
    def keys(self) -> Coded:
        return self.coded(self.context.layer.key)

    def key_texts(self, rows: np.ndarray) -> list[str]:
        """Return the keys of some rows, the feature id where a key is empty."""
        ids = self.batch.ids[rows].tolist()
        return [key or str(i) for key, i in zip(self.keys.pick(rows), ids, strict=True)]

    @cached_property
    def _checked_geometry(self) -> tuple[np.ndarray, np.ndarray]:
        if self.batch.geometry is None:
            return np.full(len(self), None, dtype=object), np.zeros(len(self), bool)
        return only_finite(self.batch.geometry)

    @property
    def geometry(self) -> np.ndarray:
        """Geometries; null where a coordinate is no number, or the table has none."""
        return self._checked_geometry[0]

    @property
    def infinite(self) -> np.ndarray:
        """Rows with a coordinate that is no finite number."""
        return self._checked_geometry[1]

    @cached_property
    def types(self) -> np.ndarray:
        """Shapely's type ids, -1 for null."""
        return shapely.get_type_id(self.geometry)

    @cached_property
    def polygonal(self) -> np.ndarray:
        return np.isin(self.types, _POLYGONAL)

    @cached_property
    def lineal(self) -> np.ndarray:
        return np.isin(self.types, _LINEAL)

    @cached_property
    def present(self) -> np.ndarray:
        """Rows with a geometry that is neither null nor empty."""
        return (self.types >= 0) & ~shapely.is_empty(self.geometry)

    @cached_property
    def points(self) -> np.ndarray:
        """A point of each geometry on which it is located: itself, mid-line, inside."""
        points = np.array(self.geometry, dtype=object)
        lines = self.lineal & self.present
        areas = self.polygonal & self.present
        simple = np.isin(self.types, (1, 2))
        points[lines & simple] = shapely.line_interpolate_point(
            points[lines & simple], 0.5, normalized=True
        )
        points[lines & ~simple] = shapely.point_on_surface(points[lines & ~simple])
        points[areas] = shapely.point_on_surface(points[areas])
        other = (self.types > 3) & ~self.lineal & ~areas & self.present
        points[other] = shapely.point_on_surface(points[other])
        points[~self.present] = None
        return points

    @cached_property
    def xy(self) -> np.ndarray:
        """Coordinates of `points`, shape (n, 2), NaN where there is none."""
        points = self.points
        return np.column_stack([shapely.get_x(points), shapely.get_y(points)])

    @cached_property
    def is_geographic(self) -> bool:
        crs = self.batch.crs or self.context.project_crs
        return is_geographic(crs)

    @cached_property
    def cell_pairs(self) -> tuple[np.ndarray, np.ndarray]:
        """(row, cell) pairs: every unit grid that a row's point meets."""
        grids = self.context.grids
        assert grids is not None  # noqa: S101 - rules that come here declare the need  # nosec B101
        return grids.pairs(self.points)

    @cached_property
    def cells(self) -> np.ndarray:
        """The unit grid of each row, -1 for none; on a border the smallest code wins."""
        grids = self.context.grids
        assert grids is not None  # noqa: S101  # nosec B101
        if self._known is not None and self._known.any():
            cells = self.declared.copy()
            others = np.flatnonzero(~self._known)
            cells[others] = grids.locate(self.points[others])
            return cells
        row, cell = self.cell_pairs
        best = np.full(len(self), len(grids), np.int64)
        np.minimum.at(best, row, grids.ranks[cell])
        return grids.by_rank[best]

    @cached_property
    def declared(self) -> np.ndarray:
        """The unit grid that each row names, -1 for none."""
        grids = self.context.grids
        assert grids is not None  # noqa: S101  # nosec B101
        return self.coded("grid_code").positions(grids.positions)

    def numbers(self, name: str) -> np.ndarray:
        """Return a column as float64, NaN where it is absent, null or no number."""
        values = self.batch.fields.get(name)
        if values is None:
            return np.full(len(self), np.nan)
        if values.dtype.kind == "f":
            return values
        if values.dtype.kind in "iu":
            return np.where(self.batch.is_null(name), np.nan, values)
        coded = self.coded(name)
        return coded.spread(np.array([_number(v) for v in coded.values], float))

    def dates(self, name: str) -> np.ndarray:
        """Return a column as ``datetime64[D]``, NaT where it is no date; text is YYYYMMDD."""
        values = self.batch.fields.get(name)
        if values is None:
            return np.full(len(self), np.datetime64("NaT"), "datetime64[D]")
        if values.dtype.kind == "M":
            return values.astype("datetime64[D]")
        coded = self.coded(name)
        return coded.spread(parse_dates(coded))


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return np.nan


def parse_dates(coded: Coded) -> np.ndarray:
    """Return the distinct texts as ``datetime64[D]``; YYYYMMDD or YYYY-MM-DD, else NaT."""
    plain = coded.characters.numbers(8)
    result = np.full(len(coded.values), np.datetime64("NaT"), "datetime64[D]")
    for i, (text, number) in enumerate(zip(coded.values, plain.tolist(), strict=True)):
        if number >= 0:
            text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
        elif len(text) < 10 or text[4] != "-" or text[7] != "-":
            continue
        try:
            result[i] = np.datetime64(text[:10], "D")
        except ValueError:
            continue
    return result
