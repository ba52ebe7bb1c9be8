"""Which encoding Chinese text is in, judged by its bytes: declarations are often wrong."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from ...errors import WanggeError
from ...standards.classes import class_table
from ...standards.editions import EDITIONS
from ...translation import translate

GB = "GB18030"
UTF8 = "UTF-8"
_FALLBACK = "cp1252"
# The language driver byte of dBASE, as far as deliveries use it.
_LDID = {
    0x01: "cp437",
    0x02: "cp850",
    0x03: "cp1252",
    0x4D: GB,
    0x4F: "cp950",
    0x57: "cp1252",
    0x7A: GB,
    0x7B: "cp932",
    0x78: "cp950",
}
# GB18030 holds GBK and GB2312: one reader for all three.
_GB_NAMES = {"gbk", "gb2312", "gb18030", "cp936", "936", "ansi 936", "ansi_936", "ms936"}

# Two or more signs and modifier letters beyond ASCII, no letter of any script among them.
_SIGNS = re.compile("[\u0080-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u02b0-\u036f]{2,}")


@dataclass(frozen=True)
class Encoding:
    """The encoding found and how sure that is.

    Attributes
    ----------
    name : str
        Name of a Python codec.
    how : str
        ``"given"``, ``"bytes"``, ``"declared"``, ``"guessed"`` or ``"file"`` (the
        format itself fixes it).
    declared : str
        What the file says of itself; empty when it says nothing.
    """

    name: str
    how: str
    declared: str = ""

    @property
    def contradicts(self) -> bool:
        """True when the bytes prove the file's own declaration wrong."""
        return bool(self.declared) and self.how == "bytes" and self.name != self.declared


def canonical(name: str) -> str:
    """Return the codec that a declaration or a user's wish names, "" when there is none."""
    text = name.strip().strip("\0").lower()
    if not text:
        return ""
    if text in _GB_NAMES:
        return GB
    if re.fullmatch(r"\d{3,5}", text):
        text = "utf-8" if text == "65001" else f"cp{text}"
    if re.fullmatch(r"8859\d{1,2}", text):
        text = f"iso-8859-{text[4:]}"
    try:
        found = codecs.lookup(text.replace("ansi ", "cp")).name
    except LookupError:
        return ""
    return UTF8 if found == "utf-8" else found


def required(name: str) -> str:
    """Return the codec the user asked for; WanggeError when there is no such encoding."""
    found = canonical(name)
    if name.strip() and not found:
        raise WanggeError(
            translate(
                "Wangge",
                "“{name}” is no known encoding. Use GBK, GB18030 or UTF-8, or leave the encoding "
                "empty to have it found.",
            ).format(name=name)
        )
    return found


def declared_by_ldid(value: int) -> str:
    """Return the codec that the language driver byte of a .dbf names, "" for none."""
    return _LDID.get(value, "")


def detect(values: Iterable[bytes], *, given: str = "", declared: str = "") -> Encoding:
    """Find the encoding of text by its bytes.

    Valid UTF-8 beyond ASCII is hardly ever an accident, and Chinese in GB18030 shows as
    common characters; either proves a declaration wrong. A single-byte declaration
    proves nothing, since it fits any bytes.

    Parameters
    ----------
    values : iterable of bytes
        Values of text fields, perhaps cut off in the middle of a character.
    given : str
        The user's choice, which wins.
    declared : str
        What .cpg or header say.
    """
    wish = required(given)
    stated = canonical(declared)
    if wish:
        return Encoding(wish, "given", stated)
    total = utf8 = gb = 0
    for value in values:
        if value.isascii():
            continue
        total += 1
        utf8 += _decoded(value, UTF8) is not None
        gb += _is_gb(value)
        if total >= 5000:
            break
    if not total:
        return Encoding(stated or UTF8, "declared" if stated else "guessed", stated)
    if utf8 >= 0.9 * total:
        return Encoding(UTF8, "bytes", stated)
    if gb >= 0.9 * total:
        return Encoding(GB, "bytes", stated)
    if stated not in ("", UTF8, GB):
        return Encoding(stated, "declared", stated)
    if stated:
        # A mixture: the declared encoding where it is the commoner one, else the other.
        name = stated if (utf8 >= gb) == (stated == UTF8) else (UTF8 if utf8 > gb else GB)
        return Encoding(name, "bytes", stated)
    if max(utf8, gb) >= 0.5 * total:
        return Encoding(UTF8 if utf8 >= gb else GB, "bytes", stated)
    return Encoding(_FALLBACK, "guessed", stated)


def _decoded(value: bytes, encoding: str) -> str | None:
    # `final=False` forgives a character cut off at the end of the field.
    try:
        return codecs.getincrementaldecoder(encoding)().decode(value, final=False)
    except UnicodeDecodeError:
        return None


def _is_gb(value: bytes) -> bool:
    text = _decoded(value, GB)
    beyond = [c for c in text or "" if not c.isascii()]
    # Accented Latin letters can pass for pairs too, but for rare characters: nearly all
    # of ordinary Chinese is in the first level of GB 2312.
    common = sum(_is_common(c) for c in beyond)
    return bool(beyond) and common * 2 >= len(beyond)


def _is_common(character: str) -> bool:
    try:
        first_level = character.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return False
    return first_level or character in _class_characters()


@cache
def _class_characters() -> frozenset[str]:
    # 箅 is rare in ordinary Chinese and on every second street.
    return frozenset("".join(c.name_zh for e in EDITIONS for c in class_table(e).values()))


def _commonness(text: str) -> float:
    beyond = [c for c in text if not c.isascii()]
    return sum(map(_is_common, beyond)) / len(beyond) if beyond else 1.0


def decode(value: bytes, encoding: str) -> tuple[str | None, bool]:
    """Decode a value, in another likely encoding where the main one does not fit.

    Returns
    -------
    str or None
        None when no likely encoding fits.
    bool
        True when another encoding had to be used.
    """
    main = _decoded(value, encoding)
    if value.isascii():
        return main, False
    if main is not None and encoding == UTF8:
        # Some GB18030 passes for UTF-8: 水路 for “ˮ·”, signs that no delivery strings together.
        gb = _decoded(value, GB) if _SIGNS.fullmatch(main.strip()) else None
        return (gb, True) if gb and _commonness(gb) == 1.0 else (main, False)
    if main is not None and encoding != GB:
        return main, False
    utf8 = _decoded(value, UTF8)
    if main is not None:
        # Some UTF-8 passes for GB18030, as rare characters; Chinese has three bytes in UTF-8.
        han = bool(utf8) and all(c.isascii() or c >= "\u2e80" for c in utf8 or "")
        better = han and _commonness(utf8 or "") > _commonness(main)
        return (utf8, True) if better else (main, False)
    other = utf8 if utf8 is not None else _decoded(value, GB)
    return other, other is not None
