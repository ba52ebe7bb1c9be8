"""Signals connected by the desktop, so that each can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from qgis.PyQt import sip


class Connections:
    """Remembers which slots hang on which signals."""

    def __init__(self) -> None:
        self._kept: list[tuple[Any, Callable, Any]] = []

    def connect(self, signal: Any, slot: Callable, sender: Any = None) -> None:
        """Connect a slot and remember it.

        Parameters
        ----------
        signal : bound signal
        slot : callable
        sender : QObject, optional
            Whose signal it is; to be given for senders that may go before the plugin does,
            such as layers: a signal of an object that is gone must not be touched.
        """
        signal.connect(slot)
        self._kept.append((signal, slot, sender))

    def remove(self) -> None:
        """Disconnect everything that was connected here."""
        for signal, slot, sender in self._kept:
            if sender is not None and sip.isdeleted(sender):
                continue
            # It may have been disconnected by others.
            with suppress(TypeError, RuntimeError):
                signal.disconnect(slot)
        self._kept.clear()
