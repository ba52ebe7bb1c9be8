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


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def replay(session: Session, events: Iterable[Event]) -> Session:
    """Return the session after events that happened before, e.g. read from the log."""
    for event in events:
        session = session.after(event)
    return session
