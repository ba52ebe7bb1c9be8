"""wangge:number_unit_grids."""

from __future__ import annotations

import numpy as np
import shapely
from qgis.core import (
    Qgis,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
)

from ...plugin.grid.home import find_community
from ...plugin.grid.numbering import number_cells
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..inputs import active, read_cells, read_communities
from ..job import Job
from ..outputs import numbers
from .cell_layer import save_cells


class NumberUnitGrids(WanggeAlgorithm):
    """Give unit grids their codes by the national standard."""

    ID = "number_unit_grids"
    GROUP = Group.GRID
    INPUT, COMMUNITIES, KEEP, WIDTH = "INPUT", "COMMUNITIES", "KEEP_EXISTING", "SEQUENCE_WIDTH"
    OUTPUT = "OUTPUT"

    def title(self):
        return translate("Wangge", "Number unit grids")

    def summary(self):
        return translate(
            "Wangge",
            "Numbers the cells of each community from west to east in rows from north to south: the "
            "community's 12 digits and a sequence of 3. Codes of retired cells are never used again.",
        )

    def parameters(self):
        polygons = Qgis.ProcessingSourceType.VectorPolygon
        return [
            described(
                QgsProcessingParameterFeatureSource(
                    self.INPUT, translate("Wangge", "Unit grids"), [polygons]
                ),
                translate("Wangge", "Cells to number; cells with an end date count as retired."),
            ),
            described(
                QgsProcessingParameterFeatureSource(
                    self.COMMUNITIES, translate("Wangge", "Communities"), [polygons]
                ),
                translate("Wangge", "Polygons with the 12-digit code in community_code."),
            ),
            described(
                QgsProcessingParameterBoolean(
                    self.KEEP, translate("Wangge", "Keep existing codes"), True
                ),
                translate(
                    "Wangge",
                    "Valid codes of the right community stay; new cells follow the largest number.",
                ),
            ),
            described(
                QgsProcessingParameterNumber(
                    self.WIDTH,
                    translate("Wangge", "Digits of the sequence"),
                    defaultValue=3,
                    minValue=2,
                    maxValue=3,
                ),
                translate("Wangge", "3 for 15-digit codes, 2 for the 14 digits of CJ/T 213-2005."),
                advanced=True,
            ),
            described(
                QgsProcessingParameterFeatureSink(
                    self.OUTPUT, translate("Wangge", "Numbered unit grids"), polygons
                ),
                translate("Wangge", "The same cells with their codes."),
            ),
        ]

    def outputs(self):
        return numbers(
            [
                ("NUMBERED", translate("Wangge", "Cells that got a new code")),
                ("KEPT", translate("Wangge", "Cells that kept their code")),
            ]
        )

    def execute(self, job: Job):
        cells = read_cells(job, self.INPUT)
        communities = read_communities(job, self.COMMUNITIES, crs=cells.crs)
        live = active(cells.batch)
        home = np.full(len(cells.codes), -1, dtype=np.int64)
        home[live] = find_community(cells.shapes[live], communities.shapes)
        numbering = number_cells(
            cells.shapes[live],
            home[live],
            list(communities.codes),
            existing=cells.batch.codes("grid_code")[live],
            retired=set(cells.codes[~live]) - {""},
            width=job.integer(self.WIDTH),
            keep_existing=job.flag(self.KEEP),
            community_names=list(communities.names),
        )
        for note in numbering.notes:
            job.progress.warn(note.message)
        codes = cells.batch.codes("grid_code")
        codes[live] = numbering.codes
        community = cells.batch.text("community_code")
        community[home >= 0] = communities.codes[home[home >= 0]]
        batch = cells.batch.with_fields(
            grid_code=codes,
            community_code=community,
            area_m2=np.round(shapely.area(cells.shapes), 2),
            perimeter_m=np.round(shapely.length(cells.shapes), 2),
        )
        kept = int(numbering.kept.sum())
        return {
            self.OUTPUT: save_cells(job, self.OUTPUT, batch, cells.crs),
            "NUMBERED": int(np.count_nonzero(numbering.codes != None)) - kept,  # noqa: E711
            "KEPT": kept,
        }
