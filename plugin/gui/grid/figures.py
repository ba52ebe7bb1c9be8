"""Figures of cells as people read them while they edit."""

from __future__ import annotations

from collections.abc import Iterable
from math import pi

import shapely
from qgis.PyQt.QtCore import QLocale

from ...translation import translate


def figures(shape: shapely.Polygon) -> str:
    """Return area and compactness (4π area / perimeter², 1 for a circle) of a cell."""
    area = QLocale().toString(round(shape.area))
    compactness = 4 * pi * shape.area / shape.length**2 if shape.length else 0.0
    return translate("Wangge", "{area} m², compactness {compactness}").format(
        area=area, compactness=QLocale().toString(compactness, "f", 2)
    )


def table(rows: Iterable[tuple[str, shapely.Polygon]]) -> str:
    """Return one line for each named cell."""
    return "\n".join(f"{name}  {figures(shape)}" for name, shape in rows)


def short(code: str | None) -> str:
    """Return what tells cells of a community apart: the sequence number."""
    return code[-3:] if code else translate("Wangge", "new")
