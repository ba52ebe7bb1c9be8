"""Make the one map from the project's layers, open it, search facilities by a click, print it."""

from pathlib import Path

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QAction,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QPushButton,
    QSpinBox,
    QTreeWidget,
    QWidget,
)
from qgis.utils import iface, plugins


def steps(arguments, watch):
    window, canvas = iface.mainWindow(), iface.mapCanvas()
    shell = plugins["wangge"]._shell
    out = {}
    iface.addProject(arguments["project"])
    yield 2.0
    yield lambda: not canvas.isDrawing()
    iface.messageBar().clearWidgets()
    watch.reset()

    def dialogs():
        return [
            w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()
        ]

    def answer(name):
        return window.findChild(QLabel, name).text()

    # -- made from what the project has -------------------------------------------------------
    window.findChild(QAction, "WanggeTool_one_map").trigger()
    yield 1.5
    dialog = dialogs()[-1]
    given = dialog.createProcessingParameters()
    names = ("COMMUNITIES", "GRIDS", "CASES", "FACILITIES", "MONITORS", "CAMERAS")
    out["filled"] = {name: bool(given.get(name)) for name in names}
    dialog.close()
    given = {k: v for k, v in given.items() if v not in (None, "")}
    folder = Path(arguments["into"]) / "map"
    shell.runner.run("wangge:create_one_map", {**given, "FOLDER": str(folder)})
    yield lambda: not shell.runner.is_busy()
    yield 0.5
    opener = [b for b in window.findChildren(QPushButton) if b.text() == "Open the one map"]
    out["offered"] = len(opener)
    out["making"] = watch.blocks()
    opener[0].click()
    yield 2.0
    yield lambda: not canvas.isDrawing()
    watch.reset()  # opening a project is QGIS's own work
    project = QgsProject.instance()
    out["opened"] = Path(project.fileName()).name
    out["themes"] = sorted(project.mapThemeCollection().mapThemes())
    iface.messageBar().clearWidgets()

    # -- toilets within 5,000 m of a click ----------------------------------------------------
    window.findChild(QAction, "WanggeTool_facilities").trigger()
    yield 0.5
    panel = window.findChild(QWidget, "WanggeFacilities")
    out["panel"] = panel.isVisible()
    out["distance"] = panel.findChild(QSpinBox, "WanggeFacilityDistance").value()
    port = canvas.viewport()
    middle = QPoint(port.width() // 2, port.height() // 2)
    QTest.mouseClick(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    yield 0.3
    tree = panel.findChild(QTreeWidget, "WanggeFacilityList")

    def listed():
        return [
            [tree.topLevelItem(k).text(c) for c in (0, 1)] for k in range(tree.topLevelItemCount())
        ]

    out["found"], out["said"] = listed(), answer("WanggeFacilityAnswer")
    panel.findChild(QSpinBox, "WanggeFacilityDistance").setValue(200)
    panel.findChild(QSpinBox, "WanggeFacilityDistance").editingFinished.emit()
    yield 0.3
    out["nearer"] = listed()
    panel.findChild(QSpinBox, "WanggeFacilityDistance").setValue(5000)
    combo = panel.findChild(QComboBox, "WanggeFacilityKind")
    combo.setCurrentIndex(combo.findData("landfill"))
    yield 0.3
    out["landfills"] = listed()
    combo.setCurrentIndex(combo.findData("toilet"))
    yield 0.3
    before = canvas.center().toString(1)
    tree.itemActivated.emit(tree.topLevelItem(0), 0)
    yield 0.8
    yield lambda: not canvas.isDrawing()
    out["went_there"] = [before != canvas.center().toString(1), round(canvas.scale())]
    panel.findChild(QPushButton, "WanggeFacilityMiddle").click()
    yield 0.3
    out["around_the_first"] = listed()[0]
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    yield 0.3
    out["tool_left"] = canvas.mapTool() is not panel.tool

    # -- printed ------------------------------------------------------------------------------
    window.findChild(QAction, "WanggeTool_one_map_export").trigger()
    yield 1.0
    dialog = dialogs()[-1]
    out["prints"] = Path(str(dialog.createProcessingParameters().get("PROJECT"))).name
    dialog.close()
    yield 0.3
    return out
