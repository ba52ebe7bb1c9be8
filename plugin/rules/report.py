"""What all reports share: where the data came from, and the findings as plain rows."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely

from .finding import Finding, State
from .findings import COLUMNS, zoom_points
from .references import Areas
from .result import CheckResult


@dataclass(frozen=True, eq=False)
class ReportInfo:
    """What a report says about itself.

    Attributes
    ----------
    source : str
        File or layer, for people; never a connection with a password.
    date : datetime.date
    edition : str
    communities : Areas or None
        To sum up by community and to draw the maps on.
    community_names : tuple of str
        In the order of ``communities``; empty where unknown.
    findings : str
        File of the finding layer, which QGIS opens; empty where it is none.
    """

    source: str = ""
    date: datetime.date = field(default_factory=datetime.date.today)
    edition: str = ""
    communities: Areas | None = None
    community_names: tuple[str, ...] = ()
    findings: str = ""


REPORT_COLUMNS = (*COLUMNS, "x", "y")
#: A page lists so many findings of each rule; the others are in their layer.
SHOWN_PER_RULE = 50


def all_findings(result: CheckResult) -> list[Finding]:
    """Return the findings of a run, then the earlier ones that are closed."""
    return [*result, *result.closed]


def open_findings(result: CheckResult) -> Iterator[Finding]:
    """Yield the findings that are neither fixed nor accepted."""
    return (f for f in result if f.state is State.OPEN)


def shown_findings(result: CheckResult) -> dict[str, list[Finding]]:
    """Return the open findings that a page lists, by rule."""
    by_rule: dict[str, list[Finding]] = {}
    for finding in open_findings(result):
        shown = by_rule.setdefault(finding.rule, [])
        if len(shown) < SHOWN_PER_RULE:
            shown.append(finding)
    return by_rule


def listed_findings(result: CheckResult) -> list[dict[str, Any]]:
    """Return all findings as plain values under `REPORT_COLUMNS`."""
    findings = all_findings(result)
    points = zoom_points(findings)
    x, y = shapely.get_x(points).tolist(), shapely.get_y(points).tolist()
    rows = []
    for i, finding in enumerate(findings):
        row: dict[str, Any] = {name: _stored(getattr(finding, name)) for name in COLUMNS}
        row["x"] = x[i] if math.isfinite(x[i]) else None
        row["y"] = y[i] if math.isfinite(y[i]) else None
        rows.append(row)
    return rows


def _stored(value: Any) -> Any:
    return getattr(value, "value", value)


def community_of(findings: list[Finding], info: ReportInfo) -> list[str]:
    """Return the code of the community each finding lies in, "" where that is unknown."""
    if info.communities is None or not findings:
        return [""] * len(findings)
    area = info.communities.locate(zoom_points(findings))
    codes = np.append(info.communities.codes, "")
    return codes[area].tolist()
