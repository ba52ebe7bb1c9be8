"""Wangge's own functions in QGIS's expression dialog, for labels, legends and the field calculator.

Forms do without them, so that they work where the plugin is not.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from qgis.core import (
    Qgis,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionFunction,
    QgsFeature,
    QgsGeometry,
    QgsMapLayer,
    QgsProject,
    QgsVectorLayer,
)

from ..errors import WanggeError
from ..standards.classes import ClassTable, class_table
from ..standards.editions import DEFAULT_EDITION, EDITIONS
from ..standards.extension import extend_classes
from ..standards.profiles import list_profiles, load_profile
from ..translation import translate

_GROUP = "Wangge"


class ComponentClassName(QgsExpressionFunction):
    """``component_class_name(code, [standard])``: the class's name in the user's language."""

    def __init__(self):
        super().__init__(
            "component_class_name",
            [
                QgsExpressionFunction.Parameter("code"),
                QgsExpressionFunction.Parameter("standard", True, ""),
            ],
            _GROUP,
            _help(
                "component_class_name('01001') → 供水井盖",
                translate(
                    "Wangge",
                    "Returns the name of a component class. Without a standard the one whose codes "
                    "have this length is taken; null where the code is not in its table.",
                ),
            ),
        )

    def func(self, values, context: QgsExpressionContext, parent: QgsExpression, node):
        code, standard = _text(values[0]), _text(values[1])
        if not code:
            return None
        try:
            found = _table(code, standard, context).get(code)
        except WanggeError as error:
            parent.setEvalErrorString(error.message)
            return None
        return found.name if found else None


class GridOf(QgsExpressionFunction):
    """``grid_of(geometry, [layer])``: code of the active unit grid in which a geometry lies."""

    def __init__(self):
        super().__init__(
            "grid_of",
            [
                QgsExpressionFunction.Parameter("geometry"),
                QgsExpressionFunction.Parameter("layer", True, ""),
            ],
            _GROUP,
            _help(
                "grid_of(@geometry) → 500101001001002",
                translate(
                    "Wangge",
                    "Returns the code of the active unit grid in which a geometry lies: on a border "
                    "the smallest code, for a line or polygon the cell with the largest share. The "
                    "layer is found by its field grid_code unless it is given.",
                ),
            ),
        )

    def func(self, values, context: QgsExpressionContext, parent: QgsExpression, node):
        geometry = values[0]
        if not isinstance(geometry, QgsGeometry) or geometry.isEmpty():
            return None
        layer = find_grid_layer(_text(values[1]))
        if layer is None:
            parent.setEvalErrorString(
                translate("Wangge", "The project has no layer of unit grids with grid_code.")
            )
            return None
        # QGIS's own overlay knows indexes, threads and coordinate systems.
        inner = QgsExpressionContext(context)
        feature = QgsFeature()
        feature.setGeometry(geometry)
        inner.setFeature(feature)
        expression = QgsExpression(grid_expression(layer, geometry.type()))
        found = expression.evaluate(inner)
        if expression.hasEvalError():
            parent.setEvalErrorString(expression.evalErrorString())
            return None
        return found


def grid_expression(layer: QgsVectorLayer, kind: Qgis.GeometryType) -> str:
    """Return the plain expression that finds the cell of the current geometry."""
    return area_expression(layer, "grid_code", is_point=kind == Qgis.GeometryType.Point)


def area_expression(areas: QgsVectorLayer, field: str, *, is_point: bool) -> str:
    """Return the plain expression that finds a field of the area of the current geometry.

    On a border the smallest value wins; a line or polygon belongs where most of it lies.
    Areas with an ``end_date`` are history and take no part.
    """
    arguments = [QgsExpression.quotedString(areas.id()), QgsExpression.quotedColumnRef(field)]
    if areas.fields().lookupField("end_date") >= 0:
        arguments.append('filter:="end_date" IS NULL')
    if is_point:
        return f"array_first(array_sort(overlay_intersects({', '.join(arguments)})))"
    arguments.append("sort_by_intersection_size:='des'")
    return f"array_first(overlay_intersects({', '.join(arguments)}))"


def find_grid_layer(name: str = "") -> QgsVectorLayer | None:
    """Return the project's layer of unit grids: the one of this id or name, or the first."""
    layers = QgsProject.instance().mapLayers()
    chosen: Iterable[QgsMapLayer] = (
        [layers[name]] if name in layers else QgsProject.instance().mapLayersByName(name)
    )
    for layer in chosen if name else layers.values():
        if _is_grid(layer):
            return layer
    return None


def _is_grid(layer: QgsMapLayer) -> bool:
    return (
        isinstance(layer, QgsVectorLayer)
        and layer.isValid()
        and layer.geometryType() == Qgis.GeometryType.Polygon
        and layer.fields().lookupField("grid_code") >= 0
        # Components and risks carry the code of their cell too.
        and layer.fields().lookupField("component_code") < 0
        and layer.fields().lookupField("risk_code") < 0
    )


def _table(code: str, standard: str, context: QgsExpressionContext) -> ClassTable:
    if standard:
        return class_table(standard)
    profile = _text(context.variable("wangge_profile"))
    if profile in list_profiles():
        own = _own_table(profile)
        if own.edition.class_code_length == len(code):
            return own
    if len(code) == DEFAULT_EDITION.class_code_length:
        return class_table()
    known = [e for e in EDITIONS if e.class_code_length == len(code) and not e.provisional]
    return class_table(known[0] if known else "")


@cache
def _own_table(profile: str) -> ClassTable:
    return extend_classes(load_profile(profile))


def _text(value) -> str:
    return value.strip() if isinstance(value, str) else ""


def _help(example: str, text: str) -> str:
    return f"<p>{text}</p><pre>{example}</pre>"


class Functions:
    """Registers the functions and takes them away again."""

    def __init__(self):
        self._registered: list[QgsExpressionFunction] = []

    def register(self) -> None:
        """Make the functions known to every expression."""
        for function in (ComponentClassName(), GridOf()):
            # QGIS does not own them: they must live as long as they are registered.
            if QgsExpression.registerFunction(function):
                self._registered.append(function)

    def remove(self) -> None:
        """Take the functions away."""
        for function in self._registered:
            QgsExpression.unregisterFunction(function.name())
        self._registered.clear()
