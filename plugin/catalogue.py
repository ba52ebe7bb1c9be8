"""Qt's compiled message catalogue read without Qt, for processes that work where no QGIS is.

Source of the layout: Qt's ``qtranslator.cpp`` (sections of a tag byte, a length and data;
big-endian; texts as UTF-16 for translations, UTF-8 for sources).
"""

from __future__ import annotations

import struct
from pathlib import Path

_MAGIC = bytes.fromhex("3cb86418caef9c95cd211cbf60a1bddd")
_MESSAGES = 0x69
_END, _TRANSLATION, _SOURCE = 1, 3, 6


def read_catalogue(path: Path) -> dict[str, str]:
    """Return source text -> translation; empty when there is no catalogue at ``path``."""
    try:
        data = path.read_bytes()
    except OSError:
        return {}
    if data[:16] != _MAGIC:
        return {}
    place = 16
    while place + 5 <= len(data):
        tag, length = struct.unpack_from(">BI", data, place)
        if tag == _MESSAGES:
            return _messages(data[place + 5 : place + 5 + length])
        place += 5 + length
    return {}


def _messages(data: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    source = translation = ""
    place = 0
    while place < len(data):
        tag = data[place]
        place += 1
        if tag == _END:
            if source and translation:
                found[source] = translation
            source = translation = ""
            continue
        (length,) = struct.unpack_from(">I", data, place)
        place += 4
        if length == 0xFFFFFFFF:
            continue
        text = data[place : place + length]
        place += length
        if tag == _TRANSLATION:
            translation = text.decode("utf-16-be")
        elif tag == _SOURCE:
            source = text.decode("utf-8")
    return found
