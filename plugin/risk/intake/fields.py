"""Read the fields of a data row, naming each cell that is not what it should be."""

from __future__ import annotations

import numpy as np

from ...standards.domains import domain
from ...standards.layers import layer
from ...standards.spec import FieldSpec
from ...translation import translate
from ..schemes import Scheme
from ..scoring import levels_of, score
from .issues import Kind
from .rows import Row
from .values import as_code, as_date, as_level, as_number, as_phone, folded

_CODES = ("risk_code", "grid_code", "community_code", "component_code")
_FACTORS = ("likelihood", "exposure", "consequence")
_PLAIN = (
    *("risk_name", "description", "address", "responsible_unit", "responsible_person"),
    *("measures", "monitoring", "uuid"),
)


def read_fields(row: Row) -> None:
    """Fill ``row.values`` with every field but the assessment."""
    for name in _PLAIN:
        row.values[name] = row.text(name) or None
    for name in _CODES:
        row.values[name] = _code(row, name)
    row.values["phone"] = _phone(row)
    row.values["review_date"] = _date(row)
    row.values["category"] = _category(row)
    row.values["status"] = _status(row)
    if row.values["risk_name"] is None:
        row.say(
            Kind.NO_NAME,
            "risk_name",
            translate("Wangge", "the risk has no name. Give it one."),
            rejects=True,
        )
    for spec in layer("risk").fields:
        _check_length(row, spec)


def _check_length(row: Row, spec: FieldSpec) -> None:
    value = row.values.get(spec.name)
    if isinstance(value, str) and spec.length and len(value) > spec.length:
        row.say(
            Kind.TOO_LONG,
            spec.name,
            translate(
                "Wangge", "the text has {length} characters, the field takes {most}. Shorten it."
            ).format(length=len(value), most=spec.length),
        )


def _code(row: Row, name: str) -> str | None:
    code, whole = as_code(row.raw(name))
    if not code:
        return None
    if whole:
        return code
    row.say(
        Kind.BAD_CODE,
        name,
        translate(
            "Wangge",
            "the spreadsheet kept {code} as a number and lost its last digits. Make the column "
            "text and type the code again.",
        ).format(code=code),
    )
    return None


def _phone(row: Row) -> str | None:
    phone, good = as_phone(row.raw("phone"))
    if phone and not good:
        row.say(
            Kind.BAD_PHONE,
            "phone",
            translate("Wangge", "{phone} is no phone number. Correct it.").format(phone=phone),
        )
    return phone or None


def _date(row: Row) -> np.datetime64:
    value = row.raw("review_date")
    day = as_date(value)
    if value is not None and day is None:
        row.say(
            Kind.BAD_DATE,
            "review_date",
            translate("Wangge", "{value} is no date. Write it as 2026-07-01.").format(
                value=row.text("review_date")
            ),
        )
    return np.datetime64(day, "D") if day else np.datetime64("NaT", "D")


def _category(row: Row) -> str | None:
    categories = domain("risk_category")
    text = row.text("category")
    if not text:
        # Lists are often kept one sheet, or one section, a category.
        for hint in (row.section, row.sheet.name):
            known = categories.recognise(hint) or _contained(hint)
            if known:
                return known
        return None
    known = categories.recognise(text) or categories.recognise(folded(text)) or _contained(text)
    if known is None:
        row.say(
            Kind.UNKNOWN_VALUE,
            "category",
            translate("Wangge", "{value} is no known category; it was kept.").format(value=text),
        )
    return known or text


def _contained(text: str) -> str | None:
    """Return the one category whose name occurs in ``text``, e.g. 桥梁类 or 城市桥梁风险."""
    found = {v.value for v in domain("risk_category").values if v.value != "other" and v.zh in text}
    return found.pop() if len(found) == 1 else None


def _status(row: Row) -> str:
    text = row.text("status")
    known = domain("risk_status").recognise(text) if text else "open"
    if known is None:
        row.say(
            Kind.UNKNOWN_VALUE,
            "status",
            translate("Wangge", "{value} is no known status; taken as open.").format(value=text),
        )
    return known or "open"


def read_assessments(rows: list[Row], scheme: Scheme) -> None:
    """Fill the factors, score, level and scheme of rows; all rows share one scheme."""
    columns = {name: np.full(len(rows), np.nan) for name in (*_FACTORS, *scheme.fields)}
    for i, row in enumerate(rows):
        for name in columns:
            columns[name][i] = row.values[name] = _factor(row, name, scheme)
    result = score(scheme, {name: columns[name] for name in scheme.fields})
    for problem in result.problems:
        if not np.isnan(problem.value):
            rows[problem.row].say(Kind.OUTSIDE_SET, problem.field, problem.message)
    for i, row in enumerate(rows):
        _settle(row, float(result.scores[i]), result.levels[i], scheme)


def _factor(row: Row, name: str, scheme: Scheme) -> float:
    value = row.raw(name)
    if value is None:
        return np.nan
    factor = scheme.factor(name) if name in scheme.fields else None
    number = as_number(value, factor)
    if number is None:
        row.say(
            Kind.NO_NUMBER,
            name,
            translate("Wangge", "{value} is no value of the scheme {scheme}.").format(
                value=row.text(name), scheme=scheme.reference
            ),
        )
        return np.nan
    return number


def _settle(row: Row, computed: float, level: str | None, scheme: Scheme) -> None:
    """Decide score and level from what was computed and what the row states."""
    stated_text, stated = row.text("level"), as_level(row.raw("level"))
    if stated_text and stated is None:
        row.say(
            Kind.UNKNOWN_LEVEL,
            "level",
            translate(
                "Wangge",
                "{value} is no level. Use 重大, 较大, 一般, 低 or red, orange, yellow, blue.",
            ).format(value=stated_text),
        )
    stated_score = as_number(row.raw("score"))
    if row.raw("score") is not None and stated_score is None:
        row.say(
            Kind.NO_NUMBER,
            "score",
            translate("Wangge", "{value} is no number.").format(value=row.text("score")),
        )
    if level is not None:
        if stated_score is not None and abs(stated_score - computed) > 0.005:
            _contradict(row, "score", f"{stated_score:g}", f"{computed:g}", scheme)
        final_score: float = computed
    else:
        final_score = np.nan if stated_score is None else stated_score
        if stated_score is not None:
            level = levels_of(scheme, np.array([stated_score]))[0]
    assessed = level is not None
    if assessed and stated is not None and stated != level:
        levels = domain("risk_level")
        _contradict(row, "level", stated_text, levels[str(level)].label, scheme)
    row.values["score"] = final_score
    row.values["level"] = level or stated
    # A level that a department only states was assessed by no scheme we know.
    row.values["scheme"] = scheme.reference if assessed else None
    if row.values["level"] is None:
        row.say(
            Kind.NO_LEVEL,
            "level",
            translate(
                "Wangge", "the risk has neither a level nor factors that give one. Assess it."
            ),
            rejects=True,
        )


def _contradict(row: Row, name: str, stated: str, computed: str, scheme: Scheme) -> None:
    row.say(
        Kind.CONTRADICTION,
        name,
        translate(
            "Wangge",
            "{stated} is stated, but by {scheme} it is {computed}, which was taken. Check the "
            "factors.",
        ).format(stated=stated, computed=computed, scheme=scheme.reference),
    )
