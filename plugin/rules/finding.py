"""Findings: what a rule found wrong, in columns, as CONTRACT's layer ``finding`` holds it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import shapely


class Severity(Enum):
    """How much a finding weighs; an error stops a push."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class State(Enum):
    """What became of a finding."""

    OPEN = "open"
    FIXED = "fixed"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a rule found.

    Attributes
    ----------
    rule : str
        Stable id of the rule, e.g. ``"G2"``.
    severity : Severity
    layer, feature_key, field, value : str
        Where it is: layer name, key of the row (its id in the source where the key is
        empty), the offending field and its value; empty where none applies.
    message : str
        A sentence in the user's language that says what is wrong and what to do.
    geometry : shapely geometry or None
        What to show: the offending feature or, better, the offending spot.
    feature_id : int
        Id of the row in the source, -1 when there is none.
    fix : str
        Suggested new value of ``field`` where a safe one is known; ``"∅"`` empties it.
    accepted_by, accepted_reason, accepted_date : str
        Who accepted it, why, and on which day (YYYY-MM-DD).
    geometry_hash : str
        Hash of the feature's geometry; a changed shape reopens an accepted finding.
    """

    rule: str
    severity: Severity
    layer: str
    feature_key: str
    message: str
    field: str = ""
    value: str = ""
    geometry: shapely.Geometry | None = None
    feature_id: int = -1
    fix: str = ""
    state: State = State.OPEN
    accepted_by: str = ""
    accepted_reason: str = ""
    geometry_hash: str = ""
    accepted_date: str = ""
