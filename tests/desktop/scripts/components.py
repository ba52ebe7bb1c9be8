"""A census project is open: set components with mouse and keys, change a selection, save."""

from qgis.core import QgsPointXY, QgsProject
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QCheckBox, QDockWidget, QLabel, QLineEdit, QPushButton, QTabWidget
from qgis.utils import iface, plugins
from wangge.plugin.standards.spec import Geometry

LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def named(kind, name):
    return iface.mainWindow().findChild(kind, name)


def pixel(x, y):
    spot = iface.mapCanvas().getCoordinateTransform().transform(QgsPointXY(x, y))
    return QPoint(round(spot.x()), round(spot.y()))


def click(place):
    view = iface.mapCanvas().viewport()
    QTest.mouseMove(view, place)
    QTest.mouseClick(view, LEFT, PLAIN, place)


def rows(layer):
    return [f for f in layer.getFeatures() if f["note"] == "by hand" or f.id() < 0]


def keys():
    """Who gets the keys; there is no window manager here that would make the window active."""
    return iface.mainWindow().focusWidget()


def picture(arguments, name):
    if arguments.get("pictures"):
        iface.mainWindow().grab().save(f"{arguments['pictures']}/{name}.png")


def draw(out, panel, spot):
    """Draw a line and an area with the same tool, vertex by vertex."""
    view = iface.mapCanvas().viewport()
    for kind, shape in (
        (Geometry.LINE, (QPoint(-90, -60), QPoint(-20, -60))),
        (Geometry.POLYGON, (QPoint(-90, 60), QPoint(-20, 60), QPoint(-20, 110))),
    ):
        panel.widgets.kind_buttons[kind].click()
        # QGIS puts editing tools away when the edits of a layer end.
        panel.start_tool()
        yield 0.4
        for away in shape:
            click(spot + away)
            yield 0.2
        QTest.mouseClick(view, Qt.MouseButton.RightButton, PLAIN, spot + shape[-1])
        yield 0.5
        layer = panel.layer()
        out[kind.value] = [
            (f["component_name"], bool(f["grid_code"]), bool(f["component_code"]))
            for f in layer.getFeatures()
            if f.id() < 0
        ]
        layer.rollBack()


def steps(arguments, watch):
    out = {}
    project = QgsProject.instance()
    dock = named(QDockWidget, "WanggeComponents")
    out["hidden_at_first"] = not dock.isVisible()
    iface.addProject(arguments["project"])
    yield 2.0
    layer = next(
        one for one in project.mapLayers().values() if one.source().endswith("geometrytype=Point")
    )
    cells = next(one for one in project.mapLayers().values() if one.source().endswith("unit_grid"))
    dock.setUserVisible(True)
    canvas = iface.mapCanvas()
    cell = next(f for f in cells.getFeatures())
    centre = cell.geometry().pointOnSurface().asPoint()
    canvas.setCenter(centre)
    canvas.zoomScale(500)
    yield 1.5
    before = layer.featureCount()

    search = named(QLineEdit, "WanggeClassSearch")
    search.setFocus()
    QTest.keyClicks(search, "gsjg")
    yield 0.3
    panel = plugins["wangge"]._shell.rooms["census"].panel
    out["found"] = panel.widgets.search.found()
    picture(arguments, "search")
    QTest.keyClick(search, Qt.Key.Key_Return)
    yield 0.5
    out["tool"] = canvas.mapTool() is panel.tool
    out["canvas_has_keys"] = keys() is canvas

    spot = pixel(centre.x(), centre.y())
    click(spot)
    yield 0.8
    added = rows(layer)
    out["clicked"] = [
        {
            n: str(f[n])
            for n in ("class_code", "component_name", "grid_code", "component_code", "surveyor")
        }
        for f in added
    ]
    out["cell"] = str(cell["grid_code"])
    out["done"] = named(QLabel, "WanggeCensusDone").text()
    picture(arguments, "set")

    click(spot + QPoint(2, 0))
    yield 0.8
    near = panel.widgets.near
    out["asked"] = near.isVisible()
    out["near_text"] = near.text.text()
    out["while_asked"] = len(rows(layer))
    picture(arguments, "near")
    QTest.keyClick(near.drop, Qt.Key.Key_Escape)
    yield 0.3
    out["after_escape"] = [near.isVisible(), len(rows(layer)), keys() is canvas]
    click(spot + QPoint(2, 0))
    yield 0.5
    QTest.mouseClick(near.keep, LEFT)
    yield 0.5
    out["after_keep"] = [near.isVisible(), len(rows(layer))]

    # Keys alone: letters go from the map to the search, Enter takes the class, space sets it.
    QTest.keyClick(canvas, Qt.Key.Key_W)
    QTest.keyClicks(search, "sjg")
    out["typed"] = search.text()
    QTest.keyClick(search, Qt.Key.Key_Return)
    yield 0.3
    QTest.mouseMove(canvas.viewport(), spot + QPoint(120, 60))
    yield 0.2
    QTest.keyClick(canvas, Qt.Key.Key_Space)
    yield 0.5
    out["by_keys"] = sorted({str(f["component_name"]) for f in rows(layer)})

    named(QPushButton, "WanggePlaceMiddle").click()
    yield 0.5
    near_shown = near.isVisible()
    if near_shown:
        QTest.mouseClick(near.keep, LEFT)
        yield 0.3
    out["in_the_middle"] = len(rows(layer))
    panel.widgets.undo.click()
    yield 0.3
    out["after_undo"] = len(rows(layer))
    panel.widgets.save.click()
    yield 0.8
    out["saved"] = layer.featureCount() - before
    out["unsaved"] = layer.isModified()

    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    yield 0.3
    out["left_by_escape"] = canvas.mapTool() is not panel.tool

    out["window"] = [iface.mainWindow().width(), iface.mainWindow().height()]
    named(QTabWidget, "WanggeCensusTabs").setCurrentIndex(1)
    yield 0.6
    newest = sorted(f.id() for f in layer.getFeatures())[-2:]
    layer.selectByIds(newest)
    yield 0.3
    out["selected"] = named(QLabel, "WanggeSelected").text()
    panel.widgets.changed.set_value("status", "破损")
    yield 0.2
    out["ticked"] = named(QCheckBox, "WanggeChangedTick_status").isChecked()
    picture(arguments, "selection")
    panel.widgets.apply.click()
    yield 0.5
    out["changed"] = [str(layer.getFeature(i)["status"]) for i in newest]
    panel.widgets.save.click()
    yield 0.5
    history = next(
        one for one in project.mapLayers().values() if one.source().endswith("component_history")
    )
    out["history"] = [(f["field"], f["new_value"]) for f in history.getFeatures()]
    named(QTabWidget, "WanggeCensusTabs").setCurrentIndex(0)
    yield from draw(out, panel, spot)
    panel.widgets.kind_buttons[Geometry.POINT].click()
    panel.start_tool()
    yield 0.3
    out["tool_again"] = canvas.mapTool() is panel.tool
    # The layers go while the tool is in hand.
    iface.newProject()
    yield 1.0
    out["tool_after"] = canvas.mapTool() is panel.tool
    out["hint_without_layers"] = panel.widgets.hint.isVisible()
    return out
