"""The user's language for every floor; engines stay free of QGIS."""

from __future__ import annotations

from collections.abc import Callable


def _qt_translate() -> Callable[[str, str], str] | None:
    try:
        from qgis.PyQt.QtCore import QCoreApplication
    except ImportError:
        return None
    return QCoreApplication.translate


def translate(context: str, text: str) -> str:
    """Return ``text`` in the user's language, or as it is without QGIS.

    Call it with two literals, ``translate("Wangge", "…")``, so that the text is
    found by ``pylupdate5``; format the result, never the argument.
    """
    qt = _qt_translate()
    return qt(context, text) if qt else text


def is_chinese() -> bool:
    """Return True when QGIS runs in Chinese: picks zh over en in data that carries both."""
    try:
        from qgis.core import QgsApplication
    except ImportError:
        return False
    application = QgsApplication.instance()
    return bool(application) and QgsApplication.locale().lower().startswith("zh")
