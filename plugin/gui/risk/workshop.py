"""The workshop panel: goes through the risk list on a projector, gathers factors, settles."""

from __future__ import annotations

import datetime
from pathlib import Path

import numpy as np
from qgis.core import QgsProject, QgsVectorLayer
from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QFileDialog, QStackedWidget

from ...errors import WanggeError
from ...layers.register import read_register, take_over_settled
from ...risk.schemes import load_scheme
from ...risk.workshop.agenda import make_agenda
from ...risk.workshop.log import EventLog
from ...risk.workshop.minutes import minutes_html, settled_risks
from ...risk.workshop.opinions import spread
from ...risk.workshop.plan import WorkshopPlan, read_plan, write_plan
from ...risk.workshop.room import Room
from ...risk.workshop.session import Item, Kind, Session
from ...rules.batch import Batch
from ...settings import Settings
from ...translation import translate
from ..shell.connections import Connections
from ..shell.messages import Messages
from ..shell.subjects import icon
from .minutes_file import write_minutes
from .neighbours import neighbours_text
from .opinion_table import spread_text
from .workshop_end import Ending, ask_how_to_finish
from .workshop_entry import parse_entry
from .workshop_files import folder_of, photo_path
from .workshop_map import RiskMarks, metres_per_unit
from .workshop_page import RunningPage
from .workshop_setup import SetupPage

# How often the page is brought up to what the phones did, in milliseconds.
_BEAT = 400
# After these the lists of factors show something else.
_DECIDING = frozenset({Kind.REVEALED, Kind.SETTLED, Kind.REOPENED})


