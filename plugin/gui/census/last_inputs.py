"""What an algorithm was run with last, so that it can be run again with decisions."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.gui import QgsGui
from qgis.PyQt.QtCore import QDateTime

# Of QGIS's history: long enough for a review, short enough to be read at once.
_DAYS = 14


def last_inputs(algorithm: str) -> dict[str, object]:
    """Return the inputs of the last run from a dialog, without its outputs; empty for none."""
    found = QgsApplication.processingRegistry().algorithmById(algorithm)
    if found is None:
        return {}
    since = QDateTime.currentDateTime().addDays(-_DAYS)
    entries = QgsGui.historyProviderRegistry().queryEntries(start=since, providerId="processing")
    for entry in reversed(entries):
        if entry.entry.get("algorithm_id") == algorithm:
            inputs = (entry.entry.get("parameters") or {}).get("inputs") or {}
            known = {p.name() for p in found.parameterDefinitions() if not p.isDestination()}
            return {name: value for name, value in inputs.items() if name in known}
    return {}
