"""Build cells anew from the faces between their borders: who owns which piece of ground."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from .edges import find_edges, find_neighbours
from .polygons import is_wider, join_cells

NOBODY = -1


@dataclass
class Faces:
    """Pieces of ground between all borders.

    Attributes
    ----------
    shapes : ndarray of Polygon, shape (f,)
    community : ndarray of int64, shape (f,)
        Outline in which the face lies.
    owner : ndarray of int64, shape (f,)
        Cell that has the face; NOBODY where no cell of this community does.
    lodger : ndarray of int64, shape (f,)
        For faces of nobody, a cell of another community that lies there; else NOBODY.
    first, second : ndarray of int64
        Pairs of faces of one community with a common border, and its ``length``.
    """

    shapes: np.ndarray
    community: np.ndarray
    owner: np.ndarray
    lodger: np.ndarray
    first: np.ndarray
    second: np.ndarray
    length: np.ndarray


def cut_into_faces(
    cells: np.ndarray, home: np.ndarray, outlines: np.ndarray, noise: float
) -> Faces:
    """Cut the ground of ``outlines`` along all borders and give each face to a cell.

    Ground that several cells of its community claim goes to the smallest of them, which would
    lose the largest share; equal ones: to the first.
    """
    net = shapely.union_all(np.concatenate([shapely.boundary(cells), shapely.boundary(outlines)]))
    shapes = shapely.get_parts(shapely.polygonize([net]))
    inside = shapely.point_on_surface(shapes)
    face, community = shapely.STRtree(outlines).query(inside, predicate="intersects")
    face, row = np.unique(face, return_index=True)
    shapes, inside, community = shapes[face], inside[face], community[row]
    face, cell = shapely.STRtree(cells).query(inside, predicate="intersects")
    stranger = home[cell] != community[face]
    order = np.lexsort((cell, shapely.area(cells)[cell], stranger, face))
    claimed, row = np.unique(face[order], return_index=True)
    winner = order[row]
    owner = np.full(len(shapes), NOBODY)
    lodger = np.full(len(shapes), NOBODY)
    owner[claimed] = np.where(stranger[winner], NOBODY, cell[winner])
    lodger[claimed] = np.where(stranger[winner], cell[winner], NOBODY)
    touch = find_neighbours(find_edges(shapes))
    # A face thinner than coordinates can tell has no inside to ask: it goes with its neighbour.
    for k in np.flatnonzero(~is_wider(shapes, 0.0, noise)):
        beside = np.flatnonzero((touch.first == k) | (touch.second == k))
        if len(beside):
            longest = beside[np.argmax(touch.length[beside])]
            other = touch.first[longest] + touch.second[longest] - k
            community[k], owner[k], lodger[k] = community[other], owner[other], lodger[other]
    same = community[touch.first] == community[touch.second]
    return Faces(
        shapes,
        community,
        owner,
        lodger,
        touch.first[same],
        touch.second[same],
        touch.length[same],
    )


def fill_gaps(faces: Faces, width: float, noise: float) -> set[int]:
    """Give ground of nobody to the neighbour with the longest border.

    Bare patches wider than ``width`` stay bare; a lodger's ground is given whatever its width,
    and stays with the lodger where no neighbour is. Returns the cells that got something.
    """
    patch = _patches(faces, faces.owner == NOBODY, faces.lodger)
    numbers = np.unique(patch[patch >= 0])
    shapes = np.array([shapely.union_all(faces.shapes[patch == k]) for k in numbers], dtype=object)
    lodged = np.isin(numbers, patch[(patch >= 0) & (faces.lodger != NOBODY)])
    narrow = lodged | ~is_wider(shapes, width, noise)
    grown = _hand_over(faces, patch, set(numbers[narrow].tolist()))
    stays = faces.owner == NOBODY
    faces.owner[stays] = faces.lodger[stays]
    return grown


def absorb(faces: Faces, small: np.ndarray) -> dict[int, int]:
    """Give all the ground of cells in ``small`` to their longest neighbours.

    Returns who took most of whom; a cell without a neighbour in its community stays.
    """
    before = faces.owner.copy()
    doomed = np.isin(before, small)
    faces.owner[doomed] = NOBODY
    patch = _patches(faces, doomed, before)
    _hand_over(faces, patch, set(np.unique(patch[patch >= 0]).tolist()))
    stays = doomed & (faces.owner == NOBODY)
    faces.owner[stays] = before[stays]
    taken = {}
    area = shapely.area(faces.shapes)
    for cell in small:
        rows = np.flatnonzero((before == cell) & (faces.owner != cell))
        if len(rows):
            taken[int(cell)] = int(faces.owner[rows[np.argmax(area[rows])]])
    return taken


def gather(faces: Faces) -> set[int]:
    """Leave every cell its largest part; give the others to their longest neighbours.

    A part without a neighbour in its community stays. Returns the cells changed.
    """
    owned = faces.owner != NOBODY
    part = _patches(faces, owned, faces.owner)
    size = np.bincount(part[owned], weights=shapely.area(faces.shapes)[owned])
    owner = np.full(len(size), NOBODY)
    owner[part[owned]] = faces.owner[owned]
    order = np.lexsort((np.arange(len(size)), -size, owner))
    extra = order[1:][owner[order][1:] == owner[order][:-1]]
    if not len(extra):
        return set()
    before = faces.owner.copy()
    astray = np.isin(part, extra)
    faces.owner[astray] = NOBODY
    changed = _hand_over(faces, np.where(astray, part, -1), set(extra.tolist()))
    stays = astray & (faces.owner == NOBODY)
    faces.owner[stays] = before[stays]
    return changed | set(before[astray & ~stays].tolist())


def dissolve(faces: Faces, rows: np.ndarray) -> shapely.Geometry:
    """Return the ground of one cell as one geometry with all its vertices."""
    if len(rows) == 1:
        return faces.shapes[rows[0]]
    return join_cells(faces.shapes[rows])


def _patches(faces: Faces, chosen: np.ndarray, label: np.ndarray) -> np.ndarray:
    """Number connected faces with one label among the chosen; -1 elsewhere."""
    n = len(faces.shapes)
    link = chosen[faces.first] & chosen[faces.second] & (label[faces.first] == label[faces.second])
    graph = coo_array((np.ones(link.sum()), (faces.first[link], faces.second[link])), shape=(n, n))
    _, number = connected_components(graph, directed=False)
    return np.where(chosen, number, -1)


def _hand_over(faces: Faces, patch: np.ndarray, waiting: set[int]) -> set[int]:
    """Give each waiting patch to the cell with which it has the longest border."""
    takers: set[int] = set()
    one = np.concatenate([faces.first, faces.second])
    two = np.concatenate([faces.second, faces.first])
    length = np.concatenate([faces.length] * 2)
    while waiting:
        edge = np.isin(patch[one], list(waiting)) & (faces.owner[two] != NOBODY)
        if not edge.any():
            break
        pair = patch[one[edge]] * (int(faces.owner.max()) + 1) + faces.owner[two[edge]]
        key, inverse = np.unique(pair, return_inverse=True)
        border = np.bincount(inverse, weights=length[edge])
        number, cell = np.divmod(key, int(faces.owner.max()) + 1)
        order = np.lexsort((cell, -border, number))
        number, row = np.unique(number[order], return_index=True)
        winner = dict(zip(number.tolist(), cell[order][row].tolist(), strict=True))
        given = np.isin(patch, number)
        faces.owner[given] = [winner[k] for k in patch[given]]
        takers |= set(winner.values())
        waiting = waiting - set(winner)
    return takers
