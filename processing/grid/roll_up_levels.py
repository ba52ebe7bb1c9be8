"""wangge:roll_up_levels."""

from __future__ import annotations

import numpy as np
from qgis.core import (
    Qgis,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
)

from ...plugin.grid.defects import nesting_sentence
from ...plugin.grid.levels import Level, LevelName, check_nesting, check_parents, roll_up
from ...plugin.grid.load import sum_load
from ...plugin.layers.fields import fields_of_columns
from ...plugin.rules.batch import Batch
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..inputs import Communities, active, read_cells, read_communities, read_shapes
from ..job import Job
from ..outputs import numbers

_NAMES = {
    LevelName.COMMUNITY: "community_name",
    LevelName.STREET: "street_name",
    LevelName.DISTRICT: "district_name",
}
# More than these nobody reads in a log; the number of all is an output.
_MOST_TOLD = 50


class RollUpLevels(WanggeAlgorithm):
    """Roll unit grids up to communities, streets, districts and the city."""

    ID = "roll_up_levels"
    GROUP = Group.GRID
    INPUT, COMMUNITIES = "INPUT", "COMMUNITIES"
    COMPONENTS, RISKS, OUTPUT = "COMPONENTS", "RISKS", "OUTPUT"

    def title(self):
        return translate("Wangge", "Roll up levels")

    def summary(self):
        return translate(
            "Wangge",
            "Makes one layer of all levels, from the unit grid through community, street and district "
            "to the city, with areas and the number of cells, components and risks of each.",
        )

    def parameters(self):
        polygons = Qgis.ProcessingSourceType.VectorPolygon
        anything = Qgis.ProcessingSourceType.VectorAnyGeometry
        return [
            described(
                QgsProcessingParameterFeatureSource(
                    self.INPUT, translate("Wangge", "Unit grids"), [polygons]
                ),
                translate("Wangge", "Numbered cells; those with an end date are left out."),
            ),
            described(
                QgsProcessingParameterFeatureSource(
                    self.COMMUNITIES, translate("Wangge", "Communities"), [polygons]
                ),
                translate("Wangge", "Give the names, and the nesting is checked against them."),
            ),
            described(
                QgsProcessingParameterFeatureSource(
                    self.COMPONENTS, translate("Wangge", "Components"), [anything], optional=True
                ),
                translate("Wangge", "Counted in each unit."),
            ),
            described(
                QgsProcessingParameterFeatureSource(
                    self.RISKS, translate("Wangge", "Risks"), [anything], optional=True
                ),
                translate("Wangge", "Counted in each unit."),
            ),
            described(
                QgsProcessingParameterFeatureSink(
                    self.OUTPUT, translate("Wangge", "Levels"), polygons
                ),
                translate("Wangge", "One row for each unit of each level, with its parent's code."),
            ),
        ]

    def outputs(self):
        return numbers([("PROBLEMS", translate("Wangge", "Places where levels do not nest"))])

    def execute(self, job: Job):
        cells = read_cells(job, self.INPUT)
        live = active(cells.batch) & (cells.codes != "")
        shapes, codes = cells.shapes[live], cells.codes[live]
        communities = read_communities(job, self.COMMUNITIES, crs=cells.crs)
        counted = {}
        for name, column in ((self.COMPONENTS, "components"), (self.RISKS, "risks")):
            if found := read_shapes(job, name, crs=cells.crs):
                counted[column] = sum_load(shapes, found[0])
        problems = (
            *check_nesting(shapes, codes, communities.shapes, list(communities.codes)),
            *check_parents(
                list(communities.codes),
                {
                    level: communities.batch.text(_NAMES[level].replace("_name", "_code")).tolist()
                    for level in (LevelName.STREET, LevelName.DISTRICT)
                },
            ),
        )
        for problem in problems[:_MOST_TOLD]:
            job.progress.warn(nesting_sentence(problem))
        if len(problems) > _MOST_TOLD:
            job.progress.warn(
                translate("Wangge", "… and {count} more of the kind.").format(
                    count=len(problems) - _MOST_TOLD
                )
            )
        levels = roll_up(shapes, codes, per_cell=counted, progress=job.progress)
        batch = _as_batch(levels, communities)
        saved = job.save(
            self.OUTPUT,
            batch,
            fields_of_columns(batch.fields),
            Qgis.WkbType.MultiPolygon,
            cells.crs,
        )
        return {self.OUTPUT: saved, "PROBLEMS": len(problems)}


def _as_batch(levels: tuple[Level, ...], communities: Communities) -> Batch:
    names = {
        level: dict(
            zip(
                communities.batch.text(field.replace("_name", "_code")),
                communities.batch.text(field),
                strict=True,
            )
        )
        for level, field in _NAMES.items()
    }

    def joined(pick):
        return np.concatenate([pick(level) for level in levels])

    fields = {
        "level": joined(lambda x: np.full(len(x.code), x.name.value, dtype=object)),
        "code": joined(lambda x: x.code),
        "name": joined(
            lambda x: np.array([names.get(x.name, {}).get(c, "") for c in x.code], dtype=object)
        ),
        "parent": joined(lambda x: x.parent),
        "cells": joined(lambda x: x.cells),
        "area_m2": joined(lambda x: np.round(x.area, 2)),
        **{
            total: joined(lambda x, t=total: np.rint(x.totals[t]).astype(np.int64))
            for total in levels[0].totals
        },
    }
    shapes = joined(lambda x: x.geometry)
    return Batch(fields, shapes, np.arange(1, len(shapes) + 1, dtype=np.int64))
