"""Draw the quality sample: lots, their sample sizes as data, strata by class and cell, a seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..errors import WanggeError
from ..rules.batch import Batch
from ..translation import translate
from .columns import blank_to_null


@dataclass(frozen=True)
class SampleSize:
    """Lots of up to ``lot`` units need a sample of ``sample``."""

    lot: int
    sample: int


#: Sample sizes in the manner of GB/T 24356-2009; the norm's own text was not at hand, so a
#: city checks them against its contract.
LOT_SIZES: tuple[SampleSize, ...] = (
    SampleSize(20, 3),
    SampleSize(40, 5),
    SampleSize(60, 7),
    SampleSize(80, 9),
    SampleSize(100, 10),
    SampleSize(120, 11),
    SampleSize(140, 12),
    SampleSize(160, 13),
    SampleSize(180, 14),
    SampleSize(200, 15),
)


def sample_size(units: int, table: Sequence[SampleSize] = LOT_SIZES) -> int:
    """Return how many of a lot's units are inspected; never more than there are.

    Raises
    ------
    WanggeError
        When the lot is larger than the table knows: split it.
    """
    if units <= 0:
        return 0
    for row in table:
        if units <= row.lot:
            return min(row.sample, units)
    raise WanggeError(
        translate(
            "Wangge",
            "A lot of {units} units is larger than the largest of the table ({largest}). Split it "
            "into several lots.",
        ).format(units=units, largest=table[-1].lot)
    )


@dataclass(frozen=True)
class Sample:
    """What is inspected.

    Attributes
    ----------
    cells : Batch
        The drawn unit grids with ``lot`` and ``units`` (components in them); a crew surveys
        each of them anew without seeing the first survey.
    components : Batch
        The components in these cells with ``lot``: what the second survey is compared with.
    lots : tuple of Lot
    seed : int
    """

    cells: Batch
    components: Batch
    lots: tuple[Lot, ...]
    seed: int


@dataclass(frozen=True)
class Lot:
    """A lot: cells accepted or rejected together."""

    name: str
    cells: int
    components: int
    sampled_cells: int
    sampled_components: int


def draw_cells(
    components: Batch,
    grids: Batch,
    *,
    lot_size: int = 200,
    table: Sequence[SampleSize] = LOT_SIZES,
    seed: int = 0,
) -> Sample:
    """Draw whole cells lot by lot: only then omissions can be found.

    A lot is a street's cells in the order of their codes, split into lots of at most
    ``lot_size`` of nearly equal size. Cells are drawn with a chance that grows with the
    number of their components, so that busy cells are not missed; empty ones can be drawn
    too, since they may be empty by omission.

    Parameters
    ----------
    components, grids : Batch
        Both with ``grid_code``.
    lot_size : int
    table : sequence of SampleSize
    seed : int
        The same seed draws the same sample whatever the order of rows.
    """
    codes = grids.text("grid_code")
    order = np.argsort(codes.astype(str), kind="stable")
    order = order[codes[order] != ""]
    ordered = codes[order].astype(str)
    units = _count_by_code(components, ordered)
    rng = np.random.default_rng(seed)
    lot_of_cell = np.full(len(order), "", dtype=object)
    drawn = np.zeros(len(order), bool)
    streets = np.array([c[:9] for c in ordered.tolist()], dtype=object)
    names: list[str] = []
    for street in sorted(set(streets.tolist())):
        members = np.flatnonzero(streets == street)
        for i, part in enumerate(np.array_split(members, -(-len(members) // lot_size)), 1):
            name = f"{street}-{i:02d}"
            names.append(name)
            lot_of_cell[part] = name
            size = sample_size(len(part), table)
            weight = units[part] + 1.0
            chosen = rng.choice(part, size, replace=False, p=weight / weight.sum())
            drawn[chosen] = True
    row_lot, row_drawn = _of_components(components, ordered, lot_of_cell, drawn)
    lots = tuple(
        Lot(
            name,
            int((lot_of_cell == name).sum()),
            int(units[lot_of_cell == name].sum()),
            int(drawn[lot_of_cell == name].sum()),
            int(units[(lot_of_cell == name) & drawn].sum()),
        )
        for name in names
    )
    cells = grids.take(order[drawn]).with_fields(
        lot=lot_of_cell[drawn], units=units[drawn].astype(np.int64)
    )
    inspected = components.with_fields(lot=blank_to_null(row_lot)).take(row_drawn)
    return Sample(cells, inspected, lots, seed)


def _count_by_code(components: Batch, ordered: np.ndarray) -> np.ndarray:
    position, found = _position(components, ordered)
    return np.bincount(position[found], minlength=len(ordered)).astype(np.int64)


def _position(components: Batch, ordered: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    own = components.text("grid_code").astype(str)
    if not len(ordered):
        return np.zeros(len(own), int), np.zeros(len(own), bool)
    position = np.minimum(np.searchsorted(ordered, own), len(ordered) - 1)
    return position, ordered[position] == own


def _of_components(
    components: Batch, ordered: np.ndarray, lot_of_cell: np.ndarray, drawn: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    position, found = _position(components, ordered)
    if not len(ordered):
        return np.full(len(components), "", dtype=object), found
    return np.where(found, lot_of_cell[position], ""), found & drawn[position]


def draw_components(
    components: Batch,
    size: int,
    *,
    by: Sequence[str] = ("class_code", "grid_code"),
    seed: int = 0,
) -> Batch:
    """Draw single components, stratified: each stratum gets its share, small ones at least one.

    Use it to check attributes and positions; omissions need `draw_cells`. When there are
    more strata than ``size``, the strata drawn are themselves drawn by their size.

    Parameters
    ----------
    components : Batch
    size : int
        Rows wanted; all rows when there are no more.
    by : sequence of str
        Fields that make up a stratum; a blank value is a stratum too.
    seed : int

    Returns
    -------
    Batch
        Ordered as the input, with ``stratum``.
    """
    n = len(components)
    keys = np.array(
        ["/".join(row) for row in zip(*(components.text(f).tolist() for f in by), strict=True)],
        dtype=object,
    )
    if size >= n:
        return components.with_fields(stratum=keys)
    rng = np.random.default_rng(seed)
    # Rows in the order of their content, so that the file's order does not matter.
    identity = components.text("uuid").astype(str)
    order = np.lexsort((components.ids, identity, keys.astype(str)))
    _, starts, counts = np.unique(keys[order].astype(str), return_index=True, return_counts=True)
    share = _shares(counts, size, rng)
    picked = [
        order[start + rng.choice(count, quota, replace=False)]
        for start, count, quota in zip(starts, counts, share, strict=True)
        if quota
    ]
    rows = np.sort(np.concatenate(picked)) if picked else np.empty(0, int)
    return components.with_fields(stratum=keys).take(rows)


def _shares(counts: np.ndarray, size: int, rng: np.random.Generator) -> np.ndarray:
    """Divide ``size`` among strata by largest remainder, one at least where that is possible."""
    share = np.zeros(len(counts), int)
    if len(counts) >= size:
        share[rng.choice(len(counts), size, replace=False, p=counts / counts.sum())] = 1
        return share
    exact = counts * (size / counts.sum())
    share = np.clip(np.floor(exact).astype(int), 1, counts)
    while share.sum() != size:
        step = 1 if share.sum() < size else -1
        room = share < counts if step > 0 else share > 1
        gap = np.where(room, step * (exact - share), -np.inf)
        share[int(np.argmax(gap))] += step
    return share
