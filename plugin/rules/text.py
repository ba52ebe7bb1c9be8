"""Text columns made fast: each distinct value is looked at once, its characters as numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np

from .encoded import Encoded

_PLANE = 0x10000


def character_set(*ranges: tuple[int, int]) -> np.ndarray:
    """Return a look-up table of the basic plane, True within the inclusive ``ranges``."""
    table = np.zeros(_PLANE, bool)
    for first, last in ranges:
        table[first : last + 1] = True
    return table


@cache
def _white_space() -> np.ndarray:
    return np.array([chr(point).isspace() for point in range(_PLANE)], bool)


class Characters:
    """The characters of many strings in one array of code points.

    Parameters
    ----------
    values : list of str
    """

    def __init__(self, values: list[str]):
        joined = "".join(values)
        self.is_ascii = joined.isascii()
        self.points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
        self.lengths = np.fromiter(map(len, values), np.int64, len(values))
        self.ends = np.cumsum(self.lengths)
        self.starts = self.ends - self.lengths
        self._numbers: dict[int, np.ndarray] = {}

    def holds(self, table: np.ndarray) -> np.ndarray:
        """Return which values hold a character of ``table`` (see `character_set`)."""
        found = np.zeros(len(self.lengths), bool)
        # Characters beyond the basic plane (rare Chinese ones) belong to no table.
        where = np.flatnonzero(table[np.where(self.points < _PLANE, self.points, 0x4E00)])
        found[np.searchsorted(self.ends, where, side="right")] = True
        return found

    def bordered_by(self, table: np.ndarray) -> np.ndarray:
        """Return which values begin or end with a character of ``table``."""
        found = np.zeros(len(self.lengths), bool)
        some = np.flatnonzero(self.lengths)
        for position in (self.starts[some], self.ends[some] - 1):
            points = self.points[position]
            found[some] |= table[np.where(points < _PLANE, points, 0x4E00)]
        return found

    def numbers(self, width: int) -> np.ndarray:
        """Return values of exactly ``width`` ASCII digits as int64, -1 for all others.

        ``width`` is at most 18, the digits that an int64 holds.
        """
        known = self._numbers.get(width)
        if known is None:
            known = self._numbers[width] = self._read_numbers(width)
        return known

    def _read_numbers(self, width: int) -> np.ndarray:
        result = np.full(len(self.lengths), -1, np.int64)
        fit = np.flatnonzero(self.lengths == width)
        if not len(fit):
            return result
        if len(fit) == len(result):
            digits = self.points.reshape(-1, width) - np.uint32(48)
        else:
            digits = self.points[self.starts[fit][:, None] + np.arange(width)] - np.uint32(48)
        good = (digits <= 9).all(axis=1)
        powers = 10 ** np.arange(width - 1, -1, -1, dtype=np.int64)
        result[fit[good]] = digits[good].astype(np.int64) @ powers
        return result


@dataclass(frozen=True, eq=False)
class Coded:
    """A text column as distinct values and an index into them; null is "".

    Attributes
    ----------
    index : ndarray of int64, shape (n,)
    values : list of str
    """

    index: np.ndarray
    values: list[str]

    @cached_property
    def characters(self) -> Characters:
        return Characters(self.values)

    @cached_property
    def blank(self) -> np.ndarray:
        """Which rows hold nothing but white space, shape (n,)."""
        blank = self.characters.lengths == 0
        for i in np.flatnonzero(self.characters.bordered_by(_white_space())).tolist():
            blank[i] = not self.values[i].strip()
        return self.spread(blank)

    def spread(self, per_value: np.ndarray) -> np.ndarray:
        """Return what is known per distinct value for every row."""
        return per_value[self.index]

    def numbers(self, width: int) -> np.ndarray:
        """Return rows of exactly ``width`` digits as int64, -1 for all others, shape (n,)."""
        return self.spread(self.characters.numbers(width))

    def found_in(self, known: dict[str, int] | frozenset[str] | set[str]) -> np.ndarray:
        """Return which rows hold a value of ``known``, shape (n,)."""
        return self.spread(np.array([v in known for v in self.values], bool))

    def positions(self, known: dict[str, int]) -> np.ndarray:
        """Return the position that ``known`` gives each row's value, -1 for none, shape (n,)."""
        return self.spread(np.array([known.get(v, -1) for v in self.values], np.int64))

    def pick(self, rows: np.ndarray) -> list[str]:
        """Return the values of some rows."""
        values = self.values
        return [values[i] for i in self.index[rows].tolist()]


def code_column(column: list) -> Coded:
    """Return a column of str, None or numbers as distinct texts and an index."""
    distinct = dict.fromkeys(column)
    index = {value: i for i, value in enumerate(distinct)}
    values = ["" if v is None else v if isinstance(v, str) else str(v) for v in distinct]
    return Coded(np.fromiter(map(index.__getitem__, column), np.int64, len(column)), values)


def code_bytes(column: Encoded) -> Coded:
    """Return a column that was read as bytes; only its distinct values become texts."""
    data = column.data
    if column.missing is not None and column.missing.any():
        data = np.where(column.missing, b"", data)
    starts = np.append(0, np.flatnonzero(data[1:] != data[:-1]) + 1)[: len(data)]
    if len(starts) > len(data) // 4:
        return _code_raw(data.tolist())
    # Rows of one community, street or status mostly come one after the other.
    runs = _code_raw(data[starts].tolist())
    return Coded(np.repeat(runs.index, np.diff(starts, append=len(data))), runs.values)


def _code_raw(raw: list[bytes]) -> Coded:
    distinct = dict.fromkeys(raw)
    try:
        values = list(map(bytes.decode, distinct))
    except UnicodeDecodeError:  # different bytes may become equal texts
        return code_column([v.decode("utf-8", "replace") for v in raw])
    if len(distinct) == len(raw):
        return Coded(np.arange(len(raw)), values)
    index = dict(zip(distinct, range(len(distinct)), strict=True))
    return Coded(np.fromiter(map(index.__getitem__, raw), np.int64, len(raw)), values)
