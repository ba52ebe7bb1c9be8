"""Figures of cells as people read them while they edit."""

from __future__ import annotations

from collections.abc import Iterable
from math import isnan, nan, pi

import shapely
from qgis.PyQt.QtCore import QLocale

from ...translation import translate


def figures(shape: shapely.Polygon, load: float = nan) -> str:
    """Return area, load where known, and compactness (4π area / perimeter², 1 for a circle)."""
    locale = QLocale()
    compactness = 4 * pi * shape.area / shape.length**2 if shape.length else 0.0
    values = {
        "area": locale.toString(round(shape.area)),
        "compactness": locale.toString(compactness, "f", 2),
    }
    if isnan(load):
        return translate("Wangge", "{area} m², compactness {compactness}").format(**values)
    whole = abs(load - round(load)) < 0.05
    values["load"] = locale.toString(round(load)) if whole else locale.toString(load, "f", 1)
    return translate("Wangge", "{area} m², load {load}, compactness {compactness}").format(**values)


def table(rows: Iterable[tuple[str, shapely.Polygon, float]]) -> str:
    """Return one line for each named cell with its load."""
    return "\n".join(f"{name}  {figures(shape, load)}" for name, shape, load in rows)


def short(code: str | None) -> str:
    """Return what tells cells of a community apart: the sequence number."""
    return code[12:] or code[-3:] if code else translate("Wangge", "new")
