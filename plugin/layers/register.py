"""The risk register as layers: what was settled is written in one step, with its history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

import numpy as np
from qgis.core import (
    QgsProject,
    QgsProviderRegistry,
    QgsVectorFileWriter,
    QgsVectorLayer,
)

from ..errors import WanggeError
from ..risk.history import HISTORY_COLUMNS
from ..risk.register import change_status, take_over
from ..risk.scheme import Scheme
from ..risk.workshop.minutes import SettledRisk
from ..rules.batch import Batch
from ..translation import translate
from .columns import read_columns
from .fields import fields_of_columns
from .source import LayerSource
from .writing import write_batches

#: Property of a layer while an edit is saved that writes its own history.
IS_NOTED = "wangge_is_noted"

HISTORY, STATUS_HISTORY = "risk_history", "risk_status_history"


def read_register(layer: QgsVectorLayer) -> Batch:
    """Return the risks as the user sees them now, edits included."""
    return read_columns(LayerSource(layer))


def take_over_settled(
    layer: QgsVectorLayer,
    settled: Iterable[SettledRisk],
    scheme: Scheme,
    *,
    by: str = "",
    at: datetime | None = None,
) -> tuple[int, QgsVectorLayer | None]:
    """Write what a workshop settled into the risk layer and its history.

    Parameters
    ----------
    layer : QgsVectorLayer
        Under edit, the changes wait with the user's own; else they are saved.
    settled : iterable of SettledRisk
    scheme : Scheme
    by : str
        Who decided, for the history.
    at : datetime, optional
        Now when not given.

    Returns
    -------
    int, QgsVectorLayer or None
        How many risks were assessed, and the history's layer when there was anything to note.

    Raises
    ------
    WanggeError
        When the layer lacks a field or cannot be edited; nothing is written then.
    """
    before = read_register(layer)
    result = take_over(before, settled, scheme, by=by, at=at)
    rows = np.flatnonzero(result.assessed)
    names = (*scheme.fields, "score", "level", "scheme")
    changes: dict[int, dict[int, object]] = {}
    indexes = {name: layer.fields().lookupField(name) for name in names}
    if lacking := [name for name, index in indexes.items() if index < 0]:
        raise _lacks(layer, lacking[0])
    for row in rows:
        changes[int(result.risks.ids[row])] = {
            index: _plain(result.risks.fields[name][row]) for name, index in indexes.items()
        }
    _edit(layer, changes, translate("Wangge", "Take over the workshop"))
    if not len(result.history):
        return len(rows), None
    return len(rows), append_to_history(layer, result.history)


def change_status_of(
    layer: QgsVectorLayer,
    ids: Iterable[int],
    status: str,
    *,
    reason: str,
    by: str = "",
    at: datetime | None = None,
) -> int:
    """Set the status of some risks and note it; return how many changed.

    Raises
    ------
    WanggeError
        When a risk may not go from its status to this one; nothing is written then.
    """
    before = read_register(layer)
    index = layer.fields().lookupField("status")
    if index < 0:
        raise _lacks(layer, "status")
    rows = np.isin(before.ids, list(ids))
    after, notes = change_status(before, rows, status, reason=reason, by=by, at=at)
    changed = before.text("status") != after.text("status")
    values = {int(i): {index: status} for i in before.ids[changed]}
    if values:
        _edit(layer, values, translate("Wangge", "Change status of risks"))
        _note(layer, notes, STATUS_HISTORY, translate("Wangge", "History of statuses"))
    return len(values)


def history_of(layer: QgsVectorLayer) -> QgsVectorLayer | None:
    """Return the history of a risk layer: the project's, else that in its file; None without."""
    title = translate("Wangge", "History of levels")
    return _found(set(HISTORY_COLUMNS)) or _opened(_file_of(layer), HISTORY, title)


def append_to_history(layer: QgsVectorLayer, rows: Batch) -> QgsVectorLayer:
    """Add rows to the history of levels of a risk layer.

    A history that is not there yet is made in the file of the risks where that is a
    GeoPackage; else in memory, where it waits for the user to save it.
    """
    return _note(layer, rows, HISTORY, translate("Wangge", "History of levels"))


