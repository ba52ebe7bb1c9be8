"""The platform table that rows will be written to, as plain values from the database engine."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from ..standards.spec import FieldType


@dataclass(frozen=True)
class TargetColumn:
    """One column of the target table; ``length`` 0 is unlimited."""

    type: FieldType
    length: int = 0


@dataclass(frozen=True, eq=False)
class PushTarget:
    """What the database engine knows about the target before or after a push.

    Attributes
    ----------
    table : str
    exists : bool
    columns : mapping of str to TargetColumn
    srid, source_srid : int
        0 is unknown.
    owners : mapping of str to str
        Keys on the platform -> the uuid or district that owns them.
    owner_field : str
        Column of the source that holds the same, e.g. ``"uuid"``.
    foreign_keys : mapping of str to collection of str
        Source column -> values that exist in the table it refers to.
    changed_since : collection of str
        Keys changed on the platform since the source was pulled.
    retired : collection of str
        Codes that must not come back.
    counts : mapping of str to int, or None
        After a push: ``source``, ``inserted``, ``updated``, ``unchanged``, ``rejected``.
    log : mapping of str to str, or None
        After a push: ``batch_id``, ``user`` and ``source_checksum`` as logged.
    """

    table: str
    exists: bool = True
    columns: Mapping[str, TargetColumn] = field(default_factory=dict)
    srid: int = 0
    source_srid: int = 0
    owners: Mapping[str, str] = field(default_factory=dict)
    owner_field: str = "uuid"
    foreign_keys: Mapping[str, Collection[str]] = field(default_factory=dict)
    changed_since: Collection[str] = ()
    retired: Collection[str] = ()
    counts: Mapping[str, int] | None = None
    log: Mapping[str, str] | None = None
