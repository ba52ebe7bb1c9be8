"""Indexes of the project's geocoded places, so that they are found letter by letter."""

from __future__ import annotations

import threading

from qgis.core import NULL, QgsFeatureRequest, QgsVectorLayer, QgsVectorLayerFeatureSource

from ...standards.address_search import AddressHit, AddressSearch

_FIELDS = ("address_name", "address_code", "end_date")


class PlaceIndexes:
    """One search index a layer, made at the first search and kept until the layer changes."""

    def __init__(self):
        self._made: dict[str, tuple[object, list[int], list[str], AddressSearch]] = {}
        self._lock = threading.Lock()

    def version(self, layer: QgsVectorLayer) -> object:
        """Return what changes with the layer's content; ask in the window's thread."""
        return (
            layer.source(),
            layer.featureCount(),
            layer.undoStack().index(),
            layer.dataProvider().dataTimestamp().toMSecsSinceEpoch(),
        )

    def search(
        self,
        layer_id: str,
        version: object,
        source: QgsVectorLayerFeatureSource,
        text: str,
        limit: int,
        feedback,
    ) -> list[tuple[int, str, AddressHit]]:
        """Return feature id, code and hit of the places that ``text`` may mean."""
        with self._lock:
            known = self._made.get(layer_id)
            if known is None or known[0] != version:
                known = (version, *_index(source, feedback))
                if feedback.isCanceled():
                    return []
                self._made[layer_id] = known
        _, ids, codes, search = known
        return [(ids[hit.row], codes[hit.row], hit) for hit in search.search(text, limit)]


def _index(source: QgsVectorLayerFeatureSource, feedback) -> tuple[list[int], list, AddressSearch]:
    fields = source.fields()
    name, code, end = (fields.lookupField(f) for f in _FIELDS)
    request = QgsFeatureRequest().setFlags(QgsFeatureRequest.Flag.NoGeometry)
    request.setSubsetOfAttributes([i for i in (name, code, end) if i >= 0])
    ids, names, codes, retired = [], [], [], []
    for feature in source.getFeatures(request):
        if feedback.isCanceled():
            break
        ids.append(feature.id())
        names.append(_text(feature, name))
        codes.append(_text(feature, code))
        retired.append(bool(_text(feature, end)))
    return ids, codes, AddressSearch(names, codes, retired)


def _text(feature, index: int) -> str:
    value = feature.attribute(index) if index >= 0 else None
    if value is None or value == NULL:
        return ""
    return value if isinstance(value, str) else str(value)
