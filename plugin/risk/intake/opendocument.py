"""Read OpenDocument spreadsheets (.ods), refusing document types and entities."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path
from xml.parsers import expat

from .excel import filled, refuse_bomb
from .sheets import LARGEST_COLUMN, LARGEST_ROW, Sheet, damaged

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "

# A few bytes of repeated cells can stand for billions.
_MOST_CELLS = 20_000_000


def read_ods(path: Path) -> tuple[Sheet, ...]:
    """Read the sheets of an .ods file, with the values that its formulas last had."""
    try:
        refuse_bomb(path)
        with zipfile.ZipFile(path) as archive:
            content = archive.read("content.xml")
        return _Reader().read(content)
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, expat.ExpatError) as error:
        raise damaged(path, error) from error


class _Reader:
    """Turns the events of content.xml into sheets."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.name = ""
        self.rows: list[tuple[object, ...]] = []
        self.ranges: list[tuple[int, int, int, int]] = []
        self.row: list[object] = []
        self.repeat = 1
        self.cells = 0
        self.pending_rows = 0
        self.pending_cells = 0
        self.cell: dict[str, str] | None = None
        self.paragraphs: list[str] = []
        self.depth = 0
        self.in_text = 0
        self.in_note = 0

    def read(self, content: bytes) -> tuple[Sheet, ...]:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = _refuse
        parser.EntityDeclHandler = _refuse
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        parser.buffer_text = True
        parser.Parse(content, True)
        return tuple(self.sheets)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == _TABLE + "table":
            self.depth += 1
            if self.depth == 1:
                self.name = attributes.get(_TABLE + "name", "")
                self.rows, self.ranges, self.pending_rows = [], [], 0
        elif self.depth != 1:
            return  # a table within a cell
        elif tag == _TABLE + "table-row":
            self.row, self.pending_cells = [], 0
            self.repeat = _count(attributes.get(_TABLE + "number-rows-repeated"), LARGEST_ROW)
        elif tag in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
            self.cell, self.paragraphs = attributes, []
        elif tag == _OFFICE + "annotation":
            self.in_note += 1
        elif tag == _TEXT + "p" and self.cell is not None and not self.in_note:
            self.in_text += 1
            self.paragraphs.append("")
        elif self.in_text and tag == _TEXT + "s":
            self.paragraphs[-1] += " " * _count(attributes.get(_TEXT + "c"), 1000)
        elif self.in_text and tag == _TEXT + "line-break":
            self.paragraphs[-1] += "\n"

    def text(self, data: str) -> None:
        if self.in_text and not self.in_note:
            self.paragraphs[-1] += data

    def end(self, tag: str) -> None:
        if tag == _TABLE + "table":
            if self.depth == 1:
                self.sheets.append(filled(self.name, self.rows, self.ranges))
            self.depth -= 1
        elif self.depth != 1:
            return
        elif tag == _OFFICE + "annotation":
            self.in_note -= 1
        elif tag == _TEXT + "p" and self.in_text and not self.in_note:
            self.in_text -= 1
        elif tag in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
            self.end_cell()
        elif tag == _TABLE + "table-row":
            self.end_row()

    def end_cell(self) -> None:
        attributes = self.cell or {}
        value = _value(attributes, "\n".join(self.paragraphs))
        repeat = _count(attributes.get(_TABLE + "number-columns-repeated"), LARGEST_COLUMN)
        self.cell = None
        spanned = (
            _count(attributes.get(_TABLE + "number-rows-spanned"), LARGEST_ROW),
            _count(attributes.get(_TABLE + "number-columns-spanned"), LARGEST_COLUMN),
        )
        if value is None and spanned == (1, 1):
            self.pending_cells += repeat
            return
        self.row.extend([None] * self.pending_cells)
        self.pending_cells = 0
        if spanned != (1, 1):
            top, left = len(self.rows) + self.pending_rows, len(self.row)
            self.ranges.append((top, left, top + spanned[0] - 1, left + spanned[1] - 1))
        self.row.extend([value] * repeat)
        if len(self.row) > LARGEST_COLUMN:
            raise ValueError("a row has more columns than a spreadsheet can have")

    def end_row(self) -> None:
        if all(cell is None for cell in self.row):
            self.pending_rows += self.repeat
            return
        if len(self.rows) + self.pending_rows + self.repeat > LARGEST_ROW:
            raise ValueError("a sheet has more rows than a spreadsheet can have")
        self.cells += len(self.row) * self.repeat
        if self.cells > _MOST_CELLS:
            raise ValueError("the file holds more than 20 million cells")
        self.rows.extend([()] * self.pending_rows)
        self.pending_rows = 0
        # A merged range to the right of the last value still needs its cells.
        self.row.extend([None] * min(self.pending_cells, 100))
        self.rows.extend([tuple(self.row)] * self.repeat)


def _refuse(*_: object) -> None:
    raise ValueError("document types and entities are not accepted")


def _count(text: str | None, largest: int) -> int:
    return min(int(text), largest) if text else 1


def _value(attributes: dict[str, str], text: str) -> object:
    kind = attributes.get(_OFFICE + "value-type")
    if kind in ("float", "percentage", "currency"):
        return float(attributes[_OFFICE + "value"])
    if kind == "date":
        stated = attributes[_OFFICE + "date-value"]
        return datetime.fromisoformat(stated) if "T" in stated else date.fromisoformat(stated)
    if kind == "boolean":
        return attributes.get(_OFFICE + "boolean-value") == "true"
    return text if text.strip() else None
