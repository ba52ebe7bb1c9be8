"""Where a task of the guided path puts its results: beside the project, so that they last."""

from __future__ import annotations

import os
from pathlib import Path

from qgis.core import QgsProject

from ..shell.state import Layers, findings_on
from .guide_pages import Task


def proposed_parameters(task: Task, layers: Layers) -> dict[str, object]:
    """Return what the dialog of a task proposes beside the layers."""
    step = task.step
    proposed: dict[str, object] = {}
    if task.kind:
        proposed["KIND"] = task.kind
    if step.checks:
        if earlier := findings_on(layers, step.checks):
            # What was accepted stays accepted.
            proposed["PREVIOUS"] = earlier[0].id()
        proposed["FINDINGS"] = _beside_project(f"{step.algorithm}_findings")
    elif step.makes or step.fills:
        proposed["OUTPUT"] = _beside_project(step.algorithm)
    return proposed


def _beside_project(stem: str) -> str:
    # A temporary layer would be gone when the path is resumed. Nothing is ever written over.
    folder = QgsProject.instance().absolutePath()
    if not folder or not os.access(folder, os.W_OK):
        return ""
    paths = (Path(folder) / f"{stem}{n or ''}.gpkg" for n in (0, *range(2, 1000)))
    return next((str(path) for path in paths if not path.exists()), "")
