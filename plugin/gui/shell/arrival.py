"""Work in small steps between the window's events, so that it goes on reacting."""

from __future__ import annotations

from collections.abc import Iterator

from qgis.PyQt.QtCore import QTimer


class Arrival:
    """Goes from step to step whenever the window has nothing else to do.

    Parameters
    ----------
    steps : iterator
        Does the work; it yields where others may have their turn.
    """

    def __init__(self, steps: Iterator[None]):
        self._steps = steps
        self._timer = QTimer()
        self._timer.timeout.connect(self._next)

    def begin(self) -> None:
        """Go on as soon as the window is idle."""
        self._timer.start(0)

    def finish(self) -> None:
        """Do at once what is left."""
        self._timer.stop()
        for _ in self._steps:
            pass

    def _next(self) -> None:
        try:
            next(self._steps)
        except StopIteration:
            self._timer.stop()
        except BaseException:
            # QGIS shows the mistake; what follows builds on what failed.
            self._timer.stop()
            raise
