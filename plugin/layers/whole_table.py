"""One table behind several layers: who works on components means them all.

A census keeps points, lines and areas in one table, and QGIS shows each kind as a layer of
its own. A step that took one of them would number, count or check a part, and think it the
whole.
"""

from __future__ import annotations

import re

import numpy as np
import shapely
from qgis.core import (
    Qgis,
    QgsProcessingContext,
    QgsProviderRegistry,
    QgsVectorLayer,
    QgsWkbTypes,
)

from ..rules.batch import Batch
from ..translation import translate
from .styles import style_when_loaded

_DIMENSIONS = {
    Qgis.GeometryType.Point: 0,
    Qgis.GeometryType.Line: 1,
    Qgis.GeometryType.Polygon: 2,
}
_KIND = re.compile(r"\|geometrytype=\w+", re.IGNORECASE)


def whole_table(layer: QgsVectorLayer) -> str:
    """Return the source of the whole table that a layer shows one kind of geometry of.

    Returns
    -------
    str
        Empty when the layer is no such part, is narrowed down by a filter, or has edits
        that are not saved, which the file does not know.
    """
    source = layer.source()
    is_part = layer.providerType() == "ogr" and _KIND.search(source)
    if not is_part or layer.subsetString() or layer.isModified():
        return ""
    return _KIND.sub("", source)


def holds_all(geometry: Qgis.WkbType, rows: Batch) -> bool:
    """Return whether a layer of a geometry type can hold all geometries of some rows."""
    dimension = _DIMENSIONS.get(QgsWkbTypes.geometryType(geometry))
    if dimension is None or rows.geometry is None:
        return True
    found = shapely.get_dimensions(rows.geometry)
    return bool(np.isin(found, (dimension, -1)).all())


def load_every_kind(
    context: QgsProcessingContext, source: str, *, derived: bool | str = False
) -> None:
    """Have a result with several kinds of geometry shown whole, each kind as a layer.

    QGIS draws of a table only the kind of its first row.
    """
    if not context.willLoadLayerOnCompletion(source):
        return
    title = context.layerToLoadOnCompletionDetails(source).name
    shown = QgsVectorLayer(source, title, "ogr")
    titles = {
        Qgis.GeometryType.Point: translate("Wangge", "Components: points"),
        Qgis.GeometryType.Line: translate("Wangge", "Components: lines"),
        Qgis.GeometryType.Polygon: translate("Wangge", "Components: areas"),
    }
    parts = QgsProviderRegistry.instance().decodeUri("ogr", source)
    found = QgsProviderRegistry.instance().querySublayers(
        parts["path"], Qgis.SublayerQueryFlag.ResolveGeometryType
    )
    for part in found:
        kind = QgsWkbTypes.geometryType(part.wkbType())
        own = parts.get("layerName") in (None, "", part.name())
        if own and kind in titles and kind != shown.geometryType():
            details = QgsProcessingContext.LayerDetails(titles[kind], context.project())
            if derived:
                style_when_loaded(details, "", derived=derived)
            context.addLayerToLoadOnCompletion(part.uri(), details)
