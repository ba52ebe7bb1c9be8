"""What the map tools that edit cells share: layer, snapping, hint, bands, Esc, writing."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import shapely
from qgis.core import Qgis, QgsGeometry, QgsPointXY, QgsVectorLayer
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent, QgsMapTool, QgsRubberBand, QgsSnapIndicator
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtGui import QColor

from ...errors import WanggeError
from ...grid.editing import Edit
from ...grid.load import share_load
from ...layers.cell_edits import (
    Count,
    NearCells,
    extent_around,
    read_near,
    require_cell_layer,
    with_neighbours,
    write_edit,
)
from ...layers.cell_load import LiveLoad, load_layer_of
from ..shell.messages import Messages
from ..shell.recognition import project_layers
from .figures import table
from .hint import CursorHint

_LINE = QColor(214, 39, 40)
_FILL = QColor(255, 196, 0, 70)
_EDGE = QColor(230, 130, 0)


class CellTool(QgsMapTool):
    """Base of the tools; a subclass says what presses, moves and keys mean.

    Esc first forgets what was begun, then leaves the tool.
    """

    def __init__(
        self,
        canvas: QgsMapCanvas,
        messages: Messages,
        find_layer: Callable[[], QgsVectorLayer | None],
        leave: Callable[[], object],
        edited: Callable[[QgsVectorLayer], object],
    ):
        super().__init__(canvas)
        self._messages = messages
        self._find_layer = find_layer
        self._leave = leave
        self._edited = edited
        self._hint: CursorHint | None = None
        self._snap: QgsSnapIndicator | None = None
        self._bands: list[QgsRubberBand] = []
        self._last = QPoint()
        self._count: Count | None = None
        self.setCursor(Qt.CursorShape.CrossCursor)

    # -- what subclasses say -----------------------------------------------------------------

    def invitation(self) -> str:
        """Return what to do first."""
        raise NotImplementedError

    def is_begun(self) -> bool:
        """Return True while there is something to forget."""
        return False

    def forget(self) -> None:
        """Forget what was begun."""
        self.wipe()

    # -- coming and going --------------------------------------------------------------------

    def activate(self) -> None:
        super().activate()
        self._hint = CursorHint(self.canvas())
        self._snap = QgsSnapIndicator(self.canvas())
        self._messages_of(self.weigh_anew)

    def deactivate(self) -> None:
        self.forget()
        if self._hint is not None:
            self._hint.hide()
            self._hint.deleteLater()
            self._hint = None
        self._snap = None
        super().deactivate()

    def keyPressEvent(self, event):  # noqa: N802
        if event.key() != Qt.Key.Key_Escape:
            event.ignore()
            return
        event.accept()
        if self.is_begun():
            self.forget()
            self.tell(self.invitation())
        else:
            self._leave()

    # -- layer and places --------------------------------------------------------------------

    def layer(self) -> QgsVectorLayer:
        """Return the layer of cells; a sentence says what is wrong with it otherwise."""
        return require_cell_layer(self._find_layer())

    def place(self, event: QgsMapMouseEvent, *, snap: bool = True) -> QgsPointXY:
        """Return where the mouse is in the layer's coordinates, snapped as the project asks."""
        self._last = event.pos()
        point = event.snapPoint() if snap else event.mapPoint()
        if self._snap is not None:
            self._snap.setMatch(event.mapPointMatch())
        return self.toLayerCoordinates(self.layer(), point)

    def cells_at(self, point: QgsPointXY) -> NearCells:
        """Return the cells at a point."""
        return read_near(self.layer(), extent_around(point, self.reach()))

    def toggle(self, chosen: dict[int, NearCells], point: QgsPointXY) -> bool:
        """Add the cell at a point to the chosen ones or take it out; False where there is none."""
        near = self.cells_at(point)
        index = near.at(point.x(), point.y())
        if index is None:
            return False
        identity = int(near.ids[index])
        if identity in chosen:
            del chosen[identity]
        else:
            chosen[identity] = near.only(index)
        return True

    def neighbourhood(self, shapes: Iterable[shapely.Polygon]) -> NearCells:
        """Return some cells with all their neighbours."""
        return with_neighbours(self.layer(), shapes)

    def reach(self, pixels: int = 10) -> float:
        """Return how far some pixels are in the layer's coordinates."""
        layer = self.layer()
        one = self.toLayerCoordinates(layer, self.toMapCoordinates(QPoint(0, 0)))
        other = self.toLayerCoordinates(layer, self.toMapCoordinates(QPoint(pixels, 0)))
        return one.distance(other)

    # -- load --------------------------------------------------------------------------------

    def weigh_anew(self) -> None:
        """Find out anew what weighs on the cells: components may have come or gone."""
        cells = self.layer()
        components = next(iter(project_layers().get("component", [])), None)
        objects = load_layer_of(cells, components)
        self._count = None if objects is None else LiveLoad(cells, objects)

    def table(self, near: NearCells, rows: Iterable[tuple[str, shapely.Polygon]]) -> str:
        """Return one line of figures for each named shape on the ground of near cells."""
        named = list(rows)
        shapes = np.array([shape for _, shape in named], dtype=object)
        count = self._count or (lambda found: share_load(near.cells, near.loads, found))
        loads = count(shapes)
        return table((name, shape, load) for (name, shape), load in zip(named, loads, strict=True))

    # -- what is shown -----------------------------------------------------------------------

    def tell(self, text: str) -> None:
        """Show a hint beside the cursor."""
        if self._hint is not None:
            self._hint.tell(self._last, text)

    def draw(self, shapes: Iterable[shapely.Geometry], *, as_line: bool = False) -> None:
        """Show shapes in the layer's coordinates over the map, in place of what was shown."""
        self.wipe()
        layer = self.layer()
        kind = Qgis.GeometryType.Line if as_line else Qgis.GeometryType.Polygon
        for shape in shapes:
            band = QgsRubberBand(self.canvas(), kind)
            band.setStrokeColor(_LINE if as_line else _EDGE)
            band.setFillColor(_FILL)
            band.setWidth(2)
            geometry = QgsGeometry()
            geometry.fromWkb(shapely.to_wkb(shape))
            band.setToGeometry(geometry, layer)
            self._bands.append(band)

    def wipe(self) -> None:
        """Take the shapes away."""
        for band in self._bands:
            self.canvas().scene().removeItem(band)
        self._bands.clear()

    # -- writing -----------------------------------------------------------------------------

    def write(self, near: NearCells, edit: Edit, title: str) -> bool:
        """Write an edit as one edit command; the cells it made or changed are selected."""
        layer = self.layer()
        return self.keep(lambda: write_edit(layer, near, edit, title, count=self._count))

    def keep(self, work: Callable[[], list[int]]) -> bool:
        """Do an edit that returns the cells it made or changed: they are selected."""
        layer = self.layer()

        def whole() -> None:
            layer.selectByIds(work())
            self._edited(layer)

        return self._messages_of(whole)

    def attempt(self, work: Callable[[], object]) -> bool:
        """Do something; a slip of the hand is told in the message bar."""
        return self._messages_of(work)

    def _messages_of(self, work: Callable[[], object]) -> bool:
        try:
            work()
        except WanggeError as error:
            self._messages.warn(error.message)
            return False
        except Exception as error:
            self._messages.report(error)
            return False
        return True
