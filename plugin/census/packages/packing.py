"""Make one field package per team; the source is only read."""

from __future__ import annotations

import datetime
import hashlib
import re
import shutil
import tempfile
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from ...errors import WanggeError
from ...progress import SILENT, Progress, stop_if_cancelled
from ...rules.batch import Batch
from ...standards.editions import Edition, edition
from ...standards.layers import LAYERS, component_spec
from ...translation import translate
from ..blocks import CodeBlock
from ..merge.values import content_hash
from .geopackage import read_layer, write_layer
from .manifest import Manifest, read_manifest
from .splitting import Share, split_by_team

#: The file the team works in, and the one that keeps what went out.
WORK, BASE = "package.gpkg", "base.gpkg"


def pack(
    components: Batch,
    grids: Batch,
    teams: Mapping[str, str],
    folder: Path,
    *,
    project_id: str,
    standard: str | Edition = "",
    blocks: Sequence[CodeBlock] = (),
    tables: Mapping[str, Batch] | None = None,
    progress: Progress = SILENT,
) -> tuple[Manifest, ...]:
    """Write one package per team into folders named after the teams.

    Parameters
    ----------
    components, grids : Batch
        Components need a ``uuid`` in every row.
    teams : mapping of str to str
        Grid code -> team.
    folder : Path
        Gets one folder a team; one that exists already is refused.
    project_id : str
    standard : str or Edition
    blocks : sequence of CodeBlock
        Each team gets its own ones.
    tables : mapping of str to Batch, optional
        Related rows that every team needs, such as ``department``.

    Raises
    ------
    WanggeError
        When rows lack a uuid, a package exists already, or a disk is full. Packages
        written before stay; a half-written one does not.
    """
    keys = components.text("uuid")
    if (keys == "").any() or len(set(keys.tolist())) < len(keys):
        raise WanggeError(
            translate(
                "Wangge",
                "Some components have no uuid or one that others have too, so their edits could "
                "not be told apart. Give every component a uuid of its own first.",
            )
        )
    shares, _ = split_by_team(components, grids, teams)
    manifests = []
    for i, share in enumerate(shares):
        stop_if_cancelled(progress)
        manifests.append(
            _pack_one(components, grids, share, folder, project_id, standard, blocks, tables or {})
        )
        progress.report((i + 1) / len(shares))
    return tuple(manifests)


def folder_name(team: str) -> str:
    """Return a team's name without what file systems refuse."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]+', "_", team).strip(". ") or "team"


def _pack_one(
    components: Batch,
    grids: Batch,
    share: Share,
    folder: Path,
    project_id: str,
    standard: str | Edition,
    blocks: Sequence[CodeBlock],
    tables: Mapping[str, Batch],
) -> Manifest:
    target = folder / folder_name(share.team)
    if target.exists():
        raise WanggeError(
            translate(
                "Wangge",
                "{folder} exists already. A package that may be in the field is not overwritten; "
                "choose another folder or move it away.",
            ).format(folder=target)
        )
    spec = component_spec(standard)
    rows, cells = components.take(share.rows), grids.take(share.cells)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Built aside and moved into place, so that a package is whole or not there.
        building = Path(tempfile.mkdtemp(prefix=".packing-", dir=folder))
    except OSError as error:
        raise _unwritable(folder, error) from error
    try:
        write_layer(building / WORK, "component", rows, spec)
        write_layer(building / WORK, "unit_grid", cells, LAYERS["unit_grid"], kind="Polygon")
        for name, table in tables.items():
            write_layer(building / WORK, name, table, LAYERS.get(name))
        write_layer(building / BASE, "component", rows, spec)
        base = read_layer(building / BASE, "component", spec)
        manifest = Manifest(
            package_id=str(uuid.uuid4()),
            project_id=project_id,
            team=share.team,
            created=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            standard=edition(standard).id,
            crs=components.crs,
            cells=tuple(cells.text("grid_code").tolist()),
            uuids=tuple(rows.text("uuid").tolist()),
            base_hash=content_hash(base),
            files={name: file_hash(building / name) for name in (WORK, BASE)},
            blocks=tuple(b for b in blocks if b.team == share.team),
        )
        manifest.write(building)
        building.rename(target)
    except OSError as error:
        raise _unwritable(target, error) from error
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return manifest


def add_file(folder: Path, name: str) -> Manifest:
    """Enter a further file of a package (such as its project file) into the manifest."""
    manifest = read_manifest(folder)
    files = {**manifest.files, name: file_hash(folder / name)}
    changed = replace(manifest, files=files)
    changed.write(folder)
    return changed


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def _unwritable(path: Path, error: OSError) -> WanggeError:
    return WanggeError(
        translate(
            "Wangge",
            "The package {path} cannot be written. Check the folder and the space on the disk.",
        ).format(path=path),
        detail=str(error),
    )


def package_area(folder: Path) -> np.ndarray:
    """Return the cells of a package, which its new components must lie in."""
    cells = read_layer(folder / WORK, "unit_grid")
    return np.empty(0, object) if cells.geometry is None else cells.geometry
