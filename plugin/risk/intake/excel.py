"""Read Excel workbooks: .xlsx with openpyxl, .xls with xlrd where it is installed."""

from __future__ import annotations

import zipfile
from pathlib import Path

from ...errors import WanggeError
from ...translation import translate
from .sheets import LARGEST_COLUMN, LARGEST_FILE, LARGEST_ROW, Sheet, damaged, trimmed


def read_xlsx(path: Path) -> tuple[Sheet, ...]:
    """Read the sheets of an .xlsx file, with the values that its formulas last had."""
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise WanggeError(
            translate(
                "Wangge",
                "Reading .xlsx needs the Python package openpyxl, which this QGIS does not "
                "have. Save the file as .ods or .csv.",
            )
        ) from error
    try:
        refuse_bomb(path)
        book = load_workbook(path, data_only=True, keep_links=False)
        return tuple(_sheet(worksheet) for worksheet in book.worksheets)
    except WanggeError:
        raise
    # openpyxl raises whatever the damage leads to: KeyError, ValueError, BadZipFile …
    except Exception as error:
        raise damaged(path, error) from error


def refuse_bomb(path: Path) -> None:
    """Raise ValueError when a zipped file would unpack to more than it may."""
    with zipfile.ZipFile(path) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > LARGEST_FILE:
            raise ValueError("unpacks to more than 500 MB")


def _sheet(worksheet) -> Sheet:
    # The cells that exist, not the rectangle around them: one stray format in the last cell
    # of a sheet would make that 17,000 million.
    lines: dict[int, dict[int, object]] = {}
    for (row, column), cell in worksheet._cells.items():
        value = cell.value
        if value is not None and not (isinstance(value, str) and not value.strip()):
            lines.setdefault(row, {})[column] = value
    rows: list[tuple[object, ...]] = [()] * max(lines, default=0)
    for row, cells in lines.items():
        rows[row - 1] = tuple(cells.get(c) for c in range(1, max(cells) + 1))
    return filled(
        worksheet.title,
        rows,
        [
            (r.min_row - 1, r.min_col - 1, r.max_row - 1, r.max_col - 1)
            for r in worksheet.merged_cells.ranges
        ],
    )


def filled(
    name: str, rows: list[tuple[object, ...]], ranges: list[tuple[int, int, int, int]]
) -> Sheet:
    """Return a sheet in which each merged range (top, left, bottom, right) holds its value."""
    rows = list(trimmed(rows))
    cells = [list(row) for row in rows]
    merged = set()
    for top, left, bottom, right in ranges:
        if top >= len(cells) or left >= len(cells[top]):
            continue
        value = cells[top][left]
        for row in range(top, min(bottom, len(cells) - 1, LARGEST_ROW) + 1):
            line = cells[row]
            wanted = min(right, LARGEST_COLUMN) + 1
            # A range that reaches beyond the data is a matter of looks.
            line.extend([None] * (min(wanted, len(cells[top])) - len(line)))
            for column in range(left, min(wanted, len(line))):
                if (row, column) != (top, left) and value is not None:
                    line[column] = value
                    merged.add((row, column))
    return Sheet(name, tuple(tuple(line) for line in cells), frozenset(merged))


def read_xls(path: Path) -> tuple[Sheet, ...]:
    """Read the sheets of an old .xls file."""
    try:
        import xlrd
    except ImportError as error:
        raise WanggeError(
            translate(
                "Wangge",
                "The file {path} is in the old .xls form. Open it in a spreadsheet program and "
                "save it as .xlsx.",
            ).format(path=path)
        ) from error
    try:
        book = xlrd.open_workbook(str(path), formatting_info=True)
        return tuple(_old_sheet(book, sheet, xlrd) for sheet in book.sheets())
    except Exception as error:
        raise damaged(path, error) from error


def _old_sheet(book, sheet, xlrd) -> Sheet:
    def value(cell):
        if cell.ctype == xlrd.XL_CELL_DATE:
            return xlrd.xldate_as_datetime(cell.value, book.datemode)
        if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_ERROR):
            return None
        return cell.value if str(cell.value).strip() else None

    rows = [tuple(value(cell) for cell in sheet.row(i)) for i in range(sheet.nrows)]
    ranges = [(top, left, b - 1, r - 1) for top, b, left, r in sheet.merged_cells]
    return filled(sheet.name, rows, ranges)
