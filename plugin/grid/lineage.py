"""What became of each cell: matches between two partitions, lineage rows, stability."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import shapely

from ..progress import SILENT, Progress, stop_if_cancelled

# Mutual best matches keep their code from this intersection over union on; above `SAME` the
# cell counts as not changed at all.
KEEP_FROM = 0.5
SAME = 0.99
# Shares smaller than this are drawing noise between neighbours.
LEAST_SHARE = 0.01
_CHUNK = 20_000

Codes = Sequence[str | None] | np.ndarray


class Operation(StrEnum):
    """What happened between an old and a new cell, as the layer ``lineage`` names it."""

    KEPT = "kept"
    RESHAPED = "reshaped"
    SPLIT = "split"
    MERGED = "merged"
    RETIRED = "retired"
    CREATED = "created"


@dataclass(frozen=True)
class Matches:
    """Pairs of old and new cells with common ground.

    Attributes
    ----------
    old, new : ndarray of int64, shape (k,)
    area : ndarray of float64, shape (k,)
        Common area in m².
    old_area, new_area : ndarray of float64, shapes (n,) and (m,)
        Areas of all cells.
    """

    old: np.ndarray
    new: np.ndarray
    area: np.ndarray
    old_area: np.ndarray
    new_area: np.ndarray

    @property
    def iou(self) -> np.ndarray:
        """Common area over joint area of each pair."""
        return self.area / (self.old_area[self.old] + self.new_area[self.new] - self.area)


@dataclass(frozen=True)
class Lineage:
    """Rows of the layer ``lineage``, and codes that are gone for good.

    Attributes
    ----------
    old_code, new_code, operation : ndarray of object (str), shape (k,)
        An empty code where there is no old or no new cell.
    share : ndarray of float64, shape (k,)
        Which part of the old cell went this way; the rows of one old cell add up to 1, a
        created cell's row is 1.
    date : ndarray of datetime64[D], shape (k,)
    retired : tuple of str
        Old codes no new cell carries, sorted.
    """

    old_code: np.ndarray
    new_code: np.ndarray
    operation: np.ndarray
    share: np.ndarray
    date: np.ndarray
    retired: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.share)

    def told(self) -> Lineage:
        """Return the rows that tell something: all but cells kept under the same code."""
        rows = (self.operation != str(Operation.KEPT)) | (self.old_code != self.new_code)
        return Lineage(
            self.old_code[rows],
            self.new_code[rows],
            self.operation[rows],
            self.share[rows],
            self.date[rows],
            self.retired,
        )


@dataclass(frozen=True)
class Stability:
    """How much of a partition an update left alone.

    Attributes
    ----------
    cells_before, cells_after : int
    unchanged : int
        Cells with the same code whose shape is the same (IoU above 0.99).
    share_unchanged : float
        Of the old cells.
    changed_area : float
        Area in m² that lies in a cell of another code than before.
    share_changed_area : float
        Of the old cells' area.
    """

    cells_before: int
    cells_after: int
    unchanged: int
    share_unchanged: float
    changed_area: float
    share_changed_area: float


def match_cells(
    old_cells: np.ndarray, new_cells: np.ndarray, *, progress: Progress = SILENT
) -> Matches:
    """Find which old and new cells have common ground, and how much.

    Cells with the very same outline are paired without further ado; in a coverage they have
    no ground in common with others.
    """
    old_cells, new_cells = (np.asarray(c, dtype=object) for c in (old_cells, new_cells))
    old_same, new_same = _pair_equal(old_cells, new_cells)
    old_rest = np.setdiff1d(np.arange(len(old_cells)), old_same)
    new_rest = np.setdiff1d(np.arange(len(new_cells)), new_same)
    pairs_old, pairs_new, areas = [old_same], [new_same], [shapely.area(old_cells[old_same])]
    if len(old_rest) and len(new_rest):
        tree = shapely.STRtree(new_cells[new_rest])
        for start in range(0, len(old_rest), _CHUNK):
            stop_if_cancelled(progress)
            rows = old_rest[start : start + _CHUNK]
            one, two = tree.query(old_cells[rows], predicate="intersects")
            one, two = rows[one], new_rest[two]
            area = shapely.area(shapely.intersection(old_cells[one], new_cells[two]))
            pairs_old.append(one[area > 0])
            pairs_new.append(two[area > 0])
            areas.append(area[area > 0])
    old, new, area = (np.concatenate(p) for p in (pairs_old, pairs_new, areas))
    order = np.lexsort((new, old))
    return Matches(
        old[order], new[order], area[order], shapely.area(old_cells), shapely.area(new_cells)
    )


def _pair_equal(old_cells: np.ndarray, new_cells: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    keys = []
    for cells in (old_cells, new_cells):
        usable = np.flatnonzero(~(shapely.is_missing(cells) | shapely.is_empty(cells)))
        outlines = shapely.to_wkb(shapely.normalize(cells[usable]))
        found: dict[bytes, list[int]] = {}
        for row, outline in zip(usable.tolist(), outlines, strict=True):
            found.setdefault(outline, []).append(row)
        keys.append(found)
    pairs = [
        (rows[0], keys[1][outline][0])
        for outline, rows in keys[0].items()
        if len(rows) == 1 and len(keys[1].get(outline, ())) == 1
    ]
    both = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def keep_codes(matches: Matches, old_codes: Codes, *, keep_from: float = KEEP_FROM) -> np.ndarray:
    """Return for each new cell the old code it keeps, None for the others, shape (m,).

    A code is kept where the two cells are each other's best match by intersection over union
    and reach ``keep_from``. Of equal matches the first counts.
    """
    codes = np.full(len(matches.new_area), None, dtype=object)
    for old, new in zip(*_successors(matches, keep_from), strict=True):
        codes[new] = old_codes[old]
    return codes


def _successors(matches: Matches, keep_from: float) -> tuple[np.ndarray, np.ndarray]:
    iou = matches.iou
    best = []
    for mine, other in ((matches.old, matches.new), (matches.new, matches.old)):
        order = np.lexsort((other, -iou, mine))
        _, first = np.unique(mine[order], return_index=True)
        chosen = np.zeros(len(iou), bool)
        chosen[order[first]] = True
        best.append(chosen)
    # Of two equal halves one keeps the code, whichever rounding made the larger.
    both = best[0] & best[1] & (iou >= keep_from - 1e-6)
    return matches.old[both], matches.new[both]


def trace_lineage(
    matches: Matches,
    old_codes: Codes,
    new_codes: Codes,
    date: np.datetime64,
    *,
    least_share: float = LEAST_SHARE,
) -> Lineage:
    """Write down where the ground of every old cell went and where every new cell came from.

    Parameters
    ----------
    matches : Matches
    old_codes, new_codes : sequences of str or None
        Codes of all cells; an equal code means the cell lived on.
    date : numpy.datetime64
    least_share : float
        Pairs with less than this part of the smaller cell in common are left out.
    """
    old_code = np.array([c or "" for c in old_codes], dtype=object)
    new_code = np.array([c or "" for c in new_codes], dtype=object)
    smaller = np.minimum(matches.old_area[matches.old], matches.new_area[matches.new])
    same_code = (old_code[matches.old] == new_code[matches.new]) & (old_code[matches.old] != "")
    rows = np.flatnonzero((matches.area >= least_share * smaller) | same_code)
    old, new, area = matches.old[rows], matches.new[rows], matches.area[rows]
    whole = np.bincount(old, weights=area, minlength=len(old_code))
    share = area / whole[old]
    lives_on = _in(old_code, new_code)
    heir = _in(new_code, old_code)
    sources = np.bincount(new, minlength=len(new_code))
    same = same_code[rows]
    alike = matches.iou[rows] > SAME
    # The very cell under another code: it was kept, only renumbered.
    unchanged = alike & (same | ((old_code[old] != "") & (new_code[new] != "")))
    # Ground that went to a cell living on was merged into it, or only changed hands; a new
    # cell was split off, unless it took in most of this cell together with others.
    operation = np.select(
        [
            unchanged,
            same,
            heir[new] & lives_on[old],
            heir[new],
            (share >= 0.5) & (sources[new] > 1) & ~lives_on[old],
        ],
        [
            Operation.KEPT,
            Operation.RESHAPED,
            Operation.RESHAPED,
            Operation.MERGED,
            Operation.MERGED,
        ],
        Operation.SPLIT,
    ).astype(object)
    gone = np.setdiff1d(np.arange(len(old_code)), old)
    made = np.setdiff1d(np.arange(len(new_code)), new)
    blank = np.array([""], dtype=object)
    count = len(old) + len(gone) + len(made)
    return Lineage(
        np.concatenate([old_code[old], old_code[gone], blank.repeat(len(made))]),
        np.concatenate([new_code[new], blank.repeat(len(gone)), new_code[made]]),
        np.array(
            [str(o) for o in operation]
            + [str(Operation.RETIRED)] * len(gone)
            + [str(Operation.CREATED)] * len(made),
            dtype=object,
        ),
        np.concatenate([share, np.ones(len(gone) + len(made))]),
        np.full(count, date, dtype="datetime64[D]"),
        tuple(sorted(set(old_code[~lives_on]) - {""})),
    )


def _in(codes: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Return which codes are among others; sets, as NumPy compares objects one by one."""
    known = set(others.tolist()) - {""}
    return np.array([code in known for code in codes.tolist()], dtype=bool)


def measure_stability(matches: Matches, old_codes: Codes, new_codes: Codes) -> Stability:
    """Return how much stayed as it was."""
    old_code = np.array([c or "" for c in old_codes], dtype=object)
    new_code = np.array([c or "" for c in new_codes], dtype=object)
    same = (old_code[matches.old] == new_code[matches.new]) & (old_code[matches.old] != "")
    unchanged = int((same & (matches.iou > SAME)).sum())
    total = float(matches.old_area.sum())
    changed = max(0.0, total - float(matches.area[same].sum()))
    # Below a millionth of the area it is rounding of the intersections.
    changed = changed if changed > 1e-6 * total else 0.0
    return Stability(
        len(old_code),
        len(new_code),
        unchanged,
        unchanged / len(old_code) if len(old_code) else 1.0,
        changed,
        changed / total if total > 0 else 0.0,
    )
