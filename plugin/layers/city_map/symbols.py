"""Legends of the one map: a shape of its own for each kind, a colour for each state."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import pairwise

import numpy as np
from qgis.core import (
    Qgis,
    QgsCategorizedSymbolRenderer,
    QgsFillSymbol,
    QgsGraduatedSymbolRenderer,
    QgsLineSymbol,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsProperty,
    QgsRendererCategory,
    QgsRendererRange,
    QgsRuleBasedRenderer,
    QgsSingleSymbolRenderer,
    QgsSymbol,
    QgsSymbolLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor

from ...standards.domains import RISK_COLOURS, Domain
from ...translation import translate
from ..legend import fill, marker, set_labels

# Kind -> shape, colour and size in mm; what is rare is large.
FACILITIES: Mapping[str, tuple[str, str, float]] = {
    "waste_plant": ("square", "#6a3d9a", 5.0),
    "landfill": ("triangle", "#8c510a", 5.2),
    "transfer_station": ("pentagon", "#d95f02", 4.2),
    "toilet": ("circle", "#1f78b4", 2.8),
}
_OTHER_FACILITY = ("diamond", "#666666", 3.4)
#: Colour of a device by its state, everywhere it is shown.
STATES: Mapping[str, str] = {"online": "#2e9e4f", "offline": "#8a8f98", "alarm": "#e02020"}
# Dark enough for a pale ramp to be seen on, from little to much.
BLUES = ("#eff3fb", "#c6d7ee", "#8fb5dd", "#4f8bc4", "#1f5c99")
GREENS = ("#f7e3d4", "#f0f0d8", "#cbe5c0", "#86c58d", "#2f8f5b")
REDS_TO_GREENS = ("#d7573b", "#f2a56b", "#f7e3a1", "#a9d39e", "#3c9a5f")
_BORDER = "#7b8794"
_DONE = "coalesce(\"state\", '') IN ('closed', 'rejected')"


def facility_renderer(
    kinds: Domain, shape: Qgis.GeometryType, there: Collection[str]
) -> QgsCategorizedSymbolRenderer:
    """Return the legend of the facilities that are there by kind, the profile's own among them."""
    categories = [
        QgsRendererCategory(v.value, _facility(v.value, shape), v.label)
        for v in kinds.values
        if v.value in there
    ]
    if set(there) - set(kinds.stored):
        rest = translate("Wangge", "not recorded")
        categories.append(QgsRendererCategory("", _facility("", shape), rest))
    return QgsCategorizedSymbolRenderer("kind", categories)


def _facility(kind: str, shape: Qgis.GeometryType) -> QgsSymbol:
    form, colour, size = FACILITIES.get(kind, _OTHER_FACILITY)
    if shape == Qgis.GeometryType.Polygon:
        return _fill(colour, opacity=120)
    symbol = marker(form, colour, size)
    # What is out of use stays where it is, but is no place to go to.
    grey = QgsProperty.fromExpression(f"if(\"status\" = 'out_of_use', '#c9ced6', '{colour}')")
    symbol.symbolLayer(0).setDataDefinedProperty(QgsSymbolLayer.Property.FillColor, grey)
    return symbol


def monitor_renderer(states: Domain, there: Collection[str]) -> QgsRuleBasedRenderer:
    """Return the legend of monitors: diamonds in the colour of their state, alarms larger."""
    return _state_renderer(states, there, "diamond", 4.0)


def camera_renderer(
    states: Domain, there: Collection[str], *, has_direction: bool
) -> QgsRuleBasedRenderer:
    """Return the legend of cameras by state: arrows in the direction of view where it is known."""
    if not has_direction:
        return _state_renderer(states, there, "square_with_corners", 3.0)
    turn = 'coalesce("direction", 0) - 90'
    return _state_renderer(states, there, "filled_arrowhead", 3.4, turn=turn)


