"""Compare a second survey with the first and say whether a lot is accepted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ..rules.batch import Batch
from ..standards.domains import ACCURACY_TOLERANCES
from ..translation import translate
from .differences import ATTRIBUTES, compared, grades_of, tolerances_of
from .matching import Matching, match


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


def score_lots(
    sample: Batch,
    checked: Batch,
    *,
    attributes: Sequence[str] = ATTRIBUTES,
    limits: Limits | None = None,
    reach: float = 10.0,
    lots: Mapping[str, str] | None = None,
    accuracy: Mapping[str, float] = ACCURACY_TOLERANCES,
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
    lots : mapping of str to str, optional
        Grid code -> lot of the drawn cells. Needed to find what was omitted in cells that
        the first survey left empty.
    accuracy : mapping of str to float
        Largest position error in metres by accuracy grade.
    """
    bounds = limits or Limits()
    pairs = match(sample, checked, reach=reach)
    lot_first = sample.text("lot")
    lot_second = _lots_of_checked(sample, checked, pairs, lots or {})
    names = compared(sample, checked, attributes)
    wrong_class = (
        sample.text("class_code")[pairs.sample] != checked.text("class_code")[pairs.checked]
    )
    wrong_value = np.zeros(len(pairs.sample), bool)
    for name in names:
        wrong_value |= sample.text(name)[pairs.sample] != checked.text(name)[pairs.checked]
    grades = grades_of(sample)[pairs.sample]
    allowed = tolerances_of(grades, accuracy)
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


def _lots_of_checked(
    sample: Batch, checked: Batch, pairs: Matching, given: Mapping[str, str]
) -> np.ndarray:
    lots = checked.text("lot").copy()
    by_cell = dict(zip(sample.text("grid_code").tolist(), sample.text("lot").tolist(), strict=True))
    by_cell.update(given)
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
