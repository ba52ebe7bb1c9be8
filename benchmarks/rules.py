"""The component check beside a plain read of the same file and beside QGIS's own algorithms.

Every side runs through ``qgis_process`` on the same GeoPackage; the time an empty run takes
to start QGIS is taken off.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
QGIS = ROOT / ".venv" / "bin" / "qgis_process"
RESULTS = Path(__file__).parent / "results"

READ = """
import sys, time
from qgis.core import QgsApplication, QgsVectorLayer
app = QgsApplication([], False)
app.initQgis()
from wangge.plugin.layers.columns import read_columns
from wangge.plugin.layers.source import LayerSource
layer = QgsVectorLayer(sys.argv[1], "component", "ogr")
began = time.perf_counter()
assert len(read_columns(LayerSource(layer))) == layer.featureCount()
print(time.perf_counter() - began)
"""


def run(algorithm: str, **inputs) -> dict[str, float]:
    """Run one algorithm and return its seconds on the clock and peak memory in MiB."""
    began = time.perf_counter()
    done = subprocess.run(
        ["/usr/bin/env", "time", "-v", str(QGIS), "--json", "run", algorithm, "-"]
        if Path("/usr/bin/time").exists()
        else [str(QGIS), "--json", "run", algorithm, "-"],
        input=json.dumps({"inputs": inputs}),
        capture_output=True,
        text=True,
        check=True,
    )
    seconds = time.perf_counter() - began
    peak = re.search(r"Maximum resident set size \(kbytes\): (\d+)", done.stderr)
    return {"seconds": seconds, "peak_mib": int(peak.group(1)) / 1024 if peak else 0.0}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--components", type=int, default=630_000)
    parser.add_argument("--area", type=float, default=60.0, help="km²; 100 cells each")
    parser.add_argument("--city", type=Path, help="folder of a sample city that is there already")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="wangge-bench-") as folder:
        measure(arguments, Path(folder))


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

    start = run("wangge:list_rules", OUTPUT=str(folder / "rules.csv"))["seconds"]
    read = subprocess.run(
        [ROOT / ".venv" / "bin" / "python", "-P", "-c", READ, layer("component")],
        env={"PYTHONPATH": str(ROOT / ".dev"), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    ours = run(
        "wangge:check_components",
        INPUT=layer("component"),
        GRIDS=layer("unit_grid"),
        DEPARTMENTS=layer("department"),
        COMMUNITIES=layer("community"),
        FINDINGS=str(folder / "findings.gpkg"),
    )
    natives = {
        "unique key": run(
            "native:removeduplicatesbyattribute",
            INPUT=layer("component"),
            FIELDS=["component_code"],
            OUTPUT=str(folder / "unique.gpkg"),
            DUPLICATES=str(folder / "duplicates.gpkg"),
        ),
        "code list": run(
            "native:extractbyexpression",
            INPUT=layer("component"),
            EXPRESSION="\"class_code\" NOT IN ('01001','01002','02001','03001')",
            OUTPUT=str(folder / "listed.gpkg"),
        ),
        "grid by location": run(
            "native:joinattributesbylocation",
            INPUT=layer("component"),
            JOIN=layer("unit_grid"),
            PREDICATE=[5],
            METHOD=0,
            OUTPUT=str(folder / "joined.gpkg"),
        ),
    }
    plain = float(read.stdout.split()[-1])
    check = ours["seconds"] - start
    native = sum(n["seconds"] - start for n in natives.values())
    report = {
        "components": arguments.components,
        "start": start,
        "plain read": plain,
        "whole catalogue": check,
        "peak_mib": ours["peak_mib"],
        "native": {k: n["seconds"] - start for k, n in natives.items()},
        "check / plain read": check / plain,
        "native three checks / check": native / check,
    }
    print(f"{arguments.components:,} components; starting QGIS takes {start:.1f} s (taken off)")
    print(f"plain read of all columns      {plain:8.1f} s")
    print(f"whole component catalogue      {check:8.1f} s   peak {ours['peak_mib']:.0f} MiB")
    for name, seconds in report["native"].items():
        print(f"QGIS alone, {name:18} {seconds:8.1f} s")
    print(f"check / plain read = {check / plain:.1f} (wanted at most 15)")
    print(f"QGIS's three checks / whole check = {native / check:.1f} (wanted at least 10)")
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "rules.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
