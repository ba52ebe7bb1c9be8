"""Merge adjacent cells of a community: click them, then right click or Enter."""

from __future__ import annotations

import shapely
from qgis.core import QgsPointXY
from qgis.PyQt.QtCore import Qt

from ...grid.editing import merge_cells
from ...layers.cell_edits import NearCells, joined
from ...translation import translate
from .cell_tool import CellTool
from .figures import short


class MergeTool(CellTool):
    """Clicked cells light up; a second click on one takes it out again."""

    def __init__(self, *args):
        super().__init__(*args)
        self._chosen: dict[int, NearCells] = {}

    def invitation(self) -> str:
        return translate("Wangge", "Click the cells to be merged, one after the other")

    def is_begun(self) -> bool:
        return bool(self._chosen)

    def forget(self) -> None:
        self._chosen.clear()
        super().forget()

    def canvasMoveEvent(self, event):  # noqa: N802
        def work() -> None:
            self.place(event, snap=False)
            self._tell_chosen()

        self.attempt(work)

    def canvasReleaseEvent(self, event):  # noqa: N802
        if event.button() == Qt.MouseButton.RightButton:
            self.finish()
        elif event.button() == Qt.MouseButton.LeftButton:
            self.attempt(lambda: self._choose(self.place(event, snap=False)))

    def keyPressEvent(self, event):  # noqa: N802
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finish()
        else:
            super().keyPressEvent(event)

    def finish(self) -> None:
        """Merge the chosen cells."""
        chosen = dict(self._chosen)
        if chosen and self.attempt(lambda: self._merge(chosen)):
            self.forget()

    def _choose(self, point: QgsPointXY) -> None:
        if not self.toggle(self._chosen, point):
            return
        self.draw(one.cells[0] for one in self._chosen.values())
        self._tell_chosen()

    def _tell_chosen(self) -> None:
        if len(self._chosen) < 2:
            self.tell(self.invitation())
            return
        names = "+".join(short(one.codes[0]) for one in self._chosen.values())
        chosen = joined(self._chosen.values())
        whole = shapely.union_all(chosen.cells)
        ends = translate("Wangge", "Right click or Enter merges")
        self.tell(f"{self.table(chosen, [(names, whole)])}\n{ends}")

    def _merge(self, chosen: dict[int, NearCells]) -> None:
        near = self.neighbourhood(one.cells[0] for one in chosen.values())
        places = [near.index_of(identity) for identity in chosen]
        edit = merge_cells(near.cells, places, near.communities)
        self.write(near, edit, translate("Wangge", "Merge cells"))
