"""Write the demo's project: the town's layers and the results over them, styled."""

import importlib.util
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parent.parent
spec = importlib.util.spec_from_file_location(
    "wangge", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
)
sys.modules["wangge"] = importlib.util.module_from_spec(spec)

from qgis.core import QgsApplication  # noqa: E402
from wangge.plugin.layers.projects import ProjectLayer, write_project  # noqa: E402


def main():
    project, city, cells, components, risks = map(Path, sys.argv[1:])
    application = QgsApplication([], False)
    application.initQgis()
    findings = cells.parent / "grid_findings.gpkg"
    layers = [
        *(ProjectLayer(n, city, n) for n in ("community", "street", "building", "water")),
        *(ProjectLayer(n, city, n) for n in ("department", "address", "case")),
        ProjectLayer("unit_grid", cells, cells.stem),
        ProjectLayer("component", components, components.stem),
        ProjectLayer("risk", risks, risks.stem),
        ProjectLayer("finding", findings, findings.stem),
    ]
    write_project(project, layers, "EPSG:4545", title="Wangge")
    application.exitQgis()


if __name__ == "__main__":
    main()
