"""What a page of the guided path shows: the way, the words, the layers and the tasks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...standards.layers import LAYERS
from ...translation import translate
from ..shell.state import State, StepState, layer_text
from ..shell.tree import state_icon, state_title
from .guide_pages import PAGES, Page, Task, page_text, page_title


def offer_text(name: str) -> str:
    """Return the text of a door into the rest of the window."""
    return {
        "sample": translate("Wangge", "Create sample city"),
        "add": translate("Wangge", "Add layers…"),
        "options": translate("Wangge", "Options…"),
        "findings": translate("Wangge", "Findings panel"),
    }[name]


def _button(text: str, name: str, parent: QWidget) -> QPushButton:
    button = QPushButton(text, parent)
    button.setObjectName(name)
    button.setAccessibleName(text)
    return button


def _words(parent: QWidget, name: str = "") -> QLabel:
    label = QLabel(parent)
    label.setObjectName(name)
    label.setWordWrap(True)
    return label


class Way(QWidget):
    """The pages as a row of signs: how far each is and which one is open."""

    wanted = pyqtSignal(str)

    def __init__(self, parent: QWidget):
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        self._buttons: dict[str, QToolButton] = {}
        for page in PAGES:
            button = QToolButton(self)
            button.setObjectName(f"WanggeGuidePage_{page.name}")
            button.setCheckable(True)
            button.setAutoRaise(True)
            button.setIconSize(QSize(20, 20))
            button.clicked.connect(lambda _checked=False, name=page.name: self.wanted.emit(name))
            row.addWidget(button)
            self._buttons[page.name] = button
        row.addStretch(1)

    def show_states(self, states: Mapping[str, StepState], here: str, skipped: frozenset) -> None:
        """Show how far the pages are."""
        for page in PAGES:
            button, state = self._buttons[page.name], states[page.name]
            button.setIcon(state_icon(state.state))
            button.setChecked(page.name == here)
            says = state_title(state.state)
            if page.name in skipped and state.state is not State.DONE:
                says = translate("Wangge", "Skipped")
            button.setToolTip(f"{page_title(page)}: {says}")
            button.setAccessibleName(button.toolTip())


class TaskRow(QFrame):
    """A task with its state and the button that opens it."""

    wanted = pyqtSignal(object)

    def __init__(self, task: Task, parent: QWidget):
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 4, 6, 4)
        self._sign = QLabel(self)
        self._says = _words(self, f"WanggeGuideState_{task.key}")
        self._title = task.title
        button = _button(translate("Wangge", "Open…"), f"WanggeGuideTask_{task.key}", self)
        button.setAccessibleName(task.title)
        button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda _checked=False: self.wanted.emit(task))
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._says, 1)
        row.addWidget(button)

    def show_state(self, state: StepState) -> None:
        """Show how far the task is."""
        self._sign.setPixmap(state_icon(state.state).pixmap(QSize(18, 18)))
        words = state_title(state.state)
        if state.text and state.text != words:
            words = f"{words} · {state.text}"
        self._says.setText(f"<b>{self._title}</b><br><small>{words}</small>")


class LayerRows(QWidget):
    """The project's layers that a page uses; where there are several, one is chosen."""

    chosen = pyqtSignal(str, str)

    def __init__(self, kinds: Sequence[str], parent: QWidget):
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        self._boxes: dict[str, QComboBox] = {}
        for row, kind in enumerate(kinds):
            box = QComboBox(self)
            box.setObjectName(f"WanggeGuideLayer_{kind}")
            box.setAccessibleName(LAYERS[kind].title)
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.activated.connect(lambda _index, kind=kind: self._activated(kind))
            label = QLabel(LAYERS[kind].title, self)
            label.setBuddy(box)
            grid.addWidget(label, row, 0)
            grid.addWidget(box, row, 1)
            self._boxes[kind] = box

    def _activated(self, kind: str) -> None:
        if identity := self._boxes[kind].currentData():
            self.chosen.emit(kind, identity)

    def show_layers(self, layers: Mapping[str, list[QgsVectorLayer]]) -> None:
        """Show the layers there are, the one that will be used first."""
        for kind, box in self._boxes.items():
            wanted = [(layer_text(layer), layer.id()) for layer in layers.get(kind, [])]
            wanted = wanted or [(translate("Wangge", "Not in the project"), "")]
            if wanted != [(box.itemText(i), box.itemData(i)) for i in range(box.count())]:
                box.clear()
                for text, identity in wanted:
                    box.addItem(text, identity)
            box.setEnabled(bool(wanted[0][1]))
            box.setCurrentIndex(0)


class PageBody(QWidget):
    """Everything on one page between its title and the buttons."""

    def __init__(self, page: Page, kinds: Sequence[str], tasks: Sequence[Task], parent: QWidget):
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 4, 0)
        words = _words(self, "WanggeGuideText")
        words.setText(page_text(page))
        column.addWidget(words)
        if kinds:
            head = QLabel(f"<b>{translate('Wangge', 'Layers that are used')}</b>", self)
            column.addWidget(head)
        self.layers = LayerRows(kinds, self)
        column.addWidget(self.layers)
        self.tasks = {task.key: TaskRow(task, self) for task in tasks}
        for row in self.tasks.values():
            column.addWidget(row)
        self.offers = {
            name: _button(offer_text(name), f"WanggeGuideOffer_{name}", self)
            for name in page.offers
        }
        for button in self.offers.values():
            column.addWidget(button)
        column.addStretch(1)


class GuideFrame(QWidget):
    """Way and title above, the page in the middle, the buttons below."""

    def __init__(self, parent: QWidget):
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 6)
        self.way = Way(self)
        self.title = _words(self, "WanggeGuideTitle")
        self.state = _words(self, "WanggeGuideState")
        self.area = QScrollArea(self)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self.way)
        column.addWidget(self.title)
        column.addWidget(self.state)
        column.addWidget(self.area, 1)
        self.back = _button(translate("Wangge", "Back"), "WanggeGuideBack", self)
        self.skip = _button(translate("Wangge", "Skip"), "WanggeGuideSkip", self)
        self.next = _button(translate("Wangge", "Next"), "WanggeGuideNext", self)
        self.leave = _button(translate("Wangge", "Leave"), "WanggeGuideLeave", self)
        self.leave.setToolTip(
            translate("Wangge", "The project remembers where you are; save it and resume later.")
        )
        row = QHBoxLayout()
        for button in (self.leave, self.back, self.skip, self.next):
            button.setMinimumWidth(40)
            row.addWidget(button)
        column.addLayout(row)
