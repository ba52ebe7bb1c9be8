"""A project is open: what do the steps say, and what do they open?"""

from processing.gui.AlgorithmDialog import AlgorithmDialog
from qgis.core import QgsMimeDataUtils, QgsProject
from qgis.PyQt.QtCore import QCoreApplication, QMimeData, QPoint, Qt
from qgis.PyQt.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAction, QApplication, QPushButton, QTreeWidget
from qgis.utils import iface


def dialogs():
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, AlgorithmDialog)]
    return [d for d in found if d.isVisible()]


def opened():
    """Ids of the algorithms whose dialogs are open; closes them."""
    ids = [d.algorithm().id() for d in dialogs()]
    for dialog in dialogs():
        dialog.close()
    return ids


def drop(tree, item, layer):
    """Drag a layer from the layer tree onto a step, event by event as Qt sends them."""
    mime = QMimeData()
    uri = QgsMimeDataUtils.Uri(layer)
    mime.setData("text/uri-list", b"")
    mime = QgsMimeDataUtils.encodeUriList([uri])
    place = tree.visualItemRect(item).center()
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    accepted = []
    for event in (
        QDragEnterEvent(QPoint(2, 2), action, mime, button, none),
        QDragMoveEvent(place, action, mime, button, none),
        QDropEvent(place, action, mime, button, none),
    ):
        QCoreApplication.sendEvent(tree.viewport(), event)
        accepted.append(event.isAccepted())
    return accepted


def steps(arguments, watch):
    window = iface.mainWindow()
    box = window.geometry()
    out = {"size": [box.width(), box.height()]}
    button = window.findChild(QPushButton, "WanggeNextButton")
    out["first_offer"] = button.text()
    iface.addProject(arguments["project"])
    yield 2.0
    yield lambda: not iface.mapCanvas().isDrawing()
    iface.messageBar().clearWidgets()
    watch.reset()
    tree = window.findChild(QTreeWidget, "WanggeSteps")

    def items():
        heads = [tree.topLevelItem(i) for i in range(tree.topLevelItemCount())]
        return [head.child(i) for head in heads for i in range(head.childCount())]

    spoken = Qt.ItemDataRole.AccessibleTextRole
    out["states"] = {i.text(0): i.data(0, spoken) for i in items() if i.data(0, spoken)}
    out["next"] = button.text()

    out["actions"] = {}
    for action in window.findChildren(QAction):
        if action.objectName().startswith("WanggeAction_"):
            action.trigger()
            yield 0.05
            out["actions"][action.objectName().removeprefix("WanggeAction_")] = opened()

    check = next(i for i in items() if i.text(0) == "Check unit grids")
    tree.scrollToItem(check)
    place = tree.visualItemRect(check).center()
    QTest.mouseClick(
        tree.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place
    )
    QTest.mouseDClick(
        tree.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place
    )
    yield 0.3
    found = dialogs()
    out["double_click"] = [d.algorithm().id() for d in found]
    given = found[0].createProcessingParameters()
    project = QgsProject.instance()
    out["prefilled"] = {
        name: project.mapLayer(given[name]).name() for name in ("INPUT", "COMMUNITIES", "BUILDINGS")
    }
    opened()
    tree.setCurrentItem(check)
    tree.setFocus()
    QTest.keyClick(tree, Qt.Key.Key_Return)
    yield 0.3
    out["return_key"] = opened()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    yield 0.3
    out["next_button"] = opened()

    copy = project.mapLayersByName("Communities")[0].clone()
    copy.setName("Other communities")
    project.addMapLayer(copy)
    yield 0.5
    partition = next(i for i in items() if i.text(0) == "Partition unit grids")
    out["drop_accepted"] = drop(tree, partition, copy)
    yield 0.3
    out["dropped"] = project.mapLayer(
        dialogs()[0].createProcessingParameters()["COMMUNITIES"]
    ).name()
    opened()
    out["drop_on_head"] = drop(tree, tree.topLevelItem(0), copy)[1:]
    yield 0.3
    out["after_head"] = opened()
    return out
