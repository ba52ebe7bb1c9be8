"""Components that a migration left to people, read and decided in the background."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from qgis.core import (
    QgsFeatureRequest,
    QgsMapLayer,
    QgsProject,
    QgsTask,
    QgsVectorDataProvider,
    QgsVectorLayer,
    QgsVectorLayerFeatureSource,
)

from ...errors import WanggeError
from ...translation import translate

COLUMNS = ("source_id", "old_class_code", "candidates", "decision")
_NAMES = ("component_name", "component_code")


@dataclass(frozen=True)
class ReviewRow:
    """One component that waits for its class."""

    id: int
    name: str
    old_class: str
    candidates: tuple[str, ...]
    decision: str


def is_review(layer: QgsMapLayer) -> bool:
    """Return whether a layer holds components to review."""
    return (
        isinstance(layer, QgsVectorLayer)
        and layer.isValid()
        and set(COLUMNS) <= set(layer.fields().names())
    )


def review_layers(project: QgsProject) -> list[QgsVectorLayer]:
    """Return the project's layers of components to review, the layer tree's first first."""
    return [layer for layer in project.layerTreeRoot().layerOrder() if is_review(layer)]


class ReadReview(QgsTask):
    """Reads a review layer; ``then`` gets its rows in the window's own thread."""

    def __init__(self, layer: QgsVectorLayer, then: Callable[[list[ReviewRow]], object]):
        super().__init__(
            translate("Wangge", "Reading components to review"),
            QgsTask.Flag.CanCancel | QgsTask.Flag.Silent,
        )
        self._source = QgsVectorLayerFeatureSource(layer)
        self._then = then
        self._rows: list[ReviewRow] = []

    def run(self) -> bool:
        """Read all rows; called in another thread."""
        fields = self._source.fields()
        at = {n: fields.lookupField(n) for n in (*COLUMNS, *_NAMES)}
        request = QgsFeatureRequest()
        request.setFlags(QgsFeatureRequest.Flag.NoGeometry)
        request.setSubsetOfAttributes([i for i in at.values() if i >= 0])
        for feature in self._source.getFeatures(request):
            if self.isCanceled():
                return False
            cells = feature.attributes()
            texts = {n: _text(cells[i]) if i >= 0 else "" for n, i in at.items()}
            self._rows.append(
                ReviewRow(
                    feature.id(),
                    " ".join(texts[n] for n in _NAMES if texts[n]),
                    texts["old_class_code"],
                    tuple(texts["candidates"].split()),
                    texts["decision"],
                )
            )
        self._rows.sort(key=lambda r: (r.old_class, r.name, r.id))
        return True

    def finished(self, result: bool) -> None:
        """Hand the rows over; called in the window's own thread."""
        if result:
            self._then(self._rows)


class WriteDecisions(QgsTask):
    """Writes decisions into a review layer; ``then`` gets the mistake, if there was one."""

    def __init__(
        self,
        layer: QgsVectorLayer,
        decisions: Mapping[int, str],
        then: Callable[[Exception | None], object],
    ):
        super().__init__(translate("Wangge", "Saving decisions"), QgsTask.Flag.Silent)
        field = layer.fields().lookupField("decision")
        self._values = {i: {field: text or None} for i, text in decisions.items()}
        self._where = layer.source(), layer.providerType(), layer.name()
        self._then = then
        self._error: Exception | None = None
        self._done = False
        if layer.providerType() == "memory":
            # Its rows live in the layer, which belongs to the window's thread; it is quick.
            self._write(layer.dataProvider())
            self._done = True

    def run(self) -> bool:
        """Write; called in another thread, with a layer of its own."""
        if not self._done:
            source, provider, name = self._where
            # Kept while it is written to: the provider goes with its layer.
            layer = QgsVectorLayer(source, name, provider)
            self._write(layer.dataProvider())
        return self._error is None

    def _write(self, provider: QgsVectorDataProvider | None) -> None:
        if provider is None or not provider.changeAttributeValues(self._values):
            self._error = WanggeError(
                translate(
                    "Wangge",
                    "The edits of layer “{layer}” could not be saved. They are still there; check "
                    "that the file is writable and not open elsewhere, then save again.",
                ).format(layer=self._where[2])
            )

    def finished(self, _result: bool) -> None:
        """Hand the mistake over; called in the window's own thread."""
        self._then(self._error)


def _text(value: object) -> str:
    if value is None or (hasattr(value, "isNull") and value.isNull()):
        return ""
    return str(value)
