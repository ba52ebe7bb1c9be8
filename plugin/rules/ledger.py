"""What rules across rows remember of every row: compact arrays, about a hundred bytes a row.

Columns are kept by name:

- ``key``, ``xy`` and ``hash`` (of lines and areas) always;
- ``geometry``, only for layers of some ten thousand areas;
- ``text:<field>``, with few distinct values; ``number:<field>``; ``date:<field>``;
- ``twin:<field>``, two 64-bit hashes of any text; ``key_twin`` those of the key, ``photo``
  those of the photo's content;
- ``code:component_code``, the code as a number;
- ``cell``, the unit grid at the row's point; ``declared``, the one that ``grid_code`` names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import numpy as np
import shapely

from .context import CheckContext
from .encoded import Encoded, column_of, hashed, hashed_texts
from .fingerprint import geometry_hashes
from .growing import Growing
from .rows import Rows
from .text import Coded

_ALWAYS = ("key", "xy", "hash")
_KEY_BYTES = 64
T = TypeVar("T")


def _key(rows: Rows) -> np.ndarray:
    name = rows.context.layer.key
    column = column_of(rows.batch.fields, name) if rows.has(name) else None
    if isinstance(column, Encoded) and column.data.dtype.itemsize <= _KEY_BYTES:
        return column.data if column.missing is None else np.where(column.missing, b"", column.data)
    coded = rows.keys
    try:
        distinct = np.array([v[:_KEY_BYTES] for v in coded.values], dtype="S")
    except UnicodeEncodeError:
        distinct = np.array([v[:_KEY_BYTES].encode() for v in coded.values], dtype="S")
    return coded.spread(distinct)


def _hash(rows: Rows) -> np.ndarray:
    result = np.zeros(len(rows), np.uint64)
    shaped = np.flatnonzero(rows.types > 0)
    if len(shaped):
        texts = geometry_hashes(rows.geometry[shaped])
        result[shaped] = np.array([int(t, 16) for t in texts], np.uint64)
    return result


def _twin(rows: Rows, name: str) -> np.ndarray:
    column = column_of(rows.batch.fields, name) if rows.has(name) else None
    coded = rows.coded(name)
    if not isinstance(column, Encoded):
        return _twins_of(coded)
    twins = hashed(column.data)
    twins[coded.blank] = 0
    return twins


def _twins_of(coded: Coded) -> np.ndarray:
    # A chance collision of two 64-bit hashes is unthinkable.
    distinct = hashed_texts(coded.values)
    distinct[np.array([not v.strip() for v in coded.values], bool)] = 0
    return coded.spread(distinct)


def _photo(rows: Rows) -> np.ndarray:
    photos = rows.context.photos
    if photos is None:
        return _twin(rows, "photo")
    coded = rows.coded("photo")
    return _twins_of(Coded(coded.index, [photos.hashes.get(v, v) for v in coded.values]))


def _code(rows: Rows, name: str) -> np.ndarray:
    return rows.coded(name).numbers(rows.context.edition.component_code_length)


def _declared(rows: Rows) -> np.ndarray:
    grids = rows.context.grids
    assert grids is not None  # noqa: S101 - rules that keep it declare the need  # nosec B101
    return rows.coded("grid_code").positions(grids.positions).astype(np.int32)


_KEEPERS: dict[str, Callable[..., np.ndarray]] = {
    "key": _key,
    "xy": lambda rows: rows.xy,
    "hash": _hash,
    "key_twin": lambda rows: _twin(rows, rows.context.layer.key),
    "geometry": lambda rows: rows.geometry,
    "twin": _twin,
    "photo": _photo,
    "code": _code,
    "number": lambda rows, name: rows.numbers(name),
    "date": lambda rows, name: rows.dates(name),
    "cell": lambda rows: rows.cells.astype(np.int32),
    "declared": _declared,
}


class Ledger:
    """Columns of all rows, gathered batch by batch.

    Parameters
    ----------
    context : CheckContext
    keeps : iterable of str
        Names of columns; see the module.
    """

    def __init__(self, context: CheckContext, keeps: Iterable[str]):
        self.context = context
        self.is_geographic = False
        self._names = tuple(dict.fromkeys((*_ALWAYS, *keeps)))
        self._columns = {name: Growing(context.expected_rows) for name in self._names}
        self._ids = Growing(context.expected_rows)
        self._dictionaries: dict[str, dict[str, int]] = {}
        self._worked_out: dict[str, Any] = {}
        self.size = 0

    def __len__(self) -> int:
        return self.size

    def feed(self, rows: Rows) -> None:
        """Remember the rows of one batch."""
        self.is_geographic = self.is_geographic or rows.is_geographic
        self.size += len(rows)
        self._ids.add(np.asarray(rows.batch.ids, np.int64))
        for name in self._names:
            kind, _, argument = name.partition(":")
            if kind == "text":
                chunk = self._text(rows, argument)
            else:
                chunk = _KEEPERS[kind](rows, *([argument] if argument else []))
            self._columns[name].add(chunk)

    def keep_only(self, names: Iterable[str]) -> None:
        """Forget the columns that no rule still to come reads."""
        for name in set(self._columns) - {*_ALWAYS, "geometry", *names}:
            del self._columns[name]
            self._dictionaries.pop(name.partition(":")[2], None)

    def _text(self, rows: Rows, name: str) -> np.ndarray:
        known = self._dictionaries.setdefault(name, {"": 0})
        coded = rows.coded(name)
        positions = [known.setdefault(v, len(known)) for v in coded.values]
        return coded.spread(np.array(positions, np.int32))

    def column(self, name: str) -> np.ndarray:
        """Return the kept column ``name`` of all rows."""
        values = self._columns[name].values()
        return _empty(name) if values is None else values

    def bytes_of(self, names: Iterable[str]) -> int:
        """Return how many bytes a row takes in some of the columns that can be forgotten."""
        kept = set(names) & set(self._columns) - {*_ALWAYS, "geometry"}
        return sum(self._columns[name].row_bytes for name in kept)

    def text(self, name: str) -> Coded:
        """Return the text column of all rows that was kept as ``text:<name>``."""
        values = list(self._dictionaries.get(name, {"": 0}))
        return Coded(self.column(f"text:{name}"), values)

    @property
    def ids(self) -> np.ndarray:
        """Feature ids of all rows."""
        values = self._ids.values()
        return np.empty(0, np.int64) if values is None else values

    def once(self, name: str, work: Callable[[], T]) -> T:
        """Return ``work()``, done at the first call only: several rules share it."""
        if name not in self._worked_out:
            self._worked_out[name] = work()
        return self._worked_out[name]

    def key_texts(self, rows: np.ndarray) -> list[str]:
        """Return the keys of some rows, the feature id where a key is empty."""
        keys = self.column("key")[rows].tolist()
        ids = self.ids[rows].tolist()
        return [k.decode("utf-8", "replace") or str(i) for k, i in zip(keys, ids, strict=True)]

    def shapes(self, rows: np.ndarray) -> np.ndarray:
        """Return what to show of some rows: the geometry where it is kept, else a point."""
        if "geometry" in self._names:
            return self.column("geometry")[rows]
        xy = self.column("xy")[rows]
        shapes = np.full(len(rows), None, dtype=object)
        known = ~np.isnan(xy).any(axis=1)
        shapes[known] = shapely.points(xy[known])
        return shapes

    def hashes(self, rows: np.ndarray) -> np.ndarray:
        """Return the geometry hashes of some rows, as `geometry_hashes` gives them."""
        kept = self.column("hash")[rows]
        result = geometry_hashes(self.shapes(rows))
        for i in np.flatnonzero(kept).tolist():
            result[i] = f"{int(kept[i]):016x}"
        return result


def _empty(name: str) -> np.ndarray:
    kind = name.partition(":")[0]
    shapes = {"xy": (0, 2), "twin": (0, 2), "key_twin": (0, 2), "photo": (0, 2)}
    types = {"xy": "f8", "number": "f8", "date": "M8[D]", "key": "S1", "geometry": "O"}
    return np.empty(shapes.get(kind, (0,)), types.get(kind, "i8"))
