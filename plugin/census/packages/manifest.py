"""What a field package says of itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ...errors import WanggeError
from ...translation import translate
from ..blocks import CodeBlock

#: Raised whenever the layout of packages changes.
SCHEMA_VERSION = 1
NAME = "manifest.json"
#: The file the team works in, and the one that keeps what went out.
WORK, BASE = "package.gpkg", "base.gpkg"


@dataclass(frozen=True)
class Manifest:
    """One package.

    Attributes
    ----------
    package_id : str
        Never the same twice.
    project_id : str
        A package comes back to the project it left.
    team : str
    created : str
        ISO 8601.
    standard, crs : str
    cells : tuple of str
        Codes of the unit grids that the team surveys.
    uuids : tuple of str
        Rows that went out.
    base_hash : str
        `content_hash` of the rows that went out.
    files : mapping of str to str
        File name -> SHA-256 when it was packed.
    blocks : tuple of CodeBlock
        Running numbers the team may give.
    schema_version : int
    """

    package_id: str
    project_id: str
    team: str
    created: str
    standard: str
    crs: str
    cells: tuple[str, ...]
    uuids: tuple[str, ...]
    base_hash: str
    files: Mapping[str, str]
    blocks: tuple[CodeBlock, ...] = ()
    schema_version: int = SCHEMA_VERSION

    def write(self, folder: Path) -> Path:
        """Write the manifest into the package's folder."""
        values = asdict(self)
        values["blocks"] = [b.to_json() for b in self.blocks]
        path = folder / NAME
        path.write_text(json.dumps(values, ensure_ascii=False, indent=1), encoding="utf-8")
        return path


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a package.

    Raises
    ------
    WanggeError
        When there is none, it is damaged, or of a later version of the plugin.
    """
    path = folder / NAME
    try:
        values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        version = int(values["schema_version"])
    except FileNotFoundError as error:
        raise WanggeError(
            translate(
                "Wangge",
                "The folder {folder} is no field package: it has no {name}. Choose the folder that "
                "the team got, with all its files.",
            ).format(folder=folder, name=NAME)
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _damaged(path, error) from error
    if version > SCHEMA_VERSION:
        raise WanggeError(
            translate(
                "Wangge",
                "The package {folder} was made by a later version of the plugin. Update the plugin "
                "first.",
            ).format(folder=folder.name)
        )
    try:
        values["blocks"] = tuple(CodeBlock.from_json(b) for b in values["blocks"])
        values["cells"], values["uuids"] = tuple(values["cells"]), tuple(values["uuids"])
        return Manifest(**values)
    except (KeyError, TypeError) as error:
        raise _damaged(path, error) from error


def _damaged(path: Path, error: Exception) -> WanggeError:
    return WanggeError(
        translate(
            "Wangge",
            "{path} is damaged. Copy the package from the device again.",
        ).format(path=path),
        detail=repr(error),
    )


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()
