"""Component rules on what lies around: P15 buildings and water, P19 carriageways."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np
import shapely

from ..translation import translate
from .finding import Severity
from .metres import metres_per_unit
from .rows import Rows
from .rule import Hits, Parameter, Subject, describe


def _class_names(rows: Rows, context) -> list[str]:
    names = context.class_table.names
    return [names.get(v, "") for v in rows.coded("class_code").values]


def _check_inside(rows: Rows, context, parameters, what: str) -> Iterator[Hits]:
    allowed = rows.coded("class_code").spread(
        np.array(
            [
                any(word in name for word in parameters["allowed_names"])
                or code.startswith(tuple(parameters["allowed_classes"]))
                for name, code in zip(
                    _class_names(rows, context), rows.coded("class_code").values, strict=True
                )
            ],
            bool,
        )
    )
    candidates = np.flatnonzero((rows.types == 0) & rows.present & ~allowed)
    shapes = getattr(context, what)
    row, shape = shapes.tree.query(rows.geometry[candidates], predicate="within")
    points = rows.geometry[candidates[row]]
    depth = shapely.distance(points, shapely.boundary(shapes.geometry[shape]))
    if rows.is_geographic:
        depth = depth * metres_per_unit(shapely.get_y(points))[:, 1]
    deep = np.unique(row[depth > parameters["depth"]])
    messages = {
        "buildings": translate(
            "Wangge", "A component of class {value} lies inside a building. Check its place."
        ),
        "water": translate(
            "Wangge", "A component of class {value} lies in water. Check its place."
        ),
    }
    found = candidates[deep]
    yield Hits(found, messages[what], "class_code", rows.coded("class_code").pick(found))


def _check_manhole(rows: Rows, context, parameters) -> Iterator[Hits]:
    words = parameters["names"]
    manhole = rows.coded("class_code").spread(
        np.array([any(w in n for w in words) for n in _class_names(rows, context)], bool)
    )
    candidates = np.flatnonzero(manhole & (rows.types == 0) & rows.present)
    row, _ = context.carriageways.tree.query(rows.geometry[candidates], predicate="intersects")
    found = candidates[np.unique(row)]
    yield Hits(
        found,
        translate(
            "Wangge",
            "A manhole cover of class {value} lies on the carriageway. Check that its class and "
            "its load rating fit.",
        ),
        "class_code",
        rows.coded("class_code").pick(found),
    )


_rule = partial(describe, Subject.COMPONENT)
_PLACE = ("place",)
_DEPTH = Parameter("depth", 0.5, "m", "Depth inside that is forgiven.", "允许的压盖深度。")
_CLASSES = Parameter(
    "allowed_classes", (), "", "Beginnings of class codes that may.", "允许的类别代码前缀。"
)

RULES = (
    _rule(
        "P15",
        Severity.WARNING,
        partial(_check_inside, what="buildings"),
        ("Not inside a building", "不在建筑物内"),
        (
            "A component of a class that stands outdoors lies inside a building.",
            "室外类部件落在建筑物内。",
        ),
        needs=("buildings",),
        fields=("class_code",),
        parameters=(
            _DEPTH,
            _CLASSES,
            Parameter(
                "allowed_names",
                ("厕", "站", "楼", "房", "亭", "间", "库", "通道", "停车"),
                "",
                "Words in names of classes that may.",
                "允许的类别名称关键字。",
            ),
        ),
        tags=_PLACE,
    ),
    _rule(
        "P15b",
        Severity.WARNING,
        partial(_check_inside, what="water"),
        ("Not in water", "不在水域内"),
        (
            "A component of a class that stands on land lies in water.",
            "陆上类部件落在水域内。",
        ),
        needs=("water",),
        fields=("class_code",),
        parameters=(
            _DEPTH,
            _CLASSES,
            Parameter(
                "allowed_names",
                ("桥", "堤", "闸", "泵", "码头", "喷泉", "水域", "河", "湖", "港", "航", "防汛"),
                "",
                "Words in names of classes that may.",
                "允许的类别名称关键字。",
            ),
        ),
        tags=_PLACE,
    ),
    _rule(
        "P19",
        Severity.INFO,
        _check_manhole,
        ("Manhole covers on the carriageway", "车行道上的井盖"),
        (
            "Manhole covers on the carriageway, to compare class and load rating.",
            "位于车行道上的井盖，核对类别与承载等级。",
        ),
        needs=("carriageways",),
        fields=("class_code",),
        parameters=(
            Parameter("names", ("井盖",), "", "Words in class names.", "类别名称关键字。"),
        ),
        tags=_PLACE,
    ),
)
