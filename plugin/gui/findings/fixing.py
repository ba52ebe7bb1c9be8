"""The rows that findings are about, and the fixes that findings suggest for them."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.core import QgsFeatureRequest, QgsProject, QgsVectorLayer

from ...rules.finding import Finding, Severity, State
from ...standards.layers import LAYERS
from ..shell.recognition import recognise
from .reading import FindingRow


def layer_of(row: FindingRow) -> QgsVectorLayer | None:
    """Return the project's layer in which the very row is that a finding is about.

    By feature id, which is quick; by key it would mean a search through millions.
    """
    if not row.feature_id.isdigit() or row.layer not in LAYERS:
        return None
    identity = int(row.feature_id)
    for layer in QgsProject.instance().mapLayers().values():
        if recognise(layer) != row.layer:
            continue
        place = layer.fields().lookupField(LAYERS[row.layer].key)
        request = QgsFeatureRequest(identity).setFlags(QgsFeatureRequest.Flag.NoGeometry)
        for feature in layer.getFeatures(request):
            key = feature.attribute(place) if place >= 0 else None
            # A row without a key is known by its id; any other must be the very one.
            if row.feature_key == str(key or identity):
                return layer
    return None


def fix_rows(rows: Iterable[FindingRow]) -> list[int]:
    """Apply the fixes of open findings to their layers; return the ids of those settled."""
    # Imported with the first fix: the rules bring NumPy and SciPy along.
    from ...layers.finding_fixes import fix_in_layer

    groups: dict[str, tuple[QgsVectorLayer, list[FindingRow]]] = {}
    for row in rows:
        if row.fix and row.state == State.OPEN.value and (layer := layer_of(row)) is not None:
            groups.setdefault(layer.id(), (layer, []))[1].append(row)
    settled: list[int] = []
    for layer, mine in groups.values():
        key = LAYERS[mine[0].layer].key
        places = fix_in_layer(layer, key, [_finding(row) for row in mine])
        settled += [mine[n].id for n in places]
    return settled


def _finding(row: FindingRow) -> Finding:
    return Finding(
        row.rule,
        Severity(row.severity),
        row.layer,
        row.feature_key,
        row.message,
        field=row.field,
        value=row.value,
        feature_id=int(row.feature_id),
        fix=row.fix,
    )
