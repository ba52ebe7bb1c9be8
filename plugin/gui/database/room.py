"""What the platform database adds to the window: its entry in the browser."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt.QtWidgets import QAction

from ..shell.rooms import Desk
from .browser import PlatformsProvider


class DatabaseRoom:
    """The browser entry, put there and taken away again."""

    def __init__(self, desk: Desk):
        self.actions: list[QAction] = []
        self._iface = desk.iface
        self._provider: PlatformsProvider | None = PlatformsProvider(desk.runner.open)
        QgsApplication.dataItemProviderRegistry().addProvider(self._provider)
        self._iface.reloadConnections()

    def remove(self) -> None:
        """Take the entry away."""
        # The registry deletes it.
        QgsApplication.dataItemProviderRegistry().removeProvider(self._provider)
        self._provider = None
        self._iface.reloadConnections()


def open_room(desk: Desk) -> DatabaseRoom:
    """Put the entry into the browser."""
    return DatabaseRoom(desk)
