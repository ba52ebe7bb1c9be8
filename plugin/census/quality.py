"""Compare a second survey with the first and say whether a lot is accepted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from ..rules.batch import Batch
from ..standards.domains import ACCURACY_TOLERANCES
from ..translation import translate

_GRADE = "C"


@dataclass(frozen=True)
class Limits:
    """What a lot may have at most; contracts differ, so these are settings.

    Attributes
    ----------
    omission, commission, class_error, attribute_error, position_error : float
        Largest shares.
    weights : mapping of str to float
        Share of each kind of error in the lot's score.
    passing_score : float
    """

    omission: float = 0.02
    commission: float = 0.02
    class_error: float = 0.02
    attribute_error: float = 0.05
    position_error: float = 0.05
    weights: Mapping[str, float] = field(
        default_factory=lambda: {
            "omission": 0.3,
            "commission": 0.1,
            "class_error": 0.2,
            "attribute_error": 0.2,
            "position_error": 0.2,
        }
    )
    passing_score: float = 60.0


@dataclass(frozen=True)
class Matching:
    """Which component of the second survey is which of the first.

    Attributes
    ----------
    sample, checked : ndarray of int64, shape (m,)
        Rows of the pairs.
    distance : ndarray of float64, shape (m,)
    missed : ndarray of int64
        Rows of ``checked`` that the first survey lacks.
    surplus : ndarray of int64
        Rows of ``sample`` that the second survey did not find.
    """

    sample: np.ndarray
    checked: np.ndarray
    distance: np.ndarray
    missed: np.ndarray
    surplus: np.ndarray


@dataclass(frozen=True)
class LotScore:
    """Quality of one lot.

    Attributes
    ----------
    lot : str
    sampled, checked, matched : int
    omission, commission, class_error, attribute_error, position_error : float
        Shares; omission of what the second survey found, commission of what the first
        holds, the others of the pairs. A position is wrong beyond the tolerance of its
        grade. NaN where there is nothing to judge.
    rmse : dict of str to float
        Root mean square error of position by accuracy grade, metres (or units of the CRS).
    score : float
        100 less the weighted errors, each as a share of its limit times 40; 60 when every
        error is just at its limit.
    accepted : bool
    failures : tuple of str
        Sentences on what speaks against the lot.
    """

    lot: str
    sampled: int
    checked: int
    matched: int
    omission: float
    commission: float
    class_error: float
    attribute_error: float
    position_error: float
    rmse: dict[str, float]
    score: float
    accepted: bool
    failures: tuple[str, ...]


def match(sample: Batch, checked: Batch, *, reach: float = 10.0) -> Matching:
    """Match two surveys of the same places.

    Rows with the same ``uuid`` are the same component. The rest is matched by place, one
    to one, so that the distances are smallest in all, same class before other class.

    Parameters
    ----------
    sample, checked : Batch
        First and second survey.
    reach : float
        Largest distance between the two positions of one component.
    """
    first, second = _by_uuid(sample, checked)
    free_first = np.setdiff1d(_located(sample), first)
    free_second = np.setdiff1d(_located(checked), second)
    a, b = _by_place(sample, checked, free_first, free_second, reach)
    first, second = np.concatenate([first, a]), np.concatenate([second, b])
    distance = np.full(len(first), np.nan)
    if sample.geometry is not None and checked.geometry is not None:
        distance = shapely.distance(sample.geometry[first], checked.geometry[second])
    return Matching(
        first,
        second,
        distance,
        np.setdiff1d(np.arange(len(checked)), second),
        np.setdiff1d(np.arange(len(sample)), first),
    )


def _located(batch: Batch) -> np.ndarray:
    if batch.geometry is None:
        return np.empty(0, int)
    return np.flatnonzero(~(shapely.is_missing(batch.geometry) | shapely.is_empty(batch.geometry)))


def _by_uuid(sample: Batch, checked: Batch) -> tuple[np.ndarray, np.ndarray]:
    known = {k: i for i, k in reversed(list(enumerate(sample.text("uuid").tolist()))) if k}
    pairs: dict[int, int] = {}
    for row, key in enumerate(checked.text("uuid").tolist()):
        if key in known:
            pairs.setdefault(known[key], row)
    return np.array(list(pairs), int), np.array(list(pairs.values()), int)


def _by_place(
    sample: Batch, checked: Batch, rows: np.ndarray, others: np.ndarray, reach: float
) -> tuple[np.ndarray, np.ndarray]:
    none = np.empty(0, int)
    if not len(rows) or not len(others) or sample.geometry is None or checked.geometry is None:
        return none, none
    shapes, places = sample.geometry[rows], checked.geometry[others]
    i, j = shapely.STRtree(places).query(shapes, predicate="dwithin", distance=reach)
    if not len(i):
        return none, none
    cost = shapely.distance(shapes[i], places[j])
    same = sample.text("class_code")[rows[i]] == checked.text("class_code")[others[j]]
    cost = cost + np.where(same, 0.0, reach)
    # Only rows within reach of each other compete: many small problems, not one large one.
    n, m = len(rows), len(others)
    links = csr_matrix((np.ones(len(i)), (i, n + j)), shape=(n + m, n + m))
    _, group = connected_components(links, directed=False)
    first, second = [], []
    order = np.argsort(group[i], kind="stable")
    for part in np.split(order, np.flatnonzero(np.diff(group[i][order])) + 1):
        left, a = np.unique(i[part], return_inverse=True)
        right, b = np.unique(j[part], return_inverse=True)
        # Pairs out of reach cost more than all others together, and are dropped.
        far = 3.0 * reach * (min(len(left), len(right)) + 1)
        matrix = np.full((len(left), len(right)), far)
        matrix[a, b] = cost[part]
        chosen, to = linear_sum_assignment(matrix)
        good = matrix[chosen, to] < far
        first.append(rows[left[chosen[good]]])
        second.append(others[right[to[good]]])
    return np.concatenate(first), np.concatenate(second)


def score_lots(
    sample: Batch,
    checked: Batch,
    *,
    attributes: Sequence[str] = ("status", "authority_code", "owner_name", "maintainer_name"),
    limits: Limits | None = None,
    reach: float = 10.0,
) -> tuple[LotScore, ...]:
    """Score every lot of a sample.

    Parameters
    ----------
    sample : Batch
        First survey in the drawn cells, with ``lot`` and ``grid_code``.
    checked : Batch
        Second survey of the same cells, with ``lot`` or ``grid_code``; rows of no known
        lot go with the lot of their match or cell.
    attributes : sequence of str
        Fields compared; those that either survey lacks are left out.
    limits : Limits, optional
    reach : float
        See `match`.
    """
    bounds = limits or Limits()
    pairs = match(sample, checked, reach=reach)
    lot_first = sample.text("lot")
    lot_second = _lots_of_checked(sample, checked, pairs)
    names = [f for f in attributes if f in sample.fields and f in checked.fields]
    wrong_class = (
        sample.text("class_code")[pairs.sample] != checked.text("class_code")[pairs.checked]
    )
    wrong_value = np.zeros(len(pairs.sample), bool)
    for name in names:
        wrong_value |= sample.text(name)[pairs.sample] != checked.text(name)[pairs.checked]
    grades = sample.text("accuracy")[pairs.sample]
    grades = np.where(np.isin(grades.astype(str), list(ACCURACY_TOLERANCES)), grades, _GRADE)
    allowed = np.array([ACCURACY_TOLERANCES[g] for g in grades.tolist()], dtype=float)
    scores = []
    for lot in sorted({*lot_first.tolist(), *lot_second.tolist()} - {""}):
        of_pair = lot_first[pairs.sample] == lot
        known = of_pair & ~np.isnan(pairs.distance)
        missed = int((lot_second[pairs.missed] == lot).sum())
        surplus = int((lot_first[pairs.surplus] == lot).sum())
        matched = int(of_pair.sum())
        shares = {
            "omission": _share(missed, matched + missed),
            "commission": _share(surplus, matched + surplus),
            "class_error": _share(int(wrong_class[of_pair].sum()), matched),
            "attribute_error": _share(int(wrong_value[of_pair].sum()), matched)
            if names
            else float("nan"),
            "position_error": _share(
                int((pairs.distance[known] > allowed[known]).sum()), int(known.sum())
            ),
        }
        rmse = {
            grade: float(np.sqrt(np.mean(pairs.distance[known & (grades == grade)] ** 2)))
            for grade in ACCURACY_TOLERANCES
            if (known & (grades == grade)).any()
        }
        failures = _failures(shares, bounds)
        score = _score(shares, bounds)
        scores.append(
            LotScore(
                lot,
                matched + surplus,
                matched + missed,
                matched,
                **shares,
                rmse=rmse,
                score=score,
                accepted=not failures and score >= bounds.passing_score,
                failures=failures,
            )
        )
    return tuple(scores)


def _lots_of_checked(sample: Batch, checked: Batch, pairs: Matching) -> np.ndarray:
    lots = checked.text("lot").copy()
    by_cell = dict(zip(sample.text("grid_code").tolist(), sample.text("lot").tolist(), strict=True))
    by_cell.pop("", None)
    for row in np.flatnonzero(lots == ""):
        lots[row] = by_cell.get(checked.text("grid_code")[row], "")
    lots[pairs.checked] = sample.text("lot")[pairs.sample]
    known = set(sample.text("lot").tolist()) - {""}
    if len(known) == 1:
        # With one lot there is no doubt where the rest belongs.
        lots[lots == ""] = next(iter(known))
    return lots


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")


def _score(shares: Mapping[str, float], limits: Limits) -> float:
    judged = {k: v for k, v in shares.items() if v == v}
    weight = sum(limits.weights[k] for k in judged)
    if not weight:
        return float("nan")
    loss = sum(
        limits.weights[k] * (v / getattr(limits, k) if getattr(limits, k) else float(v > 0) * 2.5)
        for k, v in judged.items()
    )
    return max(0.0, 100.0 - 40.0 * loss / weight)


def _failures(shares: Mapping[str, float], limits: Limits) -> tuple[str, ...]:
    names = {
        "omission": translate("Wangge", "omitted components"),
        "commission": translate("Wangge", "components that do not exist"),
        "class_error": translate("Wangge", "wrong classes"),
        "attribute_error": translate("Wangge", "wrong attributes"),
        "position_error": translate("Wangge", "positions beyond their grade"),
    }
    return tuple(
        translate("Wangge", "{share} % {what}; {limit} % are allowed.").format(
            share=f"{100 * shares[k]:.1f}", what=name, limit=f"{100 * getattr(limits, k):.1f}"
        )
        for k, name in names.items()
        if shares[k] > getattr(limits, k)
    )
