"""The areas of an atlas's pages: one row a page, with key and name, dissolved where needed."""

from __future__ import annotations

import numpy as np
import shapely
from qgis.core import QgsCoordinateReferenceSystem

from ..plugin.rules.batch import Batch, make_batch
from ..plugin.standards.layers import layer as layer_spec
from .inputs import (
    active,
    renamed,
    require_field,
    require_metric,
    require_polygons,
    require_rows,
)
from .job import Job

_KEYS = ("grid_code", "community_code", "street_code", "district_code")


def read_areas(job: Job, name: str, key: str = "") -> tuple[Batch, QgsCoordinateReferenceSystem]:
    """Return areas with the fields ``key`` and ``name``, one row a key, and their CRS.

    Parameters
    ----------
    name : str
        Name of the parameter.
    key : str
        Field that gives the pages; the finest code that the areas have when empty.
    """
    source = job.required_source(name)
    crs = source.layer.crs()
    if not crs.isValid():
        require_metric(source)  # says what to do
    own = job.columns(source)
    require_rows(own, source)
    require_polygons(own, source)
    batch = renamed(own, layer_spec("community"))
    if "grid_code" not in batch.fields and "community_code" not in own.fields:
        batch = renamed(batch, layer_spec("unit_grid"))
    batch = batch.take(active(batch))
    key = key or next((k for k in _KEYS if k in batch.fields), _KEYS[1])
    if key not in batch.fields and key in own.fields:
        batch = own  # the user's own name of a field that was recognised
    require_field(batch, source, key)
    keys = np.array([str(k).strip() or "—" for k in batch.text(key)], dtype=object)
    names = batch.text(key.removesuffix("_code") + "_name")
    distinct, first, which = np.unique(keys.astype(str), return_index=True, return_inverse=True)
    shapes = np.asarray(batch.geometry)
    if len(distinct) < len(keys):
        shapes = np.array(
            [shapely.union_all(_valid(shapes[which == i])) for i in range(len(distinct))],
            dtype=object,
        )
    else:
        shapes = shapes[first]
    titles = [names[i] or keys[i] for i in first]
    return make_batch({"key": list(distinct), "name": titles}, shapes, crs=batch.crs), crs


def _valid(shapes: np.ndarray) -> np.ndarray:
    return np.where(shapely.is_valid(shapes), shapes, shapely.make_valid(shapes))
