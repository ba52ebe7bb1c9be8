"""Text columns that stay the bytes they were read as until somebody asks for the texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import cast

import numpy as np


@dataclass(frozen=True)
class Encoded:
    """A text column as UTF-8.

    Attributes
    ----------
    data : ndarray of bytes, shape (n,), dtype ``S``
    missing : ndarray of bool, shape (n,), or None
        Where the text is null.
    """

    data: np.ndarray
    missing: np.ndarray | None = None

    def texts(self) -> np.ndarray:
        """Return the column as `Batch` describes it: str or None."""
        texts = decoded(self.data)
        if self.missing is not None:
            texts[self.missing] = None
        return texts

    def take(self, rows: np.ndarray) -> Encoded:
        """Return the rows picked by an index or boolean array."""
        missing = None if self.missing is None else self.missing[rows]
        return Encoded(self.data[rows], missing)


class LazyFields(Mapping[str, np.ndarray]):
    """Columns of a batch; an `Encoded` one becomes texts when it is first looked at.

    Parameters
    ----------
    columns : mapping of str to ndarray or Encoded
    """

    def __init__(self, columns: Mapping[str, np.ndarray | Encoded]):
        self._columns = dict(columns)
        self._texts: dict[str, np.ndarray] = {}

    def __getitem__(self, name: str) -> np.ndarray:
        column = self._columns[name]
        if not isinstance(column, Encoded):
            return column
        texts = self._texts.get(name)
        if texts is None:
            texts = self._texts[name] = column.texts()
        return texts

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)

    def __contains__(self, name: object) -> bool:
        return name in self._columns

    def column(self, name: str) -> np.ndarray | Encoded:
        """Return a column as it is kept."""
        return self._columns[name]

    def pick(self, names: Iterable[str]) -> LazyFields:
        """Return some of the columns; texts made already are shared."""
        picked = LazyFields({name: self._columns[name] for name in names})
        picked._texts = self._texts
        return picked

    def take(self, rows: np.ndarray) -> LazyFields:
        """Return some of the rows."""
        return LazyFields(
            {
                name: column.take(rows) if isinstance(column, Encoded) else column[rows]
                for name, column in self._columns.items()
            }
        )


def column_of(fields: Mapping[str, np.ndarray], name: str) -> np.ndarray | Encoded:
    """Return a column of any batch, encoded where the batch keeps it so."""
    return fields.column(name) if isinstance(fields, LazyFields) else fields[name]


def pick_fields(fields: Mapping[str, np.ndarray], names: Iterable[str]) -> Mapping[str, np.ndarray]:
    """Return some columns of any batch without making texts of them."""
    if isinstance(fields, LazyFields):
        return fields.pick(names)
    return {name: fields[name] for name in names}


def rename_fields(
    fields: Mapping[str, np.ndarray], renames: Mapping[str, str]
) -> Mapping[str, np.ndarray]:
    """Return the columns of any batch under other names, in the same order."""
    return LazyFields({renames.get(name, name): column_of(fields, name) for name in fields})


def take_rows(fields: Mapping[str, np.ndarray], rows: np.ndarray) -> Mapping[str, np.ndarray]:
    """Return some rows of the columns of any batch."""
    if isinstance(fields, LazyFields):
        return cast("Mapping[str, np.ndarray]", fields.take(rows))
    return {name: values[rows] for name, values in fields.items()}


class _Decoded(dict):
    """Bytes seen and their texts: repeated values are decoded once and share one object."""

    def __missing__(self, value: bytes | str | None) -> str | None:
        text = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
        self[value] = text
        return text


_SAMPLE = 500


def decoded(values: np.ndarray) -> np.ndarray:
    """Return UTF-8 (dtype ``S``, or objects: bytes, str or None) as an object array of str."""
    raw = values.tolist()
    out = np.empty(len(raw), dtype=object)
    if values.dtype.kind == "S" and len(set(raw[:_SAMPLE])) > min(len(raw), _SAMPLE) // 2:
        out[:] = [v.decode("utf-8", "replace") for v in raw]  # mostly different: codes, keys
    else:
        out[:] = list(map(_Decoded().__getitem__, raw))
    return out


def hashed(data: np.ndarray) -> np.ndarray:
    """Return two 64-bit hashes per text of dtype ``S``, shape (n, 2) of int64, for comparisons.

    Zero bytes at a text's end add nothing, so equal texts have equal hashes however wide the
    array is.
    """
    words = -(-data.dtype.itemsize // 8)
    padded = np.ascontiguousarray(data.astype(f"S{8 * words}")).view("<u8").reshape(-1, words)
    sums = np.zeros((2, len(data)), np.uint64)
    for place in range(words):
        first, second, third = (np.uint64(_odd(3 * place + i)) for i in range(3))
        mixed = padded[:, place] * first
        mixed ^= mixed >> np.uint64(32)
        mixed *= second
        mixed ^= mixed >> np.uint64(29)
        sums[0] += mixed
        mixed *= third
        mixed ^= mixed >> np.uint64(32)
        sums[1] += mixed
    return np.ascontiguousarray(sums.T).view(np.int64)


def hashed_texts(values: list[str]) -> np.ndarray:
    """Return the hashes of texts; see `hashed`."""
    if not values:
        return np.zeros((0, 2), np.int64)
    return hashed(np.array([v.encode("utf-8", "surrogatepass") for v in values], "S"))


@cache
def _odd(number: int) -> int:
    """Return a random-looking odd 64-bit number: SplitMix64 (Steele et al. 2014)."""
    value = (number + 1) * 0x9E3779B97F4A7C15 % 2**64
    value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9 % 2**64
    value = (value ^ value >> 27) * 0x94D049BB133111EB % 2**64
    return (value ^ value >> 31) | 1
