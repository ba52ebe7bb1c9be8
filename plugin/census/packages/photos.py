"""Photos of components: out with a package, back from it, none overwritten."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import numpy as np

from ...errors import WanggeError
from ...rules.batch import Batch
from ...translation import translate
from ..columns import blank_to_null
from .manifest import file_hash

FIELD = "photo"
#: Between several photos of one component.
_BETWEEN = ";"


@dataclass(frozen=True)
class TakenPhotos:
    """Photos brought from a package into a project.

    Attributes
    ----------
    rows : Batch
        The package's rows with the names that the photos have in the project.
    copied : tuple of str
    missing : tuple of str
        Named by rows, but neither in the package nor in the project.
    """

    rows: Batch
    copied: tuple[str, ...]
    missing: tuple[str, ...]


def photo_names(rows: Batch) -> list[str]:
    """Return the photos that rows name, each once."""
    names = {n.strip() for text in rows.text(FIELD).tolist() for n in text.split(_BETWEEN)}
    return sorted(names - {""})


def copy_photos(rows: Batch, source: Path, target: Path) -> list[str]:
    """Copy the photos of rows that are there; return their names."""
    copied = []
    for name in photo_names(rows):
        inside = _inside(name)
        if inside and (source / inside).is_file():
            (target / inside).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / inside, target / inside)
            copied.append(inside)
    return copied


def take_photos(rows: Batch, package: Path, project: Path) -> TakenPhotos:
    """Copy the photos of returned rows into the project's folder.

    Photos are known by their content: one that the project has under the same name is not
    copied; another photo of the same name is copied under a name of its own, so that no
    photo is ever replaced.
    """
    renamed: dict[str, str] = {}
    copied: list[str] = []
    missing: list[str] = []
    for name in photo_names(rows):
        inside = _inside(name)
        source = package / inside if inside else None
        if source is None or not source.is_file():
            if source is None or not (project / inside).is_file():
                missing.append(name)
            continue
        free = _name_in(project, inside, file_hash(source))
        if not (project / free).exists():
            try:
                _copy_whole(source, project / free)
            except OSError as error:
                drop_photos(project, copied)
                raise WanggeError(
                    translate(
                        "Wangge",
                        "The photo {photo} cannot be copied to {folder}: {reason}. Nothing was merged; "
                        "check that the folder is writable and that the disk has room.",
                    ).format(photo=name, folder=project, reason=error.strerror or error),
                    detail=str(error),
                ) from error
            copied.append(free)
        if free != name:
            renamed[name] = free
    if renamed:
        texts = [
            _BETWEEN.join(renamed.get(n.strip(), n.strip()) for n in text.split(_BETWEEN))
            for text in rows.text(FIELD).tolist()
        ]
        rows = rows.with_fields(**{FIELD: blank_to_null(np.array(texts, dtype=object))})
    return TakenPhotos(rows, tuple(copied), tuple(missing))


def drop_photos(project: Path, names: Iterable[str]) -> None:
    """Remove photos that were just copied, after a merge that failed."""
    for name in names:
        (project / name).unlink(missing_ok=True)


def _copy_whole(source: Path, target: Path) -> None:
    part = target.with_name(f"{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _name_in(project: Path, name: str, digest: str) -> str:
    """Return the name under which a photo is or will be in the project."""
    path = project / name
    if not path.exists() or file_hash(path) == digest:
        return name
    plain = PurePosixPath(name)
    return str(plain.with_name(f"{plain.stem}-{digest[:12]}{plain.suffix}"))


def _inside(name: str) -> str:
    """Return a relative path within a folder, "" for one that leads out of it."""
    path = PurePosixPath(name.replace("\\", "/"))
    outside = path.is_absolute() or ".." in path.parts or ":" in name
    return "" if outside else str(path)
