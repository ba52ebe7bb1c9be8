"""Picture of a feature's history: what the project noted and what the platform keeps.

Run by ``make screenshots`` in a window of its own, on a platform of its own.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCENES = ("history",)


def _cluster(verb: str, folder: Path) -> str:
    command = ["bash", str(ROOT / "dev" / "cluster.sh"), verb, str(folder)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def prepare(folder: Path) -> dict[str, str]:
    """Start a platform database that goes with the pictures."""
    place = folder / "cluster"
    _cluster("start", place)
    atexit.register(_cluster, "destroy", place)
    os.environ["PGSERVICEFILE"] = _cluster("service", place)
    return {"folder": str(folder)}


# -- inside QGIS ---------------------------------------------------------------------------------


def steps(arguments, watch):
    from qgis.core import QgsProviderRegistry
    from qgis.PyQt.QtWidgets import QLabel
    from qgis.utils import iface, plugins

    sys.path.insert(0, str(ROOT / "dev"))
    from screenshots import Camera

    camera = Camera(arguments["images"], arguments["wanted"])
    window = iface.mainWindow()
    shell = plugins["wangge"]._shell
    folder = Path(arguments["folder"]) / "city"

    def run(algorithm, **given):
        done = []
        shell.runner.run(f"wangge:{algorithm}", given, done.append)
        yield lambda: not shell.runner.is_busy()
        if not done:
            raise RuntimeError([i.text() for i in iface.messageBar().items()])

    postgres = QgsProviderRegistry.instance().providerMetadata("postgres")
    postgres.saveConnection(postgres.createConnection("service='wangge'", {}), "platform")
    shell.settings.connection.setValue("platform")
    yield from run(
        "create_sample_city", FOLDER=str(folder), AREA_KM2=1, COMPONENTS=600, ERRORS=False, SEED=3
    )
    iface.addProject(str(folder / "city.qgz"))
    yield 2.0
    from wangge.plugin.gui.shell.recognition import project_layers

    def push(kind):
        layer = project_layers()[kind][0]
        yield from run("push_to_platform", CONNECTION="platform", KIND=kind, INPUT=layer.id())

    yield from run("install_platform", CONNECTION="platform", SRID=4545)
    for kind in ("community", "unit_grid", "risk"):
        yield from push(kind)
    risks = project_layers()["risk"][0]
    # Measures were taken: half as likely by LEC, so one level down.
    risk = next(f for f in risks.getFeatures() if f["likelihood"] == 6 and f["level"] == "red"
                and f["score"] < 640)  # fmt: skip
    risks.startEditing()
    for name, value in (
        ("likelihood", 3),
        ("score", risk["score"] / 2),
        ("level", "orange"),
        ("measures", "已封闭通道，每日巡查，台风前加固"),
        ("monitoring", "视频监控，位移每 10 分钟上传"),
    ):
        risks.changeAttributeValue(risk.id(), risks.fields().lookupField(name), value)
    if not risks.commitChanges():
        raise RuntimeError(risks.commitErrors())
    yield 1.0
    yield from push("risk")
    from wangge.plugin.gui.database.history_dialog import HistoryDialog

    risk = risks.getFeature(risk.id())
    history = HistoryDialog("risk", risks, risk, "platform", window)
    history.show()
    said = history.findChild(QLabel, "WanggeHistorySaid")
    first = said.text()
    yield lambda: said.text() != first
    yield 0.5
    camera.keep("history", history.grab())
    history.close()
    return {"taken": camera.taken}