def _note(layer: QgsVectorLayer, rows: Batch, table: str, title: str) -> QgsVectorLayer:
    path = _file_of(layer)
    history = _found(set(rows.fields)) or _opened(path, table, title)
    if history is None:
        history = _created(path, table, title, rows)
    project = QgsProject.instance()
    if project.mapLayer(history.id()) is None:
        project.addMapLayer(history)
    write_batches(history.dataProvider(), history.fields(), [rows])
    history.reload()
    return history


def _found(names: set[str]) -> QgsVectorLayer | None:
    for other in QgsProject.instance().mapLayers().values():
        if isinstance(other, QgsVectorLayer) and names <= set(other.fields().names()):
            return other
    return None


def _lacks(layer: QgsVectorLayer, field: str) -> WanggeError:
    return WanggeError(
        translate(
            "Wangge", "The risk layer “{layer}” has no field “{field}”. Add it, then try again."
        ).format(layer=layer.name(), field=field)
    )


def _edit(layer: QgsVectorLayer, changes: Mapping[int, Mapping[int, object]], title: str) -> None:
    started = not layer.isEditable()
    if started and not layer.startEditing():
        raise WanggeError(
            translate(
                "Wangge", "The layer “{layer}” cannot be edited. Save it as a GeoPackage first."
            ).format(layer=layer.name())
        )
    layer.beginEditCommand(title)
    for feature_id, values in changes.items():
        if not layer.changeAttributeValues(feature_id, dict(values)):
            layer.destroyEditCommand()
            if started:
                layer.rollBack()
            raise WanggeError(
                translate(
                    "Wangge", "The layer “{layer}” could not be saved. Nothing was changed."
                ).format(layer=layer.name())
            )
    layer.endEditCommand()
    if started and not _committed(layer):
        detail = "\n".join(layer.commitErrors())
        layer.rollBack()
        raise WanggeError(
            translate(
                "Wangge", "The layer “{layer}” could not be saved. Nothing was changed."
            ).format(layer=layer.name()),
            detail,
        )


def _committed(layer: QgsVectorLayer) -> bool:
    layer.setProperty(IS_NOTED, True)
    try:
        return layer.commitChanges()
    finally:
        layer.setProperty(IS_NOTED, None)


def _plain(value: object) -> object:
    if isinstance(value, np.floating):
        return None if np.isnan(value) else float(value)
    return value


def _file_of(layer: QgsVectorLayer) -> Path | None:
    if layer.providerType() != "ogr":
        return None
    path = Path(QgsProviderRegistry.instance().decodeUri("ogr", layer.source()).get("path") or "")
    return path if path.suffix.lower() == ".gpkg" and path.is_file() else None


def _opened(path: Path | None, table: str, title: str) -> QgsVectorLayer | None:
    if path is None:
        return None
    layer = QgsVectorLayer(f"{path}|layername={table}", title, "ogr")
    return layer if layer.isValid() else None


def _created(path: Path | None, table: str, title: str, like: Batch) -> QgsVectorLayer:
    memory = QgsVectorLayer("NoGeometry", title, "memory")
    memory.dataProvider().addAttributes(list(fields_of_columns(like.fields)))
    memory.updateFields()
    if path is None:
        return memory
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "GPKG"
    options.layerName = table
    options.actionOnExistingFile = QgsVectorFileWriter.ActionOnExistingFile.CreateOrOverwriteLayer
    context = QgsProject.instance().transformContext()
    failure, reason, *_ = QgsVectorFileWriter.writeAsVectorFormatV3(
        memory, str(path), context, options
    )
    made = _opened(path, table, title)
    if failure != QgsVectorFileWriter.WriterError.NoError or made is None:
        raise WanggeError(
            translate(
                "Wangge",
                "The history of levels cannot be kept in “{path}”. Check that it is writable.",
            ).format(path=path),
            reason,
        )
    return made
