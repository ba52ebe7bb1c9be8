"""What the cells of a spreadsheet mean: dates, phones, codes, levels, numbers."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from math import isfinite

from ...standards.domains import domain
from ..schemes import Factor

_INVISIBLE = dict.fromkeys([*range(0x200B, 0x2010), 0x2060, 0xFEFF, 0xAD])
_EMPTY_MARKS = {"", "/", "\\", "-", "--", "—", "——", "无", "暂无", "N/A", "n/a", "#N/A", "null"}
_DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?(?:\s+[\d:]+)?")
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_LEADING_NUMBER = re.compile(
    r"([0-9]+(?:\.[0-9]+)?)\s*(?:分|级)?\s*(?:[(\[:：、.,;].*)?", re.DOTALL
)
_PHONE = re.compile(r"(?:\+?86-?)?(?:1\d{10}|0\d{2,3}-?\d{7,8}(?:-\d{1,6})?|\d{7,8}|\d{3,6})")
_PHONE_SEPARATORS = re.compile(r"[/、,;\s]+")
_COLOURS = {"红": "red", "橙": "orange", "黄": "yellow", "蓝": "blue"}

# Serial day numbers of 1954 to 2119; other numbers are no dates of a register.
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000
_SERIAL_ZERO = date(1899, 12, 30)

#: Digits a spreadsheet keeps of a number; the rest are zeros, whatever was typed.
_KEPT_DIGITS = 15


def as_text(value: object) -> str:
    """Return a cell as the text that a person typed; ``""`` for nothing.

    Whole floats lose their ``.0``; invisible characters and outer blanks go.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e18:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else str(value)
    return str(value).translate(_INVISIBLE).strip()


def folded(text: str) -> str:
    """Return text for comparison: one width, small letters, no blanks."""
    text = unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).lower()
    return "".join(text.split())


def is_blank(value: object) -> bool:
    """Return True for a cell that says nothing, be it with a dash or 无."""
    return as_text(value) in _EMPTY_MARKS


def as_number(value: object, factor: Factor | None = None) -> float | None:
    """Return the number in a cell, None when there is none to be sure of.

    Takes ``"6分"`` and ``"6（相当可能）"``, and for a factor one of its descriptions.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value) if isfinite(value) else None
    text = unicodedata.normalize("NFKC", as_text(value))
    if factor:
        for entry in factor.values:
            if folded(text) in (folded(entry.zh), folded(entry.en)):
                return entry.value
    match = _LEADING_NUMBER.fullmatch(text)
    return float(match[1]) if match else None


def as_date(value: object) -> date | None:
    """Return the day in a cell: a date, a serial day number or one of the usual spellings."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool):
        return None
    text = unicodedata.normalize("NFKC", as_text(value))
    match = _DAY.fullmatch(text) or _COMPACT_DAY.fullmatch(text)
    if match:
        try:
            return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            return None
    try:
        serial = float(text)
    except ValueError:
        return None
    if _FIRST_SERIAL <= serial <= _LAST_SERIAL:
        return _SERIAL_ZERO + timedelta(days=int(serial))
    return None


def as_phone(value: object) -> tuple[str, bool]:
    """Return a phone number as text, and whether it looks like one.

    Several numbers in a cell stay together, separated by ``/``.
    """
    text = unicodedata.normalize("NFKC", as_text(value))
    if re.fullmatch(r"\d(\.\d+)?[eE]\+?\d{1,2}", text):
        text = as_text(float(text))
    text = re.sub(r"(?<=\d)\.0$", "", text).replace("—", "-").replace("－", "-")
    text = re.sub(r"\((\d{3,4})\)", r"\1-", text)
    # 138 1234 5678 is one number, 13812345678 13912345678 are two.
    parts = _PHONE_SEPARATORS.split(text)
    joined = "".join(parts)
    if re.fullmatch(r"1\d{10}", joined):
        parts = [joined]
    numbers = [p for p in parts if p]
    return "/".join(numbers), bool(numbers) and all(_PHONE.fullmatch(n) for n in numbers)


def as_code(value: object) -> tuple[str, bool]:
    """Return a code as text, and whether it is whole.

    A code of more than 15 digits kept as a number has lost its last digits for good.
    """
    text = re.sub(r"(?<=\d)\.0$", "", as_text(value)).replace(" ", "")
    if isinstance(value, int | float) and not isinstance(value, bool):
        whole = float(value).is_integer() and len(text) <= _KEPT_DIGITS
        return text, whole
    return text, not re.fullmatch(r"\d(\.\d+)?[eE]\+?\d+", text)


def as_level(value: object) -> str | None:
    """Return the level that a cell names by word, colour, rank or number; None when unclear."""
    text = unicodedata.normalize("NFKC", as_text(value))
    levels = domain("risk_level")
    ranks = {"1级": "一级", "2级": "二级", "3级": "三级", "4级": "四级"}
    parts = [text, *re.split(r"[()\[\]/、,;\s]+", text)]
    for part in parts:
        part = folded(part)
        for spelling in (
            part,
            part.removesuffix("风险"),
            part.removesuffix("等级"),
            ranks.get(part),
        ):
            found = levels.recognise(spelling) if spelling else None
            if found:
                return found
    colours = {level for sign, level in _COLOURS.items() if sign in text}
    return colours.pop() if len(colours) == 1 else None


def as_degrees(value: object) -> float | None:
    """Return a coordinate: a number, or degrees, minutes and seconds (``106°33′12″``)."""
    number = None if isinstance(value, bool) else _plain_number(value)
    if number is not None:
        return number
    text = unicodedata.normalize("NFKC", as_text(value))
    match = re.fullmatch(
        r"[EWNS东北]?经?纬?\s*(\d{1,3})\s*[°度]\s*(?:(\d{1,2})\s*['′´‘’分]\s*)?"
        r"(?:(\d{1,2}(?:\.\d+)?)\s*(?:[\"″“”秒]|''|′′)?)?\s*[EN]?",
        text,
    )
    if not match or float(match[2] or 0) >= 60 or float(match[3] or 0) >= 60:
        return None
    return float(match[1]) + float(match[2] or 0) / 60 + float(match[3] or 0) / 3600


def _plain_number(value: object) -> float | None:
    if isinstance(value, int | float):
        return float(value)
    text = unicodedata.normalize("NFKC", as_text(value)).rstrip("°度").strip()
    text = re.sub(r"^(?:东经|北纬|[en])\s*", "", text, flags=re.IGNORECASE)
    return float(text) if re.fullmatch(r"[-+]?\d+(\.\d+)?", text) else None
