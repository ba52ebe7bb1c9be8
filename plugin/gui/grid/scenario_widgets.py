"""The scenario window's controls: load, list of scenarios, figures side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qgis.core import Qgis, QgsApplication
from qgis.gui import QgsMapLayerComboBox
from qgis.PyQt.QtCore import QDateTime, QLocale, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...layers.cell_scenarios import Scenario
from ...translation import translate

#: Name that stands for the cells as they are now; no scenario can have it.
NOW = ""
_NAME = Qt.ItemDataRole.UserRole


class ScenarioList(QTreeWidget):
    """Scenarios below the present state; Delete asks to take the selected ones away."""

    delete_wanted = pyqtSignal()

    def keyPressEvent(self, event):  # noqa: N802
        if event.key() == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        else:
            super().keyPressEvent(event)


class ScenarioWidgets(QWidget):
    """Everything in the window."""

    def __init__(self, parent: QWidget):
        super().__init__(parent)
        self.title = QLabel(self)
        self.title.setObjectName("WanggeScenarioLayer")
        self.title.setWordWrap(True)
        self.load = QgsMapLayerComboBox(self)
        self.load.setObjectName("WanggeScenarioLoad")
        self.load.setAccessibleName(translate("Wangge", "Load of the cells"))
        self.load.setFilters(Qgis.LayerFilter.HasGeometry)
        self.load.setAllowEmptyLayer(True, translate("Wangge", "Field load of the cells"))
        self.load.setMinimumContentsLength(8)
        self.name = QLineEdit(self)
        self.name.setObjectName("WanggeScenarioName")
        self.name.setAccessibleName(translate("Wangge", "Name of the scenario"))
        self.name.setPlaceholderText(translate("Wangge", "Name of the scenario"))
        self.save = self._button("save", translate("Wangge", "Save"), "/mActionFileSave.svg")
        self.scenarios = self._list()
        self.compare = self._button(
            "compare", translate("Wangge", "Compare"), "/mActionIdentify.svg"
        )
        self.restore = self._button("restore", translate("Wangge", "Restore"), "/mActionUndo.svg")
        self.delete = self._button(
            "delete", translate("Wangge", "Delete…"), "/mActionDeleteSelected.svg"
        )
        self.report = self._button(
            "report", translate("Wangge", "Open report"), "/mActionOpenTable.svg"
        )
        self.figures = self._table()
        self._lay_out()
        self.show_figures((), "", "")

    def _button(self, name: str, text: str, theme_icon: str) -> QPushButton:
        button = QPushButton(QgsApplication.getThemeIcon(theme_icon), text, self)
        button.setObjectName(f"WanggeScenario_{name}")
        button.setAccessibleName(text)
        return button

    def _list(self) -> ScenarioList:
        tree = ScenarioList(self)
        tree.setObjectName("WanggeScenarioList")
        tree.setAccessibleName(translate("Wangge", "Scenarios"))
        tree.setRootIsDecorated(False)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        tree.setToolTip(translate("Wangge", "Select one or two and compare them"))
        tree.setHeaderLabels(
            [
                translate("Wangge", "Scenario"),
                translate("Wangge", "Cells"),
                translate("Wangge", "Saved"),
            ]
        )
        header = tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        return tree

    def _table(self) -> QTableWidget:
        table = QTableWidget(0, 3, self)
        table.setObjectName("WanggeScenarioFigures")
        table.setAccessibleName(translate("Wangge", "Figures side by side"))
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.setWordWrap(True)
        header = table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        return table

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(translate("Wangge", "Load"), self.load)
        naming = QHBoxLayout()
        naming.addWidget(self.name, 1)
        naming.addWidget(self.save)
        doing = QHBoxLayout()
        for button in (self.compare, self.restore, self.delete):
            doing.addWidget(button)
        above, below = QWidget(self), QWidget(self)
        upper = QVBoxLayout(above)
        upper.setContentsMargins(0, 0, 0, 0)
        upper.addWidget(self.scenarios, 1)
        upper.addLayout(doing)
        lower = QVBoxLayout(below)
        lower.setContentsMargins(0, 0, 0, 0)
        lower.addWidget(self.figures, 1)
        lower.addWidget(self.report)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.addWidget(above)
        split.addWidget(below)
        split.setChildrenCollapsible(False)
        # The list is short, the figures are many.
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        layout = QVBoxLayout(self)
        layout.addWidget(self.title)
        layout.addLayout(form)
        layout.addLayout(naming)
        layout.addWidget(split, 1)

    # -- the list --------------------------------------------------------------------------

    def show_scenarios(self, scenarios: Iterable[Scenario], cells_now: int) -> None:
        """List scenarios below the present state; what was selected stays so."""
        before = set(self.selected())
        self.scenarios.clear()
        locale = QLocale()
        now = translate("Wangge", "Cells as they are now")
        rows = [(NOW, now, cells_now, "")]
        for one in scenarios:
            saved = QDateTime.fromString(one.saved_at, Qt.DateFormat.ISODateWithMs).toLocalTime()
            day = locale.toString(saved, QLocale.FormatType.ShortFormat)
            rows.append((one.name, one.name, one.cells, day))
        for name, text, count, day in rows:
            shown = locale.toString(count) if count >= 0 else ""
            item = QTreeWidgetItem([text, shown, day])
            item.setData(0, _NAME, name)
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setToolTip(0, text)
            self.scenarios.addTopLevelItem(item)
            item.setSelected(name in before)

    def selected(self) -> list[str]:
        """Return the names of the selected rows from the top, `NOW` among them."""
        rows = [self.scenarios.topLevelItem(i) for i in range(self.scenarios.topLevelItemCount())]
        return [row.data(0, _NAME) for row in rows if row.isSelected()]

    # -- the figures -----------------------------------------------------------------------

    def show_figures(
        self, rows: Sequence[tuple[str, str, str, int]], first: str, second: str
    ) -> None:
        """Show figures of two states: title, both values, and which is better (0 for neither)."""
        self.figures.setHorizontalHeaderLabels([translate("Wangge", "Figure"), first, second])
        self.figures.setRowCount(len(rows))
        for row, (title, one, other, better) in enumerate(rows):
            for column, text in enumerate((title, one, other)):
                item = QTableWidgetItem(text)
                if column:
                    item.setTextAlignment(
                        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                    )
                if column and column == better:
                    font = item.font()
                    font.setBold(True)
                    item.setFont(font)
                    item.setToolTip(translate("Wangge", "Better"))
                self.figures.setItem(row, column, item)
        self.figures.setMinimumHeight(self.fontMetrics().height() * 12)
        self.figures.setVisible(bool(rows))
        self.report.setVisible(bool(rows))
