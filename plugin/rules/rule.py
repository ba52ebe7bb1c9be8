"""A rule as data: what it is called, whom it concerns, what it needs, and its small check."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

import numpy as np

from ..standards.spec import LayerSpec
from .finding import Severity


class Subject(Enum):
    """Whose data a rule looks at; common rules run for every layer."""

    COMMON = "common"
    GRID = "grid"
    COMPONENT = "component"
    ADDRESS = "address"
    RISK = "risk"
    PUSH = "push"


@dataclass(frozen=True)
class Parameter:
    """One adjustable value of a rule.

    Attributes
    ----------
    name : str
    default : number, text, tuple or mapping
    unit : str
        e.g. ``"m"``; empty where there is none.
    help_en, help_zh : str
    """

    name: str
    default: Any
    unit: str = ""
    help_en: str = ""
    help_zh: str = ""


class Late:
    """Values worked out only for the findings that are made, however many hits there are.

    Parameters
    ----------
    make : callable
        ``make(*columns)`` returns one value per row of the columns.
    columns : ndarray
    """

    def __init__(self, make: Callable[..., Any], *columns: np.ndarray):
        self._make = make
        self._columns = columns

    def __len__(self) -> int:
        return len(self._columns[0])

    def __getitem__(self, part: slice) -> Late:
        return Late(self._make, *(c[part] for c in self._columns))

    def tolist(self) -> list:
        """Return the values."""
        return list(self._make(*self._columns))


Column = Sequence | np.ndarray | Late


@dataclass(frozen=True)
class Hits:
    """What a check found, in columns; the engine turns it into findings.

    Attributes
    ----------
    rows : ndarray of int, shape (m,)
        Rows of the batch, or of the ledger for a rule across rows; -1 means the layer as
        a whole, or something that is no row of it (then give ``keys``).
    message : str
        A translated sentence with ``{placeholders}`` for ``field``, ``value`` and the
        names in ``details``; it is filled in only for the findings that people see.
    field : str
        Name of the offending field; empty where none applies.
    values : sequence of shape (m,) or None
        Offending values; a `Late` where they are costly and many.
    details : mapping of str to sequence of shape (m,) or one value for all
    fixes : sequence of str of shape (m,) or None
        Safe new values of ``field``; "" where there is none.
    geometry : ndarray of shapely geometries, shape (m,), or None
        The spot to show where it is better than the feature itself.
    keys : sequence of str of shape (m,) or None
        Keys where ``rows`` is -1.
    """

    rows: np.ndarray
    message: str
    field: str = ""
    values: Column | None = None
    details: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    fixes: Column | None = None
    geometry: np.ndarray | None = None
    keys: Sequence | np.ndarray | None = None

    def __len__(self) -> int:
        return len(self.rows)


def whole_layer(message: str, *, field: str = "", value: str = "", **details) -> Hits:
    """Return one hit that concerns the layer as a whole."""
    return Hits(np.array([-1]), message, field, values=[value], details=details)


# check(rows, context, parameters) for one batch; check(ledger, context, parameters) across rows.
Check = Callable[[Any, Any, Mapping[str, Any]], Iterable[Hits]]


@dataclass(frozen=True)
class Rule:
    """One rule of the catalogue.

    Attributes
    ----------
    id : str
        Stable code, e.g. ``"G2"``; a letter follows where one number holds several checks.
    subject : Subject
    severity : Severity
        Unless the profile says otherwise.
    title_en, title_zh, help_en, help_zh : str
    check : callable
        ``check(rows, context, parameters)`` yields `Hits`. ``rows`` is a `Rows` (one batch)
        or, where ``across`` is set, the `Ledger` of all rows.
    across : bool
        True for rules that compare rows with each other.
    keeps : tuple of str
        Ledger columns the check reads; see `ledger`.
    needs : tuple of str
        Attributes of `CheckContext` without which the rule cannot run.
    fields : tuple of str
        Columns without which the rule cannot run.
    parameters : tuple of Parameter
    editions, layers : tuple of str
        Editions and layers it applies to; empty for all.
    push_severity : Severity or None
        Severity before a push where it differs.
    tags : tuple of str
    """

    id: str
    subject: Subject
    severity: Severity
    title_en: str
    title_zh: str
    help_en: str
    help_zh: str
    check: Check
    across: bool = False
    keeps: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    editions: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    push_severity: Severity | None = None
    tags: tuple[str, ...] = ()

    def concerns(self, layer: LayerSpec) -> bool:
        """Return True when the rule has anything to say about a layer."""
        if self.layers and layer.name not in self.layers:
            return False
        # A field of ours that the layer never has is no missing field.
        return self.subject is not Subject.COMMON or set(self.fields) <= set(layer.names)

    @property
    def defaults(self) -> dict[str, Any]:
        """Parameter names and their defaults."""
        return {p.name: p.default for p in self.parameters}


def describe(
    subject: Subject,
    rule_id: str,
    severity: Severity,
    check: Check,
    titles: tuple[str, str],
    helps: tuple[str, str],
    **more: Any,
) -> Rule:
    """Return a rule of a subject; ``titles`` and ``helps`` are (English, Chinese)."""
    return Rule(rule_id, subject, severity, *titles, *helps, check=check, **more)
