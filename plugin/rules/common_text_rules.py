"""Common rules on texts: C6 value lists, C8 characters that do not belong there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from ..standards.chinese import clean_text
from ..standards.domains import DOMAINS
from ..translation import translate
from . import cleaning
from .finding import Severity
from .rows import Rows
from .rule import Hits, Late, Subject, describe
from .text import Coded

_LISTED_ELSEWHERE = {
    ("component", "class_code"),
    ("component", "status"),
    ("address", "kind"),
    ("risk", "level"),
    ("risk", "category"),
    ("risk", "scheme"),
}


def _check_lists(rows: Rows, context, parameters) -> Iterator[Hits]:
    for spec in context.layer.fields:
        listed = context.value_lists.get(spec.domain) if spec.domain else None
        skipped = (context.layer.name, spec.name) in _LISTED_ELSEWHERE
        if listed is None or skipped or not rows.has(spec.name):
            continue
        yield from not_listed(rows, spec.name, spec.domain)


def not_listed(rows: Rows, name: str, domain: str) -> Iterator[Hits]:
    """Yield rows whose value of ``name`` is neither empty nor in the list of the domain."""
    listed = rows.context.value_lists.get(domain)
    if listed is None:
        return
    coded = rows.coded(name)
    wrong = np.array([bool(v.strip()) and v not in listed for v in coded.values], bool)
    # A label or synonym of a listed value is no other value.
    fixes = [
        _meant(v, domain, listed) if bad else "" for v, bad in zip(coded.values, wrong, strict=True)
    ]
    found = np.flatnonzero(coded.spread(wrong))
    yield Hits(
        found,
        translate("Wangge", "“{value}” is not in the list of {field}. Choose one of: {listed}."),
        name,
        coded.pick(found),
        {"listed": ", ".join(sorted(map(str, listed))[:20])},
        [fixes[i] for i in coded.index[found].tolist()],
    )


def _meant(text: str, domain: str, listed) -> str:
    meant = clean_text(text)
    if meant not in listed and domain in DOMAINS:
        meant = DOMAINS[domain].recognise(meant) or ""
    return meant if meant in listed else ""


def _check_characters(rows: Rows, context, parameters) -> Iterator[Hits]:
    for spec in context.layer.fields:
        if not rows.has(spec.name) or rows.dtype(spec.name).kind != "O":
            continue
        coded = rows.coded(spec.name)
        suspects = np.flatnonzero(cleaning.needs_cleaning(coded.characters)).tolist()
        if not suspects:
            continue
        kinds = {i: cleaning.kind_of(coded.values[i]) for i in suspects}
        for kind, message in zip(cleaning.KINDS, _character_messages(), strict=True):
            wrong = np.zeros(len(coded.values), bool)
            wrong[[i for i in suspects if kinds[i] is kind]] = True
            found = np.flatnonzero(coded.spread(wrong))
            yield Hits(
                found,
                message,
                spec.name,
                Late(partial(_each, cleaning.visible, coded), found),
                fixes=Late(partial(_each, cleaning.fix_of, coded), found),
            )


def _each(change: Callable[[str], str], coded: Coded, rows: np.ndarray) -> list[str]:
    return [change(v) for v in coded.pick(rows)]


def _character_messages() -> tuple[str, ...]:
    """Return a sentence for each of `cleaning.KINDS`."""
    return (
        translate(
            "Wangge",
            "{field} holds broken or private characters: “{value}”. The encoding was wrong; "
            "import it again or type it anew.",
        ),
        translate("Wangge", "{field} holds invisible characters: “{value}”. Remove them."),
        translate("Wangge", "{field} holds full-width digits or letters: “{value}”. Use ASCII."),
        translate("Wangge", "{field} begins or ends with a blank: “{value}”. Trim it."),
    )


_rule = partial(describe, Subject.COMMON)
_E, _W = Severity.ERROR, Severity.WARNING

RULES = (
    _rule(
        "C6",
        _E,
        _check_lists,
        ("Values from the list", "取值在代码表内"),
        (
            "Coded values belong to the list of the declared edition.",
            "代码值应属于所声明标准版本的代码表。",
        ),
        tags=("attribute",),
    ),
    _rule(
        "C8",
        _W,
        _check_characters,
        ("Clean text", "文本无异常字符"),
        (
            "Invisible characters, blanks at the ends, full-width digits and letters, and "
            "characters left by a wrong encoding.",
            "不可见字符、首尾空白、全角数字字母、乱码字符。",
        ),
        tags=("attribute", "fixable"),
    ),
)
