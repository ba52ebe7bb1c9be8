"""Start in Chinese and collect every text of ours that can be read."""

from qgis.core import QgsApplication
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QAction,
    QComboBox,
    QDialog,
    QDockWidget,
    QLabel,
    QMenu,
    QPushButton,
    QTreeWidget,
)
from qgis.utils import iface, plugins


def texts_in(widget):
    found = [w.text() for w in widget.findChildren(QLabel)]
    found += [w.text() for w in widget.findChildren(QAbstractButton)]
    found += [a.text() for a in widget.findChildren(QAction) if a.objectName().startswith("Wangge")]
    for box in widget.findChildren(QComboBox):
        if not box.isEditable():
            found += [box.itemText(i) for i in range(box.count())]
    return found


def steps(arguments, watch):
    window = iface.mainWindow()
    shell = plugins["wangge"]._shell
    from wangge.plugin.gui.general.guide_pages import PAGES

    shell.show_welcome()
    yield 0.5
    out = {"texts": []}
    menu = window.findChild(QMenu, "WanggeMenu")
    for action in menu.actions():
        out["texts"].append(action.text())
        if action.menu():
            out["texts"] += [a.text() for a in action.menu().actions()]
    tree = window.findChild(QTreeWidget, "WanggeSteps")
    for row in range(tree.topLevelItemCount()):
        head = tree.topLevelItem(row)
        out["texts"] += [head.text(0), *(head.child(i).text(0) for i in range(head.childCount()))]
    for name in ("WanggeDock", "WanggeFindings"):
        dock = window.findChild(QDockWidget, name)
        out["texts"] += [dock.windowTitle(), *texts_in(dock.widget())]
    for page in PAGES:
        shell.guide.go_to(page.name)
        yield 0.1
        out["texts"] += texts_in(shell.guide.widget())
    out["texts"].append(window.findChild(QPushButton, "WanggeGuideButton").text())
    welcome = window.findChild(QDialog, "WanggeWelcome")
    out["texts"] += [welcome.windowTitle(), *texts_in(welcome)]
    welcome.close()
    from wangge.plugin.gui.shell.messages import DetailsDialog
    from wangge.plugin.gui.shell.profile_editor import ProfileEditor

    editor, details = ProfileEditor("jiangxi", window), DetailsDialog("网格", "", window)
    for dialog in (editor, details):
        out["texts"] += [w.text() for w in dialog.findChildren(QPushButton)]
    out["texts"] += [editor.tabs.tabText(i) for i in range(editor.tabs.count())]
    out["texts"] += [field.entry.title for field in editor.fields.values()]
    for rows in editor.tables.values():
        heads = [rows.table.horizontalHeaderItem(i) for i in range(rows.table.columnCount())]
        out["texts"] += [rows.title(), *(head.text() for head in heads)]
    provider = QgsApplication.processingRegistry().providerById("wangge")
    for algorithm in provider.algorithms():
        out["texts"] += [algorithm.displayName(), algorithm.group()]
        for definition in algorithm.parameterDefinitions():
            out["texts"] += [definition.description(), definition.help()]
    return out
