"""One style of message: a sentence in the message bar, the details on demand."""

from __future__ import annotations

import traceback
from collections.abc import Callable

from qgis.core import Qgis, QgsApplication
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ...errors import Cancelled, WanggeError
from ...log import write_log
from ...translation import translate
from .support import support_text

Button = tuple[str, Callable[[], object]]


class DetailsDialog(QDialog):
    """Shows what support needs and copies it to the clipboard."""

    def __init__(self, message: str, detail: str, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("WanggeDetails")
        self.setWindowTitle(translate("Wangge", "Details"))
        self.resize(640, 360)
        self.text = QPlainTextEdit(support_text(message, detail), self)
        self.text.setObjectName("WanggeDetailsText")
        self.text.setAccessibleName(translate("Wangge", "Details"))
        self.text.setReadOnly(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        copy = buttons.addButton(
            translate("Wangge", "Copy for support"), QDialogButtonBox.ButtonRole.ActionRole
        )
        copy.setObjectName("WanggeCopyForSupport")
        copy.clicked.connect(self.copy)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.text)
        layout.addWidget(buttons)

    def copy(self) -> None:
        """Put the text on the clipboard; passwords are not in it."""
        QgsApplication.clipboard().setText(self.text.toPlainText())


class Messages:
    """The message bar as all of Wangge uses it."""

    def __init__(self, iface):
        self._iface = iface

    def report(self, error: BaseException) -> None:
        """Show a mistake as its sentence; what is technical waits behind a button."""
        if isinstance(error, Cancelled):
            self.notice(error.message)
            return
        if isinstance(error, WanggeError):
            sentence, detail = error.message, error.detail
        else:
            sentence = translate(
                "Wangge",
                "Something went wrong inside Wangge ({kind}). Copy the details for those who look "
                "after the plugin.",
            ).format(kind=type(error).__name__)
            detail = "".join(traceback.format_exception(error))
        write_log(support_text(sentence, detail), Qgis.MessageLevel.Critical)
        details = (translate("Wangge", "Details"), lambda: self.show_details(sentence, detail))
        self._push(sentence, Qgis.MessageLevel.Critical, 0, [details])

    def warn(self, sentence: str, *buttons: Button, seconds: int = 15) -> None:
        """Show what deserves attention; 0 seconds leaves it until it is closed."""
        self._push(sentence, Qgis.MessageLevel.Warning, seconds, buttons)

    def notice(self, sentence: str, *buttons: Button) -> None:
        """Show in passing what has happened, with buttons to what it led to."""
        self._push(sentence, Qgis.MessageLevel.Info, 15, buttons)

    def done(self, sentence: str, *buttons: Button) -> None:
        """Show that something is finished, with buttons to its results."""
        self._push(sentence, Qgis.MessageLevel.Success, 20, buttons)

    def show_details(self, sentence: str, detail: str) -> None:
        """Show a sentence with what is behind it, to be copied."""
        dialog = DetailsDialog(sentence, detail, self._iface.mainWindow())
        dialog.exec()
        dialog.deleteLater()

    def _push(self, sentence, level, seconds, buttons) -> None:
        bar = self._iface.messageBar()
        item = bar.createMessage("Wangge", sentence)
        item.setObjectName("WanggeMessage")
        for text, slot in buttons:
            button = QPushButton(text, item)
            button.setAccessibleName(text)
            button.clicked.connect(lambda _checked=False, slot=slot: slot())
            item.layout().addWidget(button)
        bar.pushWidget(item, level, seconds)
