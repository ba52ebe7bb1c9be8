"""Everything a check may compare with; what is absent makes the rules that need it stand back."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

import numpy as np
import shapely

from ..standards.classes import class_table
from ..standards.domains import DOMAINS
from ..standards.editions import DEFAULT_EDITION, Edition
from ..standards.spec import LayerSpec
from ..translation import is_chinese
from .finding import Severity
from .owners import Owners
from .references import Areas, Classes, Departments, Lineage, Photos, Scheme, Shapes
from .safe_shapes import polygonal
from .target import PushTarget

_GEOGRAPHIC = re.compile(r"\s*(GEOGCRS|GEOGCS|GEODCRS)\b|EPSG:(4490|4326|4214|4610|4269|4258)\s*$")


@dataclass(frozen=True)
class Override:
    """What a city's profile changes in a rule.

    Attributes
    ----------
    off : bool
    severity : Severity or None
    parameters : mapping of str to value
    """

    off: bool = False
    severity: Severity | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class CheckContext:
    """What the rules are run with.

    Attributes
    ----------
    layer : LayerSpec
        Description of the layer under check.
    edition : Edition
    today : datetime.date
        Dates after it are future dates.
    overrides : mapping of str to Override
        By rule id.
    for_push : bool
        True before a push: some warnings weigh as errors then.
    project_crs : str
        CRS that the layer must have.
    to_lonlat : callable or None
        ``to_lonlat(x, y) -> (lon, lat)`` in degrees for arrays in the layer's CRS.
    district : shapely polygon or None
        Extent in which everything must lie.
    district_codes : collection of str
        6-digit codes that may begin a code.
    domains : mapping of str to collection of str, or None
        Value lists by name; None takes those of the standards.
    communities, grids : Areas or None
    previous_grids : Areas or None
        The cells before the update under check.
    buildings, water, carriageways, barriers : Shapes or None
    departments : Departments or None
    classes : Classes or None
        With the city's own classes; None takes the standard's.
    photos : Photos or None
    schemes : mapping of str to Scheme, or None
    default_scheme : str
        Scheme of risks that name none.
    retired_codes : collection of str, or None
        Codes that were used once and must not come back.
    lineage : Lineage or None
    existing : Owners or None
        Codes already on the platform and whose they are.
    component_codes : collection of str, or None
    previous_levels : mapping of str to str, or None
        Risk code -> level before.
    target : PushTarget or None
        Where the rows will be written.
    expected_rows : int
        For the progress bar; 0 is unknown.
    """

    layer: LayerSpec
    edition: Edition = DEFAULT_EDITION
    today: datetime.date = field(default_factory=datetime.date.today)
    overrides: Mapping[str, Override] = field(default_factory=dict)
    for_push: bool = False
    project_crs: str = ""
    to_lonlat: Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]] | None = None
    district: shapely.Geometry | None = None
    district_codes: Collection[str] = ()
    domains: Mapping[str, Collection[str]] | None = None
    communities: Areas | None = None
    grids: Areas | None = None
    previous_grids: Areas | None = None
    buildings: Shapes | None = None
    water: Shapes | None = None
    carriageways: Shapes | None = None
    barriers: Shapes | None = None
    departments: Departments | None = None
    classes: Classes | None = None
    photos: Photos | None = None
    schemes: Mapping[str, Scheme] | None = None
    default_scheme: str = ""
    retired_codes: Collection[str] | None = None
    lineage: Lineage | None = None
    existing: Owners | None = None
    component_codes: Collection[str] | None = None
    previous_levels: Mapping[str, str] | None = None
    target: PushTarget | None = None
    expected_rows: int = 0

    @cached_property
    def value_lists(self) -> Mapping[str, Collection[str]]:
        """The value lists in force."""
        if self.domains is not None:
            return self.domains
        return {name: frozenset(domain.stored) for name, domain in DOMAINS.items()}

    @cached_property
    def area(self) -> shapely.Geometry | None:
        """The district's extent, or what the communities cover; prepared."""
        extent = self.district
        if extent is None and self.communities is not None and len(self.communities):
            areas = polygonal(self.communities.geometry)
            extent = shapely.union_all(areas[~shapely.is_empty(areas)])
        if extent is not None:
            shapely.prepare(extent)
        return extent

    def classes_of(self, edition: Edition) -> Classes:
        """Return the class table of an edition: the city's own, else the standard's."""
        if self.classes is not None and edition.id == self.edition.id:
            return self.classes
        return _standard_classes(edition)

    @cached_property
    def class_table(self) -> Classes:
        """The class table of the context's edition."""
        return self.classes_of(self.edition)

    @cached_property
    def today64(self) -> np.datetime64:
        return np.datetime64(self.today, "D")

    def label(self, name: str) -> str:
        """Return how to name a field in a sentence: alias and name."""
        try:
            spec = self.layer.field(name)
        except KeyError:
            return name
        alias = spec.alias_zh if is_chinese() else spec.alias_en
        return f"{alias} ({name})" if alias and alias != name else name


def is_geographic(crs: str) -> bool:
    """Return True when coordinates in ``crs`` are degrees, as far as its text tells."""
    return bool(_GEOGRAPHIC.match(crs.upper()))


@cache
def _standard_classes(edition: Edition) -> Classes:
    return Classes.from_table(class_table(edition))
