"""Pictures of cells that are renumbered, and of scenarios compared.

Run by ``make screenshots`` in a window of its own, on a sample city.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCENES = ("renumber", "scenarios")


def prepare(_folder: Path) -> dict[str, str]:
    """Nothing: the town is made in the window, with names in its language."""
    return {}


# -- inside QGIS ---------------------------------------------------------------------------------


def steps(arguments, watch):
    from qgis.core import QgsGeometry, QgsPointXY, QgsProject
    from qgis.PyQt.QtCore import QPoint, Qt
    from qgis.PyQt.QtTest import QTest
    from qgis.PyQt.QtWidgets import (
        QAction,
        QDockWidget,
        QLineEdit,
        QPushButton,
        QTreeWidget,
    )
    from qgis.utils import iface, plugins

    sys.path.insert(0, str(ROOT / "dev"))
    from screenshots import Camera

    camera = Camera(arguments["images"], arguments["wanted"])
    window, canvas = iface.mainWindow(), iface.mapCanvas()
    shell = plugins["wangge"]._shell
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier

    def still():
        return not canvas.isDrawing() and not shell.runner.is_busy()

    def tool(name):
        return window.findChild(QAction, f"WanggeTool_{name}")

    def spot(geometry):
        point = geometry.pointOnSurface().asPoint()
        place = canvas.getCoordinateTransform().transform(QgsPointXY(point))
        return QPoint(round(place.x()), round(place.y()))

    def click(geometry):
        QTest.mouseMove(canvas.viewport(), spot(geometry))
        QTest.mouseClick(canvas.viewport(), left, none, spot(geometry))

    window.findChild(QDockWidget, "Browser").hide()
    yield 1.0
    shell.show_welcome()
    QTest.mouseClick(shell.welcome.sample, left)
    yield lambda: bool(QgsProject.instance().mapLayers())
    yield 3.0
    yield still
    shell.welcome.close()
    iface.messageBar().clearWidgets()
    layer = next(
        one
        for one in QgsProject.instance().mapLayers().values()
        if one.source().endswith("unit_grid")
    )
    cells = {str(f["grid_code"]): f.geometry() for f in layer.getFeatures()}
    home = min(code[:12] for code in cells)
    own = {code: shape for code, shape in cells.items() if code.startswith(home)}
    middle = QgsGeometry.unaryUnion(list(own.values())).centroid()
    near = sorted(own, key=lambda code: own[code].distance(middle))[:6]
    box = QgsGeometry.unaryUnion([own[code] for code in near]).boundingBox()
    box.scale(1.5)
    canvas.setExtent(box)
    canvas.refresh()
    yield 1.0
    yield still

    # -- three cells picked, the fourth under the cursor -------------------------------------------
    tool("cell_renumber").trigger()
    for code in near[:3]:
        click(own[code])
    fourth = max(near[3:], key=lambda code: own[code].centroid().asPoint().x())
    QTest.mouseMove(canvas.viewport(), spot(own[fourth]))
    yield 0.5
    camera.window("renumber")
    QTest.keyClick(canvas, Qt.Key.Key_Escape)

    # -- the present state beside one with two cells halved ------------------------------------------
    tool("cell_scenarios").trigger()
    yield 0.8
    dock = window.findChild(QDockWidget, "WanggeScenarios")
    name = dock.findChild(QLineEdit, "WanggeScenarioName")
    save = dock.findChild(QPushButton, "WanggeScenario_save")
    tree = dock.findChild(QTreeWidget, "WanggeScenarioList")
    window.resizeDocks([dock], [400], Qt.Orientation.Horizontal)
    name.setText("现状")
    QTest.mouseClick(save, left)
    yield 1.2  # the time of saving orders the list
    tool("cell_halve").trigger()
    click(own[near[0]])
    tool("cell_merge").trigger()
    pairs = [(a, b) for a in near[1:] for b in near[1:] if a < b]
    for code in max(pairs, key=lambda p: own[p[0]].intersection(own[p[1]]).length()):
        click(own[code])
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    yield 0.3
    name.setText("方案二")
    QTest.mouseClick(save, left)
    yield 0.5
    layer.removeSelection()
    for i in range(tree.topLevelItemCount()):
        tree.topLevelItem(i).setSelected(i > 0)
    QTest.mouseClick(dock.findChild(QPushButton, "WanggeScenario_compare"), left)
    yield 0.5
    yield still
    yield 3.0
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    iface.messageBar().clearWidgets()
    yield 1.0
    camera.window("scenarios")
    layer.rollBack()
    return {"taken": camera.taken}
