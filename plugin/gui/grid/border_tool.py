"""Move a corner that cells share: all of them follow, and their figures are shown meanwhile."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from qgis.core import QgsPointXY
from qgis.PyQt.QtCore import Qt

from ...errors import WanggeError
from ...grid.border_editing import move_vertex
from ...layers.cell_edits import NearCells
from ...translation import translate
from .cell_tool import CellTool
from .figures import short


@dataclass(frozen=True)
class _Grip:
    # The corner in the hand, with every cell that a move can have an effect on.
    near: NearCells
    vertex: tuple[float, float]
    communities: np.ndarray


class BorderTool(CellTool):
    """Press on a corner, drag, let go."""

    def __init__(self, *args):
        super().__init__(*args)
        self._grip: _Grip | None = None

    def invitation(self) -> str:
        return translate("Wangge", "Press on a corner of a cell and drag it")

    def is_begun(self) -> bool:
        return self._grip is not None

    def forget(self) -> None:
        self._grip = None
        super().forget()

    def canvasPressEvent(self, event):  # noqa: N802
        if event.button() == Qt.MouseButton.LeftButton:
            self.attempt(lambda: self._take(self.place(event, snap=False)))

    def canvasMoveEvent(self, event):  # noqa: N802
        def work() -> None:
            if self._grip is None:
                self._look(self.place(event, snap=False))
            else:
                self._drag(self.place(event))

        self.attempt(work)

    def canvasReleaseEvent(self, event):  # noqa: N802
        if event.button() != Qt.MouseButton.LeftButton or self._grip is None:
            return
        grip = self._grip
        self.forget()
        self.attempt(lambda: self._drop(grip, self.place(event)))

    def _nearest(self, point: QgsPointXY) -> tuple[NearCells, tuple[float, float] | None]:
        near = self.cells_at(point)
        corners = shapely.get_coordinates(near.cells)
        if not len(corners):
            return near, None
        away = np.hypot(corners[:, 0] - point.x(), corners[:, 1] - point.y())
        best = int(np.argmin(away))
        if away[best] > self.reach():
            return near, None
        return near, (float(corners[best, 0]), float(corners[best, 1]))

    def _look(self, point: QgsPointXY) -> None:
        _, corner = self._nearest(point)
        if corner is None:
            self.wipe()
        else:
            self.draw([shapely.Point(corner).buffer(self.reach(4))])
        self.tell(self.invitation())

    def _take(self, point: QgsPointXY) -> None:
        near, corner = self._nearest(point)
        if corner is None:
            return
        having = [c for c in near.cells if (shapely.get_coordinates(c) == corner).all(1).any()]
        around = self.neighbourhood(having)
        _, communities = np.unique(around.communities.astype(str), return_inverse=True)
        self._grip = _Grip(around, corner, communities)

    def _drag(self, point: QgsPointXY) -> None:
        grip = self._grip
        try:
            edit = move_vertex(
                grip.near.cells, grip.communities, grip.vertex, (point.x(), point.y())
            )
        except WanggeError as error:
            self.wipe()
            self.tell(error.message)
            return
        self.draw(edit.changed.values())
        rows = [(short(grip.near.codes[i]), shape) for i, shape in edit.changed.items()]
        self.tell(self.table(grip.near, rows))

    def _drop(self, grip: _Grip, point: QgsPointXY) -> None:
        if (point.x(), point.y()) == grip.vertex:
            return
        edit = move_vertex(grip.near.cells, grip.communities, grip.vertex, (point.x(), point.y()))
        self.write(grip.near, edit, translate("Wangge", "Move border"))
