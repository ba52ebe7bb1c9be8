"""The Processing provider: every algorithm of the four subjects, found by their folders."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import (
    QgsApplication,
    QgsMessageLog,
    QgsProcessingModelAlgorithm,
    QgsProcessingProvider,
)
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QIcon

from ..plugin.loading import load_in_steps
from ..plugin.paths import ROOT, resource
from ..plugin.translation import translate
from .promise import Promise

if TYPE_CHECKING:
    from .base import WanggeAlgorithm

_FOLDERS = ("grid", "census", "risk", "database", "general")
_MODELS = ROOT / "processing" / "models"
_ID = re.compile(r'^    ID = "(\w+)"$', re.MULTILINE)


def algorithm_modules() -> dict[str, str]:
    """Return id -> module of every algorithm, by folders and names; nothing is imported."""
    found = {}
    for folder in _FOLDERS:
        for path in sorted((ROOT / "processing" / folder).glob("*.py")):
            for name in _ID.findall(path.read_text(encoding="utf-8")):
                found[name] = f"{__package__}.{folder}.{path.stem}"
    return found


def algorithm_class(name: str, module: str) -> type[WanggeAlgorithm]:
    """Return the class of an algorithm; raises `ImportError` when a Python package is missing."""
    loaded = vars(import_module(module)).values()
    classes: Iterator[type] = filter(inspect.isclass, loaded)
    return next(item for item in classes if vars(item).get("ID") == name)


def _make(name: str, module: str) -> WanggeAlgorithm:
    return algorithm_class(name, module)()


def algorithm_classes() -> list[type[WanggeAlgorithm]]:
    """Return the algorithm classes whose Python packages are there."""
    found = []
    for name, module in algorithm_modules().items():
        try:
            found.append(algorithm_class(name, module))
        except ImportError as error:
            # One missing Python package must not take the other algorithms away.
            QgsMessageLog.logMessage(f"{module}: {error}", "Wangge")
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


def read_model(path: Path) -> Model | None:
    """Return a model from its file; None when a step of it is not registered."""
    model = Model()
    if not model.fromFile(str(path)):
        return None
    # The file has English titles, each of them in the catalogue for its algorithm.
    for definition in model.parameterDefinitions():
        definition.setDescription(QCoreApplication.translate("Wangge", definition.description()))
    return model


class WanggeProvider(QgsProcessingProvider):
    """Wangge's algorithms in the toolbox, in models and in ``qgis_process``.

    Parameters
    ----------
    promising : bool
        Register promises only, which cost nothing; `keep_promises` must follow.
    """

    def __init__(self, *, promising: bool = False):
        super().__init__()
        self._promising = promising

    def id(self) -> str:
        return "wangge"

    def name(self) -> str:
        return "Wangge 网格"

    def icon(self) -> QIcon:
        return QIcon(str(resource("icons", "wangge.svg")))

    def loadAlgorithms(self) -> None:  # noqa: N802
        if self._promising:
            self._promise()
            return
        for algorithm in algorithm_classes():
            self.addAlgorithm(algorithm())
        if QgsApplication.processingRegistry().providerById(self.id()):  # loaded once more
            self.add_models()

    def add_models(self) -> None:
        """Add the models; the provider must be registered, for they look their steps up."""
        for path in sorted(_MODELS.glob("*.model3")):
            if (model := read_model(path)) is not None:
                self.addAlgorithm(model)

    def _promise(self) -> None:
        for name, module in algorithm_modules().items():
            self.addAlgorithm(Promise(name, partial(_make, name, module)))
        for path in _MODELS.glob("*.model3"):
            self.addAlgorithm(Promise(path.stem, partial(read_model, path)))

    def keep_promises(self) -> Iterator[None]:
        """Import one module after the other; then register the algorithms themselves."""
        if self._promising:
            yield from load_in_steps(algorithm_modules().values())
            self._promising = False
            self.refreshAlgorithms()
