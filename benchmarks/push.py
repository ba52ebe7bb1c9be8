"""Pushes and pulls of generated components beside ogr2ogr, in one run on one server.

    PYTHONPATH=.dev .venv/bin/python benchmarks/push.py [--rows 500000] [--repeat 3]

Both sides read the same GeoPackage, and end with the same keys and indexes. Besides the time on
the clock, the processor seconds of client and server together are measured: they hold on a busy
machine. Results go to ``benchmarks/results/push.json``.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psycopg2
import pyogrio
import shapely
from wangge.plugin.database.migrations import install
from wangge.plugin.database.pull import pull
from wangge.plugin.database.push import push
from wangge.plugin.rules.batch import Batch
from wangge.plugin.standards.layers import LAYERS

ROOT = Path(__file__).resolve().parent.parent
COMPONENT = LAYERS["component"]
DATES = ("first_date", "changed_date")


def generate(count: int) -> Batch:
    """Components of one district with all fields of the standard filled as a census fills them."""
    random = np.random.default_rng(0)

    def choice(*values):
        return np.array(values, object)[random.integers(0, len(values), count)]

    def texts(values):
        column = np.empty(count, object)
        column[:] = values
        return column

    classes = choice("01001", "01002", "02003", "03001")
    grids = texts([f"500112001{c:03d}{g:03d}" for c, g in random.integers(1, 300, (count, 2))])
    codes = [f"11500112{i:08d}9X" for i in range(40)]
    names = [f"渝北区城市管理局第{i}科" for i in range(40)]
    who = random.integers(0, 40, (3, count))
    fields = {
        "component_code": texts([f"500112{c}{i:06d}" for i, c in enumerate(classes)]),
        "component_name": choice("上水井盖", "路灯", "交通标志牌", "果皮箱"),
        "class_code": classes,
        "subclass_code": texts([None] * count),
    }
    for role, picks in zip(("authority", "owner", "maintainer"), who, strict=True):
        fields[f"{role}_code"] = np.array(codes, object)[picks]
        fields[f"{role}_name"] = np.array(names, object)[picks]
    fields |= {
        "grid_code": grids,
        "status": choice("完好", "破损", "丢失"),
        "first_date": np.datetime64("2020-01-01") + random.integers(0, 1000, count),
        "changed_date": np.datetime64("2024-01-01") + random.integers(0, 300, count),
        "source": choice("实测", "地形图"),
        "note": texts([f"备注 {i}" if i % 10 == 0 else None for i in range(count)]),
        "street_code": texts([g[:9] for g in grids]),
        "street_name": choice("龙溪街道", "双凤桥街道"),
        "community_code": texts([g[:12] for g in grids]),
        "community_name": choice("花卉园社区", "武陵路社区"),
        "uuid": texts([f"{i:08x}-0000-4000-8000-{i:012x}" for i in range(count)]),
        "standard": texts(["gbt47678_5_2026"] * count),
        "accuracy": choice("A", "B", "C"),
        "photo": texts([f"photos/{i}.jpg" for i in range(count)]),
        "surveyor": choice("张三", "李四", "王五"),
        "surveyed_at": np.datetime64("2024-01-01T08:00:00.000") + random.integers(0, 10**9, count),
    }
    shapes = shapely.points(random.random((count, 2)) * 20000 + (500000, 3270000))
    return Batch(fields, shapes, np.arange(1, count + 1), "EPSG:4547")


def write(batch: Batch, path: Path) -> None:
    path.unlink(missing_ok=True)
    names = list(batch.fields)
    pyogrio.raw.write(
        path,
        shapely.to_wkb(batch.geometry),
        [batch.fields[n] for n in names],
        np.array(names),
        field_mask=[batch.is_null(n) for n in names],
        geometry_type="Point",
        crs="EPSG:4547",
        layer="component",
        driver="GPKG",
    )


def read(path: Path, size: int = 65_536) -> Iterator[Batch]:
    """Batches of a file, as the plugin's reader of columns hands them over."""
    total = pyogrio.read_info(path)["features"]
    for start in range(0, total, size):
        meta, ids, shapes, values = pyogrio.raw.read(
            path, skip_features=start, max_features=size, return_fids=True
        )
        fields = dict(zip(meta["fields"].tolist(), values, strict=True))
        yield Batch(fields, shapely.from_wkb(shapes), ids, "EPSG:4547")


class Clock:
    """Seconds on the clock and of the processors, of this process, its children and the server."""

    def __init__(self, postmaster: int):
        self._postmaster = postmaster

    def _used(self) -> float:
        own = resource.getrusage(resource.RUSAGE_SELF)
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        server = Path(f"/proc/{self._postmaster}/stat").read_text().rsplit(")", 1)[1].split()
        ticks = sum(map(int, server[13:15])) / os.sysconf("SC_CLK_TCK")  # backends that ended
        return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime + ticks

    def measure(self, work) -> dict[str, float]:
        used, start = self._used(), time.perf_counter()
        work()
        seconds = time.perf_counter() - start
        time.sleep(0.3)  # until the server has buried its backend
        return {"seconds": seconds, "cpu": self._used() - used}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=500_000)
    parser.add_argument("--repeat", type=int, default=3)
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="wangge-bench-"))
    folder.chmod(0o755)
    cluster = ["bash", str(ROOT / "dev" / "cluster.sh")]
    done = subprocess.run([*cluster, "start", folder / "pg"], capture_output=True, text=True)
    url = done.stdout.strip()
    try:
        report = run(url, folder, arguments.rows, arguments.repeat)
    finally:
        subprocess.run([*cluster, "destroy", folder / "pg"], check=True)
        shutil.rmtree(folder)
    results = ROOT / "benchmarks" / "results"
    results.mkdir(exist_ok=True)
    (results / "push.json").write_text(json.dumps(report, indent=1))


