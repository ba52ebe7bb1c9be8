"""一张图: the risks in four colours, rolled up, as heat and through time, in one group with legend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from qgis.core import (
    Qgis,
    QgsDateTimeRange,
    QgsFillSymbol,
    QgsGradientColorRamp,
    QgsGradientStop,
    QgsHeatmapRenderer,
    QgsLayerTreeGroup,
    QgsLineSymbol,
    QgsMapLayerDependency,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsProject,
    QgsRuleBasedRenderer,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtCore import QDateTime
from qgis.PyQt.QtGui import QColor

from ..progress import SILENT, Progress
from ..risk.aggregation import DEFAULT_WEIGHTS, aggregate_risks
from ..risk.periods import level_periods
from ..rules.batch import Batch, make_batch
from ..translation import translate
from .columns import read_columns
from .derived import mark_derived
from .fields import fields_of_columns
from .register import history_of
from .risk_symbols import style_risks, translate_levels
from .source import LayerSource
from .styles import apply_style
from .writing import write_batches

GROUP = "risk_one_map"
_PALE = 0.5

_WKB = {
    Qgis.GeometryType.Point: "MultiPoint",
    Qgis.GeometryType.Line: "MultiLineString",
    Qgis.GeometryType.Polygon: "MultiPolygon",
}


@dataclass(frozen=True)
class RollUp:
    """Areas to count risks in: a layer and, for larger areas, the field that joins its rows."""

    title: str
    layer: QgsVectorLayer
    key: str = ""


def make_one_map(
    risks: QgsVectorLayer,
    areas: Sequence[RollUp],
    *,
    progress: Progress = SILENT,
) -> QgsLayerTreeGroup:
    """Put a group on top of the project's layers that shows the risks in every view.

    Parameters
    ----------
    risks : QgsVectorLayer
        It stays where it is and gets the four colours; the group shows a copy of its
        definition, which is drawn again after each saved edit.
    areas : sequence of RollUp
        The first is shown, the others wait in the group.

    Returns
    -------
    QgsLayerTreeGroup
        A group made earlier is replaced.
    """
    project = QgsProject.instance()
    root = project.layerTreeRoot()
    remove_one_map(project)
    group = root.insertGroup(0, title())
    group.setCustomProperty(GROUP, True)
    style_risks(risks)
    translate_levels(risks)
    shown = risks.clone()
    shown.setName(translate("Wangge", "Risks in four colours"))
    layers: list[tuple[QgsVectorLayer, bool]] = [(shown, True)]
    if _has(risks, "review_date"):
        layers.append((overdue(risks), False))
    if history := history_of(risks):
        course = levels_over_time(risks, history)
        # What the temporal controller offers as the whole.
        project.timeSettings().setTemporalRange(time_range(course))
        layers.append((course, False))
    if risks.geometryType() == Qgis.GeometryType.Point:
        layers.append((heat_map(risks), False))
    for number, one in enumerate(areas):
        layers.append((roll_up(risks, one, progress=progress), number == 0))
    of_risks = QgsMapLayerDependency(risks.id())
    for layer, is_visible in layers:
        mark_derived(layer)
        layer.setDependencies([of_risks])  # drawn again once the risks have changed
        project.addMapLayer(layer, False)
        node = group.addLayer(layer)
        node.setItemVisibilityChecked(is_visible)
        node.setExpanded(is_visible)
    if own := root.findLayer(risks.id()):
        own.setItemVisibilityChecked(False)  # else every risk would be drawn twice
    return group


def remove_one_map(project: QgsProject) -> None:
    """Take the group of an earlier run away, with its layers."""
    for group in project.layerTreeRoot().findGroups():
        if group.customProperty(GROUP):
            project.removeMapLayers(group.findLayerIds())
            project.layerTreeRoot().removeChildNode(group)


def title() -> str:
    """Return the name of the group."""
    return translate("Wangge", "Risk map")


def roll_up(risks: QgsVectorLayer, areas: RollUp, *, progress: Progress = SILENT) -> QgsVectorLayer:
    """Return a layer of areas in the colour of their worst open risk, labelled by counts."""
    own = read_columns(LayerSource(areas.layer))
    if "end_date" in own.fields:
        own = own.take(own.is_null("end_date"))
    if areas.key:
        own = _dissolved(own, areas.key)
    crs = areas.layer.crs()
    found = aggregate_risks(read_columns(LayerSource(risks, crs=crs)), own, progress=progress)
    kept = {n: v for n, v in found.areas.fields.items() if n.lower() != "fid"}
    batch = Batch(kept, own.geometry, own.ids, own.crs, found.areas.nulls)
    layer = _memory("MultiPolygon", areas.layer, areas.title, batch)
    apply_style(layer, "risk_area")
    layer.setOpacity(_PALE)  # the risks themselves stand out against it
    _label(layer, 'nullif("risks", 0)', "#222222")
    return layer


def _dissolved(areas: Batch, key: str) -> Batch:
    keys = areas.text(key).astype(str)
    distinct, first, which = np.unique(keys, return_index=True, return_inverse=True)
    valid = shapely.make_valid(np.asarray(areas.geometry))
    shapes = [shapely.union_all(valid[which == i]) for i in range(len(distinct))]
    name = key.removesuffix("_code") + "_name"
    return make_batch(
        {key: list(distinct), name: list(areas.text(name)[first])}, shapes, crs=areas.crs
    )


def overdue(risks: QgsVectorLayer) -> QgsVectorLayer:
    """Return the open risks whose review is overdue today, ringed and with the days of delay."""
    layer = risks.clone()
    layer.setName(translate("Wangge", "Reviews overdue"))
    late = '"review_date" < to_date(now())'
    if _has(risks, "status"):
        late += " AND coalesce(\"status\", '') <> 'closed'"
    symbols = {
        Qgis.GeometryType.Point: QgsMarkerSymbol.createSimple(
            {"name": "circle", "color": "0,0,0,0", "size": "7", "outline_color": "#c2185b",
             "outline_width": "0.8"}
        ),
        Qgis.GeometryType.Line: QgsLineSymbol.createSimple({"color": "#c2185b", "width": "1.6"}),
        Qgis.GeometryType.Polygon: QgsFillSymbol.createSimple(
            {"style": "no", "outline_color": "#c2185b", "outline_width": "1.2"}
        ),
    }  # fmt: skip
    root = QgsRuleBasedRenderer.Rule(None)
    symbol = symbols[risks.geometryType()]
    root.appendChild(QgsRuleBasedRenderer.Rule(symbol, 0, 0, late, layer.name()))
    layer.setRenderer(QgsRuleBasedRenderer(root))
    days = 'floor(day(age(to_date(now()), "review_date")))'
    _label(layer, f"CASE WHEN {late} THEN {days} END", "#c2185b")
    return layer


def heat_map(risks: QgsVectorLayer) -> QgsVectorLayer:
    """Return the risks as heat, weighted by level."""
    layer = risks.clone()
    layer.setName(translate("Wangge", "Risk density"))
    renderer = QgsHeatmapRenderer()
    cases = " ".join(f"WHEN \"level\" = '{k}' THEN {v:g}" for k, v in DEFAULT_WEIGHTS.items())
    closed = "coalesce(\"status\", '') = 'closed'" if _has(risks, "status") else "false"
    renderer.setWeightExpression(f"CASE WHEN {closed} THEN 0 {cases} ELSE 0 END")
    renderer.setRadius(12)
    renderer.setRadiusUnit(Qgis.RenderUnit.Millimeters)
    clear, full = QColor(255, 255, 255, 0), QColor(180, 0, 0, 220)
    middle = [
        QgsGradientStop(0.25, QColor(255, 235, 120, 150)),
        QgsGradientStop(0.6, QColor(255, 140, 0, 190)),
    ]
    renderer.setColorRamp(QgsGradientColorRamp(clear, full, False, middle))
    layer.setRenderer(renderer)
    layer.setLabelsEnabled(False)
    return layer


def levels_over_time(risks: QgsVectorLayer, history: QgsVectorLayer) -> QgsVectorLayer:
    """Return a layer of every level a risk had, which QGIS's temporal controller goes through."""
    batch = level_periods(read_columns(LayerSource(risks)), read_columns(LayerSource(history)))
    layer = _memory(
        _WKB[risks.geometryType()], risks, translate("Wangge", "Levels over time"), batch
    )
    style_risks(layer)
    translate_levels(layer)
    temporal = layer.temporalProperties()
    temporal.setMode(Qgis.VectorTemporalMode.FeatureDateTimeStartAndEndFromFields)
    temporal.setStartField("start")
    temporal.setEndField("end")
    temporal.setIsActive(True)
    return layer


