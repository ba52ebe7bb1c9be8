"""Which features were edited since they were checked."""

from __future__ import annotations

from collections.abc import Callable, Collection

from qgis.core import QgsProject, QgsVectorLayer

from ..shell.connections import Connections
from ..shell.recognition import recognise


class Touched:
    """Remembers the features of checked layers that were added or changed.

    Parameters
    ----------
    changed : callable
        Called when there is a first touched feature in a layer, or none any more.
    """

    def __init__(self, changed: Callable[[], None]):
        self._changed = changed
        self._findings = ""
        self._ids: dict[str, set[int]] = {}
        self._connections = Connections()

    def watch(self, findings_id: str, kinds: Collection[str]) -> None:
        """Note edits of the project's layers of these kinds; new findings begin anew."""
        if findings_id != self._findings:
            self.stop()
            self._findings = findings_id
        for layer in QgsProject.instance().mapLayers().values():
            if layer.id() not in self._ids and recognise(layer) in kinds:
                self._follow(layer)

    def stop(self) -> None:
        """Let go of all layers."""
        self._connections.remove()
        self._ids.clear()
        self._findings = ""

    def layer_of(self, kind: str) -> QgsVectorLayer | None:
        """Return the layer of a kind with the most touched features; None when none is."""
        known = QgsProject.instance().mapLayers()
        found = [known[i] for i, ids in self._ids.items() if ids and i in known]
        found = [layer for layer in found if recognise(layer) == kind]
        return max(found, key=lambda layer: len(self._ids[layer.id()]), default=None)

    def select(self, layer: QgsVectorLayer) -> None:
        """Select what was touched in a layer."""
        layer.selectByIds(sorted(self._ids[layer.id()]))

    def _follow(self, layer: QgsVectorLayer) -> None:
        ids = self._ids[layer.id()] = set()

        def note(identity: int, *_ignored: object) -> None:
            first = not ids
            ids.add(identity)
            if first:
                self._changed()

        def gone(identity: int) -> None:
            ids.discard(identity)
            if not ids:
                self._changed()

        def saved(_layer_id: str, features: list) -> None:
            # Until they are saved new features have ids below zero.
            ids.difference_update([i for i in ids if i < 0])
            for feature in features:
                note(feature.id())

        connect = self._connections.connect
        connect(layer.attributeValueChanged, note, sender=layer)
        connect(layer.geometryChanged, note, sender=layer)
        connect(layer.featureAdded, note, sender=layer)
        connect(layer.featureDeleted, gone, sender=layer)
        connect(layer.committedFeaturesAdded, saved, sender=layer)
