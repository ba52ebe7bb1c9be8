"""The city's own profile in a form: begun from another profile, checked, saved as TOML."""

from __future__ import annotations

import tempfile
import tomllib
from copy import deepcopy
from pathlib import Path

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import QStandardPaths, QTimer
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ...errors import WanggeError
from ...standards.profile_writing import profile_text
from ...standards.profiles import list_profiles, load_profile
from ...standards.toml_section import TomlKeyError
from ...standards.toml_text import dump
from ...translation import translate
from .profile_form import Page, pages
from .profile_rows import Document, put, row_of, rows_of, store_tables, take
from .profile_widgets import Field, Rows, mistake_label

# People are still typing before that.
_PAUSE = 600


class ProfileEditor(QDialog):
    """Edits a whole profile; what is wrong is told beside the field while people type.

    Raises
    ------
    WanggeError
        When the profile it is to begin from cannot be read; names the file, line and key.
    """

    def __init__(self, begin_from: str, parent: QWidget | None = None):
        super().__init__(parent)
        self._document: Document = tomllib.loads(profile_text(load_profile(begin_from)))
        self.setObjectName("WanggeProfileEditor")
        self.setWindowTitle(translate("Wangge", "Own profile"))
        own = begin_from not in list_profiles()
        if not own:
            self._document["id"] += "_own"
        self.fields: dict[str, Field] = {}
        self.tables: dict[str, Rows] = {}
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE)
        self._later.timeout.connect(self.check)
        self.tabs = QTabWidget(self)
        for page in pages():
            self._add_page(page)
        self.file = QgsFileWidget(self)
        self.file.setStorageMode(QgsFileWidget.StorageMode.SaveFile)
        self.file.setFilter("TOML (*.toml)")
        name = f"{self._document['id']}.toml"
        self.file.setFilePath(begin_from if own else str(_folder() / name))
        self.mistake = mistake_label(self)
        self._lay_out()

    def _add_page(self, page: Page) -> None:
        inside = QWidget(self)
        layout = QVBoxLayout(inside)
        form = QFormLayout()
        for entry in page.entries:
            field = Field(entry, take(self._document, entry.key), inside)
            label = QLabel(entry.title, inside)
            label.setBuddy(field)
            form.addRow(label, field)
            field.changed.connect(self._later.start)
            self.fields[entry.key] = field
        layout.addLayout(form)
        for table in page.tables:
            rows = Rows(table, rows_of(table, self._document), inside)
            layout.addWidget(rows, 1)
            rows.changed.connect(self._later.start)
            self.tables[table.key] = rows
        if not page.tables:
            layout.addStretch(1)
        area = QScrollArea(self)
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.tabs.addTab(area, page.title)

    def _lay_out(self) -> None:
        bottom = QFormLayout()
        label = QLabel(translate("Wangge", "File"), self)
        label.setBuddy(self.file)
        bottom.addRow(label, self.file)
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Save | kinds.Cancel, self)
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.tabs, 1)
        layout.addLayout(bottom)
        layout.addWidget(self.mistake)
        layout.addWidget(buttons)
        self.resize(900, 600)

    @property
    def path(self) -> str:
        """Where the profile is saved."""
        return self.file.filePath().strip()

    def edited(self) -> tuple[Document, dict[str, list[tuple]]]:
        """Return the document as the form has it, unchecked, and where the rows lie in it.

        Raises
        ------
        WanggeError
            When a cell cannot be read at all.
        """
        document = deepcopy(self._document)
        for key, field in self.fields.items():
            put(document, key, field.value())
        paths = store_tables(
            document, {rows.described: rows.rows() for rows in self.tables.values()}
        )
        return document, paths

    def check(self) -> bool:
        """Check the profile as a city's file is checked; tell beside the field what is wrong."""
        self._clear()
        paths: dict[str, list[tuple]] = {}
        try:
            document, paths = self.edited()
            with tempfile.TemporaryDirectory(prefix="wangge-") as folder:
                # Under the same name: the message names the file that people know.
                trial = Path(folder) / (Path(self.path).name or "profile.toml")
                trial.write_text(dump(document), encoding="utf-8", newline="\n")
                load_profile(trial)
        except TomlKeyError as error:
            self._point_at(error, paths)
            return False
        except (WanggeError, OSError) as error:
            self.mistake.setText(error.message if isinstance(error, WanggeError) else str(error))
            return False
        return True

    def _clear(self) -> None:
        self.mistake.setText("")
        for field in self.fields.values():
            field.show_mistake("")
        for rows in self.tables.values():
            rows.show_mistake("")

    def _point_at(self, error: TomlKeyError, paths: dict[str, list[tuple]]) -> None:
        self.mistake.setText(error.message)
        for key, places in paths.items():
            if found := row_of(error.path, places):
                self.tables[key].show_mistake(error.problem, *found)
                return
        names = [p for p in error.path if isinstance(p, str)]
        for length in range(len(names), 0, -1):
            key = ".".join(names[:length])
            if key in self.fields:
                self.fields[key].show_mistake(error.problem)
                return
            if key in self.tables:
                self.tables[key].show_mistake(error.problem)
                return

    def _show_first_mistake(self) -> None:
        widgets: list[Field | Rows] = [*self.fields.values(), *self.tables.values()]
        for widget in widgets:
            if widget.mistake.text():
                for place in range(self.tabs.count()):
                    if self.tabs.widget(place).isAncestorOf(widget):
                        self.tabs.setCurrentIndex(place)
                        self.tabs.widget(place).ensureWidgetVisible(widget.mistake)
                return

    def save(self) -> None:
        """Save the profile, only when it is right."""
        self._later.stop()
        path = Path(self.path)
        if path.suffix.lower() != ".toml":
            self._clear()
            self.mistake.setText(
                translate("Wangge", "Choose a file that ends in .toml for the profile.")
            )
            return
        if not self.check():
            self._show_first_mistake()
            return
        document, _ = self.edited()
        beside = path.with_name(path.name + ".new")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(dump(document), encoding="utf-8", newline="\n")
            beside.replace(path)
        except OSError as error:
            beside.unlink(missing_ok=True)
            self.mistake.setText(str(error))
            return
        self.accept()


def _folder() -> Path:
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents)
