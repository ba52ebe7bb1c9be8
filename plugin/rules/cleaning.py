"""Find texts that hold characters which do not belong into attributes, many at a time."""

from __future__ import annotations

import re
from functools import cache

import numpy as np

from ..standards.chinese import EDGE_BLANK, FULL_WIDTH, INVISIBLE, clean_text
from .text import Characters

#: Stands for "set to nothing" in a finding's fix, where "" means that no fix is known.
EMPTY = "∅"

#: Lone surrogates, private use, the replacement character: marks of a wrong encoding.
BROKEN = re.compile("[\ud800-\udfff\ue000-\uf8ff\ufffd]")

KINDS = (BROKEN, INVISIBLE, FULL_WIDTH, EDGE_BLANK)


@cache
def _anywhere() -> np.ndarray:
    plane = "".join(map(chr, range(0x10000)))
    table = np.zeros(len(plane), bool)
    for kind in KINDS[:3]:
        for found in kind.finditer(plane):
            table[found.start() : found.end()] = True
    return table


@cache
def _at_ends() -> np.ndarray:
    table = np.zeros(0x10000, bool)
    table[ord(" ")] = True
    return table


def needs_cleaning(characters: Characters) -> np.ndarray:
    """Return which values hold a character that does not belong there."""
    return characters.holds(_anywhere()) | characters.bordered_by(_at_ends())


def kind_of(text: str) -> re.Pattern[str] | None:
    """Return the worst of `KINDS` wrong with ``text``, None when it is clean."""
    return next((kind for kind in KINDS if kind.search(text)), None)


def fix_of(text: str) -> str:
    """Return the clean text, `EMPTY` where nothing is left, "" where no fix is safe."""
    return "" if BROKEN.search(text) else clean_text(text) or EMPTY


def visible(text: str) -> str:
    """Return ``text`` with invisible and broken characters written as U+XXXX."""
    for kind in (INVISIBLE, BROKEN):
        text = kind.sub(lambda m: f"<U+{ord(m.group()):04X}>", text)
    return text
