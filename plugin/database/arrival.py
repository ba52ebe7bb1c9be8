"""Rows of a COPY as they come in, while those before them are being worked on."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator

from psycopg2 import sql

from .frames import HEADER, TRAILER

# Batches waiting to be taken; each may have some tens of megabytes.
_WAITING = 2


class Arrival:
    """The rows of a binary ``COPY … TO STDOUT`` in batches; iterate over it once.

    The driver hands over one row at a time, so rows need not be looked for in the stream.

    Parameters
    ----------
    cursor : psycopg2 cursor
        In use until the last batch has been taken.
    statement : Composable
    batch_size : int
        Rows in a batch.
    """

    def __init__(self, cursor, statement: sql.Composable, batch_size: int):
        self._cursor = cursor
        self._statement = statement
        self._size = batch_size
        self._ready: queue.Queue[list[bytes] | None] = queue.Queue(_WAITING)
        self._rows: list[bytes] = []
        self._failure: BaseException | None = None
        self._stopped = False

    def __iter__(self) -> Iterator[list[bytes]]:
        """Yield batches of rows; the last one may be empty."""
        thread = threading.Thread(target=self._run, name="wangge-receive", daemon=True)
        thread.start()
        try:
            while (rows := self._ready.get()) is not None:
                yield rows
        finally:
            self._stopped = True
            while thread.is_alive():
                # It may wait for room in the queue, or for the server.
                try:
                    self._ready.get(timeout=0.05)
                except queue.Empty:
                    if not self._cursor.connection.closed:
                        self._cursor.connection.cancel()
            thread.join()
        if self._failure is not None:
            raise self._failure

    def write(self, row: bytes) -> None:
        """Take one message of the server; called by the driver."""
        self._rows.append(row)
        if len(self._rows) >= self._size + 2:  # header and end may be messages of their own
            self._hand_over(self._rows[: self._size])
            self._rows = self._rows[self._size :]

    def _hand_over(self, rows: list[bytes]) -> None:
        if not self._stopped:
            if rows and rows[0].startswith(HEADER):
                rows[0] = rows[0][len(HEADER) :]
                if not rows[0]:
                    rows = rows[1:]
            self._ready.put(rows)

    def _run(self) -> None:
        try:
            self._cursor.copy_expert(self._statement, self, 1 << 20)
            rows = self._rows
            if rows and rows[-1].endswith(TRAILER):
                rows[-1] = rows[-1][: -len(TRAILER)]
                if not rows[-1] or rows[-1] == HEADER:
                    rows = rows[:-1]
            self._hand_over(rows)
        except BaseException as error:
            self._failure = error
        finally:
            self._ready.put(None)
