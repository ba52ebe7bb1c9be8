"""A census project is open: sample, blind survey, score and progress from their dialogs."""

from pathlib import Path

from qgis.core import QgsFeature, QgsGeometry, QgsProject
from qgis.PyQt.QtWidgets import QApplication, QTextEdit
from qgis.utils import iface, plugins
from wangge.plugin.gui.census.steps import CENSUS


def dialogs():
    return [
        widget
        for widget in QApplication.topLevelWidgets()
        if widget.isVisible() and hasattr(widget, "createProcessingParameters")
    ]


def survey_again(out, shell, drawn):
    """Fill the layer for the second survey with a point; what do the scores propose?"""
    blind = QgsProject.instance().mapLayer(drawn["BLIND"])
    step = next(s for s in CENSUS.steps if s.algorithm == "score_quality_sample")

    def proposed():
        shell.start(step, [])
        yield 0.5
        (dialog,) = dialogs()
        asked.append(str(dialog.createProcessingParameters().get("CHECKED")))
        dialog.close()
        yield 0.5

    asked = []
    yield from proposed()
    feature = QgsFeature(blind.fields())
    feature.setGeometry(QgsGeometry.fromPointXY(blind.extent().center()))
    blind.dataProvider().addFeatures([feature])
    blind.updateExtents()
    yield from proposed()
    out["nobody_out_yet"], out["proposed"] = asked


def steps(arguments, watch):
    out = {}
    project = QgsProject.instance()
    folder = Path(arguments["project"]).parent
    iface.addProject(arguments["project"])
    yield 2.0
    shell = plugins["wangge"]._shell

    def run(name, **more):
        """Run a step from its dialog, which is otherwise left as it is."""
        step = next(s for s in CENSUS.steps if s.algorithm == name)
        shell.start(step, [], more)
        yield 0.5
        (dialog,) = dialogs()
        given = dialog.createProcessingParameters()
        out[f"{name}_given"] = {k: str(v) for k, v in given.items()}
        ended = []
        dialog.algorithmFinished.connect(lambda done, results: ended.append((done, results)))
        dialog.runButton().click()
        yield lambda: bool(ended)
        out[name], out[f"{name}_results"] = ended[0]
        out[f"{name}_input"] = str(given.get("INPUT"))
        if not ended[0][0]:
            out[f"{name}_log"] = dialog.findChild(QTextEdit, "txtLog").toPlainText()
        dialog.close()
        yield 0.5

    yield from run("draw_quality_sample")
    drawn = out["draw_quality_sample_results"]
    yield from run(
        "score_quality_sample",
        CHECKED=drawn["OUTPUT"],
        REPORT=str(folder / "acceptance.html"),
        REPORT_PDF=str(folder / "acceptance.pdf"),
    )
    out["drawn"] = {k: str(v) for k, v in drawn.items()}
    yield from survey_again(out, shell, drawn)
    yield from run("report_census_progress", REPORT=str(folder / "progress.html"))
    layer = next(
        one for one in project.mapLayers().values() if one.fields().lookupField("share") >= 0
    )
    out["shades"] = [r.label() for r in layer.renderer().ranges()]
    yield from run("pack_field_packages", FOLDER=str(folder / "packages"))
    out["packages"] = [p.name for p in (folder / "packages").glob("*")]
    if arguments.get("pictures"):
        iface.mainWindow().grab().save(f"{arguments['pictures']}/quality.png")
    for name in list(out):
        if name.endswith("_results"):
            out[name] = {k: str(v) for k, v in out[name].items()}
    return out
