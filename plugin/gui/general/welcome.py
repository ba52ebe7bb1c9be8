"""The welcome page of the first start: what there is, and a sample city to try it on."""

from __future__ import annotations

from collections.abc import Callable

from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ...settings import Settings
from ...translation import translate
from ..shell.subjects import SUBJECTS, icon, title


def subject_text(name: str) -> str:
    """Return in one sentence what a subject is for."""
    return {
        "grid": translate(
            "Wangge", "Cut communities into unit grids along streets, number, check and edit them."
        ),
        "census": translate(
            "Wangge", "Collect lamps, covers and benches in the field, code them, keep them right."
        ),
        "risk": translate(
            "Wangge", "Score and map the city's risks in four colours, from list to atlas."
        ),
        "database": translate(
            "Wangge", "Push what passed its checks to the platform's PostGIS database, undo a push."
        ),
    }.get(name, "")


class WelcomeDialog(QDialog):
    """Stays beside the window and blocks nothing."""

    def __init__(
        self,
        settings: Settings,
        make_sample: Callable[[], object],
        open_guide: Callable[[], object],
        parent: QWidget | None = None,
    ):
        super().__init__(parent)
        self.setObjectName("WanggeWelcome")
        self.setWindowTitle(translate("Wangge", "Welcome to Wangge 网格"))
        self.setWindowIcon(icon("wangge"))
        self._settings = settings
        self._make_sample = make_sample
        self._open_guide = open_guide
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(14)
        layout.addWidget(self._head())
        layout.addWidget(self._subjects())
        layout.addWidget(self._sample())
        layout.addLayout(self._foot())
        self.setMinimumWidth(560)

    def _head(self) -> QWidget:
        head = QWidget(self)
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        picture = QLabel(head)
        picture.setPixmap(icon("wangge").pixmap(QSize(48, 48)))
        row.addWidget(picture)
        words = QLabel(
            "<h2 style='margin:0'>Wangge 网格</h2>"
            + translate("Wangge", "The base data of digital urban management, kept in QGIS."),
            head,
        )
        words.setTextFormat(Qt.TextFormat.RichText)
        row.addWidget(words, 1)
        return head

    def _subjects(self) -> QWidget:
        box = QWidget(self)
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        for row, subject in enumerate(s for s in SUBJECTS if subject_text(s.name)):
            picture = QLabel(box)
            picture.setPixmap(icon(subject.name).pixmap(QSize(28, 28)))
            grid.addWidget(picture, row, 0, Qt.AlignmentFlag.AlignTop)
            words = QLabel(f"<b>{title(subject)}</b><br>{subject_text(subject.name)}", box)
            words.setTextFormat(Qt.TextFormat.RichText)
            words.setWordWrap(True)
            grid.addWidget(words, row, 1)
        return box

    def _sample(self) -> QWidget:
        card = QFrame(self)
        card.setFrameShape(QFrame.Shape.StyledPanel)
        row = QHBoxLayout(card)
        row.setContentsMargins(12, 10, 12, 10)
        words = QLabel(
            translate(
                "Wangge",
                "New here? Make a town of 2 km² with streets, buildings, components and risks, "
                "deliberate errors included, and try every step on it.",
            ),
            card,
        )
        words.setWordWrap(True)
        row.addWidget(words, 1)
        self.sample = QPushButton(
            icon("step_ready"), translate("Wangge", "Create sample city"), card
        )
        self.sample.setObjectName("WanggeWelcomeSample")
        self.sample.setDefault(True)
        self.sample.clicked.connect(self._make)
        row.addWidget(self.sample)
        return card

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.again = QCheckBox(translate("Wangge", "Show the welcome page at the next start"), self)
        self.again.setObjectName("WanggeWelcomeAgain")
        row.addWidget(self.again, 1)
        guide = QPushButton(icon("guide"), translate("Wangge", "Guided path…"), self)
        guide.setObjectName("WanggeWelcomeGuide")
        guide.clicked.connect(self._guide)
        row.addWidget(guide)
        close = QPushButton(translate("Wangge", "Start with my own layers"), self)
        close.setObjectName("WanggeWelcomeClose")
        close.clicked.connect(self.accept)
        row.addWidget(close)
        return row

    def _make(self) -> None:
        self.accept()
        self._make_sample()

    def _guide(self) -> None:
        self.accept()
        self._open_guide()

    def done(self, result: int) -> None:
        self._settings.welcome.setValue(self.again.isChecked())
        super().done(result)
