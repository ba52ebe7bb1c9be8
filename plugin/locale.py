"""Wangge's own translation, following QGIS's locale."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QTranslator

from .paths import resource


class Translators:
    """Installs the message catalogue of QGIS's locale and takes it away again."""

    def __init__(self):
        self._installed: list[QTranslator] = []

    def install(self) -> None:
        """Install the catalogue, once; English needs none."""
        if self._installed:
            return
        language = QgsApplication.locale()
        name = "wangge_zh_CN.qm" if language.lower().startswith("zh") else ""
        path = resource("i18n", name)
        if name and path.is_file():
            translator = QTranslator()
            if translator.load(str(path)):
                QCoreApplication.installTranslator(translator)
                self._installed.append(translator)

    def remove(self) -> None:
        """Remove what was installed."""
        for translator in self._installed:
            QCoreApplication.removeTranslator(translator)
        self._installed.clear()
