"""Before a workshop: which risks, by which scheme, under which title."""

from __future__ import annotations

import datetime

from qgis.core import QgsMapLayerProxyModel, QgsProject, QgsVectorLayer
from qgis.gui import QgsMapLayerComboBox
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ...translation import translate
from ..shell.recognition import project_layers
from .scheme_box import SchemeBox


class SetupPage(QWidget):
    """Asks for layer, scheme, choice of risks and title."""

    started = pyqtSignal()
    resumed = pyqtSignal()

    def __init__(self, profile: str, parent: QWidget | None = None):
        super().__init__(parent)
        layout = QVBoxLayout(self)
        hint = QLabel(
            translate(
                "Wangge",
                "Go through the risk list together: everybody gives factors, the facilitator settles, "
                "the minutes write themselves. Nothing leaves the local network.",
            ),
            self,
        )
        hint.setWordWrap(True)
        layout.addWidget(hint)
        form = QFormLayout()
        layout.addLayout(form)
        self.layers = QgsMapLayerComboBox(self)
        self.layers.setObjectName("WanggeWorkshopLayer")
        self.layers.setFilters(QgsMapLayerProxyModel.Filter.VectorLayer)
        self.layers.layerChanged.connect(self._count)
        self.schemes = SchemeBox(profile, self)
        self.schemes.setObjectName("WanggeWorkshopScheme")
        self.which = QComboBox(self)
        self.which.setObjectName("WanggeWorkshopWhich")
        self.title = QLineEdit(self)
        self.title.setObjectName("WanggeWorkshopTitle")
        self.title.setMaxLength(80)
        self.title.setText(
            translate("Wangge", "Risk workshop") + f" {datetime.date.today().isoformat()}"
        )
        for text, widget in (
            (translate("Wangge", "&Risks"), self.layers),
            (translate("Wangge", "S&cheme"), self.schemes),
            (translate("Wangge", "&Agenda"), self.which),
            (translate("Wangge", "&Title"), self.title),
        ):
            widget.setAccessibleName(text.replace("&", ""))
            form.addRow(text, widget)
        self.start = QPushButton(translate("Wangge", "&Start the workshop"), self)
        self.start.setObjectName("WanggeWorkshopStart")
        self.start.clicked.connect(self.started)
        self.resume = QPushButton(translate("Wangge", "Continue an earlier workshop…"), self)
        self.resume.setObjectName("WanggeWorkshopResume")
        self.resume.clicked.connect(self.resumed)
        layout.addWidget(self.start)
        layout.addWidget(self.resume)
        layout.addStretch(1)
        self.offer()

    def offer(self) -> None:
        """Offer the project's risk lists, and of the other layers none."""
        ours = project_layers().get("risk", [])
        others = [
            layer
            for layer in QgsProject.instance().mapLayers().values()
            if isinstance(layer, QgsVectorLayer) and layer not in ours
        ]
        self.layers.setExceptedLayerList(others)
        if ours and self.layers.currentLayer() not in ours:
            self.layers.setLayer(ours[0])
        self._count()

    def layer(self) -> QgsVectorLayer | None:
        """Return the risk list chosen."""
        return self.layers.currentLayer()

    def only_selected(self) -> bool:
        """Return whether only the selected risks are talked about."""
        return self.which.currentData() == "selected"

    def _count(self, *_ignored) -> None:
        layer = self.layer()
        before = self.which.currentData()
        self.which.clear()
        self.which.addItem(translate("Wangge", "All open risks, the worst first"), "open")
        selected = layer.selectedFeatureCount() if layer is not None else 0
        if selected:
            text = translate("Wangge", "Selected risks ({count})").format(count=selected)
            self.which.addItem(text, "selected")
            self.which.setCurrentIndex(self.which.findData(before or "selected"))
        self.start.setEnabled(layer is not None)
        self.resume.setEnabled(layer is not None)
        if layer is not None and layer is not getattr(self, "_watched", None):
            self._watched = layer
            layer.selectionChanged.connect(self._count)
