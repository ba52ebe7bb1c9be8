"""Layers that many algorithms read, checked once: communities, cells, barriers, buildings."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import shapely
from qgis.core import Qgis, QgsCoordinateReferenceSystem, QgsUnitTypes

from ..plugin.errors import WanggeError
from ..plugin.layers.source import LayerSource
from ..plugin.rules.batch import Batch
from ..plugin.rules.encoded import rename_fields
from ..plugin.standards.layers import layer as layer_spec
from ..plugin.standards.spec import LayerSpec
from ..plugin.translation import translate
from .job import Job

_POLYGONAL = (3, 6)


@dataclass(frozen=True)
class Communities:
    """Communities with their codes, in a metric CRS.

    Attributes
    ----------
    batch : Batch
        Columns under the names of CONTRACT.
    shapes : ndarray of shapely geometries, shape (k,)
    codes, names : ndarray of str, shape (k,)
    crs : QgsCoordinateReferenceSystem
    """

    batch: Batch
    shapes: np.ndarray
    codes: np.ndarray
    names: np.ndarray
    crs: QgsCoordinateReferenceSystem

    def __len__(self) -> int:
        return len(self.codes)


@dataclass(frozen=True)
class Cells:
    """Unit grids with their codes ("" where a cell has none)."""

    batch: Batch
    shapes: np.ndarray
    codes: np.ndarray
    crs: QgsCoordinateReferenceSystem


def renamed(batch: Batch, spec: LayerSpec) -> Batch:
    """Return the columns under the names of the layer's description.

    A delivery may call ``community_code`` ``SQDM`` or ``社区代码``: abbreviations and
    synonyms are taken where the name itself is not there.
    """
    present = {name.lower(): name for name in batch.fields}
    renames: dict[str, str] = {}
    for field in spec.fields:
        if field.name in batch.fields:
            continue
        for other in (
            field.name,
            *field.abbreviations.values(),
            *field.synonyms,
            field.alias_zh,
            field.alias_en,
        ):
            found = present.get(other.lower())
            if found and found not in renames and found not in spec.names:
                renames[found] = field.name
                break
    if not renames:
        return batch
    fields = rename_fields(batch.fields, renames)
    nulls = {renames.get(name, name): values for name, values in batch.nulls.items()}
    return replace(batch, fields=fields, nulls=nulls)


def require_metric(source: LayerSource) -> QgsCoordinateReferenceSystem:
    """Return the layer's CRS; areas and distances need one in metres."""
    crs = source.layer.crs()
    if not crs.isValid():
        raise WanggeError(
            translate(
                "Wangge",
                "Layer “{layer}” has no coordinate reference system. Set it in the layer's "
                "properties (for CGCS2000 a 3-degree zone such as EPSG:4547), then run again.",
            ).format(layer=source.name)
        )
    if crs.isGeographic() or crs.mapUnits() != Qgis.DistanceUnit.Meters:
        unit = QgsUnitTypes.toString(crs.mapUnits())
        raise WanggeError(
            translate(
                "Wangge",
                "Layer “{layer}” is in {crs}, whose unit is {unit}; areas need metres. Reproject it "
                "to a projected system first, for example {suggestion}.",
            ).format(
                layer=source.name,
                crs=crs.userFriendlyIdentifier(),
                unit=unit,
                suggestion=_zone_for(source),
            )
        )
    return crs


def metric_crs(source: LayerSource) -> QgsCoordinateReferenceSystem:
    """Return a CRS in metres to measure a layer in: its own, or the zone in which it lies."""
    if not source.layer.crs().isGeographic():
        return require_metric(source)
    return QgsCoordinateReferenceSystem(_zone_for(source).split()[0])


def _zone_for(source: LayerSource) -> str:
    """Name the CGCS2000 3-degree zone (without zone prefix) in whose middle the layer lies."""
    extent = source.layer.extent()
    return zone_at(extent.center().x() if not extent.isEmpty() else 105.0)


def zone_at(longitude: float) -> str:
    """Name the CGCS2000 3-degree zone (without zone prefix) of a longitude."""
    meridian = min(135, max(75, 3 * round(longitude / 3)))
    return f"EPSG:{4534 + (meridian - 75) // 3} (CGCS2000 / {meridian}°E)"


def require_rows(batch: Batch, source: LayerSource) -> None:
    """Refuse a layer without rows."""
    if not len(batch):
        raise WanggeError(
            translate(
                "Wangge", "Layer “{layer}” is empty: there is nothing to work on. Choose another."
            ).format(layer=source.name)
        )


