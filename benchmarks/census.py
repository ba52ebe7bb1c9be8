"""A large survey imported, placed, numbered and checked, beside ogr2ogr's plain conversion.

The delivery is a shapefile in GBK, as deliveries are, and the same rows as a GeoPackage. Every
algorithm runs through ``qgis_process``; what an empty run takes to start QGIS is taken off.
Beside the time on the clock the processor seconds are measured: they hold on a busy machine.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from dataclasses import asdict
from pathlib import Path

from .rules import RESULTS, Cost, cost_of, run


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--components", type=int, default=630_000)
    parser.add_argument("--area", type=float, default=60.0, help="km²; 100 cells each")
    parser.add_argument("--city", type=Path, help="folder of a sample city that is there already")
    parser.add_argument("--teams", type=int, default=50, help="0 leaves packing and merging out")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="wangge-bench-") as folder:
        measure(arguments, Path(folder))


def convert(source: str, target: Path, *options: str) -> Cost:
    """Convert with ogr2ogr."""
    return cost_of(["ogr2ogr", *options, str(target), *source.split("|layername=")])


def measure(arguments, folder: Path) -> None:
    city = arguments.city or folder / "city"
    if not arguments.city:
        run(
            "wangge:create_sample_city",
            FOLDER=str(city),
            AREA_KM2=arguments.area,
            COMPONENTS=arguments.components,
            ERRORS=False,
        )

    def layer(name: str) -> str:
        return f"{city / 'city.gpkg'}|layername={name}"

    def made(name: str) -> str:
        return str(folder / f"{name}.gpkg")

    costs: dict[str, Cost] = {}

    def note(name: str, found: Cost) -> None:
        costs[name] = found
        print(
            f"{name:34} {found.seconds:8.1f} s  {found.cpu:8.1f} s cpu"
            f"   peak {found.peak_mib:.0f} MiB",
            flush=True,
        )

    def step(name: str, algorithm: str, **inputs) -> None:
        note(name, run(algorithm, **inputs).beyond(start))

    start = run("wangge:list_rules", OUTPUT=str(folder / "rules.csv"))
    print(
        f"{arguments.components:,} components; starting QGIS takes {start.seconds:.1f} s (taken off)"
    )
    shape = folder / "survey.shp"
    convert(layer("survey"), shape, "-q", "-f", "ESRI Shapefile", "-lco", "ENCODING=GBK")
    note("ogr2ogr, shapefile", convert(str(shape), folder / "plain1.gpkg"))
    note("ogr2ogr, GeoPackage", convert(layer("survey"), folder / "plain2.gpkg"))
    step(
        "import shapefile",
        "wangge:import_components",
        INPUT=str(shape),
        OUTPUT=made("from_shape"),
    )
    step(
        "import GeoPackage",
        "wangge:import_components",
        INPUT=layer("survey"),
        OUTPUT=made("imported"),
    )
    step(
        "assign",
        "wangge:assign_unit_grids",
        INPUT=made("imported"),
        GRIDS=layer("unit_grid"),
        COMMUNITIES=layer("community"),
        OUTPUT=made("assigned"),
    )
    step(
        "QGIS alone, grid by location",
        "native:joinattributesbylocation",
        INPUT=made("imported"),
        JOIN=layer("unit_grid"),
        PREDICATE=[5],
        METHOD=0,
        OUTPUT=made("joined"),
    )
    step("number", "wangge:number_components", INPUT=made("assigned"), OUTPUT=made("numbered"))
    step(
        "check",
        "wangge:check_components",
        INPUT=made("numbered"),
        GRIDS=layer("unit_grid"),
        DEPARTMENTS=layer("department"),
        COMMUNITIES=layer("community"),
        FINDINGS=made("findings"),
    )
    if arguments.teams:
        step(
            f"pack {arguments.teams} teams",
            "wangge:pack_field_packages",
            INPUT=made("numbered"),
            GRIDS=layer("unit_grid"),
            TEAM_COUNT=arguments.teams,
            FOLDER=str(folder / "packages"),
        )
        step(
            f"merge {arguments.teams} teams",
            "wangge:merge_field_returns",
            INPUT=made("numbered"),
            PACKAGES=[str(folder / "packages")],
            CONFLICTS=made("conflicts"),
        )
    report(arguments.components, start, costs)


def report(count: int, start: Cost, costs: dict[str, Cost]) -> None:
    def ratio(one: str, other: str) -> float:
        return costs[one].cpu / costs[other].cpu

    ratios = {
        "import shapefile / ogr2ogr": ratio("import shapefile", "ogr2ogr, shapefile"),
        "import GeoPackage / ogr2ogr": ratio("import GeoPackage", "ogr2ogr, GeoPackage"),
        "QGIS's join / assign": ratio("QGIS alone, grid by location", "assign"),
    }
    for name, value in ratios.items():
        print(f"{name} = {value:.2f} (processor seconds)")
    RESULTS.mkdir(exist_ok=True)
    values = {
        "components": count,
        "start": asdict(start),
        "costs": {name: asdict(one) for name, one in costs.items()},
        "ratios": ratios,
    }
    (RESULTS / "census.json").write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
