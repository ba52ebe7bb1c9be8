"""How far opinions lie apart: spread and consensus."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ..schemes import Scheme
from ..scoring import score
from .session import Session


def outcome(scheme: Scheme, values: Mapping[str, float]) -> tuple[float, str]:
    """Return the score and level of one set of factors; ValueError when it gives none."""
    result = score(scheme, {k: np.array([v], float) for k, v in values.items()})
    if not result.scored.all() or not len(result.scores):
        raise ValueError("the factors give no score")
    return float(result.scores[0]), str(result.levels[0])


@dataclass(frozen=True)
class Range:
    """How far opinions on one number lie apart; ``agreement`` is the share at the commonest."""

    median: float
    low: float
    high: float
    agreement: float


@dataclass(frozen=True)
class Spread:
    """What the participants gave for one risk.

    Attributes
    ----------
    count : int
        How many gave factors.
    factors : mapping of str to Range
        By field; the median is one of the scheme's values (of two middle ones the worse).
    score : Range
    levels : mapping of str to int
        Level -> participants whose factors give it.
    proposal : mapping of str to float
        The median of each factor: what the facilitator may settle.
    is_consensus : bool
        True when all arrive at the same level.
    """

    count: int
    factors: Mapping[str, Range]
    score: Range
    levels: Mapping[str, int]
    proposal: Mapping[str, float]
    is_consensus: bool


def spread(session: Session, code: str) -> Spread | None:
    """Return how far opinions on a risk lie apart; None while nobody gave any."""
    votes = list(session.given.get(code, {}).values())
    if not votes:
        return None
    columns = {f: np.array([v[f] for v in votes], float) for f in session.scheme.fields}
    result = score(session.scheme, columns)
    factors = {f: _range(values) for f, values in columns.items()}
    levels: dict[str, int] = {}
    for level in result.levels:
        levels[str(level)] = levels.get(str(level), 0) + 1
    return Spread(
        count=len(votes),
        factors=factors,
        score=_range(result.scores),
        levels=levels,
        proposal={f: r.median for f, r in factors.items()},
        is_consensus=len(levels) == 1,
    )


def _range(values: np.ndarray) -> Range:
    ordered = np.sort(values)
    # Between two steps of a scheme there is no value: take the upper of the middle ones.
    median = float(ordered[len(ordered) // 2])
    commonest = int(np.unique(values, return_counts=True)[1].max())
    return Range(median, float(ordered[0]), float(ordered[-1]), commonest / len(values))
