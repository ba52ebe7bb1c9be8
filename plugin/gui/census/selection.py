"""The selected components, changed at once."""

from __future__ import annotations

from collections.abc import Collection

from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import QLocale, Qt
from qgis.PyQt.QtWidgets import QApplication

from ...errors import WanggeError
from ...layers.component_editing import change_components
from ...standards.component_class import ComponentClass
from ...translation import translate
from .panel_widgets import PanelWidgets

# From here on the pointer shows that it takes a moment: half a millisecond each.
_MANY = 400


def selected(layers: Collection[QgsVectorLayer]) -> dict[QgsVectorLayer, list[int]]:
    """Return the selected ids of the layers that have any."""
    return {one: one.selectedFeatureIds() for one in layers if one.selectedFeatureCount()}


def change_selected(
    widgets: PanelWidgets, layers: Collection[QgsVectorLayer], chosen: ComponentClass | None
) -> list[QgsVectorLayer]:
    """Give the selected components the ticked values, each layer in one step.

    Returns
    -------
    list of QgsVectorLayer
        Those in which something changed.
    """
    found, values = selected(layers), widgets.changed.values()
    wanted = chosen if widgets.change_class.isChecked() else None
    if not found or not (values or wanted):
        raise WanggeError(
            translate("Wangge", "Select components on the map and tick what is to change.")
        )
    touched, changed = [], 0
    for layer, ids in found.items():
        title = translate("Wangge", "Change {count} components").format(
            count=QLocale().toString(len(ids))
        )
        is_long = len(ids) > _MANY
        if is_long:
            QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            done = change_components(layer, ids, values, title, chosen=wanted, siblings=layers)
        finally:
            if is_long:
                QApplication.restoreOverrideCursor()
        if done:
            touched.append(layer)
            layer.triggerRepaint()
        changed += done
    widgets.changed.untick()
    widgets.change_class.setChecked(False)
    widgets.done.setText(
        translate("Wangge", "Changed components: {count}").format(count=QLocale().toString(changed))
    )
    return touched
