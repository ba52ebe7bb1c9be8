"""What the census adds to the window: the component panel and the conflict window."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QAction, QDockWidget

from ...translation import translate
from ..shell.connections import Connections
from ..shell.rooms import Desk
from ..shell.subjects import icon
from .conflict_panel import MERGE, ConflictPanel
from .panel import ComponentsPanel

# Of the conflict window at first, in pixels: some ten rows, most of the height for the map.
_HEIGHT = 250


class CensusRoom:
    """The component panel; the conflict window once it is wanted."""

    def __init__(self, desk: Desk):
        self._iface, self._desk = desk.iface, desk
        self.conflicts: ConflictPanel | None = None
        self._connections = Connections()
        self.panel = ComponentsPanel(desk.iface, desk.messages)
        self._iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.panel)
        text = translate("Wangge", "Component panel")
        action = QAction(icon("census"), text, desk.owner)
        action.setObjectName("WanggeComponentsAction")
        action.setCheckable(True)
        action.setToolTip(text)
        self.panel.setToggleVisibilityAction(action)
        # QGIS names the action after the dock.
        action.setText(text)
        settle = QAction(icon("conflicts"), translate("Wangge", "Merge conflicts"), desk.owner)
        settle.setObjectName("WanggeTool_conflicts")
        settle.setToolTip(translate("Wangge", "Settle what field and office both changed"))
        settle.triggered.connect(lambda _checked=False: self.open_conflicts())
        self.actions = [action, settle]
        self._connections.connect(desk.runner.finished, self._offer)
        if self._iface.mainWindow().isVisible():
            self._place()
        elif not desk.settings.placed.value():
            # Once QGIS has put its own windows in order; later it remembers where ours was.
            self._connections.connect(self._iface.initializationCompleted, self._place)

    def _place(self) -> None:
        window = self._iface.mainWindow()
        main = window.findChild(QDockWidget, "WanggeDock")
        if main is not None:
            window.tabifyDockWidget(main, self.panel)
        self.panel.setUserVisible(False)

    def open_conflicts(self) -> None:
        """Open the conflict window."""
        if self.conflicts is None:
            self.conflicts = ConflictPanel(self._desk)
            self._iface.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, self.conflicts)
            window = self._iface.mainWindow()
            window.resizeDocks([self.conflicts], [_HEIGHT], Qt.Orientation.Vertical)
        self.conflicts.setUserVisible(True)

    def _offer(self, algorithm: str, results: dict) -> None:
        count = int(results.get("CONFLICT_COUNT") or 0)
        waiting = self.conflicts is None or not self.conflicts.isVisible()
        if algorithm == MERGE and count and waiting:
            self._desk.messages.warn(
                translate("Wangge", "Conflicts that wait for a decision: {count}.").format(
                    count=count
                ),
                (translate("Wangge", "Settle…"), self.open_conflicts),
            )

    def remove(self) -> None:
        """Take the panels away."""
        self._connections.remove()
        self.panel.stop()
        self._iface.removeDockWidget(self.panel)
        self.panel.close()
        self.panel.deleteLater()
        if self.conflicts is not None:
            self.conflicts.stop()
            self._iface.removeDockWidget(self.conflicts)
            self.conflicts.close()
            self.conflicts.deleteLater()
            self.conflicts = None


def open_room(desk: Desk) -> CensusRoom:
    """Open the census's room."""
    return CensusRoom(desk)
