"""Spreadsheets as plain values, whatever file they came from."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from ...errors import WanggeError
from ...translation import translate

#: What a spreadsheet program can hold at most; more is damage or an attack.
LARGEST_ROW = 1_048_576
LARGEST_COLUMN = 16_384
LARGEST_FILE = 500_000_000


@dataclass(frozen=True)
class Sheet:
    """One sheet; the cells of a merged range all hold its value.

    Attributes
    ----------
    name : str
    rows : tuple of tuple of object
        Text, int, float, bool, date, datetime or None; rows may differ in length.
    merged : frozenset of (int, int)
        Row and column (from 0) of the cells whose value was filled in from a merged range.
    """

    name: str
    rows: tuple[tuple[object, ...], ...]
    merged: frozenset[tuple[int, int]] = frozenset()

    def value(self, row: int, column: int) -> object:
        """Return a cell's value; None beyond the sheet's end."""
        cells = self.rows[row] if row < len(self.rows) else ()
        return cells[column] if column < len(cells) else None


def column_letters(column: int) -> str:
    """Return the letters of a column counted from 0: ``"A"``, ``"Z"``, ``"AA"``."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell counted from 0, e.g. ``"F12"``."""
    return f"{column_letters(column)}{row + 1}"


def read_sheets(path: str | Path) -> tuple[Sheet, ...]:
    """Read every sheet of an xlsx, ods or csv file (xls where xlrd is installed).

    Raises
    ------
    WanggeError
        When the file cannot be read or is of another kind.
    """
    path = Path(path)
    try:
        size = path.stat().st_size
    except OSError as error:
        raise WanggeError(
            translate("Wangge", "The file {path} cannot be read. Check the path.").format(
                path=path
            ),
            detail=str(error),
        ) from error
    if size > LARGEST_FILE:
        raise WanggeError(
            translate("Wangge", "The file {path} is larger than 500 MB. Split it.").format(
                path=path
            )
        )
    suffix = path.suffix.lower()
    if suffix in (".xlsx", ".xlsm"):
        from .excel import read_xlsx

        return read_xlsx(path)
    if suffix == ".ods":
        from .opendocument import read_ods

        return read_ods(path)
    if suffix in (".csv", ".txt", ".tsv"):
        return (_read_text(path),)
    if suffix in (".xls", ".et"):
        from .excel import read_xls

        return read_xls(path)
    raise WanggeError(
        translate(
            "Wangge", "The file {path} is no spreadsheet that can be read. Give xlsx, ods or csv."
        ).format(path=path)
    )


def damaged(path: Path, error: Exception) -> WanggeError:
    """Return the error to raise for a file whose content cannot be understood."""
    return WanggeError(
        translate(
            "Wangge",
            "The file {path} is damaged, protected by a password or of another kind than its "
            "name says. Open it in a spreadsheet program and save it as .xlsx.",
        ).format(path=path),
        detail=f"{type(error).__name__}: {error}",
    )


def _read_text(path: Path) -> Sheet:
    data = path.read_bytes()
    encodings = ["utf-16"] if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError as error:
            failure = error
    else:
        raise damaged(path, failure)
    # The separator that occurs in most of the first lines, most often.
    lines = text.splitlines()[:50]
    separator = max(",\t;，", key=lambda s: (sum(s in line for line in lines), text.count(s)))
    try:
        rows: list[tuple[object, ...]] = [
            tuple(cell if cell.strip() else None for cell in row)
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        ]
    except csv.Error as error:
        raise damaged(path, error) from error
    return Sheet(path.stem, trimmed(rows))


def trimmed(rows: list[tuple[object, ...]]) -> tuple[tuple[object, ...], ...]:
    """Return the rows without the empty ones at the end."""
    last = len(rows)
    while last and all(cell is None for cell in rows[last - 1]):
        last -= 1
    return tuple(rows[:last])
