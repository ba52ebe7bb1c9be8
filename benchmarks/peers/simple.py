"""What people do with the tools that QGIS brings along."""

from __future__ import annotations

import numpy as np
import shapely
from scipy.cluster.vq import kmeans2
from wangge.plugin.grid.partition import PartitionInput

TARGET = 10_000.0


def parts_of(shapes) -> np.ndarray:
    """Return the polygons among the parts of geometries."""
    parts = shapely.get_parts(shapely.get_parts(np.asarray(shapes, dtype=object)))
    return parts[(shapely.get_type_id(parts) == 3) & (shapely.area(parts) > 1.0)]


def streets_polygonized(town: PartitionInput) -> np.ndarray:
    """Streets and community borders polygonized."""
    net = shapely.union_all([*town.barriers, *shapely.boundary(town.communities)])
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(net)))
    inside = shapely.union_all(town.communities).covers(shapely.point_on_surface(faces))
    return faces[inside]


def squares(town: PartitionInput) -> np.ndarray:
    """100 m squares clipped to the communities."""
    side = TARGET**0.5
    x1, y1, x2, y2 = shapely.total_bounds(town.communities)
    x, y = np.meshgrid(np.arange(x1, x2, side), np.arange(y1, y2, side))
    boxes = shapely.box(x, y, x + side, y + side).ravel()
    community, box = shapely.STRtree(boxes).query(town.communities, predicate="intersects")
    return parts_of(shapely.intersection(town.communities[community], boxes[box]))


def voronoi(town: PartitionInput) -> np.ndarray:
    """K-means of random points and the Voronoi cells of their centres, by community."""
    random = np.random.default_rng(0)
    made = []
    for shape in town.communities:
        n = max(1, round(shape.area / TARGET))
        x1, y1, x2, y2 = shape.bounds
        points = random.uniform((x1, y1), (x2, y2), (60 * n, 2))
        points = points[shapely.contains_xy(shape, *points.T)]
        centres, _ = kmeans2(points, n, iter=30, minit="++", seed=0)
        cells = shapely.voronoi_polygons(shapely.multipoints(centres), extend_to=shape)
        made.append(parts_of(shapely.intersection(shapely.get_parts(cells), shape)))
    return np.concatenate(made)


def halved(town: PartitionInput) -> np.ndarray:
    """Communities halved across their longer side again and again."""
    made = []
    for shape in parts_of(town.communities):
        stack = [(shape, max(1, round(shape.area / TARGET)))]
        while stack:
            piece, n = stack.pop()
            if n == 1:
                made.append(piece)
                continue
            x1, y1, x2, y2 = piece.bounds
            wide = x2 - x1 >= y2 - y1
            low, high = (x1, x2) if wide else (y1, y2)
            wanted = piece.area * (n // 2) / n
            for _ in range(40):
                at = (low + high) / 2
                box = shapely.box(x1, y1, at, y2) if wide else shapely.box(x1, y1, x2, at)
                low, high = (at, high) if piece.intersection(box).area < wanted else (low, at)
            stack.append((piece.intersection(box), n // 2))
            stack.append((piece.difference(box), n - n // 2))
    return parts_of(made)
