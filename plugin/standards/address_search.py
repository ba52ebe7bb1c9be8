"""Geocoded places found while somebody types, offline: by name, part of it, code or pinyin."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from heapq import nsmallest

from .addresses import normalise_address
from .pinyin import initials

_BETWEEN = "\n"
# More hits than these are not worth sorting: one more letter tells them apart.
_MOST_HITS = 3000
_LONGEST_QUERY = 60


class AddressMatch(IntEnum):
    """How a place answers to what was typed; the lower, the better."""

    SAME = 0
    BEGINS = 1
    HOLDS = 2
    INITIALS = 3
    SCATTERED = 4
    WITHIN = 5


@dataclass(frozen=True)
class AddressHit:
    """A place that may be meant.

    Attributes
    ----------
    row : int
        Row in the sequences the search was made from.
    name : str
    match : AddressMatch
    retired : bool
        The name was given up.
    """

    row: int
    name: str
    match: AddressMatch
    retired: bool


class AddressSearch:
    """Names and codes of places, ready to be searched letter by letter.

    Parameters
    ----------
    names : sequence of str
    codes : sequence of str, optional
    retired : sequence of bool, optional
        Names that are given up: they are found too, after those in use.
    """

    def __init__(
        self,
        names: Sequence[str],
        codes: Sequence[str] = (),
        retired: Sequence[bool] = (),
    ):
        self._names = [name or "" for name in names]
        self._retired = list(retired) or [False] * len(self._names)
        self._normal = [normalise_address(name) for name in self._names]
        self._rows = _Texts(self._normal)
        self._codes = _Sorted([(code or "").upper() for code in codes])
        self._sorted = _Sorted(self._normal)
        self._initials: _Texts | None = None

    def __len__(self) -> int:
        return len(self._names)

    def search(self, typed: str, limit: int = 20) -> list[AddressHit]:
        """Return the places that ``typed`` may mean, the likeliest first.

        Parameters
        ----------
        typed : str
            A name or the beginning or any part of one, with numbers in either writing
            (一百二十三号 finds 123号); parts with blanks between them, all of which must occur;
            the beginning of a code; pinyin initials (``zsl12`` finds 中山路12号); a longer
            address within which the name of a place occurs.
        limit : int
        """
        typed = typed.strip()[:_LONGEST_QUERY]
        wanted = normalise_address(typed)
        if not wanted:
            return []
        found: dict[int, AddressMatch] = {}

        def add(rows: Iterable[int], match: AddressMatch) -> None:
            for row in rows:
                if self._normal[row] and match < found.get(row, len(AddressMatch)):
                    found[row] = match

        # While a number is being typed its 号 is still to come.
        for text in dict.fromkeys((wanted, normalise_address(f"{typed}号"))):
            for row in self._sorted.beginning(text):
                add([row], AddressMatch.SAME if self._normal[row] == text else AddressMatch.BEGINS)
        add(self._codes.beginning(typed.upper()), AddressMatch.BEGINS)
        parts = [p for p in map(normalise_address, typed.split()) if p]
        longest = max(parts, key=len)
        add(
            (r for r in self._rows.holding(longest) if all(p in self._normal[r] for p in parts)),
            AddressMatch.HOLDS,
        )
        if len(found) < limit and typed.isascii():
            add(self._by_initials().holding(wanted.lower()), AddressMatch.INITIALS)
        if len(found) < limit:
            add(self._rows.scattered("".join(parts)), AddressMatch.SCATTERED)
            add(self._within(wanted), AddressMatch.WITHIN)
        best = nsmallest(limit, found, key=lambda row: self._order(row, found[row]))
        return [AddressHit(r, self._names[r], found[r], self._retired[r]) for r in best]

    def _order(self, row: int, match: AddressMatch) -> tuple:
        # Within a longer address the longest name says most.
        length = len(self._normal[row])
        return (
            match,
            self._retired[row],
            -length if match is AddressMatch.WITHIN else length,
            _by_number(self._normal[row]),
            row,
        )

    def _by_initials(self) -> _Texts:
        if self._initials is None:
            self._initials = _Texts([initials(text) for text in self._normal])
        return self._initials

    def _within(self, wanted: str) -> Iterator[int]:
        for start in range(len(wanted)):
            for end in range(start + 3, len(wanted) + 1):
                yield from self._sorted.equal(wanted[start:end])


def _by_number(text: str) -> tuple:
    """Return a sort key under which 9号 comes before 12号."""
    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part)
        for part in re.split(r"([0-9]+)", text)
        if part
    )


class _Sorted:
    """Texts in order, for those that begin with another."""

    def __init__(self, texts: Sequence[str]):
        self._rows = sorted(range(len(texts)), key=texts.__getitem__)
        self._texts = [texts[row] for row in self._rows]

    def beginning(self, start: str) -> list[int]:
        if not start:
            return []
        first = bisect_left(self._texts, start)
        last = bisect_left(self._texts, start + "\U0010ffff", first)
        return self._rows[first : min(last, first + _MOST_HITS)]

    def equal(self, text: str) -> list[int]:
        first = bisect_left(self._texts, text)
        last = first
        while last < len(self._texts) and self._texts[last] == text:
            last += 1
        return self._rows[first:last]


class _Texts:
    """Texts in one long text, for those that hold another: one search in C for all."""

    def __init__(self, texts: Sequence[str]):
        self._joined = _BETWEEN.join(texts)
        self._starts: list[int] = []
        place = 0
        for text in texts:
            self._starts.append(place)
            place += len(text) + 1

    def holding(self, part: str) -> Iterator[int]:
        place, hits = self._joined.find(part), 0
        while place >= 0 and hits < _MOST_HITS:
            yield self._row(place)
            hits += 1
            line_end = self._joined.find(_BETWEEN, place)
            if line_end < 0:
                return
            place = self._joined.find(part, line_end)

    def scattered(self, text: str) -> Iterator[int]:
        """Yield the texts that hold all characters in order, with others between."""
        # Digits stay together: 12 is no 1 and 2.
        pieces = re.findall(r"[0-9]+|[^0-9]", text)
        if len(pieces) < 3:
            return
        pattern = "[^\n]*?".join(
            rf"(?<![0-9]){p}(?![0-9])" if p.isdecimal() else re.escape(p) for p in pieces
        )
        for hits, match in enumerate(re.finditer(pattern, self._joined)):
            if hits == _MOST_HITS:
                return
            yield self._row(match.start())

    def _row(self, place: int) -> int:
        first = bisect_left(self._starts, place + 1)
        return first - 1
