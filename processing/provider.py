"""The Processing provider: every algorithm of the four subjects, found by their folders."""

from __future__ import annotations

import inspect
from importlib import import_module
from pkgutil import iter_modules

from qgis.core import (
    QgsApplication,
    QgsMessageLog,
    QgsProcessingModelAlgorithm,
    QgsProcessingProvider,
)
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QIcon

from ..plugin.paths import ROOT, resource
from ..plugin.translation import translate
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


class Model(QgsProcessingModelAlgorithm):
    """A chain of our algorithms with a name in the user's language."""

    def displayName(self) -> str:  # noqa: N802
        return {
            "district_from_streets_to_platform": translate(
                "Wangge", "District: from streets to the platform"
            ),
            "nightly_push": translate("Wangge", "Nightly push"),
            "census_return_to_platform": translate("Wangge", "Census returns to the platform"),
        }.get(self.name(), self.name())

    def group(self) -> str:
        return translate("Wangge", "6 Models")

    def groupId(self) -> str:  # noqa: N802
        return "models"


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
        if QgsApplication.processingRegistry().providerById(self.id()):  # loaded once more
            self.add_models()

    def add_models(self) -> None:
        """Add the models; the provider must be registered, for they look their steps up."""
        for path in sorted((ROOT / "processing" / "models").glob("*.model3")):
            model = Model()
            if model.fromFile(str(path)):
                # The file has English titles, each of them in the catalogue for its algorithm.
                for definition in model.parameterDefinitions():
                    title = QCoreApplication.translate("Wangge", definition.description())
                    definition.setDescription(title)
                self.addAlgorithm(model)
