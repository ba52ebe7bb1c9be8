"""Several described layers in one GeoPackage, written beside its place and then moved there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFields,
    QgsVectorFileWriter,
)

from ..errors import WanggeError
from ..progress import SILENT, Progress
from ..rules.batch import Batch
from ..standards.spec import LayerSpec
from ..translation import translate
from .fields import fields_of_columns, wkb_type
from .geopackage import fill


def write_container(
    path: Path,
    layers: Mapping[str, Batch] | Iterable[Mapping[str, Batch]],
    specs: Mapping[str, LayerSpec],
    crs: str,
    *,
    types: Mapping[str, Qgis.WkbType] | None = None,
    progress: Progress = SILENT,
) -> None:
    """Write layers into a new GeoPackage; an older one at the place is replaced at the end.

    Parameters
    ----------
    path : Path
    layers : mapping of str to Batch, or iterable of such mappings
        Columns by layer. A large container comes in parts, which have the same layers and
        columns; one of them is in memory at a time.
    specs : mapping of str to LayerSpec
        Description of each layer; fields that the columns lack stay null.
    crs : str
        Authority id or WKT.
    types : mapping of str to Qgis.WkbType, optional
        Geometry type of layers that hold other ones than their description has, such as
        communities of several parts.
    """
    reference = QgsCoordinateReferenceSystem.fromOgcWmsCrs(crs)
    if not reference.isValid():
        reference = QgsCoordinateReferenceSystem.fromWkt(crs)
    part = path.with_name(f".{path.stem}.part.gpkg")
    part.unlink(missing_ok=True)
    try:
        made: set[str] = set()
        for piece in [layers] if isinstance(layers, Mapping) else layers:
            for i, (name, batch) in enumerate(piece.items()):
                if name not in made:
                    kind = (types or {}).get(name)
                    _add_described(part, name, batch, specs[name], kind, reference)
                    made.add(name)
                fill(part, name, [batch], progress=progress)
                if isinstance(layers, Mapping):  # parts report while they are made
                    progress.report((i + 1) / len(layers))
        part.replace(path)
    except OSError as error:
        raise WanggeError(
            translate(
                "Wangge",
                "The file “{path}” cannot be replaced: {reason}. Close it elsewhere, then run again.",
            ).format(path=path, reason=error.strerror or error)
        ) from error
    finally:
        part.unlink(missing_ok=True)


def _add_described(part: Path, name: str, batch: Batch, spec: LayerSpec, kind, crs) -> None:
    ordered = {f.name: batch.fields.get(f.name, np.array([], object)) for f in spec.fields}
    ordered.update({n: v for n, v in batch.fields.items() if n not in ordered})
    geometry = wkb_type(spec) if kind is None else kind
    if batch.geometry is None:
        geometry = Qgis.WkbType.NoGeometry
    add_table(part, name, fields_of_columns(ordered, spec=spec), geometry, crs)


def add_table(
    path: Path,
    name: str,
    fields: QgsFields,
    geometry: Qgis.WkbType,
    crs: QgsCoordinateReferenceSystem,
) -> None:
    """Make an empty table in a GeoPackage, and the file where it is not there yet."""
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "GPKG"
    options.layerName = name
    options.layerOptions = ["FID=fid", "GEOMETRY_NAME=geom"]
    if path.exists():
        options.actionOnExistingFile = (
            QgsVectorFileWriter.ActionOnExistingFile.CreateOrOverwriteLayer
        )
    writer = QgsVectorFileWriter.create(
        str(path), fields, geometry, crs, QgsCoordinateTransformContext(), options
    )
    problem = writer.errorMessage() if writer.hasError() else ""
    del writer  # closes the file
    if problem:
        raise WanggeError(
            translate("Wangge", "The layer {layer} cannot be made in “{path}”: {reason}.").format(
                layer=name, path=path, reason=problem
            )
        )
