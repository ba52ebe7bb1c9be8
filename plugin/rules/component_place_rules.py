"""Component rules on places: P3, P4, P5, P12, P15, P17, P19."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np
import shapely

from ..translation import translate
from . import nearness
from .common_place_rules import place_texts
from .finding import Severity
from .ledger import Ledger
from .metres import in_metres, metres_per_unit
from .repeats import slabs
from .rows import Rows
from .rule import Hits, Late, Parameter, Subject, describe
from .safe_shapes import repaired

_PLACE = ("place",)


def _check_cell(rows: Rows, context, parameters) -> Iterator[Hits]:
    declared = rows.coded("grid_code")
    named = declared.positions(context.grids.positions)
    row, cell = rows.cell_pairs
    located = np.zeros(len(rows), bool)
    located[row] = True
    right = np.zeros(len(rows), bool)
    # On a border every cell that meets there is right.
    right[row[cell == named[row]]] = True
    wrong = np.flatnonzero(located & ~right & ~declared.blank)
    codes = context.grids.codes[rows.cells[wrong]]
    yield Hits(
        wrong,
        translate("Wangge", "{field} is {value}, but the component lies in {actual}. Correct it."),
        "grid_code",
        declared.pick(wrong),
        {"actual": codes},
        codes,
    )


def _check_outside(rows: Rows, context, parameters) -> Iterator[Hits]:
    row, _ = rows.cell_pairs
    outside = rows.present.copy()
    outside[row] = False
    yield Hits(
        np.flatnonzero(outside),
        translate(
            "Wangge", "The component lies in no unit grid. Check its place, or the unit grids."
        ),
    )


def _check_near(ledger: Ledger, context, parameters) -> Iterator[Hits]:
    classes = ledger.text("class_code")
    distances = np.array([nearness.distance_of(v, parameters) for v in classes.values], float)
    xy = ledger.column("xy")
    scale = 1.0
    if ledger.is_geographic and len(xy):
        middle = np.nanmedian(xy[:, 1])
        scale = metres_per_unit(np.array([middle]))[0]
    rows, partners, apart = nearness.repeats(ledger.ids, xy, classes.index, distances, scale=scale)
    yield Hits(
        rows,
        translate(
            "Wangge",
            "Perhaps the same component as {value}, {distance:.2f} m away and of the same class. "
            "Delete one, or accept both.",
        ),
        values=Late(ledger.key_texts, partners),
        details={"distance": apart},
    )


def _check_one_cell(rows: Rows, context, parameters) -> Iterator[Hits]:
    shaped = np.flatnonzero((rows.lineal | rows.polygonal) & rows.present)
    shapes = repaired(rows.geometry[shaped])
    feature, cell = context.grids.tree.query(shapes, predicate="intersects")
    several = np.bincount(feature, minlength=len(shaped))[feature] > 1
    feature, cell = feature[several], cell[several]
    pieces = shapely.intersection(shapes[feature], context.grids.geometry[cell])
    pieces = in_metres(pieces, rows.is_geographic)
    # Along an edge a line belongs to both cells; of an area only the inside counts.
    size = np.where(rows.polygonal[shaped[feature]], shapely.area(pieces), shapely.length(pieces))
    real = size > parameters["tolerance"]
    count = np.bincount(feature[real], minlength=len(shaped))
    found = np.flatnonzero(count > 1)
    yield Hits(
        shaped[found],
        translate(
            "Wangge",
            "The component runs through {value} unit grids. Divide it at their borders, or accept "
            "it under the cell it is managed from.",
        ),
        values=count[found],
    )


def _check_decimals(ledger: Ledger, context, parameters) -> Iterator[Hits]:
    decimals = parameters["degrees" if ledger.is_geographic else "metres"]
    xy = ledger.column("xy")
    coarse = np.zeros(len(xy), bool)
    for part in slabs(len(xy)):
        scaled = xy[part] * 10.0**decimals
        with np.errstate(invalid="ignore"):
            coarse[part] = (np.abs(scaled - np.rint(scaled)) < 1e-6).all(axis=1)
    rows = np.flatnonzero(coarse)
    # Of finer coordinates one in ten thousand ends in two zeros twice by chance.
    if len(rows) <= parameters["share"] * len(xy):
        return
    yield Hits(
        rows,
        translate(
            "Wangge",
            "The coordinates {value} have {decimals} decimals or fewer, too few to find the "
            "component again. Export them again with all decimals.",
        ),
        values=Late(place_texts, xy[rows]),
        details={"decimals": int(decimals)},
    )


_rule = partial(describe, Subject.COMPONENT)

RULES = (
    _rule(
        "P3",
        Severity.ERROR,
        _check_cell,
        ("Grid code agrees with the place", "单元网格标识码与位置一致"),
        (
            "The component lies in the unit grid it names; on a border either cell is right.",
            "部件应位于所填单元网格内；位于边界上时相邻网格均可。",
        ),
        needs=("grids",),
        fields=("grid_code",),
        tags=("place", "fixable"),
    ),
    _rule(
        "P4",
        Severity.ERROR,
        _check_outside,
        ("Inside a unit grid", "位于单元网格内"),
        ("Every component lies in some unit grid.", "每个部件都应位于某个单元网格内。"),
        needs=("grids",),
        tags=_PLACE,
    ),
    _rule(
        "P5",
        Severity.WARNING,
        _check_near,
        ("Not there twice", "无疑似重复部件"),
        (
            "Two components of one class lie within a distance of each other that may be set per "
            "class.",
            "同一类别的两个部件距离小于阈值，阈值可按类别设定。",
        ),
        across=True,
        keeps=("text:class_code",),
        fields=("class_code",),
        parameters=(
            Parameter(
                "distance", 0.5, "m", "Distance within which two are suspected.", "判重距离。"
            ),
            Parameter(
                "by_class",
                {},
                "m",
                "Class code or its beginning -> distance; the longest match holds.",
                "按类别代码（或前缀）设定的距离，最长匹配优先。",
            ),
        ),
        tags=("place", "duplicate"),
    ),
    _rule(
        "P12",
        Severity.WARNING,
        _check_one_cell,
        ("Lines and areas in one unit grid", "线、面部件位于单个网格"),
        (
            "A line or area that runs through several unit grids is divided or accepted.",
            "跨多个单元网格的线、面部件应分割或予以认可。",
        ),
        needs=("grids",),
        parameters=(
            Parameter(
                "tolerance",
                1.0,
                "m or m²",
                "Piece in another cell forgiven.",
                "允许越界的长度或面积。",
            ),
        ),
        tags=_PLACE,
    ),
    _rule(
        "P17",
        Severity.WARNING,
        _check_decimals,
        ("Coordinates fine enough", "坐标小数位足够"),
        (
            "Coordinates cut to a few decimals: two decimals of a degree are a kilometre.",
            "坐标小数位过少：经纬度保留两位小数约相差一公里。",
        ),
        across=True,
        parameters=(
            Parameter("degrees", 4, "", "Decimals of degrees too few.", "经纬度小数位不足阈值。"),
            Parameter("metres", 0, "", "Decimals of metres too few.", "米制坐标小数位不足阈值。"),
            Parameter("share", 0.001, "", "Share expected by chance.", "偶然出现的比例。"),
        ),
        tags=_PLACE,
    ),
)
