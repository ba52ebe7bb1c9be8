"""wangge:number_components."""

from __future__ import annotations

import numpy as np
from qgis.core import (
    Qgis,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterString,
)

from ...plugin.census.blocks import CodeBlock
from ...plugin.census.numbering import Outcome, number_components
from ...plugin.errors import WanggeError
from ...plugin.standards.layers import component_spec
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..editions import edition_parameter, read_edition
from ..inputs import renamed, require_field, require_rows
from ..job import Job
from ..outputs import geometry_of, numbers, save_layer


class NumberComponents(WanggeAlgorithm):
    """Give components their identification codes."""

    ID = "number_components"
    GROUP = Group.CENSUS
    INPUT, DISTRICT, BLOCK, KNOWN = "INPUT", "DISTRICT_CODE", "BLOCK", "KNOWN_CODES"
    STANDARD, OUTPUT = "STANDARD", "OUTPUT"

    def title(self):
        return translate("Wangge", "Number components")

    def summary(self):
        return translate(
            "Wangge",
            "Gives every component its code: district, class and running number. Valid codes stay, "
            "duplicates are told and renumbered, numbers once used are never given again.",
        )

    def parameters(self):
        anything = Qgis.ProcessingSourceType.Vector
        return [
            described(
                QgsProcessingParameterFeatureSource(
                    self.INPUT, translate("Wangge", "Components"), [anything]
                ),
                translate("Wangge", "With class_code and, better, grid_code filled."),
            ),
            described(
                QgsProcessingParameterString(
                    self.DISTRICT, translate("Wangge", "District code"), optional=True
                ),
                translate("Wangge", "6 digits, for components whose unit grid is not known."),
            ),
            described(
                QgsProcessingParameterString(
                    self.BLOCK, translate("Wangge", "Number block"), optional=True
                ),
                translate(
                    "Wangge",
                    "Running numbers reserved for this crew, e.g. 20001-30000; all free ones if empty.",
                ),
            ),
            described(
                QgsProcessingParameterFeatureSource(
                    self.KNOWN, translate("Wangge", "Codes used before"), [anything], optional=True
                ),
                translate("Wangge", "Layer or table with component_code whose numbers are taken."),
                advanced=True,
            ),
            edition_parameter(self.STANDARD),
            described(
                QgsProcessingParameterFeatureSink(
                    self.OUTPUT, translate("Wangge", "Numbered components")
                ),
                translate("Wangge", "The same components with their codes."),
            ),
        ]

    def outputs(self):
        return numbers(
            [
                ("NUMBERED", translate("Wangge", "Components that got a new code")),
                ("KEPT", translate("Wangge", "Components that kept their code")),
                ("UNNUMBERED", translate("Wangge", "Components without class or district")),
            ]
        )

    def execute(self, job: Job):
        standard = read_edition(job, self.STANDARD)
        spec = component_spec(standard)
        source = job.required_source(self.INPUT)
        components = renamed(job.columns(source), spec)
        require_rows(components, source)
        require_field(components, source, "class_code")
        known: list[str] = []
        if known_source := job.source(self.KNOWN):
            others = renamed(job.columns(known_source, geometry=False), spec)
            require_field(others, known_source, "component_code")
            known = others.text("component_code").tolist()
        made = number_components(
            components,
            standard=standard,
            district_code=job.text(self.DISTRICT),
            known_codes=known,
            block=_block(job.text(self.BLOCK)),
            progress=job.progress,
        )
        for outcome in (Outcome.DUPLICATE, Outcome.NO_CLASS, Outcome.NO_DISTRICT):
            if count := made.count(outcome):
                job.progress.warn(_told(outcome).format(count=count))
        kept = made.count(Outcome.KEPT)
        lost = made.count(Outcome.NO_CLASS) + made.count(Outcome.NO_DISTRICT)
        saved = save_layer(
            job,
            self.OUTPUT,
            components.with_fields(
                component_code=made.codes,
                standard=np.full(len(components), standard.id, dtype=object),
            ),
            spec,
            geometry_of(source),
            source.layer.crs(),
            style="component",
        )
        return {
            self.OUTPUT: saved,
            "NUMBERED": len(components) - kept - lost,
            "KEPT": kept,
            "UNNUMBERED": lost,
        }


def _told(outcome: Outcome) -> str:
    return {
        Outcome.DUPLICATE: translate(
            "Wangge", "{count} components had a code that another one has; they got new ones."
        ),
        Outcome.NO_CLASS: translate(
            "Wangge", "{count} components have no valid class_code and got no code."
        ),
        Outcome.NO_DISTRICT: translate(
            "Wangge",
            "{count} components lie in no known district and got no code; give the district code.",
        ),
    }[outcome]


def _block(text: str) -> list[CodeBlock]:
    if not text:
        return []
    start, _, end = text.replace("–", "-").partition("-")
    if not (start.strip().isdigit() and end.strip().isdigit()):
        raise WanggeError(
            translate(
                "Wangge", "The number block “{text}” is not of the form 20001-30000. Correct it."
            ).format(text=text)
        )
    return [CodeBlock(int(start), int(end), "")]
