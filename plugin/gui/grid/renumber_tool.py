"""Pick cells in an order: they get the next free numbers of their community."""

from __future__ import annotations

import numpy as np
import shapely
from qgis.core import QgsPointXY
from qgis.PyQt.QtCore import QPoint, Qt

from ...layers.cell_edits import NearCells, read_near
from ...layers.cell_renumbering import coming_codes, renumber_cells
from ...translation import translate
from .cell_tool import CellTool
from .figures import short
from .number_marks import NumberMarks
from .split_tool import box_of

# A hand that clicks moves the mouse a little.
_STILL = 5


class RenumberTool(CellTool):
    """Click cells one after the other, or drag a line through them; Enter numbers them.

    A second click on a cell takes it out again; Backspace takes the last one out.
    """

    def __init__(self, *args):
        super().__init__(*args)
        self._chosen: dict[int, NearCells] = {}
        self._marks: NumberMarks | None = None
        self._pressed: tuple[QPoint, QgsPointXY] | None = None
        self._dragging = False
        self._used: dict[str, list[str]] = {}

    def invitation(self) -> str:
        return translate(
            "Wangge", "Click cells in the order of their new numbers, or drag a line through them"
        )

    def is_begun(self) -> bool:
        return bool(self._chosen)

    def forget(self) -> None:
        self._chosen.clear()
        self._used.clear()
        self._pressed = None
        self._dragging = False
        if self._marks is not None:
            self.canvas().scene().removeItem(self._marks)
            self._marks = None
        super().forget()

    def canvasPressEvent(self, event):  # noqa: N802
        if event.button() == Qt.MouseButton.LeftButton:
            self.attempt(lambda: self._press(event))

    def canvasMoveEvent(self, event):  # noqa: N802
        def work() -> None:
            point = self.place(event, snap=False)
            if self._pressed is not None:
                self._draw_on(*self._pressed, event.pos(), point)
            self._tell_coming(point)

        self.attempt(work)

    def canvasReleaseEvent(self, event):  # noqa: N802
        if event.button() == Qt.MouseButton.RightButton:
            self.finish()
        elif event.button() == Qt.MouseButton.LeftButton and self._pressed is not None:
            self.attempt(lambda: self._release(event))

    def keyPressEvent(self, event):  # noqa: N802
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finish()
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and self._chosen:
            event.ignore()  # else QGIS deletes the selected cells
            self._chosen.popitem()
            self.attempt(self._show)
        else:
            super().keyPressEvent(event)

    def finish(self) -> None:
        """Number the chosen cells."""
        ids = list(self._chosen)
        homes = self._homes()
        layer, title = self.layer(), translate("Wangge", "Renumber cells")
        if ids and self.keep(lambda: renumber_cells(layer, ids, homes, title)):
            self.forget()
            self.tell(self.invitation())

    def _press(self, event) -> None:
        self._pressed = (event.pos(), self.place(event, snap=False))
        self._dragging = False

    def _release(self, event) -> None:
        point = self.place(event, snap=False)
        if self._pressed is not None:
            self._draw_on(*self._pressed, event.pos(), point)
        was_dragged = self._dragging
        self._pressed, self._dragging = None, False
        if not was_dragged:
            self._click(point)

    def _draw_on(self, pressed: QPoint, start: QgsPointXY, spot: QPoint, point: QgsPointXY) -> None:
        """Take in the cells that the mouse has passed since, in their order along its way."""
        if not self._dragging and (spot - pressed).manhattanLength() < _STILL:
            return
        self._dragging = True
        self._pressed = (spot, point)
        way = shapely.LineString([(start.x(), start.y()), (point.x(), point.y())])
        near = read_near(self.layer(), box_of(way.buffer(self.reach(1))))
        passed = np.flatnonzero(shapely.intersects(near.cells, way))
        entry = shapely.line_locate_point(way, _first_points(near.cells[passed], way))
        fresh = [i for i in passed[np.argsort(entry)] if int(near.ids[i]) not in self._chosen]
        for index in fresh:
            self._chosen[int(near.ids[index])] = near.only(int(index))
        if fresh:
            self._show()

    def _click(self, point: QgsPointXY) -> None:
        if not self.toggle(self._chosen, point):
            return
        self._show()
        self._tell_coming(point)

    def _homes(self) -> list[str]:
        return [str(one.communities[0]) for one in self._chosen.values()]

    def _coming(self, *more: str) -> list[str]:
        return coming_codes(self.layer(), [*self._homes(), *more], known=self._used)

    def _show(self) -> None:
        self.draw(one.cells[0] for one in self._chosen.values())
        if self._marks is None:
            self._marks = NumberMarks(self.canvas())
        marks = []
        for one, code in zip(self._chosen.values(), self._coming(), strict=True):
            middle = one.cells[0].representative_point()
            place = self.toMapCoordinates(self.layer(), QgsPointXY(middle.x, middle.y))
            marks.append((f"{short(one.codes[0])} → {short(code)}", place))
        self._marks.show_marks(marks)

    def _tell_coming(self, point: QgsPointXY) -> None:
        near = self.cells_at(point)
        index = near.at(point.x(), point.y())
        lines = []
        if index is not None and int(near.ids[index]) not in self._chosen:
            coming = self._coming(str(near.communities[index]))
            lines.append(f"{short(near.codes[index])} → {short(coming[-1])}")
        ends = translate("Wangge", "Right click or Enter numbers them")
        self.tell("\n".join([*lines, ends if self._chosen else self.invitation()]))


def _first_points(cells: np.ndarray, way: shapely.LineString) -> np.ndarray:
    """Return where a way first meets each cell."""
    common = shapely.intersection(cells, way)
    points = [shapely.points(shapely.get_coordinates(part)) for part in common]
    return np.array([p[np.argmin(shapely.line_locate_point(way, p))] for p in points], dtype=object)
