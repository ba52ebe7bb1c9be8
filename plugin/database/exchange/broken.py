"""A file of a package that does not read as its layout says, and files opened for reading."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


class Broken(Exception):  # noqa: N818 - turned into a sentence by the reader
    """Where a file stops making sense: the row, and what was expected."""

    def __init__(self, row: int, reason: str):
        super().__init__(row, reason)
        self.row = row
        self.reason = reason


@contextmanager
def opened(path: Path, encoding: str) -> Iterator[TextIO]:
    """Open a text file as it is; bytes that are no text of the encoding raise `Broken`."""
    try:
        with path.open(encoding=encoding, newline="") as stream:
            yield stream
    except UnicodeError as error:
        raise Broken(0, f"{encoding}: {error}"[:80]) from None
