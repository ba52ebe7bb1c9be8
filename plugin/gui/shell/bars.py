"""Menu and toolbar: the same submenus in both, one for each subject."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from qgis.PyQt.QtWidgets import QAction, QMenu, QToolButton

from .steps import Step, Subject, algorithm_of, available, further
from .subjects import SUBJECTS, icon, title

Start = Callable[[Step, list[str]], object]


class Bars:
    """Wangge's menu in the menu bar and its toolbar."""

    def __init__(
        self,
        iface,
        start: Start,
        panels: Sequence[QAction],
        tools: Mapping[str, Sequence[QAction]],
        extras: Sequence[QAction],
    ):
        self._window = iface.mainWindow()
        self._start = start
        self._tools = tools
        self.menu = QMenu("Wangge 网格", self._window)
        self.menu.setObjectName("WanggeMenu")
        menus = {subject.name: self._subject_menu(subject) for subject in SUBJECTS}
        for submenu in menus.values():
            if not submenu.isEmpty():
                self.menu.addMenu(submenu)
        self.menu.addSeparator()
        self.menu.addActions(panels)
        if extras:
            self.menu.addSeparator()
            self.menu.addActions(extras)
        before = iface.firstRightStandardMenu().menuAction()
        self._window.menuBar().insertMenu(before, self.menu)

        self.toolbar = iface.addToolBar("Wangge 网格")
        self.toolbar.setObjectName("WanggeToolbar")
        self.toolbar.addActions(panels)
        self.toolbar.addSeparator()
        for subject in SUBJECTS:
            if not menus[subject.name].isEmpty():
                self.toolbar.addWidget(self._button(subject, menus[subject.name]))
        for actions in tools.values():
            self.toolbar.addSeparator()
            self.toolbar.addActions(actions)

    def _subject_menu(self, subject: Subject) -> QMenu:
        menu = QMenu(title(subject), self.menu)
        menu.setObjectName(f"WanggeMenu_{subject.name}")
        menu.setIcon(icon(subject.name))
        menu.setToolTipsVisible(True)
        steps, others = available(subject), further(subject)
        for step in steps:
            menu.addAction(self._action(step, menu))
        if steps and others:
            menu.addSeparator()
        for step in others:
            menu.addAction(self._action(step, menu))
        if tools := self._tools.get(subject.name):
            menu.addSeparator()
            menu.addActions(tools)
        return menu

    def _action(self, step: Step, parent: QMenu) -> QAction:
        algorithm = algorithm_of(step)
        action = QAction(algorithm.icon(), f"{algorithm.displayName()}…", parent)
        action.setObjectName(f"WanggeAction_{step.algorithm}")
        action.setToolTip(algorithm.shortDescription())
        action.triggered.connect(lambda _checked=False: self._start(step, []))
        return action

    def _button(self, subject: Subject, menu: QMenu) -> QToolButton:
        button = QToolButton(self.toolbar)
        button.setObjectName(f"WanggeButton_{subject.name}")
        button.setIcon(icon(subject.name))
        button.setToolTip(title(subject))
        button.setAccessibleName(title(subject))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setMenu(menu)
        return button

    def remove(self) -> None:
        """Take menu and toolbar away."""
        self._window.removeToolBar(self.toolbar)
        self._window.menuBar().removeAction(self.menu.menuAction())
        self.toolbar.deleteLater()
        self.menu.deleteLater()
