"""What a workshop is about, kept beside its log: after a crash it goes on where it stopped."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from ...errors import WanggeError
from ...translation import translate


@dataclass(frozen=True)
class WorkshopPlan:
    """Title, scheme (reference or path) and the codes on the agenda in their order."""

    title: str
    scheme: str
    codes: tuple[str, ...]


def plan_beside(log: Path) -> Path:
    """Return where the plan of a log lies."""
    return log.with_suffix(".plan.json")


def write_plan(log: Path, plan: WorkshopPlan) -> None:
    """Write the plan beside its log, before the first event."""
    path = plan_beside(log)
    try:
        path.write_text(json.dumps(asdict(plan), ensure_ascii=False, indent=1), encoding="utf-8")
    except OSError as error:
        raise WanggeError(
            translate(
                "Wangge", "The workshop's log {path} cannot be written. Nothing was noted."
            ).format(path=path),
            detail=str(error),
        ) from error


def read_plan(log: Path) -> WorkshopPlan:
    """Read the plan beside a log.

    Raises
    ------
    WanggeError
        When there is none or it is no plan.
    """
    path = plan_beside(log)
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        codes = tuple(map(str, table["codes"]))
        return WorkshopPlan(str(table["title"]), str(table["scheme"]), codes)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WanggeError(
            translate(
                "Wangge",
                "“{path}” is no plan of a workshop. Choose the log (.jsonl) beside its plan.",
            ).format(path=path),
            detail=str(error),
        ) from error
