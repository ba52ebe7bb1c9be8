"""Fixes that findings suggest, applied to a layer in the window as one edit command."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qgis.core import QgsFeatureRequest, QgsVectorLayer

from ..errors import WanggeError
from ..rules.batch import Batch
from ..rules.finding import Finding
from ..rules.fixes import apply_fixes
from ..translation import translate
from . import features
from .source import LayerSource
from .writing import attribute_values


@dataclass(frozen=True)
class _Picked(LayerSource):
    # Some rows by their ids, as the user sees them now.
    ids: tuple[int, ...] = ()

    def request(self) -> QgsFeatureRequest:
        return QgsFeatureRequest().setFilterFids(list(self.ids))


def fix_in_layer(layer: QgsVectorLayer, key: str, findings: Sequence[Finding]) -> list[int]:
    """Apply fixes to a layer; return which findings (by place) were settled by it.

    A row that is no longer the one the finding was about, or whose value has changed since,
    is left alone. All changes are one edit command; the layer stays open for editing, so that
    they can be looked at and undone before they are saved.

    Parameters
    ----------
    layer : QgsVectorLayer
    key : str
        Field that identifies a row.
    findings : sequence of Finding

    Raises
    ------
    WanggeError
        If the layer cannot be edited; nothing is changed then.
    """
    before = _rows(layer, findings)
    place = {int(i): row for row, i in enumerate(before.ids.tolist())}
    keys = before.text(key)
    mine = [
        (n, f)
        for n, f in enumerate(findings)
        if f.fix
        and f.feature_id in place
        and f.feature_key in (str(keys[place[f.feature_id]]), str(f.feature_id))
    ]
    fixed = apply_fixes(before, [f for _, f in mine])
    if not fixed.count:
        return []
    if not layer.isEditable() and not layer.startEditing():
        raise WanggeError(
            translate(
                "Wangge", "The layer “{layer}” cannot be edited. Save it as a GeoPackage first."
            ).format(layer=layer.name())
        )
    changed = _write(layer, before, fixed.batch, fixed.fields)
    return [n for n, f in mine if (f.feature_id, f.field) in changed]


def _rows(layer: QgsVectorLayer, findings: Sequence[Finding]) -> Batch:
    ids = tuple(sorted({f.feature_id for f in findings if f.feature_id >= 0}))
    source = _Picked(layer, ids=ids)
    names = [f.name() for f in layer.fields()]
    for batch in features.read_batches(source, names, geometry=False, batch_rows=max(1, len(ids))):
        return batch
    return features.empty_batch(source, names, geometry=False)


def _write(layer, before: Batch, after: Batch, names: Sequence[str]) -> set[tuple[int, str]]:
    changed: set[tuple[int, str]] = set()
    layer.beginEditCommand(translate("Wangge", "Apply fixes"))
    for name in names:
        index = layer.fields().lookupField(name)
        pairs = zip(attribute_values(before, name), attribute_values(after, name), strict=True)
        for identity, (old, new) in zip(before.ids.tolist(), pairs, strict=True):
            if old == new:
                continue
            if not layer.changeAttributeValue(identity, index, new):
                layer.destroyEditCommand()
                raise WanggeError(
                    translate(
                        "Wangge", "The layer “{layer}” could not be saved. Nothing was changed."
                    ).format(layer=layer.name())
                )
            changed.add((identity, name))
    layer.endEditCommand()
    return changed
