"""The conflict window's controls: list, both values side by side, choices."""

from __future__ import annotations

from collections.abc import Mapping

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QPushButton,
    QSplitter,
    QTableView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...census.merge import FIELD, OFFICE
from ...translation import translate
from .conflict_model import ConflictModel, choice_title
from .conflict_reading import Conflict

#: Colours of both sides, on the map as in the comparison; told apart by the colour-blind too.
COLOURS = {FIELD: QColor(213, 94, 0), OFFICE: QColor(0, 114, 178)}


class ConflictTable(QTableView):
    """The list; its letters are commands, not a search."""

    typed = pyqtSignal(str)

    def keyboardSearch(self, search):  # noqa: N802
        self.typed.emit(search)


class ConflictWidgets(QWidget):
    """Everything in the window."""

    #: Choice for all that are shown; "" takes choices back.
    all_chosen = pyqtSignal(str)

    def __init__(self, model: ConflictModel, parent: QWidget):
        super().__init__(parent)
        self.groups = QComboBox(self)
        self.groups.setObjectName("WanggeConflictGroups")
        self.groups.setAccessibleName(translate("Wangge", "Conflicts shown"))
        self.groups.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.groups.setMinimumContentsLength(14)
        self.every = self._every_button()
        self.counts = QLabel(self)
        self.counts.setObjectName("WanggeConflictCounts")
        self.table = self._list(model)
        self.title = QLabel(self)
        self.title.setObjectName("WanggeConflictTitle")
        self.title.setWordWrap(True)
        self.comparison = self._comparison()
        self.previous = self._button("previous", translate("Wangge", "Previous (P)"))
        self.next = self._button("next", translate("Wangge", "Next (N)"))
        self.previous.setIcon(QgsApplication.getThemeIcon("/mActionArrowLeft.svg"))
        self.next.setIcon(QgsApplication.getThemeIcon("/mActionArrowRight.svg"))
        self.field = self._button("field", translate("Wangge", "Take field (F)"))
        self.office = self._button("office", translate("Wangge", "Take office (O)"))
        self.undo = self._button("undo", translate("Wangge", "Undo a merge…"))
        self.apply = self._button("apply", translate("Wangge", "Apply choices"))
        self.apply.setIcon(QgsApplication.getThemeIcon("/mIconSuccess.svg"))
        self._lay_out()

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(f"WanggeConflict_{name}")
        button.setAutoDefault(False)
        # A click leaves the keys with the list.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _every_button(self) -> QPushButton:
        button = self._button("every", translate("Wangge", "All shown"))
        button.setToolTip(translate("Wangge", "Choose for all conflicts that are shown"))
        menu = QMenu(button)
        for name, text in (
            (FIELD, translate("Wangge", "Take field")),
            (OFFICE, translate("Wangge", "Take office")),
            ("", translate("Wangge", "Take choices back")),
        ):
            action = menu.addAction(text)
            action.setObjectName(f"WanggeConflictEvery_{name}")
            action.triggered.connect(lambda _c=False, choice=name: self.all_chosen.emit(choice))
        button.setMenu(menu)
        return button

    def _list(self, model: ConflictModel) -> ConflictTable:
        table = ConflictTable(self)
        table.setObjectName("WanggeConflictList")
        table.setAccessibleName(translate("Wangge", "Conflicts"))
        table.setModel(model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 6)
        header = table.horizontalHeader()
        measure = table.fontMetrics()
        for column, sample in (
            (ConflictModel.FIELD, "0000000000"),
            (ConflictModel.OFFICE, "0000000000"),
            (ConflictModel.CHOICE, f"{choice_title(OFFICE)}000"),
        ):
            table.setColumnWidth(column, measure.horizontalAdvance(sample))
        for column in (ConflictModel.NAME, ConflictModel.WHAT):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        return table

    def _comparison(self) -> QTableWidget:
        table = QTableWidget(0, 4, self)
        table.setObjectName("WanggeConflictComparison")
        table.setAccessibleName(translate("Wangge", "Both values"))
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        table.verticalHeader().hide()
        heads = (
            "",
            translate("Wangge", "Before"),
            choice_title(FIELD),
            choice_title(OFFICE),
        )
        for column, text in enumerate(heads):
            item = QTableWidgetItem(text)
            if column > 1:
                item.setForeground(COLOURS[FIELD if column == 2 else OFFICE])
            table.setHorizontalHeaderItem(column, item)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        return table

    def _lay_out(self) -> None:
        left, right = QWidget(self), QWidget(self)
        for side, parts in (
            (left, ((self.groups, self.every), self.table, (self.counts, self.undo, self.apply))),
            (
                right,
                (
                    self.title,
                    self.comparison,
                    (self.previous, self.next, None, self.field, self.office),
                ),
            ),
        ):
            column = QVBoxLayout(side)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(4)
            for part in parts:
                if isinstance(part, QWidget):
                    column.addWidget(part, 0 if part is self.title else 1)
                    continue
                row = QHBoxLayout()
                for widget in part:
                    if widget is None:
                        row.addStretch(1)
                    else:
                        row.addWidget(widget, int(widget in (self.groups, self.counts)))
                column.addLayout(row)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setSizes([560, 440])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(splitter)

    # -- in and out ------------------------------------------------------------------------

    def show_groups(self, groups: Mapping[str, tuple[str, int]]) -> None:
        """Offer the groups; the one that was shown stays, as far as it is still there."""
        chosen = self.groups.currentData() or ""
        total = sum(count for _, count in groups.values())
        self.groups.blockSignals(True)
        self.groups.clear()
        self.groups.addItem(translate("Wangge", "All conflicts ({count})").format(count=total), "")
        for group, (title, count) in groups.items():
            self.groups.addItem(
                translate("Wangge", "{title} ({count})").format(title=title, count=count), group
            )
        self.groups.setCurrentIndex(max(0, self.groups.findData(chosen)))
        self.groups.blockSignals(False)

    def show_conflict(self, conflict: Conflict | None) -> None:
        """Show both values of a conflict."""
        for button in (self.previous, self.next, self.field, self.office):
            button.setEnabled(conflict is not None)
        lines = conflict.lines if conflict else ()
        if conflict is None:
            self.title.setText(translate("Wangge", "Choose a conflict to compare both sides."))
        else:
            self.title.setText(
                translate("Wangge", "{name}: {title}. Team: {team}").format(
                    name=conflict.name.strip() or "–", title=conflict.title, team=conflict.team
                )
            )
        self.comparison.setColumnHidden(1, all(line.before is None for line in lines))
        self.comparison.setRowCount(len(lines))
        for row, line in enumerate(lines):
            for column, text in enumerate((line.title, line.before, line.field, line.office)):
                item = QTableWidgetItem("–" if text is None else text)
                item.setToolTip(text or "")
                self.comparison.setItem(row, column, item)
        # Long values are read in full.
        self.comparison.resizeRowsToContents()
