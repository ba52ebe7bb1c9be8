"""How engines report progress and learn that the user cancelled, without knowing QGIS."""

from __future__ import annotations

from typing import Protocol

from .errors import Cancelled
from .translation import translate


class Progress(Protocol):
    """Receives an engine's progress; the bridge adapts QgsFeedback to it."""

    def report(self, fraction: float) -> None:
        """Take note that ``fraction`` (0 to 1) of the work is done."""

    def tell(self, message: str) -> None:
        """Show a sentence in the log."""

    def warn(self, message: str) -> None:
        """Show a sentence that deserves attention."""

    def is_cancelled(self) -> bool:
        """Return True once the user has cancelled."""


class Silent:
    """Progress nobody watches."""

    def report(self, fraction: float) -> None:
        pass

    def tell(self, message: str) -> None:
        pass

    def warn(self, message: str) -> None:
        pass

    def is_cancelled(self) -> bool:
        return False


SILENT = Silent()


class Part:
    """The share ``start`` to ``end`` of another progress, for one stage of a longer job."""

    def __init__(self, whole: Progress, start: float, end: float):
        self._whole = whole
        self._start = start
        self._end = end

    def report(self, fraction: float) -> None:
        self._whole.report(self._start + (self._end - self._start) * fraction)

    def tell(self, message: str) -> None:
        self._whole.tell(message)

    def warn(self, message: str) -> None:
        self._whole.warn(message)

    def is_cancelled(self) -> bool:
        return self._whole.is_cancelled()


def stop_if_cancelled(progress: Progress) -> None:
    """Raise `Cancelled` when the user has asked to stop; call it in every loop."""
    if progress.is_cancelled():
        raise Cancelled(translate("Wangge", "Cancelled. Nothing was changed."))
