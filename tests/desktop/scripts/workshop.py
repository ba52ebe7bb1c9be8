"""A workshop in a real window: keyboard, phones on the local page, settling, writing back."""

import json
import urllib.request
from pathlib import Path

from qgis.core import QgsProject, QgsVectorLayer
from qgis.gui import QgsRubberBand
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QAction,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QTableWidget,
    QToolButton,
    QWidget,
)
from qgis.utils import iface, unloadPlugin

MARK = "#00695c"


def ask(url, path, body=None, token=""):
    request = urllib.request.Request(url.rstrip("/") + path)  # noqa: S310 - our own page
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    if body is not None:
        request.add_header("Content-Type", "application/json")
        request.data = json.dumps(body).encode()
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=10) as answer:
        return json.loads(answer.read())


def marks_on_map():
    """How many marks of the workshop the map shows; the canvas has items of its own, too."""
    items = iface.mapCanvas().scene().items()
    bands = [i for i in items if isinstance(i, QgsRubberBand) and i.isVisible()]
    return sum(band.strokeColor().name() == MARK for band in bands)


def steps(arguments, watch):
    window = iface.mainWindow()
    out = {}
    iface.addProject(arguments["project"])
    yield 2.0
    yield lambda: not iface.mapCanvas().isDrawing()
    risks = next(
        layer
        for layer in QgsProject.instance().mapLayers().values()
        if layer.fields().lookupField("risk_code") >= 0
    )
    iface.messageBar().clearWidgets()
    watch.reset()

    def find(kind, name):
        found = window.findChild(kind, name)
        assert found is not None, name
        return found

    find(QAction, "WanggeTool_risk_workshop").trigger()
    yield 0.5
    dock = window.findChild(QWidget, "WanggeWorkshop")
    out["layer_offered"] = find(QComboBox, "WanggeWorkshopLayer").currentText()
    scheme = find(QComboBox, "WanggeWorkshopScheme")
    scheme.setCurrentIndex(scheme.findData("lec@1"))
    QTest.mouseClick(find(QPushButton, "WanggeWorkshopStart"), Qt.MouseButton.LeftButton)
    yield 1.0
    name = find(QLabel, "WanggeWorkshopName")
    agenda = find(QComboBox, "WanggeWorkshopAgenda")
    out["agenda"] = agenda.count()
    out["open"] = sum(f["status"] != "closed" for f in risks.getFeatures())
    first = agenda.itemData(0)
    row = next(f for f in risks.getFeatures() if f["risk_code"] == first)
    out["first"] = [name.text(), row["risk_name"], row["level"]]
    out["on_map"] = iface.mapCanvas().extent().contains(row.geometry().asPoint())
    out["neighbours"] = find(QLabel, "WanggeWorkshopNeighbours").text()
    log = dock.log
    # Closed, the panel leaves nothing on the map; opened again it shows the risk again.
    out["marks"] = [marks_on_map()]
    dock.close()
    out["marks"].append(marks_on_map())
    dock.setUserVisible(True)
    yield 0.3
    out["marks"].append(marks_on_map())

    # -- the keyboard
    entry = find(QLineEdit, "WanggeWorkshopEntry")
    table = find(QTableWidget, "WanggeWorkshopOpinions")

    def type_in(text):
        entry.setFocus()
        entry.selectAll()
        QTest.keyClick(entry, Qt.Key.Key_Delete)
        entry.insert(text)
        QTest.keyClick(entry, Qt.Key.Key_Return)

    def cells():
        return [
            [table.item(r, c).text() for c in range(table.columnCount())]
            for r in range(table.rowCount())
        ]

    type_in("王工 3 6 15")
    type_in("李工 6 6 15")
    yield 0.6
    out["hidden"] = cells()
    type_in("赵工 3 4 15")  # 4 is no value of the scheme
    yield 0.3
    out["refused"] = iface.messageBar().currentItem().text()
    iface.messageBar().clearWidgets()
    out["entry_after_refusal"] = entry.text()
    entry.clear()

    # -- a phone
    phones = find(QCheckBox, "WanggeWorkshopPhones")
    addresses = find(QComboBox, "WanggeWorkshopAddress")
    out["off_at_first"] = phones.isChecked()
    addresses.setCurrentIndex(addresses.findText("127.0.0.1"))
    phones.click()
    yield 0.3
    shown = find(QLabel, "WanggeWorkshopUrl")
    out["url_shown"] = shown.isVisible()
    url, code = dock.page.phones.server.url, dock.room.code
    out["code_shown"] = f"{code[:4]} {code[4:]}" in shown.text() and url in shown.text()
    large = find(QWidget, "WanggeWorkshopJoin")
    out["large_shown"] = large.isVisible()
    if arguments.get("join_picture"):
        large.grab().save(arguments["join_picture"])
    large.close()
    find(QPushButton, "WanggeWorkshopLarge").click()
    out["large_again"] = large.isVisible()
    large.close()
    token = ask(url, "/api/join", {"code": code, "name": "手机一"})["token"]
    factors = {"likelihood": 6, "exposure": 6, "consequence": 40}
    ask(url, "/api/give", {"risk": first, "values": factors}, token)
    yield lambda: len(cells()) == 4
    out["before_reveal"] = find(QLabel, "WanggeWorkshopSpread").text()
    out["phone_sees"] = ask(url, "/api/state", token=token)["risk"]["spread"]
    find(QPushButton, "WanggeWorkshopReveal").click()
    yield 0.6
    out["shown"] = cells()
    out["spread"] = find(QLabel, "WanggeWorkshopSpread").text()
    if arguments.get("picture"):
        yield 1.0
        window.grab().save(arguments["picture"])

    # -- settling: the proposal is the median, the facilitator decides otherwise
    boxes = {f: find(QComboBox, f"WanggeWorkshopFactor_{f}") for f in factors}
    out["proposal"] = {f: box.currentData() for f, box in boxes.items()}
    boxes["consequence"].setCurrentIndex(boxes["consequence"].findData(7.0))
    out["live_level"] = find(QLabel, "WanggeWorkshopSettledLevel").text()
    find(QLineEdit, "WanggeWorkshopNote").setText("已加固")
    find(QPushButton, "WanggeWorkshopSettle").click()
    yield 0.8
    out["moved_on"] = agenda.currentIndex()
    find(QToolButton, "WanggeWorkshopBack").click()
    yield 0.5
    out["settled_again"] = [
        boxes["consequence"].currentData(),
        boxes["consequence"].isEnabled(),
        find(QLineEdit, "WanggeWorkshopNote").text(),
    ]
    out["level_in_layer_before"] = next(
        f["level"] for f in risks.getFeatures() if f["risk_code"] == first
    )

    # -- a crash: the panel goes, the log stays, the workshop goes on
    dock.leave()
    yield 0.2
    out["stopped"] = dock.room is None
    dock.resume(log)
    yield 0.6
    out["resumed"] = [agenda.count(), len(dock.room.session.settled), name.text()]

    minutes = Path(arguments["into"]) / "minutes.pdf"
    dock.save_minutes(minutes)
    assert minutes.is_file()
    out["minutes"] = str(minutes)

    def answer():
        for box in QApplication.topLevelWidgets():
            if isinstance(box, QMessageBox) and box.isVisible():
                out["question"] = box.text()
                next(b for b in box.buttons() if b.text() == "Write and finish").click()

    from qgis.PyQt.QtCore import QTimer

    QTimer.singleShot(400, answer)
    find(QPushButton, "WanggeWorkshopFinish").click()
    yield 0.5
    fresh = QgsVectorLayer(risks.source(), "fresh", "ogr")
    done = next(f for f in fresh.getFeatures() if f["risk_code"] == first)
    out["written"] = [done["score"], done["level"], done["scheme"]]
    history = next(
        layer
        for layer in QgsProject.instance().mapLayers().values()
        if layer.fields().lookupField("changed_at") >= 0
    )
    out["history"] = [[f["risk_code"], f["new_level"], f["reason"]] for f in history.getFeatures()]
    out["html"] = log.with_suffix(".html").read_text(encoding="utf-8")
    out["back_at_setup"] = find(QPushButton, "WanggeWorkshopStart").isVisible()

    # -- one map and form
    find(QAction, "WanggeTool_risk_map").trigger()
    yield 1.5
    yield lambda: not iface.mapCanvas().isDrawing()
    group = QgsProject.instance().layerTreeRoot().children()[0]
    out["group"] = [group.name(), [node.name() for node in group.findLayers()]]
    find(QAction, "WanggeTool_risk_workshop").trigger()
    yield 0.3
    box = find(QComboBox, "WanggeWorkshopLayer")
    out["risk_layers"] = [box.itemText(i) for i in range(box.count())]
    if arguments.get("map_picture"):
        dock.setUserVisible(False)
        iface.zoomFull()
        yield 1.0
        yield lambda: not iface.mapCanvas().isDrawing()
        window.grab().save(arguments["map_picture"])

    # -- the plugin is switched off in the middle of a workshop
    QTest.mouseClick(find(QPushButton, "WanggeWorkshopStart"), Qt.MouseButton.LeftButton)
    yield 0.5
    addresses.setCurrentIndex(addresses.findText("127.0.0.1"))
    phones.click()
    yield 0.3
    url = dock.page.phones.server.url
    marks = len(iface.mapCanvas().scene().items())
    unloadPlugin("wangge")
    yield 1.0
    out["marks_gone"] = marks - len(iface.mapCanvas().scene().items())
    out["dock_gone"] = window.findChild(QWidget, "WanggeWorkshop") is None
    try:
        ask(url, "/")
        out["page_gone"] = False
    except OSError:
        out["page_gone"] = True
    return out
