"""The user's language for every floor; engines stay free of QGIS."""

from __future__ import annotations

from collections.abc import Callable, Mapping

# Messages of a process that works for another one, which has no translator of Qt's own.
_spoken: Mapping[str, str] | None = None


def speak(language: str) -> None:
    """Let this process, which works for another one, speak that one's language.

    Parameters
    ----------
    language : str
        ``"zh"`` or ``""`` for the texts as they are written.
    """
    global _spoken
    from .catalogue import read_catalogue
    from .paths import resource

    if language != "zh":
        _spoken = None
    elif _spoken is None:
        _spoken = read_catalogue(resource("i18n", "wangge_zh_CN.qm"))


def language() -> str:
    """Return what `speak` takes to make another process speak as this one."""
    return "zh" if is_chinese() else ""


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
    if _spoken is not None:
        return _spoken.get(text, text)
    qt = _qt_translate()
    return qt(context, text) if qt else text


def is_chinese() -> bool:
    """Return True when QGIS runs in Chinese: picks zh over en in data that carries both."""
    if _spoken is not None:
        return True
    try:
        from qgis.core import QgsApplication
    except ImportError:
        return False
    application = QgsApplication.instance()
    return bool(application) and QgsApplication.locale().lower().startswith("zh")
