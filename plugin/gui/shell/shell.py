"""Builds Wangge's part of the window and takes it away again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from qgis.core import QgsApplication, QgsProcessingFeatureSourceDefinition, QgsProject
from qgis.PyQt.QtCore import QObject, Qt, QTimer, QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QAction, QDialog, QDockWidget

from ...errors import WanggeError
from ...packages import Lack
from ...settings import Settings
from ...translation import translate
from ..findings.panel import REPORT_PROPERTY, FindingsPanel
from ..general.guide import Doors, GuideDock
from ..general.help_index import write_help
from ..general.sample_city import make_sample_city
from ..general.welcome import WelcomeDialog
from .bars import Bars
from .connections import Connections
from .context_menu import ContextMenu
from .dock import WanggeDock
from .found import bring_to_top, sign_findings
from .lacking import tell_lacks
from .locating import Locators
from .messages import Messages
from .options import OptionsFactory
from .recognition import project_layers, recognise
from .rooms import NAMES, Desk, Room, open_room
from .running import Runner, layers_of
from .showing import show_layer
from .state import prefilled
from .steps import Step, algorithm_of
from .subjects import SUBJECTS, icon

# Of the docks at first, in pixels: the titles of the steps fit, the map stays large.
_WIDTH = 330


class Shell:
    """Menu, toolbar, docks and options of Wangge."""

    def __init__(self, iface, lacking: Sequence[Lack] = ()):
        self._iface = iface
        self._lacking = lacking
        self._connections = Connections()
        self._open_errors: dict[str, int] = {}
        self.welcome: WelcomeDialog | None = None
        self.messages = Messages(iface)
        self.rooms: dict[str, Room] = {}
        self.is_built = False

    # -- coming and going ------------------------------------------------------------------

    def building(self) -> Iterator[None]:
        """Add menu, toolbar, docks and options to the window, step by step."""
        window = self._iface.mainWindow()
        self._owner = QObject(window)
        self._owner.setObjectName("WanggeShell")
        self.settings = Settings()
        self.runner = Runner(self.messages, self._owner)
        self.findings = FindingsPanel(self._iface, self.messages, self.settings)
        self.guide = GuideDock(self._doors(), window)
        self.dock = WanggeDock(self.start, self.make_sample, self.guide.resume, window)
        self.guide.moved.connect(self.dock.show_guide)
        area = Qt.DockWidgetArea.RightDockWidgetArea
        for dock in (self.dock, self.guide, self.findings):
            self._iface.addDockWidget(area, dock)
        # Docks one below the other would make the window taller than a small screen.
        self.guide.hide()
        self.findings.hide()
        yield
        panels = [
            self._panel_action(self.dock, "wangge", translate("Wangge", "Wangge panel")),
            self._panel_action(self.guide, "guide", translate("Wangge", "Guided path")),
            self._panel_action(self.findings, "findings", translate("Wangge", "Findings panel")),
        ]
        desk = Desk(self._iface, self.messages, self.settings, self.runner, self._owner, self.start)
        for name in NAMES:
            if room := open_room(name, desk):
                self.rooms[name] = room
            yield
        extras = [self._help_action(), self._welcome_action(), self._options_action(window)]
        tools = {name: room.actions for name, room in self.rooms.items()}
        self._bars = Bars(self._iface, self.start, panels, tools, extras)
        yield
        self._options = OptionsFactory(self.settings)
        self._iface.registerOptionsWidgetFactory(self._options)
        self._locators = Locators(self._iface, self.messages)
        self._menu = ContextMenu(
            self._iface,
            self.messages,
            self.runner,
            self.findings.search_for,
            self.settings.connection.value,
        )
        self._listen()
        self.refresh()
        tell_lacks(self._lacking, self.messages, self.settings)
        if window.isVisible():
            self._place()
            self._begin()
        else:
            for dock in window.findChildren(QDockWidget):  # those of the rooms too
                if dock.objectName().startswith("Wangge") and dock is not self.dock:
                    dock.hide()
            # QGIS puts its windows in order only once all plugins are loaded.
            self._connections.connect(self._iface.initializationCompleted, self._begin)
        self.is_built = True

    def _begin(self) -> None:
        if not self.settings.placed.value():
            self._place()
        if self.settings.welcome.value():
            self.show_welcome()

    def show_welcome(self) -> None:
        """Show the welcome page; it blocks nothing."""
        if self.welcome is None:
            window = self._iface.mainWindow()
            self.welcome = WelcomeDialog(self.settings, self.make_sample, self.guide.resume, window)
        self.welcome.again.setChecked(False)
        self.welcome.show()
        self.welcome.raise_()

    def _place(self) -> None:
        # One dock at first; the findings wait behind it until there are some.
        window = self._iface.mainWindow()
        for dock in (self.guide, self.findings):
            window.tabifyDockWidget(self.dock, dock)
            dock.setUserVisible(False)
        self.dock.setUserVisible(True)
        window.resizeDocks([self.dock], [_WIDTH], Qt.Orientation.Horizontal)
        self.settings.placed.setValue(True)

    def remove(self) -> None:
        """Take everything away that `build` added."""
        self._connections.remove()
        self._refresh_later.stop()
        self.runner.close()
        self.findings.stop()
        self._iface.unregisterOptionsWidgetFactory(self._options)
        self._locators.remove()
        self._menu.remove()
        if self.welcome is not None:
            self.welcome.hide()
            self.welcome.deleteLater()
            self.welcome = None
        self._bars.remove()
        for room in self.rooms.values():
            room.remove()
        for dock in (self.findings, self.guide, self.dock):
            self._iface.removeDockWidget(dock)
            dock.close()
            dock.deleteLater()
        self._owner.deleteLater()
        self.settings.remove()

    def _listen(self) -> None:
        self._refresh_later = QTimer(self._owner)
        self._refresh_later.setSingleShot(True)
        self._refresh_later.setInterval(200)
        self._refresh_later.timeout.connect(self.refresh)
        project = QgsProject.instance()
        for signal in (
            project.layersAdded,
            project.layersRemoved,
            project.readProject,
            project.cleared,
            project.layerTreeRoot().layerOrderChanged,
        ):
            self._connections.connect(signal, self._wake)
        self._connections.connect(self.runner.finished, self._finished)
        self._connections.connect(self.runner.layer_wanted, self.show_layer)
        self._connections.connect(self.findings.counted, self._counted)
        self._connections.connect(self.findings.check_wanted, self.check_again)

    def _panel_action(self, dock, own_icon: str, text: str) -> QAction:
        # The dock's own action only shows and hides; behind another tab it must come forward.
        action = QAction(self._owner)
        action.setCheckable(True)
        dock.setToggleVisibilityAction(action)
        action.setObjectName(f"{dock.objectName()}Action")
        action.setText(text)
        action.setToolTip(text)
        action.setIcon(icon(own_icon))
        return action

    def _welcome_action(self) -> QAction:
        action = QAction(icon("wangge"), translate("Wangge", "Welcome page"), self._owner)
        action.setObjectName("WanggeWelcomeAction")
        action.triggered.connect(lambda _checked=False: self.show_welcome())
        return action

    def _help_action(self) -> QAction:
        text = translate("Wangge", "Help")
        action = QAction(QgsApplication.getThemeIcon("/mActionHelpContents.svg"), text, self._owner)
        action.setObjectName("WanggeHelpAction")
        action.triggered.connect(lambda _checked=False: self.show_help())
        return action

    def show_help(self) -> None:
        """Open the help's first page in the browser; it needs no network."""
        try:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(write_help())))
        except WanggeError as error:
            self.messages.report(error)

    def _doors(self) -> Doors:
        offers = {
            "sample": self.make_sample,
            "add": lambda: self._iface.openDataSourceManagerPage("ogr"),
            "options": lambda: self._iface.showOptionsDialog(self._iface.mainWindow(), "wangge"),
            "findings": lambda: self.findings.setUserVisible(True),
        }
        return Doors(self.start, self.show_layer, self._wake, offers)

    def _options_action(self, parent) -> QAction:
        text = translate("Wangge", "Options…")
        action = QAction(QgsApplication.getThemeIcon("/mActionOptions.svg"), text, self._owner)
        action.setObjectName("WanggeOptionsAction")
        action.triggered.connect(lambda _c=False: self._iface.showOptionsDialog(parent, "wangge"))
        return action

    # -- what people do --------------------------------------------------------------------

    def start(
        self, step: Step, layer_ids: list[str], more: Mapping[str, object] | None = None
    ) -> QDialog | None:
        """Open a step with the layers that fit; those given by id come first."""
        layers = {name: list(found) for name, found in project_layers().items()}
        given: dict[str, object] = {}
        for layer_id in layer_ids:
            layer = QgsProject.instance().mapLayer(layer_id)
            name = recognise(layer) if layer else ""
            if name and name in {**step.needs, **step.uses}.values():
                layers[name] = [layer, *(o for o in layers.get(name, []) if o != layer)]
            else:
                # Not one of ours by its fields: the user says it is.
                given[next(iter(step.needs or step.uses), "INPUT")] = layer_id
        proposed = {
            "CONNECTION": self.settings.connection.value(),
            "PROFILE": self.settings.profile.value(),
            **prefilled(step, layers),
            **given,
            **(more or {}),
        }
        known = {p.name() for p in algorithm_of(step).parameterDefinitions()}
        try:
            return self.runner.open(
                step.id, {k: v for k, v in proposed.items() if k in known and v}
            )
        except Exception as error:
            self.messages.report(error)
            return None

    def check_again(self, kind: str, findings_id: str, selected_of: str = "") -> None:
        """Open the check of a kind of layer, or of a layer's selected features alone.

        What was accepted before stays accepted.
        """
        steps = (step for subject in SUBJECTS for step in subject.steps)
        step = next((s for s in steps if s.checks == kind), None)
        if step is None or algorithm_of(step) is None:
            self.messages.warn(
                translate(
                    "Wangge", "There is no check for these findings. Run it from the toolbox."
                )
            )
            return
        more: dict[str, object] = {"PREVIOUS": findings_id}
        if selected_of:
            more["INPUT"] = QgsProcessingFeatureSourceDefinition(
                selected_of, selectedFeaturesOnly=True
            )
        self.start(step, [], more)

    def show_layer(self, layer_id: str) -> None:
        """Bring a layer into view."""
        show_layer(self._iface, layer_id)

    def make_sample(self) -> None:
        """Make and open a sample city."""
        make_sample_city(self.runner, self._iface)

    # -- what happens ----------------------------------------------------------------------

    def refresh(self) -> None:
        """Show how far each step is and which findings there are."""
        layers = project_layers()
        self.findings.offer(layers.get("finding", []))
        self.dock.show_states(layers, self._open_errors)
        self.guide.show_states(self._open_errors)

    def _finished(self, algorithm: str, results: dict) -> None:
        for layer in layers_of(results.get("FINDINGS")):
            sign_findings(layer, algorithm)
            bring_to_top(layer)
            if results.get("REPORT"):
                layer.setCustomProperty(REPORT_PROPERTY, results["REPORT"])
            # The list of layers is made anew first; then the panel can show this one.
            self.refresh()
            self.findings.show_layer(layer.id())
        self._wake()

    def _counted(self, layer_id: str, errors: int) -> None:
        self._open_errors[layer_id] = errors
        self.dock.show_states(project_layers(), self._open_errors)
        self.guide.show_states(self._open_errors)

    def _wake(self, *_ignored) -> None:
        self._refresh_later.start()
