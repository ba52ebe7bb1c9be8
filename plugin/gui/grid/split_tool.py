"""Split a cell along a line drawn across it, or into two halves with one click."""

from __future__ import annotations

import numpy as np
import shapely
from qgis.core import QgsPointXY, QgsRectangle
from qgis.PyQt.QtCore import Qt

from ...grid.editing import divide, halve_cell, split_cell
from ...layers.cell_edits import NearCells, read_near
from ...translation import translate
from .cell_tool import CellTool
from .figures import short


class SplitTool(CellTool):
    """Click along the line; right click, double click or Enter splits the cell it crosses."""

    def __init__(self, *args):
        super().__init__(*args)
        self._points: list[QgsPointXY] = []

    def invitation(self) -> str:
        return translate("Wangge", "Click where the line begins, outside the cell")

    def is_begun(self) -> bool:
        return bool(self._points)

    def forget(self) -> None:
        self._points.clear()
        super().forget()

    def canvasReleaseEvent(self, event):  # noqa: N802
        if event.button() == Qt.MouseButton.RightButton:
            self.finish()
        elif event.button() == Qt.MouseButton.LeftButton:
            self.attempt(lambda: self._add(self.place(event)))

    def canvasDoubleClickEvent(self, event):  # noqa: N802
        self.finish()

    def canvasMoveEvent(self, event):  # noqa: N802
        self.attempt(lambda: self._follow(self.place(event)))

    def keyPressEvent(self, event):  # noqa: N802
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finish()
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and self._points:
            event.ignore()  # else QGIS deletes the selected cells
            self._points.pop()
            self._preview(self._points)
        else:
            super().keyPressEvent(event)

    def finish(self) -> None:
        """Split the cell that the line crosses."""
        points = list(self._points)
        self.forget()
        if len(points) < 2:
            return
        self.attempt(lambda: self._split(_line(points)))

    def _add(self, point: QgsPointXY) -> None:
        # A double click presses twice on one spot.
        if not self._points or self._points[-1].distance(point) > 0:
            self._points.append(point)
        self._preview(self._points)

    def _follow(self, point: QgsPointXY) -> None:
        if self._points:
            self._preview([*self._points, point])
        else:
            self.tell(self.invitation())

    def _preview(self, points: list[QgsPointXY]) -> None:
        if len(points) < 2 or points[0] == points[-1]:
            self.tell(translate("Wangge", "Click on the other side of the cell"))
            return
        line = _line(points)
        self.draw([line], as_line=True)
        near, index = self._crossed(line)
        if index is None:
            self.tell(translate("Wangge", "Click on the other side of the cell"))
            return
        parts = sorted(divide(near.cells[index], line), key=lambda p: -p.area)
        if len(parts) < 2:
            self.tell(translate("Wangge", "Click on the other side of the cell"))
            return
        rows = [(f"{short(near.codes[index])}.{k + 1}", part) for k, part in enumerate(parts)]
        self.tell(
            self.table(near, rows) + "\n" + translate("Wangge", "Right click or Enter splits")
        )

    def _crossed(self, line: shapely.LineString) -> tuple[NearCells, int | None]:
        # The cell that has most of the line, so that ends may reach into the neighbours.
        near = read_near(self.layer(), box_of(line))
        if not len(near.cells):
            return near, None
        inside = shapely.length(shapely.intersection(near.cells, line))
        # One that the line divides goes before one in which it only ends.
        divides = np.array([len(divide(cell, line)) > 1 for cell in near.cells])
        rank = inside + np.where(divides, inside.max() + 1.0, 0.0)
        return near, int(np.argmax(rank)) if inside.max() > 0 else None

    def _split(self, line: shapely.LineString) -> None:
        near, index = self._crossed(line)
        if index is None:
            self.tell(self.invitation())
            return
        identity = int(near.ids[index])
        near = self.neighbourhood([near.cells[index]])
        edit = split_cell(near.cells, near.index_of(identity), line)
        self.write(near, edit, translate("Wangge", "Split cell"))


class HalveTool(CellTool):
    """One click cuts a cell straight into two halves of equal area."""

    def invitation(self) -> str:
        return translate("Wangge", "Click on the cell to be halved")

    def canvasMoveEvent(self, event):  # noqa: N802
        self.attempt(lambda: self._show(self.place(event, snap=False)))

    def canvasReleaseEvent(self, event):  # noqa: N802
        if event.button() == Qt.MouseButton.LeftButton:
            self.attempt(lambda: self._halve(self.place(event, snap=False)))

    def _show(self, point: QgsPointXY) -> None:
        near = self.cells_at(point)
        index = near.at(point.x(), point.y())
        if index is None:
            self.wipe()
            self.tell(self.invitation())
            return
        self.draw([near.cells[index]])
        named = self.table(near, [(short(near.codes[index]), near.cells[index])])
        self.tell(f"{named}\n{self.invitation()}")

    def _halve(self, point: QgsPointXY) -> None:
        near = self.cells_at(point)
        index = near.at(point.x(), point.y())
        if index is None:
            return
        identity = int(near.ids[index])
        near = self.neighbourhood([near.cells[index]])
        edit = halve_cell(near.cells, near.index_of(identity))
        self.wipe()
        self.write(near, edit, translate("Wangge", "Halve cell"))


def _line(points: list[QgsPointXY]) -> shapely.LineString:
    return shapely.LineString([(p.x(), p.y()) for p in points])


def box_of(line: shapely.LineString) -> QgsRectangle:
    """Return the rectangle around a line."""
    return QgsRectangle(*line.bounds)
