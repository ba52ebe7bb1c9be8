"""Make resources/styles/*.qml: symbology and labels only, colours from the ground floor.

Run with ``.venv/bin/python dev/styles.py`` after changing a colour or a symbol.
"""

import importlib.util
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parent.parent
spec = importlib.util.spec_from_file_location(
    "wangge", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
)
sys.modules["wangge"] = importlib.util.module_from_spec(spec)

from qgis.core import (  # noqa: E402
    Qgis,
    QgsApplication,
    QgsCategorizedSymbolRenderer,
    QgsFillSymbol,
    QgsGeometryGeneratorSymbolLayer,
    QgsLineSymbol,
    QgsMapLayer,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsProperty,
    QgsRendererCategory,
    QgsSingleSymbolRenderer,
    QgsSymbolLayer,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtGui import QColor, QFont  # noqa: E402
from wangge.plugin.standards.domains import RISK_COLOURS, domain  # noqa: E402

# Each level has a shape of its own beside its colour: legible in print and to the colour-blind.
RISK_SHAPES = {"red": "triangle", "orange": "diamond", "yellow": "square", "blue": "circle"}
SEVERITY_COLOURS = {"error": "#c62828", "warning": "#ef8a17", "info": "#4f6d8f"}
# Lines as they are, areas by their border; findings kept before there was such a column have none.
FINDING_OUTLINE = (
    "with_variable('spot', geom_from_wkt(attribute('shape')), "
    "if(geometry_type(@spot) = 'Polygon', boundary(@spot), @spot))"
)
MAJOR_COLOURS = {
    "01": ("#2f7fbf", "circle", "市政公用设施"),
    "02": ("#c9542b", "square", "交通设施"),
    "03": ("#8a6d3b", "pentagon", "市容环卫设施"),
    "04": ("#3a9a4b", "cross_fill", "园林绿化设施"),
    "05": ("#7a5fb0", "star", "其他管理部件"),
}
RANK_WIDTHS = {0: "1.6", 1: "1.1", 2: "0.8", 3: "0.5", 4: "0.3"}


def labels(expression, *, size=8, colour="#1d3b2f", scale=0, priority=5, is_bold=False):
    settings = QgsPalLayerSettings()
    settings.priority = priority
    settings.obstacleSettings().setIsObstacle(False)
    settings.fieldName = expression
    settings.isExpression = True
    text = QgsTextFormat()
    font = QFont("Noto Sans CJK SC")
    font.setBold(is_bold)
    text.setFont(font)
    text.setSize(size)
    text.setColor(QColor(colour))
    halo = QgsTextBufferSettings()
    halo.setEnabled(True)
    halo.setSize(0.7)
    halo.setColor(QColor(255, 255, 255, 210))
    text.setBuffer(halo)
    settings.setFormat(text)
    if scale:
        settings.scaleVisibility = True
        settings.minimumScale = scale
        settings.maximumScale = 1
    return QgsVectorLayerSimpleLabeling(settings)


def categories(expression, entries):
    """Return a renderer from (value, symbol, label) triples."""
    made = [QgsRendererCategory(value, symbol, label) for value, symbol, label in entries]
    return QgsCategorizedSymbolRenderer(expression, made)


def marker(colour, shape, size, outline="#222222", *, width=0.25, far=None):
    """Return a marker; with ``far`` it shrinks to that size as the map shows more of the city."""
    symbol = QgsMarkerSymbol.createSimple(
        {
            "name": shape,
            "color": colour,
            "size": str(size),
            "outline_color": outline,
            "outline_width": str(width),
        }
    )
    if far is not None:
        shrinking = f"scale_linear(@map_scale, 1000, 20000, {size}, {far})"
        symbol.setDataDefinedSize(QgsProperty.fromExpression(shrinking))
    return symbol


def component(colour, shape):
    return marker(colour, shape, 2.4, "#ffffff", width=0.1, far=0.9)


def cross(colour):
    """A cross at the point of a finding, and the line or outline it is about."""
    symbol = marker(colour, "cross2", 3.6, colour, width=0.8)
    outline = QgsGeometryGeneratorSymbolLayer.create({"geometryModifier": FINDING_OUTLINE})
    outline.setSymbolType(Qgis.SymbolType.Line)
    outline.setSubSymbol(QgsLineSymbol.createSimple({"color": colour, "width": "0.6"}))
    symbol.appendSymbolLayer(outline)
    return symbol


def fill(colour, outline, width="0.3", style="solid"):
    return QgsFillSymbol.createSimple(
        {
            "color": colour,
            "outline_color": outline,
            "outline_width": width,
            "style": style,
        }
    )


# A layer without the date has only cells in use.
ACTIVE = 'try("end_date" IS NULL, true)'


def while_active(symbol):
    """Return the symbol, drawn only while its cell has not ended."""
    key = QgsSymbolLayer.Property.LayerEnabled
    symbol.symbolLayer(0).setDataDefinedProperty(key, QgsProperty.fromExpression(ACTIVE))
    return symbol


def hexed(rgb):
    return "#{:02x}{:02x}{:02x}".format(*rgb)


def both(value):
    return f"{value.zh} {value.en}"


LEVELS = [(v, hexed(RISK_COLOURS[v.value])) for v in domain("risk_level").values]
STYLES = {
    "community": (
        "Polygon",
        QgsSingleSymbolRenderer(fill("0,0,0,0", "#7b3f00", "0.7", "no")),
        labels(
            '"community_name"', size=11, colour="#7b3f00", scale=60000, priority=10, is_bold=True
        ),
    ),
    "unit_grid": (
        "Polygon",
        QgsSingleSymbolRenderer(while_active(fill("47,143,107,28", "#2f8f6b", "0.35"))),
        # The sequence at a glance, the whole code once there is room for it.
        labels(
            f'if({ACTIVE}, if(@map_scale < 3000, "grid_code", right("grid_code", 3)), NULL)',
            size=8,
            scale=20000,
        ),
    ),
    "component": (
        "Point",
        categories(
            'left("class_code", 2)',
            [
                (major, component(colour, shape), f"{major} {name}")
                for major, (colour, shape, name) in MAJOR_COLOURS.items()
            ]
            + [("", component("#999999", "circle"), "其他 other")],
        ),
        labels('"component_name"', size=7, colour="#333333", scale=1000),
    ),
    "risk": (
        "Point",
        categories(
            "level",
            [
                (v.value, marker(colour, RISK_SHAPES[v.value], 4.6, far=2.6), both(v))
                for v, colour in LEVELS
            ]
            + [("", marker("#bbbbbb", "circle", 3.4, far=2.0), "未评 not scored")],
        ),
        labels('"risk_name"', size=8, colour="#222222", scale=8000),
    ),
    "risk_area": (
        "Polygon",
        categories(
            "worst_level",
            [
                (v.value, fill("{},{},{},150".format(*RISK_COLOURS[v.value]), "#555555"), both(v))
                for v, _ in LEVELS
            ]
            + [("", fill("255,255,255,0", "#999999"), "无 none")],
        ),
        None,
    ),
    "finding": (
        "Point",
        categories(
            "severity",
            [
                (v.value, cross(SEVERITY_COLOURS[v.value]), both(v))
                for v in domain("finding_severity").values
            ],
        ),
        labels('"rule"', size=8, colour="#8e0000", scale=10000),
    ),
    "street": (
        "LineString",
        categories(
            "rank",
            [
                (
                    rank,
                    QgsLineSymbol.createSimple({"color": "#b9a98c", "width": width}),
                    str(rank),
                )
                for rank, width in RANK_WIDTHS.items()
            ],
        ),
        None,
    ),
    "water": (
        "Polygon",
        QgsSingleSymbolRenderer(fill("#b7d7ea", "#8fbcd6", "0.2")),
        None,
    ),
    "building": (
        "Polygon",
        QgsSingleSymbolRenderer(fill("#d9d3c7", "#b5ad9d", "0.15")),
        None,
    ),
}


def main():
    application = QgsApplication([], False)
    application.initQgis()
    folder = ROOT / "resources" / "styles"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = QgsMapLayer.StyleCategory.Symbology | QgsMapLayer.StyleCategory.Labeling
    for name, (geometry, renderer, labeling) in STYLES.items():
        layer = QgsVectorLayer(f"{geometry}?crs=EPSG:4547", name, "memory")
        layer.setRenderer(renderer)
        if labeling is not None:
            layer.setLabeling(labeling)
            layer.setLabelsEnabled(True)
        message, done = layer.saveNamedStyle(str(folder / f"{name}.qml"), wanted)
        if not done:
            raise SystemExit(message)
    application.exitQgis()


if __name__ == "__main__":
    main()
