"""Opening a component form with 78,000 departments, beside the lookups that QGIS offers otherwise.

One window opens the same component with each kind of lookup in turns, so that all have the same
day. ``cpu`` is the time of this process alone, ``wall`` what its user waits on this machine.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import shapely
from qgis.core import (
    QgsApplication,
    QgsEditorWidgetSetup,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
    QgsVectorLayer,
    QgsVectorLayerUtils,
)
from qgis.gui import QgsAttributeForm, QgsGui
from qgis.PyQt import sip

from ..plugin.layers.container import write_container
from ..plugin.rules.batch import make_batch
from ..plugin.standards.layers import layer as layer_spec
from ..processing.census.create_census_project import CreateCensusProject
from .rules import RESULTS

LOOKUPS = ("authority_code", "owner_code", "maintainer_code")
CELL = 200.0


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--departments", type=int, default=78_000)
    parser.add_argument("--components", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=7)
    arguments = parser.parse_args()
    application = QgsApplication([], True)
    application.initQgis()
    QgsGui.editorWidgetRegistry().initEditors()
    with tempfile.TemporaryDirectory(prefix="wangge-bench-") as folder:
        measure(arguments, Path(folder))
        QgsProject.instance().clear()
    application.exitQgis()


def make_source(path: Path, departments: int, components: int) -> None:
    """Write a register, square cells and points that know both."""
    side = max(2, int(np.sqrt(components / 50)))
    x, y = (a.ravel() * CELL for a in np.meshgrid(np.arange(side), np.arange(side)))
    cells = [f"50010100{i // 999:04d}{i % 999 + 1:03d}" for i in range(side * side)]
    numbers = np.arange(components)
    codes = [f"500101{1001 + i % 70:05d}{i // 70 + 1:06d}" for i in numbers]
    places = np.random.default_rng(0).uniform(0, side * CELL, (components, 2))
    layers = {
        "department": make_batch(
            {
                "department_code": [f"{i:018d}" for i in range(departments)],
                "department_name": [f"江北区第{i}市政管理处" for i in range(departments)],
            }
        ),
        "unit_grid": make_batch({"grid_code": cells}, shapely.box(x, y, x + CELL, y + CELL)),
        "component": make_batch(
            {
                "component_code": codes,
                "class_code": [code[6:11] for code in codes],
                "authority_code": [f"{i % departments:018d}" for i in numbers],
            },
            shapely.points(places),
        ),
    }
    write_container(path, layers, {n: layer_spec(n) for n in layers}, "EPSG:4547")


def lookups(layer: QgsVectorLayer, register: QgsVectorLayer) -> dict[str, list]:
    """Return the inputs of the three department fields for each kind of lookup."""
    fields = layer.fields()
    own = [layer.editorWidgetSetup(fields.indexOf(name)) for name in LOOKUPS]
    relation = {"Layer": register.id(), "Key": "department_code", "Value": "department_name"}
    typed = QgsEditorWidgetSetup("ValueRelation", {**relation, "UseCompleter": True})
    listed = QgsEditorWidgetSetup("ValueRelation", {**relation, "OrderByValue": True})
    return {
        "Wangge": own,
        "value relation with completer": [typed] * len(own),
        "value relation as a list": [listed] * len(own),
        "plain text": [QgsEditorWidgetSetup("TextEdit", {})] * len(own),
    }


def open_form(layer: QgsVectorLayer, feature) -> tuple[float, float]:
    """Open a form until it is drawn; return milliseconds on the clock and of this process."""
    wall, cpu = time.perf_counter(), time.process_time()
    form = QgsAttributeForm(layer, feature)
    form.resize(640, 720)
    form.show()
    QgsApplication.processEvents()
    taken = (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000
    form.close()
    sip.delete(form)
    return taken


def measure(arguments, folder: Path) -> None:
    source = folder / "source.gpkg"
    make_source(source, arguments.departments, arguments.components)
    inputs = {
        name: f"{source}|layername={table}"
        for name, table in {
            "GRIDS": "unit_grid",
            "DEPARTMENTS": "department",
            "COMPONENTS": "component",
        }.items()
    }
    results, done = (
        CreateCensusProject()
        .create()
        .run(
            {"FOLDER": str(folder / "census"), **inputs},
            QgsProcessingContext(),
            QgsProcessingFeedback(),
            {},
            False,
        )
    )
    assert done
    project = QgsProject.instance()
    assert project.read(results["PROJECT"])
    layers = list(project.mapLayers().values())
    layer = next(one for one in layers if one.source().endswith("geometrytype=Point"))
    register = next(one for one in layers if one.source().endswith("layername=department"))
    layer.startEditing()
    feature = next(layer.getFeatures())
    kinds = lookups(layer, register)
    taken: dict[str, list[tuple[float, float]]] = {kind: [] for kind in kinds}
    for _ in range(arguments.rounds + 1):
        for kind, setups in kinds.items():
            for name, setup in zip(LOOKUPS, setups, strict=True):
                layer.setEditorWidgetSetup(layer.fields().indexOf(name), setup)
            taken[kind].append(open_form(layer, feature))
    report = {
        "departments": arguments.departments,
        "components": arguments.components,
        "load": os.getloadavg()[0],
        "new_component_ms": new_component(layer),
        # The first round loads libraries; it counts for nobody.
        "open_ms": {
            kind: {
                "wall": round(statistics.median(w for w, _ in rounds[1:])),
                "cpu": round(statistics.median(c for _, c in rounds[1:])),
            }
            for kind, rounds in taken.items()
        },
    }
    print(f"{'form with':32}{'wall ms':>9}{'cpu ms':>9}")
    for kind, figures in report["open_ms"].items():
        print(f"{kind:32}{figures['wall']:>9}{figures['cpu']:>9}")
    print(f"{'a new component filled':32}{report['new_component_ms']:>9}")
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "forms.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


def new_component(layer: QgsVectorLayer) -> int:
    """Return the milliseconds until a click has its grid, code and everything else."""
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    given = {layer.fields().indexOf("class_code"): "01010"}
    rounds = []
    for step in range(7):
        place = QgsGeometry.fromWkt(f"POINT({50 + step} 50)")
        began = time.perf_counter()
        QgsVectorLayerUtils.createFeature(layer, place, given, context)
        rounds.append((time.perf_counter() - began) * 1000)
    return round(statistics.median(rounds))


if __name__ == "__main__":
    main()
