"""An algorithm that is registered before its module is imported."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import Qgis, QgsProcessingAlgorithm


class Promise(QgsProcessingAlgorithm):
    """Stands in the registry under its id and makes the algorithm itself when it is to run.

    Parameters
    ----------
    name : str
        Id without the provider.
    make : callable
        Imports what is necessary and returns a new instance.
    """

    def __init__(self, name: str, make: Callable[[], QgsProcessingAlgorithm | None]):
        super().__init__()
        self._name = name
        self._make = make

    def name(self) -> str:
        return self._name

    def displayName(self) -> str:  # noqa: N802
        return self._name

    def flags(self):
        hidden = Qgis.ProcessingAlgorithmFlag.HideFromToolbox
        return super().flags() | hidden | Qgis.ProcessingAlgorithmFlag.HideFromModeler

    def initAlgorithm(self, configuration=None) -> None:  # noqa: N802
        """Do nothing: the parameters are the algorithm's own."""

    def createInstance(self):  # noqa: N802
        return self._make()
