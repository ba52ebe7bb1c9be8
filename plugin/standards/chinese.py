"""Chinese text as deliveries get it wrong: found, named and put right."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

from ..translation import translate

# Punctuation stays full-width in Chinese; only letters and digits are slips.
_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code - 0xFEE0).isalnum()}

FULL_WIDTH = re.compile("[" + "".join(map(chr, _HALF)) + "]")

#: Control and format characters nobody sees, and blanks that are no plain blank.
INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    "\u2000-\u200f\u2028-\u202f\u205f-\u2064\u2066-\u206f\u3000\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff9-\ufffb]"
)

#: Invisible characters that stand for a blank; the others vanish.
_BLANKS = re.compile("[\t\n\v\f\r\x85\xa0\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")

#: Blanks at either end.
EDGE_BLANK = re.compile(r"\A[ ]+|[ ]+\Z")


class FlawKind(Enum):
    """What can be wrong with a text whatever it says."""

    INVISIBLE = "invisible"
    FULL_WIDTH = "full_width"
    EDGE_BLANK = "edge_blank"


@dataclass(frozen=True)
class Flaw:
    """One flaw of a text: its kind, its first place (from 1) and the character there."""

    kind: FlawKind
    position: int
    character: str

    @property
    def message(self) -> str:
        """The end of a sentence about it, without the text itself."""
        messages = {
            FlawKind.INVISIBLE: translate(
                "Wangge", "the invisible character {character} at position {position}"
            ),
            FlawKind.FULL_WIDTH: translate(
                "Wangge", "the full-width character {character} at position {position}"
            ),
            FlawKind.EDGE_BLANK: translate("Wangge", "a blank at position {position}"),
        }
        return messages[self.kind].format(
            character=character_name(self.character), position=self.position
        )


def character_name(character: str) -> str:
    """Return a character as a reader can recognise it.

    What can be seen stands for itself in quotes, ``“１”``; what cannot is named,
    ``U+200B ZERO WIDTH SPACE``.
    """
    if character.isprintable() and not character.isspace() and not INVISIBLE.match(character):
        return f"“{character}”"
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()


def find_flaws(text: str) -> list[Flaw]:
    """Return the flaws of a text, at most one of each kind; [] when `clean_text` changes nothing."""
    found = []
    for kind, pattern in (
        (FlawKind.INVISIBLE, INVISIBLE),
        (FlawKind.FULL_WIDTH, FULL_WIDTH),
        (FlawKind.EDGE_BLANK, EDGE_BLANK),
    ):
        hit = pattern.search(text)
        if hit:
            found.append(Flaw(kind, hit.start() + 1, hit.group()[0]))
    return found


def to_half_width(text: str) -> str:
    """Return ``text`` with half-width letters and digits; Chinese punctuation stays."""
    return text.translate(_HALF)


def remove_invisible(text: str) -> str:
    """Return ``text`` without invisible characters; odd blanks become one plain blank."""
    return INVISIBLE.sub("", _BLANKS.sub(" ", text))


def clean_text(text: str) -> str:
    """Return ``text`` as it was meant: half-width letters and digits, nothing invisible, trimmed."""
    return to_half_width(remove_invisible(text)).strip(" ")
