"""Rows made ready for the platform in a thread of their own, while those before them are sent."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from ..errors import WanggeError
from ..rules.batch import Batch
from ..translation import translate
from .cells import Cells, cells_of, geometry_cells
from .fingerprints import fingerprints
from .screening import Screened, screen
from .target import Target

# Batches made ready before they are asked for; each may have some tens of megabytes.
_AHEAD = 1


@dataclass(frozen=True)
class Prepared:
    """The rows of one batch that are fit to be stored, as bytes.

    Attributes
    ----------
    given : Batch
        What they were made of.
    screened : Screened
    content : dict of str to Cells
        The target's content; empty when no row is fit.
    hashes : ndarray of void, shape (n,), 16 bytes each
    keys : ndarray of bytes, shape (n,)
    """

    given: Batch
    screened: Screened
    content: dict[str, Cells]
    hashes: np.ndarray
    keys: np.ndarray

    @property
    def ids(self) -> np.ndarray:
        return self.screened.batch.ids

    def columns(self, rows: np.ndarray) -> list[Cells]:
        """Return the content of the rows picked by an index array."""
        if len(rows) == len(self.hashes):
            return list(self.content.values())
        return [cells.take(rows) for cells in self.content.values()]


def prepared(
    batches: Iterable[Batch], target_for: Callable[[Batch], Target]
) -> Generator[Prepared, None, None]:
    """Yield the batches converted and with fingerprints; the next one is being made ready.

    Parameters
    ----------
    batches : iterable of Batch
        Read in the caller's thread.
    target_for : callable
        Called with each batch as soon as it was read; returns where it goes.
    """
    coming: deque[Future[Prepared]] = deque()
    with ThreadPoolExecutor(1, "wangge-prepare") as pool:
        for batch in batches:
            coming.append(pool.submit(prepare, batch, target_for(batch)))
            if len(coming) > _AHEAD:
                yield coming.popleft().result()
        while coming:
            yield coming.popleft().result()


def prepare(batch: Batch, target: Target) -> Prepared:
    """Convert a batch to bytes and work out its fingerprints."""
    given = tuple(n for n in target.spec.names if n in batch.fields and n != "district_code")
    if given != target.names or (batch.geometry is not None) < target.has_geometry:
        raise WanggeError(
            translate(
                "Wangge", "The parts of layer {layer} have different fields. Push them one by one."
            ).format(layer=target.spec.name)
        )
    names = target.names
    if "district_code" in target.spec.names and "district_code" in batch.fields:
        names = (*names, "district_code")
    screened = screen(batch, target.spec, names)
    rows = screened.batch
    if not len(rows):
        return Prepared(batch, screened, {}, np.zeros(0, "V16"), np.zeros(0, "S1"))
    content = {n: screened.cells.get(n) or cells_of(rows, n) for n in target.names}
    if target.has_geometry:
        content["geom"] = geometry_cells(rows.shapes, target.platform.srid)
    return Prepared(
        batch, screened, content, fingerprints(content), _bytes_of(content[target.spec.key])
    )


def _bytes_of(cells: Cells) -> np.ndarray:
    if cells.long:
        return np.array(cells.values(), "S")
    width = cells.matrix.shape[1]
    return np.ascontiguousarray(cells.matrix).view(f"S{width}").reshape(-1)
