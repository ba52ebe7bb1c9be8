"""What pushes, reverts and comparisons report."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

import shapely

from ..errors import WanggeError
from ..rules.finding import Finding

#: Rejected rows that are listed; all are counted.
LISTED = 10_000


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that cannot be stored; ``row_number`` is its id in the source."""

    row_number: int
    key: str
    field: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A row that somebody changed on the platform since the source was pulled."""

    key: str
    changed_by: str
    changed_at: str
    batch_id: int
    message: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that differs: ``operation`` is ``added``, ``changed`` or ``removed``.

    Added and removed rows have no field; ``geometry`` is the new shape (the old one of a
    removed row), and for the field ``geom`` old and new are WKT.
    """

    operation: str
    key: str
    field: str = ""
    old: str | None = None
    new: str | None = None
    geometry: shapely.Geometry | None = None


@dataclass(frozen=True)
class PushResult:
    """What a push did, or would do.

    Attributes
    ----------
    batch_id : int or None
        None unless something was recorded on the platform.
    mode : str
    inserted, updated, unchanged, deleted, rejected : int
        Rows; ``rejected`` rows stop a push.
    rejected_rows : tuple of RejectedRow
        The first 10,000 of them.
    conflicts : tuple of Conflict
    differences : tuple of Difference
        Only of a dry run.
    notes : tuple of str
        Sentences worth reading that stop nothing.
    districts : tuple of str
        Districts of the rows.
    checksum : str
        Of all rows, in the order of the source.
    known : int
        Rows that no rule had to look at alone: they are as an earlier push checked them.
    """

    batch_id: int | None = None
    mode: str = "push"
    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    deleted: int = 0
    rejected: int = 0
    rejected_rows: tuple[RejectedRow, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    differences: tuple[Difference, ...] = field(default=(), repr=False)
    notes: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    checksum: str = ""
    known: int = 0

    @property
    def rows(self) -> int:
        """Rows of the source."""
        return self.inserted + self.updated + self.unchanged + self.rejected + len(self.conflicts)

    @property
    def changes(self) -> int:
        """Rows written."""
        return self.inserted + self.updated + self.deleted

    def as_dict(self) -> dict[str, Any]:
        """Return everything but the differences, ready for JSON."""
        return {k: v for k, v in asdict(self).items() if k != "differences"}


class UnreachableError(WanggeError):
    """There is no way to the server now; later there may be."""


class RulesRefusedError(WanggeError):
    """What the rules found in the rows of a push stops it.

    Attributes
    ----------
    findings : tuple of Finding
        Those that stop it.
    batch_id : int or None
        Under which the platform lists them as rejected; None when it does not.
    """

    def __init__(self, message: str, detail: str = "", findings: tuple[Finding, ...] = ()):
        super().__init__(message, detail)
        self.findings = findings
        self.batch_id: int | None = None

    def __reduce__(self):
        return type(self), (self.message, self.detail, self.findings)


class PushRefusedError(WanggeError):
    """A push that wrote nothing because rows were rejected or in conflict; see ``result``."""

    def __init__(self, message: str, detail: str = "", result: PushResult | None = None):
        super().__init__(message, detail)
        self.result = result if result is not None else PushResult()

    def __reduce__(self):
        return type(self), (self.message, self.detail, self.result)
