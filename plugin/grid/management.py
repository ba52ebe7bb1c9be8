"""Management grids: one to five adjacent unit grids of one community."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from ..progress import SILENT, Progress, stop_if_cancelled
from .edges import find_edges, find_neighbours
from .reading_order import reading_order

MOST_CELLS = 5


class ManagementProblemKind(StrEnum):
    """How a management grid breaks its rule."""

    TOO_MANY = "too_many"
    SEVERAL_COMMUNITIES = "several_communities"
    SCATTERED = "scattered"


@dataclass(frozen=True)
class ManagementProblem:
    """A management grid that breaks its rule.

    Attributes
    ----------
    group : str
        Its number or code.
    kind : ManagementProblemKind
    cells : tuple of int
    """

    group: str
    kind: ManagementProblemKind
    cells: tuple[int, ...]


def build_management_grids(
    cells: np.ndarray,
    community: np.ndarray,
    *,
    size: int = 3,
    most: int = MOST_CELLS,
    load: np.ndarray | None = None,
    progress: Progress = SILENT,
) -> np.ndarray:
    """Group cells into management grids of about ``size`` cells, or of that many cells' load.

    Every group starts at the cell with the fewest free neighbours, so that none is stranded,
    and takes the neighbour that closes it up most. Cells left over join the smallest group
    next to them.

    Parameters
    ----------
    cells : ndarray of polygons, shape (n,)
    community : ndarray of int, shape (n,)
        Cells of community -1 stay alone.
    size : int
        Cells a group should have, 1 to ``most``.
    most : int
        Cells a group may have.
    load : ndarray of float, shape (n,), optional
        With it a group is full when it has the load of ``size`` average cells of its community.
    progress : Progress

    Returns
    -------
    ndarray of int64, shape (n,)
        Number of each cell's group, counted in reading order within communities.
    """
    cells = np.asarray(cells, dtype=object)
    community = np.asarray(community)
    if not 1 <= size <= most:
        raise ValueError("size must lie between 1 and most")
    links = _links(cells, community)
    place = reading_order(cells, community)
    weight = _weights(load, community)
    free = np.array([len(links[i]) for i in range(len(cells))])
    group = np.full(len(cells), -1, np.int64)
    members: list[list[int]] = []
    order = np.lexsort((place, community))
    for done, rows in enumerate(np.split(order, np.flatnonzero(np.diff(community[order])) + 1)):
        if done % 50 == 0:
            stop_if_cancelled(progress)
        waiting = set(rows.tolist())
        while waiting:
            start = min(waiting, key=lambda i: (free[i], place[i]))
            number = len(members)
            members.append([])
            candidate: int | None = start
            while candidate is not None:
                members[number].append(candidate)
                group[candidate] = number
                waiting.discard(candidate)
                for other in links[candidate]:
                    free[other] -= 1
                candidate = _closest(members[number], group, links, cells, place)
                if candidate is not None and not _has_room(
                    members[number], candidate, weight, size, most
                ):
                    candidate = None
    _join_small(members, group, links, weight, size, most)
    return _renumber(group, community, place)


def _links(cells, community) -> list[dict[int, float]]:
    """Return for each cell its neighbours of the same community and the borders' lengths."""
    links: list[dict[int, float]] = [{} for _ in cells]
    touch = find_neighbours(find_edges(cells))
    for a, b, length in zip(
        touch.first.tolist(), touch.second.tolist(), touch.length.tolist(), strict=True
    ):
        if community[a] == community[b] and community[a] >= 0:
            links[a][b] = links[b][a] = length
    return links


def _weights(load: np.ndarray | None, community: np.ndarray) -> np.ndarray:
    """Return what each cell counts for: 1, or its load in average cells of its community."""
    if load is None:
        return np.ones(len(community))
    _, home = np.unique(community, return_inverse=True)
    known = np.nan_to_num(np.asarray(load, float))
    mean = np.bincount(home, weights=known) / np.bincount(home)
    return np.divide(known, mean[home], out=np.ones(len(home)), where=mean[home] > 0)


def _has_room(members, candidate: int, weight: np.ndarray, size: int, most: int) -> bool:
    # A cell is taken in when the group comes nearer to its size by it.
    return len(members) < most and weight[members].sum() + weight[candidate] / 2.0 <= size


