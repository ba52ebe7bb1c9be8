"""Columns from any QGIS vector layer: OGR's Arrow stream where it serves, features elsewhere.

Both ways give the same `Batch`; `tests/layers` holds them against each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..progress import SILENT, Progress, stop_if_cancelled
from ..rules.batch import Batch, concatenate
from . import arrow, features
from .source import LayerSource

BATCH_ROWS = 65_536


def read_batches(
    source: LayerSource,
    *,
    names: Iterable[str] | None = None,
    geometry: bool = True,
    batch_rows: int = BATCH_ROWS,
    progress: Progress = SILENT,
) -> Iterator[Batch]:
    """Yield the rows of a layer as column batches, in the layer's own order.

    Parameters
    ----------
    source : LayerSource
    names : iterable of str, optional
        Fields wanted; all by default. Unknown names are ignored.
    geometry : bool
        Whether geometries are wanted.
    batch_rows : int
        Most rows in a batch: memory is bounded by it.
    progress : Progress
        Told the share of rows read; asked whether to stop before each batch.

    Yields
    ------
    Batch
    """
    wanted = [f.name() for f in source.fields]
    if names is not None:
        asked = set(names)
        wanted = [name for name in wanted if name in asked]
    reader = arrow.read_batches if arrow.can_read(source, wanted) else features.read_batches
    total = source.count()
    done = 0
    stop_if_cancelled(progress)
    for batch in reader(source, wanted, geometry=geometry, batch_rows=batch_rows):
        yield batch
        done += len(batch)
        if total > 0:
            progress.report(min(1.0, done / total))
        stop_if_cancelled(progress)


def read_columns(
    source: LayerSource,
    *,
    names: Iterable[str] | None = None,
    geometry: bool = True,
    progress: Progress = SILENT,
) -> Batch:
    """Read all rows of a layer into one `Batch` (also when it has none)."""
    wanted = None if names is None else list(names)
    batches = list(read_batches(source, names=wanted, geometry=geometry, progress=progress))
    if batches:
        return concatenate(batches)
    kept = [f.name() for f in source.fields if wanted is None or f.name() in set(wanted)]
    return features.empty_batch(source, kept, geometry=geometry)
