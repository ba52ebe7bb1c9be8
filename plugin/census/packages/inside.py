"""What a package is known by, kept in its work file too: that file often comes back alone."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from ...errors import WanggeError
from ...translation import translate
from ..intake.gpkg import connect
from .geopackage import read_layer
from .manifest import BASE, NAME, WORK
from .photos import copy_photos

TABLE = "wangge_package"
_PIECE = 1 << 20
_KEPT = (NAME, BASE)


def keep_inside(folder: Path) -> None:
    """Put the manifest and the base of a package into its work file, compressed.

    Raises
    ------
    OSError
        When the file cannot be written.
    """
    try:
        with closing(sqlite3.connect(folder / WORK)) as connection, connection:
            connection.execute(
                f"CREATE TABLE {TABLE} (id INTEGER PRIMARY KEY, file TEXT NOT NULL, "
                "piece BLOB NOT NULL)"
            )
            connection.executemany(
                f"INSERT INTO {TABLE} (file, piece) VALUES (?, ?)",  # noqa: S608 - a constant  # nosec B608
                ((name, piece) for name in _KEPT for piece in _pieces(folder / name)),
            )
    except sqlite3.Error as error:
        raise OSError(str(error)) from error


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield zlib.compress(piece)


def package_inside(work: Path) -> str:
    """Return the id of the package that a work file is of, "" when it does not tell."""
    with suppress(sqlite3.Error, zlib.error, ValueError, KeyError, TypeError):
        with closing(connect(work)) as connection:
            manifest = b"".join(_kept(connection, NAME))
        return str(json.loads(manifest)["package_id"]) if manifest else ""
    return ""


def take_out(work: Path, unpack_to: Path) -> Path:
    """Make a package's folder again from its work file and return it.

    Photos are taken along where the file lies alone in its folder: among several nobody could
    tell whose they are.

    Raises
    ------
    WanggeError
        When the file is damaged, or there is no room for the folder.
    """
    try:
        folder = Path(tempfile.mkdtemp(dir=unpack_to))
        for name in _KEPT:
            with closing(connect(work)) as connection, (folder / name).open("wb") as file:
                file.writelines(_kept(connection, name))
        # With the side file, in which the latest edits may be.
        for suffix in ("", "-wal"):
            source = work.with_name(work.name + suffix)
            if source.is_file():
                shutil.copyfile(source, folder / f"{WORK}{suffix}")
        if len(list(work.parent.glob("*.gpkg"))) == 1:
            copy_photos(read_layer(folder / WORK, "component"), work.parent, folder)
    except (OSError, sqlite3.Error, zlib.error) as error:
        raise WanggeError(
            translate(
                "Wangge", "The archive {path} cannot be unpacked: {reason}. Ask for it again."
            ).format(path=work, reason=error),
            detail=repr(error),
        ) from error
    return folder


def _kept(connection: sqlite3.Connection, name: str) -> Iterator[bytes]:
    rows = connection.execute(
        f"SELECT piece FROM {TABLE} WHERE file = ? ORDER BY id",  # noqa: S608 - a constant  # nosec B608
        [name],
    )
    return (zlib.decompress(piece) for (piece,) in rows)