class WorkshopDock(QgsDockWidget):
    """Two pages: what the workshop is about, and the workshop itself."""

    def __init__(self, iface, messages: Messages, settings: Settings):
        super().__init__(translate("Wangge", "Risk workshop"), iface.mainWindow())
        self.setObjectName("WanggeWorkshop")
        self.setWindowIcon(icon("risk"))
        self._iface, self._messages, self._settings = iface, messages, settings
        self.room: Room | None = None
        self.log: Path | None = None
        self._layer: QgsVectorLayer | None = None
        self._risks: Batch | None = None
        self._seen = (-1, "")
        self.marks = RiskMarks(iface.mapCanvas())
        self._of_layer, self._of_project = Connections(), Connections()
        self.pages = QStackedWidget(self)
        self.setup = SetupPage(settings.profile.value(), self.pages)
        self.page = RunningPage(self.pages)
        self.pages.addWidget(self.setup)
        self.pages.addWidget(self.page)
        self.setWidget(self.pages)
        self._beat = QTimer(self)
        self._beat.setInterval(_BEAT)
        self._beat.timeout.connect(self._look)
        self._connect()

    def _connect(self) -> None:
        page = self.page
        self.setup.started.connect(lambda: self._try(self.start))
        self.setup.resumed.connect(lambda: self._try(self._ask_and_resume))
        self.visibilityChanged.connect(lambda on: self._offer() if on else None)
        # A closed panel leaves nothing on the map; behind another tab its marks stay.
        self.closed.connect(self.marks.clear)
        self.opened.connect(lambda: self.show_current() if self._risks is not None else None)
        page.back.clicked.connect(lambda: self._try(lambda: self.go(-1)))
        page.forward.clicked.connect(lambda: self._try(lambda: self.go(1)))
        page.agenda.activated.connect(lambda i: self._try(lambda: self.choose(i)))
        page.zoom.clicked.connect(lambda: self._try(self.show_current))
        page.entry.returnPressed.connect(lambda: self._try(self._enter))
        page.reveal.clicked.connect(lambda: self._try(self._reveal))
        page.release.clicked.connect(lambda: self._try(self._release))
        page.settle.settled.connect(lambda v, n: self._try(lambda: self._settle(v, n)))
        page.settle.reopened.connect(lambda: self._try(self._reopen))
        page.minutes.clicked.connect(lambda: self._try(self._ask_and_save_minutes))
        page.finish.clicked.connect(lambda: self._try(self._ask_and_finish))
        page.phones.failed.connect(self._messages.report)
        self.setup.schemes.failed.connect(self._messages.report)
        project = QgsProject.instance()
        for signal in (project.layersAdded, project.layersRemoved):
            self._of_project.connect(signal, self._offer)

    def _try(self, action) -> None:
        try:
            action()
        except Exception as error:
            self._messages.report(error)
        self._look()

    def _offer(self, *_ignored) -> None:
        if self.room is None:
            self.setup.offer()

    # -- beginning and end -----------------------------------------------------------------

    def start(self) -> None:
        """Begin a workshop with what the first page says."""
        layer = self.setup.layer()
        if layer is None:
            raise WanggeError(translate("Wangge", "Choose the layer of the risk list first."))
        risks = read_register(layer)
        rows = None
        if self.setup.only_selected():
            rows = np.isin(risks.ids, layer.selectedFeatureIds())
        reference = self.setup.schemes.reference()
        stamp = datetime.datetime.now().strftime("%Y%m%d_%H%M%S")
        log = folder_of(layer) / f"wangge_workshop_{stamp}.jsonl"
        items = make_agenda(risks, rows)
        plan = WorkshopPlan(
            self.setup.title.text().strip(), reference, tuple(item.code for item in items)
        )
        self._open(layer, risks, plan, items, log, is_new=True)

    def resume(self, log: Path) -> None:
        """Go on with a workshop from its log."""
        layer = self.setup.layer()
        if layer is None:
            raise WanggeError(translate("Wangge", "Choose the layer of the risk list first."))
        plan = read_plan(log)
        risks = read_register(layer)
        by_code = {item.code: item for item in make_agenda(risks, np.ones(len(risks), bool))}
        items = tuple(by_code.get(code, Item(code, code)) for code in plan.codes)
        self._open(layer, risks, plan, items, log, is_new=False)

    def _open(self, layer, risks, plan, items, log: Path, *, is_new: bool) -> None:
        scheme = load_scheme(plan.scheme)
        session = Session(plan.title, scheme, items)
        if is_new and items:
            write_plan(log, plan)
        room = Room(session, EventLog(log))
        if room.session.is_closed:
            raise WanggeError(translate("Wangge", "The workshop is closed."))
        if room.warning:
            self._messages.warn(room.warning)
        self.room, self.log, self._layer, self._risks = room, log, layer, risks
        self._of_layer.connect(layer.willBeDeleted, self._forget_layer)
        page = self.page
        page.settle.show_scheme(scheme)
        symbols = " ".join(f.symbol for f in scheme.factors)
        hint = translate("Wangge", "Name {symbols}, then Return").format(symbols=symbols)
        page.entry.setPlaceholderText(hint)
        page.entry.setAccessibleName(hint)
        page.agenda.clear()
        for number, item in enumerate(items, 1):
            page.agenda.addItem(f"{number}. {item.name}", item.code)
        page.phones.open(room)
        self._seen = (-1, "")
        self.pages.setCurrentWidget(page)
        self._beat.start()
        current = room.session.current
        codes = [item.code for item in items]
        self.choose(codes.index(current) if current in codes else 0)

    def finish(self, *, write: bool) -> int:
        """End the workshop; return how many settled risks were written into the layer."""
        room = self._running()
        session = room.session
        written = 0
        settled = settled_risks(session)
        if write and settled:
            if self._layer is None:
                raise WanggeError(
                    translate(
                        "Wangge",
                        "The layer of the risk list was taken out of the project. Save the minutes, "
                        "add the layer and continue the workshop from its log {log}.",
                    ).format(log=self.log)
                )
            written, history = take_over_settled(
                self._layer, settled, session.scheme, by=self._settings.person.value()
            )
            if history is not None and history.providerType() == "memory":
                self._messages.warn(
                    translate(
                        "Wangge",
                        "The history of levels lies in the memory only. Save the layer “{layer}” to a "
                        "file before you close the project.",
                    ).format(layer=history.name())
                )
        room.close()
        self.leave()
        return written

    def stop(self) -> None:
        """Let go of everything before the panel is taken away; the log stays."""
        self._of_project.remove()
        self.leave()

    def leave(self) -> None:
        """Leave the workshop without ending it: it can be continued from its log."""
        self._beat.stop()
        self.page.phones.close_page()
        self._of_layer.remove()
        self.marks.clear()
        self.room, self._layer, self._risks = None, None, None
        self.pages.setCurrentWidget(self.setup)

    def _forget_layer(self) -> None:
        self._of_layer.remove()
        self.marks.clear()
        self._layer = None

    # -- going through the list ------------------------------------------------------------

    def go(self, step: int) -> None:
        """Show the next risk of the agenda, or the one before."""
        box = self.page.agenda
        self.choose(min(max(box.currentIndex() + step, 0), box.count() - 1))

    def choose(self, index: int) -> None:
        """Put a risk on the screen and on the map."""
        room = self._running()
        self.page.agenda.setCurrentIndex(index)
        room.choose(self.page.agenda.itemData(index))
        self._look()
        self.show_current()

    def show_current(self) -> None:
        """Bring the risk on the screen into view, with its neighbourhood."""
        row = self._row()
        self.marks.clear()
        if row is not None and self._layer is not None:
            self.marks.show(np.asarray(self._risks.geometry)[row], self._layer)

    def _row(self) -> int | None:
        code = self._running().session.current
        rows = np.flatnonzero(self._risks.text("risk_code") == code)
        return int(rows[0]) if len(rows) else None

    # -- what people do --------------------------------------------------------------------

    def _running(self) -> Room:
        if self.room is None:
            raise WanggeError(translate("Wangge", "The workshop is closed."))
        return self.room

    def _enter(self) -> None:
        """Take factors from the keyboard: a name, then one number for each factor."""
        room = self._running()
        session = room.session
        name, values = parse_entry(self.page.entry.text(), session.scheme)
        if name not in session.present:
            room.add_participant(name)
        room.give(name, session.current, values)
        self.page.entry.clear()

    def _reveal(self) -> None:
        room = self._running()
        room.reveal(room.session.current)

    def _release(self) -> None:
        row = self.page.opinions.currentRow()
        if row < 0:
            raise WanggeError(translate("Wangge", "Select a participant in the table first."))
        self._running().release(self.page.opinions.item(row, 0).text())

    def _settle(self, values: dict, note: str) -> None:
        room = self._running()
        room.settle(room.session.current, values, note)
        self._look()
        if self.page.agenda.currentIndex() + 1 < self.page.agenda.count():
            self.go(1)

    def _reopen(self) -> None:
        room = self._running()
        room.reopen(room.session.current)

    def _ask_and_resume(self) -> None:
        layer = self.setup.layer()
        folder = str(folder_of(layer)) if layer is not None else ""
        title = translate("Wangge", "Continue an earlier workshop")
        path, _ = QFileDialog.getOpenFileName(self, title, folder, "*.jsonl")
        if path:
            self.resume(Path(path))

    def _ask_and_save_minutes(self) -> None:
        title = translate("Wangge", "Save minutes")
        proposed = str(self.log.with_suffix(".pdf"))
        path, _ = QFileDialog.getSaveFileName(self, title, proposed, "PDF (*.pdf);;HTML (*.html)")
        if path:
            self.save_minutes(Path(path))

    def save_minutes(self, path: Path) -> None:
        """Write the minutes as they stand now."""
        write_minutes(path, minutes_html(self._running().session))
        self._messages.done(
            translate("Wangge", "The minutes are saved in “{path}”.").format(path=path)
        )

    def _ask_and_finish(self) -> None:
        session = self._running().session
        ending = ask_how_to_finish(session, self)
        if ending is Ending.NOT_YET:
            return
        minutes = self.log.with_suffix(".html")
        write_minutes(minutes, minutes_html(session))
        count = self.finish(write=ending is Ending.WRITE)
        self._messages.done(
            translate("Wangge", "{count} risks were assessed. Minutes: {path}").format(
                count=count, path=minutes
            )
        )

    # -- what happens ----------------------------------------------------------------------

    def _look(self) -> None:
        """Bring the page up to date with the room, where something has happened."""
        if self.room is None:
            return
        session = self.room.session
        seen = (len(session.events), session.current)
        if seen == self._seen or not session.current:
            return
        is_other = session.current != self._seen[1]
        before = self._seen[0]
        self._seen = seen
        self._show(session, is_other=is_other, since=before)

    def _show(self, session: Session, *, is_other: bool, since: int) -> None:
        page, code = self.page, session.current
        item = session.item(code)
        opinions = spread(session, code)
        is_shown = code in session.revealed
        page.progress.setText(
            translate(
                "Wangge", "Risk {number} of {total}; {settled} settled; {present} present"
            ).format(
                number=session.items.index(item) + 1,
                total=len(session.items),
                settled=len(session.settled),
                present=len(session.present),
            )
        )
        page.opinions.show_session(session, code)
        page.spread.setText(spread_text(session, opinions, is_shown=is_shown))
        page.reveal.setEnabled(opinions is not None and not is_shown)
        settlement = session.settled.get(code)
        news = {e.kind for e in session.events[max(since, 0) :] if e.risk == code}
        # What the facilitator is choosing is not taken away while phones go on giving.
        if is_other or settlement or news & _DECIDING:
            given = opinions.proposal if opinions and is_shown else {}
            page.settle.show_values(
                settlement.values if settlement else given,
                is_settled=settlement is not None,
                note=settlement.note if settlement else "",
            )
        if is_other:
            self._show_risk(item)

    def _show_risk(self, item: Item) -> None:
        page, row = self.page, self._row()
        page.name.setText(item.name)
        page.place.setText(" · ".join(t for t in (item.code, item.category, item.address) if t))
        page.description.setText(item.description)
        page.description.setVisible(bool(item.description))
        page.chip.show_level(item.level)
        words, photo, risks = "", "", self._risks
        if row is not None and risks is not None and self._layer is not None:
            photo = str(risks.text("photo")[row])
            if risks.geometry is not None:
                scale = metres_per_unit(self._layer)
                words = neighbours_text(risks, row, metres_per_unit=scale)
        page.neighbours.setText(words)
        page.show_photo(photo_path(photo, self._layer))
