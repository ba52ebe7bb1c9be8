"""Pushes and pulls of checked components beside ogr2ogr and beside a bare COPY, on one server.

    make bench BENCH=push

All sides read the same GeoPackage of a generated city and end with the same keys and indexes.
Ours runs as users run it, as algorithms in a QGIS process (what QGIS takes to start is left
out), with all rules; the push without rules shows their share. Besides the time on the clock,
the processor seconds of client and server together are measured: they hold on a busy machine.
Results go to ``benchmarks/results/push.json``.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psycopg2

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROOT = Path(__file__).resolve().parent.parent
INDEXES = """
CREATE UNIQUE INDEX ON peer.{table} (component_code);
CREATE INDEX ON peer.{table} (grid_code);
CREATE INDEX ON peer.{table} (community_code);
"""
WANTED = (
    ("first push, with rules / ogr2ogr load without", "push, first", "ogr2ogr, load", 1.0),
    ("first push, rules left out / ogr2ogr load", "push, first, no rules", "ogr2ogr, load", 1.0),
    ("first push, with rules / bare COPY and indexes", "push, first", "COPY and indexes", 2.0),
    ("1 % changed, with rules / ogr2ogr reload", "push, 1 % changed", "ogr2ogr, reload", 0.5),
    (
        "1 % changed, rules left out / ogr2ogr reload",
        "push, 1 % changed, no rules",
        "ogr2ogr, reload",
        0.5,
    ),
    ("pull / ogr2ogr export", "pull", "ogr2ogr, export", 1.0),
)


class Clock:
    """Seconds on the clock and of the processors, of this process, its children and the server."""

    def __init__(self, socket: Path):
        self._postmaster = int((socket.parent / "data" / "postmaster.pid").read_text().split()[0])

    def _used(self) -> float:
        own = resource.getrusage(resource.RUSAGE_SELF)
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        server = Path(f"/proc/{self._postmaster}/stat").read_text().rsplit(")", 1)[1].split()
        ticks = sum(map(int, server[13:15])) / os.sysconf("SC_CLK_TCK")  # backends that ended
        return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime + ticks

    def measure(self, work: Callable[[], None]) -> dict[str, float]:
        used, start = self._used(), time.perf_counter()
        work()
        seconds = time.perf_counter() - start
        time.sleep(0.4)  # until the server has buried its backend
        return {"seconds": seconds, "cpu": self._used() - used}


class Algorithms:
    """The plugin's algorithms, run in this process."""

    def __init__(self):
        from qgis.core import QgsApplication
        from wangge.processing.provider import WanggeProvider

        self._application = QgsApplication([], False)
        self._application.initQgis()
        self._provider = WanggeProvider()
        QgsApplication.processingRegistry().addProvider(self._provider)

    def run(self, name: str, **parameters) -> dict:
        from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProject

        context = QgsProcessingContext()
        context.setProject(QgsProject.instance())
        algorithm = self._provider.algorithm(name)
        results, ok = algorithm.run(parameters, context, QgsProcessingFeedback(False), {}, False)
        assert ok, name
        return results


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=500_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--city", type=Path, help="folder of a sample city that is there already")
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="wangge-bench-"))
    folder.chmod(0o755)
    cluster = ["bash", str(ROOT / "dev" / "cluster.sh")]

    def ask(verb: str) -> str:
        done = subprocess.run([*cluster, verb, folder / "pg"], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    try:
        url = ask("start")
        os.environ["PGSERVICEFILE"] = ask("service")
        report = run(url, folder, arguments)
    finally:
        subprocess.run([*cluster, "destroy", folder / "pg"], check=True)
        shutil.rmtree(folder)
    results = ROOT / "benchmarks" / "results"
    results.mkdir(exist_ok=True)
    (results / "push.json").write_text(json.dumps(report, indent=1))


def prepare(algorithms: Algorithms, folder: Path, arguments) -> tuple[Path, Path]:
    """Return two files of the same city; in the second, one component in a hundred differs."""
    city = arguments.city
    if city is None:
        city = folder / "city"
        area = max(12, arguments.rows // 25_000)
        algorithms.run(
            "create_sample_city",
            FOLDER=str(city),
            AREA_KM2=area,
            COMPONENTS=arguments.rows,
            ERRORS=False,
        )
    from osgeo import gdal

    gdal.UseExceptions()
    first, second = city / "city.gpkg", folder / "changed.gpkg"
    shutil.copy(first, second)
    dataset = gdal.OpenEx(str(second), gdal.OF_VECTOR | gdal.OF_UPDATE)
    dataset.ExecuteSQL("UPDATE component SET note = '改' WHERE fid % 100 = 0")
    del dataset
    return first, second


def srid_of(path: Path) -> int:
    """Return the city's coordinate system: nobody has to reproject."""
    from qgis.core import QgsVectorLayer

    return QgsVectorLayer(f"{path}|layername=component", "component", "ogr").crs().postgisSrid()


def run(url: str, folder: Path, arguments) -> dict:
    algorithms = Algorithms()
    first, second = prepare(algorithms, folder, arguments)
    srid = srid_of(first)
    dsn = psycopg2.extensions.parse_dsn(url)
    peer = f"PG:host={dsn['host']} port={dsn['port']} user=postgres dbname=wangge"
    clock = Clock(Path(dsn["host"]))

    def statement(text: str) -> None:
        connection = psycopg2.connect(url)
        connection.autocommit = True
        connection.cursor().execute(text)
        connection.close()

    def ogr2ogr(*options) -> None:
        subprocess.run(["ogr2ogr", "-q", *options], check=True, stderr=subprocess.DEVNULL)

    def ogr_load(path: Path) -> Callable[[], None]:
        def work() -> None:
            layer = ["-overwrite", "-nln", "peer.component", "-lco", "GEOMETRY_NAME=geom"]
            copy = ["--config", "PG_USE_COPY", "YES"]
            ogr2ogr("-f", "PostgreSQL", peer, path, "component", *layer, *copy)
            statement(INDEXES.format(table="component"))

        return work

    def ogr_export() -> None:
        out = folder / "out.gpkg"
        out.unlink(missing_ok=True)
        ogr2ogr("-f", "GPKG", out, peer, "peer.component")

    def install() -> None:
        statement("DROP SCHEMA IF EXISTS wangge CASCADE")
        algorithms.run("install_platform", CONNECTION="service=wangge", SRID=srid)
        for kind in ("department", "community", "unit_grid"):
            push(first, kind)()

    def push(path: Path, kind: str = "component") -> Callable[[], None]:
        layer = f"{path}|layername={kind}"
        return lambda: algorithms.run(
            "push_to_platform", CONNECTION="service=wangge", KIND=kind, INPUT=layer
        )

    def push_without_rules(path: Path) -> Callable[[], None]:
        from qgis.core import QgsVectorLayer
        from wangge.plugin.database.push import push as push_rows
        from wangge.plugin.layers.columns import read_batches
        from wangge.plugin.layers.source import LayerSource
        from wangge.plugin.rules.encoded import pick_fields
        from wangge.plugin.standards.layers import LAYERS

        def rows():
            layer = QgsVectorLayer(f"{path}|layername=component", "component", "ogr")
            for batch in read_batches(LayerSource(layer)):
                names = [n for n in batch.fields if n != "fid"]
                yield type(batch)(
                    pick_fields(batch.fields, names),
                    batch.geometry,
                    batch.ids,
                    batch.crs,
                    batch.nulls,
                )

        def work() -> None:
            connection = psycopg2.connect(url)
            push_rows(connection, "component", rows(), LAYERS["component"])
            connection.close()

        return work

    def pull() -> None:
        out = folder / "pulled.gpkg"
        out.unlink(missing_ok=True)
        algorithms.run(
            "pull_from_platform", CONNECTION="service=wangge", KIND="component", OUTPUT=str(out)
        )

    def bare_copy() -> Callable[[], None]:
        statement("DROP TABLE IF EXISTS peer.bare; CREATE TABLE peer.bare (LIKE wangge.component)")
        stream = io.BytesIO()
        connection = psycopg2.connect(url)
        connection.cursor().copy_expert(
            "COPY (SELECT * FROM wangge.component) TO STDOUT (FORMAT binary)", stream, 1 << 20
        )
        connection.close()

        def work() -> None:
            connection = psycopg2.connect(url)
            cursor = connection.cursor()
            stream.seek(0)
            cursor.copy_expert("COPY peer.bare FROM STDIN (FORMAT binary)", stream, 1 << 20)
            cursor.execute(INDEXES.format(table="bare"))
            cursor.execute("CREATE INDEX ON peer.bare (batch_id)")
            cursor.execute("CREATE INDEX ON peer.bare USING gist (geom)")
            connection.commit()
            connection.close()

        return work

    statement("CREATE EXTENSION IF NOT EXISTS postgis; CREATE SCHEMA IF NOT EXISTS peer")
    report: dict[str, list] = {}

    def measure(name: str, work: Callable[[], None]) -> None:
        report.setdefault(name, []).append(clock.measure(work))
        taken = report[name][-1]
        print(f"{name:30}{taken['seconds']:9.1f} s{taken['cpu']:9.1f} CPU s", flush=True)

    for _ in range(arguments.repeat):
        measure("ogr2ogr, load", ogr_load(first))
        install()
        measure("push, first", push(first))
        measure("push, same again", push(first))
        measure("push, 1 % changed", push(second))
        measure("push, 1 % changed, no rules", push_without_rules(first))
        measure("ogr2ogr, reload", ogr_load(second))
        measure("pull", pull)
        measure("ogr2ogr, export", ogr_export)
        measure("COPY and indexes", bare_copy())
        install()
        measure("push, first, no rules", push_without_rules(first))
    best = {k: {m: min(r[m] for r in v) for m in ("seconds", "cpu")} for k, v in report.items()}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\n{arguments.rows:,} rows, best of {arguments.repeat}; client's peak {peak:,.0f} MiB")
    ratios = {}
    for name, one, other, limit in WANTED:
        ratio = {m: best[one][m] / best[other][m] for m in ("seconds", "cpu")}
        ratios[name] = {**ratio, "wanted": limit}
        print(f"{name:48} {ratio['seconds']:.2f} (CPU {ratio['cpu']:.2f}), wanted <= {limit}")
    return {
        "rows": arguments.rows,
        "peak_mib": peak,
        "best": best,
        "ratios": ratios,
        "all": report,
    }


if __name__ == "__main__":
    sys.exit(main())
