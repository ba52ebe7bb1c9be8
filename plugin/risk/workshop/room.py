"""The workshop's one live place: many threads act, each action is whole."""

from __future__ import annotations

import hmac
import secrets
import threading
from collections.abc import Mapping
from typing import Any

from ...errors import WanggeError
from ...translation import translate
from .log import EventLog
from .opinions import outcome, spread
from .session import Event, Kind, Session, checked_name, now, replay

# Without 0/O, 1/I/L: the code is read off a projector.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # pragma: allowlist secret
_CODE_LENGTH = 8


class Room:
    """Holds a session for the dock and the page; every method may be called from any thread.

    Parameters
    ----------
    session : Session
        As it begins; what the log already holds is carried on.
    log : EventLog, optional

    Attributes
    ----------
    code : str
        What participants type to be let in.
    """

    def __init__(self, session: Session, log: EventLog | None = None):
        self._lock = threading.Lock()
        self._log = log
        self._tokens: dict[str, str] = {}
        self.code = "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))
        if not session.items:
            raise WanggeError(
                translate("Wangge", "There is no risk on the agenda. Select risks to assess first.")
            )
        if log is not None:
            events, broken = log.read()
            session = replay(session, events)
            if broken:
                self.warning = translate(
                    "Wangge", "Lines {lines} of the log {path} cannot be read; they were left."
                ).format(lines=", ".join(map(str, broken)), path=log.path)
        self._session = session
        for name in sorted(session.present):
            # Phones of an earlier run hold no valid token: their names are free again.
            if not session.is_closed:
                self._happen(Event(Kind.RELEASED, now(), name))

    #: What the facilitator should know about the log; empty when it is whole.
    warning = ""

    @property
    def session(self) -> Session:
        """The session as it is now."""
        with self._lock:
            return self._session

    def is_code(self, text: str) -> bool:
        """Return True for the session code, in a time that does not tell how much is right."""
        return hmac.compare_digest("".join(text.split()).upper().encode(), self.code.encode())

    def join(self, name: str) -> str:
        """Let a participant in; return the token by which the page speaks for them."""
        name = checked_name(name)
        with self._lock:
            self._happen(Event(Kind.JOINED, now(), name))
            token = secrets.token_urlsafe(24)
            self._tokens[token] = name
            return token

    def participant(self, token: str) -> str | None:
        """Return whom a token belongs to, None for nobody."""
        given = token.encode()
        with self._lock:
            for known, name in self._tokens.items():
                if hmac.compare_digest(given, known.encode()):
                    return name
        return None

    def give(self, name: str, risk: str, values: Mapping[str, float]) -> None:
        """Note a participant's factors for a risk, from the page or the facilitator's keyboard."""
        self._act(Event(Kind.GIVEN, now(), name, risk, dict(values)))

    def add_participant(self, name: str) -> None:
        """Name somebody without a phone, whose factors the facilitator types."""
        self._act(Event(Kind.JOINED, now(), checked_name(name)))

    def release(self, name: str) -> None:
        """Free a name, e.g. of a lost phone; what was given under it stays."""
        with self._lock:
            self._happen(Event(Kind.RELEASED, now(), name))
            self._tokens = {t: n for t, n in self._tokens.items() if n != name}

    def choose(self, risk: str) -> None:
        """Put a risk on the screen."""
        self._act(Event(Kind.CHOSEN, now(), risk=risk))

    def reveal(self, risk: str) -> None:
        """Show the spread to the participants."""
        self._act(Event(Kind.REVEALED, now(), risk=risk))

    def settle(self, risk: str, values: Mapping[str, float], note: str = "") -> None:
        """Settle the factors of a risk."""
        self._act(Event(Kind.SETTLED, now(), risk=risk, values=dict(values), note=note))

    def reopen(self, risk: str, note: str = "") -> None:
        """Take a settlement back."""
        self._act(Event(Kind.REOPENED, now(), risk=risk, note=note))

    def close(self) -> None:
        """End the workshop; nothing more is noted."""
        self._act(Event(Kind.CLOSED, now()))

    def _act(self, event: Event) -> None:
        with self._lock:
            self._happen(event)

    def _happen(self, event: Event) -> None:
        after = self._session.after(event)
        # What the log refuses did not happen.
        if self._log is not None:
            self._log.append(event)
        self._session = after

    def view(self, name: str) -> dict[str, Any]:
        """Return what a participant's page shows, as a table that JSON can hold."""
        session = self.session
        scheme = session.scheme
        view: dict[str, Any] = {
            "version": len(session.events),
            "title": session.title,
            "name": name,
            "closed": session.is_closed,
            "scheme": {"en": scheme.title_en, "zh": scheme.title_zh},
            "factors": [
                {
                    "field": f.field,
                    "symbol": f.symbol,
                    "en": f.title_en,
                    "zh": f.title_zh,
                    "values": [{"value": v.value, "en": v.en, "zh": v.zh} for v in f.values],
                }
                for f in scheme.factors
            ],
            "present": len(session.present),
            "settled": len(session.settled),
            "total": len(session.items),
            "risk": None,
        }
        if session.current:
            view["risk"] = self._risk(session, session.current, name)
        return view

    @staticmethod
    def _risk(session: Session, code: str, name: str) -> dict[str, Any]:
        item = session.item(code)
        votes = session.given.get(code, {})
        risk: dict[str, Any] = {
            "code": item.code,
            "name": item.name,
            "category": item.category,
            "address": item.address,
            "description": item.description,
            "number": session.items.index(item) + 1,
            "given": len(votes),
            "mine": votes.get(name),
            "spread": None,
            "settled": None,
        }
        opinions = spread(session, code)
        # Nobody shall lean on the others before having thought.
        if opinions and code in session.revealed:
            risk["spread"] = {
                "factors": {f: [r.low, r.median, r.high] for f, r in opinions.factors.items()},
                "levels": dict(opinions.levels),
                "consensus": opinions.is_consensus,
            }
        if code in session.settled:
            values = session.settled[code].values
            points, level = outcome(session.scheme, values)
            risk["settled"] = {"values": dict(values), "score": points, "level": level}
        return risk
