"""The dock: what is next, and the steps of all subjects."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from ...translation import translate
from ..general.guide import resume_text
from .state import Layers
from .steps import Step, algorithm_of
from .subjects import icon
from .tree import StepTree


class WanggeDock(QgsDockWidget):
    """The subjects as sections, with a card on top that names the next step."""

    def __init__(
        self,
        start: Callable[[Step, list[str]], object],
        make_sample: Callable[[], object],
        resume_guide: Callable[[], object],
        parent: QWidget | None = None,
    ):
        super().__init__("Wangge 网格", parent)
        self.setObjectName("WanggeDock")
        self.setWindowIcon(icon("wangge"))
        self.setAllowedAreas(
            Qt.DockWidgetArea.LeftDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea
        )
        self._start = start
        self._make_sample = make_sample
        self._resume_guide = resume_guide
        self._next: Step | None = None
        body = QWidget(self)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.setSpacing(4)
        layout.addWidget(self._card(body))
        self.tree = StepTree(start, body)
        layout.addWidget(self.tree, 1)
        self.setWidget(body)

    def _card(self, parent: QWidget) -> QFrame:
        card = QFrame(parent)
        card.setObjectName("WanggeNext")
        card.setFrameShape(QFrame.Shape.StyledPanel)
        layout = QVBoxLayout(card)
        layout.setContentsMargins(8, 6, 8, 6)
        self.hint = QLabel(card)
        self.hint.setObjectName("WanggeNextHint")
        self.hint.setWordWrap(True)
        self.button = QPushButton(card)
        self.button.setObjectName("WanggeNextButton")
        self.button.clicked.connect(self._pressed)
        layout.addWidget(self.hint)
        layout.addWidget(self.button)
        self.guide = QPushButton(icon("guide"), "", card)
        self.guide.setObjectName("WanggeGuideButton")
        self.guide.setFlat(True)
        self.guide.clicked.connect(lambda _checked=False: self._resume_guide())
        layout.addWidget(self.guide)
        self.show_guide()
        return card

    def show_states(self, layers: Layers, open_errors: Mapping[str, int]) -> None:
        """Show how far each step is and what is next."""
        self._next = self.tree.show_states(layers, open_errors)
        self.show_guide()
        if not layers:
            self._offer_sample()
        elif self._next is None:
            self.hint.setText(
                translate(
                    "Wangge", "Choose a step, or drag a layer onto the step that is to use it."
                )
            )
            self.button.hide()
        else:
            self.hint.setText(translate("Wangge", "Next step:"))
            self._label(algorithm_of(self._next).displayName(), icon("step_ready"))

    def show_guide(self) -> None:
        """Say where the guided path goes on in this project."""
        self.guide.setText(resume_text())
        self.guide.setAccessibleName(self.guide.text())

    def _offer_sample(self) -> None:
        self._next = None
        self.hint.setText(
            translate(
                "Wangge",
                "Add your communities and streets to the project, or try every step on a town that "
                "is made up for you.",
            )
        )
        self._label(translate("Wangge", "Create sample city"), icon("wangge"))

    def _label(self, text: str, picture: QIcon) -> None:
        self.button.setText(text)
        self.button.setAccessibleName(text)
        self.button.setIcon(picture)
        self.button.show()

    def _pressed(self) -> None:
        if self._next is None:
            self._make_sample()
        else:
            self._start(self._next, [])
