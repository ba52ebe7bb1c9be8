"""While a workshop runs: the risk on the screen, opinions, settling, phones."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QFont, QPixmap
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFrame,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...translation import translate
from .level_chip import LevelChip
from .opinion_table import OpinionTable
from .phones import PhonesBox
from .settle_box import SettleBox

_PHOTO = QSize(360, 220)


class RunningPage(QScrollArea):
    """Widgets of a running workshop; who acts on them is the dock."""

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        body = QWidget(self)
        self.setWidget(body)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addLayout(self._bar(body))
        layout.addWidget(self._card(body))
        layout.addWidget(self._opinions(body), 1)
        layout.addWidget(self._settling(body))
        self.phones = PhonesBox(body)
        layout.addWidget(self.phones)
        layout.addLayout(self._end(body))

    def _bar(self, parent: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        self.back = self._tool(
            parent, "Back", "/mActionArrowLeft.svg", translate("Wangge", "Previous risk")
        )
        self.forward = self._tool(
            parent, "Forward", "/mActionArrowRight.svg", translate("Wangge", "Next risk")
        )
        self.zoom = self._tool(
            parent, "Zoom", "/mActionZoomToSelected.svg", translate("Wangge", "Show on the map")
        )
        self.agenda = QComboBox(parent)
        self.agenda.setObjectName("WanggeWorkshopAgenda")
        self.agenda.setAccessibleName(translate("Wangge", "Agenda"))
        self.agenda.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.agenda.setMinimumContentsLength(10)
        for widget in (self.back, self.forward):
            row.addWidget(widget)
        row.addWidget(self.agenda, 1)
        row.addWidget(self.zoom)
        return row

    def _tool(self, parent: QWidget, name: str, icon: str, text: str) -> QToolButton:
        button = QToolButton(parent)
        button.setObjectName(f"WanggeWorkshop{name}")
        button.setIcon(QgsApplication.getThemeIcon(icon))
        button.setIconSize(QSize(24, 24))
        button.setToolTip(text)
        button.setAccessibleName(text)
        return button

    def _card(self, parent: QWidget) -> QFrame:
        card = QFrame(parent)
        card.setFrameShape(QFrame.Shape.StyledPanel)
        layout = QVBoxLayout(card)
        self.progress = QLabel(card)
        self.progress.setObjectName("WanggeWorkshopProgress")
        self.name = QLabel(card)
        self.name.setObjectName("WanggeWorkshopName")
        self.name.setWordWrap(True)
        self.name.setFont(_larger(self.name.font(), 1.9, bold=True))
        self.place = _words(card, "WanggeWorkshopPlace", 1.15)
        self.description = _words(card, "WanggeWorkshopDescription", 1.15)
        self.neighbours = _words(card, "WanggeWorkshopNeighbours", 1.0)
        self.photo = QLabel(card)
        self.photo.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.photo.hide()
        self.chip = LevelChip(card)
        self.chip.setObjectName("WanggeWorkshopLevel")
        row = QHBoxLayout()
        row.addWidget(self.progress, 1)
        row.addWidget(self.chip)
        layout.addLayout(row)
        for widget in (self.name, self.place, self.description, self.photo, self.neighbours):
            layout.addWidget(widget)
        return card

    def _opinions(self, parent: QWidget) -> QGroupBox:
        box = QGroupBox(translate("Wangge", "Opinions"), parent)
        layout = QVBoxLayout(box)
        self.opinions = OpinionTable(box)
        self.opinions.setMinimumHeight(110)
        layout.addWidget(self.opinions, 1)
        self.spread = _words(box, "WanggeWorkshopSpread", 1.1)
        layout.addWidget(self.spread)
        row = QHBoxLayout()
        self.entry = QLineEdit(box)
        self.entry.setObjectName("WanggeWorkshopEntry")
        self.reveal = QPushButton(translate("Wangge", "Show &opinions"), box)
        self.reveal.setObjectName("WanggeWorkshopReveal")
        self.release = QPushButton(translate("Wangge", "Free name"), box)
        self.release.setObjectName("WanggeWorkshopRelease")
        self.release.setToolTip(
            translate("Wangge", "Let the selected participant join again, e.g. with another phone.")
        )
        row.addWidget(self.entry, 1)
        row.addWidget(self.reveal)
        row.addWidget(self.release)
        layout.addLayout(row)
        return box

    def _settling(self, parent: QWidget) -> QGroupBox:
        box = QGroupBox(translate("Wangge", "Settle"), parent)
        layout = QVBoxLayout(box)
        self.settle = SettleBox(box)
        layout.addWidget(self.settle)
        return box

    def _end(self, parent: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        self.minutes = QPushButton(translate("Wangge", "Save &minutes…"), parent)
        self.minutes.setObjectName("WanggeWorkshopMinutes")
        self.finish = QPushButton(translate("Wangge", "&Finish…"), parent)
        self.finish.setObjectName("WanggeWorkshopFinish")
        row.addStretch(1)
        row.addWidget(self.minutes)
        row.addWidget(self.finish)
        return row

    def show_photo(self, path: str) -> None:
        """Show a photo of the risk; nothing where there is none."""
        picture = QPixmap(path) if path else QPixmap()
        self.photo.setVisible(not picture.isNull())
        if not picture.isNull():
            keep = Qt.AspectRatioMode.KeepAspectRatio
            smooth = Qt.TransformationMode.SmoothTransformation
            self.photo.setPixmap(picture.scaled(_PHOTO, keep, smooth))


def _words(parent: QWidget, name: str, size: float) -> QLabel:
    label = QLabel(parent)
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(_larger(label.font(), size))
    return label


def _larger(font: QFont, factor: float, *, bold: bool = False) -> QFont:
    made = QFont(font)
    made.setPointSizeF(max(1.0, font.pointSizeF()) * factor)
    made.setBold(bold)
    return made
