"""A newcomer's tour: zip into an empty profile, sample city, each job, push to a real PostGIS."""

from processing.gui.AlgorithmDialog import AlgorithmDialog
from pyplugin_installer import instance as installer
from qgis.core import QgsBrowserModel, QgsPointXY, QgsProject, QgsProviderRegistry
from qgis.PyQt.QtCore import QObject, QPoint, Qt, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QPushButton,
    QTextEdit,
    QTreeWidget,
)
from qgis.utils import iface, plugins


def dialogs():
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, AlgorithmDialog)]
    return [d for d in found if d.isVisible()]


def steps(arguments, watch):
    window = iface.mainWindow()
    project = QgsProject.instance()
    watch.reset()
    installer().installFromZipFile(arguments["zip"])
    yield lambda: "wangge" in plugins and plugins["wangge"].is_complete()
    yield 1.0
    out = {"jobs": [], "says": {}, "buttons": {}, "blocks_of": {"install": watch.blocks()}}
    watch.reset()
    shell = plugins["wangge"]._shell
    done = []
    shell.runner.finished.connect(lambda algorithm, results: done.append((algorithm, results)))

    # -- the sample city, from the welcome page -------------------------------------------------
    button = window.findChild(QPushButton, "WanggeWelcomeSample")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    yield lambda: bool(done)
    yield lambda: len(project.mapLayers()) > 8
    yield 1.5
    yield lambda: not iface.mapCanvas().isDrawing()
    out["city"] = len(project.mapLayers())
    # That QGIS takes its time to open a project is none of our doing.
    out["blocks_of"]["city"] = [b for b in watch.blocks() if "in _open" not in b.split("File")[1]]

    def layer(name):
        return project.mapLayersByName(name)[0]

    def job(algorithm, given=None, page=""):
        """Open the step as people do, press Run, wait, close; the results are the last ``done``.

        With a page of the guided path its button opens the step, with what the page proposes.
        """
        iface.messageBar().clearWidgets()
        watch.reset()
        count = len(done)
        known = {s.algorithm: s for s, _ in shell.dock.tree.steps()}
        if page:
            shell.guide.setUserVisible(True)
            shell.guide.go_to(page)
            yield 0.5
            name, _, kind = algorithm.partition(":")
            algorithm = name
            QTest.mouseClick(
                shell.guide.findChild(QPushButton, f"WanggeGuideTask_{name}:{kind}"),
                Qt.MouseButton.LeftButton,
            )
        elif algorithm in known:
            shell.start(known[algorithm], [], given)
        else:
            shell.runner.open(f"wangge:{algorithm}", given)
        yield 0.4
        dialog = dialogs()[-1]
        dialog.runButton().click()
        yield lambda: len(done) > count
        yield 0.3
        out["jobs"].append([algorithm, bool(done[-1][1])])
        out["says"][algorithm] = [
            i.text() for i in iface.messageBar().items() if i.objectName() == "WanggeMessage"
        ]
        out["buttons"][algorithm] = [
            b.text()
            for i in iface.messageBar().items()
            if i.objectName() == "WanggeMessage"
            for b in i.findChildren(QPushButton)
        ]
        if not done[-1][1]:
            out["says"][algorithm] = [_log(dialog)]
        dialog.close()
        out["blocks_of"][algorithm] = watch.blocks()

    # -- unit grids -----------------------------------------------------------------------------
    yield from job("partition_unit_grids", {"RANK_FIELD": "rank"})
    cells = project.mapLayer(done[-1][1]["OUTPUT"])
    out["cells"] = cells.featureCount()
    communities = layer("Communities").id()
    given = {"INPUT": cells.id(), "COMMUNITIES": communities, "BUILDINGS": layer("Buildings").id()}
    yield from job("check_unit_grids", given)
    out["cell_errors"] = done[-1][1].get("ERROR_COUNT")

    # -- component census -------------------------------------------------------------------------
    yield from job("import_components", {"INPUT": f"{layer('Survey delivery').source()}"})
    imported = project.mapLayer(done[-1][1]["OUTPUT"])
    out["imported"] = imported.featureCount()
    yield from job("assign_unit_grids", {"INPUT": imported.id(), "GRIDS": cells.id()})
    assigned = project.mapLayer(done[-1][1]["OUTPUT"])
    yield from job("number_components", {"INPUT": assigned.id()})
    numbered = project.mapLayer(done[-1][1]["OUTPUT"])
    yield from job("check_components", {"INPUT": numbered.id(), "GRIDS": cells.id()})
    out["component_findings"] = project.mapLayer(done[-1][1]["FINDINGS"]).featureCount()

    # -- risks ------------------------------------------------------------------------------------
    yield from job("score_risks", {"INPUT": layer("City risk list").id()})
    yield from job("check_risks", {"INPUT": project.mapLayer(done[-1][1]["OUTPUT"]).id()})

    # -- a connection as the data source manager saves it; the options page proposes it ----------
    postgres = QgsProviderRegistry.instance().providerMetadata("postgres")
    saved = postgres.createConnection("service='wangge'", {})
    postgres.saveConnection(saved, "platform")
    shell.settings.connection.setValue("platform")

    # -- platform ---------------------------------------------------------------------------------
    yield from job("install_platform", {"SRID": 4545})
    yield from job(
        "push_to_platform",
        {"KIND": "community", "INPUT": communities},
    )
    out["pushed_communities"] = done[-1][1].get("INSERTED")
    yield from job("push_to_platform:unit_grid", page="push")
    out["pushed_cells"] = done[-1][1].get("INSERTED")
    # The hand-drawn cells of the town have errors: nothing of them may arrive.
    dirty = next(x for x in project.mapLayersByName("Unit grids") if x.id() != cells.id())
    yield from job(
        "push_to_platform",
        {"KIND": "unit_grid", "INPUT": dirty.id()},
    )
    # -- the browser shows what has arrived --------------------------------------------------------
    iface.messageBar().clearWidgets()
    watch.reset()
    model = QgsBrowserModel()
    model.initialize()
    entry = next(
        model.index(r, 0) for r in range(model.rowCount()) if "Wangge" in model.index(r, 0).data()
    )

    def below(index, wanted):
        """Fill an entry as opening it does; wait; hand back the names under it."""
        model.fetchMore(index)
        yield lambda: model.rowCount(index) > 0
        yield 2.0
        out["browser"][wanted] = [
            model.index(r, 0, index).data() for r in range(model.rowCount(index))
        ]

    def child(index, text):
        return next(
            model.index(r, 0, index)
            for r in range(model.rowCount(index))
            if text in model.index(r, 0, index).data()
        )

    out["browser"] = {}
    yield from below(entry, "platforms")
    platform = child(entry, "platform")
    yield from below(platform, "layers")
    pushes = child(platform, "Pushes")
    yield from below(pushes, "pushes")
    owner = QObject()
    push = model.dataItem(child(pushes, "Unit grids  +"))
    revert = push.actions(owner)[0]
    revert.trigger()
    yield 0.5
    given = dialogs()[-1].createProcessingParameters()
    out["revert"] = [dialogs()[-1].algorithm().id(), given["CONNECTION"], given["BATCH_ID"]]
    dialogs()[-1].close()
    out["blocks_of"]["browser"] = watch.blocks()
    model = push = revert = None

    # -- the right mouse button on a cell that the platform has ---------------------------------
    watch.reset()
    cell = next(cells.getFeatures())
    out["cell"] = cell["grid_code"]
    yield from _choose(cells, cell, "WanggeContext_history")
    history = window.findChild(QDialog, "WanggeHistory")
    said = history.findChild(QLabel, "WanggeHistorySaid")
    yield lambda: "asked" not in said.text()
    top = history.findChild(QTreeWidget, "WanggeHistoryTree").topLevelItem(0)
    out["history"] = {
        "title": history.windowTitle(),
        "said": said.text(),
        "what": top.text(1),
        "fields": {top.child(i).text(1): top.child(i).text(3) for i in range(top.childCount())},
    }
    history.close()
    yield from _choose(cells, cell, "WanggeContext_platform")
    yield 0.5
    shown = iface.activeLayer()
    out["in_platform"] = [shown.providerType(), [f["grid_code"] for f in shown.selectedFeatures()]]
    out["blocks_of"]["menu"] = watch.blocks()

    yield 0.5
    picture = arguments.get("picture")
    if picture:
        window.screen().grabWindow(0).save(picture)
    return out


