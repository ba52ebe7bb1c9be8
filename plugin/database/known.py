"""What the platform knows of rows from the check before an earlier push.

A rule that looks at one row finds the same in it again as long as the row, what it is compared
with and the rule itself stay the same. So with each push the platform remembers, per district,
the *stamp* of the check (`stamps`) and the rows in which something was noticed. A later push
under the same stamp passes over a row when

- its fingerprint is that of the platform's row, and the row is stored as it was given;
- the platform's row was written by the batch that is remembered or one before it, and lies in
  the table it lay in then, so whatever somebody else wrote since is checked;
- nothing was noticed in it.

A rule that found something in many rows of a district is remembered by its id instead and looks
at all rows again; so do, always, the rules that compare rows with each other.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
from psycopg2 import sql

from ..rules.batch import Batch
from ..rules.engine import ELSEWHERE, Known
from .index import PlatformIndex
from .target import Target

#: Layers whose rules on single rows depend on nothing but the stamp, and on the day only so
#: that a date that has come stays no future date.
REMEMBERED = ("component",)

#: A rule that found something in more than this share of a district's rows looks at all again.
_MANY = 0.2

#: Where more than this share of a district's rows must be checked again, nothing is kept.
_MOST = 0.5


@dataclass(frozen=True)
class Checking:
    """A check of the rows that a push reads, which the push carries along.

    Attributes
    ----------
    stamp : uuid.UUID or None
        See `stamps.stamp_of`; None when the rows of this push and of another cannot be
        compared, e.g. because they were reprojected.
    day : datetime.date
        The day for which the rules judge dates.
    look : callable
        ``look(batch, known)`` checks a batch that was handed over, all in their order, and
        returns what it noticed, as `rules.engine.Check.feed` does.
    tells_all : callable
        Asked when all rows were checked: do the rows noticed stand for all that rules on
        single rows have found?
    trusts : bool
        False checks every row, whatever the platform remembers.
    """

    stamp: uuid.UUID | None
    day: datetime.date
    look: Callable[[Batch, Known], dict[str, np.ndarray]]
    tells_all: Callable[[], bool]
    trusts: bool = True


@dataclass(frozen=True)
class _Remembered:
    batch: int
    noticed: np.ndarray
    unsettled: frozenset[str]


@dataclass
class _District:
    """What this push learns of a district."""

    rows: int = 0
    noticed: dict[str, list[np.ndarray]] = field(default_factory=dict)
    trusted: np.ndarray | None = None


# Rows that are not stored as they were given, beside the ids of rules.
_ALTERED = "altered"


@dataclass
class Memory:
    """What is remembered under one stamp, and what this push adds.

    Attributes
    ----------
    stamp : uuid.UUID or None
        None remembers nothing.
    day : datetime.date
    before : dict of str to _Remembered
        By district.
    """

    stamp: uuid.UUID | None = None
    day: datetime.date = datetime.date.min
    before: dict[str, _Remembered] = field(default_factory=dict)
    _now: dict[str, _District] = field(default_factory=dict)

    def recalls(self, district: str) -> bool:
        """Return True when the platform remembers a check of the district."""
        return district in self.before

    def unsettled(self, districts: Iterable[str]) -> frozenset[str]:
        """Return the rules that must look at all rows of some districts."""
        return frozenset[str]().union(
            *(self.before[d].unsettled for d in districts if d in self.before)
        )

    def known(
        self, district: str, index: PlatformIndex | None, place: np.ndarray, same: np.ndarray
    ) -> np.ndarray:
        """Return which rows need no check.

        Parameters
        ----------
        district : str
        index : PlatformIndex or None
            None while a district's first rows come.
        place : ndarray of int, shape (n,)
            Place of each row in the index, -1 for none.
        same : ndarray of bool, shape (n,)
            Rows that are on the platform exactly as they were given.
        """
        if self.stamp is None or index is None or not len(index):
            return np.zeros(len(place), bool)
        return same & (place >= 0) & self._trust(district, index)[place]

    def _trust(self, district: str, index: PlatformIndex) -> np.ndarray:
        now = self._now.setdefault(district, _District())
        if now.trusted is None:
            now.trusted = np.zeros(len(index), bool)
            if district in self.before:
                now.trusted = index.batches <= self.before[district].batch
                place = index.find(self.before[district].noticed)
                now.trusted[place[place >= 0]] = False
        return now.trusted

    def add(
        self,
        district: str,
        keys: np.ndarray,
        mine: np.ndarray,
        noticed: dict[str, np.ndarray],
        altered: np.ndarray,
    ) -> None:
        """Take note of what was noticed now.

        Parameters
        ----------
        district : str
        keys : ndarray of bytes, shape (n,)
        mine : ndarray of int
            Rows of the district.
        noticed : dict of str to ndarray of int
        altered : ndarray of bool, shape (n,)
            Rows that are not stored as they were given.
        """
        if self.stamp is None:
            return
        now = self._now.setdefault(district, _District())
        now.rows += len(mine)
        ours = np.zeros(len(keys), bool)
        ours[mine] = True
        for name, rows in {**noticed, _ALTERED: np.flatnonzero(altered)}.items():
            rows = np.unique(rows[ours[rows]])
            if len(rows):
                now.noticed.setdefault(name, []).append(keys[rows])

    def keep(self, cursor, target: Target, indexes: dict[str, PlatformIndex]) -> None:
        """Have the platform remember the districts of this push."""
        for district, now in self._now.items():
            found, unsettled = self._sum_up(district, now, indexes.get(district))
            if found is None:
                continue  # what was remembered before stays true
            cursor.execute(
                sql.SQL("SELECT {}(%s, %s, %s::uuid, %s, %s::text[], %s::text[])").format(
                    target.platform.table("remember_check")
                ),
                (
                    target.spec.name,
                    district,
                    str(self.stamp),
                    self.day,
                    [key.decode() for key in found.tolist()],
                    sorted(unsettled),
                ),
            )

    def _sum_up(
        self, district: str, now: _District, index: PlatformIndex | None
    ) -> tuple[np.ndarray | None, set[str]]:
        """Return the keys to be checked again and the rules that look at all rows again."""
        count, again = now.rows, [np.empty(0, "S1")]
        unsettled: set[str] = set()
        if index is not None:
            # What the source did not bring is known only if it was before.
            away = ~index.seen
            count += int(away.sum())
            trusted = self._trust(district, index)
            again.append(index.keys[away & ~trusted])
            if (away & trusted).any():
                unsettled |= self.before[district].unsettled
        for name, keys in now.noticed.items():
            is_rule = name not in (ELSEWHERE, _ALTERED)
            if name not in unsettled:
                if is_rule and sum(map(len, keys)) > _MANY * count:
                    unsettled.add(name)
                else:
                    again += keys
        found = np.unique(np.concatenate(again))
        return (None if len(found) > _MOST * count else found), unsettled


def recall(cursor, target: Target, checking: Checking | None, columns: Iterable[str]) -> Memory:
    """Read what the platform remembers under the stamp of a check.

    Parameters
    ----------
    cursor : psycopg2 cursor
    target : Target
    checking : Checking or None
    columns : iterable of str
        All columns of the source: rules may look at more than what is stored.
    """
    if checking is None or checking.stamp is None or target.spec.name not in REMEMBERED:
        return Memory()
    table = f'{target.platform.schema}."checked_district"'
    cursor.execute(
        "SELECT coalesce(has_table_privilege(to_regclass(%s), 'SELECT'), false)", (table,)
    )
    if not cursor.fetchone()[0]:
        return Memory()  # an older platform
    memory = Memory(_with_columns(checking.stamp, columns, target.has_geometry), checking.day)
    if checking.trusts:
        cursor.execute(
            sql.SQL(
                "SELECT district_code, batch_id, noticed, unsettled FROM {} "
                "WHERE kind = %s AND stamp = %s::uuid AND checked_on <= %s AND partition = "
                "to_regclass(format('%%I.%%I', %s, kind || '_' || district_code))"
            ).format(target.platform.table("checked_district")),
            (target.spec.name, str(memory.stamp), checking.day, target.platform.schema),
        )
        for district, batch, noticed, unsettled in cursor.fetchall():
            keys = np.array([key.encode() for key in noticed] or [b""], "S")
            memory.before[district] = _Remembered(batch, keys, frozenset(unsettled))
    return memory


def _with_columns(stamp: uuid.UUID, columns: Iterable[str], has_geometry: bool) -> uuid.UUID:
    return uuid.uuid5(stamp, "\0".join([*sorted(columns), str(has_geometry)]))