def _state_renderer(
    states: Domain, there: Collection[str], form: str, size: float, *, turn: str = ""
) -> QgsRuleBasedRenderer:
    def symbol_of(colour: str, times: float = 1.0) -> QgsMarkerSymbol:
        symbol = marker(form, colour, size * times)
        if turn:
            symbol.symbolLayer(0).setDataDefinedProperty(
                QgsSymbolLayer.Property.Angle, QgsProperty.fromExpression(turn)
            )
        return symbol

    root = QgsRuleBasedRenderer.Rule(None)
    known = [v for v in states.values if v.value in STATES]
    for v in known:
        symbol = symbol_of(STATES[v.value], 1.5 if v.value == "alarm" else 1.0)
        rule = QgsRuleBasedRenderer.Rule(symbol, 0, 0, f"\"status\" = '{v.value}'", v.label)
        root.appendChild(rule)
    if set(there) - set(STATES):
        rest = QgsRuleBasedRenderer.Rule(symbol_of("#ffffff"))
        rest.setIsElse(True)
        rest.setLabel(translate("Wangge", "not recorded"))
        root.appendChild(rest)
    return QgsRuleBasedRenderer(root)


def open_case_renderer() -> QgsRuleBasedRenderer:
    """Return the legend of cases not closed; the others are not drawn.

    A filter of the layer would do it too, but QGIS then opens the container for writing.
    """
    root = QgsRuleBasedRenderer.Rule(None)
    text = translate("Wangge", "not closed")
    symbol = marker("circle", "#7b1fa2", 2.0)
    root.appendChild(QgsRuleBasedRenderer.Rule(symbol, 0, 0, f"NOT ({_DONE})", text))
    return QgsRuleBasedRenderer(root)


def case_renderer() -> QgsRuleBasedRenderer:
    """Return the legend of cases: those not closed stand out."""
    root = QgsRuleBasedRenderer.Rule(None)
    for text, colour, size, where in (
        (translate("Wangge", "not closed"), "#d7301f", 1.9, f"NOT ({_DONE})"),
        (translate("Wangge", "closed"), "#7a8794", 0.9, _DONE),
    ):
        symbol = marker("circle", colour, size, outline="")
        root.appendChild(QgsRuleBasedRenderer.Rule(symbol, 0, 0, where, text))
    return QgsRuleBasedRenderer(root)


def class_steps(values: np.ndarray, *, least: float = 0.0) -> list[float]:
    """Return up to six rising class limits with about as many areas in each class."""
    known = values[np.isfinite(values) & (values >= least)]
    if not len(known):
        return []
    limits = np.unique(np.quantile(known, np.linspace(0, 1, 6)))
    return limits.tolist() if len(limits) > 1 else [float(limits[0]), float(limits[0])]


def count_renderer(layer: QgsVectorLayer, field: str, values: np.ndarray) -> None:
    """Colour areas by a count: as many areas in each class, none where nothing is."""
    limits = np.unique(np.floor(class_steps(values, least=1)))
    ranges = [_range(0, 0, QColor(255, 255, 255, 0), "0")]
    lows = limits[:-1] if len(limits) > 1 else limits
    for k, low in enumerate(lows.tolist()):
        high = limits[k + 1] - (k + 2 < len(limits)) if len(limits) > 1 else low
        text = f"{low:.0f}" if high <= low else f"{low:.0f}–{high:.0f}"
        colour = BLUES[round(k * (len(BLUES) - 1) / max(len(lows) - 1, 1))]
        ranges.append(_range(low, max(high, low) + 0.5, QColor(colour), text))
    layer.setRenderer(QgsGraduatedSymbolRenderer(f'"{field}"', ranges))


