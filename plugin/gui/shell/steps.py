"""Steps of the four subjects: which algorithm, which layers it wants, what it makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qgis.core import QgsApplication, QgsProcessingAlgorithm


@dataclass(frozen=True)
class Step:
    """One step of a subject.

    Attributes
    ----------
    algorithm : str
        Id without the provider, e.g. ``"partition_unit_grids"``.
    needs : mapping of str to str
        Parameter -> name of the layer description that fits it; all must be there.
    uses : mapping of str to str
        The same for layers that are welcome but not necessary.
    makes : str
        Name of the layer description that the step yields; empty for a file or a table.
    fills : str
        Field of the needed ``INPUT`` layer that is full once the step is done.
    checks : str
        Name of the layer description whose findings the step yields.
    kept : bool
        True when ``INPUT`` must be a table of the project's own GeoPackage.
    """

    algorithm: str
    needs: Mapping[str, str] = field(default_factory=dict)
    uses: Mapping[str, str] = field(default_factory=dict)
    makes: str = ""
    fills: str = ""
    checks: str = ""
    kept: bool = False

    @property
    def id(self) -> str:
        """Id of the algorithm in the registry."""
        return f"wangge:{self.algorithm}"


@dataclass(frozen=True)
class Subject:
    """A subject as the dock, the menu and the toolbar show it.

    Attributes
    ----------
    name : str
        Group of the algorithms and name of the icon.
    steps : tuple of Step
        The path through the subject, in order.
    """

    name: str
    steps: tuple[Step, ...]


def algorithm_of(step: Step) -> QgsProcessingAlgorithm | None:
    """Return the registered algorithm of a step, None when this installation lacks it."""
    return QgsApplication.processingRegistry().algorithmById(step.id)


def available(subject: Subject) -> list[Step]:
    """Return the steps of a subject whose algorithms are registered."""
    return [step for step in subject.steps if algorithm_of(step) is not None]


def further(subject: Subject) -> list[Step]:
    """Return the subject's registered algorithms that are not on its path, by title."""
    provider = QgsApplication.processingRegistry().providerById("wangge")
    if provider is None:
        return []
    listed = {step.algorithm for step in subject.steps}
    others = [
        a for a in provider.algorithms() if a.groupId() == subject.name and a.name() not in listed
    ]
    return [Step(a.name()) for a in sorted(others, key=lambda a: a.displayName())]
