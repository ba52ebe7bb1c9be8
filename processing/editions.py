"""The parameter that names an edition of the component standard."""

from __future__ import annotations

from qgis.core import QgsProcessingParameterEnum

from ..plugin.standards.editions import DEFAULT_EDITION, EDITIONS, Edition, edition
from ..plugin.translation import translate
from .base import described
from .job import Job


def edition_parameter(
    name: str, title: str = "", default: Edition = DEFAULT_EDITION
) -> QgsProcessingParameterEnum:
    """Return a list of the editions; values are their ids."""
    return described(
        QgsProcessingParameterEnum(
            name,
            title or translate("Wangge", "Standard"),
            options=[e.id for e in EDITIONS],
            defaultValue=default.id,
            usesStaticStrings=True,
        ),
        translate("Wangge", "Edition of the component standard: {numbers}.").format(
            numbers=", ".join(f"{e.id} = {e.number}" for e in EDITIONS)
        ),
    )


def read_edition(job: Job, name: str) -> Edition:
    """Return the edition chosen, telling when its table is provisional."""
    chosen = edition(job.choice(name))
    if chosen.provisional:
        job.progress.warn(
            translate(
                "Wangge",
                "The class table of {number} is provisional: it was derived from the 2026 edition. "
                "Load the city's own table where there is one.",
            ).format(number=chosen.number)
        )
    return chosen
