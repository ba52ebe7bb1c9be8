"""wangge:check_risks."""

from __future__ import annotations

from ...plugin.layers.source import LayerSource
from ...plugin.standards.layers import component_spec
from ...plugin.translation import translate
from ..base import Group
from ..check_references import read_levels
from ..checking import CheckAlgorithm, read_areas, reference_parameter
from ..inputs import renamed
from ..job import Job
from ..schemes import rule_schemes


class CheckRisks(CheckAlgorithm):
    """Check the risk list: levels against their scheme, responsible persons, measures, dates."""

    ID = "check_risks"
    GROUP = Group.RISK
    KIND = "risk"
    GRIDS, COMMUNITIES, COMPONENTS = "GRIDS", "COMMUNITIES", "COMPONENTS"
    PREVIOUS_RISKS = "PREVIOUS_RISKS"

    def title(self):
        return translate("Wangge", "Check risks")

    def summary(self):
        return translate(
            "Wangge",
            "Checks levels against the scheme that gave them, factors, responsible unit and person, "
            "measures, review dates and locations of the risk list.",
        )

    def input_title(self):
        return translate("Wangge", "Risks")

    def reference_parameters(self):
        return [
            reference_parameter(
                self.GRIDS,
                translate("Wangge", "Unit grids"),
                translate("Wangge", "To compare each risk's unit grid with its location."),
            ),
            reference_parameter(
                self.COMMUNITIES,
                translate("Wangge", "Communities"),
                translate("Wangge", "To compare each risk's community with its location."),
            ),
            reference_parameter(
                self.COMPONENTS,
                translate("Wangge", "Components"),
                translate("Wangge", "Components that risks refer to."),
                polygons=False,
            ),
            reference_parameter(
                self.PREVIOUS_RISKS,
                translate("Wangge", "Earlier risks"),
                translate("Wangge", "A level that differs from theirs needs a reason."),
                polygons=False,
            ),
        ]

    def references(self, job: Job, source: LayerSource):
        crs = source.layer.crs()
        found: dict[str, object] = {
            "grids": read_areas(job, self.GRIDS, "unit_grid", crs),
            "communities": read_areas(job, self.COMMUNITIES, "community", crs),
            "schemes": rule_schemes(),
            "previous_levels": read_levels(job, self.PREVIOUS_RISKS),
        }
        if components := job.source(self.COMPONENTS):
            batch = renamed(job.columns(components, geometry=False), component_spec())
            found["component_codes"] = frozenset(batch.text("component_code"))
        return found
