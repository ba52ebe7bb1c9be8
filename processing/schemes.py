"""Scoring schemes as the rules take them: a subject does not import another's engine."""

from __future__ import annotations

from ..plugin.risk.schemes import Scheme
from ..plugin.rules.references import Scheme as RuleScheme


def rule_scheme(scheme: Scheme) -> RuleScheme:
    """Return a scheme of the risk engine as plain values for the rules."""
    return RuleScheme(
        scheme.reference,
        {factor.field: factor.allowed for factor in scheme.factors},
        tuple((band.lower, band.level) for band in scheme.bands),
        inclusive=scheme.boundary == ">=",
    )