def _closest(members, group, links, cells, place) -> int | None:
    border: dict[int, float] = {}
    for i in members:
        for other, length in links[i].items():
            if group[other] < 0:
                border[other] = border.get(other, 0.0) + length
    if not border:
        return None
    return min(border, key=lambda i: (-border[i] / cells[i].length, place[i]))


def _join_small(members, group, links, weight, size, most) -> None:
    for number, cells in enumerate(members):
        if not cells or len(cells) == most or weight[cells].sum() * 2 > size:
            continue
        beside = {int(group[o]) for i in cells for o in links[i]} - {number}
        fitting = [g for g in beside if len(members[g]) + len(cells) <= most]
        if fitting:
            target = min(fitting, key=lambda g: (weight[members[g]].sum(), g))
            members[target].extend(cells)
            group[cells] = target
            members[number] = []


def _renumber(group, community, place) -> np.ndarray:
    order = np.lexsort((place, community))
    _, first, inverse = np.unique(group[order], return_index=True, return_inverse=True)
    rank = np.empty(len(first), np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    result = np.empty(len(group), np.int64)
    result[order] = rank[inverse]
    return result


def check_management_grids(
    cells: np.ndarray,
    community: np.ndarray,
    group: np.ndarray,
    *,
    most: int = MOST_CELLS,
) -> tuple[ManagementProblem, ...]:
    """Find management grids that are not one to ``most`` adjacent cells of one community.

    Parameters
    ----------
    cells : ndarray of polygons, shape (n,)
    community : ndarray, shape (n,)
        Number or code of each cell's community.
    group : ndarray, shape (n,)
        Number or code of each cell's management grid; None and "" for none.
    """
    cells = np.asarray(cells, dtype=object)
    names = np.array(["" if g is None else str(g) for g in group], dtype=object)
    _, number = np.unique(names.astype(str), return_inverse=True)
    touch = find_neighbours(find_edges(cells))
    same = number[touch.first] == number[touch.second]
    graph = coo_array(
        (np.ones(same.sum()), (touch.first[same], touch.second[same])),
        shape=(len(cells), len(cells)),
    )
    _, part = connected_components(graph, directed=False)
    order = np.argsort(number, kind="stable")
    problems = []
    for rows in np.split(order, np.flatnonzero(np.diff(number[order])) + 1):
        if not len(rows) or not names[rows[0]]:
            continue
        broken = (
            (ManagementProblemKind.TOO_MANY, len(rows) > most),
            (
                ManagementProblemKind.SEVERAL_COMMUNITIES,
                len({str(c) for c in np.asarray(community)[rows]}) > 1,
            ),
            (ManagementProblemKind.SCATTERED, len(set(part[rows].tolist())) > 1),
        )
        problems += [
            ManagementProblem(str(names[rows[0]]), kind, tuple(rows.tolist()))
            for kind, is_broken in broken
            if is_broken
        ]
    return tuple(problems)


def management_shapes(cells: np.ndarray, group: np.ndarray) -> np.ndarray:
    """Return the ground of each management grid, by number, shape (max + 1,)."""
    cells = np.asarray(cells, dtype=object)
    order = np.argsort(group, kind="stable")
    bounds = np.searchsorted(np.asarray(group)[order], np.arange(int(np.max(group)) + 2))
    return np.array(
        [shapely.union_all(cells[order[a:b]]) for a, b in itertools.pairwise(bounds)],
        dtype=object,
    )


def management_codes(
    group: np.ndarray, community_codes: np.ndarray, numbered: np.ndarray
) -> np.ndarray:
    """Return the code of each cell's management grid, None where it gets none.

    National standards fix no code for management grids. Here it is the community's, the
    letter G, so that nobody takes it for a unit grid's, and a running number of 3 digits in
    reading order.

    Parameters
    ----------
    group : ndarray of int, shape (n,)
        As `build_management_grids` gives it.
    community_codes : ndarray of str, shape (n,)
    numbered : ndarray of bool, shape (n,)
        False for cells of no community.
    """
    codes = np.full(len(group), None, dtype=object)
    for code in np.unique(community_codes[numbered]):
        rows = np.flatnonzero(numbered & (community_codes == code))
        _, place = np.unique(group[rows], return_inverse=True)
        codes[rows] = [f"{code}G{number + 1:03d}" for number in place]
    return codes
