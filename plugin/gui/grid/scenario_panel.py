"""The scenario window: keep states of the cells under names, compare two, bring one back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from qgis.core import QgsProcessingUtils, QgsProject, QgsVectorLayer
from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import Qt, QTimer, QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QMessageBox
from qgis.utils import OverrideCursor

from ...grid.page import figure_text, figure_titles
from ...layers.cell_load import choose_load_layer, load_layer_of
from ...layers.cell_scenarios import (
    count_active,
    delete_scenario,
    list_scenarios,
    restore_scenario,
    save_scenario,
    scenario_file,
    write_state,
)
from ...translation import translate
from ..shell.connections import Connections
from ..shell.recognition import project_layers
from ..shell.rooms import Desk
from .difference_layer import show_differences
from .scenario_widgets import NOW, ScenarioWidgets

COMPARE = "wangge:compare_unit_grids"


class ScenarioPanel(QgsDockWidget):
    """Lists the scenarios of the layer of cells at work."""

    def __init__(
        self,
        desk: Desk,
        find_layer: Callable[[], QgsVectorLayer | None],
        edited: Callable[[QgsVectorLayer], object],
        weigh_anew: Callable[[], object],
    ):
        super().__init__(translate("Wangge", "Cell scenarios"), desk.iface.mainWindow())
        self.setObjectName("WanggeScenarios")
        self._iface, self._messages, self._runner = desk.iface, desk.messages, desk.runner
        self._find_layer, self._edited, self._weigh_anew = find_layer, edited, weigh_anew
        self._filling = False
        self._report: Path | None = None
        self._connections = Connections()
        self.widgets = ScenarioWidgets(self)
        self.setWidget(self.widgets)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(200)
        self._later.timeout.connect(lambda: self._attempt(self.reload))
        self._connect()

    def _connect(self) -> None:
        w = self.widgets
        w.save.clicked.connect(lambda: self._attempt(self.save))
        w.name.returnPressed.connect(lambda: self._attempt(self.save))
        w.compare.clicked.connect(lambda: self._attempt(self.compare))
        w.restore.clicked.connect(lambda: self._attempt(self.restore))
        w.delete.clicked.connect(self.ask_delete)
        w.report.clicked.connect(lambda: self._attempt(self.open_report))
        w.scenarios.delete_wanted.connect(self.ask_delete)
        w.scenarios.itemSelectionChanged.connect(self._show_possible)
        w.name.textChanged.connect(self._show_possible)
        w.load.layerChanged.connect(self._load_chosen)
        self.visibilityChanged.connect(self._wake)
        project = QgsProject.instance()
        for signal in (project.layersAdded, project.layersRemoved, project.projectSaved):
            self._connections.connect(signal, self._wake)
        self._connections.connect(self._iface.currentLayerChanged, self._wake)
        self._connections.connect(self._runner.finished, lambda *_: self._show_possible())

    def _wake(self, *_ignored) -> None:
        self._later.start()

    def stop(self) -> None:
        """Let go of everything before the window is taken away."""
        self._later.stop()
        self._connections.remove()

    # -- what is shown ---------------------------------------------------------------------

    def reload(self) -> None:
        """Show the scenarios of the layer at work."""
        if not self.isVisible():
            return
        layer = self._find_layer()
        w = self.widgets
        w.setEnabled(layer is not None)
        if layer is None:
            w.title.setText(
                translate(
                    "Wangge", "There is no layer of unit grids in the project. Load one first."
                )
            )
            w.show_scenarios((), -1)
            return
        w.title.setText(layer.name())
        components = next(iter(project_layers().get("component", [])), None)
        self._filling = True
        w.load.setExceptedLayerList([layer])
        objects = load_layer_of(layer, components)
        if objects is None:
            w.load.setCurrentIndex(0)  # the empty layer, which stands for the own field
        else:
            w.load.setLayer(objects)
        self._filling = False
        known = Path(QgsProject.instance().fileName()).name or layer.providerType() == "ogr"
        w.show_scenarios(list_scenarios(layer) if known else (), count_active(layer))
        self._show_possible()

    def _show_possible(self, *_ignored) -> None:
        w, chosen = self.widgets, self.widgets.selected()
        kept = [name for name in chosen if name != NOW]
        w.save.setEnabled(bool(w.name.text().strip()))
        w.compare.setEnabled(bool(kept) and len(chosen) <= 2 and not self._runner.is_busy())
        w.restore.setEnabled(len(kept) == len(chosen) == 1)
        w.delete.setEnabled(bool(kept))

    def _load_chosen(self, objects) -> None:
        layer = self._find_layer()
        if not self._filling and layer is not None:
            choose_load_layer(layer, objects)
            self._attempt(self._weigh_anew)

    # -- what people do --------------------------------------------------------------------

    def _layer(self) -> QgsVectorLayer:
        layer = self._find_layer()
        assert layer is not None  # noqa: S101 - the controls are disabled without one  # nosec B101
        return layer

    def save(self) -> None:
        """Keep the present state under the name typed."""
        made = save_scenario(self._layer(), self.widgets.name.text())
        self.widgets.name.clear()
        self.reload()
        self._messages.done(
            translate("Wangge", "Scenario “{name}” saved in “{file}”.").format(
                name=made.name, file=scenario_file(self._layer()).name
            )
        )

    def restore(self) -> None:
        """Bring the selected scenario back as one step that can be undone."""
        (name,) = self.widgets.selected()
        layer = self._layer()
        count = restore_scenario(layer, name, translate("Wangge", "Restore scenario"))
        self._iface.setActiveLayer(layer)
        if count:
            self._edited(layer)
            self._messages.done(
                translate(
                    "Wangge",
                    "Scenario “{name}” restored: {count} rows changed. Undo takes it back.",
                ).format(name=name, count=count)
            )
        else:
            self._messages.notice(
                translate("Wangge", "The cells are as in the scenario “{name}” already.").format(
                    name=name
                )
            )
        self.reload()

    def ask_delete(self, *_ignored) -> None:
        """Delete the selected scenarios, once that is confirmed."""
        kept = [name for name in self.widgets.selected() if name != NOW]
        if not kept:
            return
        text = translate("Wangge", "Delete {names}? This cannot be undone.").format(
            names=", ".join(f"“{name}”" for name in kept)
        )
        buttons = QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No
        no = QMessageBox.StandardButton.No
        if QMessageBox.question(self, self.windowTitle(), text, buttons, no) == no:
            return
        self._attempt(lambda: self._delete(kept))

    def _delete(self, names: list[str]) -> None:
        for name in names:
            delete_scenario(self._layer(), name)
        self.reload()

    # -- comparing -------------------------------------------------------------------------

    def compare(self) -> None:
        """Compare two selected scenarios, or one with the present state, in the background."""
        layer, chosen = self._layer(), self.widgets.selected()
        kept = [name for name in chosen if name != NOW]
        # The latest stand on top; what was first comes first.
        first, second = kept[::-1] if len(kept) == 2 else (kept[0], NOW)
        known = project_layers()
        files = {
            output: QgsProcessingUtils.generateTempFilename(name)
            for output, name in (
                ("REPORT", "scenarios.html"),
                ("REPORT_JSON", "scenarios.json"),
                ("DIFFERENCES", "differences.gpkg"),
            )
        }
        objects = self.widgets.load.currentLayer()
        inputs = {
            "FIRST": self._source(layer, first),
            "SECOND": self._source(layer, second),
            "COMMUNITIES": _id(known, "community"),
            "BARRIERS": [one.id() for kind in ("street", "water") for one in known.get(kind, [])],
            "BUILDINGS": _id(known, "building"),
            "LOAD": objects.id() if objects is not None else None,
            **files,
        }
        now = translate("Wangge", "Now")
        names = (first, second or now)
        self._runner.run(
            COMPARE,
            {name: value for name, value in inputs.items() if value},
            lambda results: self._compared(names, results),
        )
        self._show_possible()

    def _source(self, layer: QgsVectorLayer, name: str) -> str:
        if name != NOW:
            return f"{scenario_file(layer)}|layername={name}"
        if not layer.isModified():
            return layer.id()
        # What is not saved yet cannot be read in the background.
        path = Path(QgsProcessingUtils.generateTempFilename("now.gpkg"))
        write_state(layer, path, "now")
        return f"{path}|layername=now"

    def _compared(self, names: tuple[str, str], results: dict) -> None:
        self._report = Path(results["REPORT"])
        figures = json.loads(Path(results["REPORT_JSON"]).read_text(encoding="utf-8"))["figures"]
        titles = figure_titles()
        rows = [
            (
                titles[key],
                figure_text(key, one["first"]),
                figure_text(key, one["second"]),
                one["better"],
            )
            for key, one in figures.items()
            if key in titles and one["first"] is not None and one["second"] is not None
        ]
        self.widgets.show_figures(rows, *names)
        show_differences(self._iface, str(results["DIFFERENCES"]), names)

    def open_report(self) -> None:
        """Open the comparison with its maps in the browser."""
        if self._report is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._report)))

    def _attempt(self, work: Callable[[], object]) -> None:
        # A whole city's cells take some seconds to be written or brought back.
        try:
            with OverrideCursor(Qt.CursorShape.WaitCursor):
                work()
        except Exception as error:
            self._messages.report(error)

    def keyPressEvent(self, event):  # noqa: N802
        if event.key() == Qt.Key.Key_Escape:
            self._iface.mapCanvas().setFocus()
        else:
            super().keyPressEvent(event)


def _id(known, kind: str) -> str | None:
    layers = known.get(kind)
    return layers[0].id() if layers else None
