"""QGIS fields from layer descriptions and from columns."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from osgeo import gdal
from qgis.core import (
    Qgis,
    QgsField,
    QgsFieldConstraints,
    QgsFields,
    QgsProcessing,
    QgsProviderRegistry,
    QgsVectorFileWriter,
)

from ..rules.batch import Batch
from ..standards.spec import FieldSpec, FieldType, Geometry, LayerSpec
from ..translation import is_chinese
from .types import Kind, kind_of_array, meta_type

_KIND = {
    FieldType.TEXT: Kind.TEXT,
    FieldType.INTEGER: Kind.INTEGER,
    FieldType.REAL: Kind.REAL,
    FieldType.DATE: Kind.DATE,
    FieldType.DATETIME: Kind.DATETIME,
}

_WKB = {
    frozenset({Geometry.POINT}): Qgis.WkbType.Point,
    frozenset({Geometry.LINE}): Qgis.WkbType.MultiLineString,
    frozenset({Geometry.POLYGON}): Qgis.WkbType.Polygon,
    frozenset(): Qgis.WkbType.NoGeometry,
}


def alias(spec: FieldSpec | LayerSpec) -> str:
    """Return what people see for a field or layer, in their language."""
    if isinstance(spec, LayerSpec):
        return (spec.title_zh if is_chinese() else spec.title_en) or spec.name
    return (spec.alias_zh if is_chinese() else spec.alias_en) or spec.name


def qgis_field(spec: FieldSpec) -> QgsField:
    """Return the QGIS field that a description asks for, with alias and constraint."""
    made = QgsField(spec.name, meta_type(_KIND[spec.type]), len=spec.length)
    made.setAlias(alias(spec))
    if spec.is_mandatory:
        constraints = QgsFieldConstraints()
        constraints.setConstraint(QgsFieldConstraints.Constraint.ConstraintNotNull)
        constraints.setConstraintStrength(
            QgsFieldConstraints.Constraint.ConstraintNotNull,
            QgsFieldConstraints.ConstraintStrength.ConstraintStrengthSoft,
        )
        made.setConstraints(constraints)
    return made


def fields_of_spec(spec: LayerSpec) -> QgsFields:
    """Return the QGIS fields of a described layer, in order."""
    fields = QgsFields()
    for one in spec.fields:
        fields.append(qgis_field(one))
    return fields


def fields_of_columns(
    columns: Mapping[str, np.ndarray], *, spec: LayerSpec | None = None
) -> QgsFields:
    """Return QGIS fields for columns: as described where the name is known, by dtype elsewhere."""
    known = {f.name: f for f in spec.fields} if spec else {}
    fields = QgsFields()
    for name, values in columns.items():
        if name in known:
            fields.append(qgis_field(known[name]))
        else:
            fields.append(QgsField(name, meta_type(kind_of_array(values))))
    return fields


def wkb_type(spec: LayerSpec) -> Qgis.WkbType:
    """Return the geometry type of a described layer; mixed ones are ``Unknown`` (any)."""
    return _WKB.get(frozenset(spec.geometries), Qgis.WkbType.Unknown)


def keeps_titles(destination: str) -> bool:
    """Return whether the format of a destination keeps the titles of fields."""
    if destination.startswith(("memory:", QgsProcessing.TEMPORARY_OUTPUT)):
        return False
    path = QgsProviderRegistry.instance().decodeUri("ogr", destination).get("path") or ""
    name = QgsVectorFileWriter.driverForExtension(Path(path).suffix)
    driver = gdal.GetDriverByName(name) if name else None
    return driver is None or "AlternativeName" in (
        driver.GetMetadataItem("DMD_CREATION_FIELD_DEFN_FLAGS") or ""
    )


def without_titles(fields: QgsFields) -> QgsFields:
    """Return the fields without what people see for them."""
    plain = QgsFields()
    for one in fields:
        copy = QgsField(one)
        copy.setAlias("")
        plain.append(copy)
    return plain


def with_room(fields: QgsFields, rows: Batch) -> QgsFields:
    """Return the fields with room for texts longer than described, as deliveries have them.

    Layers in memory refuse such a row; files take it.
    """
    roomy = QgsFields()
    for one in fields:
        copy = QgsField(one)
        values = rows.fields.get(one.name())
        if one.length() > 0 and values is not None and values.dtype == object:
            longest = max((len(v) for v in values.tolist() if isinstance(v, str)), default=0)
            copy.setLength(max(one.length(), longest))
        roomy.append(copy)
    return roomy
