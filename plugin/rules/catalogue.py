"""All rules, by subject; what lists, reports and documentation are made from."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from .batch import Batch, make_batch
from .rule import Parameter, Rule, Subject

_FAMILIES = (
    "common_place_rules",
    "common_value_rules",
    "common_text_rules",
    "common_duplicate_rules",
    "department_rules",
    "grid_coverage_rules",
    "grid_shape_rules",
    "grid_code_rules",
    "grid_history_rules",
    "component_code_rules",
    "component_place_rules",
    "component_surroundings_rules",
    "component_value_rules",
    "component_photo_rules",
    "component_pattern_rules",
    "address_rules",
    "risk_level_rules",
    "risk_register_rules",
    "push_rules",
)

_SUBJECTS = {
    "unit_grid": Subject.GRID,
    "component": Subject.COMPONENT,
    "address": Subject.ADDRESS,
    "risk": Subject.RISK,
}


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return the whole catalogue, by subject and number."""
    found = [r for name in _FAMILIES for r in import_module(f".{name}", __package__).RULES]
    subjects = list(Subject)
    # C2, C10, C10b: the number counts, then the letter after it.
    return tuple(
        sorted(found, key=lambda r: (subjects.index(r.subject), int(r.id[1:].rstrip("bc")), r.id))
    )


def rules_for(subject: Subject, *, across: bool = True) -> tuple[Rule, ...]:
    """Return the rules that a check of ``subject`` runs: its own and the common ones.

    Parameters
    ----------
    subject : Subject
    across : bool
        False leaves out the rules that compare rows with each other, to check again only the
        features that were touched.
    """
    wanted = {subject} if subject is Subject.PUSH else {subject, Subject.COMMON}
    return tuple(r for r in all_rules() if r.subject in wanted and (across or not r.across))


def rule(rule_id: str) -> Rule:
    """Return one rule; KeyError when there is none."""
    for candidate in all_rules():
        if candidate.id == rule_id:
            return candidate
    raise KeyError(rule_id)


def subject_of(layer: str) -> Subject:
    """Return the subject whose rules a layer is checked with; common ones for the rest."""
    return _SUBJECTS.get(layer, Subject.COMMON)


def parameter_text(parameter: Parameter) -> str:
    """Return ``name=default unit``, as lists of rules show it."""
    return f"{parameter.name}={parameter.default} {parameter.unit}".strip()


def list_rules() -> Batch:
    """Return the catalogue as a table: rule, severity, subject, titles, parameters."""
    rules = all_rules()
    return make_batch(
        {
            "rule": [r.id for r in rules],
            "severity": [r.severity.value for r in rules],
            "subject": [r.subject.value for r in rules],
            "title_en": [r.title_en for r in rules],
            "title_zh": [r.title_zh for r in rules],
            "parameters": ["; ".join(map(parameter_text, r.parameters)) for r in rules],
        }
    )


def document_rules(*, chinese: bool = False) -> str:
    """Return the catalogue as Markdown, a section per subject, for the user guide."""
    lines: list[str] = []
    for subject in Subject:
        lines += [f"## {_SUBJECT_TITLES[subject][chinese]}", ""]
        for r in all_rules():
            if r.subject is subject:
                lines += _documented(r, chinese)
    return "\n".join(lines).rstrip() + "\n"


_SUBJECT_TITLES = {
    Subject.COMMON: ("Every layer", "通用规则"),
    Subject.GRID: ("Unit grids", "单元网格"),
    Subject.COMPONENT: ("Components", "管理部件"),
    Subject.ADDRESS: ("Addresses", "地理编码"),
    Subject.RISK: ("Risks", "风险清单"),
    Subject.PUSH: ("Push to the platform", "推送到平台"),
}


def _documented(r: Rule, chinese: bool) -> list[str]:
    title, explained = (r.title_zh, r.help_zh) if chinese else (r.title_en, r.help_en)
    severity = r.severity.value
    if r.push_severity:
        severity += f", {r.push_severity.value} before a push"
    lines = [f"### {r.id} {title} ({severity})", "", explained, ""]
    for p in r.parameters:
        text = p.help_zh if chinese else p.help_en
        lines.append(f"- `{parameter_text(p)}`: {text}")
    return [*lines, ""] if r.parameters else lines
