"""wangge:score_unit_grids."""

from __future__ import annotations

from qgis.core import (
    Qgis,
    QgsProcessingParameterFeatureSource,
)

from ...plugin.grid.load import sum_load
from ...plugin.grid.scorecard import score
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..inputs import active, read_cells, read_communities, read_shapes
from ..job import Job
from .barriers import read_barriers
from .cutting_parameters import target_area
from .scorecard_outputs import score_outputs, scorecard_parameters, write_scorecard
from .scoring_parameters import BARRIERS, BUILDINGS, LOAD, scoring_parameters


class ScoreUnitGrids(WanggeAlgorithm):
    """Judge unit grids by their geometry: area, shape, borders, coverage, load."""

    ID = "score_unit_grids"
    GROUP = Group.GRID
    INPUT, COMMUNITIES = "INPUT", "COMMUNITIES"

    def title(self):
        return translate("Wangge", "Score unit grids")

    def summary(self):
        return translate(
            "Wangge",
            "Gives a partition its scorecard: how even the areas are, how compact the cells, how much "
            "of their borders lies on streets and rivers, buildings cut, gaps, overlaps and load.",
        )

    def parameters(self):
        polygons = Qgis.ProcessingSourceType.VectorPolygon
        return [
            described(
                QgsProcessingParameterFeatureSource(
                    self.INPUT, translate("Wangge", "Unit grids"), [polygons]
                ),
                translate("Wangge", "Cells to judge; those with an end date are left out."),
            ),
            described(
                QgsProcessingParameterFeatureSource(
                    self.COMMUNITIES, translate("Wangge", "Communities"), [polygons]
                ),
                translate("Wangge", "Polygons with the 12-digit code in community_code."),
            ),
            *scoring_parameters(),
            *scorecard_parameters(),
        ]

    def outputs(self):
        return score_outputs()

    def execute(self, job: Job):
        cells = read_cells(job, self.INPUT)
        live = active(cells.batch)
        shapes = cells.shapes[live]
        communities = read_communities(job, self.COMMUNITIES, crs=cells.crs)
        barriers, _ = read_barriers(job, BARRIERS, cells.crs)
        buildings = read_shapes(job, BUILDINGS, crs=cells.crs)
        load = read_shapes(job, LOAD, crs=cells.crs)
        card = score(
            shapes,
            communities.shapes,
            barriers if len(barriers) else None,
            buildings=buildings[0] if buildings else None,
            target=target_area(job),
            load=sum_load(shapes, load[0]) if load else None,
            codes=cells.batch.codes("grid_code")[live],
            community_codes=list(communities.codes),
            community_names=list(communities.names),
            progress=job.progress,
        )
        return write_scorecard(job, card, shapes, communities.shapes)
