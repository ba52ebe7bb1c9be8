"""The history of one feature: what the project noted and what the platform keeps."""

from __future__ import annotations

from qgis.core import QgsApplication, QgsFeature, QgsVectorLayer
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...standards.layers import LAYERS
from ...translation import translate
from .history_reading import Event, ReadHistory, project_events

# QGIS's task manager keeps no Python object alive; a dialog may go before its task ends.
_running: set[ReadHistory] = set()


class HistoryDialog(QDialog):
    """Shows the changes of a feature, the newest first; it blocks nothing.

    Parameters
    ----------
    kind : str
    layer : QgsVectorLayer
    feature : QgsFeature
    connection : str
        Name of the platform's connection; only the project is asked when empty.
    parent : QWidget, optional
    """

    def __init__(
        self,
        kind: str,
        layer: QgsVectorLayer,
        feature: QgsFeature,
        connection: str,
        parent: QWidget | None = None,
    ):
        super().__init__(parent)
        self.setObjectName("WanggeHistory")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        spec = LAYERS[kind]
        place = feature.fields().lookupField(spec.key)
        code = str(feature.attribute(place) or "") if place >= 0 else ""
        self.setWindowTitle(
            translate("Wangge", "History: {title} {code}").format(title=spec.title, code=code)
        )
        self.tree = QTreeWidget(self)
        self.tree.setObjectName("WanggeHistoryTree")
        self.tree.setAccessibleName(translate("Wangge", "Changes, the newest first"))
        self.tree.setHeaderLabels(
            [
                translate("Wangge", "When"),
                translate("Wangge", "What"),
                translate("Wangge", "Before"),
                translate("Wangge", "After"),
                translate("Wangge", "By"),
            ]
        )
        self.tree.setAlternatingRowColors(True)
        self.said = QLabel(self)
        self.said.setObjectName("WanggeHistorySaid")
        self.said.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.tree)
        layout.addWidget(self.said)
        layout.addWidget(buttons)
        self.resize(900, 400)
        self._own = project_events(kind, layer, feature)
        self._show(self._own)
        if connection and code:
            self._ask(connection, kind, code)
        else:
            self.said.setText(
                translate(
                    "Wangge",
                    "Only the project was asked. Choose the platform's connection in the options "
                    "to see its history too.",
                )
            )

    def _ask(self, connection: str, kind: str, code: str) -> None:
        self.said.setText(translate("Wangge", "The platform is being asked…"))
        task = ReadHistory(connection, kind, code)
        _running.add(task)

        def answered() -> None:
            _running.discard(task)
            if not sip.isdeleted(self):
                self._answered(task)

        task.taskCompleted.connect(answered)
        task.taskTerminated.connect(answered)
        QgsApplication.taskManager().addTask(task)

    def _answered(self, task: ReadHistory) -> None:
        if task.error is not None:
            self.said.setText(task.error.message)
            return
        found = sorted([*self._own, *task.events], key=lambda event: event.at, reverse=True)
        self._show(found)
        self.said.setText(
            translate("Wangge", "Changes: {count}").format(count=len(found))
            if found
            else translate("Wangge", "Nothing is known of earlier changes.")
        )

    def _show(self, events: list[Event]) -> None:
        self.tree.clear()
        for event in events:
            item = QTreeWidgetItem([event.at, event.what, "", "", event.by])
            for name, before, after in event.fields:
                below = QTreeWidgetItem(["", name, before, after, ""])
                below.setToolTip(2, before)
                below.setToolTip(3, after)
                item.addChild(below)
            self.tree.addTopLevelItem(item)
            # What a first push brought is every field: it opens on demand.
            item.setExpanded(len(event.fields) <= 8)
        header = self.tree.header()
        for column in range(4):
            self.tree.resizeColumnToContents(column)
            self.tree.setColumnWidth(column, min(self.tree.columnWidth(column), 240))
        header.setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
