"""Findings read from their layer in the background, as plain columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

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
    #: What a search looks through, in small letters.
    sought: str = ""


@dataclass(frozen=True)
class FindingTable:
    """All findings of a layer.

    Attributes
    ----------
    rows : tuple of FindingRow
        The gravest first, then by rule and key.
    titles : dict of str to str
        Rule -> its title.
    counts : Counter
        (severity, state) -> how many.
    """

    rows: tuple[FindingRow, ...] = ()
    titles: dict[str, str] = field(default_factory=dict)
    counts: Counter = field(default_factory=Counter)

    @property
    def open_errors(self) -> int:
        """Findings that stop a push."""
        return self.counts[Severity.ERROR.value, State.OPEN.value]

    def count(self, severity: str, state: str) -> int:
        """Return how many there are of a severity in a state; an empty state means all."""
        states = [state] if state else [s.value for s in State]
        return sum(self.counts[severity, one] for one in states)


_WEIGHT = {Severity.ERROR.value: 0, Severity.WARNING.value: 1, Severity.INFO.value: 2}


def make_table(rows: Iterable[FindingRow], titles: dict[str, str]) -> FindingTable:
    """Return a table of findings, sorted and counted."""
    ordered = sorted(rows, key=lambda r: (_WEIGHT[r.severity], r.rule, r.feature_key))
    return FindingTable(tuple(ordered), titles, Counter((r.severity, r.state) for r in ordered))


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
    sought = f"{values['rule']} {values['feature_key']} {values['message']} {values['value']}"
    return FindingRow(id=identity, sought=sought.casefold(), **values)


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
        self._table = make_table(rows, _rule_titles())
        return True

    def finished(self, result: bool) -> None:
        """Hand the table over; called in the window's own thread."""
        self._then(self._table if result else None)
