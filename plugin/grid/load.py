"""The load on cells (components, patrol length, cases) and how evenly it lies."""

from __future__ import annotations

import numpy as np
import shapely


def sum_load(
    cells: np.ndarray, objects: np.ndarray, weight: np.ndarray | None = None
) -> np.ndarray:
    """Sum up the objects in every cell, or their weights.

    Parameters
    ----------
    cells : ndarray of polygons, shape (n,)
    objects : ndarray of shapely geometries, shape (m,)
        Points; lines and polygons count where their inner point lies.
    weight : ndarray of float, shape (m,), optional
        1 each where not given; NaN counts nothing.

    Returns
    -------
    ndarray of float64, shape (n,)
        An object on a border counts once, for the first cell it touches.
    """
    points = shapely.point_on_surface(np.asarray(objects, dtype=object))
    found, cell = shapely.STRtree(cells).query(points, predicate="intersects")
    order = np.lexsort((cell, found))
    found, cell = found[order], cell[order]
    first = np.ones(len(found), bool)
    first[1:] = found[1:] != found[:-1]
    values = np.ones(len(points)) if weight is None else np.nan_to_num(np.asarray(weight, float))
    return np.bincount(cell[first], weights=values[found[first]], minlength=len(cells))


def share_load(cells: np.ndarray, load: np.ndarray, shapes: np.ndarray) -> np.ndarray:
    """Share the load of cells out to other shapes on their ground, by area.

    Parameters
    ----------
    cells : ndarray of polygons, shape (n,)
    load : ndarray of float, shape (n,)
        NaN where it is not known.
    shapes : ndarray of polygons, shape (m,)

    Returns
    -------
    ndarray of float64, shape (m,)
        NaN for a shape that has ground of a cell whose load is not known.
    """
    cells, shapes = (np.asarray(g, dtype=object) for g in (cells, shapes))
    shape, cell = shapely.STRtree(cells).query(shapes, predicate="intersects")
    common = shapely.area(shapely.intersection(shapes[shape], cells[cell]))
    # Cells that only touch at the border give nothing, known or not.
    part = common / shapely.area(cells[cell])
    real = part > 1e-9
    shares = part[real] * np.asarray(load, float)[cell[real]]
    return np.bincount(shape[real], weights=shares, minlength=len(shapes))


def balance_figures(load: np.ndarray) -> dict[str, float | None]:
    """Return how evenly a load lies on cells: CV, largest to mean, Gini; None without load."""
    total = float(load.sum())
    if not len(load) or total <= 0:
        return {"load_total": total, "load_cv": None, "load_max_to_mean": None, "load_gini": None}
    ordered = np.sort(load)
    n = len(ordered)
    gini = float((2 * np.arange(1, n + 1) - n - 1) @ ordered / (n * total))
    return {
        "load_total": total,
        "load_cv": float(load.std() / load.mean()),
        "load_max_to_mean": float(load.max() / load.mean()),
        "load_gini": gini,
    }
