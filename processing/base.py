"""What every Wangge algorithm shares: names, help from the parameters, errors as sentences."""

from __future__ import annotations

import traceback
from abc import abstractmethod
from enum import Enum

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingException,
    QgsProcessingParameterDefinition,
)
from qgis.PyQt.QtGui import QIcon

from ..plugin.errors import WanggeError
from ..plugin.paths import resource
from ..plugin.translation import translate
from .help_pages import help_url
from .job import Job


class Group(Enum):
    """Groups of the toolbox: the four subjects and what serves them all."""

    GRID = "grid"
    CENSUS = "census"
    RISK = "risk"
    DATABASE = "database"
    GENERAL = "general"

    @property
    def title(self) -> str:
        return {
            Group.GRID: translate("Wangge", "1 Unit grids"),
            Group.CENSUS: translate("Wangge", "2 Component census"),
            Group.RISK: translate("Wangge", "3 Risk list"),
            Group.DATABASE: translate("Wangge", "4 Platform database"),
            Group.GENERAL: translate("Wangge", "5 General"),
        }[self]


def described(
    parameter: QgsProcessingParameterDefinition, text: str, *, advanced: bool = False
) -> QgsProcessingParameterDefinition:
    """Return the parameter with its help text, folded away when it is advanced."""
    parameter.setHelp(text)
    if advanced:
        parameter.setFlags(parameter.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
    return parameter


class WanggeAlgorithm(QgsProcessingAlgorithm):
    """Base of all algorithms; a subclass names itself, lists its parameters and runs one engine.

    Class attributes
    ----------------
    ID : str
        Id of the algorithm in the toolbox and in CONTRACT.
    GROUP : Group
    """

    ID = ""
    GROUP = Group.GENERAL

    @abstractmethod
    def title(self) -> str:
        """Return the name people see."""

    @abstractmethod
    def summary(self) -> str:
        """Return in one to three sentences what the algorithm does for its user."""

    @abstractmethod
    def parameters(self) -> list[QgsProcessingParameterDefinition]:
        """Return the parameters in order, each with its help; destinations among them."""

    @abstractmethod
    def execute(self, job: Job) -> dict:
        """Do the work and return the outputs; raise `WanggeError` with a sentence."""

    def outputs(self) -> list:
        """Return outputs that are no parameters: counts for models."""
        return []

    def example(self) -> str:
        """Return an example for the help page; empty when there is none."""
        return ""

    def name(self) -> str:
        return self.ID

    def displayName(self) -> str:  # noqa: N802
        return self.title()

    def group(self) -> str:
        return self.GROUP.title

    def groupId(self) -> str:  # noqa: N802
        return self.GROUP.value

    def icon(self) -> QIcon:
        return QIcon(str(resource("icons", f"{self.GROUP.value}.svg")))

    def tags(self) -> list[str]:
        return ["wangge", "网格", *self.ID.split("_")]

    def createInstance(self):  # noqa: N802
        return type(self)()

    def shortDescription(self) -> str:  # noqa: N802
        return self.summary()

    def shortHelpString(self) -> str:  # noqa: N802
        parts = [f"<p>{self.summary()}</p>"]
        helped = [p for p in self.parameterDefinitions() if p.help()]
        if helped:
            rows = "".join(f"<li><b>{p.description()}</b>: {p.help()}</li>" for p in helped)
            parts.append(f"<ul>{rows}</ul>")
        if self.example():
            heading = translate("Wangge", "Example")
            parts.append(f"<h3>{heading}</h3><pre>{self.example()}</pre>")
        return "".join(parts)

    def helpUrl(self) -> str:  # noqa: N802
        return help_url(self, example=self.example())

    def initAlgorithm(self, configuration=None):  # noqa: N802
        for parameter in self.parameters():
            self.addParameter(parameter)
        for output in self.outputs():
            self.addOutput(output)

    def checkParameterValues(self, parameters, context):  # noqa: N802
        fits, message = super().checkParameterValues(parameters, context)
        if not fits and not message.rstrip().endswith((".", "。")):
            # QGIS names the parameter and the value; what to do is left open there.
            message = translate(
                "Wangge", "{message}. Check this parameter and run again; nothing was changed."
            ).format(message=message.rstrip())
        return fits, message

    def processAlgorithm(self, parameters, context, feedback):  # noqa: N802
        try:
            return self.execute(Job(self, parameters, context, feedback))
        except QgsProcessingException as error:
            sentence = str(error)
            _let_go(error)
        except WanggeError as error:
            if error.detail:
                feedback.pushDebugInfo(error.detail)
            sentence = error.message
            _let_go(error)
        except Exception as error:
            # A mistake of ours: people still get a sentence, support gets the trace.
            feedback.pushDebugInfo(traceback.format_exc())
            sentence = translate(
                "Wangge",
                "Something went wrong inside Wangge ({kind}: {error}). Nothing was finished. "
                "Please send the log of this run to those who look after the plugin.",
            ).format(kind=type(error).__name__, error=error)
            _let_go(error)
        raise QgsProcessingException(sentence)


def _let_go(error: BaseException | None) -> None:
    """Empty the frames of an error: QGIS never frees one that an algorithm raises.

    Columns would stay in memory and layers open, which keeps their files locked.
    """
    while error is not None:
        traceback.clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__
