"""Phones take part: the page on one address of the local network, off until switched on."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ...risk.workshop.network import local_addresses
from ...risk.workshop.room import Room
from ...risk.workshop.server import WorkshopServer
from ...translation import translate
from .join_window import JoinWindow


class PhonesBox(QWidget):
    """A switch, the address to serve on, and what participants type."""

    failed = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self._room: Room | None = None
        self.server: WorkshopServer | None = None
        self._join: JoinWindow | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        self.switch = QCheckBox(translate("Wangge", "&Phones may take part, on"), self)
        self.switch.setObjectName("WanggeWorkshopPhones")
        self.addresses = QComboBox(self)
        self.addresses.setObjectName("WanggeWorkshopAddress")
        self.addresses.setAccessibleName(translate("Wangge", "Address on the local network"))
        row.addWidget(self.switch)
        row.addWidget(self.addresses, 1)
        layout.addLayout(row)
        self.where = QLabel(self)
        self.where.setObjectName("WanggeWorkshopUrl")
        self.where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.where.hide()
        below = QHBoxLayout()
        self.again = QPushButton(translate("Wangge", "Show &large"), self)
        self.again.setObjectName("WanggeWorkshopLarge")
        self.again.clicked.connect(lambda: self._join.show() if self._join else None)
        self.again.hide()
        below.addWidget(self.where, 1)
        below.addWidget(self.again)
        layout.addLayout(below)
        self.switch.toggled.connect(self._switch)

    def open(self, room: Room) -> None:
        """Offer the page of a room; it stays closed until the switch is on."""
        self.close_page()
        self._room = room
        self.addresses.clear()
        # The network's address first, this machine's own last.
        ordered = sorted(local_addresses(), key=lambda a: a.startswith("127."))
        self.addresses.addItems(ordered)

    def close_page(self) -> None:
        """Stop answering."""
        self.switch.setChecked(False)
        self._stop()

    def _switch(self, on: bool) -> None:
        self._stop()
        if on and self._room is not None:
            try:
                self.server = WorkshopServer(self._room, self.addresses.currentText())
                self.server.start()
            except Exception as error:
                self.switch.setChecked(False)
                self.failed.emit(error)
                return
            code = " ".join((self._room.code[:4], self._room.code[4:]))
            self.where.setText(
                f'<div style="font-size:15pt">{self.server.url}</div>'
                f"<div>{translate('Wangge', 'Session code')}: "
                f'<span style="font-size:18pt; font-family:monospace"><b>{code}</b></span></div>'
            )
            self._join = JoinWindow(self.server.url, self._room.code, self.window())
            self._join.show()
        self.addresses.setEnabled(not on)
        self.where.setVisible(self.server is not None)
        self.again.setVisible(self.server is not None)

    def _stop(self) -> None:
        if self.server is not None:
            self.server.stop()
            self.server = None
        self.where.hide()
        self.again.hide()
        if self._join is not None:
            self._join.close()
            self._join.deleteLater()
            self._join = None
        self.addresses.setEnabled(True)
