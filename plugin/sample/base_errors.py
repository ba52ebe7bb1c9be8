"""Errors in the base data: streets that do not meet, buildings that stand on each other."""

from __future__ import annotations

import numpy as np
import shapely

from ..rules.batch import Batch
from .columns import shapes_of
from .model import DeliberateError
from .noding import end_nodes
from .planting import Planter


def plant_street_errors(
    rng: np.random.Generator, streets: Batch, each: int
) -> tuple[Batch, list[DeliberateError]]:
    """Plant undershoots, overshoots and lines drawn twice."""
    planter = Planter(rng, streets, "street", "street_id")
    shapes = planter.shapes
    number, _ = end_nodes(shapes)
    degree = np.bincount(number.ravel())
    minor = (planter.fields["rank"] >= 3) & (shapely.length(shapes) > 40)
    meets = minor & (degree[number[:, 1]] >= 3) & (degree[number[:, 0]] >= 2)
    for row in planter.pick(2 * each, meets):
        shapes[row] = _without_end(shapes[row], float(rng.uniform(1.5, 6)))
        planter.note([row], "undershoot", "The street ends short of the crossing.")
    for row in planter.pick(2 * each, meets):
        xy = shapely.get_coordinates(shapes[row])
        step = xy[-1] - xy[-2]
        end = xy[-1] + step / np.hypot(*step) * rng.uniform(1.0, 4.0)
        shapes[row] = shapely.LineString(np.concatenate([xy, [np.round(end, 2)]]))
        planter.note([row], "overshoot", "The street runs past the crossing without a node.")
    new = planter.copy(planter.pick(2 * each, minor))
    ids = planter.fields["street_id"]
    for row in new:
        ids[row] = ids[row] + "-2"
    planter.note(new, "duplicate_line", "The street is drawn twice.")
    return planter.result()


def _without_end(line: shapely.LineString, by: float) -> shapely.LineString:
    xy = shapely.get_coordinates(line)
    run = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))])
    keep = run < run[-1] - by
    end = shapely.get_coordinates(shapely.line_interpolate_point(line, run[-1] - by))
    return shapely.LineString(np.concatenate([xy[keep], np.round(end, 2)]))


def plant_building_errors(
    rng: np.random.Generator, buildings: Batch, streets: Batch, grids: Batch, each: int
) -> tuple[Batch, list[DeliberateError]]:
    """Plant overlapping, invalid and straddling buildings."""
    planter = Planter(rng, buildings, "building", "building_id")
    shapes = planter.shapes
    small = shapely.area(shapes) < 1500
    _straddle(planter, streets, grids, each)
    new = planter.copy(planter.pick(each, _longer(small, len(planter))))
    shapes = planter.shapes
    for row in new:
        shapes[row] = shapely.transform(shapes[row], lambda xy: xy + np.array([2.5, 1.5]))
        planter.fields["building_id"][row] += "-2"
    planter.note(new, "overlap", "The building stands on another.")
    for row in planter.pick(each, _longer(small, len(planter))):
        xy = shapely.get_coordinates(shapes[row])[:5].copy()
        xy[[1, 2]] = xy[[2, 1]]
        shapes[row] = shapely.Polygon(xy)
        planter.note([row], "invalid", "The outline crosses itself.")
    return planter.result()


def _longer(rows: np.ndarray, n: int) -> np.ndarray:
    return np.concatenate([rows, np.zeros(n - len(rows), bool)])


def _straddle(planter: Planter, streets: Batch, grids: Batch, each: int) -> None:
    """Put new buildings on edges between cells where no street runs, and on streets."""
    one, other = shapely.STRtree(shapes_of(grids)).query(shapes_of(grids), predicate="intersects")
    good = one < other
    shared = shapely.intersection(shapes_of(grids)[one[good]], shapes_of(grids)[other[good]])
    lines = shapely.line_merge(shared)
    lines = lines[(shapely.get_dimensions(lines) == 1) & (shapely.length(lines) > 50)]
    middle = shapely.line_interpolate_point(lines, 0.5, normalized=True)
    near, _ = shapely.STRtree(shapes_of(streets)).query(middle, predicate="dwithin", distance=15.0)
    built, _ = shapely.STRtree(planter.shapes).query(middle, predicate="dwithin", distance=14.0)
    free = np.ones(len(middle), bool)
    free[built] = False
    off_street = free.copy()
    off_street[near] = False
    on_street = np.zeros(len(middle), bool)
    hits, _ = shapely.STRtree(shapes_of(streets)).query(middle, predicate="dwithin", distance=0.5)
    on_street[hits] = True
    for kind, choice, what in (
        ("across_cells", off_street, "The building stands across the edge of two cells."),
        ("on_street", free & on_street, "The building stands on a street."),
    ):
        places = np.flatnonzero(choice)
        places = planter.rng.choice(places, min(each, len(places)), replace=False)
        sites = shapely.get_coordinates(middle[places])
        new = planter.copy(np.zeros(len(places), dtype=int))
        for row, (x, y) in zip(new, sites, strict=True):
            planter.shapes[row] = shapely.box(x - 9, y - 6, x + 9, y + 6)
            planter.fields["building_id"][row] = f"{planter.fields['building_id'][0][:7]}X{row:06d}"
            planter.fields["kind"][row] = "other"
            planter.fields["floors"][row] = 1
        planter.note(new, kind, what)
