"""Values for many components: the inputs of the form, each with a tick that says whether it counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.core import QgsVectorLayer
from qgis.gui import QgsAttributeEditorContext, QgsEditorWidgetWrapper, QgsGui
from qgis.PyQt import sip
from qgis.PyQt.QtWidgets import QCheckBox, QGridLayout, QWidget


class ValueRows(QWidget):
    """One row a field; changing a value ticks it."""

    def __init__(self, iface, title: str, names: Sequence[str], parent: QWidget):
        super().__init__(parent)
        self.setObjectName(title)
        self._iface = iface
        self._names = tuple(names)
        self._body: QWidget | None = None
        self._layer_id = ""
        self._rows: dict[str, tuple[QCheckBox, QgsEditorWidgetWrapper]] = {}
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    def show_layer(self, layer: QgsVectorLayer | None) -> None:
        """Show the inputs of a layer; the same layer again changes nothing."""
        wanted = layer.id() if layer is not None else ""
        if wanted == self._layer_id:
            return
        self.clear()
        self._layer_id = wanted
        if layer is None:
            return
        self._body = QWidget(self)
        rows = QGridLayout(self._body)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setColumnStretch(1, 1)
        context = QgsAttributeEditorContext()
        context.setVectorLayerTools(self._iface.vectorLayerTools())
        context.setMapCanvas(self._iface.mapCanvas())
        for name in self._names:
            index = layer.fields().lookupField(name)
            if index < 0:
                continue
            tick = QCheckBox(layer.attributeDisplayName(index), self._body)
            tick.setObjectName(f"{self.objectName()}Tick_{name}")
            registry = QgsGui.editorWidgetRegistry()
            setup = registry.findBest(layer, name)
            wrapper = registry.create(setup.type(), layer, index, setup.config(), None, self._body)
            wrapper.setContext(context)
            widget = wrapper.widget()
            widget.setObjectName(f"{self.objectName()}_{name}")
            widget.setAccessibleName(tick.text())
            wrapper.setValues(None, [])
            wrapper.setEnabled(True)
            row = rows.rowCount()
            rows.addWidget(tick, row, 0)
            rows.addWidget(widget, row, 1)
            wrapper.valuesChanged.connect(lambda *_a, tick=tick: tick.setChecked(True))
            self._rows[name] = (tick, wrapper)
        self._layout.addWidget(self._body)

    def clear(self) -> None:
        """Take the inputs away at once: their layer may go next."""
        self._rows.clear()
        self._layer_id = ""
        if self._body is not None and not sip.isdeleted(self._body):
            sip.delete(self._body)
        self._body = None

    def values(self) -> dict[str, Any]:
        """Return field -> value of the ticked rows."""
        return {
            name: wrapper.value()
            for name, (tick, wrapper) in self._rows.items()
            if tick.isChecked()
        }

    def set_value(self, name: str, value: Any) -> None:
        """Enter a value, as typing it would."""
        tick, wrapper = self._rows[name]
        wrapper.setValues(value, [])
        tick.setChecked(True)

    def untick(self) -> None:
        """Let no row count."""
        for tick, _ in self._rows.values():
            tick.setChecked(False)
