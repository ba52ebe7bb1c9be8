"""What became of components: each saved change of place, state, class or code as a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from qgis.core import (
    NULL,
    QgsExpressionContextUtils,
    QgsFeature,
    QgsFeatureRequest,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDateTime

from ..standards.component_history import DELETED, FOLLOWED, GEOMETRY


def history_layer(project: QgsProject) -> QgsVectorLayer | None:
    """Return the project's table of changes, None when it has none."""
    needed = {"uuid", "field", "old_value", "new_value", "changed_at"}
    for layer in project.mapLayers().values():
        if isinstance(layer, QgsVectorLayer) and needed <= set(layer.fields().names()):
            return layer
    return None


class HistoryKeeper:
    """Notes what an edit changes when it is saved, whatever made the change."""

    def __init__(self, layer: QgsVectorLayer, failed: Callable[[str], object]):
        self._layer = layer
        self._failed = failed
        self._waiting: list[dict[str, Any]] = []
        layer.beforeCommitChanges.connect(self._collect)
        layer.afterCommitChanges.connect(self._write)
        layer.beforeRollBack.connect(self._forget)

    def stop(self) -> None:
        """Let go of the layer."""
        for signal, slot in (
            (self._layer.beforeCommitChanges, self._collect),
            (self._layer.afterCommitChanges, self._write),
            (self._layer.beforeRollBack, self._forget),
        ):
            try:
                signal.disconnect(slot)
            except (TypeError, RuntimeError):
                continue  # the layer is gone, and its connections with it

    def _forget(self) -> None:
        self._waiting = []

    def _collect(self, *_ignored) -> None:
        buffer = self._layer.editBuffer()
        self._waiting = []
        if buffer is None or self._layer.fields().lookupField("uuid") < 0:
            return
        values: Mapping[int, Mapping[int, Any]] = buffer.changedAttributeValues()
        shapes = buffer.changedGeometries()
        deleted = buffer.deletedFeatureIds()
        concerned = {*values, *shapes, *deleted}
        for before in _stored(self._layer, concerned):
            key, code = _text(before, "uuid"), _text(before, "component_code")
            for name in FOLLOWED:
                index = self._layer.fields().lookupField(name)
                if index in values.get(before.id(), {}):
                    self._note(key, code, name, before[index], values[before.id()][index])
            if before.id() in shapes:
                self._note(
                    key, code, GEOMETRY, _place(before.geometry()), _place(shapes[before.id()])
                )
            if before.id() in deleted:
                self._note(key, code, DELETED, _place(before.geometry()), None)

    def _note(self, key: str, code: str, field: str, old: Any, new: Any) -> None:
        before, after = ("" if v is None or v == NULL else str(v)[:255] for v in (old, new))
        if before != after or field == DELETED:
            self._waiting.append(
                {
                    "uuid": key,
                    "component_code": code,
                    "field": field,
                    "old_value": before,
                    "new_value": after,
                }
            )

    def _write(self) -> None:
        rows, self._waiting = self._waiting, []
        project = self._layer.project() or QgsProject.instance()
        table = history_layer(project)
        if not rows or table is None:
            return
        now, person = QDateTime.currentDateTime(), _person(project)
        features = []
        for row in rows:
            feature = QgsFeature(table.fields())
            for name, value in {**row, "changed_at": now, "changed_by": person}.items():
                if table.fields().lookupField(name) >= 0:
                    feature[name] = value
            features.append(feature)
        done, _ = table.dataProvider().addFeatures(features)
        if not done:
            self._failed(table.name())
        table.reload()


def _stored(layer: QgsVectorLayer, ids: Iterable[int]) -> Iterable[QgsFeature]:
    # From the file: the layer itself already answers with the new values.
    request = QgsFeatureRequest().setFilterFids([i for i in ids if i >= 0])
    return layer.dataProvider().getFeatures(request)


def _text(feature: QgsFeature, name: str) -> str:
    index = feature.fields().lookupField(name)
    value = feature[index] if index >= 0 else None
    return "" if value is None or value == NULL else str(value)


def _place(geometry) -> str:
    if geometry is None or geometry.isNull():
        return ""
    point = geometry.pointOnSurface()
    return point.asWkt(3) if not point.isNull() else ""


def _person(project: QgsProject) -> str:
    scope = QgsExpressionContextUtils.projectScope(project)
    own = scope.variable("wangge_surveyor")
    system = QgsExpressionContextUtils.globalScope()
    return str(
        own or system.variable("user_full_name") or system.variable("user_account_name") or ""
    )
