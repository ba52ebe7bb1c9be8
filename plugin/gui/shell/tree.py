"""The subjects and their steps as a tree: title, state and an icon that says how far it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from qgis.core import QgsApplication, QgsMimeDataUtils
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem

from ...translation import translate
from .state import Layers, State, StepState, step_state
from .steps import Step, Subject, algorithm_of, available, further
from .subjects import SUBJECTS, icon, title
from .two_lines import NOTE_ROLE, TwoLines

_STEP = Qt.ItemDataRole.UserRole

_ICONS = {
    State.DONE: "step_done",
    State.READY: "step_ready",
    State.WAITING: "step_waiting",
    State.FAILING: "finding_error",
}


def state_title(state: State) -> str:
    """Return what the icon of a state means."""
    return {
        State.DONE: translate("Wangge", "Done"),
        State.READY: translate("Wangge", "Ready"),
        State.WAITING: translate("Wangge", "Not yet possible"),
        State.FAILING: translate("Wangge", "Needs attention"),
    }[state]


def state_icon(state: State) -> QIcon:
    """Return the icon of a state."""
    return icon(_ICONS[state])


class StepTree(QTreeWidget):
    """Shows every step; Enter, double click or a layer dropped on it opens the algorithm."""

    def __init__(self, start: Callable[[Step, list[str]], object], parent=None):
        super().__init__(parent)
        self.setObjectName("WanggeSteps")
        self.setAccessibleName(translate("Wangge", "Steps"))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(True)
        self.setIndentation(14)
        self.setUniformRowHeights(False)
        self.setItemDelegate(TwoLines(self))
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DropOnly)
        self._start = start
        self._items: list[tuple[Step, QTreeWidgetItem]] = []
        self._heads: dict[str, QTreeWidgetItem] = {}
        self.itemActivated.connect(self._activated)
        self._fill()

    def _fill(self) -> None:
        for subject in SUBJECTS:
            steps, others = available(subject), further(subject)
            if not steps and not others:
                continue
            head = QTreeWidgetItem(self, [title(subject)])
            head.setIcon(0, icon(subject.name))
            bold = head.font(0)
            bold.setBold(True)
            head.setFont(0, bold)
            for step in steps:
                self._items.append((step, self._add(head, step)))
            if others and steps:
                more = QTreeWidgetItem(head, [translate("Wangge", "More")])
                more.setIcon(0, QgsApplication.getThemeIcon("/processingAlgorithm.svg"))
                for step in others:
                    self._add(more, step)
            else:
                for step in others:
                    self._add(head, step)
            head.setExpanded(subject.name != "general")
            self._heads[subject.name] = head

    def _add(self, parent: QTreeWidgetItem, step: Step) -> QTreeWidgetItem:
        algorithm = algorithm_of(step)
        item = QTreeWidgetItem(parent, [algorithm.displayName()])
        item.setData(0, _STEP, step)
        item.setIcon(0, algorithm.icon())
        item.setToolTip(0, f"<p>{algorithm.shortDescription()}</p>")
        return item

    def show_states(self, layers: Layers, open_errors: Mapping[str, int]) -> Step | None:
        """Show how far each step is and return the one that is next."""
        following: Step | None = None
        for step, item in self._items:
            state = step_state(step, layers, open_errors)
            self._show(item, state)
            if following is None and step.needs and state.state is State.READY:
                following = step
        return following

    def _show(self, item: QTreeWidgetItem, state: StepState) -> None:
        item.setIcon(0, state_icon(state.state))
        item.setData(0, NOTE_ROLE, state.text)
        words = f"{item.text(0)}: {state_title(state.state)}. {state.text}"
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, words)

    def subject_item(self, subject: Subject) -> QTreeWidgetItem | None:
        """Return the item of a subject."""
        return self._heads.get(subject.name)

    def steps(self) -> list[tuple[Step, QTreeWidgetItem]]:
        """Return the steps of all paths with their items."""
        return list(self._items)

    def _activated(self, item: QTreeWidgetItem, _column: int = 0) -> None:
        step = item.data(0, _STEP)
        if step is not None:
            self._start(step, [])

    # -- layers dropped on a step ------------------------------------------------------------

    def dragEnterEvent(self, event):  # noqa: N802
        if _layer_ids(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event):  # noqa: N802
        item = self.itemAt(_spot(event))
        if item is not None and item.data(0, _STEP) is not None and _layer_ids(event.mimeData()):
            self.setCurrentItem(item)
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event):  # noqa: N802
        item = self.itemAt(_spot(event))
        step = item.data(0, _STEP) if item else None
        ids = _layer_ids(event.mimeData())
        if step is None or not ids:
            event.ignore()
            return
        event.acceptProposedAction()
        self._start(step, ids)


def _spot(event) -> QPoint:
    # Qt 6 gives it in fractions of a pixel.
    return event.position().toPoint() if hasattr(event, "position") else event.pos()


def _layer_ids(mime) -> list[str]:
    # What the layer tree drags: addresses with the id of the layer in the project.
    return [
        uri.layerId
        for uri in QgsMimeDataUtils.decodeUriList(mime)
        if uri.layerType == "vector" and uri.layerId
    ]
