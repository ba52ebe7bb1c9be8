"""The Processing provider: every algorithm of the four subjects, found by their folders."""

from __future__ import annotations

import inspect
from importlib import import_module
from pkgutil import iter_modules

from qgis.core import QgsMessageLog, QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from ..plugin.paths import ROOT, resource
from .base import WanggeAlgorithm

_FOLDERS = ("grid", "census", "risk", "database", "general")


def algorithm_classes() -> list[type[WanggeAlgorithm]]:
    """Return the algorithm classes, one or more a module, in the order of folders and names."""
    found = []
    for folder in _FOLDERS:
        package = f"{__package__}.{folder}"
        for module in sorted(m.name for m in iter_modules([str(ROOT / "processing" / folder)])):
            try:
                loaded = import_module(f"{package}.{module}")
            except ImportError as error:
                # One missing Python package must not take the other algorithms away.
                QgsMessageLog.logMessage(f"{folder}/{module}: {error}", "Wangge")
                continue
            found += [
                item
                for item in vars(loaded).values()
                if inspect.isclass(item)
                and issubclass(item, WanggeAlgorithm)
                and item.__module__ == loaded.__name__
                and item.ID
            ]
    return found


class WanggeProvider(QgsProcessingProvider):
    """Wangge's algorithms in the toolbox, in models and in ``qgis_process``."""

    def id(self) -> str:
        return "wangge"

    def name(self) -> str:
        return "Wangge 网格"

    def icon(self) -> QIcon:
        return QIcon(str(resource("icons", "wangge.svg")))

    def loadAlgorithms(self) -> None:  # noqa: N802
        for algorithm in algorithm_classes():
            self.addAlgorithm(algorithm())
