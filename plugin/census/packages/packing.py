"""Make one field package per team; the source is only read."""

from __future__ import annotations

import datetime
import re
import shutil
import tempfile
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from ...errors import WanggeError
from ...progress import SILENT, Progress, stop_if_cancelled
from ...rules.batch import Batch
from ...standards.census_columns import filling_order
from ...standards.editions import Edition, edition
from ...standards.layers import LAYERS, component_spec
from ...standards.spec import Geometry, LayerSpec
from ...translation import translate
from ..blocks import CodeBlock
from ..merge.values import content_hash
from .geopackage import read_layer, write_layers
from .inside import keep_inside
from .manifest import BASE, WORK, Manifest, file_hash
from .photos import copy_photos
from .splitting import near_cells, split_by_team

#: Writes layers into a new GeoPackage: path, layers and their descriptions by name, CRS.
Writer = Callable[[Path, Mapping[str, Batch], Mapping[str, LayerSpec], str], None]
#: Adds files to a package that is being made: its folder, what is known of it, its layers;
#: returns their names.
Finisher = Callable[[Path, "Draft", Mapping[str, Batch]], Sequence[str]]


@dataclass(frozen=True)
class Draft:
    """What is known of a package before it is closed."""

    project_id: str
    team: str
    crs: str
    blocks: tuple[CodeBlock, ...]


@dataclass(frozen=True)
class Contents:
    """What goes into packages beside the components and cells.

    Attributes
    ----------
    tables : mapping of str to Batch
        Rows that every team needs, such as ``department``.
    surroundings : mapping of str to Batch
        Layers of which each team gets what lies in and around its cells.
    photos : Path or None
        Folder to which the photos of components are relative; None packs no photos.
    """

    tables: Mapping[str, Batch] = field(default_factory=dict)
    surroundings: Mapping[str, Batch] = field(default_factory=dict)
    photos: Path | None = None


def pack(
    components: Batch,
    grids: Batch,
    teams: Mapping[str, str],
    folder: Path,
    *,
    project_id: str,
    standard: str | Edition = "",
    blocks: Sequence[CodeBlock] = (),
    contents: Contents | None = None,
    write: Writer = write_layers,
    finish: Finisher | None = None,
    progress: Progress = SILENT,
) -> tuple[Manifest, ...]:
    """Write one package per team into folders named after the teams; all of them or none.

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
    contents : Contents, optional
    write : callable
        How layers are written into a GeoPackage.
    finish : callable, optional
        Adds files, such as a project file, before the package is closed.

    Raises
    ------
    WanggeError
        When rows lack a uuid, a package exists already, or a disk is full.
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
    _require_free([folder / folder_name(share.team) for share in shares])
    # Forms on the device fill columns in their order.
    spec = filling_order(component_spec(standard))
    packer = _Packer(folder, project_id, edition(standard).id, spec, contents or Contents(), write)
    manifests: list[Manifest] = []
    try:
        for i, share in enumerate(shares):
            stop_if_cancelled(progress)
            rows, cells = components.take(share.rows), grids.take(share.cells)
            own = tuple(b for b in blocks if b.team == share.team)
            manifests.append(packer.pack(share.team, rows, cells, own, finish))
            progress.report((i + 1) / len(shares))
    except BaseException:
        for manifest in manifests:
            shutil.rmtree(folder / folder_name(manifest.team), ignore_errors=True)
        raise
    return tuple(manifests)


def folder_name(team: str) -> str:
    """Return a team's name without what file systems refuse."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]+', "_", team).strip(". ") or "team"


def _require_free(targets: Sequence[Path]) -> None:
    for target in targets:
        if target.exists() or targets.count(target) > 1:
            raise WanggeError(
                translate(
                    "Wangge",
                    "{folder} exists already. A package that may be in the field is not "
                    "overwritten; choose another folder or move it away.",
                ).format(folder=target)
            )


@dataclass(frozen=True)
class _Packer:
    folder: Path
    project_id: str
    standard: str
    spec: LayerSpec
    contents: Contents
    write: Writer

    def pack(
        self,
        team: str,
        rows: Batch,
        cells: Batch,
        blocks: tuple[CodeBlock, ...],
        finish: Finisher | None,
    ) -> Manifest:
        target = self.folder / folder_name(team)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            # Built aside and moved into place, so that a package is whole or not there.
            building = Path(tempfile.mkdtemp(prefix=".packing-", dir=self.folder))
            building.chmod(0o755)  # as a folder made by hand, not private as a temporary one
        except OSError as error:
            raise _unwritable(self.folder, error) from error
        try:
            layers = self._layers(rows, cells)
            specs = {n: LAYERS.get(n, any_layer(n)) for n in layers} | {"component": self.spec}
            self.write(building / WORK, layers, specs, rows.crs)
            self.write(building / BASE, {"component": rows}, specs, rows.crs)
            names = [WORK, BASE]
            if self.contents.photos is not None:
                names += copy_photos(rows, self.contents.photos, building)
            if finish is not None:
                names += finish(building, Draft(self.project_id, team, rows.crs, blocks), layers)
            manifest = Manifest(
                package_id=str(uuid.uuid4()),
                project_id=self.project_id,
                team=team,
                created=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
                standard=self.standard,
                crs=rows.crs,
                cells=tuple(cells.text("grid_code").tolist()),
                uuids=tuple(rows.text("uuid").tolist()),
                base_hash=content_hash(read_layer(building / BASE, "component", self.spec)),
                files={},
                blocks=blocks,
            )
            manifest.write(building)
            keep_inside(building)  # before the sums, which are of the file that goes out
            sums = {name: file_hash(building / name) for name in names}
            manifest = replace(manifest, files=sums)
            manifest.write(building)
            building.rename(target)
        except OSError as error:
            raise _unwritable(target, error) from error
        finally:
            shutil.rmtree(building, ignore_errors=True)
        return manifest

    def _layers(self, rows: Batch, cells: Batch) -> dict[str, Batch]:
        near = {n: near_cells(b, cells) for n, b in self.contents.surroundings.items()}
        return {"component": rows, "unit_grid": cells, **self.contents.tables, **near}


def any_layer(name: str) -> LayerSpec:
    """Return the description of a layer of which nothing is known."""
    return LayerSpec(name, (), "", tuple(Geometry))


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
