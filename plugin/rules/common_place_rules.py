"""Common rules on where features lie and how they are drawn: C1–C4, C9, C10."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np
import shapely

from ..standards.spec import Geometry
from ..translation import translate
from . import offset
from .finding import Severity
from .ledger import Ledger
from .rows import Rows
from .rule import Hits, Parameter, Subject, describe, whole_layer
from .validity import why_invalid

_FAMILY = np.array([0, 1, 1, 2, 0, 1, 2, 3])  # by Shapely's type id: point, line, polygon, mixed
_NAMES = (Geometry.POINT, Geometry.LINE, Geometry.POLYGON)
# Validity is a rule of their own there, with more to say.
_VALIDITY_ELSEWHERE = ("unit_grid", "risk")


def _plain(crs: str) -> str:
    return "".join(crs.split()).upper()


def _check_crs(rows: Rows, context, parameters) -> Iterator[Hits]:
    if rows.batch.geometry is None:
        return
    if not rows.batch.crs:
        yield whole_layer(
            translate(
                "Wangge",
                "The layer has no coordinate reference system. Set the one it was "
                "surveyed in; the project uses {project}.",
            ),
            project=context.project_crs[:80],
        )
    elif _plain(rows.batch.crs) != _plain(context.project_crs):
        yield whole_layer(
            translate(
                "Wangge",
                "The layer is in {value}, the project in {project}. Reproject the layer.",
            ),
            value=rows.batch.crs[:80],
            project=context.project_crs[:80],
        )


def _check_geometry(rows: Rows, context, parameters) -> Iterator[Hits]:
    if rows.batch.geometry is None or not context.layer.geometries:
        return
    missing = np.flatnonzero(~rows.present & ~rows.infinite)
    yield Hits(
        missing, translate("Wangge", "The feature has no geometry. Draw it or delete the row.")
    )
    if context.layer.name in _VALIDITY_ELSEWHERE:
        return
    yield from invalid_geometry(rows)


def invalid_geometry(rows: Rows) -> Iterator[Hits]:
    """Yield rows whose geometry is invalid or has coordinates that are no numbers."""
    yield Hits(
        np.flatnonzero(rows.infinite),
        translate("Wangge", "A coordinate is no finite number. Draw the feature again."),
    )
    bad = np.flatnonzero(rows.present & ~shapely.is_valid(rows.geometry))
    reasons = shapely.is_valid_reason(rows.geometry[bad])
    yield Hits(
        bad,
        translate("Wangge", "The geometry is invalid: {reason}. Repair it."),
        details={"reason": np.array([why_invalid(r) for r in reasons], dtype=object)},
    )


def _check_type(rows: Rows, context, parameters) -> Iterator[Hits]:
    admitted = context.layer.geometries
    if not admitted:
        return
    family = np.where(rows.types < 0, -1, _FAMILY[rows.types])
    wrong = rows.present & ~np.isin(family, [_NAMES.index(g) for g in admitted])
    names = np.array(["point", "line", "polygon", "collection", ""])
    yield Hits(
        np.flatnonzero(wrong),
        translate("Wangge", "A {value} does not belong into this layer; it holds {admitted}."),
        values=names[family[wrong]],
        details={"admitted": ", ".join(g.value for g in admitted)},
    )
    high = shapely.has_z(rows.geometry)
    # User machines may have an older Shapely, or one on an older GEOS, which read no M.
    if hasattr(shapely, "has_m") and shapely.geos_version >= (3, 12, 0):
        high = high | shapely.has_m(rows.geometry)
    yield Hits(
        np.flatnonzero(high & rows.present),
        translate("Wangge", "The geometry carries Z or M values. Drop them: the layer is flat."),
    )


def _check_extent(rows: Rows, context, parameters) -> Iterator[Hits]:
    area = context.area
    x, y = rows.xy.T
    known = rows.present & np.isfinite(x) & np.isfinite(y)
    if parameters["margin"] > 0:
        area = shapely.buffer(area, parameters["margin"])
        shapely.prepare(area)
    outside = np.flatnonzero(known & ~shapely.intersects_xy(area, x, y))
    swapped = shapely.intersects_xy(area, y[outside], x[outside])
    yield Hits(
        outside[swapped],
        translate("Wangge", "x and y are swapped: {value}. Exchange them."),
        values=place_texts(rows.xy[outside[swapped]]),
    )
    rest = outside[~swapped]
    degrees = (np.abs(x[rest]) <= 180) & (np.abs(y[rest]) <= 90)
    if np.abs(area.bounds).max() <= 360:
        degrees[:] = False
    yield Hits(
        rest[degrees],
        translate(
            "Wangge",
            "The coordinates {value} look like degrees, the layer is in metres. Reproject them.",
        ),
        values=place_texts(rows.xy[rest[degrees]]),
    )
    yield Hits(
        rest[~degrees],
        translate("Wangge", "The feature lies outside the district, at {value}. Check its place."),
        values=place_texts(rows.xy[rest[~degrees]]),
    )


def place_texts(xy: np.ndarray) -> list[str]:
    """Return coordinates as people read them."""
    return [f"{x:.10g}, {y:.10g}" for x, y in xy.tolist()]


def _check_offset(ledger: Ledger, context, parameters) -> Iterator[Hits]:
    yield from offset.suspicion(ledger, context, parameters)


def _check_parts(rows: Rows, context, parameters) -> Iterator[Hits]:
    if context.layer.name == "community":
        return  # an exclave is lawful
    parts = shapely.get_num_geometries(rows.geometry)
    many = np.flatnonzero(parts > 1)
    yield Hits(
        many,
        translate("Wangge", "The feature has {value} parts. Make each part a feature of its own."),
        values=parts[many],
    )


_rule = partial(describe, Subject.COMMON)

RULES = (
    _rule(
        "C1",
        Severity.ERROR,
        _check_crs,
        ("CRS is the project's", "坐标系与项目一致"),
        (
            "The layer's coordinate reference system equals that of the project.",
            "图层坐标系应与项目坐标系相同。",
        ),
        needs=("project_crs",),
        tags=("geometry",),
    ),
    _rule(
        "C2",
        Severity.ERROR,
        _check_geometry,
        ("Geometry present and valid", "几何存在且有效"),
        (
            "Null, empty and invalid geometries, and coordinates that are no numbers.",
            "空几何、无效几何、非数值坐标。",
        ),
        tags=("geometry",),
    ),
    _rule(
        "C3",
        Severity.ERROR,
        _check_type,
        ("Geometry of the layer's type, flat", "几何类型正确且为二维"),
        (
            "Points, lines or polygons as the layer admits them, without Z and M.",
            "几何类型须符合图层定义，不带 Z、M 值。",
        ),
        tags=("geometry",),
    ),
    _rule(
        "C4",
        Severity.ERROR,
        _check_extent,
        ("Inside the district", "位于辖区范围内"),
        (
            "Coordinates outside the district, swapped, or in degrees instead of metres.",
            "坐标超出辖区、X/Y 颠倒或误用经纬度。",
        ),
        needs=("area",),
        parameters=(
            Parameter(
                "margin",
                0.0,
                "m",
                "Distance that a feature may lie outside.",
                "允许超出辖区的距离。",
            ),
        ),
        tags=("geometry",),
    ),
    _rule(
        "C4b",
        Severity.WARNING,
        _check_offset,
        ("No GCJ-02 offset", "无 GCJ-02 偏移嫌疑"),
        (
            "The features lie, as a whole, 100–700 m beside the unit grids they name, as data "
            "from phone maps (GCJ-02) do.",
            "要素整体偏离其所填单元网格 100–700 m，疑为 GCJ-02（火星坐标）数据。",
        ),
        across=True,
        keeps=("declared",),
        layers=("component", "risk"),
        needs=("grids",),
        fields=("grid_code",),
        parameters=(
            Parameter("smallest", 100.0, "m", "Shortest offset suspected.", "最小偏移。"),
            Parameter("largest", 700.0, "m", "Longest offset suspected.", "最大偏移。"),
            Parameter(
                "tolerance", 150.0, "m", "Distance from the offset expected.", "与理论偏移之差。"
            ),
            Parameter("least", 20, "", "Fewest features to judge by.", "参与判断的最少要素数。"),
        ),
        tags=("geometry",),
    ),
    _rule(
        "C9",
        Severity.ERROR,
        _check_parts,
        ("Single part", "单部件几何"),
        ("A feature is one piece.", "一个要素只含一个部件。"),
        tags=("geometry",),
    ),
)
