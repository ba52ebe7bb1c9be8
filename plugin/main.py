"""The plugin object; the only file that sees both the windows and the algorithms."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from qgis.core import Qgis, QgsApplication, QgsMessageLog

from . import native
from .loading import load_in_steps
from .locale import Translators
from .packages import ESSENTIAL, Lack, how_to_install, lacks
from .translation import translate

if TYPE_CHECKING:
    from ..processing.provider import WanggeProvider
    from .gui.shell.arrival import Arrival
    from .gui.shell.shell import Shell
    from .layers.expressions import Functions


class WanggePlugin:
    """Registers the provider always, the windows only where there is a desktop.

    Importing everything takes about a second. In a window that already shows it is done in
    small steps; until then the provider has promises in the place of its algorithms.
    """

    def __init__(self, iface):
        self._iface = iface
        self._provider: WanggeProvider | None = None
        self._functions: Functions | None = None
        self._shell: Shell | None = None
        self._arrival: Arrival | None = None
        self._lacking: list[Lack] = []
        self._translators = Translators()

    def initProcessing(self) -> None:  # noqa: N802 - called by qgis_process
        """Register the algorithms; no window is touched."""
        if self._provider is None and self._has_essentials():
            self._provide(promising=False)
            self._add_functions()

    def initGui(self) -> None:  # noqa: N802 - called by the desktop
        """Register the algorithms and build menu, toolbar and dock."""
        if not self._has_essentials():
            self._tell_lacks()
            return
        from .gui.shell.arrival import Arrival

        # While QGIS itself starts there is no window yet that could stop reacting.
        shows = self._iface.mainWindow().isVisible()
        self._arrival = Arrival(self._arriving(self._provide(promising=shows)))
        if shows:
            self._arrival.begin()
        else:
            self._arrival.finish()

    def is_complete(self) -> bool:
        """Return True once every algorithm and window is there."""
        return self._shell is not None and self._shell.is_built

    def _arriving(self, provider: WanggeProvider) -> Iterator[None]:
        yield from provider.keep_promises()
        yield
        self._add_functions()
        yield from load_in_steps([f"{__package__}.gui.shell.shell"])
        from .gui.shell.rooms import NAMES, room_module
        from .gui.shell.shell import Shell

        yield from load_in_steps(room_module(name) for name in NAMES)
        self._shell = Shell(self._iface, self._lacking)
        yield from self._shell.building()

    def _has_essentials(self) -> bool:
        self._translators.install()
        self._lacking = lacks()
        has_them = not any(lack.name in ESSENTIAL for lack in self._lacking)
        if not has_them:
            names = [lack.name for lack in self._lacking]
            QgsMessageLog.logMessage(how_to_install(names), "Wangge", Qgis.MessageLevel.Critical)
        return has_them

    def _provide(self, *, promising: bool) -> WanggeProvider:
        from ..processing.provider import WanggeProvider

        self._provider = WanggeProvider(promising=promising)
        QgsApplication.processingRegistry().addProvider(self._provider)
        if not promising:
            self._provider.add_models()
        return self._provider

    def _add_functions(self) -> None:
        from .layers.expressions import Functions

        self._functions = Functions()
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

    def _tell_lacks(self) -> None:
        from .gui.shell.lacking import tell_lacks
        from .gui.shell.messages import Messages
        from .settings import Settings

        settings = Settings()
        tell_lacks(self._lacking, Messages(self._iface), settings)
        settings.remove()

    def unload(self) -> None:
        """Take away everything that was added."""
        if self._arrival is not None:
            self._arrival.finish()
            self._arrival = None
        if self._shell is not None:
            self._shell.remove()
            self._shell = None
        if self._provider is not None:
            QgsApplication.processingRegistry().removeProvider(self._provider)
            self._provider = None
        if self._functions is not None:
            self._functions.remove()
            self._functions = None
        self._translators.remove()
        _forget_modules()


def _forget_modules() -> None:
    # QGIS itself forgets what an `import` statement brought, not what was imported by its name:
    # the plugin, or a newer one, would meet classes of two kinds when it is loaded again.
    for name in [m for m in sys.modules if m.startswith(f"{__package__.partition('.')[0]}.")]:
        del sys.modules[name]
