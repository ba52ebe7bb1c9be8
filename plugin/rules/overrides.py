"""What a city's profile says about rules, checked and turned into overrides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import WanggeError
from ..standards.profile import Profile
from ..translation import translate
from .catalogue import rule
from .context import Override
from .finding import Severity
from .rule import Parameter


def overrides_from(table: Mapping[str, Mapping[str, Any]]) -> dict[str, Override]:
    """Return overrides by rule id.

    Parameters
    ----------
    table : mapping of str to mapping
        Rule id -> ``off`` (bool), ``severity`` (``"error"`` …) and parameters by name, as a
        profile's ``[rules.G6]`` tables hold them.

    Raises
    ------
    WanggeError
        For an unknown rule, severity or parameter, or a value of the wrong type: a slip of
        the pen must not switch a check off silently.
    """
    return {rule_id: _override(rule_id, values) for rule_id, values in table.items()}


# A tolerance of the profile -> the rule and parameter that it sets.
_TOLERANCES = {
    "target_area_m2": ("G6", "target_area"),
    "area_share": ("G6", "tolerance"),
    "duplicate_distance_m": ("P5", "distance"),
}


def profile_overrides(profile: Profile) -> dict[str, Override]:
    """Return the overrides of a profile: its rules, and its tolerances where no rule says else.

    Raises
    ------
    WanggeError
        As `overrides_from` does.
    """
    table: dict[str, dict[str, Any]] = {}
    for tolerance, (rule_id, name) in _TOLERANCES.items():
        if tolerance in profile.tolerances:
            table.setdefault(rule_id, {})[name] = profile.tolerances[tolerance]
    for rule_id, own in profile.rules.items():
        weight = {"severity": own.severity} if own.severity else {}
        table.setdefault(rule_id, {}).update({"off": own.off, **weight, **own.parameters})
    return overrides_from(table)


def _override(rule_id: str, values: Mapping[str, Any]) -> Override:
    try:
        known = rule(rule_id)
    except KeyError:
        raise WanggeError(
            translate(
                "Wangge", "The profile names rule {rule}, which does not exist. Correct the id."
            ).format(rule=rule_id)
        ) from None
    if not isinstance(values, Mapping):
        raise _refused(rule_id, "", values)
    off, severity = values.get("off", False), values.get("severity")
    if not isinstance(off, bool):
        raise _refused(rule_id, "off", off)
    if severity is not None and severity not in {s.value for s in Severity}:
        raise _refused(rule_id, "severity", severity)
    by_name = {p.name: p for p in known.parameters}
    parameters = {}
    for name, value in values.items():
        if name in ("off", "severity"):
            continue
        if name not in by_name or not _fits(by_name[name], value):
            raise _refused(rule_id, name, value)
        parameters[name] = tuple(value) if isinstance(value, list) else value
    return Override(off, Severity(severity) if severity else None, parameters)


def _fits(parameter: Parameter, value: Any) -> bool:
    default = parameter.default
    if isinstance(default, bool):
        return isinstance(value, bool)
    if isinstance(default, int | float):
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return number and value == value and value >= 0
    if isinstance(default, tuple):
        return isinstance(value, list | tuple)
    return isinstance(value, type(default))


def _refused(rule_id: str, name: str, value: Any) -> WanggeError:
    return WanggeError(
        translate(
            "Wangge",
            "The profile sets {name} = {value} for rule {rule}, which does not know that. See the "
            "list of rules for its parameters.",
        ).format(rule=rule_id, name=name or "?", value=value)
    )
