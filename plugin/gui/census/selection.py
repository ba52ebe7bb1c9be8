"""The selected components, changed at once."""

from __future__ import annotations

from collections.abc import Collection

from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import QLocale, Qt
from qgis.PyQt.QtWidgets import QProgressDialog, QWidget

from ...errors import WanggeError
from ...layers.component_editing import change_components
from ...standards.component_class import ComponentClass
from ...translation import translate
from .panel_widgets import PanelWidgets

# Shorter changes are over before anybody could read what a dialog says.
_PATIENCE = 600


class DialogProgress:
    """Shows progress in a dialog that can be cancelled; the window goes on reacting."""

    def __init__(self, title: str, parent: QWidget):
        self._dialog = QProgressDialog(title, translate("Wangge", "Cancel"), 0, 100, parent)
        self._dialog.setObjectName("WanggeChanging")
        self._dialog.setWindowModality(Qt.WindowModality.WindowModal)
        self._dialog.setMinimumDuration(_PATIENCE)

    def report(self, fraction: float) -> None:
        """Show how much is done."""
        self._dialog.setValue(int(100 * fraction))

    def tell(self, message: str) -> None:
        """Show what is being done."""
        self._dialog.setLabelText(message)

    def warn(self, message: str) -> None:
        """Show what deserves attention."""
        self._dialog.setLabelText(message)

    def is_cancelled(self) -> bool:
        """Return True once the user has cancelled."""
        return self._dialog.wasCanceled()

    def close(self) -> None:
        """Take the dialog away."""
        self._dialog.reset()
        self._dialog.deleteLater()


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
        progress = DialogProgress(title, widgets)
        try:
            done = change_components(
                layer, ids, values, title, chosen=wanted, siblings=layers, progress=progress
            )
        finally:
            progress.close()
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
