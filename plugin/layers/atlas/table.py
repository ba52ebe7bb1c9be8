"""Tables that flow over pages: columns by share of the frame, Chinese text broken into lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qgis.core import (
    QgsLayoutFrame,
    QgsLayoutItemManualTable,
    QgsLayoutPoint,
    QgsLayoutTableColumn,
    QgsLayoutUtils,
    QgsPrintLayout,
    QgsTableCell,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor

from ...standards.domains import RISK_COLOURS
from .template import drop_page, frames_of, repeat_page, table_of
from .wrapping import measure_of, wrapped


@dataclass(frozen=True)
class Column:
    """A column: heading, share of the width, and whether its text stands in the middle."""

    heading: str
    share: float
    centred: bool = False


@dataclass(frozen=True)
class Cell:
    """Text of a cell, coloured when it names a level."""

    text: str
    level: str = ""


def fill_table(
    layout: QgsPrintLayout,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    *,
    flow: bool = True,
) -> int:
    """Fill the layout's table; make as many pages as its rows need and return their number.

    The last frame of the template is repeated, with the labels of its page, until all rows
    have their place; a template page that the table does not reach is taken away again. With
    ``flow`` off the pages stay: for texts that replace others of the same height.
    """
    table = table_of(layout)
    frames = frames_of(table)
    margin, grid = table.cellMargin(), table.gridStrokeWidth()
    width = min(f.rect().width() for f in frames)
    room = width - len(columns) * 2 * margin - (len(columns) + 1) * grid
    whole = sum(c.share for c in columns)
    widths = [room * c.share / whole for c in columns]
    measure = measure_of(table.contentTextFormat())
    highest = min(f.rect().height() for f in frames)
    line = 1.45 * table.contentTextFormat().size() * 25.4 / 72
    most = max(3, int((highest - 4 * line) / line))
    headings = measure_of(table.headerTextFormat())
    table.setHeaders(
        [
            QgsLayoutTableColumn(wrapped(c.heading, w, headings))
            for c, w in zip(columns, widths, strict=True)
        ]
    )
    table.setColumnWidths(widths)
    table.setTableContents(
        [
            [
                _cell(replace(cell, text=wrapped(cell.text, w - 0.4, measure, most=most)), c)
                for cell, c, w in zip(row, columns, widths, strict=True)
            ]
            for row in rows
        ]
        or [_message(table.emptyTableMessage(), len(columns))]
    )
    if flow:
        _flow(layout, table, len(rows))
    return layout.pageCollection().pageCount()


def _message(text: str, columns: int) -> list[QgsTableCell]:
    made = [QgsTableCell("") for _ in range(columns)]
    made[0].setContent(text)
    made[0].setSpan(1, columns)
    return made


def _cell(cell: Cell, column: Column) -> QgsTableCell:
    made = QgsTableCell(cell.text)
    if column.centred:
        made.setHorizontalAlignment(Qt.AlignmentFlag.AlignHCenter)
    made.setVerticalAlignment(Qt.AlignmentFlag.AlignVCenter)
    if cell.level in RISK_COLOURS:
        red, green, blue = RISK_COLOURS[cell.level]
        made.setBackgroundColor(QColor(red, green, blue))
        if 0.299 * red + 0.587 * green + 0.114 * blue < 128:
            made.setForegroundColor(QColor("#ffffff"))
    return made


def _flow(layout: QgsPrintLayout, table: QgsLayoutItemManualTable, rows: int) -> None:
    given = frames_of(table)
    pattern = given[-1]
    model, where, size = pattern.page(), pattern.pagePos(), pattern.sizeWithUnits()
    shown = _rows_of_frames(layout, table)
    while shown[-1] < rows:
        number = repeat_page(layout, model)
        frame = QgsLayoutFrame(layout, table)
        table.addFrame(frame, False)
        frame.attemptMove(QgsLayoutPoint(where.x(), where.y()), True, False, number)
        frame.attemptResize(size)
        table.recalculateFrameSizes()
        shown = _rows_of_frames(layout, table)
        if shown[-1] <= shown[-2]:
            break  # a row that fits no page must not make pages for ever
    for index in reversed(range(1, len(given))):
        if shown[index] <= shown[index - 1]:
            page = given[index].page()
            table.removeFrame(index)
            drop_page(layout, page)


def _rows_of_frames(layout: QgsPrintLayout, table: QgsLayoutItemManualTable) -> list[int]:
    """Return for each frame the row after the last that it shows."""
    context = QgsLayoutUtils.createRenderContextForLayout(layout, None)
    return [table.rowRange(context, i)[1] for i in range(table.frameCount())]
