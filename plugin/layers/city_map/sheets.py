"""Paper and wall: sizes, colours and the small parts that pages are put together from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qgis.core import (
    Qgis,
    QgsFillSymbol,
    QgsLayout,
    QgsLayoutItem,
    QgsLayoutItemLabel,
    QgsLayoutItemShape,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsPrintLayout,
    QgsTextFormat,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor, QFont

from .facts import Bar

# The first that a machine has is taken: Linux, Adobe's package, Windows, macOS.
FAMILIES = ("Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "SimHei")


@dataclass(frozen=True)
class Sheet:
    """One kind of page, in millimetres and points.

    Attributes
    ----------
    id : str
    width, height, margin : float
    head : float
        Height of the strip with the title.
    side : float
        Width of the column with figures, ranking and chart.
    legend : float
        Width that the map leaves free for the legend.
    rows : int
        Most areas in the ranking.
    text : float
        Size of ordinary text in points; all else follows from it.
    ink, soft, paper, panel, accent : str
        Colours.
    """

    id: str
    width: float
    height: float
    margin: float
    head: float
    side: float
    legend: float
    rows: int
    text: float
    ink: str
    soft: str
    paper: str
    panel: str
    accent: str


#: 16:9; at 96 dots an inch 1920 × 1080 pixels, at 192 twice as many each way.
WALL = Sheet(
    "wall", 508.0, 285.75, 8.0, 20.0, 166.0, 78.0, 10, 13.0,
    "#eef4fb", "#a9bdd3", "#0d1b2e", "#16294399", "#4fc3f7",
)  # fmt: skip
A3 = Sheet(
    "a3", 420.0, 297.0, 10.0, 18.0, 132.0, 56.0, 20, 9.0,
    "#1f2933", "#52606d", "#ffffff", "#f3f6f8", "#1f5c99",
)  # fmt: skip
SHEETS = (WALL, A3)


def text_format(
    sheet: Sheet, times: float = 1.0, *, bold: bool = False, colour: str = ""
) -> QgsTextFormat:
    """Return text of a sheet, so many times its ordinary size."""
    font = QFont(FAMILIES[0])
    font.setBold(bold)
    made = QgsTextFormat()
    made.setFont(font)
    made.setFamilies(list(FAMILIES))
    made.setSize(sheet.text * times)
    made.setSizeUnit(Qgis.RenderUnit.Points)
    made.setColor(QColor(colour or sheet.ink))
    return made


def place(
    item: QgsLayoutItem, x: float, y: float, width: float, height: float, page: int
) -> QgsLayoutItem:
    """Put an item on a page."""
    item.attemptMove(QgsLayoutPoint(x, y), True, False, page)
    item.attemptResize(QgsLayoutSize(width, height))
    return item


def add_text(
    layout: QgsPrintLayout,
    words: str,
    look: QgsTextFormat,
    x: float,
    y: float,
    width: float,
    height: float,
    page: int,
    *,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> QgsLayoutItemLabel:
    """Write a text into a box, in the middle of its height."""
    label = QgsLayoutItemLabel(layout)
    label.setText(words)
    label.setTextFormat(look)
    label.setHAlign(align)
    label.setVAlign(Qt.AlignmentFlag.AlignVCenter)
    label.setMarginX(0)
    label.setMarginY(0)
    layout.addLayoutItem(label)
    place(label, x, y, width, height, page)
    return label


def add_box(
    layout: QgsLayout,
    colour: str,
    x: float,
    y: float,
    width: float,
    height: float,
    page: int,
    *,
    opacity: int = 255,
) -> QgsLayoutItemShape:
    """Fill a rectangle."""
    box = QgsLayoutItemShape(layout)
    box.setShapeType(QgsLayoutItemShape.Shape.Rectangle)
    c = QColor(colour[:7])
    box.setSymbol(
        QgsFillSymbol.createSimple(
            {"color": f"{c.red()},{c.green()},{c.blue()},{opacity}", "outline_style": "no"}
        )
    )
    layout.addLayoutItem(box)
    place(box, x, y, width, height, page)
    return box


def add_bars(
    layout: QgsPrintLayout,
    sheet: Sheet,
    title: str,
    bars: Sequence[Bar],
    x: float,
    y: float,
    width: float,
    height: float,
    page: int,
) -> None:
    """Draw a chart of lying bars with names before and numbers after them."""
    line = sheet.text * 0.62
    add_text(layout, title, text_format(sheet, 1.1, bold=True), x, y, width, line, page)
    top = y + line + 2
    step = min((y + height - top) / max(len(bars), 1), line * 1.5)
    most = max([b.value for b in bars] + [0.0]) or 1.0
    names, numbers = width * 0.36, width * 0.15
    room = width - names - numbers - 4
    for k, bar in enumerate(bars):
        at = top + k * step
        thick = step * 0.62
        small = text_format(sheet, 0.92)
        add_text(layout, bar.label, small, x, at, names - 2, thick, page)
        add_box(layout, sheet.soft, x + names, at, room, thick, page, opacity=45)
        if bar.value:
            long = max(room * bar.value / most, 0.6)
            add_box(layout, bar.colour, x + names, at, long, thick, page)
        words = f"{bar.value:,.0f}"
        add_text(layout, words, small, x + names + room + 2, at, numbers + 2, thick, page)
