"""New components, one after the other; one that stands near another waits for a word."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from qgis.core import QgsFeature, QgsGeometry, QgsProject, QgsVectorLayer

from ...errors import WanggeError
from ...layers.component_entry import add_component, near_components, new_component
from ...standards.component_class import ComponentClass
from ...translation import translate
from .panel_widgets import PanelWidgets
from .place_tool import PlaceTool


class Setting:
    """Makes components where the tool says, asks about near duplicates, adds them."""

    def __init__(
        self,
        iface,
        widgets: PanelWidgets,
        tool: PlaceTool,
        added: Callable[[QgsVectorLayer], object],
    ):
        self._iface = iface
        self._widgets = widgets
        self._tool = tool
        self._added = added
        self._pending: tuple[QgsVectorLayer, QgsFeature, ComponentClass] | None = None

    def place(
        self,
        geometry: QgsGeometry,
        layer: QgsVectorLayer,
        chosen: ComponentClass,
        layers: Iterable[QgsVectorLayer],
    ) -> None:
        """Set a component of a class; ``layers`` are searched for near ones."""
        if self._pending is not None:
            raise WanggeError(translate("Wangge", "Decide about the last component first."))
        feature = new_component(layer, geometry, chosen, self._widgets.given.values())
        distance = self._widgets.distance.value()
        near = near_components(layers, geometry, layer, chosen.code, distance)
        if not near:
            self._add(layer, feature, chosen)
            return
        self._pending = (layer, feature, chosen)
        other = QgsProject.instance().mapLayer(near[0].layer_id)
        self._tool.show_near(near[0].layer_id, other.getFeature(near[0].feature_id).geometry())
        self._widgets.near.ask(near)

    def keep(self) -> None:
        """Save the one that waits."""
        if self._pending is not None:
            pending, self._pending = self._pending, None
            self._clear()
            self._add(*pending)

    def drop(self) -> None:
        """Forget the one that waits."""
        self._pending = None
        self._clear()

    def _clear(self) -> None:
        had = self._widgets.near.isVisible()
        self._widgets.near.hide()
        self._tool.hide_near()
        if had and self._iface.mapCanvas().mapTool() is self._tool:
            self._iface.mapCanvas().setFocus()

    def _add(self, layer: QgsVectorLayer, feature: QgsFeature, chosen: ComponentClass) -> None:
        title = translate("Wangge", "Set {name}").format(name=chosen.name)
        add_component(layer, feature, title)
        parts = [
            str(feature[name])
            for name in ("component_name", "component_code", "grid_code")
            if layer.fields().lookupField(name) >= 0 and feature[name]
        ]
        what = " · ".join(parts)
        self._widgets.done.setText(translate("Wangge", "Set: {what}").format(what=what))
        layer.triggerRepaint()
        self._added(layer)
        if self._widgets.form.isChecked():
            self._iface.openFeatureForm(layer, feature, False)
