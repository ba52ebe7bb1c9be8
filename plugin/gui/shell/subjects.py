"""The subjects in the order in which the desktop shows them."""

from __future__ import annotations

from qgis.PyQt.QtGui import QIcon

from ...paths import resource
from ...translation import translate
from ..census.steps import CENSUS
from ..database.steps import DATABASE
from ..general.steps import GENERAL
from ..grid.steps import GRID
from ..risk.steps import RISK
from .steps import Subject

SUBJECTS = (GRID, CENSUS, RISK, DATABASE, GENERAL)


def title(subject: Subject) -> str:
    """Return the name of a subject in the user's language."""
    return {
        "grid": translate("Wangge", "Unit grids"),
        "census": translate("Wangge", "Component census"),
        "risk": translate("Wangge", "Risk list"),
        "database": translate("Wangge", "Platform database"),
        "general": translate("Wangge", "General"),
    }[subject.name]


def icon(name: str) -> QIcon:
    """Return one of Wangge's own icons."""
    return QIcon(str(resource("icons", f"{name}.svg")))
