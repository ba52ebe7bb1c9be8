"""Rows as CSV (RFC 4180); a null is nothing at all, an empty text is ``""``."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TextIO

from .broken import Broken, opened
from .columns import Table

_SPECIAL = re.compile('[",\r\n]')
_VALUE = re.compile('("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n|\n|\r|$)')


def begin(stream: TextIO, table: Table, encoding: str) -> None:
    """Write what comes before the first row."""
    stream.write(",".join(_quoted(table.exchanged)) + "\r\n")


def write(
    stream: TextIO, table: Table, columns: Sequence[Sequence[str | None]], first: int
) -> None:
    """Write rows."""
    rows = map(",".join, zip(*map(_quoted, columns), strict=True))
    stream.write("".join([f"{row}\r\n" for row in rows]))


def end(stream: TextIO, table: Table) -> None:
    """Write what comes after the last row."""


def read(path: Path, table: Table, encoding: str, size: int) -> Iterator[list[list[str | None]]]:
    """Yield columns of texts, ``size`` rows at a time; raises `Broken`."""
    rows: list[list[str | None]] = []
    names = table.exchanged
    with opened(path, encoding) as stream:
        records = _records(stream)
        if next(records, None) != names:
            raise Broken(0, "heading")
        for number, record in enumerate(records, 1):
            if len(record) != len(names):
                raise Broken(number, "fields")
            rows.append(record)
            if len(rows) == size:
                yield [list(c) for c in zip(*rows, strict=True)]
                rows = []
    if rows:
        yield [list(c) for c in zip(*rows, strict=True)]


def _quoted(texts: Iterable[str | None]) -> list[str]:
    return [
        "" if t is None else t if t and not _SPECIAL.search(t) else '"' + t.replace('"', '""') + '"'
        for t in texts
    ]


def _records(stream: TextIO) -> Iterator[list[str | None]]:
    taken: list[str] = []

    def lines() -> Iterator[str]:
        for line in stream:
            taken.append(line)
            yield line

    csv.field_size_limit(sys.maxsize)
    try:
        for record in csv.reader(lines(), strict=True):
            if not record:
                record = [""]
            if "" not in record:
                yield record  # type: ignore[misc]
            elif any('""' in line for line in taken):
                # The reader does not tell nothing from "".
                yield _with_nulls("".join(taken), len(record))
            else:
                yield [value or None for value in record]
            taken.clear()
    except csv.Error as error:
        raise Broken(0, str(error)[:80]) from None


def _with_nulls(text: str, n: int) -> list[str | None]:
    record: list[str | None] = []
    place = 0
    while len(record) < n:
        found = _VALUE.match(text, place)
        if found is None:
            raise Broken(0, "quotes")
        value = found[1]
        quoted = value.startswith('"')
        record.append(value[1:-1].replace('""', '"') if quoted else value or None)
        place = found.end()
    return record
