"""How far each page of the guided path is."""

from __future__ import annotations

from collections.abc import Mapping

from qgis.core import QgsVectorLayer

from ...standards.layers import LAYERS
from ...translation import translate
from ..shell.state import Layers, State, StepState, is_empty, layer_text, step_state
from .guide_pages import Page, Task, tasks_of
from .guide_place import Place


def in_chosen_order(layers: Layers, place: Place) -> dict[str, list[QgsVectorLayer]]:
    """Return the layers with the one chosen for a description first, empty ones last."""
    return {
        kind: sorted(found, key=lambda la: (is_empty(la), la.id() != place.chosen.get(kind)))
        for kind, found in layers.items()
    }


def kinds_of(page: Page) -> list[str]:
    """Return the descriptions of all layers that a page uses, those on the map first."""
    used = [k for t in tasks_of(page) for k in (*t.step.needs.values(), *t.step.uses.values())]
    return list(dict.fromkeys((*page.layers, *used)))


def task_state(
    task: Task, layers: Layers, open_errors: Mapping[str, int], place: Place
) -> StepState:
    """Return how far a task is: told by its layers, or by the project where it leaves none."""
    state = step_state(task.step, layers, open_errors)
    leaves_layer = task.step.makes or task.step.checks or task.step.fills
    if state.state is State.READY and not leaves_layer and task.key in place.done:
        return StepState(State.DONE, state.text)
    return state


def page_state(
    page: Page, layers: Layers, open_errors: Mapping[str, int], place: Place
) -> StepState:
    """Return how far a page is: the worst of what is needed on it, in words."""
    lacking = [name for name in page.required if not layers.get(name)]
    if lacking:
        titles = translate("Wangge", ", ").join(LAYERS[name].title for name in lacking)
        return StepState(
            State.WAITING, translate("Wangge", "Needs: {layers}").format(layers=titles)
        )
    needed = [task_state(t, layers, open_errors, place) for t in tasks_of(page) if t.needed]
    for wanted in (State.FAILING, State.READY, State.WAITING):
        for state in needed:
            if state.state is wanted:
                return state
    if needed:
        return needed[-1]
    if not layers:
        return StepState(State.READY, translate("Wangge", "Ready"))
    present = [layers[name][0] for name in page.layers if layers.get(name)]
    return StepState(State.DONE, " + ".join(layer_text(layer) for layer in present[:2]))
