"""Start without some Python packages: what is told, what still works?"""

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QApplication, QPlainTextEdit, QPushButton
from qgis.utils import iface, loadPlugin, plugins, startPlugin, unloadPlugin


def messages():
    items = [i for i in iface.messageBar().items() if i.objectName() == "WanggeMessage"]
    return [i.text() for i in items]


def steps(arguments, watch):
    out = {"loaded": "wangge" in plugins, "told": messages()}
    provider = QgsApplication.processingRegistry().providerById("wangge")
    out["algorithms"] = sorted(a.name() for a in provider.algorithms()) if provider else []
    out["step"] = ""

    def read():
        dialog = QApplication.activeModalWidget()
        out["step"] = dialog.findChild(QPlainTextEdit, "WanggeDetailsText").toPlainText()
        dialog.reject()

    for item in iface.messageBar().items():
        if item.objectName() == "WanggeMessage":
            button = item.findChildren(QPushButton)[0]
            QTimer.singleShot(300, read)
            button.click()
            break
    yield 0.5
    iface.messageBar().clearWidgets()
    unloadPlugin("wangge")
    loadPlugin("wangge")
    startPlugin("wangge")
    yield lambda: plugins["wangge"].is_complete() or not out["algorithms"]
    yield 0.5
    out["told_again"] = messages()
    return out
