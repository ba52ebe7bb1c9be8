"""The layers of the atlas's maps, in a project of their own that leaves the user's alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from qgis.core import (
    Qgis,
    QgsCategorizedSymbolRenderer,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFillSymbol,
    QgsGeometry,
    QgsInvertedPolygonRenderer,
    QgsLayerTreeLayer,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLegendRenderer,
    QgsLegendStyle,
    QgsMapLayer,
    QgsMapLayerLegendUtils,
    QgsPalLayerSettings,
    QgsProject,
    QgsRectangle,
    QgsSingleSymbolRenderer,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtGui import QColor

from ..risk_symbols import UNRATED, grey_marker, level_label, style_risks

# Scales that people can read off a ruler.
_SCALES = (1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 7.5, 8, 10)
_FAMILIES = {0: "Point", 1: "LineString", 2: "Polygon"}
_LEVELS = ("red", "orange", "yellow", "blue", "")
# A single point has no extent; its map shows this many metres around it.
_LEAST_METRES = 150.0


def risk_layers(
    crs: QgsCoordinateReferenceSystem,
    shapes: np.ndarray,
    levels: np.ndarray,
    numbers: np.ndarray | None,
    text: QgsTextFormat,
) -> list[QgsVectorLayer]:
    """Return layers of the risks in the four colours, points first, labelled by number.

    The layer of points is made even without any: the legend shows its symbols.
    """
    family = np.array([_family(kind) for kind in shapely.get_type_id(shapes)], dtype=int)
    made = []
    for code, geometry in _FAMILIES.items():
        own = np.flatnonzero(family == code)
        if code and not len(own):
            continue
        layer = QgsVectorLayer(
            f"Multi{geometry}?crs={_crs(crs)}&field=level:string(10)&field=number:integer",
            "风险",
            "memory",
        )
        # The worst are drawn last, above the others.
        order = own[np.argsort([-_LEVELS.index(level) for level in levels[own]], kind="stable")]
        _add(
            layer,
            shapes[order],
            [[str(levels[i]), 0 if numbers is None else int(numbers[i])] for i in order],
        )
        style_risks(layer)
        if numbers is None:
            layer.setLabelsEnabled(False)
        else:
            _label(layer, '"number"', text)
        made.append(layer)
    return made


def other_risks(crs: QgsCoordinateReferenceSystem, shapes: np.ndarray) -> QgsVectorLayer:
    """Return the risks of other pages as grey dots."""
    layer = QgsVectorLayer(f"MultiPoint?crs={_crs(crs)}", "其他区域的风险", "memory")
    _add(layer, shapely.point_on_surface(shapes), [[]] * len(shapes))
    layer.setRenderer(QgsSingleSymbolRenderer(grey_marker()))
    return layer


def area_layer(
    crs: QgsCoordinateReferenceSystem,
    shapes: np.ndarray,
    names: Sequence[str],
    text: QgsTextFormat | None,
) -> QgsVectorLayer:
    """Return all areas as outlines, with their names where a format is given."""
    layer = QgsVectorLayer(
        f"MultiPolygon?crs={_crs(crs)}&field=name:string(200)", "区域界线", "memory"
    )
    _add(layer, shapes, [[str(name)] for name in names])
    symbol = QgsFillSymbol.createSimple(
        {"style": "no", "outline_color": "#8d6e63", "outline_width": "0.3", "outline_style": "dash"}
    )
    layer.setRenderer(QgsSingleSymbolRenderer(symbol))
    if text is not None:
        _label(layer, '"name"', text)
    return layer


def page_area(
    crs: QgsCoordinateReferenceSystem, shape: shapely.Geometry
) -> tuple[QgsVectorLayer, QgsVectorLayer, QgsVectorLayer]:
    """Return the page's own area: outline, veil over everything else, filled for the index map."""
    layers = []
    for name, style in (
        ("本区域", {"style": "no", "outline_color": "#5d4037", "outline_width": "0.8"}),
        ("", {"color": "255,255,255,165", "outline_style": "no"}),
        ("", {"color": "#2f8f6b", "outline_color": "#1b5e45", "outline_width": "0.4"}),
    ):
        layer = QgsVectorLayer(f"MultiPolygon?crs={_crs(crs)}", name, "memory")
        _add(layer, np.array([shape], dtype=object), [[]])
        renderer = QgsSingleSymbolRenderer(QgsFillSymbol.createSimple(style))
        veil = style.get("outline_style") == "no"
        layer.setRenderer(QgsInvertedPolygonRenderer(renderer) if veil else renderer)
        layers.append(layer)
    outline, veil_layer, filled = layers
    return outline, veil_layer, filled


