"""Shapes as well-known text from which exactly the same shapes are read again.

GEOS writes at most 16 decimals and no exponents, which loses digits; Python's shortest
exact form of a number loses none. The few shapes that well-known text cannot hold (empty
parts, coordinates that are no numbers) are written as WKB in hexadecimal.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

_NAMES = {
    0: "POINT",
    1: "LINESTRING",
    2: "LINESTRING",
    3: "POLYGON",
    4: "MULTIPOINT",
    5: "MULTILINESTRING",
    6: "MULTIPOLYGON",
    7: "GEOMETRYCOLLECTION",
}


def texts_of_shapes(shapes: np.ndarray) -> list[str | None]:
    """Return well-known text for each shape, None for a null one."""
    plain = (shapely.get_type_id(shapes) == 0) & ~shapely.is_empty(shapes)
    with np.errstate(all="ignore"):
        plain &= ~shapely.has_z(shapes) & np.isfinite(shapely.bounds(shapes)).all(axis=1)
    if plain.all():
        return _points(shapes)
    made = np.empty(len(shapes), object)
    made[plain] = _points(shapes[plain])
    for row in np.flatnonzero(~plain & ~shapely.is_missing(shapes)):
        made[row] = _text(shapes[row])
    back, _ = shapes_of_texts(made.tolist())
    for row in np.flatnonzero(shapely.to_wkb(back) != shapely.to_wkb(shapes)):
        made[row] = shapely.to_wkb(shapes[row], hex=True, flavor="iso")
    return made.tolist()


def shapes_of_texts(texts: Sequence[str | None]) -> tuple[np.ndarray, np.ndarray]:
    """Return the shapes, and the rows whose text is none."""
    column = np.empty(len(texts), object)
    column[:] = texts
    with np.errstate(all="ignore"):
        shapes = np.asarray(shapely.from_wkt(column, on_invalid="ignore"), object)
    for row in np.flatnonzero(shapely.is_missing(shapes) & ~is_none(column)):
        if column[row][:1] == "0":
            shapes[row] = shapely.from_wkb(column[row], on_invalid="ignore")
    wrong = np.flatnonzero(shapely.is_missing(shapes) & ~is_none(column))
    return shapes, wrong


def is_none(column: np.ndarray) -> np.ndarray:
    """Return where an object column holds None, shape (n,) of bool."""
    return np.equal(column, None)  # type: ignore[call-overload]


def _points(shapes: np.ndarray) -> list[str | None]:
    x, y = shapely.get_coordinates(shapes).T.tolist()
    return [f"POINT ({a!r} {b!r})" for a, b in zip(x, y, strict=True)]


def _text(shape) -> str:
    name = _NAMES[shapely.get_type_id(shape)]
    if shape.has_z:
        name += " Z"
    return f"{name} {_body(shape)}"


def _body(shape) -> str:
    if shape.is_empty:
        return "EMPTY"
    kind = shapely.get_type_id(shape)
    if kind in (0, 1, 2):
        return _chain(shape)
    if kind == 3:
        return f"({', '.join(_chain(r) for r in (shape.exterior, *shape.interiors))})"
    part = _text if kind == 7 else _body
    return f"({', '.join(part(g) for g in shape.geoms)})"


def _chain(shape) -> str:
    rows = shapely.get_coordinates(shape, include_z=shape.has_z).tolist()
    return f"({', '.join(' '.join(map(repr, row)) for row in rows)})"
