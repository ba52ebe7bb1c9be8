"""Wangge's page among QGIS's options."""

from __future__ import annotations

from qgis.core import QgsProviderRegistry
from qgis.gui import QgsOptionsPageWidget, QgsOptionsWidgetFactory
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QGroupBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
)

from ...errors import WanggeError
from ...settings import Settings
from ...standards.profiles import list_profiles
from ...translation import translate
from .profile_editor import ProfileEditor
from .subjects import icon


def connection_names() -> list[str]:
    """Return the names of the PostgreSQL connections saved in QGIS."""
    metadata = QgsProviderRegistry.instance().providerMetadata("postgres")
    return sorted(metadata.dbConnections(False)) if metadata else []


class OptionsPage(QgsOptionsPageWidget):
    """City profile, connection and person that the dialogs propose."""

    def __init__(self, settings: Settings, parent=None):
        super().__init__(parent)
        self.setObjectName("WanggeOptions")
        self._settings = settings
        self.profile = QComboBox(self)
        self.profile.setObjectName("WanggeOptionProfile")
        self.profile.setEditable(True)
        self.profile.addItems(list_profiles())
        self.profile.setCurrentText(settings.profile.value())
        self.own = QPushButton(translate("Wangge", "Own profile…"), self)
        self.own.setObjectName("WanggeOptionOwnProfile")
        self.own.clicked.connect(self.edit_profile)
        self.mistake = QLabel(self)
        self.mistake.setWordWrap(True)
        self.mistake.hide()
        self.connection = QComboBox(self)
        self.connection.setObjectName("WanggeOptionConnection")
        self.connection.setEditable(True)
        self.connection.addItems(["", *connection_names()])
        self.connection.setCurrentText(settings.connection.value())
        self.person = QLineEdit(settings.person.value(), self)
        self.person.setObjectName("WanggeOptionPerson")
        self.welcome = QCheckBox(
            translate("Wangge", "Show the welcome page at the next start"), self
        )
        self.welcome.setObjectName("WanggeOptionWelcome")
        self.welcome.setChecked(settings.welcome.value())
        self._lay_out()

    def _lay_out(self) -> None:
        box = QGroupBox(translate("Wangge", "What the dialogs propose"), self)
        form = QFormLayout(box)
        rows = (
            (translate("Wangge", "City &profile"), self.profile),
            (translate("Wangge", "Platform &connection"), self.connection),
            (translate("Wangge", "&Name of the person who accepts findings"), self.person),
        )
        for text, widget in rows:
            label = QLabel(text, box)
            label.setBuddy(widget)
            widget.setAccessibleName(text.replace("&", ""))
            form.addRow(label, widget)
            if widget is self.profile:
                form.addRow("", self.own)
                form.addRow(self.mistake)
        note = QLabel(
            translate(
                "Wangge",
                "A built-in profile or the path of the city's own TOML file. Of a connection only the "
                "name is kept; its password stays in QGIS's authentication store.",
            ),
            box,
        )
        note.setWordWrap(True)
        form.addRow(note)
        # The search field of the options dialog looks at labels: these are the other words for it.
        keywords = QLabel(
            translate(
                "Wangge",
                "Search words: unit grid, component, census, risk, finding, standard, database",
            ),
            self,
        )
        keywords.setObjectName("WanggeOptionKeywords")
        keywords.setWordWrap(True)
        keywords.setEnabled(False)
        layout = QVBoxLayout(self)
        layout.addWidget(box)
        layout.addWidget(self.welcome)
        layout.addStretch(1)
        layout.addWidget(keywords)

    def edit_profile(self) -> None:
        """Open the form of the city's own profile, begun from the one that is chosen."""
        try:
            editor = ProfileEditor(self.profile.currentText().strip() or "generic", self)
        except WanggeError as error:
            self.mistake.setText(error.message)
            self.mistake.show()
            return
        self.mistake.hide()
        editor.accepted.connect(lambda: self.profile.setCurrentText(editor.path))
        editor.finished.connect(editor.deleteLater)
        editor.open()

    def apply(self) -> None:
        """Keep what was entered."""
        self._settings.profile.setValue(self.profile.currentText().strip() or "generic")
        self._settings.connection.setValue(self.connection.currentText().strip())
        self._settings.person.setValue(self.person.text().strip())
        self._settings.welcome.setValue(self.welcome.isChecked())


class OptionsFactory(QgsOptionsWidgetFactory):
    """Makes the options page."""

    def __init__(self, settings: Settings):
        super().__init__("Wangge 网格", icon("wangge"), "wangge")
        self._settings = settings

    def createWidget(self, parent):  # noqa: N802
        return OptionsPage(self._settings, parent)
