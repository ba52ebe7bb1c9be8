"""Pack from a project: the numbers that go out are reserved in it for good."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from ...progress import SILENT, Progress
from ...rules.batch import Batch
from ...standards.editions import Edition
from ..blocks import reserve_blocks
from ..numbering import largest_sequence
from ..packages.geopackage import write_layers
from ..packages.manifest import Manifest
from ..packages.packing import Contents, Finisher, Writer, folder_name, pack
from .state import load_state, save_state
from .store import editing


def pack_project(
    path: Path,
    components: Batch,
    grids: Batch,
    teams: Mapping[str, str],
    folder: Path,
    *,
    standard: str | Edition = "",
    block_size: int = 0,
    contents: Contents | None = None,
    write: Writer = write_layers,
    finish: Finisher | None = None,
    progress: Progress = SILENT,
) -> tuple[Manifest, ...]:
    """Write the packages of a project's teams; see `packages.pack`.

    Nobody can write to the project meanwhile, so that the packages are of one state. Its
    rows are only read.

    Parameters
    ----------
    path : Path
        The project's GeoPackage.
    block_size : int
        Running numbers that each team may give in every class; 0 reserves none.

    Raises
    ------
    WanggeError
        When a package cannot be made; then none is.
    """
    manifests: tuple[Manifest, ...] = ()
    try:
        with editing(path) as connection:
            state = load_state(connection)
            reserved = state.blocks
            if block_size:
                reserved += reserve_blocks(
                    sorted(set(teams.values())),
                    block_size,
                    reserved=state.blocks,
                    largest_used=largest_sequence(components.text("component_code"), standard),
                )
            manifests = pack(
                components,
                grids,
                teams,
                folder,
                project_id=state.project_id,
                standard=standard,
                blocks=reserved[len(state.blocks) :],
                contents=contents,
                write=write,
                finish=finish,
                progress=progress,
            )
            save_state(connection, replace(state, blocks=reserved))
    except BaseException:
        # Without its entry in the project a package could not come back.
        for manifest in manifests:
            shutil.rmtree(folder / folder_name(manifest.team), ignore_errors=True)
        raise
    return manifests
