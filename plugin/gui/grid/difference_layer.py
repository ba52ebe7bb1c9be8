"""Cells in which two states differ, as a layer of the project and flashing on the map."""

from __future__ import annotations

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsFillSymbol,
    QgsGeometry,
    QgsProject,
    QgsRendererCategory,
    QgsVectorLayer,
)

from ...errors import WanggeError
from ...layers.derived import mark_derived
from ...translation import translate
from ..shell.showing import show_geometry

_MARK = "wangge/differences"
# Told apart by the colour-blind too; hatched both ways where the two lie on each other.
_COLOURS = {1: "0,114,178", 2: "213,94,0"}
_PATTERNS = {1: "f_diagonal", 2: "b_diagonal"}
# More than these together are a patchwork, not a flash.
_MOST = 500


def show_differences(iface, path: str, names: tuple[str, str]) -> None:
    """Show the cells that differ; those of the comparison before go."""
    layer = QgsVectorLayer(path, translate("Wangge", "Cells that differ"), "ogr")
    if not layer.isValid():
        raise WanggeError(
            translate("Wangge", "The layer “{layer}” cannot be opened.").format(layer=path)
        )
    project = QgsProject.instance()
    old = [i for i, one in project.mapLayers().items() if one.customProperty(_MARK)]
    project.removeMapLayers(old)
    mark_derived(layer)
    layer.setCustomProperty(_MARK, True)
    layer.setRenderer(_renderer(names))
    if layer.featureCount() == 0:
        return
    project.addMapLayer(layer, False)
    project.layerTreeRoot().insertLayer(0, layer)
    shapes = [f.geometry() for f in layer.getFeatures()][:_MOST]
    show_geometry(iface.mapCanvas(), QgsGeometry.collectGeometry(shapes), layer.crs())


def _renderer(names: tuple[str, str]) -> QgsCategorizedSymbolRenderer:
    categories = []
    for side, name in enumerate(names, start=1):
        colour = _COLOURS[side]
        symbol = QgsFillSymbol.createSimple(
            {
                "color": colour,
                "style": _PATTERNS[side],
                "outline_color": colour,
                "outline_width": "0.6",
            }
        )
        categories.append(QgsRendererCategory(side, symbol, name))
    return QgsCategorizedSymbolRenderer("partition", categories)
