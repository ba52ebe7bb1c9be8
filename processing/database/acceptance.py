"""Findings accepted in a layer, on their way to the platform with a push."""

from __future__ import annotations

from dataclasses import replace

from ...plugin.rules.finding import Finding, State
from ...plugin.rules.result import CheckResult
from ...plugin.rules.states import carry_over, findings_of
from ...plugin.translation import translate
from ..job import Job


def accepted_before(job: Job, connection, platform, name: str) -> list[Finding]:
    """Return what was accepted in the layer of a parameter; nothing unless a manager asks."""
    from ...plugin.database.kept_findings import may_accept

    if not job.is_given(name):
        return []
    accepted = [
        f
        for f in findings_of(job.columns(job.required_source(name)))
        if f.state is State.ACCEPTED and f.accepted_by.strip() and f.accepted_reason.strip()
    ]
    if accepted and not may_accept(connection.cursor(), platform):
        job.progress.warn(
            translate(
                "Wangge",
                "{count} findings accepted in the layer stay open: only a manager of the platform "
                "(role wangge_manager) accepts findings.",
            ).format(count=len(accepted))
        )
        return []
    return accepted


def accepted_too(accepted: list[Finding], result: CheckResult) -> CheckResult:
    """Return a check's result with more findings accepted; what stood before stands."""
    if not accepted:
        return result
    more = carry_over(accepted, result).accepted
    return replace(result, accepted={**more, **result.accepted})
