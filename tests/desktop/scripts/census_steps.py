"""A census project is open: its steps take the whole table of components, not one kind of it."""

from qgis.core import QgsFeature, QgsGeometry, QgsProject, QgsVectorLayer
from qgis.PyQt.QtWidgets import QApplication, QTextEdit
from qgis.utils import iface, plugins
from wangge.plugin.gui.census.steps import CENSUS
from wangge.plugin.layers.whole_table import whole_table

_SHAPES = {
    "LineString": "LINESTRING({x} {y}, {x1} {y1})",
    "Polygon": "POLYGON(({x} {y}, {x1} {y}, {x1} {y1}, {x} {y}))",
}


def dialogs():
    return [
        widget
        for widget in QApplication.topLevelWidgets()
        if widget.isVisible() and hasattr(widget, "createProcessingParameters")
    ]


def view_of(kind):
    layers = QgsProject.instance().mapLayers().values()
    return next(one for one in layers if one.source().endswith(f"component|geometrytype={kind}"))


def add(kind, cells):
    """Add one component of a kind in the middle of a cell, without code and cell."""
    layer = view_of(kind)
    point = next(cells.getFeatures()).geometry().pointOnSurface().asPoint()
    place = {"x": point.x(), "y": point.y(), "x1": point.x() + 2, "y1": point.y() + 2}
    feature = QgsFeature(layer.fields())
    feature["uuid"], feature["class_code"] = f"new-{kind}", "01001"
    feature.setGeometry(QgsGeometry.fromWkt(_SHAPES[kind].format(**place)))
    done, _ = layer.dataProvider().addFeatures([feature])
    assert done


def steps(arguments, watch):
    out = {"inputs": {}}
    project = QgsProject.instance()
    iface.addProject(arguments["project"])
    yield 2.0
    cells = next(one for one in project.mapLayers().values() if one.source().endswith("unit_grid"))
    for kind in _SHAPES:
        add(kind, cells)
    out["points"] = view_of("Point").featureCount()
    whole = QgsVectorLayer(whole_table(view_of("Point")), "whole", "ogr")
    out["rows"] = sum(1 for _ in whole.getFeatures())
    shell = plugins["wangge"]._shell
    wanted = [s for s in CENSUS.steps if s.needs.get("INPUT") == "component"]
    for step in wanted:
        shell.start(step, [])
        yield 0.5
        (dialog,) = dialogs()
        given = dialog.createProcessingParameters()
        out["inputs"][step.algorithm] = given["INPUT"].partition("|")[2]
        dialog.close()
        yield 0.2
    view = view_of("Point")
    view.selectByIds([f.id() for f in view.getFeatures()][:3])
    shell.start(step_of("check_components"), [])
    yield 0.5
    (dialog,) = dialogs()
    out["with_selection"] = project.mapLayer(dialog.createProcessingParameters()["INPUT"]) is view
    dialog.close()
    view.removeSelection()

    before = set(project.mapLayers())
    shell.start(step_of("assign_unit_grids"), [])
    yield 0.5
    (dialog,) = dialogs()
    found = []
    dialog.algorithmFinished.connect(lambda done, results: found.append(results))
    dialog.runButton().click()
    yield lambda: bool(found)
    yield 0.5
    picture(arguments, dialog, "census_steps_dialog")
    log = dialog.findChild(QTextEdit, "txtLog")
    out["noise"] = [line for line in log.toPlainText().splitlines() if "Aliases" in line]
    dialog.close()
    yield 0.5
    picture(arguments, iface.mainWindow(), "census_steps")
    out["assigned"] = found[0].get("ASSIGNED")
    made = [one for key, one in project.mapLayers().items() if key not in before]
    out["kinds"] = sorted(one.geometryType().name for one in made)
    # Of what the step made, the whole is taken again.
    shell.start(step_of("number_components"), [])
    yield 0.5
    (dialog,) = dialogs()
    source = dialog.createProcessingParameters()["INPUT"]
    layer = project.mapLayer(source) or QgsVectorLayer(source, "next", "ogr")
    out["next"] = sum(1 for _ in layer.getFeatures())
    out["next_is_new"] = layer.source().partition("|")[0] in {
        one.source().partition("|")[0] for one in made
    }
    dialog.close()
    return out


def step_of(algorithm):
    return next(s for s in CENSUS.steps if s.algorithm == algorithm)


def picture(arguments, window, name):
    if arguments.get("pictures"):
        window.grab().save(f"{arguments['pictures']}/{name}.png")
