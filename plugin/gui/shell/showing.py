"""Zoom to a place on the map and flash it."""

from __future__ import annotations

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsProject,
)
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtGui import QColor

from ...errors import WanggeError
from ...translation import translate

# Around a point: close enough to see which lamp it is.
POINT_SCALE = 800.0
_FLASH = QColor(255, 0, 255, 220)
_FADED = QColor(255, 0, 255, 0)


def show_layer(iface, layer_id: str) -> None:
    """Bring a layer into view, switched on and active."""
    layer = QgsProject.instance().mapLayer(layer_id)
    if layer is None:
        return
    node = QgsProject.instance().layerTreeRoot().findLayer(layer_id)
    if node is not None:
        node.setItemVisibilityCheckedParentRecursive(True)
    iface.setActiveLayer(layer)
    iface.zoomToActiveLayer()


def show_geometry(
    canvas: QgsMapCanvas, geometry: QgsGeometry, crs: QgsCoordinateReferenceSystem
) -> None:
    """Bring a geometry into view and flash it."""
    if geometry.isNull() or geometry.isEmpty():
        raise WanggeError(translate("Wangge", "This row has no place on the map."))
    target = canvas.mapSettings().destinationCrs()
    moved = QgsGeometry(geometry)
    if crs.isValid() and target.isValid() and crs != target:
        try:
            moved.transform(QgsCoordinateTransform(crs, target, QgsProject.instance()))
        except QgsCsException as error:
            raise WanggeError(
                translate(
                    "Wangge",
                    "The place cannot be shown in the project's coordinates. Check the coordinate "
                    "reference system of the layer.",
                ),
                str(error),
            ) from error
    box = moved.boundingBox()
    if box.width() == 0 and box.height() == 0:
        canvas.setCenter(box.center())
        if canvas.scale() > POINT_SCALE:
            canvas.zoomScale(POINT_SCALE)
    else:
        box.scale(1.6)
        canvas.setExtent(box)
    canvas.refresh()
    # Once the canvas has moved: a flash is drawn where the map is now.
    QTimer.singleShot(100, lambda: canvas.flashGeometries([moved], target, _FLASH, _FADED, 4, 400))
