"""A migration leaves components to people: choose their classes, then migrate with them."""

from qgis.core import QgsFeature, QgsProject, QgsVectorFileWriter, QgsVectorLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QAction,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QTableView,
)
from qgis.utils import iface, plugins

AWKWARD = ["0117", "0117", "0117", "0306", "0502", "0999"]


def make_old(city, path):
    """Write some of the town's components as a survey of 2007."""
    fields = "".join(f"&field={n}:string(40)" for n in ("ObjID", "class_code", "BGID", "uuid"))
    layer = QgsVectorLayer(f"Point?crs=EPSG:4545{fields}", "old", "memory")
    rows = []
    source = QgsVectorLayer(f"{city}|layername=component", "new", "ogr")
    for i, component in enumerate(source.getFeatures()):
        if i == 60:
            break
        code, grid = component["component_code"], component["grid_code"]
        kind = AWKWARD[i] if i < len(AWKWARD) else code[6:8] + code[9:11]
        feature = QgsFeature(layer.fields())
        feature.setAttributes(
            [f"{code[:6]}{kind}{code[11:]}", kind, grid[:12] + grid[13:], component["uuid"]]
        )
        feature.setGeometry(component.geometry())
        rows.append(feature)
    layer.dataProvider().addFeatures(rows)
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.layerName = "old"
    QgsVectorFileWriter.writeAsVectorFormatV3(
        layer, path, QgsProject.instance().transformContext(), options
    )


def dialog():
    found = [d for d in QApplication.topLevelWidgets() if hasattr(d, "runAlgorithm")]
    return next(d for d in found if d.isVisible())


def steps(arguments, watch):
    out, window = {}, iface.mainWindow()
    shell = plugins["wangge"]._shell
    make_old(arguments["city"], arguments["old"])
    old = QgsVectorLayer(f"{arguments['old']}|layername=old", "Old survey", "ogr")
    QgsProject.instance().addMapLayer(old)
    yield 1.0
    done = []
    shell.runner.finished.connect(lambda _id, results: done.append(results))
    review = f"{arguments['into']}/review.gpkg"
    given = {"INPUT": old.id(), "FROM": "cjt214_2007", "REVIEW": review}
    shell.runner.open("wangge:migrate_standard", given)
    yield 0.5
    dialog().runAlgorithm()
    yield lambda: bool(done)
    out["first"] = [done[0]["MIGRATED"], done[0]["REVIEW_COUNT"]]
    dialog().close()
    yield 0.5
    out["offered"] = [item.text() for item in iface.messageBar().items()]
    iface.messageBar().clearWidgets()

    window.findChild(QAction, "WanggeTool_review").trigger()
    panel = shell.rooms["census"].review
    yield lambda: panel.model.total() > 0
    yield 1.0
    watch.reset()
    table = window.findChild(QTableView, "WanggeReviewList")
    classes = window.findChild(QComboBox, "WanggeReviewClasses")
    classes.setCurrentIndex(classes.findData("0117"))
    yield 0.5
    candidates = window.findChild(QListWidget, "WanggeReviewCandidates")
    out["candidates"] = [candidates.item(i).text() for i in range(candidates.count())]
    table.setFocus()
    # The first alone by its number, the others alike.
    QTest.keyClick(table, Qt.Key.Key_2)
    window.findChild(QCheckBox, "WanggeReviewEvery").setChecked(False)
    QTest.keyClick(table, Qt.Key.Key_1)
    QTest.keyClick(table, Qt.Key.Key_1)
    if arguments.get("pictures"):
        yield 0.8
        window.grab().save(f"{arguments['pictures']}/review.png")
    yield 0.1  # each action alone: people do not act ten times in one turn of the loop
    classes.setCurrentIndex(classes.findData("0306"))
    yield 0.1
    search = window.findChild(QLineEdit, "WanggeReviewSearch")
    QTest.keyClicks(search, "01001")
    QTest.keyClick(search, Qt.Key.Key_Return)
    yield 0.1
    classes.setCurrentIndex(classes.findData("0999"))
    yield 0.1
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_R)
    yield 0.1
    out["counts"] = window.findChild(QLabel, "WanggeReviewCounts").text()
    QTest.mouseClick(window.findChild(QPushButton, "WanggeReview_apply"), Qt.MouseButton.LeftButton)
    yield 2.0
    again = dialog()
    values = again.createProcessingParameters()
    out["filled"] = [str(values.get("FROM")), bool(values.get("DECISIONS"))]
    again.mainWidget().setParameters({"REVIEW": f"{arguments['into']}/left.gpkg"})
    again.runAlgorithm()
    yield lambda: len(done) > 1
    again.close()
    out["second"] = [done[1][n] for n in ("INPUT_COUNT", "MIGRATED", "REVIEW_COUNT", "RETIRED")]
    new = QgsVectorLayer(done[1]["OUTPUT"], "new", "ogr")
    if not new.isValid():
        new = QgsProject.instance().mapLayer(done[1]["OUTPUT"])
    found = [f for f in new.getFeatures() if f["old_class_code"] in ("0117", "0306")]
    out["classes"] = sorted((f["old_class_code"], f["class_code"]) for f in found)
    shown = panel.layer().id()
    yield 1.0
    out["stays"] = [panel.layer().id() == shown, panel._newest != shown, panel.model.decided()]
    return out
