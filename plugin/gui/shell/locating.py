"""Find a cell, component, community, address or risk from QGIS's search field."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.core import (
    QgsExpression,
    QgsFeatureRequest,
    QgsLocatorContext,
    QgsLocatorFilter,
    QgsLocatorResult,
    QgsProject,
    QgsVectorLayerFeatureSource,
)

from ...standards.address_search import AddressMatch
from ...standards.layers import LAYERS
from ...translation import translate
from .messages import Messages
from .places import PlaceIndexes
from .recognition import project_layers
from .showing import show_geometry
from .subjects import icon

_MOST = 12


@dataclass(frozen=True)
class Wanted:
    """What one filter finds.

    Attributes
    ----------
    kind : str
        Name of the layer's description.
    prefix : str
        What limits the search to this filter.
    picture : str
        Name of the icon.
    fields : tuple of str
        Searched in this order; the first is the code.
    """

    kind: str
    prefix: str
    picture: str
    fields: tuple[str, ...]


WANTED = (
    Wanted("unit_grid", "wgg", "grid", ("grid_code",)),
    Wanted("component", "wgc", "census", ("component_code", "component_name")),
    Wanted("community", "wgs", "wangge", ("community_code", "community_name")),
    Wanted("address", "wga", "general", ("address_code", "address_name")),
    Wanted("risk", "wgr", "risk", ("risk_code", "risk_name")),
    Wanted("facility", "wgf", "facilities", ("facility_code", "facility_name")),
)


class FeatureFilter(QgsLocatorFilter):
    """Looks for text in the codes and names of one kind of layer, away from the window's thread."""

    def __init__(self, wanted: Wanted, canvas, messages: Messages, places: PlaceIndexes):
        super().__init__()
        self._wanted = wanted
        self._places = places
        self._canvas = canvas
        self._messages = messages
        self._sources: list[tuple[str, str, QgsVectorLayerFeatureSource, object]] = []

    def clone(self):
        return FeatureFilter(self._wanted, self._canvas, self._messages, self._places)

    def name(self) -> str:
        return f"wangge_{self._wanted.kind}"

    def displayName(self) -> str:  # noqa: N802
        return f"Wangge 网格: {LAYERS[self._wanted.kind].title}"

    def prefix(self) -> str:
        return self._wanted.prefix

    def priority(self):
        return QgsLocatorFilter.Priority.High

    def prepare(self, string: str, context: QgsLocatorContext) -> list[str]:
        # In the window's thread: layers must not be touched from another one.
        self._sources = []
        if len(string.strip()) >= (1 if context.usingPrefix else 3):
            self._sources = [
                (
                    layer.id(),
                    layer.name(),
                    QgsVectorLayerFeatureSource(layer),
                    self._places.version(layer),
                )
                for layer in project_layers().get(self._wanted.kind, [])
            ]
        return []

    def fetchResults(self, string: str, context, feedback) -> None:  # noqa: N802
        for layer_id, layer_name, source, version in self._sources:
            text = string.strip()
            if self._wanted.kind == "address":
                found = self._near_names(layer_id, version, source, text, feedback)
            else:
                found = self._matches(source, text, feedback)
            for identity, title, note, score in found:
                result = QgsLocatorResult(self, title, f"{layer_id}\t{identity}")
                result.description = note or layer_name
                result.icon = icon(self._wanted.picture)
                result.score = score
                self.resultFetched.emit(result)

    def _near_names(self, layer_id: str, version, source, text: str, feedback):
        if source.fields().lookupField("address_name") < 0:
            yield from self._matches(source, text, feedback)
            return
        hits = self._places.search(layer_id, version, source, text, _MOST, feedback)
        for rank, (identity, code, hit) in enumerate(hits):
            score = 1.0 if hit.match is AddressMatch.SAME else 0.8 - 0.4 * rank / _MOST
            note = translate("Wangge", "given up") if hit.retired else code
            yield identity, hit.name, note, score

    def _matches(self, source: QgsVectorLayerFeatureSource, text: str, feedback):
        fields = source.fields()
        places = [(f, fields.lookupField(f)) for f in self._wanted.fields]
        places = [(f, i) for f, i in places if i >= 0]
        if not text or not places:
            return
        pattern = QgsExpression.quotedString(f"%{_literal(text)}%")
        request = QgsFeatureRequest()
        request.setFlags(QgsFeatureRequest.Flag.NoGeometry)
        request.setSubsetOfAttributes([i for _, i in places])
        column = QgsExpression.quotedColumnRef
        request.setFilterExpression(" OR ".join(f"{column(f)} ILIKE {pattern}" for f, _ in places))
        request.setLimit(_MOST)
        for feature in source.getFeatures(request):
            if feedback.isCanceled():
                return
            values = [str(feature.attribute(i) or "") for _, i in places]
            title = values[0] if len(values) == 1 else f"{values[1] or values[0]}"
            note = values[0] if len(values) > 1 else ""
            exact = any(v.lower() == text.lower() or v.endswith(text) for v in values)
            yield feature.id(), title, note, 1.0 if exact else 0.6

    def triggerResult(self, result) -> None:  # noqa: N802
        layer_id, _, identity = str(_data(result)).partition("\t")
        layer = QgsProject.instance().mapLayer(layer_id)
        if layer is None or not identity.lstrip("-").isdigit():
            self._messages.warn(
                translate("Wangge", "The layer is no longer in the project. Search again.")
            )
            return
        try:
            layer.selectByIds([int(identity)])
            feature = layer.getFeature(int(identity))
            show_geometry(self._canvas, feature.geometry(), layer.crs())
        except Exception as error:
            self._messages.report(error)


def _data(result: QgsLocatorResult) -> object:
    # Renamed in QGIS 3.36.
    return result.userData() if callable(getattr(result, "userData", None)) else result.userData


def _literal(text: str) -> str:
    # Signs that LIKE takes for "any" stand for themselves here.
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


class Locators:
    """The search field's filters of Wangge."""

    def __init__(self, iface, messages: Messages):
        self._iface = iface
        places = PlaceIndexes()
        self._filters = [FeatureFilter(w, iface.mapCanvas(), messages, places) for w in WANTED]
        for one in self._filters:
            iface.registerLocatorFilter(one)

    def remove(self) -> None:
        """Take the filters away."""
        for one in self._filters:
            self._iface.deregisterLocatorFilter(one)
        self._filters.clear()
