"""Errors of an older, hand-drawn partition: overlaps, gaps, stray edges, wrong codes."""

from __future__ import annotations

import numpy as np
import shapely

from ..rules.batch import Batch
from .columns import shapes_of
from .model import DeliberateError
from .planting import Planter, full_width


def plant_grid_errors(
    rng: np.random.Generator, grids: Batch, occupied: np.ndarray, each: int
) -> tuple[Batch, list[DeliberateError]]:
    """Plant errors in the layer ``unit_grid``.

    Parameters
    ----------
    occupied : ndarray of bool, shape (n,)
        Cells in which something stands: wrong codes go to the others where possible, so that
        one error does not look like many.
    each : int
        Errors of each kind.
    """
    planter = Planter(rng, grids, "unit_grid", "grid_code")
    pairs, same = _neighbours(grids)
    if len(pairs):
        for _ in range(each):
            _shift_edges(planter, pairs, same)
        _join_and_slice(planter, pairs[same], each)
    _break_shapes(planter, each)
    _break_codes(planter, ~occupied, each)
    return planter.result()


def _neighbours(grids: Batch) -> tuple[np.ndarray, np.ndarray]:
    """Return pairs of cells with a common edge of 30 m or more, and whether in one community."""
    one, other = shapely.STRtree(shapes_of(grids)).query(shapes_of(grids), predicate="intersects")
    keep = one != other
    one, other = one[keep], other[keep]
    shared = shapely.length(shapely.intersection(shapes_of(grids)[one], shapes_of(grids)[other]))
    long = shared > 30
    pairs = np.stack([one[long], other[long]], axis=1)
    code = grids.fields["community_code"]
    return pairs, code[pairs[:, 0]] == code[pairs[:, 1]]


def _pick_pair(planter: Planter, pairs: np.ndarray) -> tuple[int, int] | None:
    free = planter.untouched
    good = np.flatnonzero(free[pairs].all(axis=1))
    if not len(good):
        return None
    one, other = pairs[planter.rng.choice(good)]
    # Errors stand apart: the neighbours of both stay as they are.
    near = shapely.STRtree(planter.shapes).query(
        planter.shapes[[one, other]], predicate="intersects"
    )[1]
    planter.keep_clear(near)
    return int(one), int(other)


def _shift_edges(planter: Planter, pairs: np.ndarray, same: np.ndarray) -> None:
    shapes = planter.shapes
    for kind, choice, depth, what in (
        ("overlap", pairs[same], 6.0, "The cell reaches about 6 m into its neighbour."),
        ("gap", pairs[same], -5.0, "A strip of about 5 m between the cell and its neighbour is "
         "in no cell."),
        ("across_community", pairs[~same], 9.0, "The cell reaches about 9 m over the border of "
         "its community."),
    ):  # fmt: skip
        pair = _pick_pair(planter, choice)
        if pair is None:
            continue
        one, other = pair
        if depth > 0:
            strip = shapely.intersection(shapely.buffer(shapes[one], depth), shapes[other])
            changed = shapely.union(shapes[one], strip)
        else:
            changed = shapely.difference(shapes[one], shapely.buffer(shapes[other], -depth))
        shapes[one] = _largest(changed)
        planter.fields["area_m2"][one] = round(shapes[one].area, 2)
        planter.fields["perimeter_m"][one] = round(shapes[one].length, 2)
        planter.note([one], kind, what)


def _join_and_slice(planter: Planter, pairs: np.ndarray, each: int) -> None:
    shapes = planter.shapes
    for _ in range(each):
        pair = _pick_pair(planter, pairs)
        if pair is None:
            return
        one, other = pair
        joined = shapely.union(shapes[one], shapes[other])
        if joined.geom_type != "Polygon":
            continue
        shapes[one] = joined
        planter.remove(np.array([other]))
        _measure(planter, one)
        planter.note([one], "too_large", "Two cells were drawn as one of about 20,000 m².")
    for _ in range(each):
        pair = _pick_pair(planter, pairs)
        if pair is None:
            return
        one, other = pair
        strip = _largest(shapely.intersection(shapes[one], shapely.buffer(shapes[other], 2.5)))
        rest = _largest(shapely.difference(shapes[one], strip))
        new = planter.copy(np.array([one]))[0]
        shapes = planter.shapes
        shapes[one], shapes[new] = rest, strip
        planter.fields["grid_code"][new] = _next_code(planter, one)
        _measure(planter, one)
        _measure(planter, int(new))
        planter.note([new], "sliver", "The cell is a strip 2.5 m wide.")


