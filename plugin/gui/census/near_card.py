"""Asks before a component is saved beside one of its own class."""

from __future__ import annotations

from qgis.PyQt.QtCore import QLocale, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ...layers.component_entry import Near
from ...translation import translate


class NearCard(QFrame):
    """Names the component that stands near; keep the new one, or leave it."""

    kept = pyqtSignal()
    dropped = pyqtSignal()

    def __init__(self, parent: QWidget):
        super().__init__(parent)
        self.setObjectName("WanggeNearCard")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.text = QLabel(self)
        self.text.setObjectName("WanggeNearText")
        self.text.setWordWrap(True)
        self.drop = QPushButton(translate("Wangge", "Leave it"), self)
        self.drop.setObjectName("WanggeNearDrop")
        self.drop.clicked.connect(self.dropped)
        self.keep = QPushButton(translate("Wangge", "Save it all the same"), self)
        self.keep.setObjectName("WanggeNearKeep")
        self.keep.clicked.connect(self.kept)
        buttons = QHBoxLayout()
        buttons.addWidget(self.drop)
        buttons.addWidget(self.keep)
        layout = QVBoxLayout(self)
        layout.addWidget(self.text)
        layout.addLayout(buttons)
        self.hide()

    def keyPressEvent(self, event):  # noqa: N802
        if event.key() == Qt.Key.Key_Escape:
            self.dropped.emit()
        else:
            super().keyPressEvent(event)

    def ask(self, near: list[Near]) -> None:
        """Show the nearest of some components and wait for a decision."""
        first = near[0]
        text = translate(
            "Wangge",
            "{name} {code} stands {distance} m away ({count} near). Is this one really another?",
        ).format(
            name=first.name,
            code=first.code,
            distance=QLocale().toString(first.distance, "f", 2),
            count=len(near),
        )
        self.text.setText(text)
        self.show()
        # A second Enter by mistake must not save a duplicate.
        self.drop.setFocus()
