"""What serves all subjects in the window beside the algorithms: the one map and its search."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qgis.core import QgsProject
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QAction

from ...layers.city_map.pages import SHEET
from ...translation import translate
from ..shell.connections import Connections
from ..shell.rooms import Desk
from ..shell.steps import Step
from ..shell.subjects import icon
from .facility_panel import FacilityPanel
from .steps import ONE_MAP

_WIDTH = 330


def open_room(desk: Desk) -> GeneralRoom:
    """Put the actions of the one map into the window."""
    return GeneralRoom(desk)


class GeneralRoom:
    """Make, open and print the one map; search facilities by a click."""

    def __init__(self, desk: Desk):
        self._desk = desk
        self._iface, self._messages = desk.iface, desk.messages
        self.facilities: FacilityPanel | None = None
        self._connections = Connections()
        self._connections.connect(desk.runner.finished, self._finished)
        self.actions = [
            self._action("one_map", translate("Wangge", "Make the one map…"), self.make_map),
            self._action("one_map_export", translate("Wangge", "Print the one map…"), self.export),
            self._action(
                "facilities",
                translate("Wangge", "Facilities around a place"),
                self.open_search,
            ),
        ]

    def remove(self) -> None:
        """Take the panel away; the actions go with their owner."""
        self._connections.remove()
        if self.facilities is not None:
            self.facilities.stop()
            self._iface.removeDockWidget(self.facilities)
            self.facilities.close()
            self.facilities.deleteLater()
            self.facilities = None

    def _action(self, name: str, text: str, slot: Callable[[], object]) -> QAction:
        action = QAction(icon(name), text, self._desk.owner)
        action.setObjectName(f"WanggeTool_{name}")
        action.triggered.connect(lambda _checked=False: self._try(slot))
        return action

    def _try(self, slot: Callable[[], object]) -> None:
        try:
            slot()
        except Exception as error:
            self._messages.report(error)

    def make_map(self) -> None:
        """Open “Create one map” with the project's layers filled in."""
        self._desk.start(ONE_MAP, [])

    def export(self) -> None:
        """Open “Export one map”, for this project where it is a one map."""
        project = QgsProject.instance()
        layouts = project.layoutManager().printLayouts()
        is_map = any(layout.customProperty(SHEET) for layout in layouts)
        given = {"PROJECT": project.fileName()} if is_map else {}
        self._desk.runner.open(Step("export_one_map").id, given)

    def open_search(self) -> None:
        """Open the panel and wait for a click on the map."""
        if self.facilities is None:
            self.facilities = FacilityPanel(self._iface, self._messages, self._desk.settings)
            area = Qt.DockWidgetArea.RightDockWidgetArea
            self._iface.addTabifiedDockWidget(area, self.facilities, ["WanggeDock"], True)
            window = self._iface.mainWindow()
            window.resizeDocks([self.facilities], [_WIDTH], Qt.Orientation.Horizontal)
        self.facilities.begin()

    def _finished(self, algorithm: str, results: dict) -> None:
        path = results.get("PROJECT")
        if algorithm != ONE_MAP.id or not isinstance(path, str) or not Path(path).is_file():
            return
        self._messages.done(
            translate("Wangge", "The one map is ready: {path}").format(path=path),
            (translate("Wangge", "Open the one map"), lambda: self._iface.addProject(path)),
        )
