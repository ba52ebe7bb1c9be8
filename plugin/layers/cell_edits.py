"""Unit grids edited in their layer: cells near a place come as arrays, an edit goes back as one
named edit command that a single undo takes back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from qgis.core import (
    QgsExpression,
    QgsFeatureRequest,
    QgsGeometry,
    QgsPointXY,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorLayerUtils,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QDate

from ..errors import WanggeError
from ..grid.edit_codes import code_edit
from ..grid.editing import Edit
from ..grid.load import share_load
from ..grid.numbering import width_of
from ..translation import translate

KEY, COMMUNITY, START, END = "grid_code", "community_code", "start_date", "end_date"
LOAD = "load"
# Loads of shapes, shape (n,); NaN where one is not known.
Count = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class NearCells:
    """Active cells near a place.

    Attributes
    ----------
    ids : ndarray of int64, shape (n,)
        Feature ids.
    cells : ndarray of Polygon, shape (n,)
    codes : tuple of str or None
    communities : ndarray of str, shape (n,)
        Code of the community of each cell.
    loads : ndarray of float, shape (n,)
        Load in the cells' own field; NaN where there is none.
    """

    ids: np.ndarray
    cells: np.ndarray
    codes: tuple[str | None, ...]
    communities: np.ndarray
    loads: np.ndarray

    def at(self, x: float, y: float) -> int | None:
        """Return the index of the cell in which a point lies, None when there is none."""
        hit = np.flatnonzero(shapely.intersects_xy(self.cells, x, y))
        return int(hit[0]) if len(hit) else None

    def only(self, index: int) -> NearCells:
        """Return one of the cells alone."""
        rows = slice(index, index + 1)
        return NearCells(
            self.ids[rows],
            self.cells[rows],
            self.codes[rows],
            self.communities[rows],
            self.loads[rows],
        )

    def index_of(self, feature_id: int) -> int:
        """Return the index of a cell by its feature id."""
        hit = np.flatnonzero(self.ids == feature_id)
        if not len(hit):
            raise WanggeError(
                translate("Wangge", "A cell is no longer where it was. Choose the cells again.")
            )
        return int(hit[0])


def joined(parts: Iterable[NearCells]) -> NearCells:
    """Return the cells of several places as one; at least one place."""
    every = list(parts)
    return NearCells(
        np.concatenate([p.ids for p in every]),
        np.concatenate([p.cells for p in every]),
        tuple(code for p in every for code in p.codes),
        np.concatenate([p.communities for p in every]),
        np.concatenate([p.loads for p in every]),
    )


def require_cell_layer(layer: QgsVectorLayer | None) -> QgsVectorLayer:
    """Return the layer when its cells can be edited; say what is wrong with it otherwise."""
    if layer is None:
        raise WanggeError(
            translate("Wangge", "There is no layer of unit grids in the project. Load one first.")
        )
    if layer.fields().lookupField(KEY) < 0:
        raise WanggeError(
            translate(
                "Wangge",
                "The layer “{layer}” has no field grid_code. Choose a layer of unit grids.",
            ).format(layer=layer.name())
        )
    if layer.crs().isGeographic():
        raise WanggeError(
            translate(
                "Wangge",
                "The layer “{layer}” is in degrees. Reproject it to the city's metric coordinate "
                "reference system before you edit cells.",
            ).format(layer=layer.name())
        )
    return layer


def read_near(layer: QgsVectorLayer, extent: QgsRectangle) -> NearCells:
    """Return the active single-part cells that meet a rectangle in the layer's coordinates.

    What has been edited and not yet saved is seen as it is now.
    """
    fields = layer.fields()
    key, community, end, load = (fields.lookupField(n) for n in (KEY, COMMUNITY, END, LOAD))
    request = QgsFeatureRequest(extent)
    request.setSubsetOfAttributes([i for i in (key, community, end, load) if i >= 0])
    ids, shapes, codes, communities, loads = [], [], [], [], []
    for feature in layer.getFeatures(request):
        if end >= 0 and _text(feature.attribute(end)):
            continue
        parts = shapely.get_parts(shapely.from_wkb(bytes(feature.geometry().asWkb())))
        if len(parts) != 1 or parts[0].geom_type != "Polygon":
            continue
        code = _text(feature.attribute(key)) or None
        own = _text(feature.attribute(community)) if community >= 0 else ""
        ids.append(feature.id())
        shapes.append(shapely.force_2d(parts[0]))
        codes.append(code)
        communities.append(own or (code or "")[:12])
        loads.append(_number(feature.attribute(load)) if load >= 0 else np.nan)
    return NearCells(
        np.array(ids, np.int64),
        np.array(shapes, dtype=object),
        tuple(codes),
        np.array(communities, dtype=object),
        np.array(loads, float),
    )


def with_neighbours(layer: QgsVectorLayer, cells: Iterable[shapely.Polygon]) -> NearCells:
    """Return all cells on which a change of some cells can have an effect."""
    box = shapely.total_bounds(np.array(list(cells), dtype=object))
    extent = QgsRectangle(*box)
    extent.grow(5.0)
    return read_near(layer, extent)


def write_edit(
    layer: QgsVectorLayer, near: NearCells, edit: Edit, title: str, *, count: Count | None = None
) -> list[int]:
    """Write an edit as one edit command and return the ids of the cells it made or changed.

    Cells that end stay in the layer with today's date as their end, so that their codes are
    never given again; where the layer keeps no such date they are removed. Where the layer has
    the load of what is touched, that is kept up: counted, or shared out by area.

    Raises
    ------
    WanggeError
        If the layer cannot be edited, the community has no number left, or a write fails;
        nothing is changed then.
    """
    touched = [*edit.changed, *edit.retired]
    community = next(str(near.communities[i]) for i in touched if near.communities[i])
    today = np.datetime64("today")
    used = codes_of_community(layer, community)
    coded = code_edit(
        edit, near.cells, near.codes, community, today, retired=used, width=width_of(used)
    )
    shapes = np.array([*edit.changed.values(), *edit.created], dtype=object)
    loads = share_load(near.cells, near.loads, shapes)
    if count and not np.isnan(near.loads[touched]).all():
        loads = count(shapes)
    return in_one_command(
        layer, title, lambda: _write(layer, near, edit, coded.created_codes, community, loads)
    )


def in_one_command(layer: QgsVectorLayer, title: str, work: Callable[[], list[int]]) -> list[int]:
    """Do several changes of a layer as one edit command; when one fails, none is done.

    Raises
    ------
    WanggeError
        If the layer cannot be edited.
    """
    if not layer.isEditable() and not layer.startEditing():
        raise WanggeError(
            translate(
                "Wangge", "The layer “{layer}” cannot be edited. Save it as a GeoPackage first."
            ).format(layer=layer.name())
        )
    layer.beginEditCommand(title)
    try:
        written = work()
    except Exception:
        layer.destroyEditCommand()
        raise
    layer.endEditCommand()
    layer.triggerRepaint()
    return written


def codes_of_community(layer: QgsVectorLayer, community: str) -> list[str]:
    """Return every code of a community in the layer, retired ones too."""
    key = layer.fields().lookupField(KEY)
    quoted = QgsExpression.quotedString(f"{community}%")
    request = QgsFeatureRequest(
        QgsExpression(f"{QgsExpression.quotedColumnRef(KEY)} LIKE {quoted}")
    )
    request.setFlags(QgsFeatureRequest.Flag.NoGeometry)
    request.setSubsetOfAttributes([key])
    return [_text(feature.attribute(key)) for feature in layer.getFeatures(request)]


def _write(layer, near, edit, created_codes, community, loads) -> list[int]:
    written = []
    known = iter(loads.tolist())
    for index, shape in edit.changed.items():
        identity = int(near.ids[index])
        if not layer.changeGeometry(identity, geometry_for(layer, shape)):
            raise refused(layer)
        set_values(layer, identity, _figures(shape, next(known)))
        written.append(identity)
    for index in edit.retired:
        end_cell(layer, int(near.ids[index]))
    for shape, code in zip(edit.created, created_codes, strict=True):
        values = {KEY: code, COMMUNITY: community, START: QDate.currentDate()}
        values |= _figures(shape, next(known))
        written.append(add_cell(layer, geometry_for(layer, shape), values))
    return written


def end_cell(layer: QgsVectorLayer, identity: int) -> None:
    """End a cell today; remove it where the layer keeps no such date."""
    if layer.fields().lookupField(END) >= 0:
        set_values(layer, identity, {END: QDate.currentDate()})
    elif not layer.deleteFeature(identity):
        raise refused(layer)


def add_cell(layer: QgsVectorLayer, geometry: QgsGeometry, values: Mapping[str, object]) -> int:
    """Add a cell and return its id; values for fields that the layer has not are left out."""
    feature = QgsVectorLayerUtils.createFeature(layer, geometry, _places(layer, values))
    if not layer.addFeature(feature):
        raise refused(layer)
    return feature.id()


def set_values(layer: QgsVectorLayer, identity: int, values: Mapping[str, object]) -> None:
    """Change attributes of a cell; values for fields that the layer has not are left out."""
    places = _places(layer, values)
    if places and not layer.changeAttributeValues(identity, places):
        raise refused(layer)


def _places(layer: QgsVectorLayer, values: Mapping[str, object]) -> dict[int, object]:
    fields = layer.fields()
    return {fields.lookupField(n): v for n, v in values.items() if fields.lookupField(n) >= 0}


def _figures(shape: shapely.Polygon, load: float) -> dict[str, float]:
    known = {} if np.isnan(load) else {LOAD: round(load, 2)}
    return {"area_m2": round(shape.area, 2), "perimeter_m": round(shape.length, 2), **known}


def geometry_for(layer: QgsVectorLayer, shape: shapely.Geometry) -> QgsGeometry:
    """Return a shape as the layer takes it."""
    geometry = QgsGeometry()
    geometry.fromWkb(shapely.to_wkb(shape))
    if QgsWkbTypes.isMultiType(layer.wkbType()):
        geometry.convertToMultiType()
    return geometry


def refused(layer: QgsVectorLayer) -> WanggeError:
    """Return the error of a layer that did not take a change."""
    return WanggeError(
        translate("Wangge", "The layer “{layer}” could not be saved. Nothing was changed.").format(
            layer=layer.name()
        )
    )


def _number(value) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return np.nan


def _text(value) -> str:
    if value is None or (hasattr(value, "isNull") and value.isNull()):
        return ""
    return str(value) if not isinstance(value, QDate) else value.toString("yyyy-MM-dd")


def extent_around(point: QgsPointXY, distance: float) -> QgsRectangle:
    """Return the square around a point."""
    return QgsRectangle(
        point.x() - distance, point.y() - distance, point.x() + distance, point.y() + distance
    )
