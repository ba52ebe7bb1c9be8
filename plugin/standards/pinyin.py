"""Pinyin initials of Chinese names, for searching a class by a few keystrokes."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cache

from .tables import read_table

# Level 1 of GB 2312 is sorted by pinyin: where each initial begins.
_STARTS = (
    (0xB0A1, "a"), (0xB0C5, "b"), (0xB2C1, "c"), (0xB4EE, "d"), (0xB6EA, "e"), (0xB7A2, "f"),
    (0xB8C1, "g"), (0xB9FE, "h"), (0xBBF7, "j"), (0xBFA6, "k"), (0xC0AC, "l"), (0xC2E8, "m"),
    (0xC4C3, "n"), (0xC5B6, "o"), (0xC5BE, "p"), (0xC6DA, "q"), (0xC8BB, "r"), (0xC8F6, "s"),
    (0xCBFA, "t"), (0xCDDA, "w"), (0xCEF4, "x"), (0xD1B9, "y"), (0xD4D1, "z"),
)  # fmt: skip
_LEVEL_1_END = 0xD7F9
_FIRSTS = [start for start, _ in _STARTS]


@cache
def _listed() -> dict[str, str]:
    return {row["character"]: row["initials"] for row in read_table("pinyin_initials")}


@cache
def character_initials(character: str) -> str:
    """Return the initials a character can have, the usual one first.

    Latin letters and digits stand for themselves in lower case; punctuation and characters
    that are not known give the empty text.
    """
    listed = _listed().get(character)
    if listed:
        return listed
    plain = unicodedata.normalize("NFKC", character).lower()
    if plain.isascii():
        return plain if plain.isalnum() else ""
    try:
        code = int.from_bytes(character.encode("gb2312"), "big")
    except UnicodeEncodeError:
        return ""
    if not _FIRSTS[0] <= code <= _LEVEL_1_END:
        return ""
    return _STARTS[bisect_right(_FIRSTS, code) - 1][1]


def initials(text: str) -> str:
    """Return the usual pinyin initials of ``text``: ``"供水井盖"`` gives ``"gsjg"``."""
    return "".join(character_initials(c)[:1] for c in text)


def find_initials(text: str, typed: str) -> int:
    """Return where ``typed`` stands among the initials of ``text``, -1 when nowhere.

    Every reading of a character counts: ``调`` answers to ``t`` and to ``d``.
    """
    options = [found for c in text if (found := character_initials(c))]
    for start in range(len(options) - len(typed) + 1):
        if all(key in options[start + i] for i, key in enumerate(typed)):
            return start
    return -1


NO_MATCH = 9


def match_rank(code: str, name_zh: str, name_en: str, typed: str) -> int:
    """Return how well an entry answers to ``typed``: 0 is best, `NO_MATCH` is not at all.

    ``typed`` is in lower case and may be the beginning of a code, part of the Chinese name, the
    beginning of an English word, or pinyin initials.
    """
    chinese, english = name_zh.lower(), name_en.lower()
    if not typed or typed in (code, chinese):
        return 0
    at = find_initials(name_zh, typed)
    answers = (
        code.startswith(typed),
        chinese.startswith(typed),
        initials(name_zh) == typed,
        at == 0,
        typed in chinese,
        english.startswith(typed),
        re.search(rf"\b{re.escape(typed)}", english) is not None,
        at > 0,
    )
    return next((rank for rank, hit in enumerate(answers, start=1) if hit), NO_MATCH)
