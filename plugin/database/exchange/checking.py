"""A package checked: before it leaves, and when it arrives."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from ...errors import WanggeError
from ...progress import SILENT, Part, Progress, stop_if_cancelled
from ...rules.batch import Batch
from ...translation import translate
from .columns import Table
from .files import read_table
from .manifest import MANIFEST, SEAL, Content, Manifest, digest_of, read_manifest
from .state import prints_of

#: What file managers leave behind.
_LITTER = {".DS_Store", "Thumbs.db", "desktop.ini"}


def check_package(folder: Path, *, progress: Progress = SILENT) -> Manifest:
    """Check a package: seal, files, sizes, hashes, and that every row reads and is counted.

    Raises
    ------
    WanggeError
        One sentence about the first thing that is wrong.
    """
    manifest = check_files(folder, progress=Part(progress, 0.0, 0.3))
    total = max(1, manifest.rows)
    done = 0
    for content in manifest.contents:
        for batch in read_content(folder, manifest, content):
            stop_if_cancelled(progress)
            done += len(batch)
            progress.report(0.3 + 0.7 * min(1.0, done / total))
        for _ in read_removed(folder, manifest, content):
            stop_if_cancelled(progress)
    return manifest


def check_files(folder: Path, *, progress: Progress = SILENT) -> Manifest:
    """Check seal, files, sizes and hashes of a package without reading its rows."""
    manifest = read_manifest(folder)
    there = {p.name for p in folder.iterdir()} - _LITTER - {MANIFEST, SEAL}
    missing = sorted(manifest.files.keys() - there)
    if missing:
        raise WanggeError(
            translate(
                "Wangge",
                "The package in {folder} is incomplete: {files} are missing. Ask the sender for the "
                "package again.",
            ).format(folder=folder, files=", ".join(missing))
        )
    extra = sorted(there - manifest.files.keys())
    if extra:
        raise WanggeError(
            translate(
                "Wangge",
                "The package in {folder} holds files that its manifest does not name: {files}. Take "
                "them out of the folder, then try again.",
            ).format(folder=folder, files=", ".join(extra[:10]))
        )
    for number, (name, expected) in enumerate(manifest.files.items(), 1):
        path = folder / name
        if path.is_symlink() or not path.is_file() or digest_of(path, progress) != expected:
            raise WanggeError(
                translate(
                    "Wangge",
                    "The file {file} of the package in {folder} is damaged or was altered: its size "
                    "or SHA-256 is not the manifest's. Ask the sender for the package again.",
                ).format(file=name, folder=folder)
            )
        progress.report(number / len(manifest.files))
    return manifest


def read_content(folder: Path, manifest: Manifest, content: Content) -> Iterator[Batch]:
    """Yield the rows of a category; refuses a wrong number of rows or wrong content."""
    total = rows = 0
    for batch in _read(folder, manifest, content.table):
        rows += len(batch)
        total += int(np.sum(prints_of(batch, content.table), dtype=np.uint64))
        yield batch
    _check_count(content.table, rows, content.rows)
    if content.digest and f"{total % 2**64:016x}" != content.digest:
        raise WanggeError(
            translate(
                "Wangge",
                "The rows of table {layer} are not those the manifest was made for. Ask the sender "
                "for the package again.",
            ).format(layer=content.table.name)
        )


def read_removed(folder: Path, manifest: Manifest, content: Content) -> Iterator[Batch]:
    """Yield the keys of the rows that are gone; refuses a wrong number of them."""
    if not content.removed:
        return
    rows = 0
    for batch in _read(folder, manifest, content.removed_table):
        rows += len(batch)
        yield batch
    _check_count(content.removed_table, rows, content.removed)


def _read(folder: Path, manifest: Manifest, table: Table) -> Iterator[Batch]:
    return read_table(folder / manifest.layout.file(table.name), table, manifest.layout)


def _check_count(table: Table, rows: int, expected: int) -> None:
    if rows != expected:
        raise WanggeError(
            translate(
                "Wangge",
                "Table {layer} holds {rows} rows, the manifest says {expected}. Ask the sender for "
                "the package again.",
            ).format(layer=table.name, rows=rows, expected=expected)
        )
