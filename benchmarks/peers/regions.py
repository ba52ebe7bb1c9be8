"""Regions grown of small pieces by spopt and gerrychain; runs in the peers' own environment.

    regions.py METHOD TOWN RESULT

TOWN and RESULT hold hexadecimal WKB, a line for each geometry: communities, an empty line,
streets; and the cells. Pieces are the street blocks of a community cut by a 50 m raster, as
both libraries join polygons and cut none.
"""

from __future__ import annotations

import sys
import warnings
from functools import partial
from pathlib import Path

import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

TARGET, PIECE = 10_000.0, 50.0


def pieces_of(community, streets) -> np.ndarray:
    """Return the pieces of a community; splinters join the piece with which they share most."""
    x1, y1, x2, y2 = community.bounds
    xs = np.arange(x1 - x1 % PIECE, x2 + PIECE, PIECE)
    ys = np.arange(y1 - y1 % PIECE, y2 + PIECE, PIECE)
    raster = [shapely.LineString([(x, y1 - 1), (x, y2 + 1)]) for x in xs]
    raster += [shapely.LineString([(x1 - 1, y), (x2 + 1, y)]) for y in ys]
    near = streets[shapely.intersects(streets, community)]
    net = shapely.union_all([*near, *raster, shapely.boundary(community)], grid_size=0.01)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(net)))
    faces = faces[shapely.contains(community, shapely.point_on_surface(faces))]
    while True:
        small = np.flatnonzero(shapely.area(faces) < 100.0)
        which, beside = shapely.STRtree(faces).query(faces[small], "intersects")
        which = small[which]
        shared = shapely.length(shapely.intersection(faces[which], faces[beside]))
        real = (which != beside) & (shared > 0)
        if not real.any():
            return faces
        which, beside, shared = which[real], beside[real], shared[real]
        best = np.lexsort((beside, -shared, which))
        first = best[np.unique(which[best], return_index=True)[1]]
        links = coo_array(
            (np.ones(len(first)), (which[first], beside[first])), shape=(len(faces), len(faces))
        )
        _, label = connected_components(links, directed=False)
        faces = np.array([shapely.union_all(faces[label == k]) for k in np.unique(label)])


def table_of(faces):
    """Return pieces as the frame and contiguity that spopt takes."""
    import geopandas
    from libpysal.weights import Rook, w_subset

    frame = geopandas.GeoDataFrame(
        {"x": shapely.get_x(shapely.centroid(faces)), "y": shapely.get_y(shapely.centroid(faces))},
        geometry=faces,
    )
    frame["area"] = shapely.area(faces)
    weights = Rook.from_dataframe(frame, use_index=False, silence_warnings=True)
    # What hangs on a corner alone is no neighbour: each connected part by itself.
    _, part = connected_components(weights.sparse, directed=False)
    for number in range(part.max() + 1):
        rows = np.flatnonzero(part == number)
        yield frame.iloc[rows].reset_index(drop=True), w_subset(weights, rows.tolist())


def max_p(frame, weights) -> np.ndarray:
    """As many regions as can be of eight tenths of the target at least: about the target each."""
    from spopt.region import MaxPHeuristic

    if frame["area"].sum() < 1.6 * TARGET:
        return np.zeros(len(frame), int)
    weights = renumbered(weights)
    model = MaxPHeuristic(
        frame, weights, ["x", "y"], "area", 0.8 * TARGET, 1,
        max_iterations_construction=9, max_iterations_sa=3,
    )  # fmt: skip
    model.solve()
    return np.asarray(model.labels_)


def ward(frame, weights) -> np.ndarray:
    """As many clusters as there should be cells."""
    from spopt.region import WardSpatial

    count = round(frame["area"].sum() / TARGET)
    if count < 2 or len(frame) < 3:
        return np.zeros(len(frame), int)
    model = WardSpatial(frame, renumbered(weights), ["x", "y"], n_clusters=count)
    model.solve()
    return np.asarray(model.labels_)


def tree(frame, weights) -> np.ndarray:
    """Random spanning trees cut into parts of like area, as districts are drawn."""
    import networkx
    from gerrychain import Graph
    from gerrychain.partition import recursive_tree_part
    from gerrychain.tree import bipartition_tree

    count = round(frame["area"].sum() / TARGET)
    if count < 2 or len(frame) < 3:
        return np.zeros(len(frame), int)
    net = networkx.Graph()
    for i, area in enumerate(frame["area"]):
        net.add_node(i, area=float(area))
    numbered = renumbered(weights)
    net.add_edges_from((i, j) for i, others in numbered.neighbors.items() for j in others)
    graph = Graph.from_networkx(net)
    each = frame["area"].sum() / count
    cut = partial(bipartition_tree, max_attempts=2000)
    for tolerance in (0.25, 0.4, 0.6, 0.9):
        try:
            parts = recursive_tree_part(
                graph, range(count), each, "area", tolerance, bipartition_tree_fn=cut, rng=0
            )
        except Exception as error:  # it gives up after so many random trees
            print(f"trees within ±{tolerance:.0%}: {error}", file=sys.stderr)
            continue
        return np.array([parts[i] for i in range(len(frame))])
    return np.zeros(len(frame), int)


def renumbered(weights):
    """Return a contiguity whose names are 0, 1, 2 …"""
    from libpysal.weights import W

    place = {name: i for i, name in enumerate(weights.id_order)}
    neighbours = {place[k]: [place[o] for o in v] for k, v in weights.neighbors.items()}
    return W(neighbours, id_order=list(range(len(place))), silence_warnings=True)


def main() -> None:
    warnings.simplefilter("ignore")
    method = {"max_p": max_p, "ward": ward, "tree": tree}[sys.argv[1]]
    communities, _, streets = Path(sys.argv[2]).read_text().partition("\n\n")
    streets = shapely.from_wkb(streets.split())
    np.random.seed(0)  # noqa: NPY002 - spopt draws from the global state
    cells = []
    for community in shapely.from_wkb(communities.split()):
        for part in shapely.get_parts(community):
            for frame, weights in table_of(pieces_of(part, streets)):
                labels = method(frame, weights)
                shapes = frame.geometry.to_numpy()
                cells += [shapely.union_all(shapes[labels == k]) for k in np.unique(labels)]
    Path(sys.argv[3]).write_text("\n".join(shapely.to_wkb(cells, hex=True)) + "\n")


if __name__ == "__main__":
    main()
