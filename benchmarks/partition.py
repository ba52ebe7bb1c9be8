"""Our partition beside what people use today, on the same towns and judged by one scorecard.

Peers, each made here the way its users make it: streets polygonized; 100 m squares clipped to
the communities; k-means centres with Voronoi cells (QGIS's k-means clustering and Voronoi
polygons, by community); recursive halving across the longer side (what RFCL Polygon Divider
does), by community. Two generated towns, and any GeoPackage with ``community`` and ``street``:

    make bench BENCH=partition
    PYTHONPATH=.dev .venv/bin/python -P -m wangge.benchmarks.partition --data city.gpkg
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np
import pyogrio
import shapely
from scipy.cluster.vq import kmeans2
from wangge.plugin.grid.partition import PartitionInput, PartitionOptions, partition
from wangge.plugin.grid.scorecard import score
from wangge.plugin.sample.city import generate
from wangge.plugin.sample.model import CityOptions

TARGET = 10_000.0
RESULTS = Path(__file__).parent / "results"
FIGURES = (
    ("area_cv", "CV"),
    ("share_within_25pct", "±25 %"),
    ("share_within_50pct", "±50 %"),
    ("pp_mean", "compact"),
    ("pp_p05", "p05"),
    ("on_feature_ratio", "on feat."),
    ("missed_feature_ratio", "missed"),
    ("barrier_use", "use"),
    ("building_cuts_not_under_a_barrier", "cuts"),
    ("coverage_valid", "valid"),
)


def parts_of(shapes) -> np.ndarray:
    """Return the polygons among the parts of geometries."""
    parts = shapely.get_parts(shapely.get_parts(np.asarray(shapes, dtype=object)))
    return parts[(shapely.get_type_id(parts) == 3) & (shapely.area(parts) > 1.0)]


def streets_polygonized(town: PartitionInput) -> np.ndarray:
    net = shapely.union_all([*town.barriers, *shapely.boundary(town.communities)])
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(net)))
    inside = shapely.union_all(town.communities).covers(shapely.point_on_surface(faces))
    return faces[inside]


def squares(town: PartitionInput) -> np.ndarray:
    side = TARGET**0.5
    x1, y1, x2, y2 = shapely.total_bounds(town.communities)
    x, y = np.meshgrid(np.arange(x1, x2, side), np.arange(y1, y2, side))
    boxes = shapely.box(x, y, x + side, y + side).ravel()
    community, box = shapely.STRtree(boxes).query(town.communities, predicate="intersects")
    return parts_of(shapely.intersection(town.communities[community], boxes[box]))


def voronoi(town: PartitionInput) -> np.ndarray:
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


def ours(town: PartitionInput) -> np.ndarray:
    return partition(town, PartitionOptions(target_area=TARGET)).cells


METHODS = {
    "streets polygonized": streets_polygonized,
    "100 m squares": squares,
    "k-means + Voronoi": voronoi,
    "halved by side": halved,
    "Wangge": ours,
}


def sample_town(seed: int) -> PartitionInput:
    layers = generate(CityOptions(area_km2=6, components=2000, seed=seed, errors=False)).layers
    return PartitionInput(
        communities=layers["community"].geometry,
        names=layers["community"].fields["community_name"],
        barriers=np.concatenate([layers["street"].geometry, layers["water"].geometry]),
        buildings=layers["building"].geometry,
    )


def town_from(path: Path) -> PartitionInput:
    def read(layer: str) -> np.ndarray:
        return shapely.from_wkb(pyogrio.raw.read(path, layer=layer)[2])

    names = {str(name) for name, _ in pyogrio.list_layers(path)}
    communities = read("community")
    return PartitionInput(
        communities=communities,
        names=np.arange(len(communities)).astype(str),
        barriers=read("street"),
        buildings=read("building") if "building" in names else None,
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, nargs="*", default=[], help="GeoPackages to add")
    arguments = parser.parse_args()
    towns = {"sample town, seed 1": sample_town(1), "sample town, seed 2": sample_town(2)}
    towns |= {path.stem: town_from(path) for path in arguments.data}
    report: dict[str, dict] = {}
    for title, town in towns.items():
        print(f"\n{title}\n{'':22}{'seconds':>8}" + "".join(f"{t:>10}" for _, t in FIGURES))
        for name, method in METHODS.items():
            began = time.perf_counter()
            cells = method(town)
            seconds = time.perf_counter() - began
            figures = score(
                cells, town.communities, town.barriers, buildings=town.buildings, target=TARGET
            ).figures
            report.setdefault(title, {})[name] = {"seconds": seconds, **figures}
            shown = "".join(
                f"{'–' if figures.get(f) is None else format(float(figures[f]), '.3g'):>10}"
                for f, _ in FIGURES
            )
            print(f"{name:22}{seconds:8.1f}{shown}", flush=True)
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps(report, indent=1, default=float)
    (RESULTS / "partition.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
