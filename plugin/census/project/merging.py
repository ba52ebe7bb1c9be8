"""Merge returned packages into a project: rows, memory and open conflicts in one transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from ...progress import SILENT, Part, Progress, stop_if_cancelled
from ...rules.batch import Batch
from ...standards.layers import component_spec
from ..merge.changes import Changes
from ..merge.conflicts import Resolution, choose, join_conflicts
from ..merge.ledger import Ledger, Return
from ..merge.resolution import resolve
from ..merge.values import with_null_numbers
from ..packages.geopackage import read_layer
from ..packages.manifest import Manifest
from ..packages.photos import TakenPhotos, drop_photos, take_photos
from ..packages.returning import ReturnedPackage, Returns, merge_packages, open_return
from .history import Authors, note_history
from .state import ProjectState, load_state, save_state
from .store import editing, find_table, save_rows


@dataclass(frozen=True)
class MergedPackage:
    """What became of one package.

    Attributes
    ----------
    package_id, team : str
    status : Return
        What the package was to the project before; `Return.MERGED` is skipped.
    counts : dict of str to int
        See `Merged.counts`; empty when it was skipped.
    warnings : tuple of str
    photos, missing_photos : int
        Photos copied, and photos named that are nowhere.
    """

    package_id: str
    team: str
    status: Return
    counts: Mapping[str, int]
    warnings: tuple[str, ...]
    photos: int
    missing_photos: int


@dataclass(frozen=True)
class ProjectMerge:
    """Result of merging into a project.

    Attributes
    ----------
    packages : tuple of MergedPackage
    conflicts : Batch
        All that are open now, those of earlier merges too.
    settled : int
        Conflicts that were settled.
    rows : dict of str to int
        ``deleted``, ``updated``, ``inserted``: what was written to the layer.
    teams : dict of str to str
        Package id -> team, of all that were ever merged.
    """

    packages: tuple[MergedPackage, ...]
    conflicts: Batch
    settled: int
    rows: Mapping[str, int]
    teams: Mapping[str, str]

    def total(self, name: str) -> int:
        """Return a count over all packages."""
        return sum(p.counts.get(name, 0) for p in self.packages)


def merge_into_project(
    path: Path,
    table: str,
    folders: Sequence[Path],
    *,
    rules: Sequence[Resolution] = (),
    decisions: Mapping[str, str] | None = None,
    near: float = 1.0,
    progress: Progress = SILENT,
) -> ProjectMerge:
    """Merge returned packages and settle conflicts.

    Nothing is written when one of the packages cannot be used. Packages merged before
    with the same content change nothing.

    Parameters
    ----------
    path, table : Path, str
        The project's GeoPackage and its layer of components.
    folders : sequence of Path
        Packages; none just settles conflicts that are open.
    rules : sequence of Resolution
    decisions : mapping of str to str
        Conflict id -> ``"field"`` or ``"office"``.
    near : float
        See `merge`.
    """
    photos: dict[str, TakenPhotos] = {}
    try:
        with editing(path) as connection:
            layer = find_table(connection, path, table)
            state = load_state(connection)
            office = with_null_numbers(read_layer(path, table, component_spec()))
            packages, known = _open(folders, state, progress)
            before = {
                **{m.package_id: Return.MERGED for m in known},
                **{p.manifest.package_id: _status(state.ledger, p) for p in packages},
            }
            for i, package in enumerate(packages):
                key = package.manifest.package_id
                photos[key] = take_photos(package.rows, package.folder, path.parent)
                packages[i] = replace(package, rows=photos[key].rows)
            result = merge_packages(
                packages, office, ledger=state.ledger, near=near, progress=Part(progress, 0.4, 0.9)
            )
            waiting = join_conflicts([state.conflicts, result.conflicts], office.crs)
            chosen = choose(waiting, rules=rules, rows=decisions)
            merged, left, ledger = _settle(result.office, chosen, result.ledger)
            rows = save_rows(connection, layer, office, merged)
            note_history(connection, office, merged, _authors(state.ledger, ledger))
            save_state(connection, replace(state, ledger=ledger, conflicts=left))
    except BaseException:
        drop_photos(path.parent, [name for taken in photos.values() for name in taken.copied])
        raise
    told = _told([*known, *(p.manifest for p in packages)], before, result, photos)
    teams = {e.package_id: e.team for e in ledger.entries}
    return ProjectMerge(told, left, len(waiting) - len(left), rows, teams)


def _status(ledger: Ledger, package: ReturnedPackage) -> Return:
    return ledger.status(package.manifest.package_id, package.content)


def _open(
    folders: Sequence[Path], state: ProjectState, progress: Progress
) -> tuple[list[ReturnedPackage], list[Manifest]]:
    """Open and check all packages; of those merged before only the manifests are kept."""
    packages, known = [], []
    for i, folder in enumerate(folders):
        stop_if_cancelled(progress)
        package = open_return(folder, project_id=state.project_id)
        if _status(state.ledger, package) is Return.MERGED:
            known.append(package.manifest)
        else:
            packages.append(package)
        progress.report(0.4 * (i + 1) / len(folders))
    return packages, known


def _settle(office: Batch, conflicts: Batch, ledger: Ledger) -> tuple[Batch, Batch, Ledger]:
    """Carry out what is decided, package by package, so that each can be undone alone."""
    left = []
    owner = conflicts.text("package_id")
    for key in sorted(set(owner.tolist())):
        done = resolve(office, conflicts.take(np.flatnonzero(owner == key)))
        office = done.office
        ledger = ledger.with_more(key, done.changes)
        left.append(done.open)
    return office, join_conflicts(left, office.crs), ledger


def _authors(before: Ledger, after: Ledger) -> Authors:
    """Return whose the changes are that a ledger has gained."""
    known = {e.package_id: e.changes for e in before.entries if not e.undone}
    authors: dict[tuple[str, str], str] = {}
    for entry in after.entries:
        old = known.get(entry.package_id, Changes())
        if entry.undone or entry.changes == old or not entry.team:
            continue
        authors |= {(u.uuid, u.field): entry.team for u in entry.changes.updates}
        authors |= {(json.loads(t)["uuid"], ""): entry.team for t in entry.changes.deleted}
    return authors


def _told(
    manifests: Sequence[Manifest],
    before: Mapping[str, Return],
    result: Returns,
    photos: Mapping[str, TakenPhotos],
) -> tuple[MergedPackage, ...]:
    told = {}
    for manifest in manifests:
        key = manifest.package_id
        merged, taken = result.results.get(key), photos.get(key)
        told[key] = MergedPackage(
            key,
            manifest.team,
            before[key],
            merged.counts if merged else {},
            merged.warnings if merged else (),
            len(taken.copied) if taken else 0,
            len(taken.missing) if taken else 0,
        )
    return tuple(told.values())
