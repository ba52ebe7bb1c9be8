"""Find addresses as departments write them among the city's 地理编码."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
import shapely
from scipy import sparse

from ...errors import WanggeError
from ...progress import SILENT, Progress, stop_if_cancelled
from ...rules.batch import Batch
from ...standards.addresses import normalise_address
from ...translation import translate

_CHUNK = 128
_CANDIDATES = 5
_NUMBER = re.compile(r"\d+")

# Below this likeness a suggestion would only cost time.
_LEAST_LIKENESS = 0.35
# One place drawn twice: entries this near each other (in units of the CRS) are no question.
_SAME_PLACE = 1.0


class Match(Enum):
    """How an address was found."""

    EXACT = "exact"
    NORMALISED = "normalised"
    FUZZY = "fuzzy"
    NONE = "none"


@dataclass(frozen=True)
class Candidate:
    """An address that may be meant.

    Attributes
    ----------
    row : int
        Row of the address batch.
    code, name : str
    likeness : float
        0 to 1; 1 where the normalised names are equal.
    """

    row: int
    code: str
    name: str
    likeness: float


@dataclass(frozen=True)
class Found:
    """What an address led to: certain when the match is exact or normalised and one place."""

    match: Match
    candidates: tuple[Candidate, ...]
    is_ambiguous: bool = False

    @property
    def is_certain(self) -> bool:
        return self.match in (Match.EXACT, Match.NORMALISED) and not self.is_ambiguous


class AddressIndex:
    """Names and codes of addresses, ready to be searched.

    Parameters
    ----------
    addresses : Batch
        Rows of the layer ``address``; those with an ``end_date`` or without geometry are
        left out.
    """

    def __init__(self, addresses: Batch):
        if addresses.geometry is None:
            raise WanggeError(
                translate("Wangge", "The address layer has no geometry. Give one with places.")
            )
        if "address_name" not in addresses.fields:
            raise WanggeError(
                translate("Wangge", "The address layer has no field address_name. Map it first.")
            )
        shapes = addresses.geometry
        usable = ~shapely.is_missing(shapes) & ~shapely.is_empty(shapes)
        if "end_date" in addresses.fields:
            usable &= addresses.is_null("end_date")
        self.crs = addresses.crs
        self.names = addresses.text("address_name")
        self.codes = addresses.text("address_code")
        self.communities = addresses.text("community_code")
        # A street is stood for by a spot on it, an area by a spot within it.
        self.points = np.full(len(addresses), None, dtype=object)
        self.points[usable] = shapely.point_on_surface(shapes[usable])
        self._exact: dict[str, list[int]] = {}
        self._normal: dict[str, list[int]] = {}
        self._code: dict[str, int] = {}
        self._normal_names: list[str] = [""] * len(addresses)
        for row in np.flatnonzero(usable):
            name = str(self.names[row]).strip()
            self._exact.setdefault(name, []).append(int(row))
            normal = normalise_address(name)
            self._normal_names[row] = normal
            if normal:
                self._normal.setdefault(normal, []).append(int(row))
            if self.codes[row]:
                self._code[str(self.codes[row])] = int(row)
        self._grams: dict[str, int] = {}
        self._matrix: sparse.csc_matrix | None = None

    def __len__(self) -> int:
        return sum(map(len, self._exact.values()))

    def find(self, texts: Sequence[str], *, progress: Progress = SILENT) -> list[Found]:
        """Look addresses up: as written, then normalised, then by likeness.

        Returns
        -------
        list of Found
            In the order of ``texts``; likeness only suggests, see `Candidate.likeness`.
        """
        results: dict[str, Found] = {}
        fuzzy: list[str] = []
        for text in dict.fromkeys(texts):
            for match, rows in (
                (Match.EXACT, self._exact.get(text.strip(), [])),
                (Match.NORMALISED, self._normal.get(normalise_address(text), [])),
            ):
                if rows:
                    results[text] = self._certain(match, rows)
                    break
            else:
                fuzzy.append(text)
        for text, candidates in zip(fuzzy, self._alike(fuzzy, progress), strict=True):
            results[text] = Found(Match.FUZZY if candidates else Match.NONE, candidates)
        return [results[text] for text in texts]

    def named(self, code_or_name: str) -> int | None:
        """Return the row of an address given by its code or by a name that is used once."""
        if code_or_name in self._code:
            return self._code[code_or_name]
        rows = self._exact.get(code_or_name.strip(), [])
        return rows[0] if len(rows) == 1 else None

    def _candidate(self, row: int, likeness: float) -> Candidate:
        return Candidate(row, str(self.codes[row]), str(self.names[row]), round(likeness, 3))

    def _certain(self, match: Match, rows: list[int]) -> Found:
        points = self.points[rows]
        apart = bool(np.any(shapely.distance(points, points[0]) > _SAME_PLACE))
        kept = rows if apart else rows[:1]
        return Found(match, tuple(self._candidate(r, 1.0) for r in kept), is_ambiguous=apart)

    def _build(self) -> sparse.csc_matrix:
        if self._matrix is None:
            lengths, columns = [0], []
            for name in self._normal_names:
                grams = sorted({self._grams.setdefault(g, len(self._grams)) for g in _grams(name)})
                columns.extend(grams)
                lengths.append(len(columns))
            counts = np.bincount(columns, minlength=max(1, len(self._grams)))
            # A pair of characters that every address has says little.
            self._weights = np.log1p(len(self._normal_names) / np.maximum(1, counts))
            data = self._weights[columns] if columns else np.empty(0)
            rows = sparse.csr_matrix(
                (data, np.array(columns, dtype=np.int64), np.array(lengths)),
                shape=(len(self._normal_names), len(counts)),
            )
            self._totals = np.asarray(rows.sum(axis=1)).ravel()
            self._matrix = rows.T.tocsr()
        return self._matrix

    def _alike(self, texts: list[str], progress: Progress) -> list[tuple[Candidate, ...]]:
        results: list[tuple[Candidate, ...]] = []
        if not texts or not self._normal:
            return [()] * len(texts)
        matrix = self._build()
        unknown_weight = float(np.log1p(len(self._normal_names)))
        for start in range(0, len(texts), _CHUNK):
            stop_if_cancelled(progress)
            part = [normalise_address(t) for t in texts[start : start + _CHUNK]]
            lengths, columns, totals = [0], [], []
            for text in part:
                grams = _grams(text)
                known = sorted(self._grams[g] for g in grams if g in self._grams)
                columns.extend(known)
                lengths.append(len(columns))
                strange = sum(g not in self._grams for g in grams)
                totals.append(float(self._weights[known].sum()) + strange * unknown_weight)
            asked = sparse.csr_matrix(
                (np.ones(len(columns)), np.array(columns, dtype=np.int64), np.array(lengths)),
                shape=(len(part), matrix.shape[0]),
            )
            shared = asked @ matrix
            for i, text in enumerate(part):
                own = slice(shared.indptr[i], shared.indptr[i + 1])
                results.append(self._best(text, totals[i], shared.indices[own], shared.data[own]))
            progress.report(min(1.0, (start + _CHUNK) / len(texts)))
        return results

    def _best(
        self, text: str, total: float, rows: np.ndarray, shared: np.ndarray
    ) -> tuple[Candidate, ...]:
        if not len(rows):
            return ()
        # Dice, or nearly as good: all of the standard name occurs in a longer text.
        dice = 2 * shared / (total + self._totals[rows])
        likeness = np.maximum(dice, 0.9 * shared / self._totals[rows])
        nearest = np.argsort(-likeness, kind="stable")[: 10 * _CANDIDATES]
        scored = []
        for i in nearest:
            value = float(likeness[i])
            name = self._normal_names[rows[i]]
            if _house_numbers(name) != _house_numbers(text):
                # Another number is another house, however alike the rest is.
                value *= 0.6
            elif not text.endswith(name) and not name.endswith(text):
                value *= 0.98
            if value >= _LEAST_LIKENESS:
                scored.append(self._candidate(int(rows[i]), min(value, 0.99)))
        scored.sort(key=lambda c: (-c.likeness, c.name, c.row))
        return tuple(scored[:_CANDIDATES])


def _grams(text: str) -> set[str]:
    marked = f"^{text}$"
    return {marked[i : i + 2] for i in range(1, len(marked) - 1)} if text else set()


def _house_numbers(text: str) -> list[str]:
    return _NUMBER.findall(text)
