"""How a workshop ends: written into the register, not written, or not yet."""

from __future__ import annotations

from enum import Enum

from qgis.PyQt.QtWidgets import QMessageBox, QWidget

from ...risk.workshop.session import Session
from ...translation import translate


class Ending(Enum):
    """What the facilitator answers."""

    WRITE = "write"
    LEAVE = "leave"
    NOT_YET = "not_yet"


def ask_how_to_finish(session: Session, parent: QWidget) -> Ending:
    """Ask whether what is settled goes into the register."""
    question = QMessageBox(parent)
    question.setObjectName("WanggeWorkshopQuestion")
    question.setWindowTitle(translate("Wangge", "Finish the workshop"))
    question.setText(
        translate(
            "Wangge",
            "{settled} of {total} risks are settled. Write them into the risk list? Each change is "
            "noted in the history of levels.",
        ).format(settled=len(session.settled), total=len(session.items))
    )
    role = QMessageBox.ButtonRole
    write = question.addButton(translate("Wangge", "Write and finish"), role.AcceptRole)
    leave = question.addButton(translate("Wangge", "Finish without writing"), role.DestructiveRole)
    question.addButton(QMessageBox.StandardButton.Cancel)
    question.exec()
    clicked = question.clickedButton()
    question.deleteLater()
    if clicked is write:
        return Ending.WRITE
    return Ending.LEAVE if clicked is leave else Ending.NOT_YET
