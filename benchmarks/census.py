"""A large survey imported, placed, numbered and checked, beside ogr2ogr's plain conversion.

The delivery is a shapefile in GBK, as deliveries are, and the same rows as a GeoPackage. Every
algorithm runs through ``qgis_process``; the time an empty run takes to start QGIS is taken off.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from .rules import RESULTS, run


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--components", type=int, default=630_000)
    parser.add_argument("--area", type=float, default=60.0, help="km²; 100 cells each")
    parser.add_argument("--city", type=Path, help="folder of a sample city that is there already")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="wangge-bench-") as folder:
        measure(arguments, Path(folder))


def convert(source: str, target: Path, *options: str) -> float:
    """Convert with ogr2ogr and return the seconds it took."""
    began = time.perf_counter()
    subprocess.run(["ogr2ogr", *options, str(target), *source.split("|layername=")], check=True)
    return time.perf_counter() - began


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

    start = run("wangge:list_rules", OUTPUT=str(folder / "rules.csv"))["seconds"]
    shape = folder / "survey.shp"
    convert(layer("survey"), shape, "-f", "ESRI Shapefile", "-lco", "ENCODING=GBK")
    plain = {
        "shapefile": convert(str(shape), folder / "plain1.gpkg"),
        "GeoPackage": convert(layer("survey"), folder / "plain2.gpkg"),
    }
    steps = {
        "import shapefile": run(
            "wangge:import_components", INPUT=str(shape), OUTPUT=made("from_shape")
        ),
        "import GeoPackage": run(
            "wangge:import_components", INPUT=layer("survey"), OUTPUT=made("imported")
        ),
        "assign": run(
            "wangge:assign_unit_grids",
            INPUT=made("imported"),
            GRIDS=layer("unit_grid"),
            COMMUNITIES=layer("community"),
            OUTPUT=made("assigned"),
        ),
        "number": run("wangge:number_components", INPUT=made("assigned"), OUTPUT=made("numbered")),
        "check": run(
            "wangge:check_components",
            INPUT=made("numbered"),
            GRIDS=layer("unit_grid"),
            DEPARTMENTS=layer("department"),
            COMMUNITIES=layer("community"),
            FINDINGS=made("findings"),
        ),
        "pack 50 teams": run(
            "wangge:pack_field_packages",
            INPUT=made("numbered"),
            GRIDS=layer("unit_grid"),
            TEAM_COUNT=50,
            FOLDER=str(folder / "packages"),
        ),
        "merge 50 teams": run(
            "wangge:merge_field_returns",
            INPUT=made("numbered"),
            PACKAGES=[str(folder / "packages")],
            CONFLICTS=made("conflicts"),
        ),
    }
    size = sum(p.stat().st_size for p in (folder / "packages").rglob("*") if p.is_file())
    joined = run(
        "native:joinattributesbylocation",
        INPUT=made("imported"),
        JOIN=layer("unit_grid"),
        PREDICATE=[5],
        METHOD=0,
        OUTPUT=made("joined"),
    )
    report(arguments.components, start, plain, steps, joined, size)
    shutil.rmtree(folder / "packages")


def report(count: int, start: float, plain: dict, steps: dict, joined: dict, size: int) -> None:
    seconds = {name: step["seconds"] - start for name, step in steps.items()}
    print(f"{count:,} components; starting QGIS takes {start:.1f} s (taken off)")
    for name, value in plain.items():
        print(f"ogr2ogr, {name:20} {value:8.1f} s")
    for name, value in seconds.items():
        print(f"{name:29} {value:8.1f} s   peak {steps[name]['peak_mib']:.0f} MiB")
    native = joined["seconds"] - start
    print(f"QGIS alone, grid by location  {native:8.1f} s")
    ratios = {
        "import shapefile / ogr2ogr": seconds["import shapefile"] / plain["shapefile"],
        "import GeoPackage / ogr2ogr": seconds["import GeoPackage"] / plain["GeoPackage"],
        "QGIS's join / assign": native / seconds["assign"],
    }
    for name, value in ratios.items():
        print(f"{name} = {value:.2f}")
    print(f"50 packages: {size / 1e6:.0f} MB")
    RESULTS.mkdir(exist_ok=True)
    values = {
        "components": count,
        "start": start,
        "ogr2ogr": plain,
        "seconds": seconds,
        "peak_mib": {name: step["peak_mib"] for name, step in steps.items()},
        "native join": native,
        "packages_mb": size / 1e6,
        **ratios,
    }
    (RESULTS / "census.json").write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
