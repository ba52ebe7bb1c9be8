"""Scoring schemes as the rules take them: a subject does not import another's engine."""

from __future__ import annotations

from ..plugin.risk.schemes import Scheme, available_schemes
from ..plugin.rules.references import Scheme as RuleScheme


def rule_schemes() -> dict[str, RuleScheme]:
    """Return the schemes by reference (``"lec@1"``) and, for lists that name no version, by id."""
    known = available_schemes()
    made = {scheme.reference: _rule_scheme(scheme) for scheme in known}
    return {**{scheme.id: made[scheme.reference] for scheme in known}, **made}


def _rule_scheme(scheme: Scheme) -> RuleScheme:
    """Return a scheme of the risk engine as plain values for the rules."""
    return RuleScheme(
        scheme.reference,
        {factor.field: factor.allowed for factor in scheme.factors},
        tuple((band.lower, band.level) for band in scheme.bands),
        inclusive=scheme.boundary == ">=",
    )
