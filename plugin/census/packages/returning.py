"""Take back returned packages: check them, merge them, note them in the ledger."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ...errors import WanggeError
from ...progress import SILENT, Progress, stop_if_cancelled
from ...rules.batch import Batch
from ...standards.layers import component_spec
from ...translation import translate
from ..merge.conflicts import join_conflicts
from ..merge.difference import apply, difference
from ..merge.keys import with_uuids
from ..merge.ledger import Ledger, Return
from ..merge.three_way import Merged, merge
from ..merge.values import content_hash, with_null_numbers
from .geopackage import read_layer
from .inside import package_inside
from .manifest import NAME, Manifest, read_manifest
from .office import Office
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
    if package_inside(folder / WORK) not in ("", manifest.package_id):
        raise WanggeError(
            translate(
                "Wangge",
                "The {work} in {folder} is of another package than its {name}. Choose the file alone, "
                "or put it back into the folder it came from.",
            ).format(work=WORK, folder=folder, name=NAME)
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
    if rows.crs != base.crs:
        raise WanggeError(
            translate(
                "Wangge",
                "The components of the package of team “{team}” came back in {now}; they went out in "
                "{then}. Have them saved in the system in which they went out.",
            ).format(team=manifest.team, now=rows.crs or "–", then=base.crs or "–")
        )
    return ReturnedPackage(
        folder,
        manifest,
        with_null_numbers(base),
        with_null_numbers(rows),
        package_area(folder),
        content_hash(rows),
    )


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
        By package id, of the rows that the package concerns; packages merged before are
        left out.
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
    near: float = 1.0,
    progress: Progress = SILENT,
) -> Returns:
    """Open returned packages and merge them into the office's layer; see `merge_packages`.

    Raises
    ------
    WanggeError
        When a package cannot be used; nothing has been merged then.
    """
    packages = [open_return(folder, project_id=project_id) for folder in folders]
    return merge_packages(packages, office, ledger=ledger, near=near, progress=progress)


def _require_same_system(package: ReturnedPackage, office: Batch) -> None:
    then, now = package.base.crs, office.crs
    # Texts of a city's own system may differ though it is the same.
    if then != now and then.startswith("EPSG:") and now.startswith("EPSG:"):
        raise WanggeError(
            translate(
                "Wangge",
                "The project's components are in {now}; the package of team “{team}” was made in "
                "{then}. Merge it into the layer as it was, then reproject.",
            ).format(team=package.manifest.team, now=now, then=then)
        )


def merge_packages(
    packages: Sequence[ReturnedPackage],
    office: Batch,
    *,
    ledger: Ledger | None = None,
    near: float = 1.0,
    progress: Progress = SILENT,
) -> Returns:
    """Merge returned packages into the office's layer.

    A package merged before with the same content is skipped. One edited after it was
    merged is merged against its earlier return.

    Parameters
    ----------
    packages : sequence of ReturnedPackage
    office : Batch
    ledger : Ledger, optional
        Earlier merges.
    near : float
        See `merge`.
    """
    ledger = ledger or Ledger()
    whole = Office(with_null_numbers(office))
    results: dict[str, Merged] = {}
    skipped: dict[str, Return] = {}
    raised: list[Batch] = []
    now = datetime.datetime.now(datetime.UTC).isoformat()
    for i, package in enumerate(packages):
        stop_if_cancelled(progress)
        key = package.manifest.package_id
        status = ledger.status(key, package.content)
        last = ledger.last(key)
        if status is Return.MERGED:
            skipped[key] = status
            continue
        base = package.base if last is None else apply(package.base, last.returned)
        _require_same_system(package, office)
        part, where = whole.part(base, package.rows, near)
        done = merge(
            base,
            package.rows,
            part,
            package_id=key,
            area=package.area,
            near=near,
            origin=None if last is None else package.base,
        )
        whole.take_back(part, where, done)
        results[key] = done
        raised.append(done.conflicts)
        rows, _ = with_uuids(package.rows, package.base, key)
        ledger = ledger.with_merge(
            key,
            package.content,
            now,
            done.changes,
            returned=difference(package.base, rows),
            conflicts=done.conflicts.text("conflict_id").tolist(),
            team=package.manifest.team,
        )
        progress.report((i + 1) / len(packages))
    return Returns(whole.rows(), join_conflicts(raised, office.crs), ledger, results, skipped)
