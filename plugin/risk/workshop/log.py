"""The event log on disk: each event is on the disk before anybody is told that it happened."""

from __future__ import annotations

import json
import os
from pathlib import Path

from ...errors import WanggeError
from ...translation import translate
from .session import Event


class EventLog:
    """A file of one JSON object a line, only ever added to.

    Parameters
    ----------
    path : Path
        Made when it is not there; an older log of the same workshop is carried on.
    """

    def __init__(self, path: Path):
        self.path = path

    def append(self, event: Event) -> None:
        """Write an event and wait until it is on the disk."""
        line = json.dumps(event.to_table(), ensure_ascii=False, allow_nan=False) + "\n"
        try:
            with self.path.open("ab") as target:
                # A line that a crash cut short must not swallow the next one.
                if target.tell() and not self._ends_whole():
                    target.write(b"\n")
                target.write(line.encode("utf-8"))
                target.flush()
                os.fsync(target.fileno())
        except OSError as error:
            raise WanggeError(
                translate(
                    "Wangge", "The workshop's log {path} cannot be written. Nothing was noted."
                ).format(path=self.path),
                detail=str(error),
            ) from error

    def _ends_whole(self) -> bool:
        with self.path.open("rb") as source:
            source.seek(-1, os.SEEK_END)
            return source.read(1) == b"\n"

    def read(self) -> tuple[list[Event], list[int]]:
        """Return the events, and the numbers (from 1) of lines that cannot be understood."""
        if not self.path.exists():
            return [], []
        events, broken = [], []
        for number, line in enumerate(self.path.read_bytes().split(b"\n"), 1):
            if not line.strip():
                continue
            try:
                events.append(Event.from_table(json.loads(line.decode("utf-8"))))
            except (ValueError, KeyError, TypeError, AttributeError):
                broken.append(number)
        return events, broken
