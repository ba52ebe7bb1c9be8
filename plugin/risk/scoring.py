"""Scores and levels from factor columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ..translation import translate
from .schemes import LEVELS, Factor, Scheme

# Factors such as 0.1 are not exact in binary; published scores have at most a few decimals.
_DECIMALS = 9


@dataclass(frozen=True)
class Problem:
    """Why a row has no score: its row, the factor's field and the value found (NaN: none)."""

    row: int
    field: str
    value: float
    message: str


@dataclass(frozen=True)
class Scores:
    """What a scheme makes of factor columns.

    Attributes
    ----------
    scores : ndarray of float64, shape (n,)
        NaN where a factor is missing or outside its set.
    levels : ndarray of object, shape (n,)
        One of `LEVELS`, or None where there is no score.
    missing, outside : mapping of str to ndarray of bool, shape (n,)
        By field: where the factor is null, and where its value is none of the set.
    scheme : Scheme
    values : mapping of str to ndarray
        The factors as given.
    """

    scores: np.ndarray
    levels: np.ndarray
    missing: Mapping[str, np.ndarray]
    outside: Mapping[str, np.ndarray]
    scheme: Scheme
    values: Mapping[str, np.ndarray]

    @property
    def scored(self) -> np.ndarray:
        """Where there is a score, shape (n,) of bool."""
        return ~np.isnan(self.scores)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every factor that keeps a row from being scored, by row."""
        found = []
        for factor in self.scheme.factors:
            for row in np.flatnonzero(self.missing[factor.field]):
                message = translate("Wangge", "{factor} is missing. Give one of {allowed}.")
                found.append(self._problem(int(row), factor, message))
            for row in np.flatnonzero(self.outside[factor.field]):
                message = translate(
                    "Wangge", "{factor} is {value}, but {scheme} allows only {allowed}."
                )
                found.append(self._problem(int(row), factor, message))
        return tuple(sorted(found, key=lambda p: p.row))

    def _problem(self, row: int, factor: Factor, message: str) -> Problem:
        value = float(self.values[factor.field][row])
        text = message.format(
            factor=f"{factor.title} ({factor.symbol})",
            value=f"{value:g}",
            scheme=self.scheme.reference,
            allowed=", ".join(f"{v:g}" for v in factor.allowed),
        )
        return Problem(row, factor.field, value, text)


def score(scheme: Scheme, columns: Mapping[str, np.ndarray]) -> Scores:
    """Score rows by a scheme.

    Parameters
    ----------
    scheme : Scheme
    columns : mapping of str to array of float, each of shape (n,)
        At least the scheme's fields; NaN is null. A field that is absent counts as
        missing in every row.

    Returns
    -------
    Scores
    """
    n = max((len(v) for v in columns.values()), default=0)
    values: dict[str, np.ndarray] = {}
    missing: dict[str, np.ndarray] = {}
    outside: dict[str, np.ndarray] = {}
    result = np.ones(n)
    for factor in scheme.factors:
        given = columns.get(factor.field)
        column = np.full(n, np.nan) if given is None else np.asarray(given, dtype=np.float64)
        values[factor.field] = column
        missing[factor.field] = np.isnan(column)
        nearest, apart = _nearest(column, factor.allowed)
        outside[factor.field] = ~missing[factor.field] & (apart > 1e-9)
        result = result * np.where(missing[factor.field] | outside[factor.field], np.nan, nearest)
    result = np.round(result, _DECIMALS)
    return Scores(result, levels_of(scheme, result), missing, outside, scheme, values)


def _nearest(column: np.ndarray, allowed: tuple[float, ...]) -> tuple[np.ndarray, np.ndarray]:
    steps = np.sort(np.array(allowed))
    after = np.clip(np.searchsorted(steps, column), 0, len(steps) - 1)
    before = np.maximum(after - 1, 0)
    with np.errstate(invalid="ignore"):
        closer = np.abs(column - steps[before]) < np.abs(column - steps[after])
        nearest = np.where(closer, steps[before], steps[after])
        return nearest, np.abs(column - nearest)


def levels_of(scheme: Scheme, scores: np.ndarray) -> np.ndarray:
    """Return the level of each score, None for NaN; shape (n,) of object."""
    scores = np.asarray(scores, dtype=np.float64)
    lowers = np.array([band.lower for band in reversed(scheme.bands)][1:])
    # side="right" counts a limit that is met as passed.
    side: Literal["left", "right"] = "right" if scheme.boundary == ">=" else "left"
    names = np.array([band.level for band in reversed(scheme.bands)], dtype=object)
    levels = names[np.searchsorted(lowers, scores, side=side)]
    levels[np.isnan(scores)] = None
    return levels


def level_rank(levels: np.ndarray) -> np.ndarray:
    """Return 4 for red, 3 orange, 2 yellow, 1 blue and 0 for anything else, as int8."""
    ranks = np.zeros(len(levels), dtype=np.int8)
    for i, level in enumerate(LEVELS):
        ranks[np.asarray(levels, dtype=object) == level] = len(LEVELS) - i
    return ranks
