"""A package that arrives: checked, and turned into one GeoPackage with a layer per category."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ...errors import WanggeError
from ...progress import SILENT, Part, Progress, stop_if_cancelled
from ...translation import translate
from .checking import check_files, read_content, read_removed
from .columns import Table
from .geopackage import GeoPackage
from .manifest import Content, Manifest, read_manifest


@dataclass(frozen=True)
class Imported:
    """What arrived.

    Attributes
    ----------
    manifest : Manifest
        Of the last package.
    tables : dict of str to int
        Category -> rows in the result.
    spatial : tuple of str
        Those with shapes.
    """

    manifest: Manifest
    tables: dict[str, int]
    spatial: tuple[str, ...]

    @property
    def rows(self) -> int:
        return sum(self.tables.values())


def import_package(
    folder: Path,
    output: Path,
    *,
    previous: Sequence[Path] = (),
    progress: Progress = SILENT,
) -> Imported:
    """Check a package and write its rows, under our own field names, into a GeoPackage.

    Parameters
    ----------
    folder : Path
    output : Path
        Written whole, or left as it was.
    previous : sequence of Path
        For a package of changes: the full package and any changes between, in any order;
        the result is then the whole state. Without them it holds the changed rows alone,
        and the keys of the removed ones in tables called ``<category>_removed``.
    progress : Progress

    Raises
    ------
    WanggeError
        Anything wrong with a package, or packages that do not follow each other.
    """
    chain = _chain(folder, previous, Part(progress, 0.0, 0.3))
    part = output.with_name(f".{output.name}.{uuid.uuid4().hex[:8]}.part")
    total = max(1, sum(m.rows for _, m in chain))
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        with GeoPackage(part) as target:
            tables = _first(target, *chain[0], Part(progress, 0.3, 1.0), total)
            for place, manifest in chain[1:]:
                _apply(target, place, manifest, tables, progress)
            counts = {name: target.finish(table) for name, table in tables.items()}
        part.replace(output)
    except (OSError, sqlite3.Error) as error:
        raise WanggeError(
            translate(
                "Wangge",
                "The file “{path}” cannot be written: {reason}. Choose another place or make room.",
            ).format(path=output, reason=getattr(error, "strerror", None) or error)
        ) from error
    finally:
        part.unlink(missing_ok=True)
    manifest = chain[-1][1]
    categories = {c.table.name for _, m in chain for c in m.contents}
    return Imported(
        manifest,
        {name: count for name, count in counts.items() if name in categories},
        tuple(name for name, table in tables.items() if table.has_shapes),
    )


def _chain(
    folder: Path, previous: Sequence[Path], progress: Progress
) -> list[tuple[Path, Manifest]]:
    """Put the packages in order, from the full one to the last."""
    by_number = {m.package: (p, m) for p in previous for m in [read_manifest(p)]}
    chain = [(folder, check_files(folder, progress=progress))]
    while previous and chain[0][1].base:
        before = by_number.pop(chain[0][1].base, None)
        if before is None:
            raise WanggeError(
                translate(
                    "Wangge",
                    "The package in {folder} holds the changes since package {number}, which is not "
                    "among the previous ones. Give all of them, from the last full one on.",
                ).format(folder=chain[0][0], number=chain[0][1].base)
            )
        chain.insert(0, (before[0], check_files(before[0], progress=progress)))
    return chain


def _own_names(table: Table) -> Table:
    return replace(table, columns=tuple(replace(c, exchanged=c.name) for c in table.columns))


def _first(
    target: GeoPackage, folder: Path, manifest: Manifest, progress: Progress, total: int
) -> dict[str, Table]:
    tables: dict[str, Table] = {}
    done = 0
    for content in manifest.contents:
        table = _own_names(content.table)
        target.create(table)
        tables[table.name] = table
        for batch in read_content(folder, manifest, content):
            stop_if_cancelled(progress)
            target.append(table, batch)
            done += len(batch)
            progress.report(done / total)
        if content.removed:
            gone = _own_names(content.removed_table)
            target.create(gone)
            tables[gone.name] = gone
            for batch in read_removed(folder, manifest, content):
                target.append(gone, batch)
    return tables


def _apply(
    target: GeoPackage,
    folder: Path,
    manifest: Manifest,
    tables: dict[str, Table],
    progress: Progress,
) -> None:
    for content in manifest.contents:
        table = _own_names(content.table)
        if table.name not in tables:
            target.create(table)
            tables[table.name] = table
        _refuse_other_columns(tables[table.name], table)
        for batch in read_removed(folder, manifest, content):
            target.remove(table, table.keys, _keys(batch, content))
        for batch in read_content(folder, manifest, content):
            stop_if_cancelled(progress)
            target.remove(table, table.keys, _keys(batch, content))
            target.append(table, batch)


def _keys(batch, content: Content) -> list[tuple]:
    return list(zip(*(batch.fields[k].tolist() for k in content.table.keys), strict=True))


def _refuse_other_columns(before: Table, now: Table) -> None:
    if (before.columns, before.crs if before.has_shapes else "") != (now.columns, now.crs):
        raise WanggeError(
            translate(
                "Wangge",
                "Table {layer} has other fields or another coordinate system than in the package "
                "before. Ask the sender for a full package.",
            ).format(layer=now.name)
        )