def run(url: str, folder: Path, rows: int, repeat: int) -> dict:
    first, second = folder / "first.gpkg", folder / "second.gpkg"
    batch = generate(rows)
    write(batch, first)
    changed = np.random.default_rng(1).random(rows) < 0.01
    write(batch.with_fields(status=np.where(changed, "废弃", batch.fields["status"])), second)
    del batch
    dsn = psycopg2.extensions.parse_dsn(url)
    peer = f"PG:host={dsn['host']} port={dsn['port']} user=postgres dbname=wangge"
    postmaster = int((Path(dsn["host"]).parent / "data" / "postmaster.pid").read_text().split()[0])
    clock = Clock(postmaster)

    def ours(work):
        def run_() -> None:
            connection = psycopg2.connect(url)
            work(connection)
            connection.close()

        return run_

    def statement(text: str) -> None:
        connection = psycopg2.connect(url)
        connection.autocommit = True
        connection.cursor().execute(text)
        connection.close()

    def ogr_load(path: Path):
        def run_() -> None:
            options = ["-q", "-overwrite", "-nln", "peer.component", "-lco", "GEOMETRY_NAME=geom"]
            subprocess.run(
                [
                    "ogr2ogr",
                    "-f",
                    "PostgreSQL",
                    peer,
                    path,
                    "component",
                    *options,
                    "--config",
                    "PG_USE_COPY",
                    "YES",
                ],
                check=True,
                stderr=subprocess.DEVNULL,
            )
            statement(
                "CREATE UNIQUE INDEX ON peer.component (component_code); "
                "CREATE INDEX ON peer.component (grid_code); "
                "CREATE INDEX ON peer.component (community_code)"
            )

        return run_

    def ogr_export() -> None:
        out = folder / "out.gpkg"
        out.unlink(missing_ok=True)
        subprocess.run(
            ["ogr2ogr", "-q", "-f", "GPKG", out, peer, "peer.component"],
            check=True,
            stderr=subprocess.DEVNULL,
        )

    def push_file(path: Path):
        return ours(lambda c: push(c, "component", read(path), COMPONENT))

    def pull_all(connection) -> None:
        out = folder / "pulled.gpkg"
        out.unlink(missing_ok=True)
        for part in pull(connection, "component", COMPONENT):
            names = list(part.fields)
            pyogrio.raw.write(
                out,
                shapely.to_wkb(part.geometry),
                [part.fields[n] for n in names],
                np.array(names),
                field_mask=[part.is_null(n) for n in names],
                geometry_type="Point",
                crs="EPSG:4547",
                layer="component",
                driver="GPKG",
                append=out.exists(),
            )

    def pull_only(connection) -> None:
        for _ in pull(connection, "component", COMPONENT):
            pass

    statement("CREATE EXTENSION IF NOT EXISTS postgis; CREATE SCHEMA IF NOT EXISTS peer")
    report: dict[str, list] = {}
    for _ in range(repeat):
        statement("DROP SCHEMA IF EXISTS wangge CASCADE")
        connection = psycopg2.connect(url)
        install(connection, srid=4547)
        connection.close()
        steps = {
            "ogr2ogr, load": ogr_load(first),
            "push, first": push_file(first),
            "push, same again": push_file(first),
            "push, 1 % changed": push_file(second),
            "ogr2ogr, reload": ogr_load(second),
            "pull, columns": ours(pull_only),
            "pull, to GeoPackage": ours(pull_all),
            "ogr2ogr, export": ogr_export,
        }
        for name, work in steps.items():
            report.setdefault(name, []).append(clock.measure(work))
    best = {k: {m: min(r[m] for r in v) for m in ("seconds", "cpu")} for k, v in report.items()}
    print(f"{rows:,} rows, best of {repeat}\n{'':22}{'seconds':>10}{'CPU':>10}")
    for name, values in best.items():
        print(f"{name:22}{values['seconds']:10.1f}{values['cpu']:10.1f}")
    for name, one, other, limit in (
        ("first push / ogr2ogr load", "push, first", "ogr2ogr, load", 1.0),
        ("1 % changed / ogr2ogr reload", "push, 1 % changed", "ogr2ogr, reload", 0.5),
        ("pull / ogr2ogr export", "pull, to GeoPackage", "ogr2ogr, export", 1.0),
    ):
        ratios = {m: best[one][m] / best[other][m] for m in ("seconds", "cpu")}
        print(f"{name}: {ratios['seconds']:.2f} (CPU {ratios['cpu']:.2f}), wanted <= {limit}")
    return {"rows": rows, "best": best, "all": report}


if __name__ == "__main__":
    main()
