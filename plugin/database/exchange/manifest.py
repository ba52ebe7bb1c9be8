"""The manifest of a package: what it holds, in which columns, with counts and hashes."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...errors import WanggeError
from ...progress import SILENT, Progress, stop_if_cancelled
from ...standards.spec import FieldType
from ...translation import translate
from .columns import Column, Table
from .files import FORMATS, Layout
from .state import FILE as STATE
from .texts import TextLayout

MANIFEST, SEAL = "manifest.json", "manifest.sha256"
_FORMAT, _VERSION = "wangge-exchange", 1
_FILE = re.compile(r"[\w\-]+\.[a-z0-9]+")
_CHUNK = 1 << 20
_LARGEST = 64 << 20


@dataclass(frozen=True)
class Content:
    """One category of a package.

    Attributes
    ----------
    table : Table
    rows, removed : int
        Rows in it; keys of rows that are gone since the package before.
    digest : str
        Sum of the rows' fingerprints, whatever the layout.
    """

    table: Table
    rows: int
    removed: int = 0
    digest: str = ""

    @property
    def removed_table(self) -> Table:
        """The table of the keys that are gone."""
        keys = tuple(c for c in self.table.columns if c.name in self.table.keys)
        return Table(f"{self.table.name}_removed", self.table.title, keys, self.table.keys)


@dataclass(frozen=True)
class Manifest:
    """What a package says about itself.

    Attributes
    ----------
    package : str
        Its number (UUID).
    created : str
        ISO 8601 with offset.
    base : str
        Number of the package whose changes these are; empty for a full one.
    profile, edition : str
    layout : Layout
    contents : tuple of Content
    files : mapping of str to (int, str)
        File -> size in bytes and SHA-256.
    notes : tuple of str
        What the sender's check found worth knowing.
    """

    package: str
    created: str
    base: str
    profile: str
    edition: str
    layout: Layout
    contents: tuple[Content, ...]
    files: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """Rows of all categories."""
        return sum(c.rows for c in self.contents)

    def content(self, category: str) -> Content | None:
        """Return a category's content, None where the package has none."""
        return next((c for c in self.contents if c.table.name == category), None)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest and its seal."""
    values = {
        "format": _FORMAT,
        "version": _VERSION,
        "package": manifest.package,
        "created": manifest.created,
        "changes_since": manifest.base or None,
        "profile": manifest.profile,
        "edition": manifest.edition,
        "layout": manifest.layout.format,
        "encoding": manifest.layout.text.encoding,
        "date_format": manifest.layout.text.date_format,
        "categories": [_content_values(c, manifest.layout) for c in manifest.contents],
        "files": {
            name: {"bytes": size, "sha256": digest}
            for name, (size, digest) in manifest.files.items()
        },
        "notes": list(manifest.notes),
    }
    data = (json.dumps(values, ensure_ascii=False, indent=1) + "\n").encode()
    (folder / MANIFEST).write_bytes(data)
    (folder / SEAL).write_text(f"{hashlib.sha256(data).hexdigest()}  {MANIFEST}\n")


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a package and check its seal.

    Raises
    ------
    WanggeError
        When there is none, or it was damaged or made by a newer version.
    """
    path = folder / MANIFEST
    if not path.is_file() or not (folder / SEAL).is_file():
        raise WanggeError(
            translate(
                "Wangge",
                "The folder {folder} holds no exchange package: {file} is missing. Choose the folder "
                "that holds it.",
            ).format(folder=folder, file=SEAL if path.is_file() else MANIFEST)
        )
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError("size")
        data = path.read_bytes()
        seal = (folder / SEAL).read_text("ascii").split()
        if not seal or seal[0] != hashlib.sha256(data).hexdigest():
            raise ValueError("seal")
        values = json.loads(data.decode())
        if values["format"] != _FORMAT:
            raise ValueError("format")
        if values["version"] == _VERSION:
            return _manifest(values)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise WanggeError(
            translate(
                "Wangge",
                "{file} of the package in {folder} is damaged or was altered. Ask the sender for the "
                "package again.",
            ).format(file=MANIFEST, folder=folder),
            detail=repr(error)[:200],
        ) from error
    raise WanggeError(
        translate(
            "Wangge",
            "The package in {folder} was made by a newer version of Wangge. Update the plugin, then "
            "try again.",
        ).format(folder=folder)
    )


def digest_of(path: Path, progress: Progress = SILENT) -> tuple[int, str]:
    """Return size and SHA-256 of a file."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            stop_if_cancelled(progress)
            digest.update(chunk)
            size += len(chunk)
    return size, digest.hexdigest()


def _content_values(content: Content, layout: Layout) -> dict[str, Any]:
    table = content.table
    return {
        "category": table.name,
        "title": table.title,
        "file": layout.file(table.name),
        "rows": content.rows,
        "removed_file": layout.file(f"{table.name}_removed") if content.removed else None,
        "removed": content.removed,
        "keys": list(table.keys),
        "geometry": table.has_shapes,
        "crs": table.crs,
        "digest": content.digest,
        "fields": [
            {"name": c.name, "as": c.exchanged, "type": c.type.value, "length": c.length}
            for c in table.columns
        ],
    }


def _manifest(values: Mapping[str, Any]) -> Manifest:
    layout = Layout(
        values["layout"], TextLayout(_text(values["encoding"]), _text(values["date_format"]))
    )
    if layout.format not in FORMATS:
        raise ValueError("layout")
    "".encode(layout.text.encoding)
    files = {
        name: (int(entry["bytes"]), _text(entry["sha256"]))
        for name, entry in values["files"].items()
    }
    # A name with a folder in it could point anywhere.
    if not all(_FILE.fullmatch(name) for name in files):
        raise ValueError("files")
    contents = tuple(_content(entry) for entry in values["categories"])
    tables = [c.table.name for c in contents]
    tables += [c.removed_table.name for c in contents if c.removed]
    # A file that no category names would be taken for read, and never is.
    if not contents or {layout.file(t) for t in tables} != files.keys() - {STATE}:
        raise ValueError("categories")
    return Manifest(
        package=_text(values["package"]),
        created=_text(values["created"]),
        base=_text(values["changes_since"] or ""),
        profile=_text(values["profile"]),
        edition=_text(values["edition"]),
        layout=layout,
        contents=contents,
        files=files,
        notes=tuple(map(_text, values["notes"])),
    )


def _content(entry: Mapping[str, Any]) -> Content:
    name = _text(entry["category"])
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,62}", name):
        raise ValueError("category")
    columns = tuple(
        Column(_text(f["name"]), _text(f["as"]), FieldType(f["type"]), int(f["length"]))
        for f in entry["fields"]
    )
    table = Table(
        name=name,
        title=_text(entry["title"]),
        columns=columns,
        keys=tuple(map(_text, entry["keys"])),
        has_shapes=bool(entry["geometry"]),
        crs=_text(entry["crs"]),
    )
    if not columns or not set(table.keys) <= {c.name for c in columns}:
        raise ValueError("fields")
    return Content(table, int(entry["rows"]), int(entry["removed"]), _text(entry["digest"]))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value
