"""Rows as a JSON array of objects: written column by column, read object by object."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from json.encoder import encode_basestring
from pathlib import Path
from typing import TextIO

from ...standards.spec import FieldType
from .broken import Broken, opened
from .columns import Table

_CHUNK = 1 << 20
_LONGEST_ROW = 256 << 20
_BLANK = re.compile(r"[\s,]*")
_NUMBERS = (FieldType.INTEGER, FieldType.REAL)


def begin(stream: TextIO, table: Table, encoding: str) -> None:
    """Write what comes before the first row."""
    stream.write("[")


def write(
    stream: TextIO, table: Table, columns: Sequence[Sequence[str | None]], first: int
) -> None:
    """Write rows."""
    types = [*(c.type for c in table.columns), FieldType.TEXT]
    tokens = [_tokens(c, t) for c, t in zip(columns, types, strict=False)]
    pattern = ", ".join(f"{encode_basestring(n)}: %s".replace("%", "%%").replace("%%s", "%s")
                        for n in table.exchanged)  # fmt: skip
    rows = map(f"{{{pattern}}}".__mod__, zip(*tokens, strict=True))
    text = ",\n".join(rows)
    if text:
        stream.write(("\n" if first == 1 else ",\n") + text)


def end(stream: TextIO, table: Table) -> None:
    """Write what comes after the last row."""
    stream.write("\n]\n")


def read(path: Path, table: Table, encoding: str, size: int) -> Iterator[list[list[str | None]]]:
    """Yield columns of texts, ``size`` rows at a time; raises `Broken`."""
    names, rows = table.exchanged, []
    for number, row in enumerate(_objects(path, encoding), 1):
        if not isinstance(row, dict) or row.keys() != set(names):
            raise Broken(number, "fields")
        rows.append([row[n] for n in names])
        if len(rows) == size:
            yield _columns(rows, number)
            rows = []
    if rows:
        yield _columns(rows, number)


def _columns(rows: list[list], last: int) -> list[list[str | None]]:
    columns = [list(c) for c in zip(*rows, strict=True)]
    for column in columns:
        if not set(map(type, column)) <= {str, type(None)}:
            odd = next(k for k, v in enumerate(column) if not isinstance(v, str | None))
            raise Broken(last - len(rows) + odd + 1, "values")
    return columns


def _tokens(texts: Sequence[str | None], type_: FieldType) -> list[str]:
    if type_ in _NUMBERS:
        # JSON has no word for infinity: as text it is still read as the number.
        return ["null" if t is None else t if t[-1].isdigit() else f'"{t}"' for t in texts]
    return ["null" if t is None else encode_basestring(t) for t in texts]


def _objects(path: Path, encoding: str) -> Iterator:
    # Numbers stay the texts they are: no digit is lost on the way to their column.
    decoder = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)
    with opened(path, encoding) as stream:
        text = stream.read(_CHUNK).lstrip()
        if not text.startswith("["):
            raise Broken(0, "array")
        place, row = 1, 0
        while True:
            place = _BLANK.match(text, place).end()  # type: ignore[union-attr]
            if text[place : place + 1] == "]":
                if (text[place + 1 :] + stream.read(_CHUNK)).strip():
                    raise Broken(row, "end")
                return
            try:
                value, place = decoder.raw_decode(text, place)
            except (ValueError, RecursionError) as error:
                more = "" if isinstance(error, RecursionError) else stream.read(_CHUNK)
                if not more or len(text) - place > _LONGEST_ROW:
                    raise Broken(row + 1, str(error)[:80]) from None
                text, place = text[place:] + more, 0
                continue
            row += 1
            yield value
