"""Stop the server's work when the user cancels, also in the middle of a long statement."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from psycopg2 import errors

from ..errors import Cancelled
from ..progress import SILENT, Progress
from ..translation import translate

_INTERVAL = 0.2


@contextmanager
def cancelling(connection, progress: Progress) -> Iterator[None]:
    """Watch ``progress`` while the block runs; Cancelled when the user has stopped it."""
    if progress is SILENT:
        yield
        return
    done = threading.Event()
    stopped = threading.Event()

    def watch() -> None:
        while not done.wait(_INTERVAL):
            if progress.is_cancelled():
                stopped.set()
                # Again and again: a request between two statements would be lost.
                connection.cancel()

    watcher = threading.Thread(target=watch, name="wangge-cancel", daemon=True)
    watcher.start()
    try:
        yield
    except errors.QueryCanceled:
        if stopped.is_set():
            raise Cancelled(translate("Wangge", "Cancelled. Nothing was changed.")) from None
        raise
    finally:
        done.set()
        watcher.join()
