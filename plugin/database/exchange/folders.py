"""A folder that is there whole or not at all."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ...errors import WanggeError
from ...translation import translate
from .manifest import MANIFEST


def refuse_foreign_folder(folder: Path) -> None:
    """Raise WanggeError when a folder holds anything but an earlier package."""
    if folder.exists() and not folder.is_dir():
        raise WanggeError(
            translate("Wangge", "“{folder}” is a file. Choose a folder.").format(folder=folder)
        )
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MANIFEST).is_file():
        raise WanggeError(
            translate(
                "Wangge",
                "The folder “{folder}” holds other files and no exchange package. Choose an empty or "
                "a new one, so that nothing of yours is replaced.",
            ).format(folder=folder)
        )


@contextmanager
def complete_or_absent(folder: Path) -> Iterator[Path]:
    """Yield a folder to fill; it takes the place of ``folder`` when all went well.

    An earlier package is replaced only then, and stays as it was otherwise.
    """
    refuse_foreign_folder(folder)
    mark = uuid.uuid4().hex[:8]
    part = folder.with_name(f".{folder.name}.{mark}.part")
    old = folder.with_name(f".{folder.name}.{mark}.old")
    try:
        part.mkdir(parents=True)
        yield part
        if folder.exists():
            folder.rename(old)
        try:
            part.rename(folder)
        except OSError:
            if old.exists():
                old.rename(folder)
            raise
    except OSError as error:
        raise WanggeError(
            translate(
                "Wangge",
                "The package cannot be written to “{folder}”: {reason}. Choose another place or "
                "make room.",
            ).format(folder=folder, reason=error.strerror or error)
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
