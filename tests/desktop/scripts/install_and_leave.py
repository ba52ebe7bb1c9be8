"""Install from the zip into an empty profile, look around, go again: what is left behind?"""

import gc
from contextlib import suppress

from pyplugin_installer import instance as installer
from qgis.core import QgsApplication, QgsProject
from qgis.gui import QgsGui
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, QTimer
from qgis.PyQt.QtWidgets import QApplication, QDialog, QDockWidget, QMenu, QToolBar, QTreeView
from qgis.utils import iface, loadPlugin, plugins, startPlugin, unloadPlugin


def receivers():
    """How many slots hang on the signals that live longer than the plugin."""
    project, canvas = QgsProject.instance(), iface.mapCanvas()
    root, tasks = project.layerTreeRoot(), QgsApplication.taskManager()
    view, gui = iface.layerTreeView(), QgsGui.instance()
    senders = {
        project: ("layersAdded", "layersRemoved", "readProject", "cleared", "layersWillBeRemoved"),
        root: ("layerOrderChanged", "visibilityChanged"),
        tasks: ("statusChanged", "allTasksFinished", "taskAdded"),
        canvas: ("mapToolSet", "extentsChanged", "contextMenuAboutToShow"),
        view: ("currentLayerChanged",),
        gui: ("optionsChanged",),
        QgsApplication.processingRegistry(): ("providerAdded", "providerRemoved"),
        iface: ("initializationCompleted", "currentLayerChanged", "projectRead"),
    }
    counts = {}
    for sender, names in senders.items():
        for name in names:
            # Qt tells it only of objects that Python may look into.
            with suppress(RuntimeError, AttributeError):
                counts[f"{type(sender).__name__}.{name}"] = sender.receivers(getattr(sender, name))
    return counts


def inventory():
    """Everything a plugin can add to the window."""
    window = iface.mainWindow()
    classes = [o.metaObject().className() for o in window.findChildren(QObject)]
    return {
        "named": sorted(
            o.objectName() for o in window.findChildren(QObject) if "angge" in o.objectName()
        ),
        "docks": sorted(d.objectName() for d in window.findChildren(QDockWidget)),
        "toolbars": sorted(t.objectName() for t in window.findChildren(QToolBar)),
        "menus": sorted(a.text() for a in window.menuBar().actions()),
        "providers": sorted(p.id() for p in QgsApplication.processingRegistry().providers()),
        "locators": sorted(c for c in classes if c.endswith("LocatorFilter")),
        "browser": sorted(p.name() for p in QgsApplication.dataItemProviderRegistry().providers()),
        "receivers": receivers(),
    }


def option_pages():
    """Titles of the pages in the options dialog."""
    found = []

    def look():
        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            for tree in dialog.findChildren(QTreeView, "mOptionsTreeView"):
                model = tree.model()
                found.extend(model.index(r, 0).data() or "" for r in range(model.rowCount()))
            dialog.reject()

    QTimer.singleShot(1500, look)
    iface.showOptionsDialog(iface.mainWindow())
    return found


def our_objects():
    """Objects of the plugin's own window classes that are still alive."""
    gc.collect()
    return [
        repr(type(o))
        for o in gc.get_objects()
        if isinstance(o, sip.simplewrapper)
        and str(type(o).__module__).startswith("wangge.")
        and not isinstance(o, type)
    ]


def welcomed():
    """Whether the welcome page shows, and whether it blocks; it is closed."""
    page = iface.mainWindow().findChild(QDialog, "WanggeWelcome")
    if page is None or not page.isVisible():
        return False, False
    blocks = page.isModal()
    page.close()
    return True, blocks


def steps(arguments, watch):
    out = {"first": sorted(plugins)}
    before = inventory()
    installer().installFromZipFile(arguments["zip"])
    yield lambda: "wangge" in plugins and plugins["wangge"].is_complete()
    yield 1.5
    out["after_install"] = inventory()
    out["welcome"], out["welcome_blocks"] = welcomed()
    out["pages_with"] = option_pages()
    window = iface.mainWindow()
    menu = window.findChild(QMenu, "WanggeMenu")
    out["menu"] = {
        a.text(): [b.text() for b in a.menu().actions() if b.text()]
        for a in menu.actions()
        if a.menu()
    }
    out["visible_docks"] = [
        d.objectName() for d in window.findChildren(QDockWidget) if d.isVisible()
    ]
    yield 0.2
    out["width_needed"] = window.minimumSizeHint().width()
    # As often as people do it: off, on, off.
    for turn in range(3):
        unloadPlugin("wangge")
        yield 1.0
        out[f"left_{turn}"] = our_objects()
        out[f"after_{turn}"] = inventory()
        if turn < 2:
            loadPlugin("wangge")
            startPlugin("wangge")
            yield plugins["wangge"].is_complete
            yield 1.0
            out["welcome_again"], _ = welcomed()
    out["pages_without"] = option_pages()
    out["before"] = before
    return out
