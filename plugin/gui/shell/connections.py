"""Signals connected by the desktop, so that each can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any


class Connections:
    """Remembers which slots hang on which signals."""

    def __init__(self) -> None:
        self._pairs: list[tuple[Any, Callable]] = []

    def connect(self, signal: Any, slot: Callable) -> None:
        """Connect a slot and remember it."""
        signal.connect(slot)
        self._pairs.append((signal, slot))

    def remove(self) -> None:
        """Disconnect everything that was connected here."""
        for signal, slot in self._pairs:
            # The sender may be gone already, with its connections.
            with suppress(TypeError, RuntimeError):
                signal.disconnect(slot)
        self._pairs.clear()
