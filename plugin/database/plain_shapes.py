"""Shapes as the platform's columns take them: two-dimensional, of the layer's type."""

from __future__ import annotations

import numpy as np
import shapely

from ..rules.batch import Batch
from ..standards.spec import Geometry, LayerSpec
from ..translation import translate
from .layout import geometry_type
from .rejections import Rejections

_FAMILY = {
    0: Geometry.POINT,
    4: Geometry.POINT,
    1: Geometry.LINE,
    2: Geometry.LINE,
    5: Geometry.LINE,
    3: Geometry.POLYGON,
    6: Geometry.POLYGON,
}


def plain_shapes(
    batch: Batch, spec: LayerSpec, rejections: Rejections
) -> tuple[np.ndarray | None, int]:
    """Return the shapes of a batch and how many lost heights or measures.

    Those that no column of the layer takes are rejected.
    """
    if not spec.geometries or batch.geometry is None:
        return None, 0
    shapes = batch.geometry
    deep = shapely.has_z(shapes)
    if shapely.geos_version >= (3, 12, 0):  # before that, measures were lost on reading
        deep = deep | shapely.has_m(shapes)
    if deep.any():
        shapes = np.where(deep, shapely.force_2d(shapes), shapes)
    types = shapely.get_type_id(shapes)
    allowed = [t for t, family in _FAMILY.items() if family in spec.geometries]
    wrong = (types >= 0) & ~np.isin(types, allowed)
    rejections.add(
        wrong,
        "geom",
        translate("Wangge", "The layer {layer} holds no shapes of this type.").format(
            layer=spec.name
        ),
        lambda i: shapes[i].geom_type,
    )
    with np.errstate(invalid="ignore"):
        bounds = shapely.bounds(shapes)
        endless = (types >= 0) & ~shapely.is_empty(shapes) & ~np.isfinite(bounds).all(axis=1)
    rejections.add(
        endless,
        "geom",
        translate("Wangge", "The shape has a coordinate that is no number."),
        lambda i: shapes[i].geom_type,
    )
    ring = types == 2  # a linear ring is stored as the line it is
    if ring.any():
        shapes = shapes.copy()
        shapes[ring] = [shapely.LineString(g.coords) for g in shapes[ring]]
        types = shapely.get_type_id(shapes)
    multi = np.isin(types, (4, 5, 6))
    column = geometry_type(spec)
    if column.startswith("Multi"):
        single = (types >= 0) & ~multi & ~wrong
        if single.any():
            shapes = shapes.copy()
            make = {0: shapely.multipoints, 1: shapely.multilinestrings, 3: shapely.multipolygons}
            for type_, promote in make.items():
                rows = np.flatnonzero(single & (types == type_))
                if len(rows):
                    shapes[rows] = promote(shapes[rows], indices=np.arange(len(rows)))
    else:
        parts = shapely.get_num_geometries(shapes)
        lone = multi & (parts == 1)
        if lone.any():
            shapes = np.where(lone, shapely.get_geometry(shapes, 0), shapes)
        if column != "Geometry":
            rejections.add(
                multi & (parts != 1),
                "geom",
                translate("Wangge", "The shape must be of one part; split it or join its parts."),
                lambda i: f"{parts[i]}",
            )
    return shapes, int(deep.sum())
