"""What a sample city is asked for and what comes out of it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..rules.batch import Batch


@dataclass(frozen=True)
class CityOptions:
    """What town to invent.

    Attributes
    ----------
    area_km2 : float
    components : int
        Exactly so many components stand in it.
    seed : int
        The same seed gives the same town, of the same day.
    errors : bool
        Plant errors, all listed in `City.deliberate`; otherwise every layer passes every check.
    today : datetime.date
        The day on which the data are current: the census and the cases lie before it, the next
        reviews of risks after it.
    """

    area_km2: float = 12.0
    components: int = 20_000
    seed: int = 0
    errors: bool = True
    today: datetime.date = field(default_factory=datetime.date.today)


@dataclass(frozen=True)
class DeliberateError:
    """An error planted on purpose.

    Attributes
    ----------
    layer, key : str
        Where: the layer, and the key of the row as it stands there now.
    kind : str
        A short stable word, such as ``overlap`` or ``duplicate_code``.
    what : str
        A sentence for people.
    """

    layer: str
    key: str
    kind: str
    what: str


@dataclass(frozen=True)
class City:
    """The invented town: layers by name, all in one CRS."""

    layers: Mapping[str, Batch]
    crs: str
    deliberate: tuple[DeliberateError, ...] = ()
