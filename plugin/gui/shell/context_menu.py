"""What the right mouse button offers on a cell, a component or a risk."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsFeature,
    QgsFeatureRequest,
    QgsGeometry,
    QgsProcessingFeatureSourceDefinition,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent
from qgis.PyQt.QtWidgets import QMenu

from ...standards.layers import LAYERS
from ...translation import translate
from ..database.history_dialog import HistoryDialog
from ..database.platform_layer import show_in_platform
from .connections import Connections
from .messages import Messages
from .recognition import project_layers
from .running import Runner
from .showing import show_geometry
from .subjects import icon

# Points first: they lie on top of the cells.
_KINDS = (("risk", "risk"), ("component", "census"), ("unit_grid", "grid"))
_MOST = 3
_PIXELS = 6


class _Place:
    # The rectangle around the cursor in a layer's coordinates.
    def __init__(self, canvas: QgsMapCanvas, event: QgsMapMouseEvent):
        self._canvas = canvas
        point = event.mapPoint()
        reach = _PIXELS * canvas.mapUnitsPerPixel()
        self._box = QgsRectangle(
            point.x() - reach, point.y() - reach, point.x() + reach, point.y() + reach
        )
        self._point = point

    def request(self, layer: QgsVectorLayer) -> QgsFeatureRequest:
        settings = self._canvas.mapSettings()
        box = settings.mapToLayerCoordinates(layer, self._box)
        if layer.geometryType() == Qgis.GeometryType.Polygon:
            point = QgsGeometry.fromPointXY(settings.mapToLayerCoordinates(layer, self._point))
            box = point.boundingBox()
            box.grow(1e-9)
        request = QgsFeatureRequest(box)
        request.setFlags(QgsFeatureRequest.Flag.ExactIntersect)
        return request.setLimit(_MOST)


class ContextMenu:
    """Adds Wangge's entries to the menu of the map."""

    def __init__(
        self,
        iface,
        messages: Messages,
        runner: Runner,
        show_findings: Callable,
        connection: Callable[[], str],
    ):
        self._iface = iface
        self._canvas: QgsMapCanvas = iface.mapCanvas()
        self._messages = messages
        self._runner = runner
        self._show_findings = show_findings
        self._connection = connection
        self._connections = Connections()
        self._connections.connect(self._canvas.contextMenuAboutToShow, self.fill)

    def remove(self) -> None:
        """Leave the map's menu alone again."""
        self._connections.remove()

    def fill(self, menu: QMenu, event: QgsMapMouseEvent) -> None:
        """Add entries for what lies under the cursor."""
        place = _Place(self._canvas, event)
        shown = set(self._canvas.layers())
        began = False
        for kind, picture in _KINDS:
            for layer in project_layers().get(kind, []):
                if layer not in shown:
                    continue
                for feature in layer.getFeatures(place.request(layer)):
                    if not began:
                        menu.addSeparator()
                        began = True
                    self._add(menu, kind, picture, layer, feature)

    def _add(self, menu: QMenu, kind: str, picture: str, layer, feature: QgsFeature) -> None:
        key = LAYERS[kind].key
        place = layer.fields().lookupField(key)
        code = str(feature.attribute(place) or "") if place >= 0 else ""
        identity = feature.id()
        entry = menu.addMenu(icon(picture), f"{LAYERS[kind].title} {code}".strip())
        entry.setObjectName(f"WanggeContext_{kind}")

        def add(name: str, text: str, slot: Callable[[], object]) -> None:
            action = entry.addAction(text)
            action.setObjectName(f"WanggeContext_{name}")
            action.triggered.connect(lambda _checked=False: self._attempt(slot))

        add("zoom", translate("Wangge", "Show on the map"), lambda: self._zoom(layer, identity))
        add("form", translate("Wangge", "Open form"), lambda: self._form(layer, identity))
        if code:
            copy = translate("Wangge", "Copy code {code}").format(code=code)
            add("copy", copy, lambda: QgsApplication.clipboard().setText(code))
            add(
                "findings",
                translate("Wangge", "Findings on this feature"),
                lambda: self._show_findings(code),
            )
            add(
                "history",
                translate("Wangge", "Open history"),
                lambda: self._history(kind, layer, identity),
            )
            add(
                "platform",
                translate("Wangge", "Show in the platform"),
                lambda: show_in_platform(self._iface, self._connection(), kind, code),
            )
        if kind == "unit_grid":
            add(
                "pack",
                translate("Wangge", "Pack this cell for the field…"),
                lambda: self._pack(layer, identity),
            )

    def _attempt(self, slot: Callable[[], object]) -> None:
        try:
            slot()
        except Exception as error:
            self._messages.report(error)

    def _zoom(self, layer: QgsVectorLayer, identity: int) -> None:
        layer.selectByIds([identity])
        show_geometry(self._canvas, layer.getFeature(identity).geometry(), layer.crs())

    def _form(self, layer: QgsVectorLayer, identity: int) -> None:
        self._iface.openFeatureForm(layer, layer.getFeature(identity), False, False)

    def _history(self, kind: str, layer: QgsVectorLayer, identity: int) -> None:
        window = self._iface.mainWindow()
        feature = layer.getFeature(identity)
        HistoryDialog(kind, layer, feature, self._connection(), window).show()

    def _pack(self, layer: QgsVectorLayer, identity: int) -> None:
        layer.selectByIds([identity])
        given: dict[str, object] = {"GRIDS": QgsProcessingFeatureSourceDefinition(layer.id(), True)}
        for parameter, name in (
            ("INPUT", "component"),
            ("DEPARTMENTS", "department"),
            ("COMMUNITIES", "community"),
        ):
            if found := project_layers().get(name):
                given[parameter] = found[0].id()
        self._runner.open("wangge:pack_field_packages", given)
