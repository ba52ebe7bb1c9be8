"""The component panel's controls: class, kind, values, selection, what was done."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.gui import QgsCollapsibleGroupBox
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...standards.spec import Geometry
from ...translation import translate
from .class_search import ClassSearch
from .near_card import NearCard
from .value_rows import ValueRows

#: Fields that new components can be given beforehand.
GIVEN = ("status", "authority_code", "owner_code", "maintainer_code", "source", "surveyor")
#: Fields that a selection can be given.
CHANGED = (*GIVEN, "accuracy")


class PanelWidgets(QWidget):
    """Everything in the panel; it decides nothing."""

    def __init__(self, iface, parent: QWidget):
        super().__init__(parent)
        self.search = ClassSearch(self)
        self.current = QLabel(self)
        self.current.setObjectName("WanggeCurrentClass")
        self.current.setWordWrap(True)
        self.hint = QLabel(self)
        self.hint.setObjectName("WanggeCensusHint")
        self.hint.setWordWrap(True)
        self.hint.hide()
        self.near = NearCard(self)
        self.tabs = QTabWidget(self)
        self.tabs.setObjectName("WanggeCensusTabs")
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self._new(iface), translate("Wangge", "New"))
        self.tabs.addTab(self._selection(iface), translate("Wangge", "Selection"))
        self.done = QLabel(self)
        self.done.setObjectName("WanggeCensusDone")
        self.done.setAccessibleName(translate("Wangge", "Last step"))
        self.done.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.setSpacing(4)
        layout.addWidget(self.hint)
        layout.addWidget(self.search, 1)
        layout.addWidget(self.current)
        layout.addWidget(self.near)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(self.done)
        layout.addLayout(self._ends())

    def _new(self, iface) -> QWidget:
        page = QWidget(self)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 6, 0, 0)
        row = QHBoxLayout()
        self.place = QPushButton(translate("Wangge", "Set on the map"), page)
        self.place.setObjectName("WanggePlace")
        self.place.setCheckable(True)
        row.addWidget(self.place, 1)
        self.kinds = QButtonGroup(page)
        self.kind_buttons: dict[Geometry, QToolButton] = {}
        for kind, picture, text in (
            (Geometry.POINT, "/mActionCapturePoint.svg", translate("Wangge", "Point")),
            (Geometry.LINE, "/mActionCaptureLine.svg", translate("Wangge", "Line")),
            (Geometry.POLYGON, "/mActionCapturePolygon.svg", translate("Wangge", "Area")),
        ):
            button = QToolButton(page)
            button.setObjectName(f"WanggeKind_{kind.value}")
            button.setIcon(QgsApplication.getThemeIcon(picture))
            button.setToolTip(text)
            button.setAccessibleName(text)
            button.setCheckable(True)
            self.kinds.addButton(button)
            self.kind_buttons[kind] = button
            row.addWidget(button)
        layout.addLayout(row)
        self.middle = QPushButton(translate("Wangge", "Set in the middle of the map"), page)
        self.middle.setObjectName("WanggePlaceMiddle")
        self.middle.setShortcut("Ctrl+Return")
        self.middle.setToolTip(self.middle.shortcut().toString())
        layout.addWidget(self.middle)
        near = QHBoxLayout()
        label = QLabel(translate("Wangge", "Ask when one of the class is within"), page)
        label.setWordWrap(True)
        self.distance = QDoubleSpinBox(page)
        self.distance.setObjectName("WanggeNearDistance")
        self.distance.setAccessibleName(label.text())
        self.distance.setRange(0.0, 50.0)
        self.distance.setSingleStep(0.5)
        self.distance.setValue(1.0)
        self.distance.setSuffix(" m")
        label.setBuddy(self.distance)
        near.addWidget(label, 1)
        near.addWidget(self.distance)
        layout.addLayout(near)
        self.form = QCheckBox(translate("Wangge", "Open the form after each"), page)
        self.form.setObjectName("WanggeOpenForm")
        layout.addWidget(self.form)
        self.more = QgsCollapsibleGroupBox(translate("Wangge", "Values for new components"), page)
        self.more.setObjectName("WanggeGivenValues")
        self.more.setCollapsed(True)
        inner = QVBoxLayout(self.more)
        self.given = ValueRows(iface, "WanggeGiven", GIVEN, self.more)
        inner.addWidget(self.given)
        layout.addWidget(self.more)
        layout.addStretch(1)
        return _scrolled(page, self)

    def _selection(self, iface) -> QWidget:
        page = QWidget(self)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 6, 0, 0)
        self.selected = QLabel(page)
        self.selected.setObjectName("WanggeSelected")
        self.selected.setWordWrap(True)
        layout.addWidget(self.selected)
        self.change_class = QCheckBox(page)
        self.change_class.setObjectName("WanggeChangeClass")
        layout.addWidget(self.change_class)
        self.changed = ValueRows(iface, "WanggeChanged", CHANGED, page)
        layout.addWidget(self.changed)
        self.apply = QPushButton(translate("Wangge", "Change the selected"), page)
        self.apply.setObjectName("WanggeApply")
        layout.addWidget(self.apply)
        layout.addStretch(1)
        return _scrolled(page, self)

    def _ends(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.undo = QToolButton(self)
        self.undo.setObjectName("WanggeUndo")
        self.undo.setIcon(QgsApplication.getThemeIcon("/mActionUndo.svg"))
        self.undo.setText(translate("Wangge", "Undo"))
        self.undo.setAccessibleName(self.undo.text())
        self.undo.setToolTip(self.undo.text())
        self.save = QPushButton(
            QgsApplication.getThemeIcon("/mActionSaveAllEdits.svg"),
            translate("Wangge", "Save"),
            self,
        )
        self.save.setObjectName("WanggeSave")
        row.addWidget(self.undo)
        row.addStretch(1)
        row.addWidget(self.save)
        return row

    def kind(self) -> Geometry | None:
        """Return the kind of geometry that is chosen."""
        return next((k for k, b in self.kind_buttons.items() if b.isChecked()), None)


def _scrolled(page: QWidget, parent: QWidget) -> QScrollArea:
    area = QScrollArea(parent)
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    # A window of 800 pixels has to hold the panel with the question about a near duplicate.
    area.setMinimumHeight(parent.fontMetrics().height() * 7)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(page)
    return area
