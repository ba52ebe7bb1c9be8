"""The main job on a generated town, headless: from streets to the platform database.

Every step is an algorithm run through ``qgis_process``, as a scheduler would run it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / ".demo"
QGIS = ROOT / ".venv" / "bin" / "qgis_process"
CLUSTER = ROOT / "dev" / "cluster.sh"
CITY = DEMO / "city" / "city.gpkg"
RESULTS = DEMO / "results"
SRID = 4545


class Failed(Exception):  # noqa: N818 - it is told, not raised further
    """A step that did not end well, with the sentence it gave."""


def layer(name: str) -> str:
    return f"{CITY}|layername={name}"


def run(algorithm: str, **inputs) -> dict:
    """Run one algorithm and return its results."""
    done = subprocess.run(
        [str(QGIS), "--json", "run", f"wangge:{algorithm}", "-"],
        input=json.dumps({"inputs": inputs}),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        raise Failed(f"{algorithm}: {lines[-1] if lines else 'no message'}")
    text = done.stdout
    return json.loads(text[text.index("{") :])["results"]


class Clock:
    """Steps and their wall times."""

    def __init__(self):
        self.rows: list[tuple[str, float, str]] = []
        self.findings = 0

    def step(self, title: str, algorithm: str, told: str = "", **inputs) -> dict:
        print(f"  {title} …", end="", flush=True)
        started = time.perf_counter()
        results = run(algorithm, **inputs)
        if algorithm.startswith("check_"):
            self.findings += results["ERROR_COUNT"] + results["WARNING_COUNT"]
        seconds = time.perf_counter() - started
        shown = told.format(**results)
        print(f" {seconds:.1f} s  {shown}", flush=True)
        self.rows.append((title, seconds, shown))
        return results


def start_cluster() -> str:
    """Start the private PostGIS cluster and return the connection's name."""
    folder = DEMO / "cluster"
    started = subprocess.run([str(CLUSTER), "start", str(folder)], capture_output=True, text=True)
    if started.returncode:
        raise Failed(started.stderr.strip().splitlines()[-1])
    service = subprocess.run(
        [str(CLUSTER), "service", str(folder)], capture_output=True, text=True, check=True
    )
    os.environ["PGSERVICEFILE"] = service.stdout.strip()
    return "service=wangge"


