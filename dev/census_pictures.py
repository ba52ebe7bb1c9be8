"""Pictures of the census: components set by hand, conflicts of a merge, progress.

Run by ``make screenshots`` in a window of its own, on a census project that `prepare` makes.
"""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCENES = ("census_panel", "conflicts", "progress", "progress_report")


def run(name, **parameters):
    given = [f"{key}={value}" for key, value in parameters.items()]
    subprocess.run(
        [str(ROOT / ".venv" / "bin" / "qgis_process"), "run", f"wangge:{name}", "--", *given],
        check=True,
        capture_output=True,
        env={**os.environ, "LC_ALL": "zh_CN.UTF-8"},
    )


def prepare(folder: Path) -> dict[str, str]:
    """Make a town, its census under way, and a return that the office contradicts."""
    sys.path.insert(0, str(ROOT / ".dev"))
    from wangge.plugin.census.project import editing

    run("create_sample_city", AREA_KM2=2, COMPONENTS=6000, SEED=4, ERRORS="false", FOLDER=folder)
    city, made = folder / "city.gpkg", folder / "census"
    tables = {"GRIDS": "unit_grid", "COMMUNITIES": "community", "COMPONENTS": "component",
              "DEPARTMENTS": "department"}  # fmt: skip
    layers = {name: f"{city}|layername={table}" for name, table in tables.items()}
    run("create_census_project", FOLDER=made, **layers)
    path, packages = made / "census.gpkg", folder / "packages"
    source, grids = f"{path}|layername=component", f"{path}|layername=unit_grid"
    run("pack_field_packages", INPUT=source, GRIDS=grids, TEAM_COUNT=1, FOLDER=packages)
    work = next(packages.iterdir()) / "package.gpkg"
    with editing(work) as field, editing(path) as office:
        rows = field.execute("SELECT uuid, geom FROM component ORDER BY uuid LIMIT 17").fetchall()
        keys = [uuid for uuid, _ in rows]
        for side, state in ((field, "破损"), (office, "丢失")):
            side.executemany(
                "UPDATE component SET status = ? WHERE uuid = ?", [(state, k) for k in keys[:14]]
            )
        for side, metres in ((field, 4.0), (office, -3.0)):
            side.executemany(
                "UPDATE component SET geom = ? WHERE uuid = ?",
                [(moved(blob, metres), uuid) for uuid, blob in rows[14:17]],
            )
        field.executemany("DELETE FROM component WHERE uuid = ?", [(k,) for k in keys[10:12]])
    run("merge_field_returns", INPUT=source, PACKAGES=packages,
        CONFLICTS=folder / "conflicts.gpkg")  # fmt: skip
    with editing(path) as office:
        # What is left to survey: more of it from cell to cell.
        found = office.execute("SELECT grid_code FROM unit_grid ORDER BY grid_code").fetchall()
        office.executemany(
            "DELETE FROM component WHERE grid_code = ? AND fid % 10 < ? AND uuid > ?",
            [(code, 11 * i // len(found), keys[-1]) for i, (code,) in enumerate(found)],
        )
    return {"project": str(made / "census.qgz"), "expected": layers["COMPONENTS"]}


def moved(blob: bytes, metres: float) -> bytes:
    """Return a point of a GeoPackage some metres further east."""
    x, y = struct.unpack("<2d", blob[-16:])
    return blob[:-16] + struct.pack("<2d", x + metres, y + 2 * metres)


# -- inside QGIS ---------------------------------------------------------------------------------


def steps(arguments, watch):
    from qgis.core import QgsPointXY, QgsProject
    from qgis.PyQt.QtCore import QPoint, Qt, QUrl
    from qgis.PyQt.QtTest import QTest
    from qgis.PyQt.QtWidgets import QAction, QApplication, QDockWidget, QLineEdit, QTableView
    from qgis.utils import iface, plugins

    sys.path.insert(0, str(ROOT / "dev"))
    from screenshots import Camera

    camera = Camera(arguments["images"], arguments["wanted"])
    window, canvas = iface.mainWindow(), iface.mapCanvas()
    shell = plugins["wangge"]._shell
    room = shell.rooms["census"]
    project = QgsProject.instance()

    def still():
        return not canvas.isDrawing() and not shell.runner.is_busy()

    def tidy():
        iface.messageBar().clearWidgets()

    for name in ("Browser", "Layers"):
        if dock := window.findChild(QDockWidget, name):
            dock.hide()
    iface.addProject(arguments["project"])
    yield 2.0
    yield still

    # -- a class typed by its initials, a click, and a near duplicate -----------------------------
    window.findChild(QDockWidget, "WanggeComponents").setUserVisible(True)
    cells = next(one for one in project.mapLayers().values() if one.source().endswith("unit_grid"))
    centre = next(cells.getFeatures()).geometry().pointOnSurface().asPoint()
    canvas.setCenter(centre)
    canvas.zoomScale(600)
    yield 1.0
    yield still
    search = window.findChild(QLineEdit, "WanggeClassSearch")
    search.setFocus()
    QTest.keyClicks(search, "gsjg")
    yield 0.3
    QTest.keyClick(search, Qt.Key.Key_Return)
    yield 0.5
    port = canvas.viewport()
    spot = canvas.getCoordinateTransform().transform(QgsPointXY(centre))
    for away in (0, 4):
        place = QPoint(round(spot.x()) + away, round(spot.y()))
        QTest.mouseMove(port, place)
        QTest.mouseClick(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        yield 0.8
    yield still
    tidy()
    yield 1.0
    tidy()
    yield 0.3
    camera.window("census_panel")
    room.panel._setting.drop()
    iface.actionPan().trigger()
    for layer in project.mapLayers().values():
        if hasattr(layer, "rollBack") and layer.isEditable():
            layer.rollBack()

    # -- conflicts: both places of one that was moved -----------------------------------------
    window.findChild(QAction, "WanggeTool_conflicts").trigger()
    panel = room.conflicts
    yield lambda: panel.model.total() > 0
    groups, table = panel.widgets.groups, window.findChild(QTableView, "WanggeConflictList")
    moved = next(i for i in range(groups.count()) if "geometry" in str(groups.itemData(i)))
    groups.setCurrentIndex(moved)
    table.selectRow(0)
    yield 1.5
    yield still
    groups.setCurrentIndex(0)
    shown = next(
        i for i in range(panel.model.rowCount()) if "geometry" in panel.model.conflict(i).group
    )
    table.selectRow(shown)
    table.scrollTo(panel.model.index(shown, 0), table.ScrollHint.PositionAtCenter)
    yield 1.5
    yield still
    tidy()
    camera.window("conflicts")
    panel.close()

    # -- progress: the cells on the map, the report with its plots ---------------------------------
    shell.dock.setUserVisible(True)
    step = next(s for s, _ in shell.dock.tree.steps() if s.algorithm == "report_census_progress")
    report = str(Path(arguments["project"]).with_name("progress.html"))
    dialog = shell.start(step, [], {"EXPECTED": arguments["expected"], "REPORT": report})
    yield 1.0
    ended = []
    dialog.algorithmFinished.connect(lambda done, results: ended.append(done))
    dialog.runButton().click()
    yield lambda: bool(ended)
    yield still
    yield 1.0
    dialog.close()
    window.findChild(QDockWidget, "Layers").show()
    canvas.setExtent(cells.extent())
    canvas.refresh()
    yield 1.0
    yield still
    tidy()
    camera.window("progress")

    # Browsers are not part of QGIS; its own view of pages is, with Qt 5.
    from qgis.PyQt.QtWebKitWidgets import QWebView

    view = QWebView()
    view.resize(760, 1000)
    view.load(QUrl.fromLocalFile(report))
    view.show()
    yield 2.0
    camera.keep("progress_report", view.grab())
    view.close()
    QApplication.processEvents()
    return {"taken": camera.taken}
