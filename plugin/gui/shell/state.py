"""How far each step is, told from the project's layers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from qgis.core import QgsFeatureRequest, QgsProcessingUtils, QgsVectorLayer
from qgis.PyQt.QtCore import QLocale

from ...layers.whole_table import whole_table
from ...standards.layers import LAYERS
from ...translation import translate
from .steps import Step

Layers = Mapping[str, list[QgsVectorLayer]]

# Enough rows to tell whether a column is filled, few enough not to be felt.
_PROBE = 50
# Stores that answer at once; a database is not asked from the window's own thread.
_LOCAL = ("ogr", "memory", "delimitedtext", "spatialite")
# Property of a findings layer: the description that was checked.
_KIND = "wangge/checks"


class State(Enum):
    """What the icon of a step says."""

    WAITING = "waiting"
    READY = "ready"
    DONE = "done"
    FAILING = "failing"


@dataclass(frozen=True)
class StepState:
    """State of a step and the words beside it."""

    state: State
    text: str


def count_text(layer: QgsVectorLayer) -> str:
    """Return the number of features as people write it, "" where it is not known at once."""
    if layer.providerType() not in _LOCAL:
        return ""
    count = layer.featureCount()
    return "" if count < 0 else QLocale().toString(count)


def layer_text(layer: QgsVectorLayer) -> str:
    """Return the name of a layer with its number of features."""
    count = count_text(layer)
    return f"{layer.name()} · {count}" if count else layer.name()


def findings_on(layers: Layers, name: str) -> list[QgsVectorLayer]:
    """Return the findings layers that are about a layer of some description."""
    return [layer for layer in layers.get("finding", []) if _kind_of_findings(layer) == name]


def mark_findings(layer: QgsVectorLayer, name: str) -> None:
    """Remember what a findings layer is about: one without findings cannot tell."""
    layer.setCustomProperty(_KIND, name)
    # Not stored with the project: a temporary layer comes back empty, whatever was found.
    layer.setProperty(_KIND, name)


def _kind_of_findings(layer: QgsVectorLayer) -> str:
    if told := _first_value(layer, "layer"):
        return str(told)
    if layer.providerType() == "memory":
        return layer.property(_KIND) or ""
    return layer.customProperty(_KIND, "")


def is_empty(layer: QgsVectorLayer) -> bool:
    """Return whether a layer is known to have no features."""
    return layer.providerType() in _LOCAL and layer.featureCount() == 0


def _probe(layer: QgsVectorLayer, field: str) -> list | None:
    index = layer.fields().lookupField(field)
    if index < 0 or layer.providerType() not in _LOCAL:
        return None
    request = QgsFeatureRequest().setLimit(_PROBE).setSubsetOfAttributes([index])
    request.setFlags(QgsFeatureRequest.Flag.NoGeometry)
    return [feature.attribute(index) for feature in layer.getFeatures(request)]


def _first_value(layer: QgsVectorLayer, field: str):
    values = _probe(layer, field)
    return values[0] if values else None


def _is_filled(layer: QgsVectorLayer, field: str) -> bool:
    values = _probe(layer, field)
    return bool(values) and all(v not in (None, "") and str(v) != "NULL" for v in values or ())


def missing(step: Step, layers: Layers) -> list[str]:
    """Return the descriptions of the layers that a step still lacks."""
    return [name for name in dict.fromkeys(step.needs.values()) if not layers.get(name)]


def step_state(step: Step, layers: Layers, open_errors: Mapping[str, int]) -> StepState:
    """Return how far a step is.

    Parameters
    ----------
    step : Step
    layers : mapping
        The project's layers by description.
    open_errors : mapping of str to int
        Layer id of a findings layer -> its open errors, as far as they have been counted.
    """
    lacking = missing(step, layers)
    if lacking:
        titles = translate("Wangge", ", ").join(LAYERS[name].title for name in lacking)
        return StepState(
            State.WAITING, translate("Wangge", "Needs: {layers}").format(layers=titles)
        )
    if step.checks and (found := findings_on(layers, step.checks)):
        return _checked(found[0], open_errors)
    made = [layer for layer in layers.get(step.makes, []) if not is_empty(layer)]
    if made:
        return StepState(State.DONE, layer_text(made[0]))
    wanted = [layers[name][0] for name in dict.fromkeys(step.needs.values())]
    if step.fills and _is_filled(layers[step.needs["INPUT"]][0], step.fills):
        return StepState(State.DONE, layer_text(layers[step.needs["INPUT"]][0]))
    if not wanted:
        return StepState(State.READY, translate("Wangge", "Ready"))
    return StepState(State.READY, " + ".join(layer_text(layer) for layer in wanted[:2]))


def _checked(findings: QgsVectorLayer, open_errors: Mapping[str, int]) -> StepState:
    errors = open_errors.get(findings.id())
    if errors is None:
        return StepState(State.DONE, layer_text(findings))
    text = translate("Wangge", "Open errors: {count}").format(count=QLocale().toString(errors))
    return StepState(State.FAILING if errors else State.DONE, text)


def prefilled(step: Step, layers: Layers) -> dict[str, object]:
    """Return parameters of a step filled with the layers that fit.

    Of components that lie in one table behind several layers the whole table is taken,
    unless features of the layer are selected: then the dialog offers to use those alone.
    """
    filled: dict[str, object] = {}
    for parameter, name in {**step.needs, **step.uses}.items():
        if layers.get(name):
            layer = layers[name][0]
            if name == "sample_survey" and is_empty(layer):
                continue  # nobody has been out yet
            if step.kept and parameter == "INPUT":
                layer = next((one for one in layers[name] if _is_kept(one)), layer)
            whole = "" if layer.selectedFeatureCount() else whole_table(layer)
            filled[parameter] = whole or layer.id()
    return filled


def _is_kept(layer: QgsVectorLayer) -> bool:
    # A result that is not saved yet lies in memory or in a folder that goes with the session.
    source = layer.source()
    path = source.partition("|")[0]
    is_file = layer.providerType() == "ogr" and path.lower().endswith(".gpkg")
    return is_file and not path.startswith(QgsProcessingUtils.tempFolder())
