"""Value lists: what a field may hold, with labels in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from ..translation import is_chinese
from .editions import EDITIONS
from .tables import read_table

#: Largest deviation of a component's position by accuracy grade, in metres.
ACCURACY_TOLERANCES: Mapping[str, float] = MappingProxyType({"A": 0.5, "B": 1.0, "C": 10.0})

#: The four risk colours (RGB); styles, reports and atlas take them from here.
RISK_COLOURS: Mapping[str, tuple[int, int, int]] = MappingProxyType(
    {"red": (255, 0, 0), "orange": (255, 165, 0), "yellow": (255, 255, 0), "blue": (0, 0, 255)}
)


@dataclass(frozen=True)
class DomainValue:
    """One value of a list: as it is stored, and as people read it."""

    value: str
    en: str
    zh: str
    synonyms: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The label in the user's language."""
        return self.zh if is_chinese() else self.en


@dataclass(frozen=True)
class Domain:
    """A value list.

    Attributes
    ----------
    name : str
        What `FieldSpec.domain` holds.
    values : tuple of DomainValue
        In the order in which forms and legends show them; the worst risk level first.
    """

    name: str
    values: tuple[DomainValue, ...]

    @cached_property
    def stored(self) -> tuple[str, ...]:
        """The values as they are stored, in order."""
        return tuple(v.value for v in self.values)

    @cached_property
    def _spellings(self) -> dict[str, str]:
        spellings: dict[str, str] = {}
        for v in self.values:
            for spelling in (v.value, v.zh, v.en, *v.synonyms):
                spellings.setdefault(spelling.strip().lower(), v.value)
        return spellings

    def __contains__(self, value: object) -> bool:
        return value in self.stored

    def __getitem__(self, value: str) -> DomainValue:
        """Return the entry stored as ``value``; KeyError when there is none."""
        for candidate in self.values:
            if candidate.value == value:
                return candidate
        raise KeyError(value)

    def recognise(self, text: str) -> str | None:
        """Return the stored value that ``text`` means, None when it means none.

        Takes the stored value, either label and the synonyms, whatever their case:
        ``"重大"``, ``"红色"`` and ``"Red"`` are all ``"red"``.
        """
        return self._spellings.get(text.strip().lower())


def _load() -> dict[str, Domain]:
    rows: dict[str, list[DomainValue]] = {}
    for row in read_table("domains"):
        rows.setdefault(row["domain"], []).append(
            DomainValue(row["value"], row["en"], row["zh"], tuple(row["synonyms"].split()))
        )
    rows["standard"] = [DomainValue(e.id, e.number, e.number) for e in EDITIONS]
    return {name: Domain(name, tuple(values)) for name, values in rows.items()}


DOMAINS: Mapping[str, Domain] = MappingProxyType(_load())


def domain(name: str) -> Domain:
    """Return the value list called ``name``; KeyError when there is none."""
    return DOMAINS[name]
