"""Common rules on values: C5 required, C5b lengths and types, C5c dates, C6–C8."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

import numpy as np

from ..standards.chinese import clean_text
from ..standards.spec import FieldType
from ..translation import translate
from .finding import Severity
from .rows import Rows, parse_dates
from .rule import Hits, Parameter, Subject, describe, whole_layer

# Fields whose values have a rule of their own.
_DATES = (FieldType.DATE, FieldType.DATETIME)
_LOOSE_DATE = re.compile(r"\s*(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?\s*")


def _check_required(rows: Rows, context, parameters) -> Iterator[Hits]:
    for spec in context.layer.mandatory:
        if not rows.has(spec.name):
            yield whole_layer(
                translate("Wangge", "The layer lacks the mandatory field {field}. Add it."),
                field=spec.name,
            )
            continue
        if rows.dtype(spec.name).kind == "O":
            empty = rows.coded(spec.name).blank
        else:
            empty = rows.batch.is_null(spec.name)
        yield Hits(
            np.flatnonzero(empty),
            translate("Wangge", "{field} is mandatory and empty. Fill it in."),
            spec.name,
            fixes=_by_location(rows, context, spec.name, np.flatnonzero(empty)),
        )


def _by_location(rows: Rows, context, name: str, found: np.ndarray) -> list[str] | None:
    named_by_place = name == "grid_code" and context.layer.name != "unit_grid"
    if not len(found) or not named_by_place or context.grids is None:
        return None
    codes = np.append(context.grids.codes, "")
    return codes[rows.cells[found]].tolist()


def _check_lengths(rows: Rows, context, parameters) -> Iterator[Hits]:
    for spec in context.layer.fields:
        if not rows.has(spec.name):
            continue
        dtype = rows.dtype(spec.name)
        if spec.type is FieldType.TEXT:
            if dtype.kind != "O" and spec.length:
                yield whole_layer(
                    translate(
                        "Wangge",
                        "{field} is stored as {value} and loses leading zeros. Make it text of "
                        "{length} characters.",
                    ),
                    field=spec.name,
                    value=str(dtype),
                    length=spec.length,
                )
            coded = rows.coded(spec.name)
            long = np.flatnonzero(
                coded.spread(coded.characters.lengths > (spec.length or np.iinfo(np.int64).max))
            )
            yield Hits(
                long,
                translate(
                    "Wangge",
                    "{field} has {count} characters, {length} are allowed. Shorten “{value}”.",
                ),
                spec.name,
                coded.pick(long),
                {"count": coded.spread(coded.characters.lengths)[long], "length": spec.length},
            )
        elif spec.type in (FieldType.INTEGER, FieldType.REAL) and dtype.kind == "O":
            yield from _not_a_number(rows, spec)


def _not_a_number(rows: Rows, spec) -> Iterator[Hits]:
    coded = rows.coded(spec.name)
    numbers = rows.numbers(spec.name)
    wrong = ~coded.blank & ~np.isfinite(numbers)
    if spec.type is FieldType.INTEGER:
        wrong |= np.isfinite(numbers) & (numbers != np.rint(numbers))
    found = np.flatnonzero(wrong)
    yield Hits(
        found,
        translate("Wangge", "{field} must be a number; “{value}” is none. Correct it."),
        spec.name,
        coded.pick(found),
    )


def _check_dates(rows: Rows, context, parameters) -> Iterator[Hits]:
    earliest = np.datetime64(f"{int(parameters['earliest']):04d}-01-01", "D")
    for spec in context.layer.fields:
        if spec.type not in _DATES or not rows.has(spec.name):
            continue
        if rows.dtype(spec.name).kind != "M":
            yield from _no_date(rows, spec.name)
        dates = rows.dates(spec.name)
        # A comparison with NaT is False.
        if spec.name not in parameters["may_be_future"]:
            late = np.flatnonzero(dates > context.today64)
            yield Hits(
                late,
                translate("Wangge", "{field} lies in the future: {value}. Correct the date."),
                spec.name,
                dates[late].astype(str),
            )
        early = np.flatnonzero(dates < earliest)
        yield Hits(
            early,
            translate("Wangge", "{field} is before {earliest}: {value}. Correct the date."),
            spec.name,
            dates[early].astype(str),
            {"earliest": int(parameters["earliest"])},
        )


def _no_date(rows: Rows, name: str) -> Iterator[Hits]:
    coded = rows.coded(name)
    known = ~np.isnat(parse_dates(coded))
    wrong = np.array([bool(v.strip()) for v in coded.values], bool) & ~known
    fixes = [_date_fix(v) if bad else "" for v, bad in zip(coded.values, wrong, strict=True)]
    found = np.flatnonzero(coded.spread(wrong))
    yield Hits(
        found,
        translate("Wangge", "{field} must be a date such as 20260701; “{value}” is none."),
        name,
        coded.pick(found),
        fixes=[fixes[i] for i in coded.index[found].tolist()],
    )


def _date_fix(text: str) -> str:
    match = _LOOSE_DATE.fullmatch(clean_text(text))
    if not match:
        return ""
    year, month, day = map(int, match.groups())
    try:
        np.datetime64(f"{year:04d}-{month:02d}-{day:02d}", "D")
    except ValueError:
        return ""
    return f"{year:04d}{month:02d}{day:02d}"


_rule = partial(describe, Subject.COMMON)

_E, _W = Severity.ERROR, Severity.WARNING

RULES = (
    _rule(
        "C5",
        _E,
        _check_required,
        ("Mandatory fields filled", "必填字段已填写"),
        ("Fields marked M hold a value.", "约束为 M 的字段不得为空。"),
        tags=("attribute",),
    ),
    _rule(
        "C5b",
        _E,
        _check_lengths,
        ("Types and lengths", "字段类型与长度"),
        (
            "Texts fit the length in characters, not bytes; numbers are numbers.",
            "文本长度按字符计不超限，数值字段须为数值。",
        ),
        tags=("attribute",),
    ),
    _rule(
        "C5c",
        _E,
        _check_dates,
        ("Dates possible", "日期合理"),
        (
            "Dates exist in the calendar, are written YYYYMMDD, and are not in the future.",
            "日期须真实存在、格式为 YYYYMMDD，且不晚于今天。",
        ),
        parameters=(
            Parameter("earliest", 1900, "year", "Dates before are errors.", "早于该年视为错误。"),
            Parameter(
                "may_be_future",
                ("end_date", "review_date"),
                "",
                "Fields that may lie ahead.",
                "允许晚于今天的字段。",
            ),
        ),
        tags=("attribute",),
    ),
)
