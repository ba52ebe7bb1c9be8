"""Projects over a GeoPackage: layers styled, named in the user's language, in drawing order."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsProject,
    QgsReferencedRectangle,
    QgsVectorLayer,
)

from ..errors import WanggeError
from ..standards.spec import LayerSpec
from ..translation import translate
from .fields import alias
from .styles import apply_style

# From the top of the legend down.
_ORDER = (
    "finding", "risk", "component", "survey", "case", "address",
    "community", "unit_grid", "street", "building", "water",
    "department", "lineage", "person",
)  # fmt: skip
# Shown at once; the others wait in the legend.
_VISIBLE = ("risk", "component", "community", "unit_grid", "street", "building", "water", "finding")


def write_project(
    path: Path, container: Path, specs: Mapping[str, LayerSpec], crs: str, *, title: str = ""
) -> None:
    """Write a project that shows the layers of a GeoPackage.

    Parameters
    ----------
    path : Path
        A .qgz; replaced when it is there. Layers are stored by relative paths.
    container : Path
        GeoPackage with a table for each of ``specs``.
    specs : mapping of str to LayerSpec
    crs : str
        Authority id or WKT of the project.
    title : str
    """
    project = QgsProject()
    reference = QgsCoordinateReferenceSystem.fromOgcWmsCrs(crs)
    if not reference.isValid():
        reference = QgsCoordinateReferenceSystem.fromWkt(crs)
    project.setCrs(reference)
    project.setTitle(title)
    project.setFilePathStorage(Qgis.FilePathType.Relative)
    project.setFileName(str(path))
    extent = None
    for name in sorted(specs, key=lambda n: _ORDER.index(n) if n in _ORDER else len(_ORDER)):
        layer = QgsVectorLayer(f"{container}|layername={name}", alias(specs[name]), "ogr")
        if not layer.isValid():
            continue
        apply_style(layer, name)
        for one in specs[name].fields:
            index = layer.fields().lookupField(one.name)
            if index >= 0:
                layer.setFieldAlias(index, alias(one))
        project.addMapLayer(layer, False)
        node = project.layerTreeRoot().addLayer(layer)
        node.setItemVisibilityChecked(name in _VISIBLE)
        node.setExpanded(name == "risk")
        if name == "community":
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
