"""The pages of the guided path: from an empty project to a district on the platform."""

from __future__ import annotations

from dataclasses import dataclass, field

from ...standards.layers import LAYERS
from ...translation import translate
from ..shell.steps import Step, algorithm_of
from ..shell.subjects import SUBJECTS


@dataclass(frozen=True)
class Task:
    """Something to be done on a page: a step of a subject.

    Attributes
    ----------
    step : Step
    kind : str
        What is pushed, where the step is a push.
    needed : bool
        Whether the page is done only with it.
    """

    step: Step
    kind: str = ""
    needed: bool = True

    @property
    def key(self) -> str:
        """Name under which the project remembers that it was done."""
        return f"{self.step.algorithm}:{self.kind}" if self.kind else self.step.algorithm

    @property
    def title(self) -> str:
        """What is done, in the user's language."""
        if self.kind:
            return translate("Wangge", "Push: {layer}").format(layer=LAYERS[self.kind].title)
        return algorithm_of(self.step).displayName()


@dataclass(frozen=True)
class Page:
    """A page of the path.

    Attributes
    ----------
    name : str
    tasks : tuple of Task
    layers : tuple of str
        Descriptions of the layers that the page is about; the map shows the first that is there.
    required : tuple of str
        Those that must be in the project before the page is done.
    offers : tuple of str
        Doors into the rest of the window: ``sample``, ``add``, ``options``, ``findings``.
    """

    name: str
    tasks: tuple[Task, ...] = ()
    layers: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    offers: tuple[str, ...] = field(default=())


def _step(algorithm: str) -> Step:
    return next(s for subject in SUBJECTS for s in subject.steps if s.algorithm == algorithm)


def _task(algorithm: str, *, needed: bool = True) -> Task:
    return Task(_step(algorithm), needed=needed)


def _push(kind: str) -> Task:
    return Task(Step("push_to_platform", needs={"INPUT": kind}), kind)


PAGES = (
    Page("district", offers=("sample", "options")),
    Page(
        "boundaries",
        layers=("community", "street", "building", "water"),
        required=("community", "street"),
        offers=("add",),
    ),
    Page(
        "cut",
        (_task("partition_unit_grids"), _task("number_unit_grids")),
        ("unit_grid", "community", "street", "building"),
    ),
    Page(
        "check_cells",
        (_task("check_unit_grids"), _task("repair_unit_grids", needed=False)),
        ("unit_grid", "community", "building"),
        offers=("findings",),
    ),
    Page(
        "census",
        (
            _task("create_census_project", needed=False),
            _task("import_components"),
            _task("assign_unit_grids"),
            _task("number_components"),
        ),
        ("component", "unit_grid", "department"),
    ),
    Page(
        "check_components",
        (_task("check_components"),),
        ("component", "unit_grid", "department"),
        offers=("findings",),
    ),
    Page(
        "risks",
        (_task("import_risk_list"), _task("score_risks"), _task("check_risks")),
        ("risk", "unit_grid"),
        offers=("findings",),
    ),
    Page(
        "push",
        (
            _task("install_platform", needed=False),
            *(_push(kind) for kind in ("community", "unit_grid", "component", "risk")),
        ),
        ("unit_grid", "community", "component", "risk"),
        offers=("options",),
    ),
)


def tasks_of(page: Page) -> list[Task]:
    """Return the tasks of a page that this installation can do."""
    return [task for task in page.tasks if algorithm_of(task.step) is not None]


def page_named(name: str) -> Page:
    """Return a page by its name, the first when there is none of it."""
    return next((page for page in PAGES if page.name == name), PAGES[0])


def page_title(page: Page) -> str:
    """Return the title of a page."""
    return {
        "district": translate("Wangge", "New district"),
        "boundaries": translate("Wangge", "Boundaries and streets"),
        "cut": translate("Wangge", "Cut the unit grids"),
        "check_cells": translate("Wangge", "Check the unit grids"),
        "census": translate("Wangge", "Take the components in"),
        "check_components": translate("Wangge", "Check the components"),
        "risks": translate("Wangge", "List and score the risks"),
        "push": translate("Wangge", "Push to the platform"),
    }[page.name]


def page_text(page: Page) -> str:
    """Return what is done on a page and why."""
    return {
        "district": translate(
            "Wangge",
            "Open or save a project for the district and choose the city's profile in the options: "
            "it decides codes, edition and tolerances. To try the path, take the sample city.",
        ),
        "boundaries": translate(
            "Wangge",
            "Add the communities and the streets. Cells never cross a community's boundary, and "
            "streets are where they are cut; buildings keep cuts out of houses.",
        ),
        "cut": translate(
            "Wangge",
            "Cut every community into cells of about 10,000 m² along streets and number them. Every "
            "later code refers to these cells.",
        ),
        "check_cells": translate(
            "Wangge",
            "Look for gaps, overlaps and wrong codes before anything is built on the cells. Settle "
            "each finding in the findings panel, then check again.",
        ),
        "census": translate(
            "Wangge",
            "Take in what the crews delivered, give each component its cell and then its code: the "
            "code begins with the district and must never change again.",
        ),
        "check_components": translate(
            "Wangge",
            "Check classes, codes, places and departments of the components. The platform refuses "
            "what has errors.",
        ),
        "risks": translate(
            "Wangge",
            "Take in the district's risk list, score it in four colours and check it, so that each "
            "risk has a place, a level and somebody who answers for it.",
        ),
        "push": translate(
            "Wangge",
            "Send what passed its checks to the platform database, communities first. Each push is "
            "one batch and can be taken back.",
        ),
    }[page.name]
