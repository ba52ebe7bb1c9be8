"""A sample city for a newcomer: made in the background, then opened."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsLayerTreeGroup, QgsProject, QgsProviderRegistry, QgsVectorLayer
from qgis.PyQt.QtCore import QStandardPaths

from ...layers.styles import apply_style
from ...standards.layers import LAYERS
from ..shell.running import Runner

# Small enough to be there in seconds, large enough for every step to have something to do.
AREA_KM2 = 2.0
COMPONENTS = 3000
# Areas lie under lines, lines under points.
_ORDER = (
    "risk", "camera", "monitor", "facility", "component", "case", "survey", "address", "unit_grid",
    "street", "building", "water", "community", "department", "person",
)  # fmt: skip


def sample_folder() -> Path:
    """Return where the sample city is put."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents) / "wangge-sample"


def make_sample_city(runner: Runner, iface, folder: Path | None = None) -> None:
    """Make the sample city in the background and open it."""
    parameters = {
        "FOLDER": str(folder or sample_folder()),
        "AREA_KM2": AREA_KM2,
        "COMPONENTS": COMPONENTS,
    }
    runner.run("wangge:create_sample_city", parameters, then=lambda results: _open(iface, results))


def _open(iface, results: dict) -> None:
    project = QgsProject.instance()
    if not project.mapLayers() and not project.isDirty():
        iface.addProject(results["PROJECT"])
        return
    # Somebody is at work in this project: the town comes beside what is there.
    path = Path(results["CITY"])
    group = project.layerTreeRoot().insertGroup(0, path.parent.name)
    add_container_layers(path, group)


def add_container_layers(path: Path, group: QgsLayerTreeGroup) -> list[QgsVectorLayer]:
    """Add the layers of a GeoPackage to a group, styled and titled."""
    metadata = QgsProviderRegistry.instance().providerMetadata("ogr")
    found = {d.name(): d.uri() for d in metadata.querySublayers(str(path))}
    added = []
    for name in sorted(found, key=lambda n: _ORDER.index(n) if n in _ORDER else len(_ORDER)):
        layer = QgsVectorLayer(found[name], LAYERS[name].title if name in LAYERS else name, "ogr")
        if not layer.isValid():
            continue
        apply_style(layer, name)
        QgsProject.instance().addMapLayer(layer, False)
        group.addLayer(layer)
        added.append(layer)
    return added
