"""Builds Wangge's part of the window and takes it away again."""

from __future__ import annotations

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QObject, Qt, QTimer
from qgis.PyQt.QtWidgets import QAction, QMenu, QToolButton

from ...translation import translate
from ..general.sample_city import make_sample_city
from .connections import Connections
from .dock import WanggeDock
from .messages import Messages
from .recognition import project_layers, recognise
from .running import Runner
from .state import prefilled
from .steps import Step, algorithm_of, available, further
from .subjects import SUBJECTS, icon, title


class Shell:
    """Menu, toolbar and dock of Wangge."""

    def __init__(self, iface):
        self._iface = iface
        self._owner = QObject()
        self._connections = Connections()
        self._open_errors: dict[str, int] = {}
        self.messages = Messages(iface)
        self.runner: Runner | None = None
        self.dock: WanggeDock | None = None
        self._menu: QMenu | None = None
        self._toolbar = None

    # -- coming and going ------------------------------------------------------------------

    def build(self) -> None:
        """Add menu, toolbar and dock to the window."""
        self.runner = Runner(self.messages, self._owner)
        self.dock = WanggeDock(self.start, self.make_sample, self._iface.mainWindow())
        self._iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.dock)
        self._build_menu()
        self._build_toolbar()
        self._refresh_later = QTimer(self._owner)
        self._refresh_later.setSingleShot(True)
        self._refresh_later.setInterval(200)
        self._refresh_later.timeout.connect(self.refresh)
        project = QgsProject.instance()
        wake = self._wake
        for signal in (
            project.layersAdded,
            project.layersRemoved,
            project.readProject,
            project.cleared,
            project.layerTreeRoot().layerOrderChanged,
            self.runner.finished,
        ):
            self._connections.connect(signal, wake)
        self.refresh()

    def remove(self) -> None:
        """Take everything away that `build` added."""
        self._connections.remove()
        self._refresh_later.stop()
        self.runner.close()
        self._iface.removeDockWidget(self.dock)
        self.dock.close()
        self.dock.deleteLater()
        self._iface.mainWindow().removeToolBar(self._toolbar)
        self._toolbar.deleteLater()
        self._iface.mainWindow().menuBar().removeAction(self._menu.menuAction())
        self._menu.deleteLater()
        self._owner.deleteLater()
        self.dock = self._toolbar = self._menu = self.runner = None

    def _build_menu(self) -> None:
        window = self._iface.mainWindow()
        self._menu = QMenu("Wangge 网格", window)
        self._menu.setObjectName("WanggeMenu")
        self._submenus = [self._subject_menu(subject) for subject in SUBJECTS]
        for submenu in self._submenus:
            if not submenu.isEmpty():
                self._menu.addMenu(submenu)
        self._menu.addSeparator()
        self._menu.addAction(self._panel_action())
        before = self._iface.firstRightStandardMenu().menuAction()
        window.menuBar().insertMenu(before, self._menu)

    def _subject_menu(self, subject) -> QMenu:
        menu = QMenu(title(subject), self._menu)
        menu.setObjectName(f"WanggeMenu_{subject.name}")
        menu.setIcon(icon(subject.name))
        menu.setToolTipsVisible(True)
        steps, others = available(subject), further(subject)
        for step in steps:
            menu.addAction(self._step_action(step, menu))
        if steps and others:
            menu.addSeparator()
        for step in others:
            menu.addAction(self._step_action(step, menu))
        return menu

    def _step_action(self, step: Step, parent: QMenu) -> QAction:
        algorithm = algorithm_of(step)
        action = QAction(algorithm.icon(), f"{algorithm.displayName()}…", parent)
        action.setObjectName(f"WanggeAction_{step.algorithm}")
        action.setToolTip(algorithm.shortDescription())
        action.triggered.connect(lambda _checked=False: self.start(step, []))
        return action

    def _panel_action(self) -> QAction:
        action = self.dock.toggleViewAction()
        action.setObjectName("WanggeAction_panel")
        action.setText(translate("Wangge", "Wangge panel"))
        action.setIcon(icon("wangge"))
        return action

    def _build_toolbar(self) -> None:
        self._toolbar = self._iface.addToolBar("Wangge 网格")
        self._toolbar.setObjectName("WanggeToolbar")
        self._toolbar.addAction(self._panel_action())
        for subject, menu in zip(SUBJECTS, self._submenus, strict=True):
            if menu.isEmpty():
                continue
            button = QToolButton(self._toolbar)
            button.setObjectName(f"WanggeButton_{subject.name}")
            button.setIcon(icon(subject.name))
            button.setToolTip(title(subject))
            button.setAccessibleName(title(subject))
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            button.setMenu(menu)
            self._toolbar.addWidget(button)

    # -- what people do --------------------------------------------------------------------

    def start(self, step: Step, layer_ids: list[str]) -> None:
        """Open a step with the layers that fit; those given by id come first."""
        layers = {name: list(found) for name, found in project_layers().items()}
        given = {}
        for layer_id in layer_ids:
            layer = QgsProject.instance().mapLayer(layer_id)
            if layer is None:
                continue
            name = recognise(layer)
            if name in {**step.needs, **step.uses}.values():
                layers[name] = [layer, *(o for o in layers.get(name, []) if o != layer)]
            else:
                # Not one of ours by its fields: the user says it is.
                given[next(iter(step.needs or step.uses), "INPUT")] = layer_id
        known = {p.name() for p in algorithm_of(step).parameterDefinitions()}
        filled = {**prefilled(step, layers), **given}
        try:
            self.runner.open(step.id, {k: v for k, v in filled.items() if k in known})
        except Exception as error:
            self.messages.report(error)

    def make_sample(self) -> None:
        """Make and open a sample city."""
        make_sample_city(self.runner, self._iface)

    def refresh(self) -> None:
        """Show how far each step is."""
        self.dock.show_states(project_layers(), self._open_errors)

    def _wake(self, *_ignored) -> None:
        self._refresh_later.start()
