"""Run rules over the batches of a layer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ..progress import SILENT, Progress, stop_if_cancelled
from ..translation import translate
from .batch import Batch
from .context import CheckContext, Override
from .ledger import Ledger
from .result import CheckResult, RuleNotRun, RuleRun
from .rows import Rows
from .rule import Rule, Subject
from .running import Running

CAP = 100_000


#: Among what `Check.feed` noticed: rows that lie in another unit grid than they name.
ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class Known:
    """What an earlier check in the same context has settled about some rows.

    Attributes
    ----------
    rows : ndarray of bool, shape (n,)
        Rows in which it noticed nothing, but for what ``unsettled`` rules may have found.
    unsettled : frozenset of str
        Ids of the rules on single rows that must look at these rows too.
    """

    rows: np.ndarray
    unsettled: frozenset[str] = frozenset()


class Check:
    """A check that takes the batches of a layer as they come.

    Parameters
    ----------
    subject : Subject
        Its rules are run, and the common ones (but for `Subject.PUSH`).
    context : CheckContext
    rules : sequence of Rule, optional
        Instead of the catalogue's, e.g. to check again with one rule.
    cap : int
        Most findings made per rule; further violations are counted only.
    progress : Progress
    """

    def __init__(
        self,
        subject: Subject,
        context: CheckContext,
        *,
        rules: Sequence[Rule] | None = None,
        cap: int = CAP,
        progress: Progress = SILENT,
    ):
        if rules is None:
            from .catalogue import rules_for

            rules = rules_for(subject)
        self._context = context
        self._rules = [rule for rule in rules if rule.concerns(context.layer)]
        self._cap = cap
        self._progress = progress
        self._ledger: Ledger | None = None
        self._running: list[Running] = []
        self._not_run: list[RuleNotRun] = []
        self._is_about_rows, self._keeps_cells = True, False
        progress.tell(
            translate("Wangge", "Checking the layer {layer} with {count} rules.").format(
                layer=context.layer.name, count=len(self._rules)
            )
        )

    def _begin(self, columns: set[str]) -> Ledger:
        self._running, self._not_run = _plan(self._rules, self._context, columns, self._cap)
        kept = _kept(self._running)
        self._keeps_cells = "cell" in kept
        self._ledger = Ledger(self._context, kept)
        return self._ledger

    def feed(self, batch: Batch, *, known: Known | None = None) -> dict[str, np.ndarray]:
        """Check some rows; order and size of the batches do not matter.

        Parameters
        ----------
        batch : Batch
        known : Known, optional
            Rows at which the rules on single rows need not look again; those across rows do.

        Returns
        -------
        dict of str to ndarray of int
            By the id of each rule on single rows, the rows in which it found something, and
            under `ELSEWHERE` those that lie in another unit grid than they name. See
            `is_about_rows`.
        """
        stop_if_cancelled(self._progress)
        ledger = self._ledger or self._begin(set(batch.fields))
        every = np.arange(len(batch))
        settled = None if known is None else known.rows
        fresh = every if settled is None else np.flatnonzero(~settled)
        rows = Rows(batch, self._context, settled)
        part = rows if len(fresh) == len(batch) else Rows(batch.take(fresh), self._context)
        noticed: dict[str, np.ndarray] = {}
        for one in self._running:
            if one.rule.across:
                continue
            looks_at_all = known is None or one.rule.id in known.unsettled
            if looks_at_all or len(fresh):
                one.check(rows if looks_at_all else part, self._context)
                hit = one.take_hits()
                self._is_about_rows = self._is_about_rows and bool((hit >= 0).all())
                noticed[one.rule.id] = (every if looks_at_all else fresh)[hit[hit >= 0]]
        ledger.feed(rows)
        if self._keeps_cells:
            noticed[ELSEWHERE] = np.flatnonzero(rows.cells != rows.declared)
        if self._context.expected_rows:
            self._progress.report(min(0.8, 0.8 * len(ledger) / self._context.expected_rows))
        return noticed

    @property
    def is_about_rows(self) -> bool:
        """True while `feed` tells all that rules on single rows have found.

        None has spoken of the layer as a whole, or stopped at a geometry.
        """
        return self._is_about_rows and not any(
            one.obstacle for one in self._running if not one.rule.across
        )

    def finish(self) -> CheckResult:
        """Compare the rows among each other and return what was found; call it once."""
        ledger = self._ledger or self._begin(set(self._context.layer.names))
        across = _soonest_forgotten([one for one in self._running if one.rule.across], ledger)
        for i, one in enumerate(across):
            stop_if_cancelled(self._progress)
            ledger.keep_only(_kept(across[i:]))
            one.check(ledger, self._context)
            self._progress.report(0.8 + 0.2 * (i + 1) / len(across))
        return _result(self._context, ledger, self._running, self._not_run, self._progress)


def run_rules(
    subject: Subject,
    batches: Iterable[Batch],
    context: CheckContext,
    *,
    rules: Sequence[Rule] | None = None,
    cap: int = CAP,
    progress: Progress = SILENT,
) -> CheckResult:
    """Check a layer.

    Parameters
    ----------
    batches : iterable of Batch
        All rows of the layer.
    subject, context, rules, cap, progress
        As for `Check`.

    Raises
    ------
    Cancelled
    """
    check = Check(subject, context, rules=rules, cap=cap, progress=progress)
    for batch in batches:
        check.feed(batch)
    return check.finish()


def _kept(running: list[Running]) -> list[str]:
    return [name for one in running if one.rule.across for name in one.rule.keeps]


def _soonest_forgotten(across: list[Running], ledger: Ledger) -> list[Running]:
    """Return the rules in an order in which those alone with wide columns come first."""

    def alone(one: Running) -> int:
        others = _kept([other for other in across if other is not one])
        return ledger.bytes_of(set(one.rule.keeps) - set(others))

    return sorted(across, key=alone, reverse=True)


def _plan(
    rules: Sequence[Rule], context: CheckContext, columns: set[str], cap: int
) -> tuple[list[Running], list[RuleNotRun]]:
    running, not_run = [], []
    for rule in rules:
        override = context.overrides.get(rule.id, Override())
        reason = _obstacle(rule, override, context, columns)
        if reason:
            not_run.append(RuleNotRun(rule, reason))
            continue
        severity = rule.severity
        if context.for_push and rule.push_severity:
            severity = rule.push_severity
        parameters = {**rule.defaults, **override.parameters}
        running.append(
            Running(rule, override.severity or severity, parameters, context.layer.name, cap)
        )
    return running, not_run


def _obstacle(rule: Rule, override: Override, context: CheckContext, columns: set[str]) -> str:
    if override.off:
        return translate("Wangge", "The profile switches it off.")
    if rule.editions and context.edition.id not in rule.editions:
        return translate("Wangge", "It does not apply to {edition}.").format(
            edition=context.edition.number
        )
    for name in rule.needs:
        reference = getattr(context, name)
        if reference is None or reference == "":
            return translate("Wangge", "It needs {reference}, which was not given.").format(
                reference=_reference_title(name)
            )
    for name in rule.fields:
        if name not in columns:
            return translate("Wangge", "The layer {layer} has no field {field}.").format(
                layer=context.layer.name, field=context.label(name)
            )
    return ""


def _reference_title(name: str) -> str:
    titles = {
        "area": translate("Wangge", "the extent of the district"),
        "communities": translate("Wangge", "the communities"),
        "grids": translate("Wangge", "the unit grids"),
        "previous_grids": translate("Wangge", "the unit grids before the update"),
        "buildings": translate("Wangge", "the buildings"),
        "water": translate("Wangge", "the water areas"),
        "carriageways": translate("Wangge", "the carriageways"),
        "barriers": translate("Wangge", "the streets, rivers and railways"),
        "departments": translate("Wangge", "the register of departments"),
        "photos": translate("Wangge", "the photos"),
        "schemes": translate("Wangge", "the risk schemes"),
        "retired_codes": translate("Wangge", "the retired codes"),
        "lineage": translate("Wangge", "the lineage table"),
        "existing": translate("Wangge", "the codes on the platform"),
        "component_codes": translate("Wangge", "the component codes"),
        "previous_levels": translate("Wangge", "the levels of the previous edition"),
        "target": translate("Wangge", "the platform table"),
        "project_crs": translate("Wangge", "the CRS of the project"),
    }
    return titles.get(name, name)


def _result(
    context: CheckContext,
    ledger: Ledger,
    running: list[Running],
    not_run: list[RuleNotRun],
    progress: Progress,
) -> CheckResult:
    not_run = not_run + [RuleNotRun(one.rule, one.obstacle) for one in running if one.obstacle]
    running = [one for one in running if not one.obstacle]
    ran = tuple(
        RuleRun(o.rule, o.severity, o.parameters, o.count, o.shown, o.seconds) for o in running
    )
    for run in ran:
        if run.is_capped:
            progress.warn(
                translate(
                    "Wangge",
                    "Rule {rule}: {count} violations in {layer}; only the first {shown} are listed.",
                ).format(
                    rule=run.rule.id, count=run.count, layer=context.layer.name, shown=run.shown
                )
            )
    progress.report(1.0)
    return CheckResult(
        context.layer.name,
        len(ledger),
        tuple(f for one in running for f in one.findings),
        ran,
        tuple(not_run),
    )
