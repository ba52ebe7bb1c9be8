"""What the census adds to the window: the component panel, conflicts, the migration review."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QAction, QDockWidget

from ...translation import translate
from ..shell.connections import Connections
from ..shell.rooms import Desk
from ..shell.subjects import icon
from .conflict_panel import MERGE, ConflictPanel
from .panel import ComponentsPanel
from .review_panel import MIGRATE, ReviewPanel

_Panel = TypeVar("_Panel", bound=QDockWidget)

# Of the windows below the map at first, in pixels: some ten rows, most of the height for the map.
_HEIGHT = 250


class CensusRoom:
    """The component panel; the windows below the map once they are wanted."""

    def __init__(self, desk: Desk):
        self._iface, self._desk = desk.iface, desk
        self.conflicts: ConflictPanel | None = None
        self.review: ReviewPanel | None = None
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
        self.actions = [
            action,
            self._window_action(
                "conflicts",
                translate("Wangge", "Merge conflicts"),
                translate("Wangge", "Settle what field and office both changed"),
                self.open_conflicts,
            ),
            self._window_action(
                "review",
                translate("Wangge", "Migration review"),
                translate("Wangge", "Choose classes that a migration could not tell"),
                self.open_review,
            ),
        ]
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

    def _window_action(self, name: str, text: str, tip: str, slot: Callable[[], object]) -> QAction:
        action = QAction(icon(name), text, self._desk.owner)
        action.setObjectName(f"WanggeTool_{name}")
        action.setToolTip(tip)
        action.triggered.connect(lambda _checked=False: slot())
        return action

    def open_conflicts(self) -> None:
        """Open the conflict window."""
        if self.conflicts is None:
            self.conflicts = self._below(ConflictPanel(self._desk))
        self.conflicts.setUserVisible(True)

    def open_review(self) -> None:
        """Open the migration review."""
        if self.review is None:
            self.review = self._below(ReviewPanel(self._desk))
        self.review.setUserVisible(True)

    def _below(self, panel: _Panel) -> _Panel:
        # Both sides side by side want width; one window behind the other, the map stays large.
        area = Qt.DockWidgetArea.BottomDockWidgetArea
        self._iface.addTabifiedDockWidget(area, panel, ["WanggeConflicts", "WanggeReview"], True)
        self._iface.mainWindow().resizeDocks([panel], [_HEIGHT], Qt.Orientation.Vertical)
        return panel

    def _offer(self, algorithm: str, results: dict) -> None:
        messages = self._desk.messages
        conflicts = int(results.get("CONFLICT_COUNT") or 0)
        if algorithm == MERGE and conflicts and not _is_open(self.conflicts):
            text = translate("Wangge", "Conflicts that wait for a decision: {count}.")
            button = (translate("Wangge", "Settle…"), self.open_conflicts)
            messages.warn(text.format(count=conflicts), button)
        review = int(results.get("REVIEW_COUNT") or 0)
        if algorithm == MIGRATE and review and not _is_open(self.review):
            text = translate("Wangge", "Components that wait for a class: {count}.")
            button = (translate("Wangge", "Settle…"), self.open_review)
            messages.warn(text.format(count=review), button)

    def remove(self) -> None:
        """Take the panels away."""
        self._connections.remove()
        self.panel.stop()
        self._iface.removeDockWidget(self.panel)
        self.panel.close()
        self.panel.deleteLater()
        for panel in (self.conflicts, self.review):
            if panel is not None:
                panel.stop()
                self._iface.removeDockWidget(panel)
                panel.close()
                panel.deleteLater()
        self.conflicts = self.review = None


def _is_open(panel: QDockWidget | None) -> bool:
    return panel is not None and panel.isVisible()


def open_room(desk: Desk) -> CensusRoom:
    """Open the census's room."""
    return CensusRoom(desk)
