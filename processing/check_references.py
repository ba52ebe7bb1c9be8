"""What checks compare with beside areas and registers: photos, earlier editions, other packages."""

from __future__ import annotations

import os
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

import numpy as np
from qgis.core import Qgis, QgsProcessingParameterDefinition, QgsProcessingParameterFile

from ..plugin.layers.source import LayerSource
from ..plugin.progress import stop_if_cancelled
from ..plugin.rules.batch import Batch
from ..plugin.rules.owners import Owners
from ..plugin.rules.references import Lineage, Photos
from ..plugin.standards.layers import component_spec
from ..plugin.standards.layers import layer as layer_spec
from ..plugin.standards.spec import LayerSpec
from .base import described
from .inputs import renamed, require_field
from .job import Job

#: What ends a cell's code for good, unless one of its successors keeps it.
_ENDS = frozenset({"retired", "merged", "split"})


def folder_parameter(name: str, title: str, help_text: str) -> QgsProcessingParameterDefinition:
    """Return the parameter of a folder that need not be given."""
    return described(
        QgsProcessingParameterFile(
            name, title, Qgis.ProcessingFileParameterBehavior.Folder, optional=True
        ),
        help_text,
    )


def read_photos(job: Job, name: str) -> Photos | None:
    """Return the photos of a folder, under the names that features may give them.

    Files of different size differ; the content is read only where two have the same one.
    """
    folder = job.file(name)
    if folder is None:
        return None
    files = {}
    for place, _, found in os.walk(folder):
        stop_if_cancelled(job.progress)
        for file in found:
            path = Path(place, file)
            files[path.relative_to(folder).as_posix()] = path
    sizes = {known: path.stat().st_size for known, path in files.items()}
    alike: dict[int, int] = {}
    for size in sizes.values():
        alike[size] = alike.get(size, 0) + 1
    contents = {}
    for known, path in files.items():
        stop_if_cancelled(job.progress)
        contents[known] = _content(path) if alike[sizes[known]] > 1 else f"file {known}"
    # A project names them with their folder.
    names = [(known, known) for known in files]
    names += [(f"{folder.name}/{known}", known) for known in files]
    return Photos({n: sizes[k] for n, k in names}, {n: contents[k] for n, k in names})


def _content(path: Path) -> str:
    digest = blake2b(digest_size=16)
    with path.open("rb") as source:
        while part := source.read(1 << 20):
            digest.update(part)
    return digest.hexdigest()


def read_owners(job: Job, name: str) -> Owners | None:
    """Return component codes given elsewhere and whose they are."""
    source = job.source(name)
    if source is None:
        return None
    fields, wanted = ("component_code", "uuid"), component_spec()
    names = _headings(source, wanted, fields)
    batches = (renamed(b, wanted) for b in job.batches(source, names=names, geometry=False))
    return Owners(batches, code=fields[0], expected=max(0, source.count()))


def _headings(source: LayerSource, spec: LayerSpec, fields: Sequence[str]) -> list[str]:
    """Return what a layer calls some fields of its description; all must be there."""
    names = source.fields.names()
    empty = Batch({n: np.empty(0, object) for n in names}, None, np.empty(0, np.int64))
    known = renamed(empty, spec)
    for field in fields:
        require_field(known, source, field)
    return [own for own, name in zip(names, known.fields, strict=True) if name in fields]


def read_lineage(job: Job, name: str) -> tuple[Lineage, frozenset[str]] | None:
    """Return what the lineage table mentions, and the codes it ended for good."""
    source = job.source(name)
    if source is None:
        return None
    batch = renamed(job.columns(source, geometry=False), layer_spec("lineage"))
    for field in ("old_code", "new_code", "operation"):
        require_field(batch, source, field)
    old, new = batch.text("old_code").tolist(), batch.text("new_code").tolist()
    ended = {c for c, o in zip(old, batch.text("operation").tolist(), strict=True) if o in _ENDS}
    lineage = Lineage(frozenset(old) - {""}, frozenset(new) - {""})
    return lineage, frozenset(ended - lineage.new_codes - {""})


def read_levels(job: Job, name: str) -> dict[str, str] | None:
    """Return the levels that risks had in an earlier edition of the list."""
    source = job.source(name)
    if source is None:
        return None
    batch = renamed(job.columns(source, geometry=False), layer_spec("risk"))
    require_field(batch, source, "risk_code")
    require_field(batch, source, "level")
    codes, levels = batch.text("risk_code").tolist(), batch.text("level").tolist()
    return {code: level for code, level in zip(codes, levels, strict=True) if code}
