"""Keys and fingerprints of the rows the platform has, compact enough for a city."""

from __future__ import annotations

import io

import numpy as np
from psycopg2 import sql

from .target import Target

#: Bytes moved at once between driver and file-like objects.
CHUNK = 1 << 20


class PlatformIndex:
    """The platform's rows of one district (or of all) by key.

    Attributes
    ----------
    keys : ndarray of bytes, shape (n,), sorted
    hashes : ndarray of void, shape (n,)
        16 bytes each; zeros where a row was changed by hand.
    districts : ndarray of bytes, shape (n,)
    batches : ndarray of int64, shape (n,)
        Batch that wrote the row.
    seen : ndarray of bool, shape (n,)
        Rows the source has too.
    """

    def __init__(
        self, keys: np.ndarray, hashes: np.ndarray, districts: np.ndarray, batches: np.ndarray
    ):
        # Codes of equal length and digits only, as nearly all are, sort and compare as numbers.
        self._width, self._numbers = 0, None
        order_by = keys
        width = keys.dtype.itemsize
        numbers, right = _as_numbers(keys, width)
        if len(keys) and right.all():
            self._width, order_by = width, numbers
        if (order_by[1:] < order_by[:-1]).any():
            order = np.argsort(order_by, kind="stable")
            keys, hashes = keys[order], hashes[order]
            districts, batches = districts[order], batches[order]
            order_by = order_by[order]
        if self._width:
            self._numbers = order_by
        self.keys = keys
        self.hashes = hashes
        self.districts = districts
        self.batches = batches
        self.seen = np.zeros(len(keys), bool)

    def __len__(self) -> int:
        return len(self.keys)

    def find(self, keys: np.ndarray) -> np.ndarray:
        """Return the place of each key, -1 where the platform has none."""
        if not len(self.keys):
            return np.full(len(keys), -1)
        if self._numbers is not None:
            numbers, right = _as_numbers(keys, self._width)
            place = np.minimum(np.searchsorted(self._numbers, numbers), len(self.keys) - 1)
            return np.where(right & (self._numbers[place] == numbers), place, -1)
        place = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[place] == keys, place, -1)


_MOST_DIGITS = 18  # that a 64-bit integer holds, whatever they are


def _as_numbers(keys: np.ndarray, width: int) -> tuple[np.ndarray, np.ndarray]:
    """Return keys as integers and which of them are exactly ``width`` digits, both shape (n,)."""
    n = len(keys)
    if not 0 < width <= _MOST_DIGITS or keys.dtype.itemsize < width:
        return np.zeros(n, np.int64), np.zeros(n, bool)
    characters = np.ascontiguousarray(keys).view(np.uint8).reshape(n, keys.dtype.itemsize)
    digits = characters[:, :width] - np.uint8(48)
    right = (digits <= 9).all(axis=1)
    if characters.shape[1] > width:
        right &= characters[:, width] == 0
    numbers = np.zeros(n, np.int64)
    for place in range(width):
        numbers *= 10
        numbers += digits[:, place]
    return numbers, right


def read_index(cursor, target: Target, district: str | None) -> PlatformIndex:
    """Read the keys of one district, or of all when ``district`` is None."""
    where = (
        sql.SQL("WHERE district_code = {}").format(sql.Literal(district))
        if district
        else sql.SQL("")
    )
    stream = io.BytesIO()
    cursor.copy_expert(
        sql.SQL(
            "COPY (SELECT {key}::text, coalesce(row_hash, "
            "'00000000-0000-0000-0000-000000000000'), district_code::text, batch_id FROM {table} {where}) "
            "TO STDOUT (FORMAT binary)"
        ).format(key=target.key, table=target.table, where=where),
        stream,
        CHUNK,
    )
    return _parse(stream.getbuffer())


def _parse(data: memoryview) -> PlatformIndex:
    body = data[19:-2]
    if not len(body):
        return PlatformIndex(*(np.array([], t) for t in ("S1", "V16", "S6", "i8")))
    # Codes of one layer are nearly always of one length: then all rows lie at even distances.
    length = int.from_bytes(body[2:6], "big")
    row = np.dtype(
        [
            ("count", ">i2"),
            ("key_length", ">i4"),
            ("key", f"S{max(length, 1)}"),
            ("hash_length", ">i4"),
            ("hash", "V16"),
            ("district_length", ">i4"),
            ("district", "S6"),
            ("batch_length", ">i4"),
            ("batch", ">i8"),
        ]
    )
    if length and len(body) % row.itemsize == 0:
        rows = np.frombuffer(body, row)
        if (
            (rows["count"] == 4).all()
            and (rows["key_length"] == length).all()
            and (rows["hash_length"] == 16).all()
            and (rows["district_length"] == 6).all()
        ):
            return PlatformIndex(rows["key"], rows["hash"], rows["district"], rows["batch"])
    keys, hashes, districts, batches = [], [], [], []
    place = 0
    while place < len(body):
        length = int.from_bytes(body[place + 2 : place + 6], "big")
        place += 6
        keys.append(bytes(body[place : place + length]))
        place += length + 4
        hashes.append(bytes(body[place : place + 16]))
        place += 20
        districts.append(bytes(body[place : place + 6]))
        place += 10
        batches.append(int.from_bytes(body[place : place + 8], "big"))
        place += 8
    return PlatformIndex(
        np.array(keys, "S"),
        np.array(hashes, "V16"),
        np.array(districts, "S6"),
        np.array(batches, np.int64),
    )
