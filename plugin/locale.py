"""Wangge's own translation and that of Qt's buttons, following QGIS's locale."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QLibraryInfo, QTranslator

from .paths import resource


class Translators:
    """Installs the message catalogue of QGIS's locale and takes it away again."""

    def __init__(self):
        self._installed: list[QTranslator] = []

    def install(self) -> None:
        """Install the catalogue, once; English needs none."""
        if self._installed:
            return
        language = QgsApplication.locale().lower()
        if language in ("zh-hans", "zh_cn", "zh"):
            # QGIS looks for Qt's own words as "zh-Hans"; Qt calls them "zh_CN".
            self._load(_qt_folder() / "qtbase_zh_CN.qm")
        if language.startswith("zh"):
            self._load(resource("i18n", "wangge_zh_CN.qm"))

    def _load(self, path: Path) -> None:
        translator = QTranslator()
        if path.is_file() and translator.load(str(path)):
            QCoreApplication.installTranslator(translator)
            self._installed.append(translator)

    def remove(self) -> None:
        """Remove what was installed."""
        for translator in self._installed:
            QCoreApplication.removeTranslator(translator)
        self._installed.clear()


def _qt_folder() -> Path:
    if hasattr(QLibraryInfo, "path"):  # Qt 6
        return Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    return Path(QLibraryInfo.location(QLibraryInfo.LibraryLocation.TranslationsPath))
