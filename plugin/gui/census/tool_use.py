"""The map tool taken up and put down again."""

from __future__ import annotations

from qgis.core import QgsVectorLayer
from qgis.gui import QgsMapTool
from qgis.PyQt import sip

from ...layers.component_entry import start_editing
from .place_tool import PlaceTool


class ToolUse:
    """Knows what was in hand before and goes back to it."""

    def __init__(self, iface, tool: PlaceTool):
        self._iface = iface
        self._tool = tool
        self._before: QgsMapTool | None = None

    @property
    def is_active(self) -> bool:
        """True while the tool is in hand."""
        return self._iface.mapCanvas().mapTool() is self._tool

    def start(self, layer: QgsVectorLayer) -> None:
        """Take up the tool for a layer; the canvas gets the keys."""
        start_editing(layer)
        canvas = self._iface.mapCanvas()
        self._iface.setActiveLayer(layer)
        self._tool.work_on(layer)
        if self.is_active:
            # Taken up anew, it learns the kind of geometry of the new layer.
            canvas.unsetMapTool(self._tool)
        else:
            self._before = canvas.mapTool()
        canvas.setMapTool(self._tool)
        canvas.setFocus()

    def leave(self) -> None:
        """Go back to what was in hand before."""
        before = self._before
        # Another plugin's tool may have gone with its plugin.
        if before is None or before is self._tool or sip.isdeleted(before):
            self._iface.actionPan().trigger()
        else:
            self._iface.mapCanvas().setMapTool(before)

    def place_in_middle(self, layer: QgsVectorLayer) -> None:
        """Set a point in the middle of the map, whatever is in hand."""
        start_editing(layer)
        self._tool.work_on(layer)
        self._tool.place_in_middle()

    def let_go(self) -> None:
        """Put the tool down and forget its layer, which may go next."""
        if self.is_active:
            self.leave()
        self._tool.setLayer(None)

    def stop(self) -> None:
        """Take the tool off the canvas for good."""
        self.let_go()
        if self.is_active:
            self._iface.mapCanvas().unsetMapTool(self._tool)
        self._before = None
        self._tool.deleteLater()
