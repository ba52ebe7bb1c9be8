"""What a form asks of a value, with the sentence that is shown when it is not so."""

from __future__ import annotations

from dataclasses import dataclass

from ..plugin.standards.editions import Edition
from ..plugin.standards.spec import FieldSpec, FieldType, LayerSpec
from ..plugin.translation import translate

_LENGTHS = {
    "authority_code": 18,
    "owner_code": 18,
    "maintainer_code": 18,
    "department_code": 18,
    "parent_code": 18,
    "community_code": 12,
    "street_code": 9,
    "district_code": 6,
}


@dataclass(frozen=True)
class Constraint:
    """An expression that must hold.

    Attributes
    ----------
    expression : str
    sentence : str
    is_hard : bool
        A hard one keeps the form from being saved; a soft one only warns.
    """

    expression: str
    sentence: str
    is_hard: bool = False


def constraint(field: FieldSpec, spec: LayerSpec, of: Edition) -> Constraint | None:
    """Return what a form asks of a field, None when anything goes."""
    name = f'"{field.name}"'
    rule = _rule(field, spec, of)
    parts = []
    if field.is_mandatory:
        empty = f"coalesce(trim(to_string({name})), '') <> ''"
        parts.append(empty)
    if rule:
        parts.append(rule if field.is_mandatory else f"{name} IS NULL OR ({rule})")
    if not parts:
        return None
    # Without its class a component gets neither code nor name: nothing can be made of it.
    is_hard = spec.name == "component" and field.name == "class_code"
    return Constraint(" AND ".join(parts), _sentence(field), is_hard)


def _sentence(field: FieldSpec) -> str:
    if field.is_mandatory:
        text = translate("Wangge", "“{field}” must be filled. {help}")
    else:
        text = translate("Wangge", "“{field}” does not fit. {help}")
    return text.format(field=field.alias, help=field.help).strip()


def _rule(field: FieldSpec, spec: LayerSpec, of: Edition) -> str:
    name = f'"{field.name}"'
    if field.type in (FieldType.DATE, FieldType.DATETIME):
        return _date_rule(field, spec)
    if field.type is not FieldType.TEXT:
        return ""
    if field.name == "component_code" and spec.name == "component":
        return (
            f"regexp_match({name}, '^[0-9]{{{of.component_code_length}}}$') "
            f'AND substr({name}, 7, {of.class_code_length}) = "class_code"'
        )
    if field.name == "major_code":
        return f'"class_code" IS NULL OR left("class_code", 2) = {name}'
    if field.name == "class_code":
        return f"regexp_match({name}, '^[0-9]{{{of.class_code_length}}}$')"
    if field.name == "grid_code":
        lengths = "|".join(f"[0-9]{{{n}}}" for n in of.grid_code_lengths)
        return f"regexp_match({name}, '^({lengths})$')"
    if field.name in _LENGTHS:
        return f"regexp_match({name}, '^[0-9A-Z]{{{_LENGTHS[field.name]}}}$')"
    return ""


def _date_rule(field: FieldSpec, spec: LayerSpec) -> str:
    name = f'"{field.name}"'
    if field.name in ("first_date", "changed_date", "surveyed_at", "start_date"):
        rule = f"to_date({name}) <= to_date(now())"
        if field.name == "changed_date" and "first_date" in spec.names:
            rule += f' AND ("first_date" IS NULL OR {name} >= "first_date")'
        return rule
    if field.name == "end_date" and "start_date" in spec.names:
        return f'"start_date" IS NULL OR {name} >= "start_date"'
    return ""
