"""The guided path: page by page from a new district to the platform, left and resumed at will."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from qgis.core import QgsVectorLayer
from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from ...standards.layers import LAYERS
from ...translation import translate
from ..shell.recognition import project_layers, recognise
from ..shell.running import layers_of
from ..shell.state import Layers, State
from ..shell.subjects import icon
from .guide_pages import PAGES, Page, Task, page_named, page_title, tasks_of
from .guide_place import Place, keep_place, read_place
from .guide_results import proposed_parameters
from .guide_state import in_chosen_order, kinds_of, page_state, task_state
from .guide_widgets import GuideFrame, PageBody


@dataclass(frozen=True)
class Doors:
    """What the path opens in the rest of the window.

    Attributes
    ----------
    start : callable
        ``start(step, layer_ids, more)`` opens an algorithm's dialog and returns it.
    show_layer : callable
        ``show_layer(layer_id)`` shows a layer and zooms to it.
    refresh : callable
        Tells all states anew, a little later.
    offers : mapping of str to callable
        What the buttons named by `Page.offers` do.
    """

    start: Callable[..., Any]
    show_layer: Callable[[str], object]
    refresh: Callable[[], object]
    offers: Mapping[str, Callable[[], object]]


def resume_text() -> str:
    """Return how the way onto the path is called in this project."""
    place = read_place()
    if not place.page:
        return translate("Wangge", "Guided path…")
    page = page_named(place.page)
    return translate("Wangge", "Resume the guided path: {page} ({number}/{count})").format(
        page=page_title(page), number=PAGES.index(page) + 1, count=len(PAGES)
    )


class GuideDock(QgsDockWidget):
    """Shows one page of the path; what it needs of the project it reads from its layers."""

    #: The place has changed.
    moved = pyqtSignal()

    def __init__(self, doors: Doors, parent: QWidget | None = None):
        super().__init__(translate("Wangge", "Guided path"), parent)
        self.setObjectName("WanggeGuide")
        self.setWindowIcon(icon("guide"))
        self.setAllowedAreas(
            Qt.DockWidgetArea.LeftDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea
        )
        self._doors = doors
        self._page: Page | None = None
        self._open_errors: Mapping[str, int] = {}
        self._body: PageBody | None = None
        self.frame = GuideFrame(self)
        self.setWidget(self.frame)
        self.frame.way.wanted.connect(self.go_to)
        self.frame.back.clicked.connect(lambda: self._go_by(-1))
        self.frame.next.clicked.connect(self._next)
        self.frame.skip.clicked.connect(self.skip)
        self.frame.leave.clicked.connect(self.leave)
        self.visibilityChanged.connect(self._came)

    # -- coming, going, moving ---------------------------------------------------------------

    def resume(self) -> None:
        """Open the path on the page where it was left."""
        self.setUserVisible(True)
        self._show()
        self._show_on_map()

    def leave(self) -> None:
        """Close the panel; the project keeps the place."""
        self.close()

    def go_to(self, name: str) -> None:
        """Open a page, show its layer on the map and keep the place in the project."""
        keep_place(read_place().at(name))
        self._show()
        self._show_on_map()
        self.moved.emit()

    def skip(self) -> None:
        """Go on without what the page asks for."""
        keep_place(read_place().with_skipped(self._current().name))
        self._go_by(1)

    def _next(self) -> None:
        if self._current() is PAGES[-1]:
            self.leave()
        else:
            self._go_by(1)

    def _go_by(self, pages: int) -> None:
        index = PAGES.index(self._current()) + pages
        self.go_to(PAGES[min(max(index, 0), len(PAGES) - 1)].name)

    def _current(self) -> Page:
        return page_named(read_place().page)

    def _came(self, visible: bool) -> None:
        if visible:
            self._show()

    # -- showing -----------------------------------------------------------------------------

    def show_states(self, open_errors: Mapping[str, int]) -> None:
        """Show how far everything is; costs nothing while the panel is hidden."""
        self._open_errors = open_errors
        if self.isVisible():
            self._show()

    def _layers(self, place: Place) -> Layers:
        return in_chosen_order(project_layers(), place)

    def _show(self) -> None:
        place = read_place()
        page, layers = page_named(place.page), self._layers(place)
        if page is not self._page or self._body is None:
            self._set_page(page)
        states = {p.name: page_state(p, layers, self._open_errors, place) for p in PAGES}
        here, frame = states[page.name], self.frame
        frame.way.show_states(states, page.name, place.skipped)
        number = translate("Wangge", "{number} of {count}").format(
            number=PAGES.index(page) + 1, count=len(PAGES)
        )
        frame.title.setText(
            f"<span style='font-size:large'><b>{page_title(page)}</b></span> · {number}"
        )
        frame.state.setText(here.text)
        self._body.layers.show_layers(layers)
        for task in tasks_of(page):
            state = task_state(task, layers, self._open_errors, place)
            self._body.tasks[task.key].show_state(state)
        last = page is PAGES[-1]
        frame.back.setEnabled(page is not PAGES[0])
        frame.next.setEnabled(last or here.state is State.DONE)
        frame.next.setText(translate("Wangge", "Finish") if last else translate("Wangge", "Next"))
        frame.skip.setEnabled(not last and here.state is not State.DONE)
        frame.next.setDefault(frame.next.isEnabled())

    def _set_page(self, page: Page) -> None:
        self._page = page
        body = PageBody(page, kinds_of(page), tasks_of(page), self.frame.area)
        body.layers.chosen.connect(self._choose)
        for row in body.tasks.values():
            row.wanted.connect(self._start)
        for name, button in body.offers.items():
            button.clicked.connect(lambda _checked=False, name=name: self._doors.offers[name]())
        # The scroll area deletes the page that was there.
        self.frame.area.setWidget(body)
        self._body = body

    def _show_on_map(self) -> None:
        layers = self._layers(read_place())
        for kind in self._current().layers:
            if found := _on_map(layers.get(kind, [])):
                self._doors.show_layer(found.id())
                return

    def _choose(self, kind: str, layer_id: str) -> None:
        keep_place(read_place().with_chosen(kind, layer_id))
        self._show()
        self._doors.show_layer(layer_id)

    # -- doing -------------------------------------------------------------------------------

    def _start(self, task: Task) -> None:
        place = read_place()
        if not place.page:
            keep_place(place.at(self._current().name))
        layers = self._layers(place)
        wanted = {**task.step.needs, **task.step.uses}.values()
        ids = [layers[kind][0].id() for kind in dict.fromkeys(wanted) if layers.get(kind)]
        dialog = self._doors.start(task.step, ids, proposed_parameters(task, layers))
        if dialog is not None:
            dialog.algorithmFinished.connect(
                lambda successful, results: self._finished(task, dialog, successful, results)
            )

    def _finished(self, task: Task, dialog, successful: bool, results: dict) -> None:
        if not successful:
            return
        place = read_place()
        if task.kind:
            # A dry run leaves no batch; and people may have chosen another kind in the dialog.
            pushed = results.get("BATCH_ID")
            kind = dialog.createProcessingParameters().get("KIND")
            if pushed and kind == task.kind:
                place = place.with_done(task.key)
        else:
            place = place.with_done(task.key)
        for layer in layers_of(results.get("OUTPUT")):
            # What was made last is what the next page goes on with.
            if kind := recognise(layer):
                place = place.with_chosen(kind, layer.id())
                if layer.name().startswith(task.step.algorithm):
                    # QGIS calls it by its file.
                    layer.setName(LAYERS[kind].title)
        keep_place(place)
        self._doors.refresh()


def _on_map(layers: list[QgsVectorLayer]) -> QgsVectorLayer | None:
    return next((layer for layer in layers if layer.isSpatial()), None)
