"""The map tool that asks for facilities around a place: one click."""

from __future__ import annotations

from qgis.core import Qgis, QgsCoordinateReferenceSystem, QgsGeometry, QgsPointXY
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent, QgsMapTool, QgsRubberBand
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor

_COLOUR = QColor("#c2185b")


class FacilityTool(QgsMapTool):
    """Tells where somebody clicked and keeps the place and its circle on the map."""

    asked = pyqtSignal(QgsPointXY)
    left = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas):
        super().__init__(canvas)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._spot = QgsRubberBand(canvas, Qgis.GeometryType.Point)
        self._spot.setIcon(QgsRubberBand.IconType.ICON_CROSS)
        self._spot.setIconSize(16)
        self._circle = QgsRubberBand(canvas, Qgis.GeometryType.Polygon)
        self._found = QgsRubberBand(canvas, Qgis.GeometryType.Point)
        self._found.setIcon(QgsRubberBand.IconType.ICON_CIRCLE)
        self._found.setIconSize(13)
        for band in (self._spot, self._circle, self._found):
            band.setStrokeColor(_COLOUR)
            band.setFillColor(QColor(194, 24, 91, 18))
            band.setWidth(2)

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:  # noqa: N802
        if event.button() == Qt.MouseButton.LeftButton:
            self.asked.emit(event.mapPoint())

    def keyPressEvent(self, event) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Escape:
            event.accept()
            self.left.emit()
        else:
            event.ignore()

    def mark(
        self,
        point: QgsPointXY,
        circle: QgsGeometry,
        found: list[QgsGeometry],
        crs: QgsCoordinateReferenceSystem,
    ) -> None:
        """Show the place, how far was searched and what was found.

        Parameters
        ----------
        point : QgsPointXY
            In the map's coordinates.
        circle : QgsGeometry
            In the map's coordinates.
        found : list of QgsGeometry
            In ``crs``.
        """
        self._spot.setToGeometry(QgsGeometry.fromPointXY(point), None)
        self._circle.setToGeometry(circle, None)
        self._found.reset(Qgis.GeometryType.Point)
        for geometry in found:
            place = geometry if geometry.type() == Qgis.GeometryType.Point else geometry.centroid()
            self._found.addGeometry(place, crs)

    def wipe(self) -> None:
        """Take the marks away."""
        self._spot.reset(Qgis.GeometryType.Point)
        self._circle.reset(Qgis.GeometryType.Polygon)
        self._found.reset(Qgis.GeometryType.Point)

    def remove(self) -> None:
        """Take everything off the canvas for good."""
        for band in (self._spot, self._circle, self._found):
            self.canvas().scene().removeItem(band)
