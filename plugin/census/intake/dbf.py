"""dBASE tables, read in columns and byte by byte, so that no encoding can spoil them."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ...errors import WanggeError
from ...translation import translate
from ..columns import nulls
from .encoding import Encoding, declared_by_ldid, decode, detect

_DELETED = ord("*")
_TEXT_TYPES = "CM"
_KINDS = "CNFDLMBGPYTIVXO@+0QW"


@dataclass(frozen=True)
class _Field:
    raw_name: bytes
    kind: str
    offset: int
    length: int


class DbfTable:
    """A .dbf file.

    Attributes
    ----------
    rows : int
        Records that are there completely.
    missing : int
        Records that the header promises but a truncated file lacks.
    encoding : Encoding
    names : tuple of str
    """

    def __init__(self, path: Path, *, encoding: str = "", declared: str = ""):
        self.path = path
        try:
            size = path.stat().st_size
            with path.open("rb") as file:
                head = file.read(32)
                if len(head) < 32:
                    raise _damaged(path, "header shorter than 32 bytes")
                promised, header, self._record, ldid = struct.unpack("<4xIHH17xB2x", head)
                descriptors = file.read(max(0, min(header, size) - 32))
        except OSError as error:
            raise _unreadable(path, error) from error
        self._fields = self._read_fields(descriptors)
        self.rows = min(promised, max(0, size - header) // max(self._record, 1))
        self.missing = promised - self.rows
        if self.missing > 10 * (self.rows + 100_000):
            raise _damaged(path, f"{promised} records promised, {self.rows} there")
        self._header = header
        self.encoding = self._detect(encoding, declared or declared_by_ldid(ldid))
        names = [decode(f.raw_name, self.encoding.name)[0] or "" for f in self._fields]
        self.names = _distinct([n.strip() or f"field_{i + 1}" for i, n in enumerate(names)])

    def _read_fields(self, descriptors: bytes) -> list[_Field]:
        fields, offset, position = [], 1, 0
        while position + 32 <= len(descriptors) and descriptors[position] != 0x0D:
            name, kind, length, decimals = struct.unpack_from("<11sc4xBB", descriptors, position)
            text = kind.decode("latin-1")
            if text not in _KINDS:
                raise _damaged(self.path, f"field type {text!r}")
            # Long text fields keep the high byte of their length where numbers keep decimals.
            width = length + 256 * decimals if text == "C" else length
            fields.append(_Field(name.split(b"\0")[0], text, offset, width))
            offset += width
            position += 32
        if not fields or offset > self._record:
            raise _damaged(self.path, f"fields end at {offset}, record at {self._record}")
        return fields

    def _records(self, start: int, stop: int) -> np.ndarray:
        layout = np.dtype(
            {
                "names": ["deleted", *(f"f{i}" for i in range(len(self._fields)))],
                "formats": ["u1", *(f"S{max(f.length, 1)}" for f in self._fields)],
                "offsets": [0, *(f.offset for f in self._fields)],
                "itemsize": self._record,
            }
        )
        try:
            with self.path.open("rb") as file:
                file.seek(self._header + start * self._record, os.SEEK_SET)
                data = file.read((stop - start) * self._record)
        except OSError as error:
            raise _unreadable(self.path, error) from error
        if len(data) < (stop - start) * self._record:
            raise _damaged(self.path, "the file shrank while it was read")
        return np.frombuffer(data, layout)

    def _detect(self, given: str, declared: str) -> Encoding:
        def values() -> Iterator[bytes]:
            yield from (f.raw_name for f in self._fields)
            # Spread over the file: its first rows may be of another crew than its last.
            starts = np.unique(np.linspace(0, max(0, self.rows - 2000), 10).astype(int))
            for start in starts if self.rows else ():
                records = self._records(int(start), min(self.rows, int(start) + 2000))
                for i, f in enumerate(self._fields):
                    if f.kind in _TEXT_TYPES:
                        yield from (v.rstrip() for v in np.unique(records[f"f{i}"])[:300].tolist())

        return detect(values(), given=given, declared=declared)

    def read(self, start: int, stop: int) -> tuple[dict[str, np.ndarray], np.ndarray, np.ndarray]:
        """Return columns of text, which rows are marked as deleted, which are undecodable.

        Blank values are None. Values in another encoding than the table's are decoded in
        that one.
        """
        records = self._records(start, stop)
        broken = np.zeros(len(records), bool)
        columns = {}
        for i, name in enumerate(self.names):
            columns[name], bad = _decoded(records[f"f{i}"], self.encoding.name)
            broken |= bad
        return columns, records["deleted"] == _DELETED, broken


def _decoded(raw: np.ndarray, encoding: str) -> tuple[np.ndarray, np.ndarray]:
    bad = np.zeros(len(raw), bool)
    if not len(raw):
        return nulls(0), bad
    raw = np.ascontiguousarray(raw)
    if raw.view(np.uint8).max() < 0x80:
        # Plain ASCII converts in C.
        values = np.char.strip(raw.astype("U"), " \t\0").astype(object)
    else:
        distinct, inverse = np.unique(raw, return_inverse=True)
        decoded = [decode(v.strip(b" \t\0"), encoding)[0] for v in distinct.tolist()]
        unknown = np.array([d is None for d in decoded])
        bad = unknown[inverse]
        texts = [
            v.decode("latin-1") if d is None else d.strip()
            for v, d in zip(distinct.tolist(), decoded, strict=True)
        ]
        values = np.array(texts, dtype=object)[inverse]
    column = nulls(len(raw))
    filled = values != ""
    column[filled] = values[filled]
    return column, bad


def _distinct(names: list[str]) -> tuple[str, ...]:
    seen: set[str] = set()
    result = []
    for name in names:
        candidate, times = name, 1
        while candidate in seen:
            times += 1
            candidate = f"{name}_{times}"
        seen.add(candidate)
        result.append(candidate)
    return tuple(result)


def _damaged(path: Path, detail: str) -> WanggeError:
    return WanggeError(
        translate(
            "Wangge",
            "The table {file} is damaged and cannot be read. Ask for the delivery again.",
        ).format(file=path.name),
        detail=detail,
    )


def _unreadable(path: Path, error: OSError) -> WanggeError:
    return WanggeError(
        translate(
            "Wangge",
            "The file {file} cannot be read. Check that it exists, that you may read it and that "
            "no other program has locked it.",
        ).format(file=path),
        detail=str(error),
    )
