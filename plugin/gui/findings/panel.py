"""The findings panel: go through what a check found, one by one, and settle it."""

from __future__ import annotations

import datetime
from contextlib import suppress

from qgis.core import Qgis, QgsApplication, QgsGeometry, QgsProject, QgsVectorLayer
from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import Qt, QTimer, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QAbstractItemView

from ...errors import WanggeError
from ...settings import Settings
from ...translation import translate
from ..shell.connections import Connections
from ..shell.messages import Messages
from ..shell.showing import show_geometry
from .accepting import AcceptDialog, accept_findings, mark_fixed, reopen_findings
from .fixing import fix_rows, layer_of
from .model import FindingModel, Grouping
from .reading import FindingRow, FindingTable, ReadFindings
from .touched import Touched
from .widgets import PanelWidgets

#: Property of a findings layer that keeps where its report lies.
REPORT_PROPERTY = "wangge/report"


class FindingsPanel(QgsDockWidget):
    """Lists the findings of a layer; filters, shows on the map, accepts, opens again."""

    counted = pyqtSignal(str, int)
    #: Name of the layer's description, id of the findings layer, and id of the checked layer
    #: where only its selected features are to be checked.
    check_wanted = pyqtSignal(str, str, str)

    def __init__(self, iface, messages: Messages, settings: Settings):
        super().__init__(translate("Wangge", "Findings"), iface.mainWindow())
        self.setObjectName("WanggeFindings")
        self._iface = iface
        self._messages = messages
        self._settings = settings
        self._layer: QgsVectorLayer | None = None
        self._table = FindingTable()
        self._task: ReadFindings | None = None
        self._of_layer = Connections()
        self._touched = Touched(self._show_touched)
        self._reload_later = QTimer(self)
        self._reload_later.setSingleShot(True)
        self._reload_later.setInterval(300)
        self._reload_later.timeout.connect(self.reload)
        self.widgets = PanelWidgets(self)
        self.model = FindingModel(self)
        self.widgets.tree.setModel(self.model)
        self.setWidget(self.widgets)
        self._connect()
        self._show()

    def _connect(self) -> None:
        w = self.widgets
        w.layers.currentIndexChanged.connect(self._choose)
        w.filter_changed.connect(self._show)
        w.tree.selectionModel().currentChanged.connect(self._current_changed)
        w.tree.activated.connect(self._activated)
        w.tree.clicked.connect(self._activated)
        w.previous.triggered.connect(lambda: self.go(-1))
        w.next.triggered.connect(lambda: self.go(1))
        w.zoom.triggered.connect(self.show_current)
        w.fix.triggered.connect(self.fix)
        w.again.triggered.connect(self.check_again)
        w.touched.triggered.connect(self.check_touched)
        w.accept.triggered.connect(self.ask_and_accept)
        w.reopen.triggered.connect(self.reopen)
        w.report.triggered.connect(self.open_report)

    # -- layers ----------------------------------------------------------------------------

    def offer(self, layers: list[QgsVectorLayer]) -> None:
        """Offer the project's findings layers; a new one is shown at once."""
        box = self.widgets.layers
        known = {box.itemData(i) for i in range(box.count())}
        fresh = [layer.id() for layer in layers if layer.id() not in known]
        wanted = fresh[0] if fresh else box.currentData()
        box.blockSignals(True)
        box.clear()
        for layer in layers:
            box.addItem(layer.name(), layer.id())
        box.setCurrentIndex(max(0, box.findData(wanted)) if layers else -1)
        box.blockSignals(False)
        self._choose()

    def show_layer(self, layer_id: str) -> None:
        """Choose a layer and bring the panel to the front."""
        index = self.widgets.layers.findData(layer_id)
        if index >= 0:
            self.widgets.layers.setCurrentIndex(index)
        self.setUserVisible(True)

    def search_for(self, code: str) -> None:
        """Show what was found on one feature."""
        self.setUserVisible(True)
        self.widgets.search.setText(code)
        self._show()

    def _choose(self, *_ignored) -> None:
        layer = QgsProject.instance().mapLayer(self.widgets.layers.currentData() or "")
        if layer is self._layer and layer is not None:
            return
        self._of_layer.remove()
        self._layer = layer
        if layer is None:
            self._taken(None)
            return
        for signal in (layer.attributeValueChanged, layer.featureDeleted, layer.editingStopped):
            self._of_layer.connect(signal, self._wake, sender=layer)
        self.reload()

    def _wake(self, *_ignored) -> None:
        self._reload_later.start()

    def reload(self) -> None:
        """Read the layer again, in the background."""
        self._cancel()
        if self._layer is None:
            return
        title = translate("Wangge", "Reading findings")
        layer_id = self._layer.id()
        self._task = ReadFindings(self._layer, title, lambda t: self._read(layer_id, t))
        QgsApplication.taskManager().addTask(self._task)

    def _cancel(self) -> None:
        if self._task is not None:
            # The task may be over, and gone with Qt's half of it.
            with suppress(RuntimeError):
                self._task.cancel()
            self._task = None

    def _read(self, layer_id: str, table: FindingTable | None) -> None:
        if table is None or self._layer is None or self._layer.id() != layer_id:
            return
        self._task = None
        self._taken(table)
        self.counted.emit(layer_id, table.open_errors)

    def _taken(self, table: FindingTable | None) -> None:
        self._table = table or FindingTable()
        if self._layer is not None:
            self._touched.watch(self._layer.id(), {row.layer for row in self._table.rows})
        self._show_touched()
        self._show()

    def stop(self) -> None:
        """Let go of layer and task before the panel is taken away."""
        self._reload_later.stop()
        self._of_layer.remove()
        self._touched.stop()
        self._cancel()
        self._layer = None

    # -- the list --------------------------------------------------------------------------

    def _show(self, *_ignored) -> None:
        current = self.current()
        self.model.show(self._table, self.widgets.wanted(), self.widgets.grouping())
        self.widgets.show_counts(self._table, self.model.shown)
        if self.model.rowCount() == 1 or self.widgets.grouping() is Grouping.SEVERITY:
            self.widgets.tree.expandToDepth(0)
        if current is not None:
            self.widgets.tree.setCurrentIndex(self.model.index_of(current.id))
        self._current_changed()

    def current(self) -> FindingRow | None:
        """Return the finding in focus, None when there is none."""
        return self.model.row_at(self.widgets.tree.currentIndex())

    def selected(self) -> list[FindingRow]:
        """Return the selected findings; a group stands for all of its own."""
        return self.model.rows_under(self.widgets.tree.selectionModel().selectedIndexes())

    def go(self, step: int) -> None:
        """Go to the next or previous finding and show it."""
        tree = self.widgets.tree
        index = self.model.neighbour(tree.currentIndex(), step)
        if index.isValid():
            tree.setCurrentIndex(index)
            tree.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
            self.show_current()

    def _current_changed(self, *_ignored) -> None:
        self.widgets.show_finding(self.current(), self._table.titles, self.selected())
        self.widgets.again.setEnabled(bool(self._table.rows))
        report = self._layer is not None and self._layer.customProperty(REPORT_PROPERTY)
        self.widgets.report.setEnabled(bool(report))

    def _activated(self, index) -> None:
        if self.model.row_at(index) is not None:
            self.show_current()

    # -- what people do --------------------------------------------------------------------

    def show_current(self) -> None:
        """Zoom to the finding in focus, flash it and select the row it is about."""
        row = self.current()
        if row is None or self._layer is None:
            return
        try:
            offender = self._select_offender(row)
            # The gap or overlap itself, or the whole cell, rather than a point in it.
            geometry, crs = (
                self._spot(row)
                or offender
                or (
                    self._layer.getFeature(row.id).geometry(),
                    self._layer.crs(),
                )
            )
            show_geometry(self._iface.mapCanvas(), geometry, crs)
        except Exception as error:
            self._messages.report(error)

    def _spot(self, row: FindingRow):
        feature = self._layer.getFeature(row.id)
        place = feature.fieldNameIndex("shape")
        geometry = QgsGeometry.fromWkt(str(feature[place] or "")) if place >= 0 else QgsGeometry()
        return None if geometry.isEmpty() else (geometry, self._layer.crs())

    def _select_offender(self, row: FindingRow):
        # By feature id, which is quick; by key it would mean a search through millions.
        layer = layer_of(row)
        if layer is None:
            return None
        identity = int(row.feature_id)
        layer.selectByIds([identity], Qgis.SelectBehavior.SetSelection)
        if layer.geometryType() != Qgis.GeometryType.Polygon:
            return None
        return layer.getFeature(identity).geometry(), layer.crs()

    def fix(self) -> None:
        """Apply what the selected findings suggest, as one edit command for each layer."""
        try:
            settled = fix_rows(self.selected())
            if settled and self._layer is not None:
                mark_fixed(self._layer, settled)
        except WanggeError as error:
            self._messages.report(error)
            return
        if settled:
            self._messages.done(
                translate(
                    "Wangge",
                    "Fixes applied: {count}. Look at them, then save the layer or undo.",
                ).format(count=len(settled))
            )
        else:
            self._messages.warn(
                translate(
                    "Wangge",
                    "No fix was applied: the values have changed since the check, or the checked "
                    "layer is not in the project. Check again.",
                )
            )

    def check_again(self) -> None:
        """Ask for the check to be run again; what was accepted stays so."""
        if (kind := self._kind()) and self._layer is not None:
            self.check_wanted.emit(kind, self._layer.id(), "")

    def check_touched(self) -> None:
        """Select what was edited since the check and ask for a check of that alone."""
        layer = self._touched.layer_of(self._kind())
        if layer is not None and self._layer is not None:
            self._touched.select(layer)
            self.check_wanted.emit(self._kind(), self._layer.id(), layer.id())

    def _kind(self) -> str:
        kinds = [row.layer for row in self._table.rows]
        return max(set(kinds), key=kinds.count, default="")

    def _show_touched(self) -> None:
        self.widgets.touched.setEnabled(self._touched.layer_of(self._kind()) is not None)

    def ask_and_accept(self) -> None:
        """Ask who accepts the selected findings and why, then write it."""
        rows = self.selected()
        if not rows:
            return
        dialog = AcceptDialog(len(rows), self._settings.person.value(), self)
        if dialog.exec() == AcceptDialog.DialogCode.Accepted:
            self.accept(*dialog.values())
        dialog.deleteLater()

    def accept(self, person: str, reason: str) -> None:
        """Accept the selected findings."""
        ids = [row.id for row in self.selected()]
        today = datetime.date.today()
        try:
            accept_findings(self._layer, ids, person=person, reason=reason, date=today)
            self._settings.person.setValue(person)
        except WanggeError as error:
            self._messages.report(error)

    def reopen(self) -> None:
        """Open the selected findings again."""
        try:
            reopen_findings(self._layer, [row.id for row in self.selected()])
        except WanggeError as error:
            self._messages.report(error)

    def open_report(self) -> None:
        """Open the report that was written with these findings."""
        path = self._layer.customProperty(REPORT_PROPERTY) if self._layer else ""
        if path:
            QDesktopServices.openUrl(QUrl.fromLocalFile(path))

    def keyPressEvent(self, event):  # noqa: N802
        if event.key() == Qt.Key.Key_N:
            self.go(1)
        elif event.key() == Qt.Key.Key_P:
            self.go(-1)
        else:
            super().keyPressEvent(event)
