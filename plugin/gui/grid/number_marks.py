"""Numbers that cells are going to get, written on the map."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.core import QgsPointXY
from qgis.gui import QgsMapCanvas, QgsMapCanvasItem
from qgis.PyQt.QtCore import QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QColor

_INK, _PAPER = QColor(255, 255, 255), QColor(32, 38, 44, 215)


class NumberMarks(QgsMapCanvasItem):
    """Short texts at places in the map's coordinates."""

    def __init__(self, canvas: QgsMapCanvas):
        super().__init__(canvas)
        self._canvas = canvas
        self._marks: list[tuple[str, QgsPointXY]] = []
        self.setZValue(100)

    def show_marks(self, marks: Iterable[tuple[str, QgsPointXY]]) -> None:
        """Show texts in place of what was shown."""
        self._marks = list(marks)
        self.update()

    def boundingRect(self) -> QRectF:  # noqa: N802
        return QRectF(self._canvas.rect())

    def paint(self, painter, *_ignored) -> None:
        font = painter.font()
        font.setBold(True)
        painter.setFont(font)
        for text, place in self._marks:
            spot = self.toCanvasCoordinates(place)
            box = QRectF(painter.fontMetrics().boundingRect(text)).adjusted(-5, -3, 5, 3)
            box.moveCenter(QPointF(spot))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_PAPER)
            painter.drawRoundedRect(box, 4, 4)
            painter.setPen(_INK)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
