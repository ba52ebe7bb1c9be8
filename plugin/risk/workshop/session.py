"""A workshop as values: what happened, and what follows from it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import Enum
from typing import Any

import numpy as np

from ...errors import WanggeError
from ...translation import translate
from ..schemes import Scheme
from ..scoring import score

LONGEST_NAME = 20
LONGEST_NOTE = 500
MOST_PARTICIPANTS = 200

_NAME = re.compile(r"[\w·.\- （）()]+")


class Kind(Enum):
    """What can happen in a workshop."""

    JOINED = "joined"
    RELEASED = "released"
    CHOSEN = "chosen"
    GIVEN = "given"
    REVEALED = "revealed"
    SETTLED = "settled"
    REOPENED = "reopened"
    CLOSED = "closed"


@dataclass(frozen=True)
class Item:
    """One risk on the agenda, with what participants see of it."""

    code: str
    name: str
    category: str = ""
    address: str = ""
    description: str = ""
    level: str = ""


@dataclass(frozen=True)
class Event:
    """One thing that happened.

    Attributes
    ----------
    kind : Kind
    at : datetime
        In UTC.
    participant : str
        Who gave, joined or was released; empty for the facilitator.
    risk : str
        Code of the risk concerned.
    values : mapping of str to float
        Field -> factor, of what was given or settled.
    note : str
        The facilitator's reason.
    """

    kind: Kind
    at: datetime
    participant: str = ""
    risk: str = ""
    values: Mapping[str, float] = field(default_factory=dict)
    note: str = ""

    def to_table(self) -> dict[str, Any]:
        """Return the event as a table that JSON can hold."""
        return {
            "kind": self.kind.value,
            "at": self.at.isoformat(),
            "participant": self.participant,
            "risk": self.risk,
            "values": dict(self.values),
            "note": self.note,
        }

    @classmethod
    def from_table(cls, table: Mapping[str, Any]) -> Event:
        """Return the event that `to_table` wrote; ValueError or KeyError when it is none."""
        return cls(
            Kind(table["kind"]),
            datetime.fromisoformat(table["at"]),
            str(table["participant"]),
            str(table["risk"]),
            {str(k): float(v) for k, v in table["values"].items()},
            str(table["note"]),
        )


@dataclass(frozen=True)
class Settlement:
    """What the facilitator settled for a risk."""

    values: Mapping[str, float]
    note: str
    at: datetime


@dataclass(frozen=True)
class Session:
    """A workshop at one moment; `after` leads to the next.

    Attributes
    ----------
    title : str
    scheme : Scheme
    items : tuple of Item
        The agenda in order.
    participants : tuple of str
        In the order of joining, those released included.
    present : frozenset of str
        Names in use now.
    current : str
        Code of the risk on the screen, empty before the first.
    given : mapping of str to mapping of str to mapping of str to float
        Risk -> participant -> field -> factor.
    revealed : frozenset of str
        Risks whose spread the participants may see.
    settled : mapping of str to Settlement
    is_closed : bool
    events : tuple of Event
    """

    title: str
    scheme: Scheme
    items: tuple[Item, ...]
    participants: tuple[str, ...] = ()
    present: frozenset[str] = frozenset()
    current: str = ""
    given: Mapping[str, Mapping[str, Mapping[str, float]]] = field(default_factory=dict)
    revealed: frozenset[str] = frozenset()
    settled: Mapping[str, Settlement] = field(default_factory=dict)
    is_closed: bool = False
    events: tuple[Event, ...] = ()

    def item(self, code: str) -> Item:
        """Return the item of a risk code; KeyError when it is not on the agenda."""
        for candidate in self.items:
            if candidate.code == code:
                return candidate
        raise KeyError(code)

    def after(self, event: Event) -> Session:
        """Return the session after an event.

        Raises
        ------
        WanggeError
            When the event cannot happen now: an unknown risk, a value outside the scheme's
            set, a name in use, a session that is closed.
        """
        if self.is_closed:
            raise WanggeError(translate("Wangge", "The workshop is closed."))
        if event.risk and all(item.code != event.risk for item in self.items):
            raise WanggeError(
                translate("Wangge", "The risk {code} is not on the agenda.").format(
                    code=event.risk[:40]
                )
            )
        changed = _CHANGES[event.kind](self, event)
        return replace(changed, events=(*self.events, event))


def checked_name(name: str) -> str:
    """Return a participant's name, trimmed; WanggeError when it cannot be one."""
    plain = " ".join(unicodedata.normalize("NFKC", name).split())
    if not plain or len(plain) > LONGEST_NAME or not _NAME.fullmatch(plain):
        raise WanggeError(
            translate(
                "Wangge", "Give a name of 1 to {most} letters, digits or Chinese characters."
            ).format(most=LONGEST_NAME)
        )
    return plain


