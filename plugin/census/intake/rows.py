"""From raw columns to component columns; every row is accepted or rejected with a reason."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import shapely

from ...rules.batch import Batch
from ...standards.chinese import clean_text
from ...standards.domains import DOMAINS
from ...standards.editions import Edition
from ...standards.layers import component_spec
from ...standards.spec import FieldSpec, FieldType
from ...translation import translate
from ..columns import nulls
from . import positions
from .dates import parse_dates
from .fields import WKT, FieldMap, X, Y
from .filling import fill, fill_uuids
from .identity import Identities
from .raw import RawRows

#: Columns of the rejected rows beside the delivery's own.
REASON, ROW = "reason", "source_row"

_NULL_TEXTS = {"null", "<null>", "none", "nan", "n/a", "#n/a", "\\n"}
_CODES = re.compile(r".*_code\Z|uuid\Z|accuracy\Z")
# Larger numbers are not exact: a workbook keeps 15 digits, a double 53 bits.
_EXACT_IN_WORKBOOK = 10**15
_EXACT_AS_DOUBLE = 2**53


@dataclass
class Tally:
    """What was met so far in a file, over all its chunks."""

    identities: Identities
    rows: int = 0
    accepted: int = 0
    rejected: int = 0
    reasons: Counter = field(default_factory=Counter)
    few_decimals: int = 0
    swapped_back: int = 0
    with_height: int = 0
    new_uuids: int = 0


@dataclass(frozen=True)
class Settings:
    """How the rows of one file are read."""

    field_map: FieldMap
    edition: Edition
    crs: str
    geographic: bool
    swap: bool = False
    workbook: bool = False


def _clean_code(text: str) -> str:
    if text.isascii() and text.isalnum():
        return text
    whole = unicodedata.normalize("NFKC", clean_text(text))
    return re.sub(r"\s", "", whole).strip("'`\"{}")


def _as_text(value: object) -> tuple[str, bool]:
    """Return a value as text and whether it is a number too long to be exact."""
    if isinstance(value, bool):
        return ("1" if value else "0"), False
    if isinstance(value, float):
        if value != value:
            return "", False
        if value.is_integer() and abs(value) < 1e18:
            return str(int(value)), abs(value) >= _EXACT_AS_DOUBLE
        return repr(value), False
    if isinstance(value, datetime.date):
        return value.isoformat(), False
    return str(value), False


def _text_column(
    values: np.ndarray, spec: FieldSpec, *, workbook: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Return a text column without its dirt, and where a number has lost digits."""
    is_code = bool(_CODES.match(spec.name))
    domain = DOMAINS.get(spec.domain) if spec.domain else None
    # Values repeat: each is cleaned once.
    known: dict[object, tuple[str | None, bool]] = {}
    for value in values:
        if value in known:
            continue
        if value is None:
            known[value] = (None, False)
            continue
        text, inexact = _as_text(value)
        inexact |= workbook and isinstance(value, int | float) and value >= _EXACT_IN_WORKBOOK
        text = _clean_code(text) if is_code else clean_text(text)
        if text.lower() in _NULL_TEXTS:
            text = ""
        if spec.name == "class_code" and text.isdecimal() and len(text) == spec.length - 1:
            # A number has lost the zero that every class code begins with.
            text = "0" + text if not isinstance(value, str) else text
        if domain is not None and text:
            text = domain.recognise(text) or text
        known[value] = (text or None, inexact and is_code)
    column = nulls(len(values))
    column[:] = [known[v][0] for v in values]
    return column, np.array([known[v][1] for v in values], dtype=bool)


def read_rows(raw: RawRows, settings: Settings, tally: Tally) -> tuple[Batch, Batch]:
    """Sort the rows of a chunk into accepted and rejected ones.

    Returns
    -------
    Batch
        Accepted rows with the columns of a component.
    Batch
        Rejected rows with the delivery's own columns as text, `ROW` and `REASON`.
    """
    n = len(raw)
    reasons: list[list[str]] = [[p] if p else [] for p in raw.problems]

    def complain(where: np.ndarray, reason: str) -> None:
        for row in np.flatnonzero(where):
            reasons[row].append(reason)

    geometry = _positions(raw, settings, tally, complain)
    columns = _fields(raw, settings, complain)
    fill(columns, n, settings, tally, complain)

    good = np.array([not r for r in reasons], dtype=bool)
    fill_uuids(columns, raw, good, tally)
    tally.rows += n
    tally.accepted += int(good.sum())
    tally.rejected += int(n - good.sum())
    tally.reasons.update(reason for row in reasons for reason in row)
    batch = Batch(columns, geometry, raw.numbers, settings.crs).take(good)
    return batch, _rejected(raw, geometry, reasons, ~good, settings.crs)


