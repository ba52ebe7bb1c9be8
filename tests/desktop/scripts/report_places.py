"""Open what a report's link leads to and see what the map shows."""

from qgis.core import QgsPointXY, QgsProject
from qgis.PyQt.QtWidgets import QDockWidget, QTreeView
from qgis.utils import iface


def steps(arguments, watch):
    window, canvas = iface.mainWindow(), iface.mapCanvas()
    dock = window.findChild(QDockWidget, "WanggeFindings")
    rows = window.findChild(QTreeView, "WanggeFindingsList").model()
    iface.addProject(arguments["place"])
    yield 1.0
    dock.setUserVisible(True)
    yield lambda: rows.rowCount() > 0
    yield lambda: not canvas.isDrawing()
    project = QgsProject.instance()
    view = canvas.extent()
    if arguments.get("picture"):
        window.grab().save(arguments["picture"])
    layers = {layer.name(): layer for layer in project.mapLayers().values()}
    return {
        "listed": rows.rowCount(),
        "layers": {name: layer.isValid() for name, layer in layers.items()},
        "top": canvas.layers()[0].name(),
        "shown": view.contains(QgsPointXY(*arguments["point"])),
        "metres": [view.width(), view.height()],
        "canvas": [canvas.width(), canvas.height()],
        "dirty": project.isDirty(),
    }