def time_range(layer: QgsVectorLayer) -> QgsDateTimeRange:
    """Return from the day before the first change of a level to now."""
    first = layer.minimumValue(layer.fields().lookupField("start"))
    now = QDateTime.currentDateTimeUtc()
    is_known = isinstance(first, QDateTime) and first.isValid()
    return QgsDateTimeRange(first.addDays(-1) if is_known else now.addYears(-1), now)


def _memory(geometry: str, like: QgsVectorLayer, name: str, batch: Batch) -> QgsVectorLayer:
    layer = QgsVectorLayer(geometry, name, "memory")
    layer.setCrs(like.crs())
    layer.dataProvider().addAttributes(list(fields_of_columns(batch.fields)))
    layer.updateFields()
    write_batches(layer.dataProvider(), layer.fields(), [batch])
    layer.updateExtents()
    return layer


def _label(layer: QgsVectorLayer, expression: str, colour: str) -> None:
    settings = QgsPalLayerSettings()
    settings.fieldName = expression
    settings.isExpression = True
    if layer.geometryType() != Qgis.GeometryType.Point:
        settings.placement = Qgis.LabelPlacement.Horizontal
    text = QgsTextFormat()
    text.setSize(10)
    text.setColor(QColor(colour))
    halo = QgsTextBufferSettings()
    halo.setEnabled(True)
    halo.setSize(0.8)
    text.setBuffer(halo)
    settings.setFormat(text)
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)


def _has(layer: QgsVectorLayer, name: str) -> bool:
    return layer.fields().lookupField(name) >= 0
