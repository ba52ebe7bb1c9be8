"""wangge:check_unit_grids."""

from __future__ import annotations

from ...plugin.layers.source import LayerSource
from ...plugin.translation import translate
from ..base import Group
from ..check_references import read_lineage
from ..checking import (
    CheckAlgorithm,
    read_areas,
    read_shapes_reference,
    reference_parameter,
)
from ..inputs import require_metric
from ..job import Job


class CheckUnitGrids(CheckAlgorithm):
    """Check unit grids: coverage, shape, codes, dates."""

    ID = "check_unit_grids"
    GROUP = Group.GRID
    KIND = "unit_grid"
    COMMUNITIES, BUILDINGS, BARRIERS = "COMMUNITIES", "BUILDINGS", "BARRIERS"
    PREVIOUS_GRIDS, LINEAGE = "PREVIOUS_GRIDS", "LINEAGE"

    def title(self):
        return translate("Wangge", "Check unit grids")

    def summary(self):
        return translate(
            "Wangge",
            "Finds overlaps, gaps, cells outside or across their community, buildings cut, invalid "
            "shapes, wrong codes, areas and dates. Each finding says what to do.",
        )

    def input_title(self):
        return translate("Wangge", "Unit grids")

    def reference_parameters(self):
        return [
            reference_parameter(
                self.COMMUNITIES,
                translate("Wangge", "Communities"),
                translate("Wangge", "The cells must cover each of them exactly."),
                optional=False,
            ),
            reference_parameter(
                self.BUILDINGS,
                translate("Wangge", "Buildings"),
                translate("Wangge", "No border may cross one."),
            ),
            reference_parameter(
                self.BARRIERS,
                translate("Wangge", "Streets and rivers"),
                translate("Wangge", "To tell which borders follow them."),
                polygons=False,
            ),
            reference_parameter(
                self.PREVIOUS_GRIDS,
                translate("Wangge", "Earlier unit grids"),
                translate("Wangge", "Changes since them must be in the lineage."),
            ),
            reference_parameter(
                self.LINEAGE,
                translate("Wangge", "Lineage"),
                translate("Wangge", "Codes it ended must not come back."),
                polygons=False,
            ),
        ]

    def references(self, job: Job, source: LayerSource):
        crs = require_metric(source)
        lineage, retired = read_lineage(job, self.LINEAGE) or (None, None)
        return {
            "communities": read_areas(job, self.COMMUNITIES, "community", crs),
            "buildings": read_shapes_reference(job, self.BUILDINGS, crs),
            "barriers": read_shapes_reference(job, self.BARRIERS, crs),
            "previous_grids": read_areas(job, self.PREVIOUS_GRIDS, "unit_grid", crs),
            "lineage": lineage,
            "retired_codes": retired,
        }
