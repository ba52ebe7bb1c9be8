"""Notes in the history of levels what people change in the form or the attribute table."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import QgsFeatureRequest, QgsProviderRegistry, QgsVectorLayer
from qgis.PyQt.QtCore import QObject

from ..risk.history import history_rows
from ..rules.batch import Batch, make_batch
from ..translation import translate
from .features import is_null
from .register import IS_NOTED, append_to_history, history_of

_NOTED = ("level", "score", "scheme")


class RegisterWatch(QObject):
    """Watches one risk layer: what a saved edit changed of its levels goes into the history.

    Parameters
    ----------
    layer : QgsVectorLayer
    person : callable
        Returns who works here, for the history.
    failed : callable
        Takes an error that kept the history from being written.
    """

    def __init__(
        self,
        layer: QgsVectorLayer,
        person: Callable[[], str],
        failed: Callable[[Exception], object],
    ):
        super().__init__(layer)
        self._layer, self._person, self._failed = layer, person, failed
        self._before: dict[int, dict[str, object]] = {}
        layer.beforeCommitChanges.connect(self._remember)
        layer.afterCommitChanges.connect(self._note)

    def stop(self) -> None:
        """Stop watching."""
        self._layer.beforeCommitChanges.disconnect(self._remember)
        self._layer.afterCommitChanges.disconnect(self._note)
        self.deleteLater()

    def _remember(self, *_ignored) -> None:
        """Keep the levels that the edits about to be saved replace."""
        self._before = {}
        if self._layer.property(IS_NOTED) or not self._has_place():
            return
        indexes = {self._layer.fields().lookupField(name) for name in _NOTED} - {-1}
        edited = self._layer.editBuffer().changedAttributeValues()
        ids = [fid for fid, values in edited.items() if indexes & set(values)]
        if ids:
            request = QgsFeatureRequest().setFilterFids(ids)
            stored = self._layer.dataProvider().getFeatures(request)
            self._before = {f.id(): _row(f) for f in stored}

    def _note(self) -> None:
        before, self._before = self._before, {}
        if not before:
            return
        try:
            request = QgsFeatureRequest().setFilterFids(list(before))
            after = {f.id(): _row(f) for f in self._layer.getFeatures(request)}
            ids = [i for i in before if i in after and before[i] != after[i]]
            if ids:
                rows = history_rows(
                    _batch([before[i] for i in ids]),
                    _batch([after[i] for i in ids]),
                    reason=translate("Wangge", "Edited by hand"),
                    by=self._person(),
                )
                append_to_history(self._layer, rows)
        except Exception as error:  # a slot: nobody above would show it
            self._failed(error)

    def _has_place(self) -> bool:
        # A history made in the memory for a passing look at some layer would surprise.
        if history_of(self._layer) is not None:
            return True
        parts = QgsProviderRegistry.instance().decodeUri(
            self._layer.providerType(), self._layer.source()
        )
        return str(parts.get("path", "")).lower().endswith(".gpkg")


def _row(feature) -> dict[str, object]:
    names = feature.fields().names()
    values = {}
    for name in (*_NOTED, "uuid", "risk_code"):
        value = feature[name] if name in names else None
        values[name] = None if is_null(value) else value
    return values


def _batch(rows: list[dict[str, object]]) -> Batch:
    texts = {
        name: [None if r[name] is None else str(r[name]) for r in rows]
        for name in ("uuid", "risk_code", "level", "scheme")
    }
    scores = [float("nan") if r["score"] is None else float(str(r["score"])) for r in rows]
    return make_batch({**texts, "score": scores})
