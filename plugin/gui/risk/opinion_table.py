"""What each participant gave: hidden until the facilitator shows it."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ...risk.workshop.opinions import Range, Spread, outcome
from ...risk.workshop.session import Session
from ...translation import translate
from .level_chip import colours_of, word_of


class OpinionTable(QTableWidget):
    """One row for each participant; factors, score and level once they are shown."""

    def __init__(self, parent: QWidget | None = None):
        super().__init__(0, 0, parent)
        self.setObjectName("WanggeWorkshopOpinions")
        self.setAccessibleName(translate("Wangge", "Opinions"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.verticalHeader().hide()

    def show_session(self, session: Session, code: str) -> None:
        """Show who is there and has given; the figures only where they are revealed."""
        factors = session.scheme.factors
        heads = [
            translate("Wangge", "Participant"),
            *(f.symbol for f in factors),
            translate("Wangge", "Score"),
            translate("Wangge", "Level"),
        ]
        self.setColumnCount(len(heads))
        self.setHorizontalHeaderLabels(heads)
        for column, factor in enumerate(factors, 1):
            self.horizontalHeaderItem(column).setToolTip(factor.title)
        given = session.given.get(code, {})
        names = [n for n in session.participants if n in session.present or n in given]
        self.setRowCount(len(names))
        is_shown = code in session.revealed
        for row, name in enumerate(names):
            self._put(row, 0, name)
            if name not in given:
                cells, level = ["…"] * (len(heads) - 1), ""
            elif not is_shown:
                cells, level = ["✓"] * (len(heads) - 1), ""
            else:
                points, level = outcome(session.scheme, given[name])
                values = [f"{given[name][f.field]:g}" for f in factors]
                cells = [*values, f"{points:g}", word_of(level)]
            for column, text in enumerate(cells, 1):
                self._put(row, column, text, level if column == len(heads) - 1 else "")
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def _put(self, row: int, column: int, text: str, level: str = "") -> None:
        item = QTableWidgetItem(text)
        if column:
            item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
        if level:
            paper, ink = colours_of(level)
            item.setBackground(paper)
            item.setForeground(ink)
        self.setItem(row, column, item)


def spread_text(session: Session, spread: Spread | None, *, is_shown: bool) -> str:
    """Return how far opinions lie apart, in a sentence or two."""
    if spread is None:
        return translate("Wangge", "Nobody has given factors yet.")
    if not is_shown:
        return translate("Wangge", "{count} of {present} have given their factors.").format(
            count=spread.count, present=len(session.present)
        )
    parts = [f"{f.symbol} {_range(spread.factors[f.field])}" for f in session.scheme.factors]
    parts.append(f"{translate('Wangge', 'Score')} {_range(spread.score)}")
    levels = ", ".join(f"{word_of(k)} × {n}" for k, n in spread.levels.items())
    agreed = (
        translate("Wangge", "All arrive at the same level.")
        if spread.is_consensus
        else translate("Wangge", "Opinions differ: talk about it, then settle.")
    )
    return f"{'; '.join(parts)}\n{levels}\n{agreed}"


def _range(numbers: Range) -> str:
    return f"{numbers.median:g} ({numbers.low:g}–{numbers.high:g})"
