"""Choose a class with a few keys: by code, Chinese name, English word or pinyin initials."""

from __future__ import annotations

from qgis.core import Qgis, QgsSymbolLayerUtils
from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import QEvent, QModelIndex, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QIcon, QKeyEvent, QStandardItem, QStandardItemModel
from qgis.PyQt.QtWidgets import QAbstractItemView, QListView, QVBoxLayout, QWidget

from ...layers.legend import major_symbol
from ...standards.classes import ClassTable
from ...standards.component_class import ComponentClass
from ...standards.spec import Geometry
from ...translation import is_chinese, translate
from ..shell.two_lines import NOTE_ROLE, TwoLines

_CODE_ROLE = Qt.ItemDataRole.UserRole + 2
_RECENT = 9
_KINDS = {
    Geometry.POINT: Qgis.GeometryType.Point,
    Geometry.LINE: Qgis.GeometryType.Line,
    Geometry.POLYGON: Qgis.GeometryType.Polygon,
}
# Keys that move in the list while the cursor stays in the text.
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class ClassSearch(QWidget):
    """A text and the classes that answer to it; what was chosen lately comes first."""

    chosen = pyqtSignal(object)

    def __init__(self, parent: QWidget):
        super().__init__(parent)
        self._table: ClassTable | None = None
        self._recent: list[str] = []
        self._icons: dict[tuple[str, Geometry], QIcon] = {}
        self.text = QgsFilterLineEdit(self)
        self.text.setObjectName("WanggeClassSearch")
        self.text.setShowSearchIcon(True)
        title = translate("Wangge", "Class: code, name or pinyin initials")
        self.text.setPlaceholderText(title)
        self.text.setAccessibleName(title)
        self.text.textChanged.connect(self._fill)
        self.text.returnPressed.connect(self._take_current)
        self.text.installEventFilter(self)
        self.list = QListView(self)
        self.list.setObjectName("WanggeClassList")
        self.list.setAccessibleName(translate("Wangge", "Component classes"))
        self.list.setItemDelegate(TwoLines(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setMinimumHeight(self.fontMetrics().height() * 5)
        self.list.clicked.connect(self._take)
        self.list.activated.connect(self._take)
        self._model = QStandardItemModel(self.list)
        self.list.setModel(self._model)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.text)
        layout.addWidget(self.list, 1)

    def show_table(self, table: ClassTable) -> None:
        """Offer the classes of a table."""
        self._table = table
        self._recent = [code for code in self._recent if code in table]
        self._fill()

    def found(self) -> list[str]:
        """Return the codes that are shown, in order."""
        return [self._model.item(row).data(_CODE_ROLE) for row in range(self._model.rowCount())]

    def begin(self, typed: str = "") -> None:
        """Put the cursor into the text, with what was typed elsewhere."""
        self.text.setFocus()
        if typed:
            self.text.setText(typed)
        else:
            self.text.selectAll()

    def remember(self, chosen: ComponentClass) -> None:
        """Put a class on top of those offered first."""
        self._recent = [chosen.code, *(c for c in self._recent if c != chosen.code)][:_RECENT]

    def eventFilter(self, watched, event):  # noqa: N802
        if watched is self.text and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in _MOVES:
                # The list understands these keys; the cursor need not leave the text.
                self.list.keyPressEvent(QKeyEvent(event.type(), key, event.modifiers()))
                return True
        return super().eventFilter(watched, event)

    def _fill(self, *_ignored) -> None:
        self._model.clear()
        if self._table is None:
            return
        typed = self.text.text().strip()
        found = self._table.search(typed)
        if not typed:
            recent = [self._table[code] for code in self._recent]
            found = [*recent, *(c for c in found if c.code not in self._recent)]
        # Asked once: asking QGIS for its language takes longer than a row of the list.
        chinese = is_chinese()
        for entry in found:
            name = entry.name_zh if chinese else entry.name_en or entry.name_zh
            major = entry.major_name_zh if chinese else entry.major_name_en or entry.major_name_zh
            item = QStandardItem(self._icon(entry), name)
            other = "" if name == entry.name_zh else f" {entry.name_zh}"
            item.setData(f"{entry.code}{other} · {major}", NOTE_ROLE)
            item.setData(entry.code, _CODE_ROLE)
            item.setToolTip(f"{entry.code} {entry.name_zh}")
            self._model.appendRow(item)
        if self._model.rowCount():
            self.list.setCurrentIndex(self._model.index(0, 0))

    def _icon(self, entry: ComponentClass) -> QIcon:
        kind = entry.geometries[0] if entry.geometries else Geometry.POINT
        key = (entry.major_code, kind)
        if key not in self._icons:
            symbol = major_symbol(entry.major_code, _KINDS[kind])
            self._icons[key] = QgsSymbolLayerUtils.symbolPreviewIcon(symbol, QSize(18, 18))
        return self._icons[key]

    def _take_current(self) -> None:
        self._take(self.list.currentIndex())

    def _take(self, index: QModelIndex) -> None:
        code = index.data(_CODE_ROLE)
        if code and self._table is not None:
            found = self._table[code]
            self.remember(found)
            self.chosen.emit(found)
