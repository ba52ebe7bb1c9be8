"""What a run of rules gives back: findings, true counts, and what could not be checked."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from .finding import Finding, Severity, State
from .findings import Findings
from .rule import Rule

_WEIGHT = {Severity.INFO: 0, Severity.WARNING: 1, Severity.ERROR: 2}


@dataclass(frozen=True)
class RuleRun:
    """One rule that was run.

    Attributes
    ----------
    rule : Rule
    severity : Severity
        In force: the catalogue's, or the profile's.
    parameters : mapping
        The values used.
    count : int
        All violations, also those beyond the cap.
    shown : int
        Violations that became findings.
    seconds : float
    """

    rule: Rule
    severity: Severity
    parameters: Mapping[str, Any]
    count: int
    shown: int
    seconds: float

    @property
    def is_capped(self) -> bool:
        return self.shown < self.count


@dataclass(frozen=True)
class RuleNotRun:
    """One rule that could not be run, and why, as a sentence."""

    rule: Rule
    reason: str


@dataclass(frozen=True)
class CheckResult:
    """Outcome of one run.

    Attributes
    ----------
    layer : str
    row_count : int
    findings : tuple of Findings
        In columns; iterate over the result for `Finding` objects.
    ran : tuple of RuleRun
    not_run : tuple of RuleNotRun
    accepted : mapping of tuple to Finding
        Findings accepted earlier, by `finding_identity`; see `states`.
    closed : tuple of Finding
        Earlier findings that this run did not find again, or could not judge.
    """

    layer: str
    row_count: int
    findings: tuple[Findings, ...]
    ran: tuple[RuleRun, ...]
    not_run: tuple[RuleNotRun, ...]
    accepted: Mapping[tuple, Finding] = dataclasses.field(default_factory=dict)
    closed: tuple[Finding, ...] = ()

    def __iter__(self) -> Iterator[Finding]:
        """Yield this run's findings with their states, the worst first, then by rule."""
        for group in sorted(self.findings, key=lambda g: -_WEIGHT[g.severity]):
            for finding in group:
                yield self._with_state(finding) if self.accepted else finding

    def _with_state(self, finding: Finding) -> Finding:
        old = self.accepted.get(finding_identity(finding))
        if old is None:
            return finding
        return replace(
            finding,
            state=State.ACCEPTED,
            accepted_by=old.accepted_by,
            accepted_reason=old.accepted_reason,
            accepted_date=old.accepted_date,
        )

    def count(self, severity: Severity) -> int:
        """Return the number of open violations of one severity, also those beyond the cap."""
        total = sum(run.count for run in self.ran if run.severity is severity)
        return total - self.accepted_counts.get(severity, 0)

    @cached_property
    def accepted_counts(self) -> dict[Severity, int]:
        """Accepted findings of this run by severity."""
        if not self.accepted:
            return {}
        return Counter(f.severity for f in self if f.state is State.ACCEPTED)

    @property
    def error_count(self) -> int:
        return self.count(Severity.ERROR)

    @property
    def warning_count(self) -> int:
        return self.count(Severity.WARNING)

    def exit_status(self, threshold: Severity = Severity.ERROR) -> int:
        """Return 1 when a violation of at least ``threshold`` is open, else 0."""
        bad = [s for s in Severity if _WEIGHT[s] >= _WEIGHT[threshold] and self.count(s) > 0]
        return 1 if bad else 0


def finding_identity(finding: Finding) -> tuple[str, str, str, str, str]:
    """Return what makes two findings of two runs the same finding."""
    f = finding
    return f.rule, f.feature_key, f.geometry_hash, f.field, f.value
