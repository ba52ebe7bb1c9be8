"""Components to review as a table: old class, candidates, the class that was chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from qgis.PyQt.QtCore import QModelIndex, Qt

from ...translation import translate
from .decision_table import DecisionTable
from .review_reading import ReviewRow


class ReviewModel(DecisionTable):
    """The components of one old class, or all."""

    NAME, OLD_CLASS, CANDIDATES, CHOSEN = range(4)

    def __init__(self, title_of: Callable[[str], str], parent=None):
        super().__init__(parent)
        self._title_of = title_of
        self._all: list[ReviewRow] = []
        self._shown: list[ReviewRow] = []
        self._choices: dict[int, str] = {}

    def show(self, rows: list[ReviewRow]) -> None:
        """Show the rows of a layer, with the decisions that they carry."""
        self._all = rows
        self._choices = {r.id: r.decision for r in rows if r.decision}
        self.show_class("")

    def show_class(self, old_class: str) -> None:
        """Show the components of one old class only; all for ""."""
        self.beginResetModel()
        self._shown = [r for r in self._all if old_class in ("", r.old_class)]
        self.endResetModel()

    def classes(self) -> Counter[str]:
        """Return how many components there are of each old class."""
        return Counter(r.old_class for r in self._all)

    def row(self, number: int) -> ReviewRow | None:
        """Return the component in a row of the table."""
        return self._shown[number] if 0 <= number < len(self._shown) else None

    def choose(self, numbers: Iterable[int], decision: str) -> None:
        """Decide for some rows; "" takes decisions back."""
        for number in numbers:
            self._choices[self._shown[number].id] = decision
        if self._shown:
            last = self.index(len(self._shown) - 1, self.CHOSEN)
            self.dataChanged.emit(self.index(0, self.CHOSEN), last)

    def changed(self) -> dict[int, str]:
        """Return feature id -> decision, where it is another than the layer's."""
        before = {r.id: r.decision for r in self._all}
        return {i: text for i, text in self._choices.items() if text != before[i]}

    def decided(self) -> int:
        """Return how many components are decided."""
        return sum(map(bool, self._choices.values()))

    def total(self) -> int:
        """Return how many components there are."""
        return len(self._all)

    def is_decided(self, item: ReviewRow) -> bool:
        """Return True when something was chosen."""
        return bool(self._choices.get(item.id))

    def headings(self) -> tuple[str, ...]:
        """Return the titles of the columns."""
        return (
            translate("Wangge", "Component"),
            translate("Wangge", "Old class"),
            translate("Wangge", "Candidates"),
            translate("Wangge", "Chosen"),
        )

    def data(self, index: QModelIndex, role=Qt.ItemDataRole.DisplayRole):
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        row = self._shown[index.row()]
        if index.column() == self.NAME:
            return row.name
        if index.column() == self.OLD_CLASS:
            return row.old_class
        if index.column() == self.CANDIDATES:
            return ", ".join(self._title_of(c) for c in row.candidates)
        decision = self._choices.get(row.id, "")
        return self._title_of(decision) if decision else ""
