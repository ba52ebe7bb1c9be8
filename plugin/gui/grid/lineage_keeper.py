"""Keeps the lineage of cells when edits of the map tools are saved."""

from __future__ import annotations

from qgis.core import QgsProject, QgsVectorLayer

from ...grid.lineage import Lineage
from ...layers.lineage_rows import lineage_layer_beside, lineage_of_edits, write_lineage
from ...translation import translate
from ..shell.connections import Connections
from ..shell.messages import Messages
from ..shell.recognition import project_layers


class LineageKeeper:
    """Watches layers that the tools have edited; what is undone before saving leaves no trace."""

    def __init__(self, messages: Messages):
        self._messages = messages
        self._watched: dict[str, Connections] = {}
        self._pending: dict[str, Lineage | None] = {}

    def watch(self, layer: QgsVectorLayer) -> None:
        """Keep the lineage of a layer from now on."""
        identity = layer.id()
        if identity in self._watched:
            return
        connections = self._watched[identity] = Connections()
        connections.connect(
            layer.beforeCommitChanges, lambda *_: self._before(identity), sender=layer
        )
        connections.connect(
            layer.afterCommitChanges, lambda *_: self._after(identity), sender=layer
        )

    def remove(self) -> None:
        """Let go of all layers."""
        for connections in self._watched.values():
            connections.remove()
        self._watched.clear()
        self._pending.clear()

    def _before(self, identity: str) -> None:
        # While the provider still has the cells as they were.
        self._pending[identity] = None
        try:
            self._pending[identity] = lineage_of_edits(QgsProject.instance().mapLayer(identity))
        except Exception as error:
            self._messages.report(error)

    def _after(self, identity: str) -> None:
        rows = self._pending.pop(identity, None)
        layer = QgsProject.instance().mapLayer(identity)
        if rows is None or layer is None:
            return
        try:
            target = self._target(layer)
            count = write_lineage(target, rows)
        except Exception as error:
            self._messages.report(error)
            return
        self._messages.notice(
            translate("Wangge", "Lineage: {count} rows added to the layer “{layer}”.").format(
                count=count, layer=target.name()
            )
        )

    def _target(self, layer: QgsVectorLayer) -> QgsVectorLayer:
        known = project_layers().get("lineage")
        if known:
            return known[0]
        made = lineage_layer_beside(layer)
        QgsProject.instance().addMapLayer(made)
        return made