def rate_renderer(layer: QgsVectorLayer, field: str, values: np.ndarray) -> None:
    """Colour areas by a rate from 0 to 1, in classes of as many areas each, the best green."""
    limits = np.unique(np.round(class_steps(values), 3)).tolist()
    if len(limits) == 1:
        limits *= 2
    ranges = []
    for k, (low, high) in enumerate(pairwise(limits)):
        place = round(k * (len(REDS_TO_GREENS) - 1) / max(len(limits) - 2, 1))
        colour = REDS_TO_GREENS[-1 if len(limits) == 2 else place]
        # As QGIS writes it in labels and tables, which rounds the product.
        first, last = f"{100 * low:.1f}%", f"{100 * high:.1f}%"
        text = f"{first}–{last}" if high > low else first
        ranges.append(_range(low - 0.0005, high + 0.0005, QColor(colour), text))
    layer.setRenderer(QgsGraduatedSymbolRenderer(f'"{field}"', ranges))


def served_renderer(layer: QgsVectorLayer) -> None:
    """Colour cells by the share served: the same classes in every city."""
    edges = ((0, 0, "0"), (0, 0.25, "< 25%"), (0.25, 0.5, "25–50%"), (0.5, 0.9999, "50–99%"),
             (0.9999, 1.0, "100%"))  # fmt: skip
    ranges = [
        _range(low + (1e-9 if high > low else 0), high, QColor(colour), text)
        for (low, high, text), colour in zip(edges, GREENS, strict=True)
    ]
    layer.setRenderer(QgsGraduatedSymbolRenderer('"served"', ranges))


def worst_renderer(levels: Domain) -> QgsCategorizedSymbolRenderer:
    """Return the legend of cells in the colour of their worst open risk."""
    categories = [
        QgsRendererCategory(v.value, _fill("#{:02x}{:02x}{:02x}".format(*RISK_COLOURS[v.value]),
                                           opacity=150), v.label)
        for v in levels.values if v.value in RISK_COLOURS
    ]  # fmt: skip
    none = _fill("#ffffff", opacity=0)
    categories.append(QgsRendererCategory("", none, translate("Wangge", "no open risk")))
    return QgsCategorizedSymbolRenderer("worst_level", categories)


def outline_renderer() -> QgsSingleSymbolRenderer:
    """Return borders without filling."""
    symbol = QgsFillSymbol.createSimple(
        {"style": "no", "outline_color": "#3e4c59", "outline_width": "0.45"}
    )
    return QgsSingleSymbolRenderer(symbol)


def ground_renderer(shape: Qgis.GeometryType, name: str) -> QgsSingleSymbolRenderer:
    """Return the pale symbol of a background layer, which leaves the colours to the theme."""
    colours = {"water": "#cfe3f2", "street": "#dfe3e8", "building": "#e9e6e1"}
    colour = colours.get(name, "#dfe3e8")
    if shape == Qgis.GeometryType.Line:
        properties = {"line_color": colour, "line_width": "0.5"}
        return QgsSingleSymbolRenderer(QgsLineSymbol.createSimple(properties))
    if shape == Qgis.GeometryType.Polygon:
        return QgsSingleSymbolRenderer(
            QgsFillSymbol.createSimple({"color": colour, "outline_style": "no"})
        )
    return QgsSingleSymbolRenderer(marker("circle", colour, 1.2))


def label_by(layer: QgsVectorLayer, expression: str, *, size: float = 7.5, scale: int = 0) -> None:
    """Write a text on areas or beside points, below a scale where one is given."""
    settings = QgsPalLayerSettings()
    settings.fieldName, settings.isExpression = expression, True
    if layer.geometryType() == Qgis.GeometryType.Polygon:
        settings.placement = Qgis.LabelPlacement.Horizontal
    if scale:
        settings.scaleVisibility, settings.minimumScale = True, scale
    set_labels(layer, settings, size=size)


def _range(low: float, high: float, colour: QColor, text: str) -> QgsRendererRange:
    symbol = _fill(colour.name(), opacity=0 if colour.alpha() == 0 else 205)
    return QgsRendererRange(low, high, symbol, text)


def _fill(colour: str, *, opacity: int = 255) -> QgsFillSymbol:
    return fill(colour, opacity=opacity, outline=_BORDER)
