"""Our partition beside what people use today, on the same towns and judged by one scorecard.

    make bench BENCH=partition
    PYTHONPATH=.dev .venv/bin/python -P -m wangge.benchmarks.partition --data city.gpkg

Peers (``benchmarks/peers``): what QGIS brings along (streets polygonized, 100 m squares, k-means
with Voronoi cells, halving); spopt's MaxP and Ward and gerrychain's spanning trees on pieces of
blocks, installed in ``.peers/`` by this program; and the QGIS plugin Polygon Divider where
``--polygon-divider`` names its folder. Towns: a generated one with buildings, another without,
and any GeoPackage with the layers ``community`` and ``street`` (``building`` if there are some).
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyogrio
import shapely
from wangge.plugin.grid.partition import PartitionInput, PartitionOptions, partition
from wangge.plugin.grid.scorecard import score
from wangge.plugin.sample.city import generate
from wangge.plugin.sample.model import CityOptions

from .peers import apart, simple

TARGET = simple.TARGET
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
    ("barrier_use_within_20m", "in 20 m"),
    ("building_cuts_not_under_a_barrier", "cuts"),
    ("coverage_valid", "valid"),
)
Method = Callable[[PartitionInput], np.ndarray]


def ours(town: PartitionInput) -> np.ndarray:
    return partition(town, PartitionOptions(target_area=TARGET)).cells


def methods(divider: Path | None) -> dict[str, Method]:
    """Return all methods by the name that the table gives them."""
    found: dict[str, Method] = {
        "streets polygonized": simple.streets_polygonized,
        "100 m squares": simple.squares,
        "k-means + Voronoi": simple.voronoi,
        "halved by side": simple.halved,
        "spopt MaxP": apart.regions("max_p"),
        "spopt Ward": apart.regions("ward"),
        "gerrychain trees": apart.regions("tree"),
    }
    if divider:
        found["Polygon Divider"] = apart.polygon_divider(divider, blocks=False)
        found["… on blocks"] = apart.polygon_divider(divider, blocks=True)
    return {**found, "Wangge": ours}


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


def processor_time() -> float:
    used = [resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


def judged(cells: np.ndarray, town: PartitionInput) -> dict:
    # The same scorecard for everybody.
    return dict(
        score(
            cells, town.communities, town.barriers, buildings=town.buildings, target=TARGET
        ).figures
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, nargs="*", default=[], help="GeoPackages to add")
    parser.add_argument("--only-data", action="store_true", help="leave the generated towns out")
    parser.add_argument("--polygon-divider", type=Path, help="folder of the QGIS plugin")
    arguments = parser.parse_args()
    towns = {}
    if not arguments.only_data:
        towns["sample town"] = sample_town(1)
        towns["sample town 2, without buildings"] = replace(sample_town(2), buildings=None)
    towns |= {path.stem: town_from(path) for path in arguments.data}
    report: dict[str, dict] = {}
    for title, town in towns.items():
        print(f"\n{title}\n{'':20}{'CPU s':>8}" + "".join(f"{t:>9}" for _, t in FIGURES))
        for name, method in methods(arguments.polygon_divider).items():
            wall, began = time.perf_counter(), processor_time()
            try:
                cells = method(town)
            except apart.PeerFailedError as error:
                print(f"{name:20} – {error}", flush=True)
                continue
            seconds = processor_time() - began
            figures = judged(cells, town)
            report.setdefault(title, {})[name] = {
                "cpu_seconds": seconds,
                "seconds": time.perf_counter() - wall,
                **figures,
            }
            shown = "".join(f"{_text(figures.get(f)):>9}" for f, _ in FIGURES)
            print(f"{name:20}{seconds:8.1f}{shown}", flush=True)
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps(report, indent=1, default=float)
    (RESULTS / "partition.json").write_text(text + "\n", encoding="utf-8")


def _text(value) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    return str(value) if isinstance(value, int | np.integer) else f"{value:.3g}"


if __name__ == "__main__":
    main()
