"""Fields and tables of the profile's form, made from its description."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.core import QgsCoordinateReferenceSystem
from qgis.gui import QgsDoubleSpinBox, QgsProjectionSelectionWidget, QgsSpinBox
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QBrush, QColor, QPalette
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyledItemDelegate,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...standards.profile import TOLERANCES
from ...translation import translate
from .profile_form import Choices, Entry, Table
from .profile_rows import Row, from_text, to_text

_STAR = Qt.ItemDataRole.UserRole


def mistake_label(parent: QWidget) -> QLabel:
    """Return a label for what is wrong, to be read on light and on dark windows."""
    label = QLabel(parent)
    label.setObjectName("WanggeProfileMistake")
    label.setWordWrap(True)
    is_dark = parent.palette().color(QPalette.ColorRole.Window).lightness() < 128
    label.setStyleSheet(f"color: {'#ff8f85' if is_dark else '#b3261e'}")
    return label


def _combo(choices: Choices, *, editable: bool, parent: QWidget) -> QComboBox:
    box = QComboBox(parent)
    box.setEditable(editable)
    # A long title must not make the whole form wide.
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(8)
    for value, title in choices:
        box.addItem(title if title == value or not value else f"{title} ({value})", value)
    return box


def _chosen(box: QComboBox) -> str:
    # What was typed counts as it stands; what was chosen counts as its value.
    place = box.findText(box.currentText())
    return str(box.itemData(place)) if place >= 0 else box.currentText().strip()


def _choose(box: QComboBox, value: str) -> None:
    place = box.findData(value)
    box.setCurrentIndex(place)
    if place < 0 and box.isEditable():
        box.setEditText(value)


class Field(QWidget):
    """One value with room for what is wrong with it below."""

    changed = pyqtSignal()

    def __init__(self, entry: Entry, value: Any, parent: QWidget | None = None):
        super().__init__(parent)
        self.entry = entry
        self.setObjectName(f"WanggeProfile_{entry.key}")
        self.editor = self._made(value)
        self.editor.setAccessibleName(entry.title)
        self.setFocusProxy(self.editor)
        self.mistake = mistake_label(self)
        self.mistake.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.editor)
        layout.addWidget(self.mistake)

    def _made(self, value: Any) -> QWidget:
        make = {
            "crs": self._crs,
            "number": self._number,
            "integer": self._integer,
            "checks": self._checks,
        }.get(self.entry.kind)
        if make is not None:
            return make(value)
        if self.entry.choices:
            box = _combo(self.entry.choices, editable=self.entry.kind != "choice", parent=self)
            _choose(box, to_text(self.entry, value))
            box.currentTextChanged.connect(lambda *_: self.changed.emit())
            return box
        edit = QLineEdit(to_text(self.entry, value), self)
        edit.textChanged.connect(lambda *_: self.changed.emit())
        return edit

    def _crs(self, value: Any) -> QWidget:
        box = QgsProjectionSelectionWidget(self)
        box.setOptionVisible(QgsProjectionSelectionWidget.CrsOption.CrsNotSet, True)
        given = value or {}
        box.setCrs(QgsCoordinateReferenceSystem(given.get("authid") or given.get("wkt") or ""))
        box.crsChanged.connect(lambda *_: self.changed.emit())
        return box

    def _number(self, value: Any) -> QWidget:
        box = QgsDoubleSpinBox(self)
        box.setRange(0, 1_000_000)
        box.setDecimals(2)
        box.setValue(value or 0)
        box.setClearValue(TOLERANCES.get(self.entry.key.rpartition(".")[2], 0.0))
        box.valueChanged.connect(lambda *_: self.changed.emit())
        return box

    def _integer(self, value: Any) -> QWidget:
        box = QgsSpinBox(self)
        box.setRange(0, 10_000_000)
        box.setShowClearButton(False)
        box.setValue(value or 0)
        box.valueChanged.connect(lambda *_: self.changed.emit())
        return box

    def _checks(self, value: Any) -> QWidget:
        choices = QListWidget(self)
        for name, title in self.entry.choices:
            item = QListWidgetItem(title, choices)
            item.setData(_STAR, name)
            state = Qt.CheckState.Checked if name in (value or ()) else Qt.CheckState.Unchecked
            item.setCheckState(state)
        choices.setMaximumHeight(min(len(self.entry.choices), 6) * 24 + 6)
        choices.itemChanged.connect(lambda *_: self.changed.emit())
        return choices

    def value(self) -> Any:
        """Return the value as the file has it."""
        editor = self.editor
        if isinstance(editor, QgsProjectionSelectionWidget):
            crs = editor.crs()
            if not crs.isValid():
                return {}
            return {"authid": crs.authid()} if crs.authid() else {"wkt": crs.toWkt()}
        if isinstance(editor, QgsDoubleSpinBox | QgsSpinBox):
            return editor.value()
        if isinstance(editor, QListWidget):
            items = [editor.item(i) for i in range(editor.count())]
            return [i.data(_STAR) for i in items if i.checkState() == Qt.CheckState.Checked]
        text = _chosen(editor) if isinstance(editor, QComboBox) else editor.text()
        return from_text(self.entry, text)

    def show_mistake(self, problem: str) -> None:
        """Say below the field what is wrong; nothing when empty."""
        self.mistake.setText(problem)
        self.mistake.setVisible(bool(problem))


class _Choice(QStyledItemDelegate):
    # Offers the choices of a column where one is edited.
    def __init__(self, entry: Entry, parent: QWidget):
        super().__init__(parent)
        self._entry = entry

    def createEditor(self, parent, option, index):  # noqa: N802
        return _combo(self._entry.choices, editable=self._entry.kind != "choice", parent=parent)

    def setEditorData(self, editor, index):  # noqa: N802
        _choose(editor, index.data() or "")

    def setModelData(self, editor, model, index):  # noqa: N802
        model.setData(index, _chosen(editor))


class Rows(QGroupBox):
    """A table with rows to add and to remove, and room for what is wrong below."""

    changed = pyqtSignal()

    def __init__(self, table: Table, rows: Sequence[Row], parent: QWidget | None = None):
        super().__init__(table.title, parent)
        self.described = table
        self.setObjectName(f"WanggeProfile_{table.key}")
        self.table = QTableWidget(0, len(table.columns), self)
        self.table.setAccessibleName(table.title)
        self.table.setHorizontalHeaderLabels([c.title for c in table.columns])
        self.table.verticalHeader().setVisible(False)
        self.table.horizontalHeader().setStretchLastSection(True)
        for place, column in enumerate(table.columns):
            if column.choices and column.kind != "texts":
                self.table.setItemDelegateForColumn(place, _Choice(column, self.table))
        for row in rows:
            self._append(row)
        self.table.resizeColumnsToContents()
        for place in range(len(table.columns)):
            self.table.setColumnWidth(place, max(70, min(self.table.columnWidth(place), 200)))
        self.table.setMinimumHeight(110)
        self.table.itemChanged.connect(lambda *_: self.changed.emit())
        self.mistake = mistake_label(self)
        self.mistake.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        add = QPushButton(translate("Wangge", "Add row"), self)
        add.setObjectName("WanggeProfileAdd")
        add.clicked.connect(lambda *_: self.add())
        remove = QPushButton(translate("Wangge", "Remove rows"), self)
        remove.setObjectName("WanggeProfileRemove")
        remove.clicked.connect(lambda *_: self.remove())
        buttons = QHBoxLayout()
        buttons.addWidget(self.mistake, 1)
        buttons.addStretch(0)
        buttons.addWidget(add)
        buttons.addWidget(remove)
        layout = QVBoxLayout(self)
        layout.addWidget(self.table)
        layout.addLayout(buttons)

    def _append(self, row: Row) -> None:
        place = self.table.rowCount()
        self.table.insertRow(place)
        for column, entry in enumerate(self.described.columns):
            item = QTableWidgetItem()
            if entry.kind == "flag":
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                checked = bool(row.get(entry.key))
                item.setCheckState(Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked)
            else:
                item.setText(to_text(entry, row.get(entry.key)))
            self.table.setItem(place, column, item)

    def add(self) -> None:
        """Add an empty row and begin to edit it."""
        self._append({})
        place = self.table.rowCount() - 1
        self.table.setCurrentCell(place, 0)
        self.table.editItem(self.table.item(place, 0))

    def remove(self) -> None:
        """Remove the selected rows."""
        places = {index.row() for index in self.table.selectedIndexes()}
        for place in sorted(places, reverse=True):
            self.table.removeRow(place)
        if places:
            self.changed.emit()

    def rows(self) -> list[Row]:
        """Return the rows; one without any value is empty.

        Raises
        ------
        WanggeError
            When a cell cannot be read at all.
        """
        found = []
        for place in range(self.table.rowCount()):
            row = {}
            for column, entry in enumerate(self.described.columns):
                item = self.table.item(place, column)
                if entry.kind == "flag":
                    text = "true" if item.checkState() == Qt.CheckState.Checked else ""
                else:
                    text = item.text()
                value = from_text(entry, text)
                if value not in (None, "", [], {}):
                    row[entry.key] = value
            found.append(row)
        return found

    def show_mistake(self, problem: str, row: int = -1, key: str = "") -> None:
        """Say below the table what is wrong and mark the cell; nothing when empty."""
        self.mistake.setText(problem)
        self.mistake.setVisible(bool(problem))
        keys = [entry.key for entry in self.described.columns]
        self.table.blockSignals(True)
        for place in range(self.table.rowCount()):
            for column in range(self.table.columnCount()):
                wrong = problem and place == row and (key not in keys or keys[column] == key)
                item = self.table.item(place, column)
                item.setBackground(QBrush(QColor(208, 59, 59, 70)) if wrong else QBrush())
                item.setToolTip(problem if wrong else "")
        self.table.blockSignals(False)
        if problem and row >= 0:
            self.table.scrollToItem(self.table.item(row, keys.index(key) if key in keys else 0))
