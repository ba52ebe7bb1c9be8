"""Choose a scheme: those that come with the plugin, or the city's own file."""

from __future__ import annotations

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QWidget,
)

from ...errors import WanggeError
from ...risk.schemes import available_schemes, load_scheme
from ...standards.profiles import load_profile
from ...translation import translate

_FILE = "file"


class SchemeBox(QComboBox):
    """A list of schemes; the one that the city's profile names is chosen at first."""

    failed = pyqtSignal(object)

    def __init__(self, profile: str, parent: QWidget | None = None):
        super().__init__(parent)
        self.setAccessibleName(translate("Wangge", "Scheme"))
        for scheme in available_schemes():
            self.addItem(scheme.title, scheme.reference)
        self.addItem(translate("Wangge", "The city's own file…"), _FILE)
        self._last = 0
        self.prefer(profile)
        self.activated.connect(self._chosen)

    def prefer(self, profile: str) -> None:
        """Choose the scheme that a city profile names."""
        try:
            wanted = load_profile(profile).risk_scheme
        except WanggeError:
            return  # the options page says what is wrong with the profile
        for index in range(self.count()):
            if str(self.itemData(index)).partition("@")[0] == wanted:
                self.setCurrentIndex(index)
                self._last = index

    def reference(self) -> str:
        """Return the scheme as `load_scheme` takes it: a reference or a path."""
        return self.currentData()

    def add_file(self, path: str) -> None:
        """Offer a scheme file, once it could be read."""
        scheme = load_scheme(path)
        self.insertItem(self.count() - 1, scheme.title, path)
        self._last = self.count() - 2
        self.setCurrentIndex(self._last)

    def _chosen(self, index: int) -> None:
        if self.itemData(index) != _FILE:
            self._last = index
            return
        title = translate("Wangge", "The city's own file…")
        path, _ = QFileDialog.getOpenFileName(self, title, "", "TOML (*.toml)")
        self.setCurrentIndex(self._last)
        if path:
            try:
                self.add_file(path)
            except WanggeError as error:
                self.failed.emit(error)


class SchemeDialog(QDialog):
    """Asks for a scheme."""

    def __init__(self, title: str, profile: str, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("WanggeRiskScheme")
        self.setWindowTitle(title)
        form = QFormLayout(self)
        self.box = SchemeBox(profile, self)
        form.addRow(translate("Wangge", "S&cheme"), self.box)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)
