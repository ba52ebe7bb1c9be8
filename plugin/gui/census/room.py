"""What the census adds to the window: the component panel."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QAction, QDockWidget

from ...translation import translate
from ..shell.connections import Connections
from ..shell.rooms import Desk
from ..shell.subjects import icon
from .panel import ComponentsPanel


class CensusRoom:
    """The component panel with the action that shows it."""

    def __init__(self, desk: Desk):
        self._iface = desk.iface
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
        self.actions = [action]
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

    def remove(self) -> None:
        """Take the panel away."""
        self._connections.remove()
        self.panel.stop()
        self._iface.removeDockWidget(self.panel)
        self.panel.close()
        self.panel.deleteLater()


def open_room(desk: Desk) -> CensusRoom:
    """Open the census's room."""
    return CensusRoom(desk)
