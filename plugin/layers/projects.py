"""Projects over a GeoPackage: layers styled, named in the user's language, in drawing order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsProject,
    QgsReferencedRectangle,
    QgsVectorLayer,
)

from ..errors import WanggeError
from ..standards.layers import layer as layer_spec
from ..translation import translate
from .fields import alias
from .styles import apply_style

# From the top of the legend down.
_ORDER = (
    "finding", "risk", "camera", "monitor", "facility", "component", "survey", "case", "address",
    "community", "unit_grid", "street", "building", "water",
    "department", "lineage", "person",
)  # fmt: skip
# Shown at once; the others wait in the legend.
_VISIBLE = ("risk", "component", "community", "unit_grid", "street", "building", "water", "finding")


@dataclass(frozen=True)
class ProjectLayer:
    """One layer of a project.

    Attributes
    ----------
    kind : str
        Name of its description and of its style.
    container : Path
        GeoPackage.
    table : str
    """

    kind: str
    container: Path
    table: str


def reference_system(crs: str) -> QgsCoordinateReferenceSystem:
    """Return a CRS from its authority id or its WKT."""
    reference = QgsCoordinateReferenceSystem.fromOgcWmsCrs(crs)
    return reference if reference.isValid() else QgsCoordinateReferenceSystem.fromWkt(crs)


def write_project(path: Path, layers: Sequence[ProjectLayer], crs: str, *, title: str = "") -> None:
    """Write a project that shows described layers; those that cannot be opened are left out.

    Parameters
    ----------
    path : Path
        A .qgz; replaced when it is there. Layers are stored by relative paths.
    layers : sequence of ProjectLayer
    crs : str
        Authority id or WKT of the project.
    title : str
    """
    project = QgsProject()
    reference = reference_system(crs)
    project.setCrs(reference)
    project.setTitle(title)
    project.setFilePathStorage(Qgis.FilePathType.Relative)
    project.setFileName(str(path))
    extent = None
    for one in sorted(layers, key=lambda x: _ORDER.index(x.kind) if x.kind in _ORDER else 99):
        spec = layer_spec(one.kind)
        layer = QgsVectorLayer(f"{one.container}|layername={one.table}", alias(spec), "ogr")
        if not layer.isValid():
            continue
        apply_style(layer, one.kind)
        for field in spec.fields:
            index = layer.fields().lookupField(field.name)
            if index >= 0:
                layer.setFieldAlias(index, alias(field))
        project.addMapLayer(layer, False)
        node = project.layerTreeRoot().addLayer(layer)
        node.setItemVisibilityChecked(one.kind in _VISIBLE)
        node.setExpanded(one.kind == "risk")
        if one.kind == "community":
            extent = layer.extent()
    if extent is not None and not extent.isEmpty():
        extent.scale(1.05)
        project.viewSettings().setDefaultViewExtent(QgsReferencedRectangle(extent, reference))
    if not project.write():
        raise WanggeError(
            translate("Wangge", "The project “{path}” cannot be written: {reason}.").format(
                path=path, reason=project.error()
            )
        )
