"""Folders written whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from ..plugin.errors import WanggeError
from ..plugin.translation import translate


@contextmanager
def whole_folder(target: Path, names: Collection[str]) -> Iterator[Path]:
    """Give a folder to write into that takes its place once everything is in it.

    An earlier result (a folder that holds nothing but ``names``) is replaced in one step; when
    the work fails or is cancelled, what was there before is there still.

    Parameters
    ----------
    target : Path
    names : collection of str
        Files that the work writes.

    Raises
    ------
    WanggeError
        When the folder holds other files, or cannot be made.
    """
    target = target.absolute()
    if target.exists() and not target.is_dir():
        raise _taken(target, target.name)
    strange = sorted(p.name for p in target.glob("*") if p.name not in names)
    if strange:
        raise _taken(target, strange[0])
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
        part.chmod(0o755)  # as a folder made by hand, not private as a temporary one
    except OSError as error:
        raise WanggeError(
            translate(
                "Wangge", "The folder “{folder}” cannot be made: {reason}. Choose another one."
            ).format(folder=target, reason=error.strerror or error)
        ) from error
    try:
        yield part
        swap(part, target)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def swap(part: Path, target: Path) -> None:
    """Put a folder where another may be, which goes only once the new one has its place.

    Raises
    ------
    WanggeError
        When it cannot be; what was there is there still.
    """
    aside = part.with_name(f"{part.name}.old")
    try:
        if target.exists():
            target.rename(aside)
        try:
            part.rename(target)
        except OSError:
            if aside.exists():
                aside.rename(target)
            raise
    except OSError as error:
        raise not_replaced(target, error) from error
    shutil.rmtree(aside, ignore_errors=True)


def not_replaced(target: Path, error: OSError) -> WanggeError:
    """Return what is told when a folder cannot be written anew."""
    return WanggeError(
        translate(
            "Wangge",
            "The folder “{folder}” cannot be replaced: {reason}. Close its files in other "
            "programs, or choose another folder.",
        ).format(folder=target, reason=error.strerror or error)
    )


def _taken(target: Path, name: str) -> WanggeError:
    return WanggeError(
        translate(
            "Wangge",
            "“{folder}” holds other files ({name}). Choose an empty folder or one that is not there "
            "yet.",
        ).format(folder=target, name=name)
    )
