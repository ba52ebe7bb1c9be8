"""Where the facilitator settles: a value of each factor, a reason, the level that follows."""

from __future__ import annotations

from collections.abc import Mapping

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ...risk.scheme import Scheme
from ...risk.workshop.opinions import outcome
from ...risk.workshop.session import LONGEST_NOTE
from ...translation import translate
from .level_chip import LevelChip


class SettleBox(QWidget):
    """Factor lists of a scheme with a live level."""

    settled = pyqtSignal(dict, str)
    reopened = pyqtSignal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self._scheme: Scheme | None = None
        self.factors: dict[str, QComboBox] = {}
        self._lists = QWidget(self)
        self.chip = LevelChip(self)
        self.chip.setObjectName("WanggeWorkshopSettledLevel")
        self.note = QLineEdit(self)
        self.note.setObjectName("WanggeWorkshopNote")
        self.note.setMaxLength(LONGEST_NOTE)
        self.note.setPlaceholderText(translate("Wangge", "Reason, for the minutes and the history"))
        self.note.setAccessibleName(self.note.placeholderText())
        self.button = QPushButton(translate("Wangge", "&Settle and go on"), self)
        self.button.setObjectName("WanggeWorkshopSettle")
        self.button.clicked.connect(self._settle)
        self.note.returnPressed.connect(self._settle)
        self.again = QPushButton(translate("Wangge", "Take back"), self)
        self.again.setObjectName("WanggeWorkshopReopen")
        self.again.clicked.connect(self.reopened)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._lists)
        layout.addWidget(self.note)
        buttons = QHBoxLayout()
        buttons.addWidget(self.chip, 1)
        buttons.addWidget(self.again)
        buttons.addWidget(self.button)
        layout.addLayout(buttons)

    def show_scheme(self, scheme: Scheme) -> None:
        """Make a list of values for each factor of a scheme."""
        lists = QWidget(self)
        form = QFormLayout(lists)
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._scheme, self.factors = scheme, {}
        for factor in scheme.factors:
            box = QComboBox(lists)
            box.setObjectName(f"WanggeWorkshopFactor_{factor.field}")
            box.addItem("–", None)
            for value in factor.values:
                box.addItem(f"{value.value:g}  {value.label}", value.value)
            # Long descriptions must not widen the panel.
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(12)
            box.currentIndexChanged.connect(self._judge)
            form.addRow(f"{factor.title} ({factor.symbol})", box)
            self.factors[factor.field] = box
        self.layout().replaceWidget(self._lists, lists)
        self._lists.deleteLater()
        self._lists = lists
        self._judge()

    def show_values(self, values: Mapping[str, float], *, is_settled: bool, note: str = "") -> None:
        """Show factors: what is settled, or what the participants' median proposes."""
        for field, box in self.factors.items():
            index = box.findData(values.get(field)) if field in values else 0
            box.setCurrentIndex(max(0, index))
            box.setEnabled(not is_settled)
        self.note.setText(note)
        self.note.setEnabled(not is_settled)
        self.again.setVisible(is_settled)
        self.button.setVisible(not is_settled)
        self._judge()

    def values(self) -> dict[str, float]:
        """Return the factors that are chosen."""
        chosen = {field: box.currentData() for field, box in self.factors.items()}
        return {field: value for field, value in chosen.items() if value is not None}

    def _judge(self, *_ignored) -> None:
        values = self.values()
        scheme = self._scheme
        if scheme is None or len(values) < len(scheme.factors):
            self.button.setEnabled(False)
            self.chip.show_level("")
            return
        self.button.setEnabled(True)
        points, level = outcome(scheme, values)
        self.chip.show_level(level, points)

    def _settle(self) -> None:
        if self.button.isEnabled() and not self.button.isHidden():
            self.settled.emit(self.values(), self.note.text().strip())
