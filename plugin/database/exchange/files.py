"""The layouts of a package behind one door: tables go in as batches and come out as batches."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from ...errors import WanggeError
from ...rules.batch import Batch
from ...translation import translate
from . import csv_rows, geopackage, json_rows, xml_rows
from .broken import Broken
from .columns import Table
from .texts import TextLayout, batch_of_texts, texts_of_batch

FORMATS = ("json", "xml", "csv", "gpkg")
_TEXT = {"json": json_rows, "xml": xml_rows, "csv": csv_rows}
_ONE_FILE = "package.gpkg"
_SIZE = 20_000


@dataclass(frozen=True)
class Layout:
    """Format out of `FORMATS`, and how texts are written."""

    format: str
    text: TextLayout

    def file(self, table: str) -> str:
        """Return the name of the file that holds a table."""
        return _ONE_FILE if self.format == "gpkg" else f"{table}.{self.format}"


class PackageFiles:
    """The data files of a package being written; use it in a ``with`` block."""

    def __init__(self, folder: Path, layout: Layout):
        self._folder = folder
        self._layout = layout
        self._open = ExitStack()
        self._streams: dict[str, TextIO] = {}
        self._rows: dict[str, int] = {}
        self._container: geopackage.GeoPackage | None = None

    def __enter__(self) -> PackageFiles:
        if self._layout.format == "gpkg":
            self._container = self._open.enter_context(
                geopackage.GeoPackage(self._folder / _ONE_FILE)
            )
        return self

    def __exit__(self, *_) -> None:
        self._open.close()

    def begin(self, table: Table) -> None:
        """Begin a table."""
        self._rows[table.name] = 0
        if self._container is not None:
            self._container.create(table)
            return
        encoding = self._layout.text.encoding
        path = self._folder / self._layout.file(table.name)
        stream = path.open("w", encoding=encoding, newline="")
        self._streams[table.name] = self._open.enter_context(stream)
        _TEXT[self._layout.format].begin(stream, table, encoding)

    def append(self, table: Table, batch: Batch) -> None:
        """Add conformed rows to a table that has begun."""
        if not len(batch):
            return
        first = self._rows[table.name] + 1
        try:
            if self._container is not None:
                self._container.append(table, batch)
            else:
                columns = texts_of_batch(batch, table, self._layout.text)
                stream = self._streams[table.name]
                _TEXT[self._layout.format].write(stream, table, columns, first)
        except UnicodeEncodeError as error:
            raise WanggeError(
                translate(
                    "Wangge",
                    "Table {layer} holds the character {character}, which the encoding {encoding} "
                    "cannot write. Correct the text, or set another encoding in the profile.",
                ).format(
                    layer=table.name,
                    character=ascii(error.object[error.start : error.start + 1]),
                    encoding=self._layout.text.encoding,
                )
            ) from error
        self._rows[table.name] += len(batch)

    def end(self, table: Table) -> int:
        """End a table and return its number of rows."""
        if self._container is not None:
            return self._container.finish(table)
        stream = self._streams.pop(table.name)
        _TEXT[self._layout.format].end(stream, table)
        stream.close()
        return self._rows[table.name]


def read_table(path: Path, table: Table, layout: Layout) -> Iterator[Batch]:
    """Yield the rows of a table of a package.

    Raises
    ------
    WanggeError
        When the file does not read as its layout says: names file, table and row.
    """
    try:
        if layout.format == "gpkg":
            yield from geopackage.read(path, table, _SIZE)
            return
        first = 1
        for columns in _TEXT[layout.format].read(path, table, layout.text.encoding, _SIZE):
            batch = batch_of_texts(columns, table, layout.text, first)
            first += len(batch)
            yield batch
    except Broken as broken:
        raise WanggeError(
            translate(
                "Wangge",
                "The file {file} of the package cannot be read after row {row} of table {layer}. It "
                "is damaged or has another layout; ask the sender for the package again.",
            ).format(file=path.name, row=max(0, broken.row), layer=table.name),
            detail=broken.reason,
        ) from broken
