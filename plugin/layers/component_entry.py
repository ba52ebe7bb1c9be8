"""Components set by hand: where they go, what they are filled with, what stands beside them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from qgis.core import (
    NULL,
    Qgis,
    QgsDistanceArea,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeature,
    QgsFeatureRequest,
    QgsGeometry,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorLayerUtils,
)

from ..errors import WanggeError
from ..standards.classes import ClassTable, class_table
from ..standards.component_class import ComponentClass
from ..standards.editions import edition
from ..standards.extension import extend_classes
from ..standards.profiles import load_profile
from ..standards.spec import Geometry
from ..translation import translate

_FAMILIES = {
    Qgis.GeometryType.Point: Geometry.POINT,
    Qgis.GeometryType.Line: Geometry.LINE,
    Qgis.GeometryType.Polygon: Geometry.POLYGON,
}
_METRES_PER_DEGREE = 111_320.0


@dataclass(frozen=True)
class Near:
    """A component of the same class beside a new one.

    Attributes
    ----------
    layer_id : str
    feature_id : int
    code, name : str
    distance : float
        In metres.
    """

    layer_id: str
    feature_id: int
    code: str
    name: str
    distance: float


def component_layers(project: QgsProject) -> dict[Geometry, QgsVectorLayer]:
    """Return the project's layer of components for each kind of geometry, as far as there is one.

    The layer tree's first counts where there are several.
    """
    found: dict[Geometry, QgsVectorLayer] = {}
    for layer in project.layerTreeRoot().layerOrder():
        if not isinstance(layer, QgsVectorLayer) or not layer.isValid() or layer.readOnly():
            continue
        names = layer.fields().names()
        if "component_code" in names and "class_code" in names and "risk_code" not in names:
            kind = _FAMILIES.get(layer.geometryType())
            if kind:
                found.setdefault(kind, layer)
    return found


def classes_of(project: QgsProject) -> ClassTable:
    """Return the classes that a census project was made with, with the city's own.

    Classes that exist only in the project's own list (a profile that is not here) come from
    its table.
    """
    scope = QgsExpressionContextUtils.projectScope(project)
    standard = str(scope.variable("wangge_standard") or "")
    profile = str(scope.variable("wangge_profile") or "")
    try:
        table = extend_classes(load_profile(profile or "generic"))
        if standard and table.edition.id != edition(standard).id:
            table = class_table(standard)
    except WanggeError:
        table = class_table(standard)
    listed = [
        layer
        for layer in project.mapLayers().values()
        if isinstance(layer, QgsVectorLayer)
        and {"class_code", "name_zh", "major_code", "initials"} <= set(layer.fields().names())
        and "subclass_code" not in layer.fields().names()
    ]
    if not listed:
        return table
    own = [f for f in listed[0].getFeatures() if str(f["class_code"]) not in table]
    return table.with_extensions([_own_class(f, table) for f in own]) if own else table


def _own_class(feature: QgsFeature, table: ClassTable) -> ComponentClass:
    major = str(feature["major_code"])
    known = next((c for c in table.values() if c.major_code == major), None)
    kinds = str(feature["geometry"] or "").split()
    return ComponentClass(
        code=str(feature["class_code"]),
        major_code=major,
        name_zh=str(feature["name_zh"]),
        name_en=str(feature["name_en"] or ""),
        major_name_zh=known.major_name_zh if known else major,
        major_name_en=known.major_name_en if known else major,
        geometries=tuple(Geometry(k) for k in kinds if k in [g.value for g in Geometry]),
        accuracy=str(feature["accuracy"] or ""),
        status="city",
    )


def new_component(
    layer: QgsVectorLayer, geometry: QgsGeometry, chosen: ComponentClass, values: Mapping[str, Any]
) -> QgsFeature:
    """Return a new component with everything filled that fills itself; it is not added yet."""
    fields = layer.fields()
    given = {"class_code": chosen.code, "major_code": chosen.major_code, **values}
    attributes = {
        index: value
        for name, value in given.items()
        if (index := fields.lookupField(name)) >= 0 and not is_null(value)
    }
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    feature = QgsVectorLayerUtils.createFeature(layer, geometry, attributes, context)
    name = fields.lookupField("component_name")
    if name >= 0 and is_null(feature[name]):
        feature[name] = chosen.name_zh
    return feature


def add_component(layer: QgsVectorLayer, feature: QgsFeature, title: str) -> None:
    """Add a component in one step that undo takes back.

    Raises
    ------
    WanggeError
        When the layer cannot be edited or refuses the feature.
    """
    start_editing(layer)
    layer.beginEditCommand(title)
    if not layer.addFeature(feature):
        layer.destroyEditCommand()
        raise refused(layer)
    layer.endEditCommand()


def near_components(
    layers: Iterable[QgsVectorLayer],
    geometry: QgsGeometry,
    source: QgsVectorLayer,
    class_code: str,
    distance: float,
) -> list[Near]:
    """Return components of a class within a distance in metres, the nearest first.

    Parameters
    ----------
    layers : iterable of QgsVectorLayer
        Where to look; edits that are not saved count.
    geometry : QgsGeometry
        In the CRS of ``source``.
    """
    if geometry.isNull() or distance <= 0:
        return []
    measure = QgsDistanceArea()
    measure.setSourceCrs(source.crs(), QgsProject.instance().transformContext())
    if source.crs().isGeographic():
        # In the plane a degree would count as its length on the equator, in any direction.
        measure.setEllipsoid(source.crs().ellipsoidAcronym())
    found = []
    for layer in layers:
        if layer.crs() != source.crs():
            continue
        request = QgsFeatureRequest(_around(geometry, distance, source.crs().isGeographic()))
        names = [
            n
            for n in ("class_code", "component_code", "component_name")
            if layer.fields().lookupField(n) >= 0
        ]
        request.setSubsetOfAttributes(names, layer.fields())
        for other in layer.getFeatures(request):
            if str(other["class_code"]) != class_code:
                continue
            metres = _metres(measure, geometry, other.geometry())
            if metres <= distance:
                code, name = (
                    "" if n not in names or is_null(other[n]) else str(other[n])
                    for n in ("component_code", "component_name")
                )
                found.append(Near(layer.id(), other.id(), code, name, metres))
    return sorted(found, key=lambda near: near.distance)


def _around(geometry: QgsGeometry, distance: float, is_geographic: bool) -> QgsRectangle:
    box = geometry.boundingBox()
    x = y = distance
    if is_geographic:
        y = distance / _METRES_PER_DEGREE
        x = y / max(0.01, math.cos(math.radians(box.center().y())))
    return QgsRectangle(
        box.xMinimum() - x, box.yMinimum() - y, box.xMaximum() + x, box.yMaximum() + y
    )


def _metres(measure: QgsDistanceArea, first: QgsGeometry, second: QgsGeometry) -> float:
    shortest = first.shortestLine(second)
    if shortest.isNull():
        return math.inf
    line = shortest.asPolyline()
    length = measure.measureLine(line[0], line[-1]) if len(line) > 1 else 0.0
    return measure.convertLengthMeasurement(length, Qgis.DistanceUnit.Meters)


def start_editing(layer: QgsVectorLayer) -> None:
    """Open a layer for editing; `WanggeError` when it cannot be."""
    if not layer.isEditable() and not layer.startEditing():
        raise WanggeError(
            translate(
                "Wangge",
                "Layer “{layer}” cannot be edited. Check that its file is writable and not opened "
                "read-only.",
            ).format(layer=layer.name())
        )


def refused(layer: QgsVectorLayer) -> WanggeError:
    """Return the sentence for an edit that a layer did not take."""
    return WanggeError(
        translate("Wangge", "Layer “{layer}” refuses the edit; nothing was changed.").format(
            layer=layer.name()
        ),
        "; ".join(layer.commitErrors()),
    )


def is_null(value: Any) -> bool:
    """Return True for the nulls of Python and of QGIS."""
    return value is None or value == NULL
