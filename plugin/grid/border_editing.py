"""Move the borders of cells by hand: all cells that share them follow."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from ..errors import WanggeError
from ..translation import translate
from .edges import find_edges, find_neighbours, rounding
from .editing import LEAST_WIDTH, Edit, divide, fit_neighbours
from .polygons import is_wider


def move_vertex(
    cells: np.ndarray,
    community: Sequence[int] | np.ndarray,
    vertex: tuple[float, float],
    target: tuple[float, float],
) -> Edit:
    """Move a vertex; all cells that have it follow.

    Raises
    ------
    WanggeError
        If no cell has the vertex, a community's edge would move, a cell would become invalid
        or another cell would be run over.
    """
    return move_border(cells, community, [vertex], [target])


def move_border(
    cells: np.ndarray,
    community: Sequence[int] | np.ndarray,
    vertices: Sequence[tuple[float, float]] | np.ndarray,
    targets: Sequence[tuple[float, float]] | np.ndarray,
) -> Edit:
    """Move several vertices at once; all cells that have them follow.

    Parameters
    ----------
    cells : ndarray of Polygon, shape (n,)
        All cells near the border; those not given cannot be protected.
    community : sequence of int, shape (n,)
        Community of each cell.
    vertices, targets : sequences of (x, y), shape (k, 2)
        Where the vertices are, exactly, and where they go.

    Raises
    ------
    WanggeError
        As for `move_vertex`.
    """
    cells = np.asarray(cells, dtype=object)
    community = np.asarray(community)
    goal = {
        (float(a), float(b)): (float(c), float(d))
        for (a, b), (c, d) in zip(vertices, targets, strict=True)
    }
    coords, owner = shapely.get_coordinates(cells, return_index=True)
    moves = np.array([tuple(c) in goal for c in coords.tolist()])
    touched = np.unique(owner[moves])
    if not len(touched):
        raise WanggeError(
            translate("Wangge", "No cell has a vertex here. Pick a corner of a cell.")
        )
    if _on_community_edge(cells, community, np.array(list(goal))):
        raise WanggeError(
            translate(
                "Wangge",
                "This border is the edge of a community and cannot be moved here. Change the"
                " community layer first, then update the unit grids.",
            )
        )
    coords[moves] = [goal[tuple(c)] for c in coords[moves].tolist()]
    within = np.isin(owner, touched)
    # set_coordinates writes into the array it is given.
    moved = shapely.set_coordinates(cells[touched].copy(), coords[within])
    _refuse_broken(cells, touched, moved)
    return Edit(dict(zip(touched.tolist(), moved, strict=True)))


def _on_community_edge(cells, community, vertices) -> bool:
    """Return whether a vertex lies on an edge that is not between two cells of a community."""
    edges = find_edges(cells)
    order = np.lexsort((edges.owner, edges.group))
    group, owner = edges.group[order], edges.owner[order]
    matched = edges.is_matched()[order]
    pair = np.flatnonzero(matched[:-1] & (group[1:] == group[:-1]))
    inner = np.zeros(len(order), bool)
    same = community[owner[pair]] == community[owner[pair + 1]]
    inner[pair[same]] = inner[pair[same] + 1] = True
    outer = order[~inner]
    rim = {tuple(p) for p in edges.start[outer].tolist() + edges.end[outer].tolist()}
    return any(tuple(v) in rim for v in vertices.tolist())


def _refuse_broken(cells, touched, moved) -> None:
    """Raise where moved cells are invalid, have vanished or lie on others."""
    for shape in moved:
        if not shape.is_valid or shape.area <= 0:
            raise WanggeError(
                translate(
                    "Wangge",
                    "The border would cross itself or another border. Move it less far.",
                )
            )
    before = shapely.area(shapely.union_all(cells[touched]))
    after = shapely.union_all(moved)
    noise = rounding(cells) * max(1.0, float(shapely.length(after)))
    over = shapely.area(moved).sum() - shapely.area(after)
    if over > noise or abs(shapely.area(after) - before) > noise:
        raise WanggeError(
            translate(
                "Wangge",
                "The border would run over another cell. Move it less far, or merge the cells.",
            )
        )
    if not is_wider(np.asarray(moved), LEAST_WIDTH, rounding(cells)).all():
        raise WanggeError(
            translate(
                "Wangge",
                "A cell would be squeezed to less than {width} m. Move the border less far, or"
                " merge the cells.",
            ).format(width=LEAST_WIDTH)
        )


def shared_border(cells: np.ndarray, first: int, second: int) -> shapely.Geometry:
    """Return the border two cells share, as merged lines; empty where they share none."""
    edges = find_edges(np.asarray(cells, dtype=object)[[first, second]])
    rows = np.flatnonzero(edges.is_matched() & (edges.owner == 0))
    return shapely.line_merge(shapely.multilinestrings(edges.lines(rows)))


def replace_border(
    cells: np.ndarray,
    community: Sequence[int] | np.ndarray,
    first: int,
    second: int,
    line: shapely.LineString,
) -> Edit:
    """Draw the border between two cells anew along a line; both keep their codes.

    Raises
    ------
    WanggeError
        If the cells are no neighbours in one community, or the line does not divide their
        common ground in two.
    """
    cells = np.asarray(cells, dtype=object)
    if community[first] != community[second] or not len(
        find_neighbours(find_edges(cells[[first, second]])).first
    ):
        raise WanggeError(
            translate(
                "Wangge",
                "The two cells share no border within one community. Pick two neighbours of one"
                " community.",
            )
        )
    ground = shapely.union_all(cells[[first, second]])
    faces = divide(ground, line)
    if len(faces) != 2 or not is_wider(faces, LEAST_WIDTH, rounding(cells)).all():
        raise WanggeError(
            translate(
                "Wangge",
                "The line does not divide the ground of the two cells in two. Draw it from one"
                " side of both cells to the other.",
            )
        )
    mine = shapely.area(shapely.intersection(faces, cells[first])) - shapely.area(
        shapely.intersection(faces, cells[second])
    )
    order = (first, second) if mine[0] >= mine[1] else (second, first)
    changed = dict(zip(order, faces, strict=True))
    return Edit({**changed, **fit_neighbours(cells, (first, second), faces)})