def _joined(session: Session, event: Event) -> Session:
    name = event.participant
    if checked_name(name) != name:
        raise WanggeError(translate("Wangge", "The name has blanks too many."))
    if name in session.present:
        raise WanggeError(
            translate("Wangge", "The name {name} is in use. Choose another.").format(name=name)
        )
    if len(session.present) >= MOST_PARTICIPANTS:
        raise WanggeError(translate("Wangge", "The workshop is full."))
    known = session.participants
    return replace(
        session,
        participants=known if name in known else (*known, name),
        present=session.present | {name},
    )


def _released(session: Session, event: Event) -> Session:
    return replace(session, present=session.present - {event.participant})


def _chosen(session: Session, event: Event) -> Session:
    return replace(session, current=event.risk)


def _given(session: Session, event: Event) -> Session:
    if event.participant not in session.present:
        raise WanggeError(translate("Wangge", "Join the workshop with your name first."))
    if event.risk in session.settled:
        raise WanggeError(translate("Wangge", "This risk is settled already."))
    _check_values(session.scheme, event.values)
    votes = {**session.given.get(event.risk, {}), event.participant: dict(event.values)}
    return replace(session, given={**session.given, event.risk: votes})


def _revealed(session: Session, event: Event) -> Session:
    return replace(session, revealed=session.revealed | {event.risk})


def _settled(session: Session, event: Event) -> Session:
    _check_values(session.scheme, event.values)
    if len(event.note) > LONGEST_NOTE:
        raise WanggeError(
            translate("Wangge", "Keep the note below {most} characters.").format(most=LONGEST_NOTE)
        )
    settlement = Settlement(dict(event.values), event.note, event.at)
    return replace(
        session,
        settled={**session.settled, event.risk: settlement},
        revealed=session.revealed | {event.risk},
    )


def _reopened(session: Session, event: Event) -> Session:
    left = {code: s for code, s in session.settled.items() if code != event.risk}
    return replace(session, settled=left, revealed=session.revealed - {event.risk})


def _closed(session: Session, _: Event) -> Session:
    return replace(session, is_closed=True)


_CHANGES = {
    Kind.JOINED: _joined,
    Kind.RELEASED: _released,
    Kind.CHOSEN: _chosen,
    Kind.GIVEN: _given,
    Kind.REVEALED: _revealed,
    Kind.SETTLED: _settled,
    Kind.REOPENED: _reopened,
    Kind.CLOSED: _closed,
}


def _check_values(scheme: Scheme, values: Mapping[str, float]) -> None:
    if set(values) != set(scheme.fields):
        raise WanggeError(
            translate("Wangge", "Give one value for each of {fields}.").format(
                fields=", ".join(f.title for f in scheme.factors)
            )
        )
    problems = score(scheme, {k: np.array([v], float) for k, v in values.items()}).problems
    if problems:
        raise WanggeError(problems[0].message)


def outcome(scheme: Scheme, values: Mapping[str, float]) -> tuple[float, str]:
    """Return the score and level of one set of factors; ValueError when it gives none."""
    result = score(scheme, {k: np.array([v], float) for k, v in values.items()})
    if not result.scored.all() or not len(result.scores):
        raise ValueError("the factors give no score")
    return float(result.scores[0]), str(result.levels[0])


@dataclass(frozen=True)
class Range:
    """How far opinions on one number lie apart; ``agreement`` is the share at the commonest."""

    median: float
    low: float
    high: float
    agreement: float


@dataclass(frozen=True)
class Spread:
    """What the participants gave for one risk.

    Attributes
    ----------
    count : int
        How many gave factors.
    factors : mapping of str to Range
        By field; the median is one of the scheme's values (of two middle ones the worse).
    score : Range
    levels : mapping of str to int
        Level -> participants whose factors give it.
    proposal : mapping of str to float
        The median of each factor: what the facilitator may settle.
    is_consensus : bool
        True when all arrive at the same level.
    """

    count: int
    factors: Mapping[str, Range]
    score: Range
    levels: Mapping[str, int]
    proposal: Mapping[str, float]
    is_consensus: bool


def spread(session: Session, code: str) -> Spread | None:
    """Return how far opinions on a risk lie apart; None while nobody gave any."""
    votes = list(session.given.get(code, {}).values())
    if not votes:
        return None
    columns = {f: np.array([v[f] for v in votes], float) for f in session.scheme.fields}
    result = score(session.scheme, columns)
    factors = {f: _range(values) for f, values in columns.items()}
    levels: dict[str, int] = {}
    for level in result.levels:
        levels[str(level)] = levels.get(str(level), 0) + 1
    return Spread(
        count=len(votes),
        factors=factors,
        score=_range(result.scores),
        levels=levels,
        proposal={f: r.median for f, r in factors.items()},
        is_consensus=len(levels) == 1,
    )


def _range(values: np.ndarray) -> Range:
    ordered = np.sort(values)
    # Between two steps of a scheme there is no value: take the upper of the middle ones.
    median = float(ordered[len(ordered) // 2])
    commonest = int(np.unique(values, return_counts=True)[1].max())
    return Range(median, float(ordered[0]), float(ordered[-1]), commonest / len(values))


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def replay(session: Session, events: Iterable[Event]) -> Session:
    """Return the session after events that happened before, e.g. read from the log."""
    for event in events:
        session = session.after(event)
    return session
