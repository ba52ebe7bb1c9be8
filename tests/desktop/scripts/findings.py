"""Check the cells, go through what was found, accept, fix, check again."""

from processing.gui.AlgorithmDialog import AlgorithmDialog
from qgis.core import QgsFeature, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QAction,
    QApplication,
    QComboBox,
    QDockWidget,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QTreeView,
)
from qgis.utils import iface, plugins

LEFT = Qt.MouseButton.LeftButton


def dialogs():
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, AlgorithmDialog)]
    return [d for d in found if d.isVisible()]


def steps(arguments, watch):
    window, canvas = iface.mainWindow(), iface.mapCanvas()
    iface.addProject(arguments["project"])
    yield 2.0
    project = QgsProject.instance()
    shell = plugins["wangge"]._shell
    dock = window.findChild(QDockWidget, "WanggeFindings")
    tree = window.findChild(QTreeView, "WanggeFindingsList")
    actions = {
        a.objectName().removeprefix("WanggeFindings_"): a
        for a in window.findChildren(QAction)
        if a.objectName().startswith("WanggeFindings_")
    }
    out = {"hidden_first": not dock.isVisible()}
    watch.reset()

    step = next(s for s, _ in shell.dock.tree.steps() if s.algorithm == "check_components")
    shell.start(step, [])
    yield 0.5
    dialog = dialogs()[0]
    dialog.runButton().click()
    yield lambda: dock.isVisible()
    dialog.close()
    yield lambda: shell.findings.model.shown > 0
    out["shown_by_itself"] = dock.isVisible()
    layer = shell.findings._layer
    out["count"] = layer.featureCount()
    out["on_top"] = project.layerTreeRoot().layerOrder()[0].id() == layer.id()
    out["name"] = layer.name()
    item = shell.dock.tree.steps()
    out["state"] = next(i.data(0, Qt.ItemDataRole.AccessibleTextRole) for s, i in item if s is step)
    out["message_buttons"] = [
        b.text()
        for m in iface.messageBar().items()
        if m.objectName() == "WanggeMessage"
        for b in m.findChildren(QPushButton)
    ]

    def shown():
        return shell.findings.model.shown

    # -- filter and group ---------------------------------------------------------------------
    everything = shown()
    for name in ("warning", "info"):
        button = window.findChild(QToolButton, f"WanggeFindings_{name}")
        QTest.mouseClick(button, LEFT)
    out["errors_only"] = shown()
    out["errors_label"] = window.findChild(QToolButton, "WanggeFindings_error").text()
    for name in ("warning", "info"):
        QTest.mouseClick(window.findChild(QToolButton, f"WanggeFindings_{name}"), LEFT)
    out["all_again"] = shown() == everything
    search = window.findChild(QLineEdit, "WanggeFindingsSearch")
    search.setText("C2")
    yield 0.6
    out["searched"] = [shown(), everything]
    search.clear()
    yield 0.6
    group = window.findChild(QComboBox, "WanggeFindingsGroup")
    out["groups"] = []
    for place in range(group.count()):
        group.setCurrentIndex(place)
        out["groups"].append(shell.findings.model.rowCount())
    group.setCurrentIndex(0)

    # -- next, previous, zoom -----------------------------------------------------------------
    first = canvas.extent()
    placed = next(
        r
        for r in shell.findings._table.rows
        if not layer.getFeature(r.id).geometry().isNull() and r.feature_id.isdigit()
    )
    tree.setCurrentIndex(shell.findings.model.index_of(placed.id))
    actions["zoom"].trigger()
    yield 0.6
    row = shell.findings.current()
    out["moved"] = canvas.extent() != first
    out["near"] = canvas.extent().contains(layer.getFeature(row.id).geometry().asPoint())
    place = shell.findings.current().id
    actions["next"].trigger()
    second = shell.findings.current().id
    actions["previous"].trigger()
    out["next_previous"] = [place != second, shell.findings.current().id == place]

    # -- accept with a reason ------------------------------------------------------------------
    def answer():
        box = QApplication.activeModalWidget()
        ok = box.buttons.button(box.buttons.StandardButton.Ok)
        out["ok_needs_reason"] = not ok.isEnabled()
        box.findChild(QLineEdit, "WanggeAcceptPerson").setText("王工")
        box.findChild(QPlainTextEdit, "WanggeAcceptReason").setPlainText("现场核实无误")
        ok.click()

    QTimer.singleShot(400, answer)
    accepted = shell.findings.current().id
    actions["accept"].trigger()
    yield 0.3
    yield lambda: shell.findings.model.shown == everything - 1
    feature: QgsFeature = layer.getFeature(accepted)
    out["accepted"] = {n: feature[n] for n in ("state", "accepted_by", "accepted_reason")}
    out["one_less"] = everything - shown()

    # -- fix --------------------------------------------------------------------------------
    fixable = next(r for r in shell.findings._table.rows if r.fix and r.state == "open")
    source: QgsVectorLayer = project.mapLayersByName("Managed components")[0]
    model = shell.findings.model
    tree.setCurrentIndex(model.index_of(fixable.id))
    before = source.getFeature(int(fixable.feature_id))[fixable.field]
    out["fix_enabled"] = actions["fix"].isEnabled()
    actions["fix"].trigger()
    yield 1.0
    after = source.getFeature(int(fixable.feature_id))[fixable.field]
    out["fix"] = {
        "before": str(before), "after": str(after), "wanted": fixable.fix,
        "undo": source.undoStack().undoText(),
        "state": layer.getFeature(fixable.id)["state"],
    }  # fmt: skip
    source.undoStack().undo()
    out["fix_undone"] = str(source.getFeature(int(fixable.feature_id))[fixable.field]) == str(
        before
    )
    source.rollBack()

    # -- check again -----------------------------------------------------------------------------
    actions["again"].trigger()
    yield 0.5
    dialog = dialogs()[0]
    out["again"] = dialog.algorithm().id()
    out["previous_given"] = dialog.createProcessingParameters().get("PREVIOUS") == layer.id()
    dialog.runButton().click()
    yield lambda: shell.findings._layer is not None and shell.findings._layer.id() != layer.id()
    dialog.close()
    yield lambda: shell.findings.model.shown > 0
    later = shell.findings._layer
    out["still_accepted"] = [
        f["accepted_reason"] for f in later.getFeatures() if f["state"] == "accepted"
    ]

    # -- only what was edited since ------------------------------------------------------------
    out["nothing_touched"] = not actions["touched"].isEnabled()
    broken = next(r for r in shell.findings._table.rows if r.field and r.feature_id.isdigit())
    source.startEditing()
    source.changeAttributeValue(
        int(broken.feature_id), source.fields().indexOf("note"), "改动 ", "", True
    )
    out["something_touched"] = actions["touched"].isEnabled()
    listed = {(r.rule, r.feature_key) for r in shell.findings._table.rows if r.state == "open"}
    actions["touched"].trigger()
    yield 0.5
    out["selected"] = source.selectedFeatureIds() == [int(broken.feature_id)]
    dialog = dialogs()[0]
    dialog.runButton().click()
    yield lambda: shell.findings._layer is not None and shell.findings._layer.id() != later.id()
    dialog.close()
    yield lambda: shell.findings.model.shown > 0
    now = {(r.rule, r.feature_key) for r in shell.findings._table.rows if r.state == "open"}
    out["found_by_touch"] = sorted(now - listed)
    out["gone_by_touch"] = sorted(listed - now)
    out["broken"] = broken.feature_key
    source.rollBack()
    later = shell.findings._layer

    # -- a hundred thousand findings ---------------------------------------------------------------
    many = QgsVectorLayer("Point?crs=EPSG:4545", "Many findings", "memory")
    many.dataProvider().addAttributes(later.fields().toList())
    many.updateFields()
    rows = []
    for n in range(arguments.get("many", 60_000)):
        made = QgsFeature(many.fields())
        for name, value in (
            ("rule", f"C{n % 17}"), ("severity", ("error", "warning", "info")[n % 3]),
            ("layer", "component"), ("feature_key", str(n)), ("message", f"finding {n}"),
            ("state", "open"),
        ):  # fmt: skip
            made[name] = value
        rows.append(made)
        if n % 4000 == 3999:
            many.dataProvider().addFeatures(rows)
            rows = []
            yield 0.01
    out["blocks_before_many"] = watch.blocks()
    watch.reset()
    project.addMapLayer(many)
    yield lambda: shell.findings.model.shown >= 50_000
    search.setText("finding 59")
    yield 1.0
    out["many"] = shell.findings.model.shown
    search.clear()
    yield 1.0
    return out
