"""Lineage of cells edited by hand: told from the edits about to be saved, kept in its own layer."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import shapely
from qgis.core import (
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsFeatureRequest,
    QgsProviderRegistry,
    QgsVectorFileWriter,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QDate, Qt

from ..errors import WanggeError
from ..grid.lineage import Lineage, match_cells, trace_lineage
from ..standards.layers import layer as layer_spec
from ..translation import translate
from .cell_edits import END, KEY
from .features import is_null
from .fields import alias, fields_of_spec
from .geometry import from_wkb

NAME = "lineage"


def lineage_of_edits(layer: QgsVectorLayer) -> Lineage | None:
    """Return what the unsaved edits of a layer of cells mean, None when no cell changes.

    Parameters
    ----------
    layer : QgsVectorLayer
        Being edited; its provider still has the cells as they were.
    """
    buffer = layer.editBuffer()
    if buffer is None:
        return None
    telling = {layer.fields().lookupField(name) for name in (KEY, END)}
    noted = {i for i, values in buffer.changedAttributeValues().items() if telling & set(values)}
    touched = set(buffer.changedGeometries()) | noted | set(buffer.deletedFeatureIds())
    touched = {i for i in touched if i >= 0}
    stays = touched - set(buffer.deletedFeatureIds())
    before = _cells(layer.dataProvider().getFeatures(_ids(touched)), layer) if touched else []
    after = _cells(layer.getFeatures(_ids(stays)), layer) if stays else []
    after += _cells(buffer.addedFeatures().values(), layer)
    if not before and not after:
        return None
    old, old_codes = _columns(before)
    new, new_codes = _columns(after)
    rows = trace_lineage(match_cells(old, new), old_codes, new_codes, np.datetime64("today"))
    told = rows.told()
    return told if len(told) else None


def write_lineage(target: QgsVectorLayer, rows: Lineage) -> int:
    """Append lineage rows to their layer and return how many.

    Raises
    ------
    WanggeError
        If the layer takes no rows.
    """
    fields = target.fields()
    made = []
    for old, new, operation, share, date in zip(
        rows.old_code, rows.new_code, rows.operation, rows.share, rows.date, strict=True
    ):
        day = QDate.fromString(str(date), Qt.DateFormat.ISODate)
        values = {
            "old_code": old or None,
            "new_code": new or None,
            "operation": str(operation),
            "share": None if np.isnan(share) else round(float(share), 4),
            "date": day,
        }
        feature = QgsFeature(fields)
        for name, value in values.items():
            if fields.lookupField(name) >= 0:
                feature.setAttribute(name, value)
        made.append(feature)
    done, _ = target.dataProvider().addFeatures(made)
    if not done:
        raise WanggeError(
            translate(
                "Wangge", "The layer “{layer}” cannot be edited. Save it as a GeoPackage first."
            ).format(layer=target.name())
        )
    target.dataProvider().reloadData()
    return len(made)


def lineage_layer_beside(layer: QgsVectorLayer) -> QgsVectorLayer:
    """Return a new lineage layer: a table of the cells' own GeoPackage, else one in memory."""
    spec = layer_spec(NAME)
    parts = QgsProviderRegistry.instance().decodeUri("ogr", layer.source())
    path = Path(parts.get("path") or "")
    if layer.providerType() == "ogr" and path.suffix.lower() == ".gpkg" and path.is_file():
        there = QgsVectorLayer(f"{path}|layername={NAME}", alias(spec), "ogr")
        if there.isValid():
            return there
        options = QgsVectorFileWriter.SaveVectorOptions()
        options.driverName = "GPKG"
        options.layerName = NAME
        options.actionOnExistingFile = (
            QgsVectorFileWriter.ActionOnExistingFile.CreateOrOverwriteLayer
        )
        writer = QgsVectorFileWriter.create(
            str(path), fields_of_spec(spec), QgsWkbTypes.Type.NoGeometry, layer.crs(),
            QgsCoordinateTransformContext(), options,
        )  # fmt: skip
        del writer  # closes the file
        there = QgsVectorLayer(f"{path}|layername={NAME}", alias(spec), "ogr")
        if there.isValid():
            return there
    made = QgsVectorLayer("NoGeometry", alias(spec), "memory")
    made.dataProvider().addAttributes(fields_of_spec(spec).toList())
    made.updateFields()
    return made


def _ids(ids: set[int]) -> QgsFeatureRequest:
    return QgsFeatureRequest().setFilterFids(sorted(ids))


def _cells(found, layer: QgsVectorLayer) -> list[tuple[shapely.Geometry, str | None]]:
    fields = layer.fields()
    key, end = fields.lookupField(KEY), fields.lookupField(END)
    cells = []
    for feature in found:
        if end >= 0 and not is_null(feature.attribute(end)):
            continue
        if not feature.hasGeometry():
            continue
        shape = from_wkb(np.array([bytes(feature.geometry().asWkb())], dtype=object))[0]
        code = feature.attribute(key)
        cells.append((shapely.force_2d(shape), None if is_null(code) else str(code)))
    return cells


def _columns(cells) -> tuple[np.ndarray, list[str | None]]:
    shapes = np.empty(len(cells), dtype=object)
    shapes[:] = [shape for shape, _ in cells]
    return shapes, [code for _, code in cells]
