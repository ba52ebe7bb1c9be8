"""The report for machines, as JSON; the schema is stable.

Schema ``wangge-report/1``, an object with

- ``schema``, ``layer``, ``source``, ``date`` (YYYY-MM-DD), ``edition``: strings;
- ``rows``: number of rows checked;
- ``counts``: ``error``, ``warning``, ``info`` (open violations, also those not listed) and
  ``accepted``;
- ``rules_run``: objects with ``rule``, ``severity``, ``title_en``, ``title_zh``, ``count`` (all
  violations), ``listed``, ``parameters``;
- ``rules_not_run``: objects with ``rule`` and ``reason``;
- ``findings``: objects with the fields of the layer ``finding``, ``feature_id``, ``fix`` and the
  point ``x``, ``y`` (null where there is none); earlier ones that are fixed come last.

New keys may come; these stay.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .finding import Severity
from .report import ReportInfo, listed_findings
from .result import CheckResult

SCHEMA = "wangge-report/1"


def json_report(result: CheckResult, info: ReportInfo) -> dict[str, Any]:
    """Return the report as plain values; see the module for the schema."""
    return {
        "schema": SCHEMA,
        "layer": result.layer,
        "source": info.source,
        "date": info.date.isoformat(),
        "edition": info.edition,
        "rows": result.row_count,
        "counts": {
            **{s.value: result.count(s) for s in Severity},
            "accepted": sum(result.accepted_counts.values()),
        },
        "rules_run": [
            {
                "rule": run.rule.id,
                "severity": run.severity.value,
                "title_en": run.rule.title_en,
                "title_zh": run.rule.title_zh,
                "count": run.count,
                "listed": run.shown,
                "parameters": _plain(run.parameters),
            }
            for run in result.ran
        ],
        "rules_not_run": [{"rule": n.rule.id, "reason": n.reason} for n in result.not_run],
        "findings": listed_findings(result),
    }


def write_json(path: str | Path, result: CheckResult, info: ReportInfo) -> None:
    """Write the report to a file in UTF-8."""
    text = json.dumps(json_report(result, info), ensure_ascii=False, indent=1, allow_nan=False)
    Path(path).write_text(text + "\n", encoding="utf-8")


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, tuple | list | set | frozenset):
        return [_plain(v) for v in value]
    return value
