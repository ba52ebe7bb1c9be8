"""Codes given elsewhere and whose they are, as numbers: ten million take 240 MB."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from .batch import Batch
from .encoded import Encoded, column_of, hashed, hashed_texts
from .growing import Growing
from .text import Coded


class Owners:
    """Which uuid has which code elsewhere, each known by a hash.

    Two hashes of 64 bits tell codes apart, one tells whether the owner is the same. Rows that
    lack the code or the uuid are nobody's.

    Parameters
    ----------
    batches : iterable of Batch
        Read one after the other.
    code, uuid : str
        Fields.
    expected : int
        Rows to come, as far as known.
    """

    def __init__(
        self, batches: Iterable[Batch], *, code: str, uuid: str = "uuid", expected: int = 0
    ):
        columns = [Growing(expected) for _ in range(3)]
        for batch in batches:
            (codes, known), (owners, owned) = _hashes(batch, code), _hashes(batch, uuid)
            rows = np.flatnonzero(known & owned)
            for column, values in zip(
                columns, (codes[:, 0], codes[:, 1], owners[:, 0]), strict=True
            ):
                column.add(values[rows])
        self._first, self._second, self._owner = (
            np.empty(0, np.int64) if values is None else values
            for values in (column.values() for column in columns)
        )
        order = np.argsort(self._first, kind="stable")
        for name in ("_first", "_second", "_owner"):
            setattr(self, name, getattr(self, name)[order])

    def __len__(self) -> int:
        return len(self._first)

    def are_others(self, codes: Coded, uuids: Coded) -> np.ndarray:
        """Return which rows have a code that another uuid has too, shape (n,) of bool.

        Rows without a uuid of their own are not judged.
        """
        code, own = hashed_texts(codes.values), hashed_texts(uuids.values)[:, 0]
        begin = np.searchsorted(self._first, code[:, 0], "left")
        count = np.searchsorted(self._first, code[:, 0], "right") - begin
        taken = np.zeros(len(codes.index), bool)
        rows = np.flatnonzero((count > 0)[codes.index] & ~uuids.blank)
        value = codes.index[rows]
        # Several may have one code: every one of them is looked at.
        times = count[value]
        pair = np.repeat(np.arange(len(rows)), times)
        step = np.arange(len(pair)) - np.repeat(np.cumsum(times) - times, times)
        place = begin[value][pair] + step
        same_code = self._second[place] == code[value, 1][pair]
        other = self._owner[place] != own[uuids.index[rows]][pair]
        taken[rows[pair[same_code & other]]] = True
        return taken


def _hashes(batch: Batch, name: str) -> tuple[np.ndarray, np.ndarray]:
    """Return two hashes per row and which rows hold more than blanks."""
    column = column_of(batch.fields, name)
    if isinstance(column, Encoded):
        data = column.data
        if column.missing is not None:
            data = np.where(column.missing, b"", data)
        return hashed(data), np.char.strip(data) != b""
    texts = batch.text(name).tolist()
    return hashed_texts(texts), np.array([bool(t.strip()) for t in texts], bool)
