"""Text into the types of the layers, column by column; what is wrong is pointed at."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime

import numpy as np

from ..standards.spec import FieldType

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,12}")
_OFFSET = re.compile(r"(?<=:[0-9]{2})([+-])([0-9]{2}):?([0-9]{2})$")
_CHINA_MINUTES = 480
_WHOLE = range(-(2**63), 2**63)


def parse(
    texts: Sequence[str | None], type_: FieldType, *, date_format: str = ""
) -> tuple[np.ndarray, np.ndarray]:
    """Parse a column.

    Parameters
    ----------
    texts : sequence of str or None, length n
        None is null.
    type_ : FieldType
    date_format : str
        For dates, as `datetime.strptime` takes it; without one ISO, eight digits and
        ``2026/7/1`` are taken.

    Returns
    -------
    values : ndarray, shape (n,)
        In the type's dtype; nulls are None, NaN, 0 or NaT.
    wrong : ndarray of int
        Rows whose text is not of the type.
    """
    if type_ is FieldType.TEXT:
        column = np.empty(len(texts), object)
        column[:] = texts
        return column, np.empty(0, np.int64)
    if type_ is FieldType.REAL:
        return _each(texts, float, np.nan, "f8")
    if type_ is FieldType.INTEGER:
        return _each(texts, _integer, 0, "i8")
    if type_ is FieldType.DATETIME:
        if all(t is None or _ISO.fullmatch(t) for t in texts):
            with suppress(ValueError):
                return np.array(texts, "M8[ms]"), np.empty(0, np.int64)
        return _distinct(texts, _instant, "M8[ms]")
    return _distinct(texts, lambda text: _day(text, date_format), "M8[D]")


def _each(
    texts: Sequence[str | None], read: Callable, null, dtype: str
) -> tuple[np.ndarray, np.ndarray]:
    try:
        return np.array([null if t is None else read(t) for t in texts], dtype), np.empty(0, int)
    except ValueError:
        wrong, values = [], []
        for row, text in enumerate(texts):
            try:
                values.append(null if text is None else read(text))
            except ValueError:
                wrong.append(row)
                values.append(null)
        return np.array(values, dtype), np.array(wrong, np.int64)


def _distinct(
    texts: Sequence[str | None], read: Callable, dtype: str
) -> tuple[np.ndarray, np.ndarray]:
    # A layer of millions of rows has some thousand different days.
    known: dict[str | None, np.datetime64] = {None: np.datetime64("NaT")}
    bad = set()
    for text in set(texts) - {None}:
        try:
            known[text] = read(text)
        except ValueError:
            bad.add(text)
            known[text] = np.datetime64("NaT")
    values = np.array([known[t] for t in texts], dtype)
    wrong = [row for row, t in enumerate(texts) if t in bad] if bad else []
    return values, np.array(wrong, np.int64)


def _integer(text: str) -> int:
    value = int(text)
    if value not in _WHOLE:
        raise ValueError(text)
    return value


def _day(text: str, date_format: str) -> np.datetime64:
    if date_format:
        return np.datetime64(datetime.strptime(text, date_format).date(), "D")
    text = text.strip().replace("/", "-").replace(".", "-")
    if len(text) == 8 and text.isascii() and text.isdigit():
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    parts = text.replace("T", " ").split(" ")[0].split("-")
    if len(parts) != 3:
        raise ValueError(text)
    return np.datetime64("-".join([parts[0], *(p.zfill(2) for p in parts[1:])]), "D")


def _instant(text: str) -> np.datetime64:
    text = text.strip().replace("/", "-")
    if len(text) == 14 and text.isascii() and text.isdigit():
        text = f"{text[:4]}-{text[4:6]}-{text[6:8]}T{text[8:10]}:{text[10:12]}:{text[12:]}"
    offset = _OFFSET.search(text)
    if offset:
        sign = 1 if offset[1] == "+" else -1
        minutes = sign * (60 * int(offset[2]) + int(offset[3]))
        # China has one time, eight hours ahead; that is what layers hold.
        return _instant(text[: offset.start()]) + np.timedelta64(_CHINA_MINUTES - minutes, "m")
    day, _, time = text.replace("T", " ").partition(" ")
    date = _day(day, "")
    if not time:
        return date.astype("M8[ms]")
    hours, _, rest = time.removesuffix("Z").partition(":")
    return np.datetime64(f"{date}T{hours.zfill(2)}:{rest}", "ms")
