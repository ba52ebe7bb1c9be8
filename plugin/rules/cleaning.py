"""Characters that do not belong into attributes, and the safe way to be rid of them."""

from __future__ import annotations

import re
import unicodedata

import numpy as np

from .text import Characters, character_set

BROKEN, INVISIBLE, FULL_WIDTH, BLANKS = "broken", "invisible", "full_width", "blanks"

#: Stands for "set to nothing" in a finding's fix, where "" means that no fix is known.
EMPTY = "∅"

# Line feed and tab may stand inside a note.
_INVISIBLE = (
    (0x00, 0x08), (0x0B, 0x1F), (0x7F, 0x9F), (0xA0, 0xA0), (0xAD, 0xAD), (0x061C, 0x061C),
    (0x115F, 0x1160), (0x180E, 0x180E), (0x2000, 0x200F), (0x2028, 0x202F), (0x205F, 0x206F),
    (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF9, 0xFFFB),
)  # fmt: skip
_FULL_WIDTH = ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
_BROKEN = ((0xD800, 0xDFFF), (0xE000, 0xF8FF), (0xFFFD, 0xFFFD))
_BLANKS = ((0x09, 0x0D), (0x20, 0x20), (0x85, 0x85), (0x3000, 0x3000))


def _pattern(*ranges: tuple[int, int]) -> re.Pattern[str]:
    inside = "".join(f"{re.escape(chr(a))}-{re.escape(chr(b))}" for a, b in ranges)
    return re.compile(f"[{inside}]")


_FIND_INVISIBLE = _pattern(*_INVISIBLE)
_FIND_FULL_WIDTH = _pattern(*_FULL_WIDTH)
_FIND_BROKEN = _pattern(*_BROKEN)
# Spaces of other widths separate words; removing them would join the words.
_FIND_ODD_SPACE = re.compile("[\u00a0\u2000-\u200a\u202f\u205f]")
_ENDS = "".join(chr(c) for a, b in _BLANKS for c in range(a, b + 1))
_ANYWHERE = character_set(*_INVISIBLE, *_FULL_WIDTH, *_BROKEN)
_AT_ENDS = character_set(*_BLANKS)


def needs_cleaning(characters: Characters) -> np.ndarray:
    """Return which values hold a character that does not belong there."""
    return characters.holds(_ANYWHERE) | characters.bordered_by(_AT_ENDS)


def kind_of(text: str) -> str:
    """Return the worst thing wrong with ``text``, "" when it is clean."""
    if _FIND_BROKEN.search(text):
        return BROKEN
    if _FIND_INVISIBLE.search(text):
        return INVISIBLE
    if _FIND_FULL_WIDTH.search(text):
        return FULL_WIDTH
    return BLANKS if text != text.strip(_ENDS) else ""


def clean(text: str) -> str:
    """Return ``text`` without invisible characters, end blanks, full-width digits and letters."""
    text = _FIND_ODD_SPACE.sub(" ", text)
    text = _FIND_INVISIBLE.sub("", text)
    text = _FIND_FULL_WIDTH.sub(lambda m: unicodedata.normalize("NFKC", m.group()), text)
    return text.strip(_ENDS)


def visible(text: str) -> str:
    """Return ``text`` with invisible and broken characters written as U+XXXX."""
    text = _FIND_INVISIBLE.sub(_code_point, text)
    return _FIND_BROKEN.sub(_code_point, text)


def _code_point(match: re.Match[str]) -> str:
    return f"<U+{ord(match.group()):04X}>"
