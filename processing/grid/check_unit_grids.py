"""wangge:check_unit_grids."""

from __future__ import annotations

from ...plugin.layers.source import LayerSource
from ...plugin.translation import translate
from ..base import Group
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
        ]

    def references(self, job: Job, source: LayerSource):
        crs = require_metric(source)
        return {
            "communities": read_areas(job, self.COMMUNITIES, "community", crs),
            "buildings": read_shapes_reference(job, self.BUILDINGS, crs),
            "barriers": read_shapes_reference(job, self.BARRIERS, crs),
        }
