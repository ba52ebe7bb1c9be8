"""wangge:group_management_grids."""

from __future__ import annotations

import numpy as np
import shapely
from qgis.core import (
    Qgis,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
)

from ...plugin.grid.load import sum_load
from ...plugin.grid.management import (
    MOST_CELLS,
    build_management_grids,
    management_codes,
    management_shapes,
)
from ...plugin.layers.fields import fields_of_columns
from ...plugin.rules.batch import Batch
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..inputs import active, read_cells, read_shapes
from ..job import Job
from ..outputs import numbers
from .cell_layer import save_cells


class GroupManagementGrids(WanggeAlgorithm):
    """Group unit grids into management grids of one to five adjacent cells."""

    ID = "group_management_grids"
    GROUP = Group.GRID
    INPUT, SIZE, LOAD = "INPUT", "SIZE", "LOAD"
    CELLS, OUTPUT = "CELLS", "OUTPUT"

    def title(self):
        return translate("Wangge", "Group management grids")

    def summary(self):
        return translate(
            "Wangge",
            "Groups adjacent unit grids of one community into management grids of one to five cells, "
            "as even as can be, and gives each grid of the result its code.",
        )

    def parameters(self):
        polygons = Qgis.ProcessingSourceType.VectorPolygon
        return [
            described(
                QgsProcessingParameterFeatureSource(
                    self.INPUT, translate("Wangge", "Unit grids"), [polygons]
                ),
                translate("Wangge", "Numbered cells; those with an end date are left out."),
            ),
            described(
                QgsProcessingParameterNumber(
                    self.SIZE,
                    translate("Wangge", "Unit grids to a management grid"),
                    defaultValue=3,
                    minValue=1,
                    maxValue=MOST_CELLS,
                ),
                translate("Wangge", "What is wished for; at the edges there can be fewer or more."),
            ),
            described(
                QgsProcessingParameterFeatureSource(
                    self.LOAD, translate("Wangge", "Load"), optional=True
                ),
                translate(
                    "Wangge",
                    "Points or polygons that weigh on the cells: a grid is full with its share of "
                    "them, so that busy cells come in smaller groups.",
                ),
            ),
            described(
                QgsProcessingParameterFeatureSink(
                    self.CELLS,
                    translate("Wangge", "Unit grids with management codes"),
                    polygons,
                    optional=True,
                    createByDefault=False,
                ),
                translate("Wangge", "The same cells; management_code names the grid of each."),
            ),
            described(
                QgsProcessingParameterFeatureSink(
                    self.OUTPUT, translate("Wangge", "Management grids"), polygons
                ),
                translate("Wangge", "One polygon each, with code, number of cells, area and load."),
            ),
        ]

    def outputs(self):
        return numbers(
            [
                ("COUNT", translate("Wangge", "Management grids")),
                ("MEAN_CELLS", translate("Wangge", "Mean number of unit grids")),
                ("SINGLE", translate("Wangge", "Management grids of one cell")),
            ]
        )

    def execute(self, job: Job):
        cells = read_cells(job, self.INPUT)
        live = np.flatnonzero(active(cells.batch))
        shapes = cells.shapes[live]
        homes = np.array([c[:12] for c in cells.codes[live]], str)
        # Cells without a code belong to no community that could be told.
        community = np.where(homes == "", -1, np.unique(homes, return_inverse=True)[1])
        found = read_shapes(job, self.LOAD, crs=cells.crs)
        load = sum_load(shapes, found[0]) if found else None
        group = build_management_grids(
            shapes, community, size=job.integer(self.SIZE), load=load, progress=job.progress
        )
        codes = management_codes(group, homes, homes != "")
        ground = management_shapes(shapes, group)
        number = np.bincount(group, minlength=len(ground))
        first = np.unique(group, return_index=True)[1]
        fields = {
            "management_code": codes[first],
            "community_code": np.array([c and c[:12] for c in codes[first]], dtype=object),
            "cells": number.astype(np.int64),
            "area_m2": np.round(shapely.area(ground), 2),
        }
        if load is not None:
            fields["load"] = np.bincount(group, weights=load, minlength=len(ground))
        batch = Batch(fields, ground, np.arange(1, len(ground) + 1, dtype=np.int64))
        results = {
            self.OUTPUT: job.save(
                self.OUTPUT,
                batch,
                fields_of_columns(fields),
                Qgis.WkbType.MultiPolygon,
                cells.crs,
            ),
            "COUNT": len(ground),
            "MEAN_CELLS": float(number.mean()),
            "SINGLE": int((number == 1).sum()),
        }
        if job.is_given(self.CELLS):
            column = np.full(len(cells.codes), None, dtype=object)
            column[live] = codes
            marked = cells.batch.with_fields(management_code=column)
            results[self.CELLS] = save_cells(job, self.CELLS, marked, cells.crs)
        return results
