"""A whole city pushed at once: is the time linear, the memory bounded, and can others still read?

    make bench BENCH=scale
    PYTHONPATH=.dev .venv/bin/python -P -m wangge.benchmarks.scale --rows 10110000 --rules

With ``--rules`` every row is checked on its way, beside twenty thousand unit grids and a register
of departments, as the algorithm does. Rows are made in memory, district by district, so that
nothing but the push is measured. While it runs, a reader asks for a row of the layer five times
a second and its longest wait is noted. Results go to ``benchmarks/results/scale.json``, with
rules to ``scale_rules.json``.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psycopg2
import shapely
from wangge.plugin.database.known import Checking
from wangge.plugin.database.migrations import install
from wangge.plugin.database.push import push
from wangge.plugin.database.stamps import stamp_of
from wangge.plugin.rules.batch import Batch
from wangge.plugin.rules.catalogue import rules_for
from wangge.plugin.rules.context import CheckContext
from wangge.plugin.rules.encoded import Encoded, LazyFields
from wangge.plugin.rules.engine import Check
from wangge.plugin.rules.references import Areas, Departments
from wangge.plugin.rules.rule import Subject
from wangge.plugin.standards.layers import LAYERS

ROOT = Path(__file__).resolve().parent.parent
DISTRICTS = 41
BATCH = 65_536
CELL = 500  # rows of a unit grid, which is a square of 100 m
WIDE = 40  # unit grids beside each other in a district
AUTHORITY = ("11500112009999999W", "渝北区城市管理局")


def components(total: int, changed: bool) -> Iterator[Batch]:
    """Yield points with all fields filled; when ``changed``, every hundredth row differs."""
    random = np.random.default_rng(0)
    share = -(-total // DISTRICTS)
    made = 0
    for number in range(DISTRICTS):
        for start in range(0, min(share, total - made), BATCH):
            count = min(BATCH, share - start, total - made)
            yield _district(f"{500101 + number}", start, count, changed, random)
            made += count


def _district(district: str, start: int, count: int, changed: bool, random) -> Batch:
    numbers = np.arange(start, start + count)
    texts = {
        "component_code": [
            f"{district}{1001 + i // 900_000:05d}{i % 900_000 + 1:06d}" for i in numbers
        ],
        "component_name": ["上水井盖"] * count,
        "class_code": ["01001"] * count,
        "authority_code": [AUTHORITY[0]] * count,
        "authority_name": [AUTHORITY[1]] * count,
        "owner_code": [AUTHORITY[0]] * count,
        "owner_name": [AUTHORITY[1]] * count,
        "grid_code": [grid_code(district, i // CELL) for i in numbers],
        "status": ["破损" if changed and i % 100 == 0 else "完好" for i in numbers],
        "source": ["实测"] * count,
        "note": [f"备注 {i}" if i % 10 == 0 else "" for i in numbers],
        "street_code": [f"{district}001"] * count,
        "street_name": ["龙溪街道"] * count,
        "community_code": [grid_code(district, i // CELL)[:12] for i in numbers],
        "community_name": ["花卉园社区"] * count,
        "uuid": [f"{int(district):08x}-0000-4000-8000-{i:012x}" for i in numbers],
        "standard": ["gbt47678_5_2026"] * count,
        "accuracy": ["A"] * count,
        "photo": [f"photos/{district}-{i}.jpg" for i in numbers],
        "surveyor": ["张三"] * count,
    }
    fields: dict[str, np.ndarray | Encoded] = {
        name: Encoded(np.array([t.encode() for t in values], "S")) for name, values in texts.items()
    }
    fields["first_date"] = np.full(count, np.datetime64("2024-02-29"))
    fields["surveyed_at"] = np.full(count, np.datetime64("2024-05-06T07:08:09.123"))
    # The same places each time: they come of the row's own number.
    x, y = corner(district, numbers // CELL)
    x, y = x + numbers % CELL % 25 * 4 + 1.125, y + numbers % CELL // 25 * 5 + 1.375
    return Batch(LazyFields(fields), shapely.points(x, y), numbers + 1, "EPSG:4547")


def grid_code(district: str, cell: int) -> str:
    return f"{district}001{cell // 900 + 1:03d}{cell % 900 + 1:03d}"


def corner(district: str, cell) -> tuple:
    return 500_000.0 + cell % WIDE * 100, 3_000_000.0 + cell // WIDE * 100 + int(
        district
    ) % 100 * 8_000


def context(rows: int) -> CheckContext:
    """Return what the rows are compared with."""
    cells = math.ceil(math.ceil(rows / DISTRICTS) / CELL)
    places = [(f"{500101 + n}", c) for n in range(DISTRICTS) for c in range(cells)]
    corners = np.array([corner(*place) for place in places])
    boxes = shapely.box(*corners.T, *(corners + 100).T)
    codes = np.array([grid_code(*place) for place in places], object)
    return CheckContext(
        LAYERS["component"],
        for_push=True,
        project_crs="EPSG:4547",
        grids=Areas(boxes, codes=codes),
        departments=Departments(
            *(np.array([text], object) for text in AUTHORITY),
        ),
        expected_rows=rows,
    )


class Reader(threading.Thread):
    """Looks for a row again and again and notes how long the longest look took."""

    def __init__(self, url: str):
        super().__init__(daemon=True)
        self._url = url
        self._done = threading.Event()
        self.longest = 0.0
        self.looks = 0

    def run(self) -> None:
        connection = psycopg2.connect(self._url)
        connection.autocommit = True
        cursor = connection.cursor()
        while not self._done.wait(0.2):
            start = time.perf_counter()
            cursor.execute("SELECT * FROM wangge.component LIMIT 1")
            cursor.fetchall()
            self.longest = max(self.longest, time.perf_counter() - start)
            self.looks += 1
        connection.close()

    def stop(self) -> None:
        self._done.set()
        self.join()


def checking_of(rows: int) -> tuple[Checking, Check]:
    """Return a check of the rows as they are pushed."""
    compared, rules = context(rows), rules_for(Subject.COMPONENT)
    check = Check(Subject.COMPONENT, compared, rules=rules)
    return Checking(
        stamp_of(compared, rules),
        compared.today,
        lambda batch, known: check.feed(batch, known=known),
        lambda: check.is_about_rows,
    ), check


def measure(url: str, rows: int, changed: bool, with_rules: bool) -> dict:
    reader = Reader(url)
    reader.start()
    connection = psycopg2.connect(url)
    making = 0.0

    def batches() -> Iterator[Batch]:
        nonlocal making
        source = components(rows, changed)
        while True:
            start = time.process_time()
            batch = next(source, None)
            making += time.process_time() - start
            if batch is None:
                return
            yield batch

    found: list = []
    checking, check = checking_of(rows) if with_rules else (None, None)

    start, used = time.perf_counter(), time.process_time()
    result = push(
        connection,
        "component",
        batches(),
        LAYERS["component"],
        checking=checking,
        verify=(lambda: found.append(check.finish())) if check else None,
    )
    seconds, cpu = time.perf_counter() - start - making, time.process_time() - used - making
    connection.close()
    reader.stop()
    return {
        "rows": rows,
        "changed": result.changes,
        "findings": {run.rule.id: run.count for r in found for run in r.ran if run.count},
        "known": result.known,
        "seconds": seconds,
        "client_cpu": cpu,
        "seconds_per_million": seconds / rows * 1e6,
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "longest_look_of_a_reader": reader.longest,
        "looks": reader.looks,
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rules", action="store_true", help="check every row on its way")
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="wangge-bench-"))
    folder.chmod(0o755)
    cluster = ["bash", str(ROOT / "dev" / "cluster.sh")]
    done = subprocess.run([*cluster, "start", folder / "pg"], capture_output=True, text=True)
    url = done.stdout.strip()
    report = []
    try:
        for rows in (arguments.rows // 4, arguments.rows):
            connection = psycopg2.connect(url)
            connection.cursor().execute("DROP SCHEMA IF EXISTS wangge CASCADE")
            connection.commit()
            install(connection, srid=4547)
            connection.close()
            for name, changed in (("first", False), ("1 % changed", True)):
                report.append({"push": name, **measure(url, rows, changed, arguments.rules)})
                one = report[-1]
                print(
                    f"{rows:>12,} rows, {name:12} {one['seconds']:8.1f} s"
                    f"{one['seconds_per_million']:8.1f} s a million, "
                    f"peak {one['peak_mib']:6,.0f} MiB, longest look of a reader "
                    f"{one['longest_look_of_a_reader'] * 1000:.0f} ms",
                    flush=True,
                )
    finally:
        subprocess.run([*cluster, "destroy", folder / "pg"], check=True)
        shutil.rmtree(folder)
    results = ROOT / "benchmarks" / "results"
    results.mkdir(exist_ok=True)
    name = "scale_rules.json" if arguments.rules else "scale.json"
    (results / name).write_text(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
