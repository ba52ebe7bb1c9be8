"""A hint that goes along with the cursor: what a click would do, and the figures of it."""

from __future__ import annotations

from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtWidgets import QLabel

_AWAY = QPoint(18, 22)


class CursorHint(QLabel):
    """A small note beside the cursor; it takes no mouse events."""

    def __init__(self, canvas: QgsMapCanvas):
        super().__init__(canvas)
        self.setObjectName("WanggeCursorHint")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setTextFormat(Qt.TextFormat.PlainText)
        # Colours of its own: it must be readable on any map, whatever the theme.
        self.setStyleSheet(
            "QLabel { background: rgba(32, 38, 44, 215); color: white; border-radius: 4px;"
            " padding: 4px 7px; }"
        )
        self.hide()

    def tell(self, place: QPoint, text: str) -> None:
        """Show a text beside a place of the canvas, within its edges."""
        self.setText(text)
        self.adjustSize()
        room = self.parentWidget().rect()
        spot = place + _AWAY
        if spot.x() + self.width() > room.right():
            spot.setX(max(0, place.x() - _AWAY.x() - self.width()))
        if spot.y() + self.height() > room.bottom():
            spot.setY(max(0, place.y() - _AWAY.y() - self.height()))
        self.move(spot)
        self.show()
        self.raise_()
