"""Findings layers as they come out of a check: named, marked and on top of the map."""

from __future__ import annotations

from qgis.core import QgsApplication, QgsMapLayer, QgsProject

from ...translation import translate
from .state import mark_findings
from .subjects import SUBJECTS


def sign_findings(layer: QgsMapLayer, algorithm: str) -> None:
    """Say on a findings layer which check it is of: several checks leave several layers."""
    found = QgsApplication.processingRegistry().algorithmById(algorithm)
    if found is not None:
        title = translate("Wangge", "Findings: {title}").format(title=found.displayName())
        layer.setName(title)
    steps = (step for subject in SUBJECTS for step in subject.steps)
    mark_findings(layer, next((step.checks for step in steps if step.id == algorithm), ""))


def bring_to_top(layer: QgsMapLayer) -> None:
    """Put a layer above all others."""
    # QGIS puts results above the active layer, which may be below what hides them.
    root = QgsProject.instance().layerTreeRoot()
    node = root.findLayer(layer.id())
    if node is not None:
        root.insertChildNode(0, node.clone())
        node.parent().removeChildNode(node)