def require_field(batch: Batch, source: LayerSource, name: str) -> None:
    """Refuse a layer without the field, naming those it has."""
    if name not in batch.fields:
        raise WanggeError(
            translate(
                "Wangge",
                "Layer “{layer}” has no field “{field}”. It has: {fields}. Add the field or rename "
                "the one that holds it.",
            ).format(layer=source.name, field=name, fields=", ".join(batch.fields) or "–")
        )


def require_polygons(batch: Batch, source: LayerSource) -> None:
    """Refuse a layer whose geometries are absent or no polygons, naming the first feature."""
    if batch.geometry is None:
        raise WanggeError(
            translate("Wangge", "Layer “{layer}” has no geometry; polygons are needed.").format(
                layer=source.name
            )
        )
    wrong = ~np.isin(shapely.get_type_id(batch.geometry), _POLYGONAL) | shapely.is_empty(
        batch.geometry
    )
    if wrong.any():
        raise WanggeError(
            translate(
                "Wangge",
                "Layer “{layer}”: feature {id} has no polygon ({count} such features). Draw or "
                "delete them, then run again.",
            ).format(layer=source.name, id=int(batch.ids[wrong][0]), count=int(wrong.sum()))
        )


def read_communities(
    job: Job, name: str = "COMMUNITIES", *, crs: QgsCoordinateReferenceSystem | None = None
) -> Communities:
    """Read the communities: polygons with 12-digit codes, in metres.

    Parameters
    ----------
    crs : QgsCoordinateReferenceSystem, optional
        CRS to bring them into; their own by default, which must then be metric.
    """
    source = job.required_source(name, crs=crs)
    if crs is None:
        crs = require_metric(source)
    batch = renamed(job.columns(source), layer_spec("community"))
    require_rows(batch, source)
    require_polygons(batch, source)
    require_field(batch, source, "community_code")
    codes = np.char.strip(batch.text("community_code").astype(str)).astype(object)
    _require_codes(codes, batch, source)
    names = batch.text("community_name") if "community_name" in batch.fields else codes
    names = np.where(names == "", codes, names)
    return Communities(batch, batch.shapes, codes, names, crs)


def _require_codes(codes: np.ndarray, batch: Batch, source: LayerSource) -> None:
    right = np.array([len(c) == 12 and c.isascii() and c.isdigit() for c in codes], bool)
    if not right.all():
        first = int(np.flatnonzero(~right)[0])
        raise WanggeError(
            translate(
                "Wangge",
                "Layer “{layer}”, feature {id}, field “community_code”: “{value}” is no community "
                "code of 12 digits ({count} such features). Correct them, then run again.",
            ).format(
                layer=source.name,
                id=int(batch.ids[first]),
                value=codes[first],
                count=int((~right).sum()),
            )
        )
    values, counts = np.unique(codes.astype(str), return_counts=True)
    if (counts > 1).any():
        raise WanggeError(
            translate(
                "Wangge",
                "Layer “{layer}”: the community code {code} stands on {count} features. Give each "
                "community its own code, or dissolve its parts into one feature.",
            ).format(
                layer=source.name, code=values[counts > 1][0], count=int(counts[counts > 1][0])
            )
        )


def read_cells(
    job: Job, name: str = "INPUT", *, crs: QgsCoordinateReferenceSystem | None = None
) -> Cells:
    """Read unit grids, with codes where they have them."""
    source = job.required_source(name, crs=crs)
    if crs is None:
        crs = require_metric(source)
    batch = renamed(job.columns(source), layer_spec("unit_grid"))
    require_rows(batch, source)
    if batch.geometry is None:
        require_polygons(batch, source)
    codes = np.char.strip(batch.text("grid_code").astype(str)).astype(object)
    return Cells(batch, batch.shapes, codes, crs)


def read_shapes(
    job: Job, name: str, *, crs: QgsCoordinateReferenceSystem
) -> tuple[np.ndarray, Batch] | None:
    """Read the geometries of an optional layer in a CRS; null and empty ones are left out."""
    source = job.source(name, crs=crs)
    if source is None:
        return None
    batch = job.columns(source)
    if batch.geometry is None:
        raise WanggeError(
            translate(
                "Wangge", "Layer “{layer}” has no geometry; choose a layer that can be drawn."
            ).format(layer=source.name)
        )
    batch = batch.take(~(shapely.is_missing(batch.geometry) | shapely.is_empty(batch.geometry)))
    return batch.shapes, batch


def active(batch: Batch) -> np.ndarray:
    """Return which cells are active: those without an end date, shape (n,) of bool."""
    if "end_date" not in batch.fields:
        return np.ones(len(batch), bool)
    return batch.is_null("end_date") | (batch.text("end_date") == "")
