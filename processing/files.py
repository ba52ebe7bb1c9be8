"""Files written whole or not at all."""

from __future__ import annotations

import contextlib
from pathlib import Path

from ..plugin.errors import WanggeError
from ..plugin.translation import translate


def write_text(path: Path, text: str) -> None:
    """Write a text file beside its place first, then move it there."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file beside its place first, then move it there."""
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise WanggeError(
            translate(
                "Wangge",
                "The file “{path}” cannot be written: {reason}. Choose another place or make room.",
            ).format(path=path, reason=error.strerror or error)
        ) from error
