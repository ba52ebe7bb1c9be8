"""Items with a second, paler line under their title, as all of Wangge's lists show them."""

from __future__ import annotations

from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QFont, QPalette
from qgis.PyQt.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

#: Role under which an item keeps its second line.
NOTE_ROLE = Qt.ItemDataRole.UserRole + 1

_SMALLER = 0.85


class TwoLines(QStyledItemDelegate):
    """Paints the title of an item and, where there is one, its note under it."""

    def paint(self, painter, option, index):
        note = index.data(NOTE_ROLE)
        if not note:
            super().paint(painter, option, index)
            return
        item = QStyleOptionViewItem(option)
        self.initStyleOption(item, index)
        text, item.text = item.text, ""
        style = item.widget.style() if item.widget else QApplication.style()
        # Branches, icon, selection and focus stay the style's own.
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, item, painter, item.widget)
        item.text = text
        area = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, item, item.widget)
        area = area.adjusted(2, 0, -2, 0)
        area.setTop(option.rect.top() + 2)
        area.setBottom(option.rect.bottom() - 2)
        painter.save()
        colour = _colour(item)
        painter.setPen(colour)
        painter.setFont(item.font)
        right = Qt.TextElideMode.ElideRight
        left = Qt.AlignmentFlag.AlignLeft
        title = item.fontMetrics.elidedText(text, right, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignTop | left, title)
        small = QFont(item.font)
        small.setPointSizeF(max(6.5, small.pointSizeF() * _SMALLER))
        small.setBold(False)
        colour.setAlphaF(colour.alphaF() * 0.7)
        painter.setPen(colour)
        painter.setFont(small)
        width = int(area.width() / _SMALLER)
        elided = item.fontMetrics.elidedText(note, right, width)
        painter.drawText(area, Qt.AlignmentFlag.AlignBottom | left, elided)
        painter.restore()

    def sizeHint(self, option, index):  # noqa: N802
        size = super().sizeHint(option, index)
        lines = 1.9 if index.data(NOTE_ROLE) else 1.0
        return QSize(size.width(), int(option.fontMetrics.height() * lines) + 6)


def _colour(item: QStyleOptionViewItem):
    selected = bool(item.state & QStyle.StateFlag.State_Selected)
    enabled = bool(item.state & QStyle.StateFlag.State_Enabled)
    role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
    group = QPalette.ColorGroup.Active if enabled else QPalette.ColorGroup.Disabled
    return item.palette.color(group, role)
