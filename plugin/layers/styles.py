"""Styles for result layers: QML with symbology and labels only, so that forms survive."""

from __future__ import annotations

import re

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsFeatureRenderer,
    QgsMapLayer,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsVectorLayer,
)

from ..paths import resource
from ..standards.classes import class_table
from ..translation import is_chinese
from .derived import mark_derived

#: A legend entry in both languages, such as ``错误 error``.
_BOTH = re.compile(r"(?P<zh>.*[^ -~]) (?P<en>[ -~]+)")


def apply_style(layer: QgsVectorLayer, name: str) -> bool:
    """Give a layer the symbology and labels of ``resources/styles/<name>.qml``."""
    path = resource("styles", f"{name}.qml")
    if not path.is_file():
        return False
    categories = QgsMapLayer.StyleCategory.Symbology | QgsMapLayer.StyleCategory.Labeling
    _, done = layer.loadNamedStyle(str(path), categories=categories)
    _speak(layer.renderer())
    layer.triggerRepaint()
    return bool(done)


def _speak(renderer: QgsFeatureRenderer | None) -> None:
    """Let the legend speak the user's language; the styles carry both, majors Chinese alone."""
    if not isinstance(renderer, QgsCategorizedSymbolRenderer):
        return
    for index, category in enumerate(renderer.categories()):
        label = category.label()
        if (both := _BOTH.fullmatch(label)) is not None:
            label = both["zh"] if is_chinese() else both["en"]
        elif label.startswith(f"{category.value()} ") and not is_chinese():
            majors = class_table().majors
            label = f"{category.value()} {majors.get(category.value(), label[3:])}"
        renderer.updateCategoryLabel(index, label)


class _Styler(QgsProcessingLayerPostProcessorInterface):
    def __init__(self, name: str, derived: bool | str):
        super().__init__()
        self._name, self._derived = name, derived

    def postProcessLayer(  # noqa: N802
        self, layer, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ):
        if isinstance(layer, QgsVectorLayer):
            apply_style(layer, self._name)
            if self._derived:
                mark_derived(layer, self._derived if isinstance(self._derived, str) else "")


# QGIS does not own post-processors: those not yet called must be kept alive here.
_waiting: list[_Styler] = []


def style_when_loaded(
    details: QgsProcessingContext.LayerDetails, name: str, *, derived: bool | str = False
) -> None:
    """Style a result once QGIS has loaded it, and note where it only shows other layers."""
    styler = _Styler(name, derived)
    _waiting.append(styler)
    del _waiting[:-100]
    details.setPostProcessor(styler)