def main() -> None:
    RESULTS.mkdir(parents=True, exist_ok=True)
    clock = Clock()
    began = time.perf_counter()
    print("Wangge demo: from streets to the platform database")
    connection = start_cluster()

    clock.step(
        "sample city",
        "create_sample_city",
        "{COMMUNITY_COUNT} communities, {COMPONENT_COUNT} components",
        FOLDER=str(DEMO / "city"),
        ERRORS=False,
    )
    cells = RESULTS / "unit_grid.gpkg"
    cut = clock.step(
        "partition",
        "partition_unit_grids",
        "{CELL_COUNT} cells, {SHARE_WITHIN_25:.1%} within ±25 %, compactness {COMPACTNESS:.2f}",
        COMMUNITIES=layer("community"),
        BARRIERS=[layer("street"), layer("water")],
        BUILDINGS=layer("building"),
        RANK_FIELD="rank",
        OUTPUT=str(RESULTS / "cut.gpkg"),
        EXCEPTIONS=str(RESULTS / "exceptions.gpkg"),
        SCORECARD=str(RESULTS / "scorecard.html"),
        SCORECARD_JSON=str(RESULTS / "scorecard.json"),
    )
    clock.step(
        "number",
        "number_unit_grids",
        "{KEPT} kept, {NUMBERED} new",
        INPUT=str(RESULTS / "cut.gpkg"),
        COMMUNITIES=layer("community"),
        OUTPUT=str(cells),
    )
    clock.step(
        "check unit grids",
        "check_unit_grids",
        "{ERROR_COUNT} errors, {WARNING_COUNT} warnings",
        INPUT=str(cells),
        COMMUNITIES=layer("community"),
        FINDINGS=str(RESULTS / "grid_findings.gpkg"),
        REPORT=str(RESULTS / "grids.html"),
        REPORT_JSON=str(RESULTS / "grids.json"),
    )
    survey = clock.step(
        "import components",
        "import_components",
        "{ACCEPTED_COUNT} accepted, {REJECTED_COUNT} rejected",
        INPUT=layer("survey"),
        OUTPUT=str(RESULTS / "imported.gpkg"),
        REJECTED=str(RESULTS / "rejected.gpkg"),
        REPORT=str(RESULTS / "import.json"),
    )
    clock.step(
        "assign",
        "assign_unit_grids",
        "{ASSIGNED} in a cell, {OUTSIDE} outside",
        INPUT=str(RESULTS / "imported.gpkg"),
        GRIDS=str(cells),
        COMMUNITIES=layer("community"),
        OUTPUT=str(RESULTS / "assigned.gpkg"),
    )
    components = RESULTS / "component.gpkg"
    clock.step(
        "number components",
        "number_components",
        "{KEPT} kept, {NUMBERED} new",
        INPUT=str(RESULTS / "assigned.gpkg"),
        OUTPUT=str(components),
    )
    clock.step(
        "check components",
        "check_components",
        "{ERROR_COUNT} errors, {WARNING_COUNT} warnings",
        INPUT=str(components),
        GRIDS=str(cells),
        DEPARTMENTS=layer("department"),
        COMMUNITIES=layer("community"),
        FINDINGS=str(RESULTS / "component_findings.gpkg"),
        REPORT=str(RESULTS / "components.html"),
        REPORT_JSON=str(RESULTS / "components.json"),
    )
    # The town's risks lie in its hand-drawn cells; ours are others.
    clock.step(
        "assign risks",
        "assign_unit_grids",
        "{ASSIGNED} in a cell",
        INPUT=layer("risk"),
        GRIDS=str(cells),
        OUTPUT=str(RESULTS / "risk_assigned.gpkg"),
    )
    risks = RESULTS / "risk.gpkg"
    clock.step(
        "score risks",
        "score_risks",
        "{RED} red, {ORANGE} orange, {YELLOW} yellow, {BLUE} blue",
        INPUT=str(RESULTS / "risk_assigned.gpkg"),
        OUTPUT=str(risks),
    )
    clock.step(
        "check risks",
        "check_risks",
        "{ERROR_COUNT} errors, {WARNING_COUNT} warnings",
        INPUT=str(risks),
        GRIDS=str(cells),
        FINDINGS=str(RESULTS / "risk_findings.gpkg"),
        REPORT=str(RESULTS / "risks.html"),
    )
    clock.step(
        "install platform",
        "install_platform",
        "version {VERSION}, EPSG:{SRID}",
        CONNECTION=connection,
        SRID=SRID,
    )
    pushed = 0
    for kind, source in (
        ("department", layer("department")),
        ("community", layer("community")),
        ("unit_grid", str(cells)),
        ("address", layer("address")),
        ("component", str(components)),
        ("risk", str(risks)),
    ):
        done = clock.step(
            f"push {kind}",
            "push_to_platform",
            "{INSERTED} added, {UPDATED} changed, {UNCHANGED} the same, {DELETED} removed",
            CONNECTION=connection,
            KIND=kind,
            INPUT=source,
            DELETE_MISSING=True,
            REPORT_JSON=str(RESULTS / f"push_{kind}.json"),
        )
        pushed += done["INSERTED"] + done["UPDATED"] + done["UNCHANGED"]
    clock.step(
        "exchange package",
        "export_exchange_package",
        "{CATEGORY_COUNT} categories, {ROW_COUNT} rows",
        CONNECTION=connection,
        CASES=layer("case"),
        FOLDER=str(DEMO / "exchange"),
    )
    project = make_project(cells, components, risks)
    print(
        f"\nDone in {time.perf_counter() - began:.0f} s.\n"
        f"  cells            {cut['CELL_COUNT']}\n"
        f"  components       {survey['ACCEPTED_COUNT']}\n"
        f"  findings         {clock.findings}\n"
        f"  rows in PostGIS  {pushed}\n"
        f"  results          {RESULTS}\n"
        f"  project          {project}   (make demo-gui opens it)\n"
        f"  reports          {RESULTS / 'scorecard.html'}, grids.html, components.html, risks.html\n"
        f"  database         PGSERVICEFILE={os.environ['PGSERVICEFILE']} psql service=wangge"
    )
    rows = [{"step": t, "seconds": round(s, 2), "result": r} for t, s, r in clock.rows]
    (RESULTS / "times.json").write_text(json.dumps(rows, indent=1), encoding="utf-8")


def make_project(cells: Path, components: Path, risks: Path) -> Path:
    """Write the project that shows the results."""
    project = DEMO / "wangge-demo.qgz"
    done = subprocess.run(
        [sys.executable, str(ROOT / "dev" / "demo_project.py"), str(project), str(CITY),
         str(cells), str(components), str(risks)],
        capture_output=True, text=True, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    if done.returncode:
        raise Failed(done.stderr.strip().splitlines()[-1])
    return project


if __name__ == "__main__":
    try:
        main()
    except Failed as failure:
        print(f"\nThe demo stopped: {failure}", file=sys.stderr)
        sys.exit(1)
