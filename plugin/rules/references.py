"""Reference data that rules compare with, as arrays."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import shapely

from ..standards.classes import ClassTable
from .safe_shapes import only_finite, repaired


@dataclass(frozen=True, eq=False)
class Shapes:
    """Geometries without further knowledge: buildings, water, carriageways, barriers.

    Attributes
    ----------
    geometry : ndarray of shapely geometries, shape (n,)
    keys : ndarray of str, shape (n,), or None
    allowed : ndarray of bool, shape (n,), or None
        Exceptions that the city has accepted, e.g. buildings that no cut could spare.
    """

    geometry: np.ndarray
    keys: np.ndarray | None = None
    allowed: np.ndarray | None = None

    def __post_init__(self) -> None:
        # One invalid area would stop every comparison with the others.
        object.__setattr__(self, "geometry", repaired(self.geometry))

    def __len__(self) -> int:
        return len(self.geometry)

    @cached_property
    def tree(self) -> shapely.STRtree:
        return shapely.STRtree(self.geometry)


@dataclass(frozen=True, eq=False)
class Areas(Shapes):
    """Areas with codes: unit grids or communities.

    Attributes
    ----------
    codes : ndarray of str, shape (n,)
    parents : ndarray of str, shape (n,), or None
        Code of the area above, e.g. a cell's community.
    """

    codes: np.ndarray = field(default_factory=lambda: np.array([], object))
    parents: np.ndarray | None = None

    @cached_property
    def positions(self) -> dict[str, int]:
        """Code -> row; the first where a code is there twice."""
        return {code: i for i, code in reversed(list(enumerate(self.codes.tolist())))}

    def pairs(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return (point, area) pairs that meet; a point on a border meets several areas.

        Lines and areas may stand in for the points.
        """
        if (shapely.get_type_id(points) > 0).any():
            found = self.tree.query(repaired(points), predicate="intersects")
            return found[0], found[1]
        points, _ = only_finite(points)
        # Areas prepared once answer faster than a tree that prepares each point.
        point, area = self.tree.query(points)
        shapely.prepare(self.geometry)
        xy, owner = shapely.get_coordinates(points, return_index=True)
        place = np.searchsorted(owner, point)  # what is null or empty owns no coordinate
        meets = shapely.intersects_xy(self.geometry[area], *xy[place].T)
        return point[meets], area[meets]

    @cached_property
    def by_rank(self) -> np.ndarray:
        """Rows in the order of their codes, then -1."""
        return np.append(np.argsort(self.codes.astype(str), kind="stable"), -1)

    @cached_property
    def ranks(self) -> np.ndarray:
        """Place of each row in the order of the codes."""
        ranks = np.empty(len(self.codes), np.int64)
        ranks[self.by_rank[:-1]] = np.arange(len(self.codes))
        return ranks

    def locate(self, points: np.ndarray) -> np.ndarray:
        """Return the area of each point, -1 for none; on a border the smallest code wins."""
        point, area = self.pairs(points)
        best = np.full(len(points), len(self.codes), np.int64)
        np.minimum.at(best, point, self.ranks[area])
        return self.by_rank[best]


@dataclass(frozen=True, eq=False)
class Departments:
    """The register of departments.

    Attributes
    ----------
    codes, names : ndarray of str, shape (n,)
    """

    codes: np.ndarray
    names: np.ndarray

    def __len__(self) -> int:
        return len(self.codes)

    @cached_property
    def name_of(self) -> dict[str, str]:
        return dict(zip(self.codes.tolist(), self.names.tolist(), strict=True))


@dataclass(frozen=True, eq=False)
class Classes:
    """The class table of one edition together with the city's own classes.

    Attributes
    ----------
    names : mapping of str to str
        Class code -> name.
    geometries : mapping of str to tuple of str
        Class code -> ``"point"``, ``"line"``, ``"polygon"`` admitted; absent is any.
    retired : frozenset of str
        Codes that must not be used any more.
    extensions : frozenset of str
        Codes the city has added to the national table.
    """

    names: Mapping[str, str]
    geometries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    retired: frozenset[str] = frozenset()
    extensions: frozenset[str] = frozenset()

    @classmethod
    def from_table(cls, table: ClassTable, *, retired: Collection[str] = ()) -> Classes:
        """Return the classes of a table of the standards, city extensions included."""
        return cls(
            {code: entry.name_zh for code, entry in table.items()},
            {code: tuple(g.value for g in entry.geometries) for code, entry in table.items()},
            frozenset(retired),
            frozenset(code for code, entry in table.items() if entry.is_extension),
        )


@dataclass(frozen=True, eq=False)
class Photos:
    """Photos at hand.

    Attributes
    ----------
    sizes : mapping of str to int
        File name as features give it -> bytes.
    hashes : mapping of str to str
        File name -> hash of the content.
    """

    sizes: Mapping[str, int]
    hashes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Scheme:
    """A scoring scheme as plain values; the score is the product of the factors.

    Attributes
    ----------
    id : str
    factors : mapping of str to tuple of float
        Field -> values allowed.
    bands : tuple of (float, str)
        Lowest score and level, from the highest band down; the last one starts at 0.
    inclusive : bool
        True when a score equal to a bound belongs to the higher band.
    """

    id: str
    factors: Mapping[str, tuple[float, ...]]
    bands: tuple[tuple[float, str], ...]
    inclusive: bool = True

    def levels(self, scores: np.ndarray) -> np.ndarray:
        """Return the level of each score, shape (n,) of object."""
        result = np.full(len(scores), self.bands[-1][1], dtype=object)
        for bound, level in reversed(self.bands[:-1]):
            result[scores >= bound if self.inclusive else scores > bound] = level
        return result


@dataclass(frozen=True, eq=False)
class Lineage:
    """Which code became which.

    Attributes
    ----------
    old_codes, new_codes : frozenset of str
        Codes that the lineage table mentions on either side.
    """

    old_codes: frozenset[str]
    new_codes: frozenset[str]
