"""Legends of components made from the class table: a colour and a shape for each major class."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.core import (
    Qgis,
    QgsCategorizedSymbolRenderer,
    QgsFillSymbol,
    QgsLineSymbol,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsRendererCategory,
    QgsSymbol,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtGui import QColor, QFont

from ..standards.classes import ClassTable
from ..standards.domains import Domain
from ..translation import translate

# A shape of its own beside the colour: legible in print and to the colour-blind. The first five
# are those of the style `component.qml`; older editions have more major classes.
_MAJORS = (
    ("#2f7fbf", "circle"),
    ("#c9542b", "square"),
    ("#8a6d3b", "pentagon"),
    ("#3a9a4b", "cross_fill"),
    ("#7a5fb0", "star"),
    ("#b8860b", "diamond"),
    ("#4f6d8f", "hexagon"),
    ("#a0336e", "triangle"),
)
_STATES = ("#3a9a4b", "#ef8a17", "#c62828", "#777777", "#bbbbbb")
_OTHER = "#999999"


def major_renderer(table: ClassTable, kind: Qgis.GeometryType) -> QgsCategorizedSymbolRenderer:
    """Return the legend by major class, with what belongs to none at the end."""
    categories = []
    for code, name in sorted(table.majors.items()):
        categories.append(QgsRendererCategory(code, major_symbol(code, kind), f"{code} {name}"))
    categories.append(_rest(kind, translate("Wangge", "without class")))
    return QgsCategorizedSymbolRenderer('left("class_code", 2)', categories)


def major_symbol(code: str, kind: Qgis.GeometryType) -> QgsSymbol:
    """Return the symbol of a major class."""
    colour, shape = _MAJORS[(int(code) - 1) % len(_MAJORS)]
    return _symbol(kind, colour, shape)


def domain_renderer(
    field: str, domain: Domain, kind: Qgis.GeometryType, colours: Iterable[str] = _STATES
) -> QgsCategorizedSymbolRenderer:
    """Return the legend of a field with a value list."""
    categories = [
        QgsRendererCategory(v.value, _symbol(kind, colour, "circle"), v.label)
        for v, colour in zip(
            domain.values, [*colours, *[_OTHER] * len(domain.values)], strict=False
        )
    ]
    categories.append(_rest(kind, translate("Wangge", "not recorded")))
    return QgsCategorizedSymbolRenderer(field, categories)


def label_components(layer: QgsVectorLayer) -> None:
    """Write names beside components once there is room for them."""
    settings = QgsPalLayerSettings()
    settings.fieldName = "component_name"
    settings.scaleVisibility = True
    settings.minimumScale = 1000
    settings.maximumScale = 1
    set_labels(layer, settings, size=7)


def set_labels(layer: QgsVectorLayer, settings: QgsPalLayerSettings, *, size: float) -> None:
    """Label a layer in dark letters with a halo, so that they are read on any ground."""
    text = QgsTextFormat()
    text.setFont(QFont("Noto Sans CJK SC"))
    text.setSize(size)
    text.setColor(QColor("#1f2933"))
    halo = QgsTextBufferSettings()
    halo.setEnabled(True)
    halo.setSize(0.7)
    text.setBuffer(halo)
    settings.setFormat(text)
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)


def _rest(kind: Qgis.GeometryType, label: str) -> QgsRendererCategory:
    return QgsRendererCategory("", _symbol(kind, _OTHER, "circle"), label)


def _symbol(kind: Qgis.GeometryType, colour: str, shape: str) -> QgsSymbol:
    if kind == Qgis.GeometryType.Line:
        return QgsLineSymbol.createSimple({"line_color": colour, "line_width": "0.7"})
    if kind == Qgis.GeometryType.Polygon:
        return fill(colour, opacity=90, outline=colour, width=0.4)
    return marker(shape, colour, 2.2, outline="#222222", width=0.2)


def fill(colour: str, *, opacity: int = 255, outline: str, width: float = 0.1) -> QgsFillSymbol:
    """Return a filling of an opacity of 0 to 255 with its border, widths in mm."""
    c = QColor(colour)
    return QgsFillSymbol.createSimple(
        {
            "color": f"{c.red()},{c.green()},{c.blue()},{opacity}",
            "outline_color": outline,
            "outline_width": str(width),
        }
    )


def marker(
    form: str, colour: str, size: float, *, outline: str = "#ffffff", width: float = 0.25
) -> QgsMarkerSymbol:
    """Return a marker with its border, sizes in mm; none with an empty ``outline``."""
    return QgsMarkerSymbol.createSimple(
        {
            "name": form,
            "color": colour,
            "size": str(size),
            "outline_color": outline or colour,
            "outline_style": "solid" if outline else "no",
            "outline_width": str(width),
        }
    )
