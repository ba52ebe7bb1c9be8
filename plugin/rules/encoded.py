"""Text columns that stay the bytes they were read as until somebody asks for the texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast

import numpy as np


@dataclass(frozen=True)
class Encoded:
    """A text column as UTF-8, and how to make texts of it.

    Attributes
    ----------
    data : ndarray of bytes, shape (n,), dtype ``S``
    missing : ndarray of bool, shape (n,), or None
        Where the text is null; ``data`` is empty there.
    decode : callable
        Turns ``data`` into an object array of str.
    """

    data: np.ndarray
    missing: np.ndarray | None
    decode: Callable[[np.ndarray], np.ndarray] = field(repr=False)

    def texts(self) -> np.ndarray:
        """Return the column as `Batch` describes it: str or None."""
        texts = self.decode(self.data)
        if self.missing is not None:
            texts[self.missing] = None
        return texts

    def take(self, rows: np.ndarray) -> Encoded:
        """Return the rows picked by an index or boolean array."""
        missing = None if self.missing is None else self.missing[rows]
        return Encoded(self.data[rows], missing, self.decode)


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


def take_rows(fields: Mapping[str, np.ndarray], rows: np.ndarray) -> Mapping[str, np.ndarray]:
    """Return some rows of the columns of any batch."""
    if isinstance(fields, LazyFields):
        return cast("Mapping[str, np.ndarray]", fields.take(rows))
    return {name: values[rows] for name, values in fields.items()}
