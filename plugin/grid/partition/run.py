"""The partition of a whole city: checks, one task a community, and the last stitch."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait

import numpy as np
import shapely

from ...errors import WanggeError
from ...progress import SILENT, Part, Progress, stop_if_cancelled
from ...translation import translate
from .borders import areal, match_borders
from .community import (
    CommunityResult,
    CommunityTask,
    Figures,
    barrier_lines,
    cut_community,
)
from .model import Gain, Partition, PartitionInput, PartitionOptions
from .stitch import stitch
from .weld import weld

IN_FLIGHT = 64
"""Tasks handed to an executor at a time: bounds memory and lets cancelling take hold."""


def partition(
    inputs: PartitionInput,
    options: PartitionOptions | None = None,
    *,
    executor: Executor | None = None,
    progress: Progress = SILENT,
) -> Partition:
    """Cut every community into unit cells.

    Parameters
    ----------
    inputs : PartitionInput
        Communities, barriers and what else there is, in one metric CRS.
    options : PartitionOptions, optional
        How to cut.
    executor : concurrent.futures.Executor, optional
        Runs one task a community; without it everything runs in this process. The result
        is the same either way.
    progress : Progress, optional
        Told how far it is; asked whether to stop.

    Returns
    -------
    Partition
        Cells in the order of their communities, and what could not be done.

    Raises
    ------
    WanggeError
        If columns differ in length, there is no community with an area, a target is not
        positive, or communities overlap by more than ``options.community_tolerance``.
    Cancelled
        If the user cancels.
    """
    options = options or PartitionOptions()
    targets = _check(inputs, options)
    communities, failures, notes = match_borders(
        inputs.communities, inputs.names, options.community_tolerance, progress=progress
    )
    for note in notes:
        progress.warn(note)
    tasks = _tasks(inputs, options, communities, targets, set(failures))
    results: dict[int, CommunityResult] = {}
    weight = shapely.area(communities)
    whole = max(float(weight.sum()), 1e-9)
    done = 0.0
    work = Part(progress, 0.02, 0.97)
    for result in _run(tasks, executor, work):
        results[result.index] = result
        done += float(weight[result.index])
        work.report(done / whole)
        if result.failure:
            failures[result.index] = result.failure
            progress.warn(result.failure)
        for note in result.notes:
            progress.warn(note)
    ordered = [results[i] for i in sorted(results) if not results[i].failure]
    cells = np.concatenate([np.array([], dtype=object), *(r.cells for r in ordered)])
    community = np.repeat(
        np.array([r.index for r in ordered], dtype=int), [len(r.cells) for r in ordered]
    )
    cells = stitch(weld(cells, communities))
    progress.report(1.0)
    return Partition(
        cells,
        community,
        tuple(e for r in ordered for e in r.exceptions),
        tuple(sorted(failures.items())),
        (*notes, *(note for r in ordered for note in r.notes)),
        _gain(ordered),
    )


def _check(inputs: PartitionInput, options: PartitionOptions) -> np.ndarray:
    """Check the columns and return the target area of every community."""
    number = len(inputs.communities)
    if number == 0:
        raise WanggeError(
            translate(
                "Wangge", "The community layer is empty. Choose a layer with community polygons."
            )
        )
    columns = (
        ("names", inputs.names, number),
        ("targets", inputs.targets, number),
        ("ranks", inputs.ranks, len(inputs.barriers)),
        (
            "load weights",
            inputs.load_weights,
            0 if inputs.load_points is None else len(inputs.load_points),
        ),
    )
    for name, column, length in columns:
        if column is not None and len(column) != length:
            raise WanggeError(
                translate(
                    "Wangge",
                    "The partition got {given} {name} where {length} are needed; give one for each.",
                ).format(given=len(column), name=name, length=length)
            )
    targets = np.full(number, float(options.target_area))
    if inputs.targets is not None:
        own = np.asarray(inputs.targets, dtype=float)
        targets = np.where(np.isnan(own), targets, own)
    bad = np.flatnonzero(~(targets > 0) | ~np.isfinite(targets))
    if len(bad):
        raise WanggeError(
            translate(
                "Wangge",
                "The target area of community {name} is {value}. Give an area greater than 0 m².",
            ).format(name=inputs.names[bad[0]], value=targets[bad[0]])
        )
    if not 0.0 <= options.load_share <= 1.0:
        raise WanggeError(
            translate(
                "Wangge", "The share of the load must lie between 0 and 1, not {value}."
            ).format(value=options.load_share)
        )
    return targets


def _tasks(
    inputs: PartitionInput,
    options: PartitionOptions,
    communities: np.ndarray,
    targets: np.ndarray,
    left_out: set[int],
) -> Iterator[CommunityTask]:
    """Yield one task a community, made only when its turn comes."""
    lines, worth = barrier_lines(inputs.barriers, inputs.ranks)
    line_tree = shapely.STRtree(lines)
    buildings = _sound(inputs.buildings)
    building_tree = shapely.STRtree(buildings)
    points, weights = _load(inputs)
    point_tree = shapely.STRtree(points)
    for index, polygon in enumerate(communities):
        if index in left_out:
            continue
        box = shapely.box(*shapely.bounds(shapely.buffer(polygon, options.snap_tolerance + 20.0)))
        near = np.sort(line_tree.query(box))
        loaded = np.sort(point_tree.query(polygon, predicate="intersects"))
        close = np.sort(building_tree.query(polygon, predicate="intersects"))
        yield CommunityTask(
            index,
            str(inputs.names[index]),
            polygon,
            float(targets[index]),
            lines[near],
            worth[near],
            buildings[close],
            close,
            points[loaded],
            weights[loaded],
            options,
        )


def _sound(buildings: np.ndarray | None) -> np.ndarray:
    """Return the buildings as valid polygons; what is no area becomes empty."""
    if buildings is None:
        return np.array([], dtype=object)
    found = shapely.force_2d(np.asarray(buildings, dtype=object))
    for row in np.flatnonzero(~shapely.is_valid(found) | (shapely.get_dimensions(found) != 2)):
        is_known = np.isfinite(shapely.get_coordinates(found[row])).all()
        found[row] = areal(shapely.make_valid(found[row])) if is_known else shapely.Polygon()
    return found


def _load(inputs: PartitionInput) -> tuple[np.ndarray, np.ndarray]:
    points = np.array([], dtype=object) if inputs.load_points is None else inputs.load_points
    if inputs.load_weights is None:
        return points, np.ones(len(points))
    weights = np.nan_to_num(np.asarray(inputs.load_weights, dtype=float))
    if (weights < 0).any():
        raise WanggeError(
            translate(
                "Wangge", "A load is negative. Loads must be 0 or greater; correct the field."
            )
        )
    return points, weights


def _run(
    tasks: Iterator[CommunityTask], executor: Executor | None, progress: Progress
) -> Iterator[CommunityResult]:
    if executor is None:
        for task in tasks:
            stop_if_cancelled(progress)
            yield cut_community(task, progress)
        return
    waiting: set[Future] = set()
    try:
        for task in tasks:
            waiting.add(executor.submit(cut_community, task))
            while len(waiting) >= IN_FLIGHT:
                waiting = yield from _collect(waiting, progress)
        while waiting:
            waiting = yield from _collect(waiting, progress)
    finally:
        for future in waiting:
            future.cancel()


def _collect(waiting: set[Future], progress: Progress):
    """Yield what is ready; wakes up often enough to notice that the user cancelled."""
    stop_if_cancelled(progress)
    ready, rest = wait(waiting, timeout=0.2, return_when=FIRST_COMPLETED)
    for future in ready:
        yield future.result()
    return rest


def _gain(results: list[CommunityResult]) -> Gain:
    before = sum((r.before for r in results), Figures())
    after = sum((r.after for r in results), Figures())

    def read(figures: Figures) -> tuple[float, float, float]:
        cells = max(figures.cells, 1)
        return (
            (figures.deviation / cells) ** 0.5,
            figures.compactness / cells,
            figures.on_barrier / figures.border if figures.border else 0.0,
        )

    (cv0, pp0, on0), (cv1, pp1, on1) = read(before), read(after)
    return Gain(
        sum(r.steps for r in results),
        sum(r.accepted for r in results),
        cv0,
        cv1,
        pp0,
        pp1,
        on0,
        on1,
    )
