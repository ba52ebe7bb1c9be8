"""Risks opened, taken under treatment or closed, with a reason that the history keeps."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from ...risk.register import TRANSITIONS
from ...standards.domains import domain
from ...translation import translate


class StatusDialog(QDialog):
    """Asks for the new status of some risks, the reason and the person."""

    def __init__(self, names: Sequence[str], person: str, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("WanggeRiskStatus")
        self.setWindowTitle(translate("Wangge", "Change status of risks"))
        form = QFormLayout(self)
        shown = "\n".join(names[:5]) + ("\n…" if len(names) > 5 else "")
        risks = QLabel(f"{len(names)}:\n{shown}", self)
        self.status = QComboBox(self)
        self.status.setObjectName("WanggeRiskStatusNew")
        for value in TRANSITIONS:
            self.status.addItem(domain("risk_status")[value].label, value)
        self.reason = QPlainTextEdit(self)
        self.reason.setObjectName("WanggeRiskStatusReason")
        self.reason.setTabChangesFocus(True)
        self.person = QLineEdit(person, self)
        self.person.setObjectName("WanggeRiskStatusPerson")
        self.person.setMaxLength(50)
        for text, widget in (
            (translate("Wangge", "Risks"), risks),
            (translate("Wangge", "New &status"), self.status),
            (translate("Wangge", "&Reason"), self.reason),
            (translate("Wangge", "Decided &by"), self.person),
        ):
            widget.setAccessibleName(text.replace("&", ""))
            form.addRow(text, widget)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        form.addRow(self.buttons)
        self.reason.textChanged.connect(self._judge)
        self._judge()

    def values(self) -> tuple[str, str, str]:
        """Return status, reason and person."""
        reason = self.reason.toPlainText().strip()[:500]
        return self.status.currentData(), reason, self.person.text().strip()

    def _judge(self) -> None:
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(bool(self.reason.toPlainText().strip()))
