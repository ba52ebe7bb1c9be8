"""Self-contained HTML pages with inline SVG: tables, histograms, small maps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

import numpy as np
import shapely

from ..translation import is_chinese, translate

STYLE = """
body{font:15px/1.5 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif;margin:2rem auto;
max-width:70rem;padding:0 1rem;color:#1c2430;background:#fff}
h1{font-size:1.6rem}h2{font-size:1.15rem;margin-top:2rem;border-bottom:1px solid #d5dae1}
table{border-collapse:collapse;margin:.5rem 0}th,td{padding:.2rem .7rem;text-align:right;
border-bottom:1px solid #e6e9ee}th{font-weight:600;color:#4a5666}td:first-child,th:first-child
{text-align:left}.row{display:flex;flex-wrap:wrap;gap:1.5rem}figure{margin:0}
figcaption{font-size:.85rem;color:#4a5666}svg{background:#fafbfc;border:1px solid #e6e9ee}
.swatch{display:inline-block;width:.9em;height:.9em;margin:0 .3em 0 .9em;border:1px solid #9aa4b0}
@media print{body{margin:0}}
"""

# Blue is too small, red too large: told apart by colour-blind readers and in grey print.
BANDS = (-0.5, -0.25, 0.25, 0.5)
COLOURS = ("#2166ac", "#92c5de", "#f2f4f6", "#f4a582", "#b2182b")


def html_page(title: str, body: Iterable[str]) -> str:
    """Return a whole page; ``title`` is text, ``body`` holds finished markup."""
    language = "zh" if is_chinese() else "en"
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>\n"
        f"<body><h1>{escape(title)}</h1>\n" + "\n".join(body) + "\n</body></html>\n"
    )


def heading(text: str) -> str:
    """Return a section heading."""
    return f"<h2>{escape(text)}</h2>"


def row(items: Iterable[str]) -> str:
    """Return finished markup set side by side."""
    return '<div class="row">' + "".join(items) + "</div>"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table; every cell is text and is escaped."""
    lines = ["<table><tr>" + "".join(f"<th>{escape(h)}</th>" for h in head) + "</tr>"]
    lines += [
        "<tr>" + "".join(f"<td>{escape(str(value))}</td>" for value in values) + "</tr>"
        for values in rows
    ]
    return "\n".join([*lines, "</table>"])


def percent(value: float | None, digits: int = 1) -> str:
    """Return a share as text; a dash for None."""
    return "–" if value is None else f"{100 * value:.{digits}f} %"


def number(value: float | None, digits: int = 0) -> str:
    """Return a number with thousands separated; a dash for None."""
    return "–" if value is None else f"{value:,.{digits}f}"


def colour_of(deviation: np.ndarray) -> list[str]:
    """Return the map colours of relative area deviations."""
    return [COLOURS[k] for k in np.searchsorted(BANDS, deviation, side="right")]


def legend() -> str:
    """Return what the map colours mean."""
    texts = ("< −50 %", "−50 … −25 %", "±25 %", "25 … 50 %", "> 50 %")
    return (
        "<p>"
        + "".join(
            f'<span class="swatch" style="background:{colour}"></span>{escape(text)}'
            for colour, text in zip(COLOURS, texts, strict=True)
        )
        + "</p>"
    )


def histogram(
    values: np.ndarray, low: float, high: float, caption: str, *, bins: int = 30, label: str = ""
) -> str:
    """Return a histogram; values beyond the ends are counted in the outermost bars."""
    values = values[np.isfinite(values)]
    count, edges = np.histogram(np.clip(values, low, high), bins=bins, range=(low, high))
    top = max(int(count.max()), 1) if len(count) else 1
    width, height, step = 360, 140, 360 / bins

    def tick(value: float) -> str:
        return number(value, 0 if high - low >= 100 else 2)

    bars = "".join(
        f'<rect x="{k * step:.1f}" y="{height - height * c / top:.1f}" width="{step - 1:.1f}" '
        f'height="{height * c / top:.1f}" fill="#4878a8"><title>'
        f"{tick(edges[k])} – {tick(edges[k + 1])}{escape(label)}: {c}</title></rect>"
        for k, c in enumerate(count)
        if c
    )
    ticks = "".join(
        f'<text x="{x}" y="{height + 14}" font-size="11" text-anchor="{anchor}">{tick(value)}</text>'
        for x, anchor, value in (
            (0, "start", low),
            (width / 2, "middle", (low + high) / 2),
            (width, "end", high),
        )
    )
    return (
        f'<figure><svg width="{width}" height="{height + 20}" viewBox="0 0 {width} {height + 20}" '
        f'role="img">{bars}{ticks}</svg><figcaption>{escape(caption)}</figcaption></figure>'
    )


def small_map(
    shapes: np.ndarray,
    colours: Sequence[str],
    caption: str,
    *,
    titles: Sequence[str] | None = None,
    size: int = 260,
) -> str:
    """Return a map of polygons, simplified to what can be seen at ``size`` pixels."""
    if not len(shapes):
        return ""
    west, south, east, north = shapely.total_bounds(shapes)
    scale = size / max(east - west, north - south, 1e-9)
    width, height = (east - west) * scale, (north - south) * scale
    seen = shapely.simplify(shapes, 0.4 / scale, preserve_topology=True)
    paths = []
    for k, shape in enumerate(seen):
        title = "" if titles is None else f"<title>{escape(str(titles[k]))}</title>"
        loops = []
        for ring in shapely.get_rings(shapely.get_parts(shape)):
            points = (shapely.get_coordinates(ring) - (west, north)) * (scale, -scale)
            loops.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points[:-1]) + "Z")
        paths.append(f'<path d="{"".join(loops)}" fill="{colours[k]}">{title}</path>')
    return (
        f'<figure><svg width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.1f} {height:.1f}" stroke="#55606e" stroke-width="0.4" '
        f'fill-rule="evenodd" role="img">{"".join(paths)}</svg>'
        f"<figcaption>{escape(caption)}</figcaption></figure>"
    )


def figure_titles() -> dict[str, str]:
    """Return what the figures of a scorecard are called."""
    return {
        "cells": translate("Wangge", "Cells"),
        "communities": translate("Wangge", "Communities"),
        "mean_area": translate("Wangge", "Mean area (m²)"),
        "area_cv": translate("Wangge", "Variation coefficient of the areas"),
        "area_cv_within_community_median": translate(
            "Wangge", "Variation coefficient within a community (median)"
        ),
        "share_within_25pct": translate("Wangge", "Cells within ±25 % of the target area"),
        "share_within_50pct": translate("Wangge", "Cells within ±50 % of the target area"),
        "share_area_in_cells_within_50pct": translate(
            "Wangge", "Area in cells within ±50 % of the target area"
        ),
        "pp_mean": translate("Wangge", "Mean compactness (4πA/P²)"),
        "pp_p05": translate("Wangge", "Compactness of the worst twentieth"),
        "on_feature_ratio": translate("Wangge", "Inner borders on streets, rivers and railways"),
        "missed_feature_ratio": translate(
            "Wangge", "Inner borders off a feature that lies within 15 m"
        ),
        "barrier_use": translate("Wangge", "Features used as a border"),
        "barrier_use_within_20m": translate("Wangge", "Features within 20 m of a border"),
        "gap_area": translate("Wangge", "Gaps (m²)"),
        "overlap_area": translate("Wangge", "Overlaps (m²)"),
        "outside_community_area": translate("Wangge", "Outside the own community (m²)"),
        "homeless_cells": translate("Wangge", "Cells in no community"),
        "invalid": translate("Wangge", "Invalid cells"),
        "multipart": translate("Wangge", "Cells of several parts"),
        "edge_shared_by_more_than_2": translate("Wangge", "Edges shared by more than two cells"),
        "coverage_valid": translate("Wangge", "Borders match everywhere"),
        "buildings": translate("Wangge", "Buildings"),
        "building_cuts": translate("Wangge", "Buildings cut by a border"),
        "building_cuts_not_under_a_barrier": translate(
            "Wangge", "Buildings cut that no feature crosses"
        ),
        "load_total": translate("Wangge", "Load altogether"),
        "load_cv": translate("Wangge", "Variation coefficient of the load"),
        "load_max_to_mean": translate("Wangge", "Largest load to mean load"),
        "load_gini": translate("Wangge", "Gini coefficient of the load"),
        "numbering_holes": translate("Wangge", "Numbers missing in the sequence"),
        "duplicate_codes": translate("Wangge", "Codes used twice"),
        "cells_without_code": translate("Wangge", "Cells without a code"),
    }


_SHARES = {
    "share_within_25pct",
    "share_within_50pct",
    "share_area_in_cells_within_50pct",
    "on_feature_ratio",
    "missed_feature_ratio",
    "barrier_use",
    "barrier_use_within_20m",
}


def figure_text(name: str, value: float | int | bool | None) -> str:
    """Return a figure of a scorecard as people write it."""
    if isinstance(value, bool):
        return translate("Wangge", "yes") if value else translate("Wangge", "no")
    if name in _SHARES:
        return percent(value)
    if isinstance(value, int):
        return number(value)
    return number(value, 0 if name == "mean_area" else 3)
