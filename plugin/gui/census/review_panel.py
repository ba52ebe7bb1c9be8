"""The migration review: give each component the class that the crosswalk could not tell."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from qgis.core import QgsApplication, QgsMapLayer, QgsProject, QgsTask, QgsVectorLayer
from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import QLocale, QTimer

from ...census.migration import RETIRE
from ...errors import WanggeError
from ...layers.component_entry import classes_of
from ...standards.classes import ClassTable
from ...translation import translate
from ..shell.connections import Connections
from ..shell.rooms import Desk
from ..shell.showing import show_geometry
from .last_inputs import last_inputs
from .review_model import ReviewModel
from .review_reading import ReadReview, ReviewRow, WriteDecisions, is_review, review_layers
from .review_widgets import ReviewWidgets

MIGRATE = "wangge:migrate_standard"


class ReviewPanel(QgsDockWidget):
    """Lists what a migration left to people and writes down what they choose."""

    def __init__(self, desk: Desk):
        super().__init__(translate("Wangge", "Migration review"), desk.iface.mainWindow())
        self.setObjectName("WanggeReview")
        self._iface, self._messages, self._runner = desk.iface, desk.messages, desk.runner
        self._layer_id = self._newest = ""
        self._task: QgsTask | None = None
        self._classes: ClassTable | None = None
        self._connections = Connections()
        self.model = ReviewModel(self._title, self)
        self.widgets = ReviewWidgets(self.model, self)
        self.setWidget(self.widgets)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(200)
        self._later.timeout.connect(self.reload)
        w = self.widgets
        w.classes.currentIndexChanged.connect(self._show_class)
        w.table.selectionModel().currentRowChanged.connect(self._current_changed)
        w.table.typed.connect(self._typed)
        w.candidates.itemClicked.connect(lambda _i: self._take(w.candidates.currentRow()))
        w.candidates.itemActivated.connect(lambda _i: self._take(w.candidates.currentRow()))
        w.search.chosen.connect(lambda chosen: self.choose(chosen.code))
        w.previous.clicked.connect(lambda: self.go(-1))
        w.next.clicked.connect(lambda: self.go(1))
        w.retire.clicked.connect(lambda: self.choose(RETIRE))
        w.apply.clicked.connect(lambda: self._attempt(self.apply))
        self.visibilityChanged.connect(self._wake)
        project = QgsProject.instance()
        self._connections.connect(project.layersAdded, self._added)
        for signal in (project.layersRemoved, project.cleared):
            self._connections.connect(signal, self._wake)

    # -- reading ---------------------------------------------------------------------------

    def _added(self, layers: list[QgsMapLayer]) -> None:
        # QGIS puts a result wherever the active layer is: its place tells nothing.
        for layer in layers:
            if is_review(layer):
                self._newest = layer.id()
        self._wake()

    def _wake(self, *_ignored) -> None:
        self._later.start()

    def reload(self) -> None:
        """Read the newest review layer, unless it is shown already or is what that one left."""
        if not self.isVisible():
            return
        found = {layer.id(): layer for layer in review_layers(QgsProject.instance())}
        wanted = next((i for i in (self._newest, self._layer_id, *found) if i in found), "")
        if (wanted and wanted == self._layer_id) or (wanted and self._has_been_used()):
            return
        self._cancel()
        self._classes = classes_of(QgsProject.instance())
        self.widgets.search.show_table(self._classes)
        self._layer_id = wanted
        if not wanted:
            self._show([])
            return
        self._task = ReadReview(found[wanted], self._show)
        QgsApplication.taskManager().addTask(self._task)

    def _has_been_used(self) -> bool:
        # The migration's next review layer lacks what is decided in this one, which is still
        # wanted the next time.
        layer = self.layer()
        used = str(last_inputs(MIGRATE).get("DECISIONS") or "") if layer is not None else ""
        return layer is not None and used in (layer.id(), layer.source())

    def _cancel(self) -> None:
        if self._task is not None:
            # The task may be over, and gone with Qt's half of it.
            with suppress(RuntimeError):
                self._task.cancel()
            self._task = None

    def stop(self) -> None:
        """Let go of everything before the window is taken away."""
        self._later.stop()
        self._connections.remove()
        self._cancel()

    def layer(self) -> QgsVectorLayer | None:
        """Return the review layer, None where there is none."""
        return QgsProject.instance().mapLayer(self._layer_id)

    # -- the list --------------------------------------------------------------------------

    def _title(self, code: str) -> str:
        if code == RETIRE:
            return translate("Wangge", "Retire")
        if self._classes is not None and code in self._classes:
            return f"{code} {self._classes[code].name}"
        return code

    def _show(self, rows: list[ReviewRow]) -> None:
        self._task = None
        self.model.show(rows)
        box = self.widgets.classes
        box.blockSignals(True)
        box.clear()
        for code, count in (("", len(rows)), *sorted(self.model.classes().items())):
            title = code or translate("Wangge", "All classes")
            box.addItem(
                translate("Wangge", "{title} ({count})").format(title=title, count=count), code
            )
        box.blockSignals(False)
        self._show_class()

    def _show_class(self, *_ignored) -> None:
        old_class = self.widgets.classes.currentData() or ""
        self.model.show_class(old_class)
        # Alike for all of a class.
        for column in (ReviewModel.OLD_CLASS, ReviewModel.CANDIDATES):
            self.widgets.table.setColumnHidden(column, bool(old_class))
        self._current_changed()
        self._go_to(0)

    def current(self) -> ReviewRow | None:
        """Return the component in focus."""
        return self.model.row(self.widgets.table.currentIndex().row())

    def go(self, step: int) -> None:
        """Go to the next or previous component and show it."""
        self._go_to(self.widgets.table.currentIndex().row() + step)

    def _go_to(self, number: int) -> None:
        if 0 <= number < self.model.rowCount():
            self.widgets.table.selectRow(number)
            self.widgets.table.scrollTo(self.model.index(number, 0))

    def _current_changed(self, *_ignored) -> None:
        row = self.current()
        w = self.widgets
        w.candidates.clear()
        for number, code in enumerate(row.candidates if row else (), 1):
            w.candidates.addItem(f"{number}  {self._title(code)}")
        for widget in (w.previous, w.next, w.retire, w.search):
            widget.setEnabled(row is not None)
        self._show_counts()
        layer = self.layer()
        if row is not None and layer is not None and self.isVisible() and layer.isSpatial():
            place = layer.getFeature(row.id).geometry()
            if not place.isEmpty():
                canvas = self._iface.mapCanvas()
                self._attempt(lambda: show_geometry(canvas, place, layer.crs()))

    def _show_counts(self) -> None:
        total = self.model.total()
        text = translate("Wangge", "No component waits for a review.")
        if total:
            text = translate("Wangge", "{chosen} of {total} chosen").format(
                chosen=QLocale().toString(self.model.decided()), total=QLocale().toString(total)
            )
        self.widgets.counts.setText(text)
        self.widgets.apply.setEnabled(self.model.decided() > 0)

    # -- what people do --------------------------------------------------------------------

    def choose(self, decision: str) -> None:
        """Choose a class, or to retire, for what is selected or for all that are shown."""
        rows = sorted({index.row() for index in self.widgets.table.selectedIndexes()})
        if not rows:
            return
        every = self.widgets.every.isChecked()
        self.model.choose(range(self.model.rowCount()) if every else rows, decision)
        self._show_counts()
        following = self.model.next_open(rows[-1])
        if following >= 0:
            self._go_to(following)

    def _take(self, number: int) -> None:
        row = self.current()
        if row is not None and 0 <= number < len(row.candidates):
            self.choose(row.candidates[number])

    def apply(self) -> None:
        """Write the decisions into the review layer, then open the migration with them."""
        layer = self.layer()
        if layer is None:
            return
        if layer.isEditable():
            raise WanggeError(
                translate(
                    "Wangge",
                    "Layer “{layer}” is being edited. Save or discard the edits first.",
                ).format(layer=layer.name())
            )
        self.widgets.apply.setEnabled(False)
        self._task = WriteDecisions(layer, self.model.changed(), self._written)
        QgsApplication.taskManager().addTask(self._task)

    def _written(self, error: Exception | None) -> None:
        self._task = None
        self._show_counts()
        layer = self.layer()
        if error is not None:
            self._messages.report(error)
        elif layer is not None:
            layer.reload()
            given = {**last_inputs(MIGRATE), "DECISIONS": layer.id()}
            self._attempt(lambda: self._runner.open(MIGRATE, given))

    def _typed(self, letters: str) -> None:
        doing: dict[str, Callable[[], object]] = {
            "n": lambda: self.go(1),
            "p": lambda: self.go(-1),
            "r": lambda: self.choose(RETIRE),
        }
        if letters.isdecimal():
            self._take(int(letters) - 1)
        elif letters.lower() in doing:
            doing[letters.lower()]()

    def _attempt(self, work: Callable[[], object]) -> None:
        try:
            work()
        except Exception as error:
            self._messages.report(error)
