"""Type a code into QGIS's search field; press the right button on the map; ask for help."""

import re
from pathlib import Path

from processing.gui.AlgorithmDialog import AlgorithmDialog
from qgis.core import QgsApplication, QgsGeometry, QgsPointXY, QgsProject
from qgis.PyQt.QtCore import QObject, QPoint, Qt, QTimer, QUrl, pyqtSlot
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QAction,
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QTreeView,
    QWidget,
)
from qgis.utils import iface

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
NONE = Qt.KeyboardModifier.NoModifier


def rows(view):
    model = view.model()
    return [
        (model.index(r, 0).data() or "", model.index(r, 1).data() or "")
        for r in range(model.rowCount())
    ]


def steps(arguments, watch):
    window, canvas = iface.mainWindow(), iface.mapCanvas()
    iface.addProject(arguments["project"])
    yield 2.0
    yield lambda: not canvas.isDrawing()
    iface.messageBar().clearWidgets()
    project = QgsProject.instance()
    cells = project.mapLayersByName("Unit grids")[0]
    feature = next(f for f in cells.getFeatures() if f["grid_code"].endswith("012"))
    code = feature["grid_code"]
    community = next(project.mapLayersByName("Communities")[0].getFeatures())["community_name"]
    risk = next(project.mapLayersByName("City risk list")[0].getFeatures())["risk_name"]
    address = next(project.mapLayersByName("Geocoded places")[0].getFeatures())["address_name"]
    component = next(project.mapLayersByName("Managed components")[0].getFeatures())
    watch.reset()

    bar = window.findChild(QWidget, "LocatorWidget")
    edit = bar.findChild(QLineEdit)
    view = next(
        v
        for v in window.findChildren(QTreeView)
        if v.metaObject().className() == "QgsLocatorResultsView"
    )
    out = {"code": code}
    searches = {
        "grid": f"wgg {code}",
        "community": f"wgs {community}",
        "risk": f"wgr {risk}",
        "address": f"wga {address}",
        "component": f"wgc {component['component_code']}",
        "without_prefix": code,
        "wild": "wgg %",
    }
    out["wanted"] = {
        "grid": code,
        "community": community,
        "risk": risk,
        "address": address,
        "component": component["component_name"] or component["component_code"],
        "without_prefix": code,
    }
    out["found"] = {}
    for name, text in searches.items():
        edit.setText("")
        yield 0.3
        edit.setFocus()
        # Chinese comes from an input method, not from keys.
        edit.insert(text)
        yield 1.6
        out["found"][name] = [f"{a} {b}" for a, b in rows(view)]
        if name == "grid":
            QTest.keyClick(edit, Qt.Key.Key_Down)
            QTest.keyClick(edit, Qt.Key.Key_Return)
            yield 1.0
            box = QgsGeometry(feature.geometry()).boundingBox()
            out["zoomed"] = canvas.extent().contains(box) and canvas.scale() < 4000
            out["selected"] = [f["grid_code"] for f in cells.selectedFeatures()]
    edit.setText("")
    yield 0.5
    iface.messageBar().clearWidgets()
    canvas.setFocus()

    # -- the right mouse button ---------------------------------------------------------------
    box = QgsGeometry(feature.geometry()).boundingBox()
    canvas.setExtent(box)
    canvas.refresh()
    yield 0.5
    yield lambda: not canvas.isDrawing()
    iface.actionPan().trigger()
    spot = canvas.getCoordinateTransform().transform(
        QgsPointXY(feature.geometry().pointOnSurface().asPoint())
    )
    menus = {}

    def read(wanted):
        popup = QApplication.activePopupWidget()
        if popup is None:
            return
        menus["titles"] = [a.text() for a in popup.actions() if a.text()]
        for action in popup.actions():
            if action.menu() and action.menu().objectName() == "WanggeContext_unit_grid":
                menus["entries"] = [a.text() for a in action.menu().actions()]
                chosen = action.menu().findChild(QAction, wanted)
                if chosen is None:
                    chosen = next(a for a in action.menu().actions() if a.objectName() == wanted)
                popup.close()
                chosen.trigger()
                return
        popup.close()

    for wanted in ("WanggeContext_copy", "WanggeContext_pack"):
        QTimer.singleShot(400, lambda wanted=wanted: read(wanted))
        QTest.mouseClick(canvas.viewport(), RIGHT, NONE, QPoint(round(spot.x()), round(spot.y())))
        yield 1.2
    out["menus"] = menus
    for wanted in ("WanggeContext_history", "WanggeContext_platform"):
        QTimer.singleShot(400, lambda wanted=wanted: read(wanted))
        QTest.mouseClick(canvas.viewport(), RIGHT, NONE, QPoint(round(spot.x()), round(spot.y())))
        yield 1.2
    history = window.findChild(QDialog, "WanggeHistory")
    out["history"] = history.findChild(QLabel, "WanggeHistorySaid").text()
    history.close()
    out["platform"] = [
        i.text() for i in iface.messageBar().items() if i.objectName() == "WanggeMessage"
    ]
    out["clipboard"] = QgsApplication.clipboard().text()
    dialogs = [w for w in QApplication.topLevelWidgets() if isinstance(w, AlgorithmDialog)]
    dialogs = [d for d in dialogs if d.isVisible()]
    out["packed"] = [d.algorithm().id() for d in dialogs]
    given = dialogs[0].createProcessingParameters()["GRIDS"]
    out["pack_selected_only"] = getattr(given, "selectedFeaturesOnly", False)

    # -- help -------------------------------------------------------------------------------
    buttons = dialogs[0].findChildren(QDialogButtonBox)
    out["help_button"] = any(
        b.button(QDialogButtonBox.StandardButton.Help) is not None for b in buttons
    )
    for dialog in dialogs:
        dialog.close()

    # What the menu entry hands to the desktop's own browser.
    class Catcher(QObject):
        @pyqtSlot(QUrl)
        def take(self, url):
            out["opened"] = url.toLocalFile()

    catcher = Catcher()
    QDesktopServices.setUrlHandler("file", catcher.take)
    window.findChild(QAction, "WanggeHelpAction").trigger()
    QDesktopServices.unsetUrlHandler("file")
    index = Path(out["opened"])
    links = re.findall(r'href="([^"]+)"', index.read_text(encoding="utf-8"))
    out["links"] = [len(links), [x for x in links if not (index.parent / x).is_file()]]
    out["help"] = {}
    for algorithm in QgsApplication.processingRegistry().providerById("wangge").algorithms():
        if algorithm.groupId() == "models":
            continue
        url = QUrl(algorithm.helpUrl())
        page = Path(url.toLocalFile()).read_text(encoding="utf-8") if url.isLocalFile() else ""
        out["help"][algorithm.name()] = {
            "missing": [
                d.name() for d in algorithm.parameterDefinitions() if f">{d.name()}<" not in page
            ],
            "remote": "http" in page,
            "without_help": [d.name() for d in algorithm.parameterDefinitions() if not d.help()],
        }
    return out
