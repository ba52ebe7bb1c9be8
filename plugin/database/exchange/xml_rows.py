"""Rows as XML elements; read without entities, document types or anything fetched."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr  # for writing only  # nosec B406

from ...errors import WanggeError
from ...translation import translate
from .broken import Broken, opened
from .columns import Table

_CHUNK = 1 << 18
_NAME = re.compile(r"[^\W\d][\w.\-]*")
# XML 1.0 has no way to write these.
_UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ESCAPED = {"\r": "&#13;"}
_BASE64 = "base64"


def begin(stream: TextIO, table: Table, encoding: str) -> None:
    """Write what comes before the first row."""
    for name in table.exchanged:
        if not _NAME.fullmatch(name):
            raise WanggeError(
                translate(
                    "Wangge",
                    "The field name “{name}” of table {layer} cannot be an XML element. Change it in "
                    "the profile's exchange.names, or choose another format.",
                ).format(name=name, layer=table.name)
            )
    declared = encoding.removesuffix("-sig")
    stream.write(f'<?xml version="1.0" encoding="{declared}"?>\n')
    stream.write(f"<table name={quoteattr(table.name)} title={quoteattr(table.title)}>\n")


def write(
    stream: TextIO, table: Table, columns: Sequence[Sequence[str | None]], first: int
) -> None:
    """Write rows."""
    tokens = [_elements(n, c) for n, c in zip(table.exchanged, columns, strict=True)]
    rows = map("".join, zip(*tokens, strict=True))
    stream.write("".join([f"<row>{row}</row>\n" for row in rows]))


def end(stream: TextIO, table: Table) -> None:
    """Write what comes after the last row."""
    stream.write("</table>\n")


def read(path: Path, table: Table, encoding: str, size: int) -> Iterator[list[list[str | None]]]:
    """Yield columns of texts, ``size`` rows at a time; raises `Broken`."""
    reader = _Reader(table)
    with opened(path, encoding) as stream:
        while chunk := stream.read(_CHUNK):
            reader.feed(chunk)
            while len(reader.rows) >= size:
                yield [list(c) for c in zip(*reader.rows[:size], strict=True)]
                del reader.rows[:size]
    reader.feed("", last=True)
    if reader.rows:
        yield [list(c) for c in zip(*reader.rows, strict=True)]


def _elements(name: str, texts: Sequence[str | None]) -> list[str]:
    return ["" if t is None else _element(name, t) for t in texts]


def _element(name: str, text: str) -> str:
    if _UNSPEAKABLE.search(text):
        packed = base64.b64encode(text.encode()).decode()
        return f'<{name} encoding="{_BASE64}">{packed}</{name}>'
    return f"<{name}>{escape(text, _ESCAPED)}</{name}>"


class _Reader:
    """Takes table > row > field; everything else is broken."""

    def __init__(self, table: Table):
        self.rows: list[list[str | None]] = []
        self._index = {name: k for k, name in enumerate(table.exchanged)}
        self._depth, self._count = 0, 0
        self._row: list[str | None] = []
        self._text: list[str] = []
        self._packed = False
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text.append
        # Entities need a document type; without one there is nothing to expand or to fetch.
        parser.StartDoctypeDeclHandler = self._refuse
        self._parser = parser

    def feed(self, text: str, *, last: bool = False) -> None:
        try:
            self._parser.Parse(text, last)
        except expat.ExpatError as error:
            raise Broken(self._count, str(error)[:80]) from None
        except UnicodeEncodeError:
            raise Broken(self._count, "surrogates") from None

    def _refuse(self, *_) -> None:
        raise Broken(0, "DOCTYPE")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 2:
            self._count += 1
            self._row = [None] * len(self._index)
        elif self._depth == 3:
            if name not in self._index or self._row[self._index[name]] is not None:
                raise Broken(self._count, name[:40])
            self._packed = attributes.get("encoding") == _BASE64
            self._text.clear()
        elif self._depth > 3:
            raise Broken(self._count, name[:40])

    def _end(self, name: str) -> None:
        if self._depth == 3:
            text = "".join(self._text)
            if self._packed:
                try:
                    text = base64.b64decode(text, validate=True).decode()
                except (binascii.Error, UnicodeDecodeError):
                    raise Broken(self._count, _BASE64) from None
            self._row[self._index[name]] = text
        elif self._depth == 2:
            self.rows.append(self._row)
        self._depth -= 1
