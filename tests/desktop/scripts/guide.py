"""Go along the guided path, leave it, save, open again and resume."""

from processing.gui.AlgorithmDialog import AlgorithmDialog
from qgis.core import QgsCoordinateTransform, QgsProject, QgsProviderRegistry
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QDockWidget,
    QLabel,
    QPushButton,
    QToolButton,
)
from qgis.utils import iface, plugins


def dialogs():
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, AlgorithmDialog)]
    return [d for d in found if d.isVisible()]


def steps(arguments, watch):
    window, project, canvas = iface.mainWindow(), QgsProject.instance(), iface.mapCanvas()
    shell = plugins["wangge"]._shell
    done = []
    shell.runner.finished.connect(lambda algorithm, results: done.append((algorithm, results)))
    dock = window.findChild(QDockWidget, "WanggeGuide")
    out = {"hidden_at_first": not dock.isVisible(), "pages": [], "dirty_at_first": []}

    def press(name, parent=dock):
        QTest.mouseClick(parent.findChild(QPushButton, name), Qt.MouseButton.LeftButton)

    def text(name):
        return dock.findChild(QLabel, name).text()

    def can(name):
        return dock.findChild(QPushButton, name).isEnabled()

    def in_view(layer):
        """Whether the map shows the layer, whole and switched on."""
        there = QgsCoordinateTransform(layer.crs(), canvas.mapSettings().destinationCrs(), project)
        node = project.layerTreeRoot().findLayer(layer.id())
        return node.isVisible() and canvas.extent().contains(
            there.transformBoundingBox(layer.extent())
        )

    def page():
        active = iface.activeLayer()
        boxes = dock.widget().area.widget().findChildren(QComboBox)
        return {
            "title": text("WanggeGuideTitle"),
            "text": text("WanggeGuideText"),
            "state": text("WanggeGuideState"),
            "next": can("WanggeGuideNext"),
            "skip": can("WanggeGuideSkip"),
            "layers": {
                b.objectName().removeprefix("WanggeGuideLayer_"): b.currentText() for b in boxes
            },
            "active": active.name() if active else "",
            "in_view": bool(active) and active.isSpatial() and in_view(active),
            "tasks": [
                b.objectName().removeprefix("WanggeGuideTask_")
                for b in dock.widget().area.widget().findChildren(QPushButton)
                if b.objectName().startswith("WanggeGuideTask_")
            ],
        }

    # A dialog without a connection hands no parameters back.
    postgres = QgsProviderRegistry.instance().providerMetadata("postgres")
    postgres.saveConnection(postgres.createConnection("service='wangge'", {}), "platform")
    shell.settings.connection.setValue("platform")

    # -- from the welcome page, in an empty project ---------------------------------------------
    shell.show_welcome()
    yield 0.3
    press("WanggeWelcomeGuide", window.findChild(QDialog, "WanggeWelcome"))
    yield 0.5
    out["empty"] = page()
    out["dirty_at_first"] = project.isDirty()
    press("WanggeGuideLeave")
    yield 0.3
    out["left_at_first"] = not dock.isVisible()

    iface.addProject(arguments["project"])
    yield 2.0
    yield lambda: not canvas.isDrawing()
    project.write(arguments["saved"])
    iface.messageBar().clearWidgets()
    watch.reset()
    resume = window.findChild(QPushButton, "WanggeGuideButton")
    out["offer"] = resume.text()
    QTest.mouseClick(resume, Qt.MouseButton.LeftButton)
    yield 0.5

    def job(task, given=None):
        """Press a task's button, run the dialog, wait until the page knows."""
        count = len(done)
        press(f"WanggeGuideTask_{task}")
        yield 0.5
        dialog = dialogs()[-1]
        used = dialog.createProcessingParameters()
        dialog.runButton().click()
        yield lambda: len(done) > count
        dialog.close()
        yield 1.0
        return used

    # -- every page ------------------------------------------------------------------------------
    out["pages"].append(page())
    press("WanggeGuideNext")
    yield 0.5
    out["pages"].append(page())
    press("WanggeGuideNext")
    yield 0.5
    out["pages"].append(page())
    yield from job("partition_unit_grids")
    cells = next(i for i, x in project.mapLayers().items() if x.source() == done[-1][1]["OUTPUT"])
    out["lasts"] = project.mapLayer(cells).source()
    out["made"] = project.mapLayer(cells).featureCount()
    press("WanggeGuideNext")
    yield 0.5
    out["pages"].append(page())
    box = dock.findChild(QComboBox, "WanggeGuideLayer_unit_grid")
    out["newest_first"] = box.currentData() == cells
    # The hand-drawn cells have errors: they are chosen in the list.
    box.setCurrentIndex(1)
    box.activated.emit(1)
    yield 0.3
    used = yield from job("check_unit_grids")
    out["checked_the_chosen"] = used["INPUT"] == box.currentData() != cells
    yield lambda: shell._open_errors
    yield 0.5
    out["findings_came"] = shell.findings.isVisible()
    dock.setUserVisible(True)
    yield 0.3
    out["failing"] = page()
    for _ in range(2):
        press("WanggeGuideSkip" if can("WanggeGuideSkip") else "WanggeGuideNext")
        yield 0.5
        out["pages"].append(page())

    # -- a check from the dock leaves a temporary layer behind ---------------------------------------
    count = len(done)
    shell.start(
        next(s for s, _ in shell.dock.tree.steps() if s.algorithm == "check_components"), []
    )
    yield 0.5
    dialogs()[-1].runButton().click()
    yield lambda: len(done) > count
    dialogs()[-1].close()
    found = done[-1][1]["FINDINGS"]
    out["temporary"] = project.mapLayer(found).providerType()
    yield lambda: found in shell._open_errors
    dock.setUserVisible(True)
    yield 0.5
    out["checked"] = page()["state"]

    # -- leave, save, close, open, resume ----------------------------------------------------------
    press("WanggeGuideLeave")
    yield 0.3
    out["left"] = not dock.isVisible()
    project.write()
    iface.newProject(False)
    yield 1.0
    out["offer_elsewhere"] = resume.text()
    iface.addProject(arguments["saved"])
    yield 2.0
    yield lambda: not canvas.isDrawing()
    yield 1.0
    out["offer_again"] = resume.text()
    out["dirty_after_reading"] = project.isDirty()
    QTest.mouseClick(resume, Qt.MouseButton.LeftButton)
    yield 0.5
    out["resumed"] = page()
    checked = dock.findChild(QToolButton, "WanggeGuidePage_check_cells")
    out["skipped_page"] = checked.toolTip()
    press("WanggeGuideBack")
    yield 0.3
    out["back"] = page()["title"]
    for number in range(3):
        press("WanggeGuideSkip" if can("WanggeGuideSkip") else "WanggeGuideNext")
        yield 0.5
        out["pages"] += [page()] if number else []
    out["last"] = page()
    if picture := arguments.get("picture"):
        window.screen().grabWindow(0).save(picture)
    press("WanggeGuideTask_push_to_platform:risk")
    yield 0.5
    given = dialogs()[-1].createProcessingParameters()
    out["push"] = [given["KIND"], project.mapLayer(given["INPUT"]).name()]
    dialogs()[-1].close()
    yield 0.3
    press("WanggeGuideNext")
    yield 0.3
    out["finished"] = not dock.isVisible()
    out["blocks"] = [b for b in watch.blocks() if "addProject" not in b]
    return out
