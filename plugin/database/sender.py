"""Statements that run in a thread of their own while the next rows are being prepared."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

# Streams waiting to be sent; each may have some tens of megabytes.
_WAITING = 1


class Sender:
    """Runs work in the order given, one piece at a time; use it as a context manager.

    While work is under way nothing else may use the connection: call `finish` first.
    """

    def __init__(self):
        self._work: queue.Queue[Callable[[], None] | None] = queue.Queue(_WAITING)
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="wangge-send", daemon=True)

    def __enter__(self) -> Sender:
        self._thread.start()
        return self

    def __exit__(self, kind, error, trace) -> None:
        if kind is not None and self._failure is None:
            self._failure = error  # what still waits is not begun
        self._work.put(None)
        self._thread.join()

    def send(self, work: Callable[[], None]) -> None:
        """Have work done soon; raises what earlier work raised."""
        self._raise()
        self._work.put(work)

    def finish(self) -> None:
        """Wait until everything is done; raises what the work raised."""
        self._work.join()
        self._raise()

    def _raise(self) -> None:
        if self._failure is not None:
            failure, self._failure = self._failure, None
            raise failure

    def _run(self) -> None:
        while True:
            work = self._work.get()
            try:
                if work is None:
                    return
                if self._failure is None:
                    work()
            except BaseException as error:
                self._failure = error
            finally:
                self._work.task_done()
