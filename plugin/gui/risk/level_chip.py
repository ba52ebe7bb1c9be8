"""A level in its colour, as large as one likes."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import QLabel, QWidget

from ...standards.domains import RISK_COLOURS, domain
from ...translation import translate


def colours_of(level: str) -> tuple[QColor, QColor]:
    """Return paper and ink of a level."""
    if level not in RISK_COLOURS:
        return QColor("#dddddd"), QColor("#000000")
    paper = QColor(*RISK_COLOURS[level])
    dark = 0.299 * paper.red() + 0.587 * paper.green() + 0.114 * paper.blue() < 128
    return paper, QColor("#ffffff" if dark else "#000000")


def word_of(level: str) -> str:
    """Return the name of a level in the user's language."""
    if level not in RISK_COLOURS:
        return translate("Wangge", "no level yet")
    return domain("risk_level")[level].label


class LevelChip(QLabel):
    """Shows a level by colour and word."""

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.show_level("")

    def show_level(self, level: str, score: float | None = None) -> None:
        """Show a level, with its score where there is one."""
        paper, ink = colours_of(level)
        words = word_of(level) if score is None else f"{word_of(level)}　{score:g}"
        self.setText(words)
        self.setAccessibleName(words)
        self.setStyleSheet(
            f"background: {paper.name()}; color: {ink.name()}; padding: 4px 10px;"
            "border: 1px solid #222; border-radius: 4px; font-weight: bold;"
        )