def show(
    layout_map: QgsLayoutItemMap,
    layers: Sequence[QgsMapLayer],
    crs: QgsCoordinateReferenceSystem,
    extent: tuple[float, float, float, float],
) -> None:
    """Show layers (the uppermost first) around an extent, at a scale with a round number."""
    layout_map.setCrs(crs)
    layout_map.setLayers(list(layers))
    layout_map.setKeepLayerSet(True)
    box = QgsRectangle(*extent)
    least = _LEAST_METRES / (111_000 if crs.isGeographic() else 1)
    side = max(box.width(), box.height())
    box.grow(max(0.04 * side, (least - side) / 2))
    layout_map.zoomToExtent(box)
    layout_map.setScale(_round_scale(layout_map.scale()))


def fill_legend(
    legend: QgsLayoutItemLegend,
    risks: QgsVectorLayer,
    counts: dict[str, int],
    others: Sequence[QgsMapLayer],
) -> None:
    """Show the four colours with their counts, then further layers by their names."""
    root = legend.model().rootGroup()
    root.removeAllChildren()
    node: QgsLayerTreeLayer = root.addLayer(risks)
    QgsLegendRenderer.setNodeLegendStyle(node, QgsLegendStyle.Style.Hidden)
    renderer = risks.renderer()
    if isinstance(renderer, QgsCategorizedSymbolRenderer):
        for index, category in enumerate(renderer.categories()):
            level = category.value() or ""
            count = counts.get(level or "unrated", 0)
            text = f"{level_label(level)}　{count} 处"
            QgsMapLayerLegendUtils.setLegendNodeUserLabel(node, index, text)
        shown = [
            index
            for index, category in enumerate(renderer.categories())
            if level_label(category.value() or "") != UNRATED or counts.get("unrated", 0)
        ]
        QgsMapLayerLegendUtils.setLegendNodeOrder(node, shown)
    legend.model().refreshLayerLegend(node)
    for layer in others:
        legend.model().refreshLayerLegend(root.addLayer(layer))
    legend.updateLegend()


def add_to(project: QgsProject, layers: Sequence[QgsMapLayer]) -> None:
    """Hand layers to the atlas's own project: maps and legends find them there."""
    project.addMapLayers(list(layers), False)


def _family(kind: int) -> int:
    return {0: 0, 4: 0, 1: 1, 2: 1, 5: 1, 3: 2, 6: 2}.get(int(kind), -1)


def _crs(crs: QgsCoordinateReferenceSystem) -> str:
    return crs.authid() or f"wkt:{crs.toWkt(Qgis.CrsWktVariant.Preferred)}"


def _add(layer: QgsVectorLayer, shapes: np.ndarray, values: Sequence[list]) -> None:
    made = []
    for shape, row in zip(shapes, values, strict=True):
        feature = QgsFeature(layer.fields())
        feature.setAttributes(row)
        geometry = QgsGeometry()
        geometry.fromWkb(shapely.to_wkb(shapely.force_2d(shape)))
        geometry.convertToMultiType()
        feature.setGeometry(geometry)
        made.append(feature)
    layer.dataProvider().addFeatures(made)
    layer.updateExtents()


def _label(layer: QgsVectorLayer, expression: str, text: QgsTextFormat) -> None:
    settings = QgsPalLayerSettings()
    settings.fieldName = expression
    settings.isExpression = True
    if layer.geometryType() == Qgis.GeometryType.Point:
        settings.placement = Qgis.LabelPlacement.OrderedPositionsAroundPoint
        settings.dist = 1.2
    else:
        settings.placement = Qgis.LabelPlacement.Horizontal
    placing = settings.placementSettings()
    placing.setOverlapHandling(Qgis.LabelOverlapHandling.AllowOverlapIfRequired)
    settings.setPlacementSettings(placing)
    form = QgsTextFormat(text)
    halo = QgsTextBufferSettings()
    halo.setEnabled(True)
    halo.setSize(0.5)
    halo.setColor(QColor("#ffffff"))
    form.setBuffer(halo)
    settings.setFormat(form)
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)


def _round_scale(scale: float) -> float:
    if not np.isfinite(scale) or scale <= 0:
        return 10_000.0
    power = 10.0 ** np.floor(np.log10(scale))
    return float(next(s for s in _SCALES if s * power >= scale * 0.999) * power)
