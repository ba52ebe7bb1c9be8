"""The plugin object; the only file that sees both the windows and the algorithms."""

from __future__ import annotations

from qgis.core import Qgis, QgsApplication, QgsMessageLog

from . import native
from .layers.expressions import Functions
from .locale import Translators
from .packages import ESSENTIAL, Lack, how_to_install, lacks
from .translation import translate


class WanggePlugin:
    """Registers the provider always, the windows only where there is a desktop."""

    def __init__(self, iface):
        self._iface = iface
        self._provider = None
        self._shell = None
        self._lacking: list[Lack] = []
        self._translators = Translators()
        self._functions = Functions()

    def initProcessing(self) -> None:  # noqa: N802 - called by qgis_process
        """Register the algorithms; no window is touched."""
        self._translators.install()
        self._lacking = lacks()
        if any(lack.name in ESSENTIAL for lack in self._lacking):
            self._log_lacks()
            return
        from ..processing.provider import WanggeProvider

        self._functions.register()
        if not native.is_consistent():
            QgsMessageLog.logMessage(
                translate(
                    "Wangge",
                    "The Python package Shapely does not fit the GEOS library of this QGIS, and "
                    "Wangge may fail. Install it built from source: "
                    "pip install --force-reinstall --no-binary shapely shapely",
                ),
                "Wangge",
                Qgis.MessageLevel.Critical,
            )
        self._provider = WanggeProvider()
        QgsApplication.processingRegistry().addProvider(self._provider)
        self._provider.add_models()

    def initGui(self) -> None:  # noqa: N802 - called by the desktop
        """Register the algorithms and build menu, toolbar and dock."""
        self.initProcessing()
        if self._provider is None:
            self._tell_lacks()
            return
        from .gui.shell.shell import Shell

        self._shell = Shell(self._iface, self._lacking)
        self._shell.build()

    def _log_lacks(self) -> None:
        names = [lack.name for lack in self._lacking]
        QgsMessageLog.logMessage(how_to_install(names), "Wangge", Qgis.MessageLevel.Critical)

    def _tell_lacks(self) -> None:
        from .gui.shell.lacking import tell_lacks
        from .gui.shell.messages import Messages
        from .settings import Settings

        settings = Settings()
        tell_lacks(self._lacking, Messages(self._iface), settings)
        settings.remove()

    def unload(self) -> None:
        """Take away everything that was added."""
        if self._shell is not None:
            self._shell.remove()
            self._shell = None
        if self._provider is not None:
            QgsApplication.processingRegistry().removeProvider(self._provider)
            self._provider = None
        self._functions.remove()
        self._translators.remove()