def _positions(raw, settings, tally, complain) -> np.ndarray:
    geometry = raw.geometry
    columns: Mapping[str, str] = settings.field_map.columns
    if X in columns:
        x, bad_x = numbers(raw.columns[columns[X]])
        y, bad_y = numbers(raw.columns[columns[Y]])
        complain(bad_x | bad_y, translate("Wangge", "A coordinate is no number."))
        geometry = np.full(len(raw), None, dtype=object)
        there = ~(np.isnan(x) & np.isnan(y))
        geometry[there] = shapely.points(x[there], y[there])
    elif WKT in columns:
        texts = raw.columns[columns[WKT]]
        geometry = positions.from_wkt(texts)
        unread = shapely.is_missing(geometry) & np.array([bool(t) for t in texts], dtype=bool)
        complain(unread, translate("Wangge", "The geometry text is no WKT."))
    if geometry is None:
        geometry = np.full(len(raw), None, dtype=object)
    tally.with_height += int(np.count_nonzero(shapely.has_z(geometry)))
    geometry = positions.unwrapped(geometry)
    if settings.swap:
        swapped = ~(shapely.is_missing(geometry) | shapely.is_empty(geometry))
        geometry[swapped] = shapely.transform(geometry[swapped], lambda xy: xy[:, ::-1])
        tally.swapped_back += int(swapped.sum())
    found = positions.bad_positions(geometry, geographic=settings.geographic)
    for reason in np.unique(found[found != ""].astype(str)):
        complain(found == reason, str(reason))
    if settings.geographic:
        points = np.flatnonzero(
            (found == "") & (shapely.get_type_id(geometry) == shapely.GeometryType.POINT)
        )
        x, y = shapely.get_x(geometry[points]), shapely.get_y(geometry[points])
        tally.few_decimals += int(np.count_nonzero(positions.few_decimals(x, y)))
    return geometry


def numbers(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return a column of coordinates as floats, and where a text is none."""
    read = np.full(len(values), np.nan)
    bad = np.zeros(len(values), bool)
    for i, value in enumerate(values):
        if value is None:
            continue
        try:
            read[i] = float(value)
        except (TypeError, ValueError):
            text = unicodedata.normalize("NFKC", str(value)).strip()
            parsed = _degrees(text)
            bad[i] = parsed is None and text != ""
            read[i] = np.nan if parsed is None else parsed
    return read, bad


_DMS = re.compile(
    r"([NSEW东西南北]?)\s*(\d{1,3})\s*[°度]\s*(\d{1,2}(?:\.\d+)?)\s*['′分]?"
    r"\s*(?:(\d{1,2}(?:\.\d+)?)\s*(?:\"|″|''|′′|秒)?)?\s*([NSEW东西南北]?)",
    re.IGNORECASE,
)


def _degrees(text: str) -> float | None:
    """Read ``106°33′12.5″E`` or ``106,55``; None when it is neither."""
    match = _DMS.fullmatch(text)
    if match:
        degrees, minutes = float(match[2]), float(match[3])
        value = degrees + minutes / 60 + float(match[4] or 0) / 3600
        return -value if (match[1] or match[5]).upper() in {"S", "W", "西", "南"} else value
    try:
        return float(text.replace(",", ".")) if text.count(",") == 1 else float(text)
    except ValueError:
        return None


def _fields(raw, settings, complain) -> dict[str, np.ndarray]:
    n = len(raw)
    columns: dict[str, np.ndarray] = {}
    for spec in component_spec(settings.edition).fields:
        source = settings.field_map.columns.get(spec.name)
        values = raw.columns[source] if source else nulls(n)
        if spec.type in (FieldType.DATE, FieldType.DATETIME):
            unit = "D" if spec.type is FieldType.DATE else "ms"
            columns[spec.name], wrong = parse_dates(values, unit)
            complain(
                wrong,
                translate("Wangge", "{field}: the value is no date.").format(field=source),
            )
        else:
            columns[spec.name], lost = _text_column(values, spec, workbook=settings.workbook)
            complain(
                lost,
                translate(
                    "Wangge",
                    "{field}: the code was kept as a number, of which only the first 15 digits "
                    "are sure. Format the column as text and enter the codes again, or leave it "
                    "out of the field map.",
                ).format(field=source),
            )
    return columns


def _rejected(raw, geometry, reasons, bad: np.ndarray, crs: str) -> Batch:
    rows = np.flatnonzero(bad)
    columns: dict[str, np.ndarray] = {}
    for name, values in raw.columns.items():
        column = nulls(len(rows))
        column[:] = [None if values[i] is None else _as_text(values[i])[0] for i in rows]
        columns[name] = column
    columns[ROW] = raw.numbers[rows]
    columns[REASON] = np.array([" ".join(reasons[i]) for i in rows], dtype=object)
    return Batch(columns, geometry[rows], raw.numbers[rows], crs)
