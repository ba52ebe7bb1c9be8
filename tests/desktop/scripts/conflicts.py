"""A merge left conflicts: settle them by keys, one by one and all at once, and take it back."""

import sqlite3
from contextlib import closing

from qgis.core import QgsProject
from qgis.gui import QgsRubberBand
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAction, QApplication, QLabel, QPushButton, QTableView, QTableWidget
from qgis.utils import iface, plugins


def texts(table):
    return [
        [table.item(row, column).text() for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]


def statuses(path, uuids):
    with closing(sqlite3.connect(path)) as file:
        return [
            (file.execute("SELECT status FROM component WHERE uuid = ?", [u]).fetchone() or [""])[0]
            for u in uuids
        ]


def steps(arguments, watch):
    out = {}
    window, path, uuids = iface.mainWindow(), arguments["path"], arguments["uuids"]
    iface.addProject(arguments["project"])
    yield 2.0
    yield lambda: not iface.mapCanvas().isDrawing()
    shell = plugins["wangge"]._shell
    window.findChild(QAction, "WanggeTool_conflicts").trigger()
    panel = shell.rooms["census"].conflicts
    yield lambda: panel.model.total() > 0
    yield 1.0
    table = window.findChild(QTableView, "WanggeConflictList")
    comparison = window.findChild(QTableWidget, "WanggeConflictComparison")
    groups = panel.widgets.groups
    out["total"] = panel.model.total()
    out["groups"] = [groups.itemText(i) for i in range(groups.count())]

    # The one that was moved: both places are drawn.
    moved = next(i for i in range(groups.count()) if "geometry" in str(groups.itemData(i)))
    groups.setCurrentIndex(moved)
    table.selectRow(0)
    yield 1.2
    bands = [i for i in iface.mapCanvas().scene().items() if isinstance(i, QgsRubberBand)]
    out["bands"] = len([b for b in bands if b.isVisible() and b in panel._bands])
    if arguments.get("pictures"):
        window.grab().save(f"{arguments['pictures']}/moved.png")

    # Values, by keys alone.
    by_status = next(i for i in range(groups.count()) if "status" in str(groups.itemData(i)))
    groups.setCurrentIndex(by_status)
    table.setFocus()
    table.selectRow(0)
    yield 0.8
    out["compared"] = texts(comparison)
    out["centre"] = panel.current().name
    first = panel.current()
    QTest.keyClick(table, Qt.Key.Key_N)
    second = panel.current()
    QTest.keyClick(table, Qt.Key.Key_P)
    out["back_and_forth"] = [first.id != second.id, panel.current().id == first.id]
    QTest.keyClick(table, Qt.Key.Key_F)
    out["went_on"] = panel.current().id == second.id
    QTest.keyClick(table, Qt.Key.Key_O)
    out["choices"] = sorted(panel.model.choices().values())
    out["counts"] = window.findChild(QLabel, "WanggeConflictCounts").text()
    yield 0.8
    if arguments.get("pictures"):
        window.grab().save(f"{arguments['pictures']}/chosen.png")
    out["before"] = statuses(path, uuids)
    apply = window.findChild(QPushButton, "WanggeConflict_apply")
    QTest.mouseClick(apply, Qt.MouseButton.LeftButton)
    out["waits"] = not apply.isEnabled()
    yield lambda: not shell.runner.is_busy()
    yield lambda: panel.model.total() < out["total"]
    out["after"] = statuses(path, uuids)
    out["left"] = panel.model.total()

    # The rest by rule.
    groups.setCurrentIndex(0)
    window.findChild(QAction, "WanggeConflictEvery_field").trigger()
    yield 0.5
    QTest.mouseClick(apply, Qt.MouseButton.LeftButton)
    yield lambda: not shell.runner.is_busy()
    yield lambda: panel.model.total() == 0
    out["by_rule"] = statuses(path, uuids)

    # The whole merge goes back.
    QTest.mouseClick(
        window.findChild(QPushButton, "WanggeConflict_undo"), Qt.MouseButton.LeftButton
    )
    yield 1.0
    dialog = next(d for d in QApplication.topLevelWidgets() if hasattr(d, "runAlgorithm"))
    dialog.runAlgorithm()
    yield lambda: statuses(path, uuids) == out["before"]
    dialog.close()
    out["undone"] = statuses(path, uuids)

    # An edit session stands in the way and is told.
    layer = QgsProject.instance().mapLayer(panel._file.layer_id)
    iface.messageBar().clearWidgets()
    layer.startEditing()
    panel.widgets.undo.click()
    out["told"] = [item.text() for item in iface.messageBar().items()]
    layer.rollBack()
    yield 0.3
    return out
