"""The GeoPackage of the census project that is open, and decisions on their way to it."""

from __future__ import annotations

import csv
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qgis.core import QgsProcessingUtils, QgsProject, QgsProviderRegistry, QgsVectorLayer

from ...errors import WanggeError
from ...layers.component_entry import component_layers
from ...translation import translate


@dataclass(frozen=True)
class ProjectFile:
    """Where the open project keeps its components."""

    path: Path
    table: str
    layer_id: str

    @property
    def source(self) -> str:
        """The table as algorithms open it, whatever its kinds of geometry."""
        return f"{self.path}|layername={self.table}"

    def layer(self) -> QgsVectorLayer | None:
        """Return the layer of the project, None once it is gone."""
        return QgsProject.instance().mapLayer(self.layer_id)

    def require_saved(self) -> None:
        """Raise WanggeError when a layer of the file is being edited."""
        for layer in QgsProject.instance().mapLayers().values():
            same = layer.source().partition("|")[0] == str(self.path)
            if same and isinstance(layer, QgsVectorLayer) and layer.isEditable():
                raise WanggeError(
                    translate(
                        "Wangge",
                        "Layer “{layer}” is being edited. Save or discard the edits first.",
                    ).format(layer=layer.name())
                )


def project_file(project: QgsProject) -> ProjectFile | None:
    """Return where the open project keeps its components, None when it has no such file."""
    for layer in component_layers(project).values():
        parts = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
        path = parts.get("path") or ""
        if path.lower().endswith(".gpkg") and "uuid" in layer.fields().names():
            # A GeoPackage of one table may be named without it.
            table = parts.get("layerName") or Path(path).stem
            return ProjectFile(Path(path), table, layer.id())
    return None


def write_decisions(choices: Mapping[str, str]) -> Path:
    """Write conflict id and choice as a table that algorithms read; it goes with the session."""
    # QGIS removes this folder when it ends.
    path = Path(QgsProcessingUtils.tempFolder()) / f"decisions-{uuid.uuid4().hex}.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("conflict_id", "choice"))
        writer.writerows(choices.items())
    # An id of digits alone must not be taken for a number.
    path.with_suffix(".csvt").write_text('"String","String"\n', encoding="utf-8")
    return path
