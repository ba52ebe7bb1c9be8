"""Findings as a tree of groups, filtered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from operator import attrgetter

from qgis.PyQt.QtCore import QAbstractItemModel, QLocale, QModelIndex, Qt

from ...rules.finding import Severity, State
from ...standards.domains import DOMAINS
from ...standards.layers import LAYERS
from ...translation import translate
from ..shell.subjects import icon
from ..shell.two_lines import NOTE_ROLE
from .reading import FindingRow, FindingTable


class Grouping(Enum):
    """By what findings are put together."""

    RULE = "rule"
    SEVERITY = "severity"
    LAYER = "layer"
    FEATURE = "feature_key"


@dataclass(frozen=True)
class Wanted:
    """Which findings are shown; an empty state means all states."""

    severities: frozenset[str] = frozenset(s.value for s in Severity)
    state: str = State.OPEN.value
    words: tuple[str, ...] = ()

    def of(self, rows: Sequence[FindingRow]) -> list[FindingRow]:
        """Return the findings that are to be shown; written for a hundred thousand of them."""
        severities, state, words = self.severities, self.state, self.words
        kept = [r for r in rows if r.severity in severities and (not state or r.state == state)]
        for word in words:
            kept = [r for r in kept if word in r.sought]
        return kept


@dataclass
class _Group:
    title: str
    rows: list[FindingRow] = field(default_factory=list)


def label(domain: str, value: str) -> str:
    """Return a stored value as people read it."""
    text = DOMAINS[domain][value].label if value in DOMAINS[domain] else value
    return text[:1].upper() + text[1:]


class FindingModel(QAbstractItemModel):
    """Groups on the first level, findings on the second."""

    def __init__(self, parent=None):
        super().__init__(parent)
        self._table = FindingTable()
        self._groups: list[_Group] = []
        self._grouping = Grouping.RULE
        self._shown = 0

    # -- what is shown ---------------------------------------------------------------------

    def show(self, table: FindingTable, wanted: Wanted, grouping: Grouping) -> None:
        """Show the findings of a table that are wanted, in groups; the gravest first."""
        self.beginResetModel()
        self._table = table
        self._grouping = grouping
        groups: dict[str, _Group] = {}
        rows = wanted.of(table.rows)
        for key, row in zip(map(attrgetter(grouping.value), rows), rows, strict=True):
            group = groups.get(key)
            if group is None:
                group = groups[key] = _Group(self._group_title(grouping, key))
            group.rows.append(row)
        self._groups = list(groups.values())
        self._shown = len(rows)
        self.endResetModel()

    def _group_title(self, grouping: Grouping, key: str) -> str:
        if grouping is Grouping.RULE:
            title = self._table.titles.get(key, "")
            return f"{key} {title}".strip()
        if grouping is Grouping.SEVERITY:
            return label("finding_severity", key)
        if grouping is Grouping.LAYER and key in LAYERS:
            return LAYERS[key].title
        return key or translate("Wangge", "Without a code")

    @property
    def shown(self) -> int:
        """How many findings pass the filter."""
        return self._shown

    def row_at(self, index: QModelIndex) -> FindingRow | None:
        """Return the finding at an index, None for a group."""
        if not index.isValid() or index.internalId() == 0:
            return None
        return self._groups[index.internalId() - 1].rows[index.row()]

    def rows_under(self, indexes: Sequence[QModelIndex]) -> list[FindingRow]:
        """Return the findings at some indexes; a group stands for all of its own."""
        found: dict[int, FindingRow] = {}
        for index in indexes:
            row = self.row_at(index)
            rows = [row] if row else self._groups[index.row()].rows if index.isValid() else []
            found.update((r.id, r) for r in rows)
        return list(found.values())

    def index_of(self, row_id: int) -> QModelIndex:
        """Return where a finding is shown, an invalid index when it is filtered out."""
        for g, group in enumerate(self._groups):
            for place, row in enumerate(group.rows):
                if row.id == row_id:
                    return self.createIndex(place, 0, g + 1)
        return QModelIndex()

    def neighbour(self, index: QModelIndex, step: int) -> QModelIndex:
        """Return the finding before or after an index, across groups, round the ends."""
        flat = self._shown
        if not flat:
            return QModelIndex()
        starts = [0]
        for group in self._groups:
            starts.append(starts[-1] + len(group.rows))
        if not index.isValid():
            place = 0 if step > 0 else flat - 1
        elif index.internalId() == 0:
            place = starts[index.row()] + (0 if step > 0 else -1)
        else:
            place = starts[index.internalId() - 1] + index.row() + step
        place %= flat
        g = next(i for i in range(len(self._groups)) if starts[i + 1] > place)
        return self.createIndex(place - starts[g], 0, g + 1)

    # -- what Qt asks ----------------------------------------------------------------------

    def index(self, row, column, parent=QModelIndex()):  # noqa: B008 - as Qt declares it
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index):
        if not index.isValid() or index.internalId() == 0:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, 0)

    def rowCount(self, parent=QModelIndex()):  # noqa: N802, B008
        if not parent.isValid():
            return len(self._groups)
        return len(self._groups[parent.row()].rows) if parent.internalId() == 0 else 0

    def columnCount(self, parent=QModelIndex()):  # noqa: N802, B008
        return 1

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        if not index.isValid():
            return None
        row = self.row_at(index)
        if row is None:
            return self._group_data(self._groups[index.row()], role)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._title(row)
        if role == NOTE_ROLE:
            return row.message
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.message
        if role == Qt.ItemDataRole.DecorationRole:
            return icon(f"finding_{row.severity}")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{label('finding_severity', row.severity)}: {row.message}"
        return None

    def _title(self, row: FindingRow) -> str:
        # What the group does not say already.
        parts = {
            Grouping.RULE: (row.feature_key or row.value,),
            Grouping.FEATURE: (row.rule, self._table.titles.get(row.rule, "")),
        }.get(self._grouping, (row.rule, row.feature_key))
        if row.state != State.OPEN.value:
            parts = (*parts, f"({label('finding_state', row.state)})")
        return " ".join(p for p in parts if p) or row.message

    def _group_data(self, group: _Group, role):
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return group.title
        if role == NOTE_ROLE:
            count = QLocale().toString(len(group.rows))
            return translate("Wangge", "Findings: {count}").format(count=count)
        if role == Qt.ItemDataRole.DecorationRole:
            return icon(f"finding_{group.rows[0].severity}")
        return None
