"""Conflicts as a table with both values side by side and what was chosen."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.PyQt.QtCore import QModelIndex, Qt

from ...census.merge import FIELD, OFFICE
from ...translation import translate
from .conflict_reading import Conflict
from .decision_table import DecisionTable


def choice_title(choice: str) -> str:
    """Return what people read for a choice, "" for none."""
    titles = {FIELD: translate("Wangge", "Crew"), OFFICE: translate("Wangge", "Office")}
    return titles.get(choice, "")


class ConflictModel(DecisionTable):
    """The conflicts of a group, or all; the choices of all are kept."""

    NAME, WHAT, FIELD, OFFICE, CHOICE = range(5)

    def __init__(self, parent=None):
        super().__init__(parent)
        self._all: list[Conflict] = []
        self._shown: list[Conflict] = []
        self._group = ""
        self._choices: dict[str, str] = {}

    # -- what is shown ---------------------------------------------------------------------

    def show(self, conflicts: list[Conflict]) -> None:
        """Show other conflicts; choices for those that are still open stay."""
        ids = {c.id for c in conflicts}
        kept = {i: choice for i, choice in self._choices.items() if i in ids}
        self._choices = {**{c.id: c.choice for c in conflicts if c.choice}, **kept}
        self._all = conflicts
        self.show_group(self._group)

    def show_group(self, group: str) -> None:
        """Show one group only; all of them for ""."""
        self.beginResetModel()
        self._group = group
        self._shown = [c for c in self._all if group in ("", c.group)]
        self.endResetModel()

    def forget(self) -> None:
        """Drop the choices; those are of another project."""
        self._choices = {}

    def groups(self) -> dict[str, tuple[str, int]]:
        """Return group -> title and number of conflicts."""
        found: dict[str, tuple[str, int]] = {}
        for conflict in self._all:
            _, count = found.get(conflict.group, ("", 0))
            found[conflict.group] = (conflict.title, count + 1)
        return found

    def conflict(self, row: int) -> Conflict | None:
        """Return the conflict in a row."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def choice(self, conflict: Conflict) -> str:
        """Return what was chosen for a conflict, "" for nothing yet."""
        return self._choices.get(conflict.id, "")

    def choices(self) -> dict[str, str]:
        """Return conflict id -> choice, of all groups."""
        return dict(self._choices)

    def total(self) -> int:
        """Return how many conflicts there are in all groups."""
        return len(self._all)

    # -- choosing --------------------------------------------------------------------------

    def choose(self, rows: Iterable[int], choice: str) -> None:
        """Choose for some rows; "" takes the choice back."""
        for row in rows:
            key = self._shown[row].id
            if choice:
                self._choices[key] = choice
            else:
                self._choices.pop(key, None)
        if self._shown:
            last = self.index(len(self._shown) - 1, self.CHOICE)
            self.dataChanged.emit(self.index(0, 0), last)

    def is_decided(self, item: Conflict) -> bool:
        """Return True when something was chosen."""
        return bool(self.choice(item))

    def headings(self) -> tuple[str, ...]:
        """Return the titles of the columns."""
        return (
            translate("Wangge", "Component"),
            translate("Wangge", "Conflict"),
            choice_title(FIELD),
            choice_title(OFFICE),
            translate("Wangge", "Chosen"),
        )

    def data(self, index: QModelIndex, role=Qt.ItemDataRole.DisplayRole):
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        conflict = self._shown[index.row()]
        return (
            conflict.name.strip(),
            conflict.title,
            _summary([line.field for line in conflict.lines]),
            _summary([line.office for line in conflict.lines]),
            choice_title(self.choice(conflict)),
        )[index.column()]


def _summary(values: list[str | None]) -> str:
    # A row that is not there on one side is none; empty is a value.
    present = [v for v in values if v is not None]
    if not present:
        return "–"
    return translate("Wangge", ", ").join(v for v in present if v) or "∅"
