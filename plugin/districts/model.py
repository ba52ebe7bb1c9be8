"""One district's share of a job: what is sent to a worker and what comes back, values only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np

from ..rules.batch import Batch
from ..standards.profile import Profile


class JobKind(StrEnum):
    """What is done for each district; named as the algorithm that does it for one."""

    PARTITION = "partition_unit_grids"
    CHECK_GRIDS = "check_unit_grids"
    ASSIGN = "assign_unit_grids"
    CHECK_COMPONENTS = "check_components"
    EXCHANGE = "export_exchange_package"


class State(StrEnum):
    """How a district ended."""

    OK = "ok"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class DistrictTask:
    """Everything a worker needs; it can be pickled and asks for no file and no QGIS.

    Attributes
    ----------
    kind : JobKind
    district : str
        Its code of 6 digits.
    layers : mapping of str to Batch
        By the layers' names; ``barrier`` has the column ``rank`` where ranks are known.
    options : mapping of str to int, float or str
        Settings of the job.
    profile : Profile or None
    lonlat : LonLatTable or None
        For the check of coordinates that were shifted.
    language : str
        As `translation.speak` takes it.
    """

    kind: JobKind
    district: str
    layers: Mapping[str, Batch]
    options: Mapping[str, Any] = field(default_factory=dict)
    profile: Profile | None = None
    lonlat: LonLatTable | None = None
    language: str = ""


@dataclass(frozen=True)
class Answer:
    """What a job made for one district.

    Attributes
    ----------
    counts : mapping of str to int
    notes : tuple of str
        Sentences for the log.
    rows : Batch or None
        The layer that came out.
    package : bytes
        A folder that came out, zipped.
    """

    counts: Mapping[str, int]
    notes: tuple[str, ...] = ()
    rows: Batch | None = None
    package: bytes = b""


@dataclass(frozen=True)
class Outcome:
    """How one district ended.

    Attributes
    ----------
    district : str
    state : State
    seconds : float
        Time of the worker.
    message : str
        A sentence when it did not go well.
    answer : Answer or None
    """

    district: str
    state: State
    seconds: float = 0.0
    message: str = ""
    answer: Answer | None = None


@dataclass(frozen=True)
class LonLatTable:
    """Longitudes and latitudes over a district, read off between the nodes of a lattice.

    A projection is smooth: over a district the error of reading between 65 × 65 nodes is
    metres at most, where a shift of coordinates is hundreds.

    Attributes
    ----------
    x, y : ndarray of float, shapes (i,) and (j,)
        Ascending coordinates of the nodes in the layer's CRS.
    lon, lat : ndarray of float, shape (j, i)
    """

    x: np.ndarray
    y: np.ndarray
    lon: np.ndarray
    lat: np.ndarray

    @classmethod
    def sample(
        cls,
        to_lonlat: Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]],
        bounds: tuple[float, float, float, float],
        nodes: int = 65,
    ) -> LonLatTable:
        """Return the lattice over ``bounds`` (x1, y1, x2, y2)."""
        x = np.linspace(bounds[0], bounds[2], nodes)
        y = np.linspace(bounds[1], bounds[3], nodes)
        grid_x, grid_y = np.meshgrid(x, y)
        lon, lat = to_lonlat(grid_x.ravel(), grid_y.ravel())
        return cls(x, y, np.reshape(lon, grid_x.shape), np.reshape(lat, grid_x.shape))

    def __call__(self, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return longitude and latitude of places, beyond the lattice by its last step."""
        i, u = _step(self.x, np.asarray(x, float))
        j, v = _step(self.y, np.asarray(y, float))

        def between(values: np.ndarray) -> np.ndarray:
            low = values[j, i] * (1 - u) + values[j, i + 1] * u
            high = values[j + 1, i] * (1 - u) + values[j + 1, i + 1] * u
            return low * (1 - v) + high * v

        return between(self.lon), between(self.lat)


def _step(nodes: np.ndarray, places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    width = (nodes[-1] - nodes[0]) / (len(nodes) - 1) or 1.0
    steps = np.nan_to_num((places - nodes[0]) / width)
    whole = np.clip(np.floor(steps).astype(np.int64), 0, len(nodes) - 2)
    return whole, np.where(np.isnan(places), np.nan, steps - whole)
