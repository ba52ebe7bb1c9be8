"""What became of a feature, from the project's own tables and from the platform."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qgis.core import (
    QgsExpression,
    QgsFeature,
    QgsFeatureRequest,
    QgsProject,
    QgsTask,
    QgsVectorLayer,
)

from ...errors import WanggeError
from ...layers.component_history import DELETED, GEOMETRY
from ...layers.component_history import history_layer as component_history
from ...layers.features import is_null
from ...layers.register import history_of
from ...packages import how_to_install
from ...standards.domains import domain
from ...standards.layers import LAYERS
from ...translation import translate

if TYPE_CHECKING:
    from ...database.feature_history import FeatureChange

_MOST = 500


@dataclass(frozen=True)
class Event:
    """One line of the history.

    Attributes
    ----------
    at, by : str
        When, as text that sorts; who.
    what : str
    fields : tuple of (str, str, str)
        Title of a field, its value before and after.
    """

    at: str
    by: str
    what: str
    fields: tuple[tuple[str, str, str], ...] = ()


def field_title(kind: str, name: str) -> str:
    """Return what a field is called in the user's language."""
    spec = LAYERS[kind]
    return (spec.field(name).alias or name) if name in spec.names else name


def value_title(kind: str, name: str, value: str) -> str:
    """Return what a stored value is called in the user's language."""
    spec = LAYERS[kind]
    listed = spec.field(name).domain if name in spec.names else ""
    return domain(listed)[value].label if listed and value in domain(listed) else value


def platform_events(kind: str, changes: Iterable[FeatureChange]) -> list[Event]:
    """Return what the platform tells as lines of the history."""
    titles = {
        "insert": translate("Wangge", "Brought in by push {batch}"),
        "update": translate("Wangge", "Changed by push {batch}"),
        "delete": translate("Wangge", "Removed by push {batch}"),
    }
    events = []
    for change in changes:
        what = titles[change.operation].format(batch=change.batch_id)
        if change.source:
            what += f" · {change.source}"
        fields = [
            (field_title(kind, n), value_title(kind, n, old), value_title(kind, n, new))
            for n, old, new in change.fields
        ]
        if change.moved:
            fields.append((translate("Wangge", "Shape"), "", translate("Wangge", "changed")))
        at = change.at.astimezone().strftime("%Y-%m-%d %H:%M")
        events.append(Event(at, change.by, what, tuple(fields)))
    return events


def project_events(kind: str, layer: QgsVectorLayer, feature: QgsFeature) -> list[Event]:
    """Return what the tables of the project tell about a feature, the newest first."""
    read = {"unit_grid": _lineage, "component": _component, "risk": _risk}
    events = list(read[kind](layer, feature)) if kind in read else []
    return sorted(events, key=lambda event: event.at, reverse=True)


def _text(feature: QgsFeature, name: str) -> str:
    place = feature.fields().lookupField(name)
    value = feature.attribute(place) if place >= 0 else None
    if is_null(value):
        return ""
    if hasattr(value, "toPyDateTime"):
        return value.toPyDateTime().strftime("%Y-%m-%d %H:%M")
    return value.toPyDate().isoformat() if hasattr(value, "toPyDate") else str(value)


def _rows(table: QgsVectorLayer | None, wanted: dict[str, str]) -> Iterator[QgsFeature]:
    if table is None:
        return
    parts = [
        f"{QgsExpression.quotedColumnRef(name)} = {QgsExpression.quotedString(value)}"
        for name, value in wanted.items()
        if value and table.fields().lookupField(name) >= 0
    ]
    if parts:
        request = QgsFeatureRequest().setFilterExpression(" OR ".join(parts)).setLimit(_MOST)
        yield from table.getFeatures(request)


def _lineage(layer: QgsVectorLayer, feature: QgsFeature) -> Iterator[Event]:
    code = _text(feature, "grid_code")
    for table in QgsProject.instance().mapLayers().values():
        if not isinstance(table, QgsVectorLayer):
            continue
        if not {"old_code", "new_code", "operation", "share"} <= set(table.fields().names()):
            continue
        for row in _rows(table, {"old_code": code, "new_code": code}):
            what = value_title("lineage", "operation", _text(row, "operation"))
            codes = (field_title("unit_grid", "grid_code"),)
            fields = ((*codes, _text(row, "old_code"), _text(row, "new_code")),)
            yield Event(_text(row, "date"), "", what, fields)


def _component(layer: QgsVectorLayer, feature: QgsFeature) -> Iterator[Event]:
    own = {name: _text(feature, name) for name in ("uuid", "component_code")}
    for row in _rows(component_history(QgsProject.instance()), own):
        name = _text(row, "field")
        old, new = _text(row, "old_value"), _text(row, "new_value")
        if name == DELETED:
            what = translate("Wangge", "Removed in the project")
        else:
            what = translate("Wangge", "Changed in the project")
            old, new = (value_title("component", name, v) for v in (old, new))
        title = translate("Wangge", "Shape") if name in (GEOMETRY, DELETED) else ""
        fields = ((title or field_title("component", name), old, new),)
        yield Event(_text(row, "changed_at"), _text(row, "changed_by"), what, fields)


def _risk(layer: QgsVectorLayer, feature: QgsFeature) -> Iterator[Event]:
    own = {"uuid": _text(feature, "uuid"), "risk_code": _text(feature, "risk_code")}
    for row in _rows(history_of(layer), own):
        fields = tuple(
            (field_title("risk", name), old, new)
            for name in ("level", "score", "scheme")
            for old, new in [
                (
                    value_title("risk", name, _text(row, f"old_{name}")),
                    value_title("risk", name, _text(row, f"new_{name}")),
                )
            ]
            if old != new
        )
        what = _text(row, "reason") or translate("Wangge", "Changed in the project")
        yield Event(_text(row, "changed_at"), _text(row, "changed_by"), what, fields)


class ReadHistory(QgsTask):
    """Asks the platform in the background; ``events`` or ``error`` hold the answer."""

    def __init__(self, connection: str, kind: str, code: str):
        super().__init__(translate("Wangge", "Reading history"), QgsTask.Flag.Silent)
        self._asked = connection, kind, code
        self.events: list[Event] = []
        self.error: WanggeError | None = None

    def run(self) -> bool:
        name, kind, code = self._asked
        try:
            # What the project noted is shown without the driver of the database too.
            from ...database.connection import connect
            from ...database.feature_history import read_feature_history

            connection = connect(name)
            try:
                self.events = platform_events(kind, read_feature_history(connection, kind, code))
            finally:
                connection.close()
        except WanggeError as error:
            self.error = error
        except ImportError:
            self.error = WanggeError(how_to_install(["psycopg2"]))
        return self.error is None
