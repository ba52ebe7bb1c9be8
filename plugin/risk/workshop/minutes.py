"""The minutes of a workshop as one HTML page that prints well."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo
from html import escape

from ...standards.domains import RISK_COLOURS, domain
from ...translation import is_chinese, translate
from .opinions import Range, outcome, spread
from .session import Item, Kind, Session

_STYLE = """
body { font: 12pt/1.5 "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif;
  margin: 2cm; color: #111; }
table { border-collapse: collapse; width: 100%; margin: .5em 0 1.5em; }
th, td { border: 1px solid #888; padding: .2em .5em; text-align: left; vertical-align: top; }
th { background: #eee; }
h2 { page-break-after: avoid; }
table { page-break-inside: avoid; }
.level { border: 2px solid #222; border-radius: .3em; padding: 0 .4em; white-space: nowrap; }
"""

# What makes a risk one that was talked about.
_HEARD = (Kind.GIVEN, Kind.SETTLED, Kind.REOPENED)


@dataclass(frozen=True)
class SettledRisk:
    """What the register takes over from a workshop."""

    code: str
    values: Mapping[str, float]
    score: float
    level: str
    reason: str


def settled_risks(session: Session) -> tuple[SettledRisk, ...]:
    """Return the settled risks in the order of the agenda, for the register."""
    results = []
    for item in session.items:
        if item.code in session.settled:
            settlement = session.settled[item.code]
            points, level = outcome(session.scheme, settlement.values)
            reason = settlement.note or session.title
            results.append(SettledRisk(item.code, settlement.values, points, level, reason))
    return tuple(results)


def minutes_html(session: Session, *, zone: tzinfo | None = None) -> str:
    """Return the minutes of a session: who took part, opinions, spread, what was settled.

    Parameters
    ----------
    session : Session
    zone : tzinfo, optional
        Time zone of the times shown; this machine's when not given.
    """
    title = escape(session.title or translate("Wangge", "Risk workshop"))
    rows = [
        (translate("Wangge", "Time"), _time(session, zone)),
        (translate("Wangge", "Scheme"), f"{session.scheme.title} ({session.scheme.reference})"),
        (translate("Wangge", "Participants"), ", ".join(session.participants)),
        (
            translate("Wangge", "Settled"),
            translate("Wangge", "{settled} of {total} risks").format(
                settled=len(session.settled), total=len(session.items)
            ),
        ),
    ]
    facts = "".join(f"<tr><th>{escape(k)}</th><td>{escape(v)}</td></tr>" for k, v in rows)
    language = "zh-CN" if is_chinese() else "en"
    heard = {e.risk for e in session.events if e.kind in _HEARD}
    parts = [
        _risk(session, number) for number, item in enumerate(session.items) if item.code in heard
    ]
    parts.append(_not_discussed([item for item in session.items if item.code not in heard]))
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body><h1>{title}</h1>"
        f"<table>{facts}</table>{''.join(parts)}</body></html>\n"
    )


def _time(session: Session, zone: tzinfo | None) -> str:
    if not session.events:
        return ""
    first, last = (session.events[i].at.astimezone(zone) for i in (0, -1))
    return f"{first:%Y-%m-%d %H:%M} – {last:%Y-%m-%d %H:%M}"


def _level(name: str) -> str:
    red, green, blue = RISK_COLOURS[name]
    ink = "#fff" if 0.299 * red + 0.587 * green + 0.114 * blue < 128 else "#000"
    label = escape(domain("risk_level")[name].label)
    return (
        f'<span class="level" style="background:rgb({red},{green},{blue});color:{ink}">'
        f"{label}</span>"
    )


def _risk(session: Session, number: int) -> str:
    item = session.items[number]
    scheme = session.scheme
    place = escape(" · ".join(t for t in (item.code, item.category, item.address) if t))
    heads = [translate("Wangge", "Participant")]
    heads += [f"{f.title} ({f.symbol})" for f in scheme.factors]
    heads += [translate("Wangge", "Score"), translate("Wangge", "Level")]
    rows = []
    votes = session.given.get(item.code, {})
    for name in session.participants:
        if name in votes:
            rows.append(_row(session, escape(name), votes[name]))
    opinions = spread(session, item.code)
    if opinions:
        ranges = [_range(opinions.factors[f]) for f in scheme.fields]
        levels = " ".join(f"{_level(k)} × {n}" for k, n in opinions.levels.items())
        label = translate("Wangge", "Median (range), agreement")
        cells = "".join(f"<td>{r}</td>" for r in [*ranges, _range(opinions.score)])
        rows.append(f"<tr><th>{escape(label)}</th>{cells}<td>{levels}</td></tr>")
    note = ""
    if item.code in session.settled:
        settlement = session.settled[item.code]
        label = f"<b>{escape(translate('Wangge', 'Settled'))}</b>"
        rows.append(_row(session, label, settlement.values))
        note = f"<p>{escape(settlement.note)}</p>" if settlement.note else ""
    reopened = sum(e.kind is Kind.REOPENED and e.risk == item.code for e in session.events)
    if reopened:
        text = translate("Wangge", "Reopened {count} times.").format(count=reopened)
        note += f"<p>{escape(text)}</p>"
    head = "".join(f"<th>{escape(h)}</th>" for h in heads)
    table = f"<table><tr>{head}</tr>{''.join(rows)}</table>" if rows else ""
    return f"<h2>{number + 1}. {escape(item.name)}</h2><p>{place}</p>{table}{note}"


def _not_discussed(items: list[Item]) -> str:
    """Return the names of what nobody spoke about: a page of them, not a page for each."""
    if not items:
        return ""
    heading = escape(translate("Wangge", "Not discussed"))
    names = "; ".join(f"{item.name} ({item.code})" for item in items)
    return f"<h2>{heading}: {len(items)}</h2><p>{escape(names)}</p>"


def _row(session: Session, label: str, values: Mapping[str, float]) -> str:
    points, level = outcome(session.scheme, values)
    cells = "".join(f"<td>{values[f]:g}</td>" for f in session.scheme.fields)
    return f"<tr><td>{label}</td>{cells}<td>{points:g}</td><td>{_level(level)}</td></tr>"


def _range(numbers: Range) -> str:
    return f"{numbers.median:g} ({numbers.low:g}–{numbers.high:g}), {numbers.agreement:.0%}"
