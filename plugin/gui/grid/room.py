"""The map tools for unit grids as actions, put on the canvas and taken away again."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QAction

from ...translation import translate
from ..shell.recognition import project_layers, recognise
from ..shell.rooms import Desk
from ..shell.subjects import icon
from .border_tool import BorderTool
from .cell_tool import CellTool
from .lineage_keeper import LineageKeeper
from .merge_tool import MergeTool
from .redraw_tool import RedrawTool
from .renumber_tool import RenumberTool
from .scenario_panel import ScenarioPanel
from .split_tool import HalveTool, SplitTool


def open_room(desk: Desk) -> GridTools:
    """Put the tools into the window."""
    return GridTools(desk)


class GridTools:
    """Split, halve, merge, renumber and move borders of unit grids."""

    def __init__(self, desk: Desk):
        self._desk = desk
        self._iface = desk.iface
        self.scenarios: ScenarioPanel | None = None
        self._canvas = desk.iface.mapCanvas()
        self._before = None
        self._keeper = LineageKeeper(desk.messages)
        self.tools: dict[str, CellTool] = {}
        self.actions: list[QAction] = []
        for name, kind, text in (
            ("cell_split", SplitTool, translate("Wangge", "Split cell by a line")),
            ("cell_halve", HalveTool, translate("Wangge", "Halve cell")),
            ("cell_merge", MergeTool, translate("Wangge", "Merge cells")),
            ("cell_border", BorderTool, translate("Wangge", "Move border of cells")),
            ("cell_redraw", RedrawTool, translate("Wangge", "Draw border of cells anew")),
            ("cell_renumber", RenumberTool, translate("Wangge", "Pick and renumber cells")),
        ):
            tool = kind(self._canvas, desk.messages, self.layer, self.leave, self._keeper.watch)
            action = QAction(icon(name), text, desk.owner)
            action.setObjectName(f"WanggeTool_{name}")
            action.setCheckable(True)
            action.triggered.connect(self._starter(tool))
            tool.setAction(action)
            self.tools[name] = tool
            self.actions.append(action)
        text = translate("Wangge", "Cell scenarios")
        action = QAction(icon("cell_scenarios"), text, desk.owner)
        action.setObjectName("WanggeTool_cell_scenarios")
        action.setToolTip(
            translate(
                "Wangge", "Keep states of the cells under names, compare them, bring one back"
            )
        )
        action.triggered.connect(lambda _checked=False: self.open_scenarios())
        self.actions.append(action)

    def open_scenarios(self) -> None:
        """Open the scenario window."""
        if self.scenarios is None:
            self.scenarios = ScenarioPanel(
                self._desk, self.layer, self._keeper.watch, self._weigh_anew
            )
            area = Qt.DockWidgetArea.RightDockWidgetArea
            self._iface.addTabifiedDockWidget(area, self.scenarios, ["WanggeDock"], True)
        self.scenarios.setUserVisible(True)

    def _weigh_anew(self) -> None:
        tool = self._canvas.mapTool()
        if isinstance(tool, CellTool):
            tool.weigh_anew()

    def _starter(self, tool: CellTool) -> Callable[[bool], None]:
        def start(_checked: bool = False) -> None:
            current = self._canvas.mapTool()
            if current not in self.tools.values():
                self._before = current
            # QGIS's own undo, save and snapping follow the active layer.
            if (layer := self.layer()) is not None:
                self._iface.setActiveLayer(layer)
            self._canvas.setMapTool(tool)
            self._canvas.setFocus()

        return start

    def layer(self) -> QgsVectorLayer | None:
        """Return the layer of cells at work: the active one, or the project's first."""
        active = self._iface.activeLayer()
        if active is not None and recognise(active) == "unit_grid":
            return active
        return next(iter(project_layers().get("unit_grid", [])), None)

    def leave(self) -> None:
        """Go back to the tool that was in use before."""
        if self._before is not None:
            self._canvas.setMapTool(self._before)
        else:
            self._iface.actionPan().trigger()

    def remove(self) -> None:
        """Take the tools off the canvas."""
        self._keeper.remove()
        if self.scenarios is not None:
            self.scenarios.stop()
            self._iface.removeDockWidget(self.scenarios)
            self.scenarios.close()
            self.scenarios.deleteLater()
            self.scenarios = None
        for tool in self.tools.values():
            if self._canvas.mapTool() is tool:
                self._canvas.unsetMapTool(tool)
                self._iface.actionPan().trigger()
            tool.deleteLater()
        self.tools.clear()
        self._before = None
