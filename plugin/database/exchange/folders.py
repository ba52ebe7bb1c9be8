"""A folder that is there whole or not at all."""

from __future__ import annotations

import glob
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from ...errors import WanggeError
from ...translation import translate
from .manifest import MANIFEST, Manifest, read_manifest

_DAY = 86_400


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


def packages_in(folder: Path) -> list[Path]:
    """Return the folder when it is a package, else the packages that it holds."""
    if (folder / MANIFEST).is_file():
        return [folder]
    inside = (p.parent for p in folder.glob(f"*/{MANIFEST}"))
    return sorted(p for p in inside if not p.name.startswith("."))


def latest_package(folder: Path, *, other_than: Path) -> Path | None:
    """Return the newest package in a folder, or the folder when it is one; None without any."""
    found = [p for p in packages_in(folder) if p.resolve() != other_than.resolve() or p == folder]
    return max(found, key=lambda p: _instant(read_manifest(p)), default=None)


def _instant(manifest: Manifest) -> datetime:
    return datetime.fromisoformat(manifest.created)


def _sweep(folder: Path) -> None:
    # A run that was killed cannot clear up; after a day nobody is at work in there.
    for left in folder.parent.glob(f".{glob.escape(folder.name)}.*.part"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _DAY:
                shutil.rmtree(left, ignore_errors=True)


@contextmanager
def complete_or_absent(folder: Path) -> Iterator[Path]:
    """Yield a folder to fill; it takes the place of ``folder`` when all went well.

    An earlier package is replaced only then, and stays as it was otherwise.
    """
    refuse_foreign_folder(folder)
    _sweep(folder)
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
