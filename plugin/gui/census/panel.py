"""The component panel: choose a class, click, done; change many at once."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import (
    QgsExpressionContextUtils,
    QgsGeometry,
    QgsProject,
    QgsVectorLayer,
)
from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import QLocale, QTimer

from ...errors import Cancelled, WanggeError
from ...layers.component_entry import (
    classes_of,
    component_layers,
)
from ...layers.component_history import HistoryKeeper
from ...standards.component_class import ComponentClass
from ...standards.spec import Geometry
from ...translation import translate
from ..shell.connections import Connections
from ..shell.messages import Messages
from .panel_widgets import PanelWidgets
from .place_tool import PlaceTool
from .selection import change_selected, selected
from .setting import Setting
from .tool_use import ToolUse


class ComponentsPanel(QgsDockWidget):
    """Sets components of one class after the other and changes selected ones."""

    def __init__(self, iface, messages: Messages):
        super().__init__(translate("Wangge", "Components"), iface.mainWindow())
        self.setObjectName("WanggeComponents")
        self._iface = iface
        self._messages = messages
        self._layers: dict[Geometry, QgsVectorLayer] = {}
        self._chosen: ComponentClass | None = None
        self._steps: list[QgsVectorLayer] = []
        self._keepers: list[HistoryKeeper] = []
        self._made_with: tuple[str, ...] | None = None
        self._of_project = Connections()
        self._of_layers = Connections()
        self.tool = PlaceTool(iface)
        self._use = ToolUse(iface, self.tool)
        self.widgets = PanelWidgets(iface, self)
        self._setting = Setting(iface, self.widgets, self.tool, self._added)
        self.setWidget(self.widgets)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(200)
        self._later.timeout.connect(self.refresh)
        self._connect()
        self.refresh()

    def _connect(self) -> None:
        w = self.widgets
        w.search.chosen.connect(self._choose_and_place)
        w.kinds.buttonClicked.connect(lambda _b: self._attempt(self._change_kind))
        w.place.clicked.connect(self._toggle_tool)
        w.middle.clicked.connect(self._place_in_middle)
        w.near.kept.connect(lambda: self._attempt(self._setting.keep))
        w.near.dropped.connect(self._setting.drop)
        w.apply.clicked.connect(lambda: self._attempt(self.change_selected))
        w.undo.clicked.connect(self.undo)
        w.save.clicked.connect(lambda: self._attempt(self.save))
        self.tool.placed.connect(lambda geometry: self._attempt(lambda: self.place(geometry)))
        self.tool.typed.connect(w.search.begin)
        self.tool.left.connect(self._use.leave)
        canvas = self._iface.mapCanvas()
        self._of_project.connect(canvas.mapToolSet, self._tool_changed)
        # Inputs are made when they are looked at: lookups take their time.
        w.tabs.currentChanged.connect(self._wake)
        w.more.collapsedStateChanged.connect(self._wake)
        self.visibilityChanged.connect(self._wake)
        project = QgsProject.instance()
        for signal in (project.layersAdded, project.layersRemoved, project.readProject):
            self._of_project.connect(signal, self._wake)
        self._of_project.connect(project.layersWillBeRemoved, self._let_go_of)
        self._of_project.connect(project.cleared, self._wake)

    # -- layers ----------------------------------------------------------------------------

    def _wake(self, *_ignored) -> None:
        self._later.start()

    def refresh(self) -> None:
        """Look for the project's component layers and its classes again."""
        project = QgsProject.instance()
        layers = component_layers(project)
        if layers != self._layers or not layers:
            self._let_go()
            self._layers = layers
            for layer in layers.values():
                self._of_layers.connect(layer.selectionChanged, self._show_selection, sender=layer)
                for signal in (layer.layerModified, layer.editingStopped, layer.editingStarted):
                    self._of_layers.connect(signal, self._show_edits, sender=layer)
                self._keepers.append(HistoryKeeper(layer, self._history_failed))
        if not self.isVisible():
            return
        self._show_classes(project)
        for kind, button in self.widgets.kind_buttons.items():
            button.setEnabled(kind in layers)
        self._show_class()
        self._show_selection()
        self._show_edits()
        self._show_hint()

    def _show_classes(self, project: QgsProject) -> None:
        scope = QgsExpressionContextUtils.projectScope(project)
        made_with = (
            project.fileName(),
            str(scope.variable("wangge_standard")),
            str(scope.variable("wangge_profile")),
            *(layer.id() for layer in self._layers.values()),
        )
        if made_with != self._made_with:
            self._made_with = made_with
            table = classes_of(project)
            self.widgets.search.show_table(table)
            if self._chosen is not None:
                # Another project may follow another edition.
                self._chosen = table.get(self._chosen.code)

    def _let_go_of(self, ids: list[str]) -> None:
        # Before the layers go: inputs and signals hang on them.
        if any(layer.id() in ids for layer in self._layers.values()):
            self._let_go()
            self._wake()

    def _let_go(self) -> None:
        self._of_layers.remove()
        self._use.let_go()
        for keeper in self._keepers:
            keeper.stop()
        self._keepers = []
        self._setting.drop()
        self._steps = []
        self.widgets.given.clear()
        self.widgets.changed.clear()
        self._layers = {}

    def stop(self) -> None:
        """Let go of everything before the panel is taken away."""
        self._later.stop()
        self._of_project.remove()
        self._let_go()
        self._use.stop()

    def layer(self) -> QgsVectorLayer | None:
        """Return the layer in which the next component is set."""
        kind = self.widgets.kind()
        return self._layers.get(kind) if kind else None

    # -- class and tool --------------------------------------------------------------------

    def choose(self, chosen: ComponentClass) -> None:
        """Make a class the one that is set from now on."""
        self._chosen = chosen
        self.widgets.search.remember(chosen)
        usual = [k for k in (*chosen.geometries, Geometry.POINT) if k in self._layers]
        if usual and self.widgets.kind() not in chosen.geometries:
            self.widgets.kind_buttons[usual[0]].setChecked(True)
        self._show_class()

    def _choose_and_place(self, chosen: ComponentClass) -> None:
        self.choose(chosen)
        if self.widgets.tabs.currentIndex() == 0:
            self._attempt(self.start_tool)

    def _change_kind(self) -> None:
        self.widgets.given.clear()
        self._show_class()
        if self._use.is_active:
            self.start_tool()

    def start_tool(self) -> None:
        """Take up the map tool; the canvas gets the keys."""
        layer = self._require_layer()
        self._require_class()
        self._use.start(layer)

    def _toggle_tool(self, on: bool) -> None:
        if not on:
            self._use.leave()
        elif not self._attempt(self.start_tool):
            self.widgets.place.setChecked(False)

    def _tool_changed(self, new, _old=None) -> None:
        self.widgets.place.setChecked(new is self.tool)
        if new is not self.tool:
            self._setting.drop()

    def _place_in_middle(self) -> None:
        # The button is there for points alone.
        self._attempt(lambda: self._use.place_in_middle(self._require_layer()))

    # -- what people do --------------------------------------------------------------------

    def place(self, geometry: QgsGeometry) -> None:
        """Set a component of the chosen class."""
        layer, chosen = self._require_layer(), self._require_class()
        self._setting.place(geometry, layer, chosen, self._layers.values())

    def change_selected(self) -> None:
        """Give the selected components the ticked values."""
        for layer in change_selected(self.widgets, self._layers.values(), self._chosen):
            self._steps.append(layer)
        self._show_edits()

    def _added(self, layer: QgsVectorLayer) -> None:
        self._steps.append(layer)
        self._show_edits()

    def undo(self) -> None:
        """Take back the last step of this panel."""
        if self._steps:
            layer = self._steps.pop()
            if layer.isEditable() and layer.undoStack().canUndo():
                layer.undoStack().undo()
                layer.triggerRepaint()
                self.widgets.done.setText(translate("Wangge", "Taken back."))
        self._show_edits()

    def save(self) -> None:
        """Save the edits of all component layers and go on editing."""
        for layer in self._layers.values():
            if layer.isEditable() and layer.isModified() and not layer.commitChanges(False):
                raise WanggeError(
                    translate(
                        "Wangge",
                        "The edits of layer “{layer}” could not be saved. They are still there; check "
                        "that the file is writable and not open elsewhere, then save again.",
                    ).format(layer=layer.name()),
                    "; ".join(layer.commitErrors()),
                )
        self._steps = []
        self.widgets.done.setText(translate("Wangge", "Saved."))
        self._show_edits()

    # -- what is shown ---------------------------------------------------------------------

    def _show_class(self) -> None:
        w = self.widgets
        ready = self._chosen is not None and self.layer() is not None
        w.place.setEnabled(ready)
        w.middle.setEnabled(ready and w.kind() is Geometry.POINT)
        if self.isVisible() and w.tabs.currentIndex() == 0 and not w.more.isCollapsed():
            w.given.show_layer(self.layer())
        if self._chosen is None:
            w.current.setText(translate("Wangge", "Choose a class, then click on the map."))
        else:
            w.current.setText(f"<b>{self._chosen.code} {self._chosen.name}</b>")
        w.change_class.setEnabled(self._chosen is not None)
        w.change_class.setText(
            translate("Wangge", "Class: {name}").format(
                name=self._chosen.name if self._chosen else "–"
            )
        )

    def _show_selection(self, *_ignored) -> None:
        found = selected(self._layers.values())
        count = sum(len(ids) for ids in found.values())
        self.widgets.selected.setText(
            translate("Wangge", "Selected components: {count}").format(
                count=QLocale().toString(count)
            )
        )
        self.widgets.apply.setEnabled(count > 0)
        if not self.isVisible() or self.widgets.tabs.currentIndex() != 1:
            return
        fallback = next(iter(self._layers.values()), None)
        self.widgets.changed.show_layer(next(iter(found), self.layer() or fallback))

    def _show_edits(self, *_ignored) -> None:
        open_edits = [one for one in self._layers.values() if one.isEditable()]
        self.widgets.save.setEnabled(any(one.isModified() for one in open_edits))
        self._steps = [one for one in self._steps if one in open_edits]
        self.widgets.undo.setEnabled(bool(self._steps))

    def _show_hint(self) -> None:
        text = ""
        if not self._layers:
            text = translate(
                "Wangge",
                "The project has no layer of components that can be edited. Open a census project "
                "or make one with “Create census project”.",
            )
        elif not any(_fills_itself(layer) for layer in self._layers.values()):
            text = translate(
                "Wangge",
                "These layers do not fill unit grid and code by themselves; those of a census "
                "project do.",
            )
        self.widgets.hint.setText(text)
        self.widgets.hint.setVisible(bool(text))

    # -- refusals --------------------------------------------------------------------------

    def _require_layer(self) -> QgsVectorLayer:
        layer = self.layer()
        if layer is None:
            raise WanggeError(
                translate(
                    "Wangge", "The project has no layer for components of this kind of geometry."
                )
            )
        return layer

    def _require_class(self) -> ComponentClass:
        if self._chosen is None:
            raise WanggeError(translate("Wangge", "Choose a class first."))
        return self._chosen

    def _history_failed(self, table: str) -> None:
        self._messages.warn(
            translate(
                "Wangge",
                "The changes were saved, but not noted in “{table}”: it cannot be written.",
            ).format(table=table)
        )

    def _attempt(self, work: Callable[[], object]) -> bool:
        try:
            work()
        except Cancelled as cancelled:
            self._messages.notice(cancelled.message)
            return False
        except WanggeError as error:
            self._messages.warn(error.message)
            return False
        except Exception as error:
            self._messages.report(error)
            return False
        return True


def _fills_itself(layer: QgsVectorLayer) -> bool:
    index = layer.fields().lookupField("component_code")
    return layer.defaultValueDefinition(index).isValid()
