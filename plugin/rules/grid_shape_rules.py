"""Grid rules on size, shape and load: G6, G7, G8, G14, G16, G17."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np
import shapely

from ..translation import translate
from .coverage import coverage_of
from .finding import Severity
from .ledger import Ledger
from .metres import in_metres, metres_per_unit
from .rows import Rows
from .rule import Hits, Parameter, Subject, describe


def is_active(rows: Rows) -> np.ndarray:
    """Return which cells are in use today."""
    end = rows.dates("end_date")
    return np.isnat(end) | (end > rows.context.today64)


def _measures(rows: Rows) -> tuple[np.ndarray, np.ndarray]:
    """Return area in m² and perimeter in m, NaN for rows that have none."""
    shapes = in_metres(rows.geometry, rows.is_geographic)
    usable = rows.polygonal & rows.present
    return (
        np.where(usable, shapely.area(shapes), np.nan),
        np.where(usable, shapely.length(shapes), np.nan),
    )


def _check_area(rows: Rows, context, parameters) -> Iterator[Hits]:
    area, _ = _measures(rows)
    target, tolerance = parameters["target_area"], parameters["tolerance"]
    off = is_active(rows) & (np.abs(area - target) > tolerance * target)
    found = np.flatnonzero(off)
    yield Hits(
        found,
        translate(
            "Wangge",
            "The unit grid measures {value} m²; the target is {target:.0f} m² ± {percent:.0f} %. "
            "Merge or divide it.",
        ),
        values=np.round(area[found], 1),
        details={"target": target, "percent": 100 * tolerance},
    )


def _check_compactness(rows: Rows, context, parameters) -> Iterator[Hits]:
    area, perimeter = _measures(rows)
    with np.errstate(divide="ignore", invalid="ignore"):
        compactness = 4 * np.pi * area / perimeter**2
    found = np.flatnonzero(is_active(rows) & (compactness < parameters["least"]))
    yield Hits(
        found,
        translate(
            "Wangge",
            "The unit grid is ragged or long: compactness {value} (a square has 0.785), at least "
            "{least} is wanted. Redraw its border.",
        ),
        values=np.round(compactness[found], 3),
        details={"least": parameters["least"]},
    )


def _check_width(rows: Rows, context, parameters) -> Iterator[Hits]:
    area, perimeter = _measures(rows)
    # Short side of the rectangle with this area and perimeter; a square where there is none.
    width = (perimeter - np.sqrt(np.maximum(perimeter**2 - 16 * area, 0))) / 4
    found = np.flatnonzero(is_active(rows) & (width < parameters["least"]))
    yield Hits(
        found,
        translate(
            "Wangge",
            "The unit grid is a sliver about {value} m wide; at least {least} m is wanted. Merge "
            "it with a neighbour.",
        ),
        values=np.round(width[found], 2),
        details={"least": parameters["least"]},
    )


def _check_stored_size(rows: Rows, context, parameters) -> Iterator[Hits]:
    for name, actual in zip(("area_m2", "perimeter_m"), _measures(rows), strict=True):
        if not rows.has(name):
            continue
        stored = rows.numbers(name)
        allowed = np.maximum(parameters["least"], parameters["tolerance"] * actual)
        found = np.flatnonzero(np.abs(stored - actual) > allowed)
        measured = np.round(actual[found], 2)
        yield Hits(
            found,
            translate("Wangge", "{field} is {value}, the geometry measures {measured}. Recompute."),
            name,
            stored[found],
            {"measured": measured},
            [f"{m:.2f}" for m in measured.tolist()],
        )


def _check_on_features(ledger: Ledger, context, parameters) -> Iterator[Hits]:
    coverage = coverage_of(ledger)
    ends, one, other = coverage.shared_edges
    community = ledger.text("community_code")
    home = community.index[coverage.rows]
    inner = home[one] == home[other]
    ends, home = ends[inner], home[one[inner]]
    scale = np.ones((len(ends), 2))
    if ledger.is_geographic:
        scale = metres_per_unit(ends[:, 1])
    length = np.hypot(*((ends[:, 2:] - ends[:, :2]) * scale).T)
    # Points every `step` metres stand for the border between them.
    count = np.maximum(np.ceil(length / parameters["step"]).astype(np.int64), 1)
    edge = np.repeat(np.arange(len(ends)), count)
    place = np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count)
    share = ((place + 0.5) / count[edge])[:, None]
    points = shapely.points(ends[edge, :2] * (1 - share) + ends[edge, 2:] * share)
    reach = parameters["distance"] / (scale.min() if ledger.is_geographic else 1.0)
    near = context.barriers.tree.query(points, predicate="dwithin", distance=reach)[0]
    on = np.zeros(len(edge), bool)
    on[near] = True
    weight = length[edge] / count[edge]
    total = np.bincount(home[edge], weight, minlength=len(community.values))
    along = np.bincount(home[edge], weight * on, minlength=len(community.values))
    with np.errstate(invalid="ignore"):
        ratio = along / total
    found = np.flatnonzero(ratio < parameters["least"])
    codes = [community.values[i] for i in found.tolist()]
    yield Hits(
        np.full(len(found), -1),
        translate(
            "Wangge",
            "In community {community} only {value} of the borders between cells follow streets, "
            "rivers or railways; {least} are wanted.",
        ),
        values=np.round(ratio[found], 3),
        details={"community": codes, "least": parameters["least"]},
        keys=codes,
    )


def _check_load(ledger: Ledger, context, parameters) -> Iterator[Hits]:
    end = ledger.column("date:end_date")
    active = np.isnat(end) | (end > context.today64)
    load = ledger.column("number:load")
    known = active & np.isfinite(load)
    if not known.any():
        return
    middle = float(np.median(load[known]))
    off = known & ((load > parameters["upper"] * middle) | (load < parameters["lower"] * middle))
    found = np.flatnonzero(off)
    yield Hits(
        found,
        translate(
            "Wangge",
            "{field} is {value}, the median of all cells {middle:.4g}. Divide or merge the cell.",
        ),
        "load",
        load[found],
        {"middle": middle},
    )


_rule = partial(describe, Subject.GRID)
_W = Severity.WARNING

RULES = (
    _rule(
        "G6",
        _W,
        _check_area,
        ("Area near the target", "面积接近目标值"),
        (
            "About 10,000 m² in built-up areas; no norm fixes the tolerance.",
            "建成区约 10000 m²；允许偏差无统一规定，可在方案中调整。",
        ),
        parameters=(
            Parameter("target_area", 10_000.0, "m²", "Area wanted.", "目标面积。"),
            Parameter("tolerance", 0.5, "", "Share it may deviate.", "允许偏差比例。"),
        ),
        tags=("shape",),
    ),
    _rule(
        "G7",
        _W,
        _check_compactness,
        ("Compact", "形状紧凑"),
        (
            "Polsby–Popper compactness 4πA/P²: circle 1, square 0.785, rectangle 3:1 0.589.",
            "紧凑度 4πA/P²：圆为 1，正方形 0.785，3:1 矩形 0.589。",
        ),
        parameters=(Parameter("least", 0.2, "", "Smallest compactness.", "最小紧凑度。"),),
        tags=("shape",),
    ),
    _rule(
        "G8",
        _W,
        _check_width,
        ("No sliver", "非狭长碎片"),
        (
            "The width of the rectangle with the cell's area and perimeter.",
            "与网格同面积、同周长矩形的短边。",
        ),
        parameters=(Parameter("least", 5.0, "m", "Smallest width.", "最小宽度。"),),
        tags=("shape",),
    ),
    _rule(
        "G14",
        _W,
        _check_stored_size,
        ("Stored area is the geometry's", "面积属性与图形一致"),
        (
            "Area and perimeter in the table equal those of the geometry.",
            "属性中的面积、周长应与图形一致。",
        ),
        fields=("area_m2",),
        parameters=(
            Parameter("tolerance", 0.005, "", "Share they may differ.", "允许的相对差。"),
            Parameter("least", 0.5, "m², m", "Difference always forgiven.", "允许的绝对差。"),
        ),
        tags=("attribute", "fixable"),
    ),
    _rule(
        "G16",
        _W,
        _check_on_features,
        ("Borders on streets and rivers", "界线沿路沿河"),
        (
            "Share of the borders between cells of a community that follow streets, rivers or "
            "railways.",
            "社区内部网格界线沿道路、河流、铁路的比例。",
        ),
        across=True,
        keeps=("geometry", "date:end_date", "text:community_code"),
        needs=("barriers",),
        parameters=(
            Parameter("least", 0.3, "", "Smallest share.", "最小比例。"),
            Parameter("distance", 10.0, "m", "Distance that counts as along.", "视为沿线的距离。"),
            Parameter("step", 10.0, "m", "Spacing of the points measured.", "取样间距。"),
        ),
        tags=("shape",),
    ),
    _rule(
        "G17",
        _W,
        _check_load,
        ("Load balanced", "工作量均衡"),
        (
            "A cell's load within a band around the median of all cells.",
            "网格工作量应在全部网格中位数的一定范围内。",
        ),
        across=True,
        keeps=("number:load", "date:end_date"),
        fields=("load",),
        parameters=(
            Parameter("upper", 3.0, "", "Times the median at most.", "最大为中位数的倍数。"),
            Parameter("lower", 0.0, "", "Times the median at least.", "最小为中位数的倍数。"),
        ),
        tags=("balance",),
    ),
)
