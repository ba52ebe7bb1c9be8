"""Cases counted by whatever they are grouped by, batch after batch."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .stages import STAGES


class Tally:
    """Counts by stage for each group."""

    def __init__(self):
        self._counts: dict[tuple[str, ...], np.ndarray] = {}

    def add(self, groups: Sequence[np.ndarray], reached: np.ndarray) -> None:
        """Count rows.

        Parameters
        ----------
        groups : sequence of ndarray of str, each of shape (n,)
            What a row is grouped by; one or more columns.
        reached : ndarray of bool, shape (n, 5)
            From `stages.stages`.
        """
        if not len(reached):
            return
        rows = np.empty(len(reached), object)
        rows[:] = list(zip(*(g.tolist() for g in groups), strict=True))
        place: dict[tuple[str, ...], int] = {}
        which = np.array([place.setdefault(r, len(place)) for r in rows], np.int64)
        sums = np.zeros((len(place), len(STAGES)), np.int64)
        np.add.at(sums, which, reached)
        for group, counts in zip(place, sums, strict=True):
            self._counts[group] = self._counts.get(group, 0) + counts

    def groups(self) -> list[tuple[str, ...]]:
        """Return the groups in order."""
        return sorted(self._counts)

    def counts(self, groups: Sequence[tuple[str, ...]]) -> np.ndarray:
        """Return the counts of groups, shape (k, 5); zeros where nothing was counted."""
        none = np.zeros(len(STAGES), np.int64)
        found = [self._counts.get(g, none) for g in groups]
        return np.array(found, np.int64).reshape(len(groups), len(STAGES))
