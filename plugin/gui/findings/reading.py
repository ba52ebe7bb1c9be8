"""Findings read from their layer in the background, as plain columns."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from qgis.core import (
    QgsFeatureRequest,
    QgsTask,
    QgsVectorLayer,
    QgsVectorLayerFeatureSource,
)

from ...rules.finding import Severity, State

COLUMNS = (
    "rule", "severity", "layer", "feature_key", "field", "value", "message", "state",
    "accepted_by", "accepted_reason", "feature_id", "fix",
)  # fmt: skip


@dataclass(frozen=True)
class FindingRow:
    """One finding as the panel shows it."""

    id: int
    rule: str
    severity: str
    layer: str
    feature_key: str
    field: str
    value: str
    message: str
    state: str
    accepted_by: str = ""
    accepted_reason: str = ""
    feature_id: str = ""
    fix: str = ""

    def matches(self, words: Collection[str]) -> bool:
        """Return True when every word occurs in the rule, the key or the message."""
        if not words:
            return True
        text = f"{self.rule} {self.feature_key} {self.message} {self.value}".casefold()
        return all(word in text for word in words)


@dataclass(frozen=True)
class FindingTable:
    """All findings of a layer with the titles of their rules."""

    rows: tuple[FindingRow, ...]
    titles: dict[str, str]

    @property
    def open_errors(self) -> int:
        """Findings that stop a push."""
        wanted = (Severity.ERROR.value, State.OPEN.value)
        return sum((r.severity, r.state) == wanted for r in self.rows)


def _text(value) -> str:
    # An empty cell comes as None or as Qt's own null.
    if value is None or (hasattr(value, "isNull") and value.isNull()):
        return ""
    return str(value)


def _row(identity: int, values: dict[str, str]) -> FindingRow:
    # What means no severity or state counts as an open error: nothing is hidden.
    if values["severity"] not in {s.value for s in Severity}:
        values["severity"] = Severity.ERROR.value
    if values["state"] not in {s.value for s in State}:
        values["state"] = State.OPEN.value
    return FindingRow(id=identity, **values)


def _rule_titles() -> dict[str, str]:
    # Imported here, in the background: the rules bring NumPy and SciPy along.
    from ...rules.catalogue import all_rules
    from ...translation import is_chinese

    chinese = is_chinese()
    return {r.id: r.title_zh if chinese else r.title_en for r in all_rules()}


class ReadFindings(QgsTask):
    """Reads a findings layer; ``then`` gets the table in the window's own thread."""

    def __init__(
        self, layer: QgsVectorLayer, title: str, then: Callable[[FindingTable | None], object]
    ):
        super().__init__(title, QgsTask.Flag.CanCancel | QgsTask.Flag.Silent)
        self._source = QgsVectorLayerFeatureSource(layer)
        self._total = max(1, layer.featureCount())
        self._then = then
        self._table: FindingTable | None = None

    def run(self) -> bool:
        """Read all rows; called in another thread."""
        fields = self._source.fields()
        places = {name: fields.lookupField(name) for name in COLUMNS}
        request = QgsFeatureRequest()
        request.setFlags(QgsFeatureRequest.Flag.NoGeometry)
        request.setSubsetOfAttributes([i for i in places.values() if i >= 0])
        rows = []
        for feature in self._source.getFeatures(request):
            if self.isCanceled():
                return False
            cells = feature.attributes()
            values = {n: _text(cells[i]) if i >= 0 else "" for n, i in places.items()}
            rows.append(_row(feature.id(), values))
            if len(rows) % 1000 == 0:
                self.setProgress(100.0 * len(rows) / self._total)
        self._table = FindingTable(tuple(rows), _rule_titles())
        return True

    def finished(self, result: bool) -> None:
        """Hand the table over; called in the window's own thread."""
        self._then(self._table if result else None)