def _choose(layer, feature, name):
    """Show a feature, press the right button on it and choose an entry of its menu."""
    canvas = iface.mapCanvas()
    canvas.setExtent(feature.geometry().boundingBox())
    canvas.refresh()
    yield 0.5
    yield lambda: not canvas.isDrawing()
    iface.actionPan().trigger()
    inside = feature.geometry().pointOnSurface().asPoint()
    spot = canvas.getCoordinateTransform().transform(QgsPointXY(inside))

    seen = []

    def choose():
        popup = QApplication.activePopupWidget()
        if popup is None:
            return
        waiting.stop()
        code = feature["grid_code"]
        menus = [a.menu() for a in popup.actions() if a.menu() and code in a.menu().title()]
        chosen = [a for menu in menus for a in menu.actions() if a.objectName() == name]
        seen.extend(menu.title() for menu in menus)
        popup.close()
        chosen[0].trigger()

    waiting = QTimer()
    waiting.timeout.connect(choose)
    waiting.start(100)
    place = QPoint(round(spot.x()), round(spot.y()))
    none, right = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.RightButton
    QTest.mouseClick(canvas.viewport(), right, none, place)
    yield lambda: bool(seen)
    yield 0.3


def _log(dialog):
    """The end of what the dialog's log says."""
    return dialog.findChild(QTextEdit, "txtLog").toPlainText()[-900:]
