"""The atlas from its dialog, with the open project's layers in their own styles."""

from pathlib import Path

from processing.gui.AlgorithmDialog import AlgorithmDialog
from qgis.core import QgsFillSymbol, QgsProject, QgsSingleSymbolRenderer
from qgis.PyQt.QtWidgets import QAction, QApplication
from qgis.utils import iface


def dialog():
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, AlgorithmDialog)]
    return next(d for d in found if d.isVisible())


def steps(arguments, watch):
    window = iface.mainWindow()
    out = {}
    iface.addProject(arguments["project"])
    yield 2.0
    yield lambda: not iface.mapCanvas().isDrawing()
    project = QgsProject.instance()
    water = project.mapLayersByName("Water")[0]
    symbol = QgsFillSymbol.createSimple({"color": "#12e4d6", "outline_style": "no"})
    water.setRenderer(QgsSingleSymbolRenderer(symbol))
    before = sorted(project.mapLayers())
    layouts = len(project.layoutManager().layouts())
    iface.messageBar().clearWidgets()
    window.findChild(QAction, "WanggeAction_export_risk_atlas").trigger()
    yield 0.5
    open_dialog = dialog()
    out["prefilled"] = {
        name: project.mapLayer(value).name()
        for name, value in open_dialog.createProcessingParameters().items()
        if name in ("INPUT", "AREAS")
    }
    folder = Path(arguments["into"]) / "atlas"
    open_dialog.setParameters(
        {
            **open_dialog.createProcessingParameters(),
            "AREAS": project.mapLayersByName("Communities")[0].id(),
            "KEY_FIELD": "street_code",
            "BACKGROUND": [water.id()],
            "FOLDER": str(folder),
        }
    )
    open_dialog.runButton().click()
    yield lambda: (folder / "risk_atlas.pdf").is_file()
    yield 0.5
    out["files"] = sorted(p.name for p in folder.iterdir())
    out["pdf"] = str(folder / "risk_atlas.pdf")
    out["untouched"] = [
        sorted(project.mapLayers()) == before,
        len(project.layoutManager().layouts()) == layouts,
    ]
    open_dialog.close()
    return out
