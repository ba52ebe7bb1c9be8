"""What a city sets for itself; `profiles` reads and writes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from ..translation import is_chinese
from .component_class import ComponentClass, Subclass
from .domains import DOMAINS, DomainValue
from .editions import DEFAULT_EDITION, Edition
from .spec import FieldSpec, LayerSpec, Obligation

#: Tolerances that a profile may set, with what holds when it does not.
TOLERANCES: Mapping[str, float] = MappingProxyType(
    {
        "target_area_m2": 10_000.0,
        "area_share": 0.5,
        "snap_m": 0.01,
        "gap_width_m": 1.0,
        "duplicate_distance_m": 0.5,
        "accuracy_a_m": 0.5,
        "accuracy_b_m": 1.0,
        "accuracy_c_m": 10.0,
        "service_radius_m": 500.0,
        "search_distance_m": 5_000.0,
    }
)

LEVELS = DOMAINS["level"].stored
EXCHANGE_CATEGORIES = DOMAINS["exchange_category"].stored
EXCHANGE_FORMATS = ("json", "xml", "csv", "gpkg")


def _none() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True)
class RuleOverride:
    """What the city changes in one rule: off, another severity, other parameters.

    ``severity`` is ``"error"``, ``"warning"``, ``"info"`` or empty for the rule's own.
    """

    off: bool = False
    severity: str = ""
    parameters: Mapping[str, Any] = field(default_factory=_none)


@dataclass(frozen=True)
class ExchangeLayout:
    """How exchange packages look.

    Attributes
    ----------
    format : str
        One of `EXCHANGE_FORMATS`.
    encoding, date_format : str
        ``date_format`` as `datetime.date.strftime` takes it.
    categories : tuple of str
        Ids out of `EXCHANGE_CATEGORIES`, in order.
    names : mapping of str to (mapping of str to str)
        Layer -> field -> name in the package, before the standard's abbreviation.
    """

    format: str = "json"
    encoding: str = "utf-8"
    date_format: str = "%Y%m%d"
    categories: tuple[str, ...] = EXCHANGE_CATEGORIES
    names: Mapping[str, Mapping[str, str]] = field(default_factory=_none)


@dataclass(frozen=True)
class PushSettings:
    """Where pushes go: schema and SRID; the connection is chosen by its name elsewhere."""

    schema: str = "wangge"
    srid: int = 4490


@dataclass(frozen=True)
class Profile:
    """A city's settings.

    Attributes
    ----------
    id, title_en, title_zh : str
    edition : Edition
    district_codes : tuple of str
        6-digit codes of the city; empty for any.
    levels : tuple of str
        From the unit grid upward, out of `LEVELS`.
    crs : str
        ``"EPSG:4547"`` or WKT; empty when the project's CRS holds.
    classes, subclasses : tuple
        The city's own minor classes and 细类.
    fields : mapping of str to tuple of FieldSpec
        Extra fields by layer.
    layers : tuple of LayerSpec
        Extra layers.
    obligations : mapping of str to (mapping of str to Obligation)
        Layer -> field -> the city's own obligation.
    values : mapping of str to tuple of DomainValue
        Extra values by domain; a new name makes a new domain.
    tolerances : mapping of str to float
        All of `TOLERANCES`.
    rules : mapping of str to RuleOverride
    risk_scheme : str
    exchange : ExchangeLayout
    push : PushSettings
    """

    id: str
    title_en: str
    title_zh: str
    edition: Edition = DEFAULT_EDITION
    district_codes: tuple[str, ...] = ()
    levels: tuple[str, ...] = ("grid", "community", "street", "district", "city")
    crs: str = ""
    classes: tuple[ComponentClass, ...] = ()
    subclasses: tuple[Subclass, ...] = ()
    fields: Mapping[str, tuple[FieldSpec, ...]] = field(default_factory=_none)
    layers: tuple[LayerSpec, ...] = ()
    obligations: Mapping[str, Mapping[str, Obligation]] = field(default_factory=_none)
    values: Mapping[str, tuple[DomainValue, ...]] = field(default_factory=_none)
    tolerances: Mapping[str, float] = field(default_factory=lambda: TOLERANCES)
    rules: Mapping[str, RuleOverride] = field(default_factory=_none)
    risk_scheme: str = "lec"
    exchange: ExchangeLayout = ExchangeLayout()
    push: PushSettings = PushSettings()

    @property
    def accuracy(self) -> dict[str, float]:
        """Largest deviation in metres by accuracy grade."""
        return {grade: self.tolerances[f"accuracy_{grade.lower()}_m"] for grade in "ABC"}

    @property
    def title(self) -> str:
        """The title in the user's language."""
        return self.title_zh if is_chinese() else self.title_en
