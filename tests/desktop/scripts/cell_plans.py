"""Cells picked and renumbered with the mouse; states of them kept, compared and brought back."""

import shapely
from qgis.core import QgsGeometry, QgsPointXY, QgsProject
from qgis.PyQt.QtCore import QPoint, Qt, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QAction,
    QApplication,
    QComboBox,
    QDockWidget,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QTableWidget,
    QTreeWidget,
)
from qgis.utils import iface, plugins

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def pixel(x, y):
    spot = iface.mapCanvas().getCoordinateTransform().transform(QgsPointXY(x, y))
    return QPoint(round(spot.x()), round(spot.y()))


def move(shape):
    spot = shape.representative_point()
    QTest.mouseMove(iface.mapCanvas().viewport(), pixel(spot.x, spot.y))


def click(shape):
    spot = shape.representative_point()
    port = iface.mapCanvas().viewport()
    QTest.mouseMove(port, pixel(spot.x, spot.y))
    QTest.mouseClick(port, LEFT, NONE, pixel(spot.x, spot.y))


def hint():
    found = [w for w in iface.mapCanvas().findChildren(QLabel, "WanggeCursorHint") if w.isVisible()]
    return found[0].text() if found else ""


def active(layer):
    """Code -> shape of the cells in use, as the layer has them now."""
    cells = {}
    for feature in layer.getFeatures():
        end = feature["end_date"]
        if end is None or (hasattr(end, "isNull") and end.isNull()):
            cells[feature["grid_code"]] = shapely.from_wkb(bytes(feature.geometry().asWkb()))
    return cells


def outlines(cells):
    return {code: shape.wkt for code, shape in cells.items()}


