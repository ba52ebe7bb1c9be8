"""The map tool that sets components: a click, or the space bar where the cursor is."""

from __future__ import annotations

from qgis.core import QgsGeometry, QgsProject, QgsVectorLayer
from qgis.gui import QgsMapToolDigitizeFeature, QgsRubberBand
from qgis.PyQt.QtCore import QPoint, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor

_NEAR = QColor(214, 39, 40)


class PlaceTool(QgsMapToolDigitizeFeature):
    """QGIS's own capture with snapping, undo of vertices and Esc, for one layer at a time.

    Letters and digits go to the search for a class: the next class is a few keys away.
    """

    placed = pyqtSignal(object)
    typed = pyqtSignal(str)
    left = pyqtSignal()

    def __init__(self, iface):
        super().__init__(iface.mapCanvas(), iface.cadDockWidget())
        self.setObjectName("WanggePlaceTool")
        self._cursor = QPoint()
        self._band: QgsRubberBand | None = None
        self.digitizingCompleted.connect(lambda feature: self.placed.emit(feature.geometry()))

    def work_on(self, layer: QgsVectorLayer) -> None:
        """Set components of this layer from now on."""
        self.clean()
        self.setLayer(layer)

    def place_at_cursor(self) -> None:
        """Set a point where the cursor is, or in the middle of the map."""
        canvas = self.canvas()
        spot = self._cursor if canvas.rect().contains(self._cursor) else canvas.rect().center()
        layer = self.layer()
        if layer is None:
            return
        match = canvas.snappingUtils().snapToMap(spot)
        point = match.point() if match.isValid() else self.toMapCoordinates(spot)
        self.placed.emit(QgsGeometry.fromPointXY(self.toLayerCoordinates(layer, point)))

    def place_in_middle(self) -> None:
        """Set a point in the middle of the map."""
        self._cursor = QPoint(-1, -1)
        self.place_at_cursor()

    def show_near(self, layer_id: str, geometry: QgsGeometry) -> None:
        """Mark a component on the map."""
        self.hide_near()
        layer = QgsProject.instance().mapLayer(layer_id)
        self._band = QgsRubberBand(self.canvas(), geometry.type())
        self._band.setStrokeColor(_NEAR)
        self._band.setWidth(3)
        self._band.setIcon(QgsRubberBand.IconType.ICON_CIRCLE)
        self._band.setIconSize(18)
        self._band.setToGeometry(geometry, layer)

    def hide_near(self) -> None:
        """Take the mark away."""
        if self._band is not None:
            self.canvas().scene().removeItem(self._band)
            self._band = None

    def cadCanvasMoveEvent(self, event):  # noqa: N802
        self._cursor = event.pos()
        super().cadCanvasMoveEvent(event)

    def keyPressEvent(self, event):  # noqa: N802
        text = event.text()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if event.key() == Qt.Key.Key_Space and self.mode() == self.CaptureMode.CapturePoint:
            event.accept()
            self.place_at_cursor()
        elif plain and text and text.isalnum():
            event.accept()
            self.typed.emit(text)
        elif event.key() == Qt.Key.Key_Escape and not self.isCapturing():
            event.accept()
            self.left.emit()
        else:
            super().keyPressEvent(event)
