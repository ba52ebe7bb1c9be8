"""The component check beside a plain read of the same file and beside QGIS's own algorithms.

    make bench BENCH=rules
    make bench BENCH="rules --components 630000 2000000 10110000"
    make bench BENCH="rules --city /data/city"

Every side runs through ``qgis_process`` on the same GeoPackage; the time an empty run takes
to start QGIS is taken off. Beside the clock stands the processor time (user and system), which
other work on the machine disturbs less. QGIS's own algorithms are run up to a million
components. Results go to ``benchmarks/results/rules.json``.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
QGIS = ROOT / ".venv" / "bin" / "qgis_process"
RESULTS = Path(__file__).parent / "results"
PER_KM2 = 10_500
MOST_FOR_NATIVES = 1_000_000
#: Unique key, code list, unit grid by location.
THREE = "C7,P2,P3"

READ = """
import sys
from qgis.core import QgsApplication, QgsVectorLayer
app = QgsApplication([], False)
app.initQgis()
from wangge.plugin.layers.columns import read_batches
from wangge.plugin.layers.source import LayerSource
layer = QgsVectorLayer(sys.argv[1], "component", "ogr")
if sys.argv[2:]:
    texts = sum(len(b.fields[name]) for b in read_batches(LayerSource(layer)) for name in b.fields)
    assert texts == layer.featureCount() * layer.fields().count()
"""


@dataclass(frozen=True)
class Cost:
    """What a process took: seconds on the clock, seconds of processors, peak memory."""

    seconds: float
    cpu: float
    peak_mib: float

    def beyond(self, start: Cost) -> Cost:
        """Return the cost without that of starting."""
        return Cost(self.seconds - start.seconds, self.cpu - start.cpu, self.peak_mib)


def cost_of(command: list[str], text: str = "") -> Cost:
    """Run a command and return its cost."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as said:
        given.write(text.encode())
        given.seek(0)
        began = time.perf_counter()
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT / ".dev"),
            "QT_QPA_PLATFORM": "offscreen",
        }
        process = subprocess.Popen(
            command, stdin=given, stdout=said, stderr=subprocess.STDOUT, env=environment
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - began
        if process.returncode:
            said.seek(0)
            raise SystemExit(said.read().decode(errors="replace"))
    return Cost(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def run(algorithm: str, **inputs) -> Cost:
    """Run one algorithm and return its cost."""
    return cost_of([str(QGIS), "--json", "run", algorithm, "-"], json.dumps({"inputs": inputs}))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--components", type=int, nargs="+", default=[630_000])
    parser.add_argument(
        "--city", type=Path, nargs="+", default=[], help="folders of sample cities already there"
    )
    arguments = parser.parse_args()
    report = []
    with tempfile.TemporaryDirectory(prefix="wangge-bench-") as temporary:
        folder = Path(temporary)
        start = run("wangge:list_rules", OUTPUT=str(folder / "rules.csv"))
        bare = cost_of(read_command("-"))
        print(f"starting QGIS takes {start.cpu:.1f} s of a processor (taken off)")
        cities = arguments.city or (sample(n, folder) for n in arguments.components)
        for city in cities:
            report.append(measure(city, folder, start, bare))
            if not arguments.city:
                (city / "city.gpkg").unlink()
    keep(report)


def keep(report: list[dict]) -> None:
    """Write the results beside those of other sizes."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / "rules.json"
    known = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
    sizes = {one["components"]: one for one in [*known, *report]}
    rows = [sizes[size] for size in sorted(sizes)]
    path.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


def sample(components: int, folder: Path) -> Path:
    """Make a sample city without errors, 100 cells a km²."""
    city = folder / f"city_{components}"
    run(
        "wangge:create_sample_city",
        FOLDER=str(city),
        AREA_KM2=components / PER_KM2,
        COMPONENTS=components,
        ERRORS=False,
    )
    return city


def read_command(source: str, *more: str) -> list[str]:
    return [str(ROOT / ".venv" / "bin" / "python"), "-P", "-c", READ, source, *more]


def count(city: Path) -> int:
    from osgeo import ogr

    dataset = ogr.Open(str(city / "city.gpkg"))  # the layer lives as long as it does
    return dataset.GetLayerByName("component").GetFeatureCount()


def measure(city: Path, folder: Path, start: Cost, bare: Cost) -> dict:
    """Measure all sides on one city and print them."""

    def layer(name: str) -> str:
        return f"{city / 'city.gpkg'}|layername={name}"

    def check(**more) -> Cost:
        cost = run(
            "wangge:check_components",
            INPUT=layer("component"),
            GRIDS=layer("unit_grid"),
            DEPARTMENTS=layer("department"),
            COMMUNITIES=layer("community"),
            FINDINGS=str(folder / "findings.gpkg"),
            **more,
        )
        return cost.beyond(start)

    rows = count(city)
    read = cost_of(read_command(layer("component"), "read")).beyond(bare)
    sides = {
        "plain read": read,
        "whole catalogue": check(),
        "its rules of QGIS's checks": check(RULES=THREE),
    }
    if rows <= MOST_FOR_NATIVES:
        native = {f"QGIS: {k}": c.beyond(start) for k, c in natives(layer, folder).items()}
        sides |= native
        sides["QGIS: all three"] = Cost(
            sum(c.seconds for c in native.values()),
            sum(c.cpu for c in native.values()),
            max(c.peak_mib for c in native.values()),
        )
    print(f"\n{rows:,} components     clock s  processor s  µs a row   peak MiB")
    for name, cost in sides.items():
        print(
            f"{name:28}{cost.seconds:8.1f}{cost.cpu:12.1f}{cost.cpu / rows * 1e6:11.2f}"
            f"{cost.peak_mib:11,.0f}",
            flush=True,
        )
    ratios = compared(sides)
    for name, ratio in ratios.items():
        print(f"{name} = {ratio:.1f}", flush=True)
    return {"components": rows, "sides": {n: asdict(c) for n, c in sides.items()}, **ratios}


def compared(sides: dict[str, Cost]) -> dict[str, float]:
    """Return the ratios of processor time that are asked for."""
    whole, three = sides["whole catalogue"].cpu, sides["its rules of QGIS's checks"].cpu
    ratios = {"whole catalogue / plain read (wanted at most 15)": whole / sides["plain read"].cpu}
    if "QGIS: all three" in sides:
        qgis = sides["QGIS: all three"].cpu
        ratios["QGIS's three / whole catalogue (wanted at least 10)"] = qgis / whole
        ratios["QGIS's three / the same three"] = qgis / three
    return ratios


def natives(layer, folder: Path) -> dict[str, Cost]:
    """Do three of the checks with QGIS's own algorithms."""
    return {
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


if __name__ == "__main__":
    main()
