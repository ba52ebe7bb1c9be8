"""Findings accepted or opened again: the state written into their layer as one edit command."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import QDate, QMetaType
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
)

from ...errors import WanggeError
from ...rules.finding import State
from ...translation import translate


class AcceptDialog(QDialog):
    """Asks who accepts findings and why; both must be said."""

    def __init__(self, count: int, person: str, parent=None):
        super().__init__(parent)
        self.setObjectName("WanggeAccept")
        self.setWindowTitle(translate("Wangge", "Accept findings"))
        self.person = QLineEdit(person, self)
        self.person.setObjectName("WanggeAcceptPerson")
        self.person.setMaxLength(50)
        self.reason = QPlainTextEdit(self)
        self.reason.setObjectName("WanggeAcceptReason")
        self.reason.setTabChangesFocus(True)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        form = QFormLayout(self)
        form.addRow(QLabel(translate("Wangge", "Findings: {count}").format(count=count), self))
        for text, widget in (
            (translate("Wangge", "Accepted &by"), self.person),
            (translate("Wangge", "&Reason"), self.reason),
        ):
            label = QLabel(text, self)
            label.setBuddy(widget)
            widget.setAccessibleName(text.replace("&", ""))
            form.addRow(label, widget)
        form.addRow(self.buttons)
        self.person.textChanged.connect(self._judge)
        self.reason.textChanged.connect(self._judge)
        self._judge()
        (self.reason if person else self.person).setFocus()

    def values(self) -> tuple[str, str]:
        """Return person and reason."""
        return self.person.text().strip(), self.reason.toPlainText().strip()[:500]

    def _judge(self) -> None:
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(all(self.values()))


def accept_findings(
    layer: QgsVectorLayer, ids: Iterable[int], *, person: str, reason: str, date: datetime.date
) -> None:
    """Write who accepted findings, why and when."""
    if not person or not reason:
        raise WanggeError(
            translate(
                "Wangge", "To accept a finding, name the person who accepts it and the reason."
            )
        )
    values = {
        "state": State.ACCEPTED.value,
        "accepted_by": person,
        "accepted_reason": reason,
        "accepted_date": date,
    }
    _write(layer, ids, values, translate("Wangge", "Accept findings"))


def reopen_findings(layer: QgsVectorLayer, ids: Iterable[int]) -> None:
    """Open findings again."""
    values = {
        "state": State.OPEN.value,
        "accepted_by": None,
        "accepted_reason": None,
        "accepted_date": None,
    }
    _write(layer, ids, values, translate("Wangge", "Reopen findings"))


def mark_fixed(layer: QgsVectorLayer, ids: Iterable[int]) -> None:
    """Note that findings are settled."""
    _write(layer, ids, {"state": State.FIXED.value}, translate("Wangge", "Apply fixes"))


def _write(
    layer: QgsVectorLayer, ids: Iterable[int], values: Mapping[str, object], title: str
) -> None:
    fields = layer.fields()
    changes = {}
    for name, value in values.items():
        index = fields.lookupField(name)
        if index >= 0:
            changes[index] = _stored(value, fields.at(index).type())
    # Changes of a layer that is being edited wait with the user's own; else they are saved.
    started = not layer.isEditable()
    if started and not layer.startEditing():
        raise WanggeError(
            translate(
                "Wangge", "The layer “{layer}” cannot be edited. Save it as a GeoPackage first."
            ).format(layer=layer.name())
        )
    layer.beginEditCommand(title)
    for feature_id in ids:
        if not layer.changeAttributeValues(feature_id, changes):
            layer.destroyEditCommand()
            if started:
                layer.rollBack()
            raise WanggeError(
                translate(
                    "Wangge", "A finding of the layer “{layer}” is gone. Load the layer again."
                ).format(layer=layer.name())
            )
    layer.endEditCommand()
    if started and not layer.commitChanges():
        detail = "\n".join(layer.commitErrors())
        layer.rollBack()
        raise WanggeError(
            translate(
                "Wangge", "The layer “{layer}” could not be saved. Nothing was changed."
            ).format(layer=layer.name()),
            detail,
        )


def _stored(value: object, kind: QMetaType.Type) -> object:
    if not isinstance(value, datetime.date):
        return value
    if kind == QMetaType.Type.QDate:
        return QDate(value.year, value.month, value.day)
    return value.isoformat()
