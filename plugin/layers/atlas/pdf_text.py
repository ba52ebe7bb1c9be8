"""Make Chinese text in a PDF searchable: Qt writes 风 as the radical ⻛, which nobody types."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

# Fonts draw a radical and its character with one glyph; Qt notes the lower code, the radical.
# Unicode's compatibility mapping covers the Kangxi radicals, not these of the supplement.
_PAIRS = (
    "⺟母⺠民⻁虎⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马"
    "⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟"
)
_CHARACTERS = {
    **dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True)),
    **{chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)},
}
_MAP = re.compile(rb"beginbfrange\n.*?endbfrange", re.S)
# What glyphs mean stands in brackets; before it, which glyphs they are.
_MEANINGS = re.compile(rb"\[[^\]]*\]")
_RADICAL = re.compile(rb"<(2[EF][0-9A-F]{2})>")


def make_searchable(path: Path) -> int:
    """Replace radicals by their characters in the text maps of a PDF; return how many.

    The replacements are as long as what they replace, so that no offset in the file changes.
    Maps that are compressed are left as they are.
    """
    content = path.read_bytes()
    changed = 0

    def meaning(found: re.Match[bytes]) -> bytes:
        nonlocal changed
        character = _CHARACTERS.get(chr(int(found[1], 16)))
        if character is None:
            return found[0]
        changed += 1
        return b"<%04X>" % ord(character)

    def meanings(block: re.Match[bytes]) -> bytes:
        return _MEANINGS.sub(lambda found: _RADICAL.sub(meaning, found[0]), block[0])

    better = _MAP.sub(meanings, content)
    if changed:
        path.write_bytes(better)
    return changed
