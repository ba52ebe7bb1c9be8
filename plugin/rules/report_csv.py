"""The findings as CSV for spreadsheets and scripts: one row each, columns as in the JSON report."""

from __future__ import annotations

import csv
import io

from .report import REPORT_COLUMNS, listed_findings
from .result import CheckResult

# A spreadsheet takes these for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_report(result: CheckResult) -> str:
    """Return all findings, with a byte order mark so that spreadsheets read the Chinese.

    A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    target = io.StringIO()
    target.write("\ufeff")
    writer = csv.DictWriter(target, REPORT_COLUMNS)
    writer.writeheader()
    for row in listed_findings(result):
        writer.writerow({k: _harmless(v) for k, v in row.items()})
    return target.getvalue()


def _harmless(value: object) -> object:
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value