def _next_code(planter: Planter, row: int) -> str:
    community = planter.fields["community_code"][row]
    codes = planter.fields["grid_code"]
    mine = [c for c in codes if c and c.startswith(community) and len(c) == 15 and c.isascii()]
    return f"{community}{max(int(c[12:]) for c in mine) + 1:03d}"


def _measure(planter: Planter, row: int) -> None:
    shape = planter.shapes[row]
    planter.fields["area_m2"][row] = round(shape.area, 2)
    planter.fields["perimeter_m"][row] = round(shape.length, 2)


def _break_shapes(planter: Planter, each: int) -> None:
    shapes = planter.shapes
    for row in planter.pick(each):
        xy = shapely.get_coordinates(shapes[row])
        middle = (xy[0] + xy[1]) / 2
        far = shapely.get_coordinates(shapely.centroid(shapes[row]))[0]
        # A spike that runs to the middle and back crosses itself.
        spike = np.array([middle, far, far + 1.5, middle + (xy[1] - xy[0]) * -0.05])
        shapes[row] = shapely.Polygon(np.concatenate([xy[:1], spike, xy[1:]]))
        planter.note([row], "invalid", "The outline crosses itself.")
    for row in planter.pick(each):
        xy = shapely.get_coordinates(shapes[row])
        longest = int(np.argmax(np.hypot(*np.diff(xy, axis=0).T)))
        extra = np.round(xy[longest] * 0.4 + xy[longest + 1] * 0.6, 2)
        shapes[row] = shapely.Polygon(np.insert(xy, longest + 1, extra, axis=0))
        planter.note([row], "unshared_vertex", "A vertex on the edge is missing in the neighbour.")
    rows = planter.spoil(each, "wrong_area", "The area in the table is half again the real one.")
    planter.fields["area_m2"][rows] = np.round(planter.fields["area_m2"][rows] * 1.5, 2)


def _break_codes(planter: Planter, empty: np.ndarray, each: int) -> None:
    empty = np.concatenate([empty, np.zeros(len(planter) - len(empty), bool)])
    codes, homes = planter.fields["grid_code"], planter.fields["community_code"]
    others = np.unique(homes.astype(str))

    def pick() -> np.ndarray:
        return planter.pick(each, empty)

    for row in pick() if len(others) > 1 else []:
        foreign = str(planter.rng.choice(others[others != homes[row]]))
        codes[row] = foreign + "9" + codes[row][13:]
        planter.note([row], "wrong_prefix", "The code begins with another community's code.")
    for row in pick():
        twin = planter.rng.choice(np.flatnonzero(planter.untouched & (homes == homes[row])))
        planter.keep_clear([twin])
        codes[row] = codes[twin]
        planter.note([row], "duplicate_code", "Another cell of the community has this code.")
    for row in pick():
        codes[row] = codes[row][:12] + codes[row][13:]
        planter.note([row], "short_code", "The code has 14 digits, as the edition of 2005 had.")
    for row in pick():
        codes[row] = full_width(codes[row])
        planter.note([row], "full_width", "The code is written in full-width digits.")
    for row in pick():
        planter.fields["end_date"][row] = planter.fields["start_date"][row] - 30
        planter.note([row], "end_before_start", "The cell ends before it starts.")


def _largest(shape: shapely.Geometry) -> shapely.Polygon:
    parts = shapely.get_parts(shape)
    return parts[np.argmax(shapely.area(parts))]
