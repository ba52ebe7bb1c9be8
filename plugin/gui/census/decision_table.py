"""A flat table whose rows wait for a decision each."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import QAbstractTableModel, Qt


class DecisionTable(QAbstractTableModel):
    """Rows that are shown, their headings, and the way to the next undecided one."""

    def __init__(self, parent=None):
        super().__init__(parent)
        self._shown: list[Any] = []

    def headings(self) -> tuple[str, ...]:
        """Return the titles of the columns."""
        raise NotImplementedError

    def is_decided(self, item: Any) -> bool:
        """Return True when the item of a row has its decision."""
        raise NotImplementedError

    def next_open(self, row: int) -> int:
        """Return the next row without a decision, from the start again; -1 for none."""
        count = len(self._shown)
        for step in range(1, count + 1):
            there = (row + step) % count
            if not self.is_decided(self._shown[there]):
                return there
        return -1

    # -- as Qt asks ------------------------------------------------------------------------

    def rowCount(self, parent=None):  # noqa: N802
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def columnCount(self, parent=None):  # noqa: N802
        return 0 if parent is not None and parent.isValid() else len(self.headings())

    def headerData(self, section, orientation, role=Qt.ItemDataRole.DisplayRole):  # noqa: N802
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return section + 1 if orientation == Qt.Orientation.Vertical else self.headings()[section]
