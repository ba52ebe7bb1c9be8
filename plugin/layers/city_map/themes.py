"""The four themes of the one map: what each shows, and what it needs to be shown at all."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ...translation import translate

#: Ids of the themes, in order; also the names of the pictures that are exported.
THEMES = ("supervision", "operation", "facilities", "risks")


@dataclass(frozen=True)
class Theme:
    """One theme.

    Attributes
    ----------
    id : str
        Out of `THEMES`.
    layers : tuple of str
        Layers it shows, from the top down, see `entries.ENTRIES`.
    ranking : tuple of str
        Columns of its table: fields of the table ``area``.
    sort : tuple of (str, bool)
        Field and whether it rises.
    """

    id: str
    layers: tuple[str, ...]
    ranking: tuple[str, ...]
    sort: tuple[str, bool]

    @property
    def title(self) -> str:
        """The title in the user's language."""
        return {
            "supervision": translate("Wangge", "Supervision"),
            "operation": translate("Wangge", "Network operation"),
            "facilities": translate("Wangge", "Municipal facilities"),
            "risks": translate("Wangge", "Risks"),
        }[self.id]


_THEMES = (
    Theme(
        "supervision",
        ("camera", "case", "component", "outline", "cell_components"),
        ("area_name", "components", "defective", "cases", "open_cases"),
        ("open_cases", False),
    ),
    Theme(
        "operation",
        ("case_open", "area_closed"),
        ("rank", "area_name", "reported_count", "opened_rate", "handled_rate", "closed_rate"),
        ("rank", True),
    ),
    Theme(
        "facilities",
        ("facility", "monitor", "outline", "cell_served"),
        ("area_name", "facilities", "toilets", "served", "nearest_toilet_m"),
        ("served", True),
    ),
    Theme(
        "risks",
        ("risk", "monitor", "outline", "cell_risks"),
        ("area_name", "red", "orange", "yellow", "blue", "risks"),
        ("risk_weight", False),
    ),
)
# Any one of these, or all of those together, makes a theme worth showing.
_NEEDS: dict[str, tuple[frozenset[str], ...]] = {
    "supervision": (frozenset({"component"}), frozenset({"case"}), frozenset({"camera"})),
    "operation": (frozenset({"case", "area"}),),
    "facilities": (frozenset({"facility"}), frozenset({"monitor"})),
    "risks": (frozenset({"risk"}),),
}


def themes_of(tables: Collection[str]) -> tuple[Theme, ...]:
    """Return the themes for which there is something to show."""
    there = set(tables)
    return tuple(t for t in _THEMES if any(need <= there for need in _NEEDS[t.id]))


def missing_themes(tables: Collection[str]) -> list[str]:
    """Return a sentence for each theme that is left out: what it is and what it needs."""
    shown = {t.id for t in themes_of(tables)}
    needs = {
        "supervision": translate("Wangge", "components, cases or cameras"),
        "operation": translate("Wangge", "cases, and communities or unit grids"),
        "facilities": translate("Wangge", "facilities or monitors"),
        "risks": translate("Wangge", "risks"),
    }
    return [
        translate("Wangge", "The theme “{theme}” is left out: it needs {layers}.").format(
            theme=t.title, layers=needs[t.id]
        )
        for t in _THEMES
        if t.id not in shown
    ]
