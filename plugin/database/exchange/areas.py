"""Areas by code: what is counted in them, and how they are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np

from ...rules.batch import Batch

#: Levels an area code tells by its length.
LENGTHS = {"community": 12, "street": 9, "district": 6}
_PLACES = ("grid_code", "community_code")


class Names:
    """Names of areas and departments, gathered on the way."""

    def __init__(self):
        self._areas: dict[str, str] = {}
        self._departments: dict[str, str] = {}

    def add_areas(self, batch: Batch) -> None:
        """Take the names of communities, streets and districts of a layer."""
        for level in LENGTHS:
            codes, names = batch.text(f"{level}_code"), batch.text(f"{level}_name")
            for code, name in dict(zip(codes.tolist(), names.tolist(), strict=True)).items():
                if code:
                    self._areas[code] = name or self._areas.get(code, "")

    def add_departments(self, batch: Batch) -> None:
        """Take the names of departments of a layer."""
        codes, names = batch.text("department_code"), batch.text("department_name")
        for code, name in dict(zip(codes.tolist(), names.tolist(), strict=True)).items():
            if code and (name or code not in self._departments):
                self._departments[code] = name

    def areas(self) -> list[str]:
        """Return the codes of the areas whose layer was read."""
        return list(self._areas)

    def area(self, code: str) -> str | None:
        return self._areas.get(code) or None

    def department(self, code: str) -> str | None:
        return self._departments.get(code) or None


def community_codes(batch: Batch) -> np.ndarray:
    """Return the community each row lies in by its codes, "" where they do not tell."""
    made = np.full(len(batch), "", object)
    for name in _PLACES:
        codes = [c[:12] if len(c) >= 12 and c[:12].isdigit() else "" for c in batch.text(name)]
        made = np.where(np.equal(made, ""), np.array(codes or [""], object)[: len(batch)], made)
    return made


def level_codes(communities: np.ndarray, level: str) -> np.ndarray:
    """Return the codes of the areas of a level in which these communities lie."""
    made = np.empty(len(communities), object)
    made[:] = [c[: LENGTHS[level]] for c in communities]
    return made


class AreaCounts:
    """Rows of a layer counted by community."""

    def __init__(self):
        self._counts: Counter[str] = Counter()
        self.unplaced = 0

    def add(self, batch: Batch) -> None:
        """Count rows."""
        codes, counts = np.unique(community_codes(batch).astype(str), return_counts=True)
        for code, count in zip(codes.tolist(), counts.tolist(), strict=True):
            if code:
                for length in LENGTHS.values():
                    self._counts[code[:length]] += count
            else:
                self.unplaced += count

    def communities(self) -> Iterable[str]:
        """Return the communities in which something was counted."""
        return [code for code in self._counts if len(code) == LENGTHS["community"]]

    def count(self, area: str) -> int:
        """Return how many rows lie in an area, whatever its level."""
        return self._counts[area]
