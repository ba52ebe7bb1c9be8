"""The city's own profile in a form: begun from another profile, checked, saved as TOML."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from qgis.gui import QgsDoubleSpinBox, QgsFileWidget, QgsProjectionSelectionWidget
from qgis.PyQt.QtCore import QStandardPaths
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from ...errors import WanggeError
from ...layers.projects import reference_system
from ...standards.editions import EDITIONS, edition
from ...standards.profile import TOLERANCES, Profile
from ...standards.profiles import list_profiles, load_profile, write_profile
from ...translation import translate


def tolerance_title(name: str) -> str:
    """Return what a tolerance is called in the form."""
    return {
        "target_area_m2": translate("Wangge", "Target area of a cell (m²)"),
        "area_share": translate("Wangge", "Allowed deviation from the target area (share)"),
        "snap_m": translate("Wangge", "Snapping distance (m)"),
        "gap_width_m": translate("Wangge", "Widest gap that is closed (m)"),
        "duplicate_distance_m": translate("Wangge", "Distance of duplicates (m)"),
        "accuracy_a_m": translate("Wangge", "Accuracy class A (m)"),
        "accuracy_b_m": translate("Wangge", "Accuracy class B (m)"),
        "accuracy_c_m": translate("Wangge", "Accuracy class C (m)"),
        "service_radius_m": translate("Wangge", "Service radius of a toilet (m)"),
        "search_distance_m": translate("Wangge", "Search for facilities up to (m)"),
    }.get(name, name)


class ProfileEditor(QDialog):
    """Edits name, edition, districts, coordinates and tolerances; keeps all else of the profile.

    Raises
    ------
    WanggeError
        When the profile it is to begin from cannot be read; names the file, line and key.
    """

    def __init__(self, begin_from: str, parent: QWidget | None = None):
        super().__init__(parent)
        self._profile = load_profile(begin_from)
        self.setObjectName("WanggeProfileEditor")
        self.setWindowTitle(translate("Wangge", "Own profile"))
        own = begin_from not in list_profiles()
        self.id = QLineEdit(self._profile.id if own else f"{self._profile.id}_own", self)
        self.title_zh = QLineEdit(self._profile.title_zh, self)
        self.title_en = QLineEdit(self._profile.title_en, self)
        self.edition = QComboBox(self)
        for known in EDITIONS:
            self.edition.addItem(f"{known.number} {known.title}", known.id)
        self.edition.setCurrentIndex(self.edition.findData(self._profile.edition.id))
        self.districts = QLineEdit(", ".join(self._profile.district_codes), self)
        self.crs = QgsProjectionSelectionWidget(self)
        self.crs.setOptionVisible(QgsProjectionSelectionWidget.CrsOption.CrsNotSet, True)
        if self._profile.crs:
            self.crs.setCrs(reference_system(self._profile.crs))
        self.tolerances = {name: self._tolerance(name) for name in TOLERANCES}
        self.file = QgsFileWidget(self)
        self.file.setStorageMode(QgsFileWidget.StorageMode.SaveFile)
        self.file.setFilter("TOML (*.toml)")
        self.file.setFilePath(begin_from if own else str(_folder() / f"{self.id.text()}.toml"))
        self.mistake = QLabel(self)
        self.mistake.setObjectName("WanggeProfileMistake")
        self.mistake.setWordWrap(True)
        self.mistake.setStyleSheet("color: #d03b3b")
        self._lay_out()

    def _tolerance(self, name: str) -> QgsDoubleSpinBox:
        box = QgsDoubleSpinBox(self)
        box.setRange(0, 1_000_000)
        box.setDecimals(2)
        box.setValue(self._profile.tolerances[name])
        box.setClearValue(TOLERANCES[name])
        return box

    def _lay_out(self) -> None:
        form = QFormLayout()
        rows = [
            (translate("Wangge", "Name in files"), self.id),
            (translate("Wangge", "Title in Chinese"), self.title_zh),
            (translate("Wangge", "Title in English"), self.title_en),
            (translate("Wangge", "Edition of the standard"), self.edition),
            (translate("Wangge", "District codes, with commas"), self.districts),
            (translate("Wangge", "Coordinate reference system"), self.crs),
            *((tolerance_title(name), box) for name, box in self.tolerances.items()),
            (translate("Wangge", "File"), self.file),
        ]
        for text, widget in rows:
            label = QLabel(text, self)
            label.setBuddy(widget)
            widget.setAccessibleName(text)
            form.addRow(label, widget)
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Save | kinds.Cancel, self)
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.mistake)
        layout.addWidget(buttons)
        self.setMinimumWidth(560)

    @property
    def path(self) -> str:
        """Where the profile is saved."""
        return self.file.filePath().strip()

    def edited(self) -> Profile:
        """Return the profile as the form has it; nothing is checked yet."""
        crs = self.crs.crs()
        codes = self.districts.text().replace("，", ",").split(",")
        return replace(
            self._profile,
            id=self.id.text().strip(),
            title_zh=self.title_zh.text().strip(),
            title_en=self.title_en.text().strip(),
            edition=edition(self.edition.currentData()),
            district_codes=tuple(code.strip() for code in codes if code.strip()),
            crs=(crs.authid() or crs.toWkt()) if crs.isValid() else "",
            tolerances={name: box.value() for name, box in self.tolerances.items()},
        )

    def save(self) -> None:
        """Check the profile as a city's file is checked; save it only when it is right."""
        try:
            path = Path(self.path)
            if path.suffix.lower() != ".toml":
                raise WanggeError(
                    translate("Wangge", "Choose a file that ends in .toml for the profile.")
                )
            with tempfile.TemporaryDirectory(prefix="wangge-") as folder:
                # Under the same name: the message names the file that people know.
                trial = Path(folder) / path.name
                write_profile(self.edited(), trial)
                load_profile(trial)
            path.parent.mkdir(parents=True, exist_ok=True)
            write_profile(self.edited(), path)
        except (WanggeError, OSError) as error:
            self.mistake.setText(error.message if isinstance(error, WanggeError) else str(error))
            return
        self.accept()


def _folder() -> Path:
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents)
