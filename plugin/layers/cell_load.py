"""Load of cells that are being edited: counted live in a layer, for instance of components."""

from __future__ import annotations

import numpy as np
import shapely
from qgis.core import QgsFeatureRequest, QgsProject, QgsRectangle, QgsVectorLayer

from ..grid.load import sum_load
from .cell_edits import LOAD
from .geometry import from_wkb

_CHOICE = "wangge/load_layer"
# Read around the shapes at once, so that dragging reads nothing.
_MARGIN = 100.0


class LiveLoad:
    """Counts objects of a layer in shapes; what lies around them is read once.

    Parameters
    ----------
    cells : QgsVectorLayer
        Whose coordinates the shapes have.
    objects : QgsVectorLayer
        Points; lines and polygons count where their inner point lies.
    """

    def __init__(self, cells: QgsVectorLayer, objects: QgsVectorLayer):
        self._crs = cells.crs()
        self._objects = objects
        self._box = QgsRectangle()
        self._near = np.array([], dtype=object)

    def __call__(self, shapes: np.ndarray) -> np.ndarray:
        """Return how many objects lie in each shape."""
        shapes = np.asarray(shapes, dtype=object)
        if not len(shapes):
            return np.zeros(0)
        box = QgsRectangle(*shapely.total_bounds(shapes))
        if not self._box.contains(box):
            box.grow(_MARGIN)
            self._read(box)
        return sum_load(shapes, self._near)

    def _read(self, box: QgsRectangle) -> None:
        request = QgsFeatureRequest()
        request.setDestinationCrs(self._crs, QgsProject.instance().transformContext())
        request.setFilterRect(box)
        request.setNoAttributes()
        found = [
            bytes(f.geometry().asWkb())
            for f in self._objects.getFeatures(request)
            if f.hasGeometry()
        ]
        self._box, self._near = box, from_wkb(np.array(found, dtype=object))


def choose_load_layer(cells: QgsVectorLayer, objects: QgsVectorLayer | None) -> None:
    """Keep with a layer of cells which layer weighs on them; None for the cells' own field."""
    cells.setCustomProperty(_CHOICE, objects.id() if objects is not None else "")


def load_layer_of(
    cells: QgsVectorLayer, components: QgsVectorLayer | None
) -> QgsVectorLayer | None:
    """Return the layer that weighs on cells, None for their own field.

    Where nothing was chosen, the own field counts if it holds anything, else the components.
    """
    chosen = cells.customProperty(_CHOICE)
    if chosen is not None:
        return QgsProject.instance().mapLayer(str(chosen)) if chosen else None
    place = cells.fields().lookupField(LOAD)
    if place >= 0 and any(v is not None and str(v) != "NULL" for v in cells.uniqueValues(place, 2)):
        return None
    return components
