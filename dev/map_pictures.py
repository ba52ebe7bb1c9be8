"""Pictures of the one map: each theme on the wall, a page of A3, the search around a click.

Run by ``make screenshots`` in a window of its own, on a sample city.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
THEMES = ("supervision", "operation", "facilities", "risks")
SCENES = (*(f"one_map_{theme}" for theme in THEMES), "one_map_a3", "facilities")
_WIDTH = 1280


def prepare(_folder: Path) -> dict[str, str]:
    """Nothing: the town is made in the window, with names in its language."""
    return {}


# -- inside QGIS ---------------------------------------------------------------------------------


def steps(arguments, watch):
    from qgis.core import QgsLayoutExporter, QgsProject
    from qgis.PyQt.QtCore import QPoint, Qt
    from qgis.PyQt.QtGui import QPixmap
    from qgis.PyQt.QtTest import QTest
    from qgis.PyQt.QtWidgets import QAction, QDockWidget
    from qgis.utils import iface, plugins

    sys.path.insert(0, str(ROOT / "dev"))
    from screenshots import Camera

    camera = Camera(arguments["images"], arguments["wanted"])
    window, canvas = iface.mainWindow(), iface.mapCanvas()
    shell = plugins["wangge"]._shell
    folder = Path(tempfile.mkdtemp(prefix="wangge-one-map-"))

    def still():
        return not canvas.isDrawing() and not shell.runner.is_busy()

    window.findChild(QDockWidget, "Browser").hide()
    given = {"FOLDER": str(folder), "AREA_KM2": 8, "COMPONENTS": 9000, "ERRORS": False, "SEED": 4}
    shell.runner.run("wangge:create_sample_city", given)
    yield still
    city = folder / "city.gpkg"
    layers = {
        "COMMUNITIES": "community",
        "GRIDS": "unit_grid",
        "COMPONENTS": "component",
        "CASES": "case",
        "RISKS": "risk",
        "FACILITIES": "facility",
        "MONITORS": "monitor",
        "CAMERAS": "camera",
    }
    given = {name: f"{city}|layername={table}" for name, table in layers.items()}
    given["BACKGROUND"] = [f"{city}|layername={table}" for table in ("street", "water")]
    shell.runner.run("wangge:create_one_map", {**given, "FOLDER": str(folder / "map")})
    yield still
    iface.addProject(str(folder / "map" / "one_map.qgz"))
    yield 2.0
    yield still
    iface.messageBar().clearWidgets()

    layouts = QgsProject.instance().layoutManager().printLayouts()
    for layout in layouts:
        exporter = QgsLayoutExporter(layout)
        is_wall = layout.customProperty("wangge/one_map_sheet") == "wall"
        for number, theme in enumerate(THEMES):
            name = f"one_map_{theme}" if is_wall else "one_map_a3"
            if not is_wall and theme != "facilities":
                continue
            page = layout.pageCollection().page(number).pageSize()
            dpi = _WIDTH / (page.width() / 25.4)
            camera.keep(name, QPixmap.fromImage(exporter.renderPageToImage(number, dpi=dpi)))
            yield 0.1

    themes = QgsProject.instance().mapThemeCollection()
    title = next(t for t in themes.mapThemes() if t == "市政环卫设施")
    tree = iface.layerTreeView()
    themes.applyTheme(title, QgsProject.instance().layerTreeRoot(), tree.layerTreeModel())
    yield 1.0
    yield still
    window.findChild(QAction, "WanggeTool_facilities").trigger()
    yield 1.0
    port = canvas.viewport()
    QTest.mouseClick(
        port,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        QPoint(port.width() // 2, port.height() // 2),
    )
    yield 1.0
    yield still
    iface.messageBar().clearWidgets()
    yield 0.5
    camera.window("facilities")
    return {"taken": camera.taken}
