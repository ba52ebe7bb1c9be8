"""Chinese addresses in one form, so that two spellings of a place can be matched."""

from __future__ import annotations

import re
import unicodedata

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_NUMERAL = "零〇○一二三四五六七八九十百千两"

# A numeral counts things only before these; elsewhere it is part of a name (三环路, 五一路).
_COUNTED = re.compile(rf"([{_NUMERAL}]+)(?=号|栋|幢|座|楼|单元|层|室|弄|组|段|期|区)")
_BUILDING = re.compile(r"([0-9]+)(?:号楼|号栋|幢|座)")
_LETTERED_BUILDING = re.compile(r"([A-Z])(?:座|幢|栋)")
_LEADING_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")
_BETWEEN_NUMBERS = re.compile(r"(?<=[0-9])[-—–―~～_之至]+(?=[0-9])")


def chinese_number(text: str) -> int | None:
    """Return the number that Chinese numerals below ten thousand spell, None if they spell none.

    Takes both ways of writing: ``"一百二十三"`` and ``"一二三"`` are 123.
    """
    if not text or any(c not in _DIGITS and c not in _UNITS for c in text):
        return None
    if not any(c in _UNITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total, digit, last_unit = 0, None, 10_000
    for c in text:
        if c in _UNITS:
            unit = _UNITS[c]
            if unit >= last_unit or (digit is None and total and unit > 10):
                return None
            total += (1 if digit is None else digit) * unit
            digit, last_unit = None, unit
        else:
            if digit:  # two digits in a row beside a unit
                return None
            digit = _DIGITS[c]
    return total + (digit or 0)


def normalise_address(text: str) -> str:
    """Return an address in the form in which addresses are compared.

    Half-width, upper case, no blanks or punctuation, counted numerals in digits without
    leading zeros (一百二十三号 → 123号), one word for a building (3号楼, 3幢 → 3栋). The result is
    for matching, not for showing; applying it twice changes nothing.
    """
    plain = unicodedata.normalize("NFKC", text).upper()
    # Upper case can bring back what NFKC had composed.
    plain = unicodedata.normalize("NFKC", plain)
    plain = _BETWEEN_NUMBERS.sub("-", plain)
    plain = "".join(c for c in plain if c == "-" or unicodedata.category(c)[0] in "LN")
    plain = re.sub(r"(?<![0-9])-+|-+(?![0-9])", "", plain)
    plain = _COUNTED.sub(_counted, plain)
    plain = _LEADING_ZEROS.sub("", plain)
    plain = _BUILDING.sub(r"\1栋", plain)
    return _LETTERED_BUILDING.sub(r"\1栋", plain)


def _counted(match: re.Match[str]) -> str:
    number = chinese_number(match.group(1))
    return match.group(1) if number is None else str(number)
