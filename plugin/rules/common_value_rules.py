"""Common rules on values: C5 required, C5b lengths and types, C5c dates, C6–C8."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

import numpy as np

from ..standards.chinese import clean_text
from ..standards.domains import DOMAINS
from ..standards.spec import FieldType
from ..translation import translate
from . import cleaning
from .common_place_rules import repeated
from .finding import Severity
from .ledger import Ledger
from .rows import Rows, parse_dates
from .rule import Hits, Late, Parameter, Subject, describe, whole_layer

# Fields whose values have a rule of their own.
_LISTED_ELSEWHERE = {
    ("component", "class_code"),
    ("component", "status"),
    ("address", "kind"),
    ("risk", "level"),
    ("risk", "category"),
    ("risk", "scheme"),
}
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
        values = rows.batch.fields[spec.name]
        empty = (
            rows.coded(spec.name).blank if values.dtype == object else rows.batch.is_null(spec.name)
        )
        yield Hits(
            np.flatnonzero(empty),
            translate("Wangge", "{field} is mandatory and empty. Fill it in."),
            spec.name,
            fixes=_by_location(rows, context, spec.name, np.flatnonzero(empty)),
        )


def _by_location(rows: Rows, context, name: str, found: np.ndarray) -> list[str] | None:
    if name != "grid_code" or context.grids is None or context.layer.name == "unit_grid":
        return None
    codes = np.append(context.grids.codes, "")
    return codes[rows.cells[found]].tolist()


def _check_lengths(rows: Rows, context, parameters) -> Iterator[Hits]:
    for spec in context.layer.fields:
        if not rows.has(spec.name):
            continue
        values = rows.batch.fields[spec.name]
        if spec.type is FieldType.TEXT:
            if values.dtype != object and spec.length:
                yield whole_layer(
                    translate(
                        "Wangge",
                        "{field} is stored as {value} and loses leading zeros. Make it text of "
                        "{length} characters.",
                    ),
                    field=spec.name,
                    value=str(values.dtype),
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
        elif spec.type in (FieldType.INTEGER, FieldType.REAL) and values.dtype == object:
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
        if rows.batch.fields[spec.name].dtype.kind != "M":
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


def _check_lists(rows: Rows, context, parameters) -> Iterator[Hits]:
    for spec in context.layer.fields:
        listed = context.value_lists.get(spec.domain) if spec.domain else None
        skipped = (context.layer.name, spec.name) in _LISTED_ELSEWHERE
        if listed is None or skipped or not rows.has(spec.name):
            continue
        yield from not_listed(rows, spec.name, spec.domain)


def not_listed(rows: Rows, name: str, domain: str) -> Iterator[Hits]:
    """Yield rows whose value of ``name`` is neither empty nor in the list of the domain."""
    listed = rows.context.value_lists.get(domain)
    if listed is None:
        return
    coded = rows.coded(name)
    wrong = np.array([bool(v.strip()) and v not in listed for v in coded.values], bool)
    # A label or synonym of a listed value is no other value.
    fixes = [
        _meant(v, domain, listed) if bad else "" for v, bad in zip(coded.values, wrong, strict=True)
    ]
    found = np.flatnonzero(coded.spread(wrong))
    yield Hits(
        found,
        translate("Wangge", "“{value}” is not in the list of {field}. Choose one of: {listed}."),
        name,
        coded.pick(found),
        {"listed": ", ".join(sorted(map(str, listed))[:20])},
        [fixes[i] for i in coded.index[found].tolist()],
    )


def _meant(text: str, domain: str, listed) -> str:
    meant = clean_text(text)
    if meant not in listed and domain in DOMAINS:
        meant = DOMAINS[domain].recognise(meant) or ""
    return meant if meant in listed else ""


def _check_keys(ledger: Ledger, context, parameters) -> Iterator[Hits]:
    twins = ledger.column("key_twin")
    rows, firsts = repeated(ledger.ids, twins[:, 0], twins[:, 1], known=twins.any(axis=1))
    yield Hits(
        rows,
        translate(
            "Wangge",
            "{field} {value} is there more than once; feature {first} has it too. Give each "
            "feature its own.",
        ),
        context.layer.key,
        Late(ledger.key_texts, rows),
        {"first": ledger.ids[firsts]},
    )


def _check_uuids(ledger: Ledger, context, parameters) -> Iterator[Hits]:
    twins = ledger.column("twin:uuid")
    rows, firsts = repeated(ledger.ids, twins[:, 0], twins[:, 1], known=twins.any(axis=1))
    yield Hits(
        rows,
        translate(
            "Wangge",
            "{field} is the same as that of {value}. A copied feature needs a uuid of its own.",
        ),
        "uuid",
        Late(ledger.key_texts, firsts),
    )


def _check_characters(rows: Rows, context, parameters) -> Iterator[Hits]:
    for spec in context.layer.fields:
        if not rows.has(spec.name) or rows.batch.fields[spec.name].dtype != object:
            continue
        coded = rows.coded(spec.name)
        suspects = np.flatnonzero(cleaning.needs_cleaning(coded.characters))
        if not len(suspects):
            continue
        for kind, message in zip(cleaning.KINDS, _character_messages(), strict=True):
            wrong = np.zeros(len(coded.values), bool)
            for i in suspects.tolist():
                wrong[i] = cleaning.kind_of(coded.values[i]) is kind
            found = np.flatnonzero(coded.spread(wrong))
            values = coded.pick(found)
            yield Hits(
                found,
                message,
                spec.name,
                [cleaning.visible(v) for v in values],
                fixes=[cleaning.fix_of(v) for v in values],
            )


def _character_messages() -> tuple[str, ...]:
    """Return a sentence for each of `cleaning.KINDS`."""
    return (
        translate(
            "Wangge",
            "{field} holds broken or private characters: “{value}”. The encoding was wrong; "
            "import it again or type it anew.",
        ),
        translate("Wangge", "{field} holds invisible characters: “{value}”. Remove them."),
        translate("Wangge", "{field} holds full-width digits or letters: “{value}”. Use ASCII."),
        translate("Wangge", "{field} begins or ends with a blank: “{value}”. Trim it."),
    )


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
    _rule(
        "C6",
        _E,
        _check_lists,
        ("Values from the list", "取值在代码表内"),
        (
            "Coded values belong to the list of the declared edition.",
            "代码值应属于所声明标准版本的代码表。",
        ),
        tags=("attribute",),
    ),
    _rule(
        "C7",
        _E,
        _check_keys,
        ("Key unique", "主键唯一"),
        ("No two features have the same key.", "标识码不得重复。"),
        across=True,
        keeps=("key_twin",),
        tags=("attribute", "duplicate"),
    ),
    _rule(
        "C7b",
        _E,
        _check_uuids,
        ("uuid unique", "UUID 唯一"),
        ("No two features have the same uuid.", "UUID 不得重复。"),
        across=True,
        keeps=("twin:uuid",),
        fields=("uuid",),
        tags=("attribute", "duplicate"),
    ),
    _rule(
        "C8",
        _W,
        _check_characters,
        ("Clean text", "文本无异常字符"),
        (
            "Invisible characters, blanks at the ends, full-width digits and letters, and "
            "characters left by a wrong encoding.",
            "不可见字符、首尾空白、全角数字字母、乱码字符。",
        ),
        tags=("attribute", "fixable"),
    ),
)
