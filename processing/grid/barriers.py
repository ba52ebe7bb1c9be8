"""Barriers of several layers in one pair of columns."""

from __future__ import annotations

import numpy as np
import shapely
from qgis.core import QgsCoordinateReferenceSystem

from ...plugin.errors import WanggeError
from ...plugin.grid.ranks import LEAST_IMPORTANT, MOST_IMPORTANT, ranks_of
from ...plugin.layers.source import LayerSource
from ...plugin.translation import translate
from ..job import Job

_POINTS = (0, 4)


def read_barriers(
    job: Job, name: str, crs: QgsCoordinateReferenceSystem, rank_field: str = ""
) -> tuple[np.ndarray, np.ndarray | None]:
    """Return the barriers' geometries in ``crs`` and their ranks (None without a rank field).

    Polygons without the rank field (rivers, lakes) count as most important, lines without it
    as least important.
    """
    return barriers_of(job, job.sources(name, crs=crs), rank_field)


def barriers_of(
    job: Job, sources: list[LayerSource], rank_field: str = ""
) -> tuple[np.ndarray, np.ndarray | None]:
    """Return geometries and ranks as `read_barriers` does."""
    shapes, ranks = [], []
    if rank_field and not any(s.fields.lookupField(rank_field) >= 0 for s in sources):
        raise WanggeError(
            translate("Wangge", "None of the layers {layers} has the rank field “{field}”.").format(
                layers=", ".join(f"“{s.name}”" for s in sources), field=rank_field
            )
        )
    for source in sources:
        batch = job.columns(source, names=[rank_field] if rank_field else [])
        if batch.geometry is None:
            continue
        batch = batch.take(~(shapely.is_missing(batch.geometry) | shapely.is_empty(batch.geometry)))
        if np.isin(shapely.get_type_id(batch.geometry), _POINTS).any():
            raise WanggeError(
                translate(
                    "Wangge",
                    "Layer “{layer}” holds points; streets and rivers must be lines or polygons.",
                ).format(layer=source.name)
            )
        shapes.append(batch.shapes)
        if rank_field in batch.fields:
            ranks.append(ranks_of(batch.text(rank_field)))
        else:
            is_area = np.isin(shapely.get_type_id(batch.geometry), (3, 6))
            ranks.append(np.where(is_area, MOST_IMPORTANT, LEAST_IMPORTANT))
    if not shapes:
        return np.array([], dtype=object), None
    return np.concatenate(shapes), np.concatenate(ranks) if rank_field else None
