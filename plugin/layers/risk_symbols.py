"""The four colours on risks of any geometry: shapes, widths and fills beside the colour."""

from __future__ import annotations

from qgis.core import (
    Qgis,
    QgsCategorizedSymbolRenderer,
    QgsFillSymbol,
    QgsLineSymbol,
    QgsMarkerSymbol,
    QgsRendererCategory,
    QgsSymbol,
    QgsVectorLayer,
)

from ..standards.domains import RISK_COLOURS, domain
from ..translation import translate
from .styles import apply_style

#: Label of what has no level, in products that are Chinese whatever the user's language.
UNRATED = "未评级"

# Widths and hatches grow with the level: legible in print and to the colour-blind.
_WIDTHS = {"red": 1.6, "orange": 1.3, "yellow": 1.0, "blue": 0.7}
_HATCHES = {"red": "diagonal_x", "orange": "f_diagonal", "yellow": "b_diagonal", "blue": "solid"}


def style_risks(layer: QgsVectorLayer) -> None:
    """Give a layer with the field ``level`` the four colours, whatever its geometry."""
    kind = layer.geometryType()
    if kind == Qgis.GeometryType.Line:
        layer.setRenderer(QgsCategorizedSymbolRenderer("level", _categories(_line)))
    elif kind == Qgis.GeometryType.Polygon:
        layer.setRenderer(QgsCategorizedSymbolRenderer("level", _categories(_area)))
    else:
        apply_style(layer, "risk")
        renderer = layer.renderer()
        for index, category in enumerate(renderer.categories()):
            renderer.updateCategoryLabel(index, level_label(category.value()))


def translate_levels(layer: QgsVectorLayer) -> None:
    """Name the levels in the user's language; the atlas alone is always Chinese."""
    renderer = layer.renderer()
    for index, category in enumerate(renderer.categories()):
        values = {v.value: v.label for v in domain("risk_level").values}
        label = values.get(category.value(), translate("Wangge", "no level yet"))
        renderer.updateCategoryLabel(index, label)


def level_label(level: str) -> str:
    """Return the Chinese name of a level; the word for none where there is none."""
    return domain("risk_level")[level].zh if level in RISK_COLOURS else UNRATED


def _categories(make) -> list[QgsRendererCategory]:
    return [
        QgsRendererCategory(level, make(level), level_label(level)) for level in RISK_COLOURS
    ] + [QgsRendererCategory("", make(""), UNRATED)]


def _colour(level: str) -> str:
    return ",".join(map(str, RISK_COLOURS.get(level, (187, 187, 187))))


def _line(level: str) -> QgsSymbol:
    symbol = QgsLineSymbol.createSimple(
        {"color": "#222222", "width": str(_WIDTHS.get(level, 0.7) + 0.4)}
    )
    inner = QgsLineSymbol.createSimple(
        {"color": _colour(level), "width": str(_WIDTHS.get(level, 0.7))}
    )
    symbol.appendSymbolLayer(inner.symbolLayer(0).clone())
    return symbol


def _area(level: str) -> QgsSymbol:
    return QgsFillSymbol.createSimple(
        {
            "color": _colour(level),
            "style": _HATCHES.get(level, "no"),
            "outline_color": _colour(level),
            "outline_width": "0.8",
        }
    )


def grey_marker() -> QgsMarkerSymbol:
    """Return the symbol of risks that belong to another page."""
    return QgsMarkerSymbol.createSimple(
        {"name": "circle", "color": "#c3c9d0", "size": "1.6", "outline_color": "#7b8794"}
    )
