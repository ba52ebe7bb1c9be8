"""What every reader hands on: raw columns of some rows, and what is known of the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np

from .encoding import Encoding

#: Rows per chunk: large enough to be fast, small enough for memory and cancelling.
CHUNK = 50_000


@dataclass(frozen=True)
class RawRows:
    """Some rows as the file holds them.

    Attributes
    ----------
    columns : dict of str to ndarray of object, shape (n,)
        str, int, float, date, datetime or None.
    geometry : ndarray of shapely geometries, shape (n,), or None
    numbers : ndarray of int64, shape (n,)
        Row numbers as the user counts them in that file.
    problems : ndarray of object, shape (n,)
        Why a row could not be read; "" for the others.
    """

    columns: dict[str, np.ndarray]
    geometry: np.ndarray | None
    numbers: np.ndarray
    problems: np.ndarray

    def __len__(self) -> int:
        return len(self.numbers)


@dataclass(frozen=True)
class SourceInfo:
    """What a file is, told before anything is imported.

    Attributes
    ----------
    path : Path
    layer : str
        Layer or sheet read; empty where a file holds but one.
    layers : tuple of str
        All there are.
    format : str
    encoding : Encoding
    crs : str
        ``"EPSG:4547"``, WKT, or empty when the file does not say.
    fields : tuple of str
    rows : int
        -1 when only reading will tell.
    has_geometry : bool
    sample : dict of str to tuple
        The first values of each field, to suggest a mapping by content.
    notes : tuple of str
        Sentences about the file that deserve attention.
    """

    path: Path
    format: str
    encoding: Encoding
    fields: tuple[str, ...]
    layer: str = ""
    layers: tuple[str, ...] = ()
    crs: str = ""
    rows: int = -1
    has_geometry: bool = False
    sample: dict[str, tuple] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


class Source(Protocol):
    """A file opened for reading; reading may be begun more than once."""

    info: SourceInfo

    def chunks(self, size: int = CHUNK) -> Iterator[RawRows]:
        """Yield all rows in order."""


def no_problems(n: int) -> np.ndarray:
    """Return the ``problems`` of rows that have none."""
    return np.full(n, "", dtype=object)


def take_sample(source: Source, size: int = 500) -> dict[str, tuple]:
    """Return the first values of each field of a source."""
    for rows in source.chunks(size):
        return {name: tuple(values[:size].tolist()) for name, values in rows.columns.items()}
    return {}
