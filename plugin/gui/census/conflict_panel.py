"""The conflict window: settle what field and office changed both, one by one or by rule."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from qgis.core import QgsApplication, QgsGeometry, QgsProject
from qgis.gui import QgsDockWidget, QgsRubberBand
from qgis.PyQt.QtCore import QLocale, Qt, QTimer

from ...census.merge import FIELD, OFFICE
from ...errors import WanggeError
from ...translation import translate
from ..shell.connections import Connections
from ..shell.rooms import Desk
from ..shell.showing import show_geometry
from .conflict_model import ConflictModel
from .conflict_reading import Conflict, ReadConflicts
from .conflict_widgets import COLOURS, ConflictWidgets
from .project_file import ProjectFile, project_file, write_decisions

MERGE, UNDO = "wangge:merge_field_returns", "wangge:undo_field_merge"


class ConflictPanel(QgsDockWidget):
    """Lists the open conflicts of the census project and has them settled."""

    def __init__(self, desk: Desk):
        super().__init__(translate("Wangge", "Merge conflicts"), desk.iface.mainWindow())
        self.setObjectName("WanggeConflicts")
        self._iface, self._messages, self._runner = desk.iface, desk.messages, desk.runner
        self._file: ProjectFile | None = None
        self._task: ReadConflicts | None = None
        self._bands: list[QgsRubberBand] = []
        self._connections = Connections()
        self.model = ConflictModel(self)
        self.widgets = ConflictWidgets(self.model, self)
        self.setWidget(self.widgets)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(200)
        self._later.timeout.connect(self.reload)
        self._connect()

    def _connect(self) -> None:
        w = self.widgets
        w.groups.currentIndexChanged.connect(self._show_group)
        w.table.selectionModel().currentRowChanged.connect(self._current_changed)
        w.table.typed.connect(self._typed)
        w.previous.clicked.connect(lambda: self.go(-1))
        w.next.clicked.connect(lambda: self.go(1))
        w.field.clicked.connect(lambda: self.choose(FIELD))
        w.office.clicked.connect(lambda: self.choose(OFFICE))
        w.all_chosen.connect(self.choose_all)
        w.apply.clicked.connect(lambda: self._attempt(self.apply))
        w.undo.clicked.connect(lambda: self._attempt(self.undo))
        self.visibilityChanged.connect(self._wake)
        project = QgsProject.instance()
        for signal in (project.layersAdded, project.layersRemoved, project.cleared):
            self._connections.connect(signal, self._wake)
        self._connections.connect(self._runner.finished, self._finished)

    # -- reading ---------------------------------------------------------------------------

    def _wake(self, *_ignored) -> None:
        self._later.start()

    def reload(self) -> None:
        """Read the project's open conflicts again, in the background."""
        if not self.isVisible():
            self._clear_map()
            return
        self._cancel()
        found = project_file(QgsProject.instance())
        if found != self._file:
            self.model.forget()
            self._file = found
        if found is None:
            self._show([])
            return
        self._task = ReadConflicts(
            found.path, found.table, lambda rows, error: self._read(found, rows, error)
        )
        QgsApplication.taskManager().addTask(self._task)

    def _read(
        self, file: ProjectFile, rows: list[Conflict] | None, error: Exception | None
    ) -> None:
        if file != self._file:
            return
        self._task = None
        if error is not None:
            self._messages.report(error)
        self._show(rows or [])

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
        self._clear_map()
        self._file = None

    # -- the list --------------------------------------------------------------------------

    def _show(self, conflicts: list[Conflict]) -> None:
        row = self.widgets.table.currentIndex().row()
        self.model.show(conflicts)
        self.widgets.show_groups(self.model.groups())
        self._show_group()
        self._go_to(min(max(row, 0), self.model.rowCount() - 1))

    def _show_group(self, *_ignored) -> None:
        group = self.widgets.groups.currentData() or ""
        self.model.show_group(group)
        self.widgets.table.setColumnHidden(ConflictModel.WHAT, bool(group))
        self._current_changed()

    def current(self) -> Conflict | None:
        """Return the conflict in focus."""
        return self.model.conflict(self.widgets.table.currentIndex().row())

    def go(self, step: int) -> None:
        """Go to the next or previous conflict and show it."""
        row = self.widgets.table.currentIndex().row() + step
        if 0 <= row < self.model.rowCount():
            self._go_to(row)

    def _go_to(self, row: int) -> None:
        if row >= 0:
            self.widgets.table.selectRow(row)
            self.widgets.table.scrollTo(self.model.index(row, 0))

    def _current_changed(self, *_ignored) -> None:
        conflict = self.current()
        self.widgets.show_conflict(conflict)
        self._show_counts()
        self._clear_map()
        if conflict is not None and self.isVisible():
            self._attempt(lambda: self._show_on_map(conflict))

    def _show_counts(self) -> None:
        chosen, total = len(self.model.choices()), self.model.total()
        if self._file is None:
            text = translate("Wangge", "Open a census project to see its conflicts.")
        elif total:
            text = translate("Wangge", "{chosen} of {total} chosen").format(
                chosen=QLocale().toString(chosen), total=QLocale().toString(total)
            )
        else:
            text = translate("Wangge", "No conflict is open.")
        self.widgets.counts.setText(text)
        busy = self._runner.is_busy()
        self.widgets.apply.setEnabled(chosen > 0 and not busy)
        self.widgets.undo.setEnabled(self._file is not None and not busy)
        self.widgets.every.setEnabled(total > 0)

    # -- the map ---------------------------------------------------------------------------

    def _show_on_map(self, conflict: Conflict) -> None:
        layer = self._file.layer() if self._file else None
        if layer is None:
            return
        sides = {FIELD: conflict.field_shape, OFFICE: conflict.office_shape}
        both = {side: _geometry(shape) for side, shape in sides.items() if shape}
        for side, geometry in both.items():
            band = QgsRubberBand(self._iface.mapCanvas(), geometry.type())
            band.setColor(COLOURS[side])
            band.setWidth(4)
            band.setIconSize(14)
            band.setToGeometry(geometry, layer)
            self._bands.append(band)
        place = (
            QgsGeometry.collectGeometry(list(both.values())) if both else _geometry(conflict.place)
        )
        if not place.isEmpty():
            show_geometry(self._iface.mapCanvas(), place, layer.crs())

    def _clear_map(self) -> None:
        for band in self._bands:
            self._iface.mapCanvas().scene().removeItem(band)
        self._bands = []

    # -- what people do --------------------------------------------------------------------

    def choose(self, choice: str) -> None:
        """Choose for the selected conflicts and go on to the next without a choice."""
        rows = sorted({index.row() for index in self.widgets.table.selectedIndexes()})
        if not rows:
            return
        self.model.choose(rows, choice)
        self._show_counts()
        following = self.model.next_open(rows[-1])
        if following >= 0:
            self._go_to(following)

    def choose_all(self, choice: str) -> None:
        """Choose alike for all conflicts that are shown: a rule for their kind and field."""
        self.model.choose(range(self.model.rowCount()), choice)
        self._show_counts()

    def apply(self) -> None:
        """Carry out what was chosen, in the background."""
        file = self._require_file()
        decisions = write_decisions(self.model.choices())
        self._runner.run(
            MERGE,
            {
                "INPUT": file.source,
                "RESOLUTIONS": str(decisions),
                "CONFLICTS": "TEMPORARY_OUTPUT",
            },
            self._applied,
        )
        self._show_counts()

    def _applied(self, results: dict) -> None:
        settled = QLocale().toString(int(results["SETTLED"]))
        left = QLocale().toString(int(results["CONFLICT_COUNT"]))
        self._messages.done(
            translate("Wangge", "Conflicts settled: {settled}. Still open: {left}.").format(
                settled=settled, left=left
            )
        )

    def undo(self) -> None:
        """Open the dialog that takes a merge back."""
        self._runner.open(UNDO, {"INPUT": self._require_file().layer_id})

    def _require_file(self) -> ProjectFile:
        if self._file is None:
            raise WanggeError(translate("Wangge", "Open a census project to see its conflicts."))
        self._file.require_saved()
        return self._file

    def _finished(self, algorithm: str, _results: dict) -> None:
        if algorithm in (MERGE, UNDO):
            self._wake()

    def _typed(self, letters: str) -> None:
        doing: dict[str, Callable[[], object]] = {
            "n": lambda: self.go(1),
            "p": lambda: self.go(-1),
            "f": lambda: self.choose(FIELD),
            "o": lambda: self.choose(OFFICE),
        }
        work = doing.get(letters.lower())
        if work is not None:
            work()

    def keyPressEvent(self, event):  # noqa: N802
        if event.modifiers() == Qt.KeyboardModifier.NoModifier and event.text().isalpha():
            self._typed(event.text())
        else:
            super().keyPressEvent(event)

    def _attempt(self, work: Callable[[], object]) -> None:
        try:
            work()
        except Exception as error:
            self._messages.report(error)


def _geometry(shape: bytes) -> QgsGeometry:
    geometry = QgsGeometry()
    if shape:
        geometry.fromWkb(shape)
    return geometry
