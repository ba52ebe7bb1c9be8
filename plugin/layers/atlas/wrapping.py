"""Break Chinese text into lines: QGIS breaks at spaces only, and Chinese has none."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import QgsTextFormat
from qgis.PyQt.QtGui import QFont, QFontMetricsF

# What must not begin a line, and what must not end one (GB/T 15834).
_NOT_FIRST = frozenset("，。、；：？！）】》〉」』”’％%,.;:?!)]}…—～·")
_NOT_LAST = frozenset("（【《〈「『“‘([{")
_MM_PER_POINT = 25.4 / 72
# Fonts are measured large and scaled: small sizes are rounded to whole pixels.
_MEASURED = 200.0


def measure_of(text_format: QgsTextFormat) -> Callable[[str], float]:
    """Return a function from a character to its width in mm (of a format sized in points)."""
    font = QFont(text_format.font())
    font.setPixelSize(int(_MEASURED))
    metrics = QFontMetricsF(font)
    scale = text_format.size() * _MM_PER_POINT / _MEASURED
    known: dict[str, float] = {}

    def width(character: str) -> float:
        if character not in known:
            known[character] = metrics.horizontalAdvance(character) * scale
        return known[character]

    return width


def wrapped(text: str, limit: float, width: Callable[[str], float], *, most: int = 0) -> str:
    """Return text with line breaks so that no line is wider than ``limit`` mm.

    Parameters
    ----------
    text : str
        Its own line breaks are kept.
    limit : float
    width : callable
        Width of one character in mm, see `measure_of`.
    most : int
        Most lines; what is beyond is left out and marked by "…". 0 for all.
    """
    lines: list[str] = []
    for paragraph in text.replace("\r\n", "\n").split("\n"):
        lines.extend(_broken(paragraph, limit, width))
    if most and len(lines) > most:
        lines = lines[:most]
        last = lines[-1]
        while last and sum(map(width, last)) + width("…") > limit:
            last = last[:-1]
        lines[-1] = last + "…"
    return "\n".join(lines)


def _broken(paragraph: str, limit: float, width: Callable[[str], float]) -> list[str]:
    lines: list[str] = []
    start, used, at = 0, 0.0, 0
    while at < len(paragraph):
        used += width(paragraph[at])
        if used > limit and at > start:
            end = _break_before(paragraph, start, at)
            lines.append(paragraph[start:end].rstrip())
            start = end
            while start < len(paragraph) and paragraph[start] == " ":
                start += 1
            at, used = start, 0.0
            continue
        at += 1
    lines.append(paragraph[start:].rstrip())
    return lines


def _break_before(text: str, start: int, at: int) -> int:
    """Return where to break before ``at``: not inside a word or number, not before a comma."""
    for end in range(at, start, -1):
        before, after = text[end - 1], text[end]
        inside_word = _is_word(before) and _is_word(after)
        if not inside_word and after not in _NOT_FIRST and before not in _NOT_LAST:
            return end
    return at  # one word wider than the column


def _is_word(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character in "-_/.@")
