"""The layer of components in a census project: a table of a GeoPackage."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from qgis.core import QgsProviderRegistry, QgsVectorLayer
from qgis.PyQt.QtCore import QMetaObject, Qt

from ...plugin.census.packages.geopackage import read_layer
from ...plugin.errors import WanggeError
from ...plugin.layers.source import LayerSource
from ...plugin.rules.batch import Batch
from ...plugin.standards.spec import LayerSpec
from ...plugin.translation import translate
from ..inputs import require_field
from ..job import Job

# Metres of a degree of latitude; near enough for distances of a few metres.
_METRES_A_DEGREE = 111_320.0


@dataclass(frozen=True)
class ProjectTable:
    """Where a project keeps its components."""

    path: Path
    table: str
    source: LayerSource

    def rows(self, spec: LayerSpec) -> Batch:
        """Return the rows as the file holds them; those of the selection and filter only."""
        batch = read_layer(self.path, self.table, spec)
        layer = self.source.layer
        if not (self.source.selected_only or self.source.expression or layer.subsetString()):
            return batch
        wanted = [feature.id() for feature in layer.getFeatures(self.source.request())]
        return batch.take(np.isin(batch.ids, np.array(wanted, dtype=np.int64)))

    def show_anew(self, job: Job) -> None:
        """Have the layers of the open project that show the file read it again."""
        project = job.context.project()
        for layer in project.mapLayers().values() if project is not None else ():
            if layer.source().partition("|")[0] == str(self.path):
                # From whatever thread: the layer does it in its own.
                queued = Qt.ConnectionType.QueuedConnection
                QMetaObject.invokeMethod(layer, "reload", queued)

    def units(self, metres: float) -> float:
        """Return a distance in the units of the layer."""
        geographic = self.source.layer.crs().isGeographic()
        return metres / _METRES_A_DEGREE if geographic else metres


def project_table(job: Job, name: str) -> ProjectTable:
    """Return where the components behind a parameter are kept.

    Raises
    ------
    WanggeError
        When the layer is no table of a GeoPackage, is being edited, or lacks ``uuid``.
    """
    source = job.required_source(name)
    layer = source.layer
    parts = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
    path = Path(parts.get("path") or "")
    if layer.providerType() != "ogr" or path.suffix.lower() != ".gpkg":
        raise WanggeError(
            translate(
                "Wangge",
                "Layer “{layer}” is not in a GeoPackage. A census project is one: save the layer to "
                "a GeoPackage and choose that.",
            ).format(layer=source.name)
        )
    if layer.isEditable():
        raise WanggeError(
            translate(
                "Wangge",
                "Layer “{layer}” is being edited. Save or discard the edits first.",
            ).format(layer=source.name)
        )
    table = ProjectTable(path, parts.get("layerName") or _only_table(layer, path), source)
    names = Batch({n: np.empty(0, object) for n in layer.fields().names()}, None, np.empty(0))
    require_field(names, source, "uuid")
    return table


def _only_table(layer: QgsVectorLayer, path: Path) -> str:
    found = layer.dataProvider().subLayers()
    parts = found[0].split(layer.dataProvider().sublayerSeparator()) if found else []
    return parts[1] if len(parts) > 1 else path.stem
