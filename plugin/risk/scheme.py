"""An assessment scheme as a value: factors, their value sets, bands."""

from __future__ import annotations

from dataclasses import dataclass

from ..standards.domains import domain
from ..translation import is_chinese

#: The four levels, the worst first, as the field ``level`` holds them.
LEVELS: tuple[str, ...] = domain("risk_level").stored


@dataclass(frozen=True)
class FactorValue:
    """One value that a factor may take, with what it means."""

    value: float
    en: str
    zh: str

    @property
    def label(self) -> str:
        """The description in the user's language."""
        return self.zh if is_chinese() else self.en


@dataclass(frozen=True)
class Factor:
    """One factor of a scheme.

    Attributes
    ----------
    field : str
        Field of the risk layer that holds it.
    symbol : str
        As spreadsheets head its column, e.g. ``"L"``.
    title_en, title_zh : str
    values : tuple of FactorValue
        In the order of the file.
    """

    field: str
    symbol: str
    title_en: str
    title_zh: str
    values: tuple[FactorValue, ...]

    @property
    def title(self) -> str:
        """The title in the user's language."""
        return self.title_zh if is_chinese() else self.title_en

    @property
    def allowed(self) -> tuple[float, ...]:
        """The values alone."""
        return tuple(v.value for v in self.values)


@dataclass(frozen=True)
class Band:
    """The scores of one level; ``lower`` is minus infinity for the lowest band."""

    level: str
    lower: float


@dataclass(frozen=True)
class Scheme:
    """How a score and a level come from factors.

    Attributes
    ----------
    id : str
    version : int
    title_en, title_zh, source : str
    formula : str
        One of `FORMULAS`.
    boundary : str
        ``">="``: a score equal to a band's lower limit belongs to that band; ``">"``:
        it belongs to the band below.
    factors : tuple of Factor
    bands : tuple of Band
        All four levels, the worst first.
    """

    id: str
    version: int
    title_en: str
    title_zh: str
    source: str
    formula: str
    boundary: str
    factors: tuple[Factor, ...]
    bands: tuple[Band, ...]

    @property
    def title(self) -> str:
        """The title in the user's language."""
        return self.title_zh if is_chinese() else self.title_en

    @property
    def reference(self) -> str:
        """What an assessment stores in its field ``scheme``, e.g. ``"lec@1"``."""
        return f"{self.id}@{self.version}"

    @property
    def fields(self) -> tuple[str, ...]:
        """Fields of the risk layer that hold the factors."""
        return tuple(f.field for f in self.factors)

    def factor(self, field: str) -> Factor:
        """Return the factor held by ``field``; KeyError when there is none."""
        for candidate in self.factors:
            if candidate.field == field:
                return candidate
        raise KeyError(field)
