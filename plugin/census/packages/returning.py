"""Take back returned packages: check them, merge them, note them in the ledger."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ...errors import WanggeError
from ...progress import SILENT, Progress, stop_if_cancelled
from ...rules.batch import Batch
from ...standards.layers import component_spec
from ...translation import translate
from ..merge.conflicts import COLUMNS
from ..merge.ledger import Ledger, Return
from ..merge.three_way import Merged, merge
from ..merge.values import content_hash
from .geopackage import read_layer
from .manifest import Manifest, read_manifest
from .packing import BASE, WORK, package_area


@dataclass(frozen=True)
class ReturnedPackage:
    """A package as it came back, checked."""

    folder: Path
    manifest: Manifest
    base: Batch
    rows: Batch
    area: np.ndarray
    content: str


def open_return(folder: Path, *, project_id: str) -> ReturnedPackage:
    """Open and check a returned package.

    Raises
    ------
    WanggeError
        When it is of another project, incomplete or damaged, or its base was tampered
        with: without the true base nobody can tell what the field changed.
    """
    manifest = read_manifest(folder)
    if manifest.project_id != project_id:
        raise WanggeError(
            translate(
                "Wangge",
                "The package {folder} of team “{team}” belongs to another project. Open that "
                "project to merge it.",
            ).format(folder=folder.name, team=manifest.team)
        )
    spec = component_spec(manifest.standard)
    base = read_layer(folder / BASE, "component", spec)
    if content_hash(base) != manifest.base_hash:
        raise WanggeError(
            translate(
                "Wangge",
                "{file} of team “{team}” was changed, though only {work} is to be edited. Put the "
                "original {file} back from where the package was made.",
            ).format(file=BASE, team=manifest.team, work=WORK)
        )
    rows = read_layer(folder / WORK, "component", spec)
    return ReturnedPackage(folder, manifest, base, rows, package_area(folder), content_hash(rows))


@dataclass(frozen=True)
class Returns:
    """Result of merging several packages.

    Attributes
    ----------
    office : Batch
    conflicts : Batch
        Of all packages.
    ledger : Ledger
    results : dict of str to Merged
        By package id; packages merged before are left out.
    skipped : dict of str to Return
        Why a package was not merged, by package id.
    """

    office: Batch
    conflicts: Batch
    ledger: Ledger
    results: dict[str, Merged]
    skipped: dict[str, Return]


def merge_returns(
    folders: Sequence[Path],
    office: Batch,
    *,
    project_id: str,
    ledger: Ledger | None = None,
    earlier: Mapping[str, Batch] | None = None,
    near: float = 1.0,
    progress: Progress = SILENT,
) -> Returns:
    """Merge returned packages into the office's layer.

    Every package is opened and checked before the first is merged, so that a bad one
    changes nothing. A package merged before with the same content is skipped. One edited
    after it was merged is merged against its earlier return.

    Parameters
    ----------
    folders : sequence of Path
    office : Batch
    project_id : str
    ledger : Ledger, optional
        Earlier merges.
    earlier : mapping of str to Batch, optional
        Package id -> rows of its earlier return; needed for packages edited since.
    near : float
        See `merge`.

    Raises
    ------
    WanggeError
        When a package cannot be used; nothing has been merged then.
    """
    ledger = ledger or Ledger()
    packages = [open_return(folder, project_id=project_id) for folder in folders]
    results: dict[str, Merged] = {}
    skipped: dict[str, Return] = {}
    for package in packages:
        status = ledger.status(package.manifest.package_id, package.content)
        known = (earlier or {}).get(package.manifest.package_id)
        if status is Return.EDITED and known is None:
            raise WanggeError(
                translate(
                    "Wangge",
                    "The package of team “{team}” was merged before and has been edited since. "
                    "Undo its merge, then merge it again.",
                ).format(team=package.manifest.team)
            )
    for i, package in enumerate(packages):
        stop_if_cancelled(progress)
        key = package.manifest.package_id
        status = ledger.status(key, package.content)
        if status is Return.MERGED:
            skipped[key] = status
            continue
        base = (earlier or {}).get(key, package.base) if status is Return.EDITED else package.base
        done = merge(base, package.rows, office, package_id=key, area=package.area, near=near)
        office = done.office
        results[key] = done
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        ledger = ledger.with_merge(key, package.content, now, done.changes)
        progress.report((i + 1) / len(packages))
    return Returns(office, _all_conflicts(results, office.crs), ledger, results, skipped)


def _all_conflicts(results: Mapping[str, Merged], crs: str) -> Batch:
    parts = [done.conflicts for done in results.values()]
    fields = {
        name: np.concatenate([np.empty(0, object), *(p.fields[name] for p in parts)])
        for name in COLUMNS
    }
    shapes = [p.geometry for p in parts if p.geometry is not None]
    geometry = np.concatenate([np.empty(0, object), *shapes])
    return Batch(fields, geometry, np.arange(1, len(geometry) + 1, dtype=np.int64), crs)
