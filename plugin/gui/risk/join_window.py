"""Address and session code large enough for the last row, to be typed or scanned."""

from __future__ import annotations

import numpy as np
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QImage, QPixmap, qRgb
from qgis.PyQt.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from ...risk.workshop.qr import qr_code
from ...translation import translate

# Modules left white around a QR code, and pixels of a module on the screen.
_QUIET, _PIXELS = 4, 10


class JoinWindow(QDialog):
    """Stays open beside the map until everybody is in."""

    def __init__(self, url: str, code: str, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("WanggeWorkshopJoin")
        self.setWindowTitle(translate("Wangge", "Take part in the workshop"))
        layout = QVBoxLayout(self)
        self.picture = QLabel(self)
        self.picture.setObjectName("WanggeWorkshopQr")
        self.picture.setAccessibleName(translate("Wangge", "Address and session code"))
        self.picture.setPixmap(qr_picture(f"{url}#{code}"))
        words = QLabel(
            f'<p style="font-size:22pt">{url}</p><p style="font-size:16pt">'
            f"{translate('Wangge', 'Session code')}: "
            f'<span style="font-family:monospace; font-size:28pt"><b>{code[:4]} {code[4:]}</b>'
            "</span></p>",
            self,
        )
        for label in (self.picture, words):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(label)


def qr_picture(text: str) -> QPixmap:
    """Return a QR code with its quiet zone; an empty picture for a text that is too long."""
    modules = qr_code(text)
    if modules is None:
        return QPixmap()
    dark = np.pad(modules, _QUIET)
    side = len(dark)
    image = QImage(side, side, QImage.Format.Format_RGB32)
    for y, x in np.ndindex(side, side):
        image.setPixel(int(x), int(y), qRgb(0, 0, 0) if dark[y, x] else qRgb(255, 255, 255))
    return QPixmap.fromImage(image.scaled(side * _PIXELS, side * _PIXELS))