def steps(arguments, watch):
    canvas, window = iface.mapCanvas(), iface.mainWindow()
    iface.addProject(arguments["project"])
    yield 2.0
    project = QgsProject.instance()
    for other in project.mapLayers().values():
        if other.name() not in ("Unit grids", "Communities", "Managed components"):
            project.layerTreeRoot().findLayer(other.id()).setItemVisibilityChecked(False)
    layer = project.mapLayersByName("Unit grids")[0]
    iface.messageBar().clearWidgets()
    tools = {
        a.objectName().removeprefix("WanggeTool_"): a
        for a in window.findChildren(QAction)
        if a.objectName().startswith("WanggeTool_")
    }
    runner = plugins["wangge"]._shell.runner
    start = active(layer)
    out = {}
    # Three neighbours in a row and their community's largest number.
    code = sorted(start)[len(start) // 2]
    own = {c: s for c, s in start.items() if c[:12] == code[:12]}
    row = sorted(own, key=lambda c: own[c].distance(start[code].centroid))[:4]
    box = QgsGeometry.fromWkt(shapely.union_all([own[c] for c in row]).wkt).boundingBox()
    box.scale(1.8)
    canvas.setExtent(box)
    canvas.refresh()
    yield 0.5
    yield lambda: not canvas.isDrawing()
    watch.reset()
    out["home"], out["largest"] = code[:12], max(own)

    # -- the load of a cell in the hand: components counted live -------------------------------
    tools["cell_halve"].trigger()
    move(own[row[0]])
    yield 0.2
    out["hint_load"] = hint()
    components = project.mapLayersByName("Managed components")[0]
    out["components_inside"] = sum(
        own[row[0]].intersects(shapely.from_wkb(bytes(f.geometry().asWkb())))
        for f in components.getFeatures()
    )

    # -- clicks number in their order ------------------------------------------------------------
    tools["cell_renumber"].trigger()
    move(own[row[1]])
    move(own[row[0]])
    yield 0.2
    out["hint_first"] = hint()
    for one in row[:3]:
        click(own[one])
    move(own[row[3]])
    yield 0.3
    out["hint_fourth"] = hint()
    if arguments.get("picture"):
        yield 0.5
        window.screen().grabWindow(0).save(arguments["picture"])
    QTest.keyClick(canvas, Qt.Key.Key_Backspace)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    yield 0.3
    after = active(layer)
    out["picked"] = {
        "new": sorted(set(after) - set(start)),
        "gone": sorted(set(start) - set(after)),
        "wanted_gone": sorted(row[:2]),
        "in_order": [after[c].equals(own[o]) for c, o in zip(
            sorted(set(after) - set(start)), row[:2], strict=True)],
        "undo": layer.undoStack().count(),
        "undo_text": layer.undoStack().undoText(),
    }  # fmt: skip
    layer.undoStack().undo()
    out["picked_undone"] = outlines(active(layer)) == outlines(start)

    # -- a line dragged through cells numbers them along its way ---------------------------------
    far = max(row[1:], key=lambda c: own[c].distance(own[row[0]].centroid))
    port = canvas.viewport()
    a, b = own[row[0]].representative_point(), own[far].representative_point()
    way = shapely.LineString([a, b])
    passed = [c for c in own if own[c].intersection(way).length > 2.0]
    QTest.mousePress(port, LEFT, NONE, pixel(a.x, a.y))
    for share in (0.25, 0.5, 0.75, 1.0):
        spot = way.interpolate(share, normalized=True)
        QTest.mouseMove(port, pixel(spot.x, spot.y))
        yield 0.05
    QTest.mouseRelease(port, LEFT, NONE, pixel(b.x, b.y))
    yield 0.2
    if arguments.get("picture_drag"):
        yield 0.5
        window.screen().grabWindow(0).save(arguments["picture_drag"])
    # Esc forgets the line, not the tool.
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    out["esc_forgot"] = layer.undoStack().index() == 0
    out["esc_keeps_tool"] = tools["cell_renumber"].isChecked()
    move(own[row[0]])
    QTest.mousePress(port, LEFT, NONE, pixel(a.x, a.y))
    QTest.mouseMove(port, pixel(b.x, b.y))
    QTest.mouseRelease(port, LEFT, NONE, pixel(b.x, b.y))
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    yield 0.3
    after = active(layer)
    fresh = sorted(set(after) - set(start))
    out["dragged"] = {
        "passed": len(passed),
        "new": len(fresh),
        "first": after[fresh[0]].equals(own[row[0]]),
        "last": after[fresh[-1]].equals(own[far]),
        "undo": layer.undoStack().index(),
    }
    layer.undoStack().undo()
    # Backspace takes the last pick out and never the selected cells.
    layer.selectByIds([f.id() for f in layer.getFeatures()][:2])
    click(own[row[0]])
    QTest.keyClick(canvas, Qt.Key.Key_Backspace)
    yield 0.2
    out["backspace_deletes_nothing"] = outlines(active(layer)) == outlines(start)
    layer.removeSelection()
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    yield 0.1
    out["esc_leaves"] = not tools["cell_renumber"].isChecked()

    # -- scenarios: keep the present, halve a cell, keep that ------------------------------------
    tools["cell_scenarios"].trigger()
    yield 0.8
    dock = window.findChild(QDockWidget, "WanggeScenarios")
    tree = dock.findChild(QTreeWidget, "WanggeScenarioList")
    name = dock.findChild(QLineEdit, "WanggeScenarioName")
    out["load_chosen"] = dock.findChild(QComboBox, "WanggeScenarioLoad").currentText()

    def button(which):
        return dock.findChild(QPushButton, f"WanggeScenario_{which}")

    def names():
        return [tree.topLevelItem(i).text(0) for i in range(tree.topLevelItemCount())]

    def choose(*wanted):
        tree.clearSelection()
        for i in range(tree.topLevelItemCount()):
            tree.topLevelItem(i).setSelected(tree.topLevelItem(i).text(0) in wanted)

    out["save_waits_for_a_name"] = not button("save").isEnabled()
    QTest.keyClicks(name, "Present")
    QTest.mouseClick(button("save"), LEFT)
    yield 0.5
    tools["cell_halve"].trigger()
    click(own[row[0]])
    yield 0.3
    halved = active(layer)
    QTest.keyClicks(name, "Halved")
    QTest.keyClick(name, Qt.Key.Key_Return)
    yield 0.5
    out["names"] = names()
    iface.messageBar().clearWidgets()

    # -- compare both; figures side by side, the cells that differ on the map --------------------
    choose("Present", "Halved")
    QTest.mouseClick(button("compare"), LEFT)
    yield lambda: not runner.is_busy()
    yield 1.0
    table = dock.findChild(QTableWidget, "WanggeScenarioFigures")
    out["headings"] = [table.horizontalHeaderItem(i).text() for i in range(3)]
    figures = {
        table.item(i, 0).text(): (table.item(i, 1).text(), table.item(i, 2).text())
        for i in range(table.rowCount())
    }
    out["figures"] = figures
    differences = project.mapLayersByName("Cells that differ")
    out["differences"] = sorted(
        [f["partition"], f["grid_code"]] for x in differences for f in x.getFeatures()
    )
    out["halved_cells"] = sorted(
        [[1, row[0]], *([2, c] for c in halved if c not in start or c == row[0])]
    )
    if arguments.get("picture_scenarios"):
        iface.messageBar().clearWidgets()
        yield 1.0
        window.screen().grabWindow(0).save(arguments["picture_scenarios"])

    # -- one with what is there now, unsaved --------------------------------------------------------
    choose("Present")
    QTest.mouseClick(button("compare"), LEFT)
    yield lambda: not runner.is_busy()
    yield 0.5
    out["headings_now"] = [table.horizontalHeaderItem(i).text() for i in range(3)]
    out["difference_layers"] = len(project.mapLayersByName("Cells that differ"))

    # -- restore is one step, and undone in one -----------------------------------------------------
    before = layer.undoStack().index()
    choose("Present")
    QTest.mouseClick(button("restore"), LEFT)
    yield 0.5
    out["restored"] = outlines(active(layer)) == outlines(start)
    out["restore_steps"] = layer.undoStack().index() - before
    layer.undoStack().undo()
    out["restore_undone"] = outlines(active(layer)) == outlines(halved)

    # -- delete asks first --------------------------------------------------------------------------
    asked = []

    def answer():
        box = QApplication.activeModalWidget()
        asked.append(isinstance(box, QMessageBox) and "Halved" in box.text())
        QTest.mouseClick(box.button(QMessageBox.StandardButton.Yes), LEFT)

    choose("Halved")
    QTimer.singleShot(500, answer)
    QTest.mouseClick(button("delete"), LEFT)
    yield 0.5
    out["asked"], out["names_left"] = asked, names()
    layer.rollBack()
    return out
