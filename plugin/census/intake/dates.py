"""Dates in the many spellings of deliveries."""

from __future__ import annotations

import datetime
import re
import unicodedata

import numpy as np

_SPELLINGS = (
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:[T ]?\d{2}:?\d{2}(?::?\d{2}(?:\.\d+)?)?)?"),
    re.compile(
        r"(?P<y>\d{4})\s*[-/.年]\s*(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})\s*[日号]?"
        r"(?:[T\s]*(?P<H>\d{1,2})[:时](?P<M>\d{1,2})(?:[:分](?P<S>\d{1,2})(?:\.\d+)?)?秒?)?"
        r"\s*(?:Z|[+-]\d{2}:?\d{2})?"
    ),
    # Only where the order of day and month leaves no doubt.
    re.compile(r"(?P<d>1[3-9]|2\d|3[01])[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{4})"),
    re.compile(r"(?P<m>\d{1,2})[-/.](?P<d>1[3-9]|2\d|3[01])[-/.](?P<y>\d{4})"),
)
_MONTH_ONLY = re.compile(r"(?P<y>\d{4})\s*[-/.年]\s*(?P<m>\d{1,2})\s*月?(?P<d>)")
_HAN = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_BLANK = {"", "-", "--", "/", "无", "null", "none", "nan", "nat", "0", "00000000", "不详", "未知"}
_EXCEL_EPOCH = datetime.date(1899, 12, 30)


def parse_date(value: object) -> datetime.datetime | str | None:
    """Read one value as a date with time.

    Returns
    -------
    datetime
        The date; a month without day is its first day.
    None
        The value means that there is none.
    str
        The value as text: it is no date.
    """
    if isinstance(value, datetime.datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, datetime.date):
        return datetime.datetime(value.year, value.month, value.day)
    if isinstance(value, bool) or value is None:
        return None if value is None else str(value)
    text = unicodedata.normalize("NFKC", str(value)).strip()
    if text.endswith(".0") and text[:-2].isdigit():
        text = text[:-2]
    if text.lower() in _BLANK:
        return None
    if text.isdecimal() and len(text) == 5:
        # A workbook's own count of days, saved as a number.
        days = int(text)
        if 20_000 <= days <= 80_000:
            day = _EXCEL_EPOCH + datetime.timedelta(days)
            return datetime.datetime(day.year, day.month, day.day)
    for spelling in (*_SPELLINGS, _MONTH_ONLY):
        match = spelling.fullmatch(text)
        if match:
            return _made(match.groupdict()) or text
    han = _han_digits(text)
    return parse_date(han) if han != text else text


def _made(parts: dict[str, str | None]) -> datetime.datetime | None:
    try:
        return datetime.datetime(
            int(parts["y"] or 0),
            int(parts["m"] or 0),
            int(parts["d"] or 1),
            int(parts.get("H") or 0),
            int(parts.get("M") or 0),
            int(parts.get("S") or 0),
        )
    except ValueError:
        return None


def _han_digits(text: str) -> str:
    text = re.sub(r"廿", "二十", text)
    text = re.sub(r"([一二三])十([一二三四五六七八九])", r"\1\2", text)
    text = re.sub(r"([一二三])十", r"\g<1>0", text)
    text = re.sub(r"十([一二三四五六七八九])", r"1\1", text).replace("十", "10")
    return text.translate(_HAN)


def parse_dates(values: np.ndarray, unit: str = "D") -> tuple[np.ndarray, np.ndarray]:
    """Read a column of dates.

    Parameters
    ----------
    values : ndarray of object, shape (n,)
    unit : {"D", "ms"}

    Returns
    -------
    ndarray of datetime64, shape (n,)
        NaT where there is none.
    ndarray of bool, shape (n,)
        Where a value is there but no date.
    """
    # Few dates repeat over many rows: each spelling is read once.
    known: dict[object, datetime.datetime | str | None] = {}
    for value in values:
        if value not in known:
            known[value] = parse_date(value)
    read = {k: (None if isinstance(v, str) else v) for k, v in known.items()}
    bad = {k for k, v in known.items() if isinstance(v, str)}
    dates = np.array([read[v] for v in values], dtype=f"datetime64[{unit}]")
    wrong = np.array([v in bad for v in values], dtype=bool)
    return dates, wrong
