"""The risk on the screen as a mark on the map, with a circle around its neighbours."""

from __future__ import annotations

import shapely
from qgis.core import Qgis, QgsGeometry, QgsUnitTypes, QgsVectorLayer
from qgis.gui import QgsMapCanvas, QgsRubberBand
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor

from ..shell.showing import show_geometry
from .neighbours import REACH

_MARK = QColor("#00695c")
_METRES_PER_DEGREE = 111_000.0


def metres_per_unit(layer: QgsVectorLayer) -> float:
    """Return about how many metres a unit of the layer's coordinates is."""
    crs = layer.crs()
    if crs.isGeographic():
        return _METRES_PER_DEGREE
    return QgsUnitTypes.fromUnitToUnitFactor(crs.mapUnits(), Qgis.DistanceUnit.Meters)


class RiskMarks:
    """Marks one risk at a time on a canvas."""

    def __init__(self, canvas: QgsMapCanvas):
        self._canvas = canvas
        self._items: list = []

    def show(self, shape: shapely.Geometry | None, layer: QgsVectorLayer) -> None:
        """Mark a risk and bring its neighbourhood into view; one without place is left out."""
        self.clear()
        if shape is None or shape.is_empty:
            return
        geometry = QgsGeometry()
        geometry.fromWkb(shapely.to_wkb(shape))
        around = geometry.buffer(REACH / metres_per_unit(layer), 48)
        # A ring, so that the colour of the risk stays to be seen.
        mark = QgsRubberBand(self._canvas, geometry.type())
        mark.setToGeometry(geometry, layer)
        mark.setStrokeColor(_MARK)
        mark.setFillColor(QColor(0, 0, 0, 0))
        mark.setWidth(4)
        mark.setIcon(QgsRubberBand.IconType.ICON_CIRCLE)
        mark.setIconSize(26)
        circle = QgsRubberBand(self._canvas, Qgis.GeometryType.Polygon)
        circle.setToGeometry(around, layer)
        circle.setStrokeColor(_MARK)
        circle.setLineStyle(Qt.PenStyle.DashLine)
        circle.setWidth(2)
        circle.setFillColor(QColor(0, 0, 0, 0))
        self._items = [mark, circle]
        show_geometry(self._canvas, around, layer.crs())

    def clear(self) -> None:
        """Take the marks away."""
        for item in self._items:
            item.hide()
            self._canvas.scene().removeItem(item)
        self._items = []
