"""Compare a layer with the platform without writing anything."""

from __future__ import annotations

from collections.abc import Iterable

from ..progress import SILENT, Progress
from ..rules.batch import Batch
from ..standards.spec import LayerSpec
from .push import push
from .result import PushResult


def compare(
    connection,
    kind: str,
    batches: Iterable[Batch],
    spec: LayerSpec,
    *,
    whole: bool = True,
    max_differences: int = 100_000,
    progress: Progress = SILENT,
    schema: str = "wangge",
) -> PushResult:
    """Return what differs between a layer and the platform, row by row and field by field.

    Parameters
    ----------
    connection : psycopg2 connection
    kind : str
    batches : iterable of Batch
    spec : LayerSpec
    whole : bool
        The layer holds all rows of its communities: rows only the platform has are
        differences too.
    max_differences : int
    progress : Progress
    schema : str

    Returns
    -------
    PushResult
        Counts and ``differences``: ``added`` is only in the layer, ``removed`` only on the
        platform.
    """
    return push(
        connection,
        kind,
        batches,
        spec,
        mode="dry_run",
        delete_missing=whole,
        max_differences=max_differences,
        progress=progress,
        schema=schema,
    )
