"""What the risk list adds to the window beside its algorithms: workshop, one map, form."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QAction

from ...errors import WanggeError
from ...layers.one_map import RollUp, make_one_map
from ...layers.register import change_status_of
from ...layers.register_watch import RegisterWatch
from ...risk.schemes import load_scheme
from ...translation import translate
from ..shell.connections import Connections
from ..shell.recognition import project_layers
from ..shell.rooms import Desk
from ..shell.subjects import icon
from .scheme_box import SchemeDialog
from .status_dialog import StatusDialog
from .workshop import WorkshopDock

# Of the workshop panel at first, in pixels: read from the back row, the map still large.
_WIDTH = 480
# What would crowd the risk map: unticked when it is made, one click away.
_HIDDEN = ("component", "unit_grid", "address", "case", "survey", "finding")


def open_room(desk: Desk) -> RiskRoom:
    """Put the risk list's own actions into the window."""
    return RiskRoom(desk)


class RiskRoom:
    """Workshop, one map and form as actions; the workshop panel once it is wanted."""

    def __init__(self, desk: Desk):
        self._iface, self._messages, self._settings = desk.iface, desk.messages, desk.settings
        self._owner = desk.owner
        self.workshop: WorkshopDock | None = None
        self._watches: dict[str, RegisterWatch] = {}
        self._connections = Connections()
        project = QgsProject.instance()
        for signal in (project.layersAdded, project.layersRemoved):
            self._connections.connect(signal, self._watch)
        self._watch()
        self.actions = [
            self._action("risk_workshop", translate("Wangge", "Risk workshop"), self.open_workshop),
            self._action("risk_map", translate("Wangge", "Make the risk map"), self.make_map),
            self._action(
                "risk_form", translate("Wangge", "Set up the risk form…"), self.ask_scheme
            ),
        ]

    def remove(self) -> None:
        """Take the panel away; the actions go with their owner."""
        self._connections.remove()
        for watch in self._watches.values():
            with suppress(RuntimeError):  # gone with its layer
                watch.stop()
        self._watches = {}
        if self.workshop is not None:
            self.workshop.stop()
            self._iface.removeDockWidget(self.workshop)
            self.workshop.close()
            self.workshop.deleteLater()
            self.workshop = None

    def _watch(self, *_ignored) -> None:
        """Watch every risk list of the project, so that no change of a level goes unnoted."""
        found = {layer.id(): layer for layer in project_layers().get("risk", [])}
        # The watch of a layer that is gone went with it.
        self._watches = {i: w for i, w in self._watches.items() if i in found}
        for layer_id in found.keys() - self._watches.keys():
            self._watches[layer_id] = RegisterWatch(
                found[layer_id], self._settings.person.value, self._messages.report
            )

    def _action(self, name: str, text: str, slot: Callable[[], object]) -> QAction:
        action = QAction(icon(name), text, self._owner)
        action.setObjectName(f"WanggeTool_{name}")
        action.triggered.connect(lambda _checked=False: self._try(slot))
        return action

    def _try(self, slot: Callable[[], object]) -> None:
        try:
            slot()
        except Exception as error:
            self._messages.report(error)

    def open_workshop(self) -> None:
        """Open the workshop panel."""
        if self.workshop is None:
            self.workshop = WorkshopDock(self._iface, self._messages, self._settings)
            area = Qt.DockWidgetArea.RightDockWidgetArea
            self._iface.addTabifiedDockWidget(area, self.workshop, ["WanggeDock"], True)
            window = self._iface.mainWindow()
            window.resizeDocks([self.workshop], [_WIDTH], Qt.Orientation.Horizontal)
        self.workshop.setUserVisible(True)

    def make_map(self) -> None:
        """Show the project's risk list on one map."""
        layers = project_layers()
        rolls = []
        for layer in layers.get("community", [])[:1]:
            rolls.append(RollUp(translate("Wangge", "Risks by community"), layer))
        for layer in layers.get("unit_grid", [])[:1]:
            rolls.append(RollUp(translate("Wangge", "Risks by unit grid"), layer))
        for layer in layers.get("community", [])[:1]:
            names = layer.fields().names()
            for key, title in (
                ("street_code", translate("Wangge", "Risks by street")),
                ("district_code", translate("Wangge", "Risks by district")),
            ):
                if key in names:
                    rolls.append(RollUp(title, layer, key))
        group = make_one_map(self._register(), rolls)
        tree = QgsProject.instance().layerTreeRoot()
        for layer in (layer for name in _HIDDEN for layer in layers.get(name, [])):
            if node := tree.findLayer(layer.id()):
                node.setItemVisibilityChecked(False)
        self._messages.done(
            translate(
                "Wangge",
                "The group “{group}” shows the risks in {count} views. Tick those you want to see.",
            ).format(group=group.name(), count=len(group.findLayers()))
        )

    def ask_status(self) -> None:
        """Ask for a new status of the selected risks."""
        layer = self._register()
        features = list(layer.selectedFeatures())
        if not features:
            raise WanggeError(
                translate("Wangge", "Select risks of the layer “{layer}” first.").format(
                    layer=layer.name()
                )
            )
        names = [str(f["risk_name"]) for f in features]
        person = self._settings.person.value()
        dialog = StatusDialog(names, person, self._iface.mainWindow())
        if dialog.exec():
            status, reason, by = dialog.values()
            ids = [f.id() for f in features]
            count = change_status_of(layer, ids, status, reason=reason, by=by)
            self._messages.done(
                translate("Wangge", "The status of {count} risks was changed and noted.").format(
                    count=count
                )
            )
        dialog.deleteLater()

    def ask_scheme(self) -> None:
        """Ask for a scheme and give the risk list the form of it."""
        layer = self._register()
        title = translate("Wangge", "Set up the risk form")
        dialog = SchemeDialog(title, self._settings.profile.value(), self._iface.mainWindow())
        dialog.box.failed.connect(self._messages.report)
        if dialog.exec():
            self.set_up_form(layer, dialog.box.reference())
        dialog.deleteLater()

    def set_up_form(self, layer: QgsVectorLayer, reference: str) -> None:
        """Give a risk layer the form of a scheme."""
        from ....forms.risk import dress_risks

        dress_risks(layer, load_scheme(reference))
        self._messages.done(
            translate(
                "Wangge", "The form of “{layer}” picks factors and shows score and colour at once."
            ).format(layer=layer.name())
        )

    def _register(self) -> QgsVectorLayer:
        active = self._iface.activeLayer()
        found = project_layers().get("risk", [])
        if not found:
            raise WanggeError(
                translate("Wangge", "The project has no risk list. Import or add one first.")
            )
        return active if active in found else found[0]
