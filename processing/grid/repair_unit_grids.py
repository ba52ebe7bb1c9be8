"""wangge:repair_unit_grids."""

from __future__ import annotations

from collections import Counter

import numpy as np
import shapely
from qgis.core import (
    Qgis,
    QgsProcessingParameterDistance,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
)

from ...plugin.grid.defects import defect_title
from ...plugin.grid.repair import repair_coverage
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..checking import profile_parameter, read_profile
from ..inputs import active, read_cells, read_communities
from ..job import Job
from ..outputs import numbers
from .cell_layer import save_cells


class RepairUnitGrids(WanggeAlgorithm):
    """Repair gaps, overlaps and mismatched borders of unit grids."""

    ID = "repair_unit_grids"
    GROUP = Group.GRID
    INPUT, COMMUNITIES, OUTPUT = "INPUT", "COMMUNITIES", "OUTPUT"
    MAX_GAP_WIDTH, SNAP, MIN_WIDTH = "MAX_GAP_WIDTH", "SNAP_TOLERANCE", "MIN_WIDTH"
    PROFILE = "PROFILE"

    def title(self):
        return translate("Wangge", "Repair unit grids")

    def summary(self):
        return translate(
            "Wangge",
            "Closes gaps, settles overlaps, matches the vertices of shared borders, joins loose parts "
            "and mends rings. Cells that are right come back as they were; what needs a person is told.",
        )

    def parameters(self):
        polygons = Qgis.ProcessingSourceType.VectorPolygon
        distance = QgsProcessingParameterDistance
        return [
            described(
                QgsProcessingParameterFeatureSource(
                    self.INPUT, translate("Wangge", "Unit grids"), [polygons]
                ),
                translate("Wangge", "Cells to repair; the layer itself is not touched."),
            ),
            described(
                QgsProcessingParameterFeatureSource(
                    self.COMMUNITIES, translate("Wangge", "Communities"), [polygons]
                ),
                translate("Wangge", "What the cells must cover exactly; taken as it is."),
            ),
            described(
                distance(
                    self.MAX_GAP_WIDTH,
                    translate("Wangge", "Widest gap to close"),
                    None,
                    self.INPUT,
                    optional=True,
                    minValue=0,
                ),
                translate(
                    "Wangge", "Wider gaps stay and are told; the profile's when empty (1 m)."
                ),
            ),
            described(
                distance(
                    self.SNAP,
                    translate("Wangge", "Snap distance"),
                    None,
                    self.INPUT,
                    optional=True,
                    minValue=0,
                ),
                translate(
                    "Wangge",
                    "Borders no further apart than this become one; the profile's when empty "
                    "(0.01 m).",
                ),
                advanced=True,
            ),
            described(
                distance(
                    self.MIN_WIDTH,
                    translate("Wangge", "Narrowest cell"),
                    0.0,
                    self.INPUT,
                    minValue=0,
                ),
                translate("Wangge", "Cells nowhere wider than this join a neighbour; 0 keeps all."),
                advanced=True,
            ),
            profile_parameter(self.PROFILE),
            described(
                QgsProcessingParameterFeatureSink(
                    self.OUTPUT, translate("Wangge", "Repaired unit grids"), polygons
                ),
                translate("Wangge", "All cells of which something is left."),
            ),
        ]

    def outputs(self):
        return numbers(
            [
                ("CHANGED", translate("Wangge", "Cells changed")),
                ("REMAINING", translate("Wangge", "Defects that need a person")),
            ]
        )

    def execute(self, job: Job):
        own = read_profile(job, self.PROFILE).tolerances
        gap, snap = (
            job.number(name) if job.is_given(name) else own[key]
            for name, key in ((self.MAX_GAP_WIDTH, "gap_width_m"), (self.SNAP, "snap_m"))
        )
        cells = read_cells(job, self.INPUT)
        communities = read_communities(job, self.COMMUNITIES, crs=cells.crs)
        live = np.flatnonzero(active(cells.batch))
        made = repair_coverage(
            cells.shapes[live],
            communities.shapes,
            max_gap_width=gap,
            snap_tolerance=snap,
            min_width=job.number(self.MIN_WIDTH),
            progress=job.progress,
        )
        shapes = cells.shapes.copy()
        shapes[live] = made.cells
        self._tell(job, made, cells.codes[live])
        batch = cells.batch.with_fields(
            area_m2=np.round(shapely.area(shapes), 2),
            perimeter_m=np.round(shapely.length(shapes), 2),
        )
        batch = type(batch)(batch.fields, shapes, batch.ids, batch.crs, batch.nulls)
        batch = batch.take(~(shapely.is_missing(shapes) | shapely.is_empty(shapes)))
        return {
            self.OUTPUT: save_cells(job, self.OUTPUT, batch, cells.crs),
            "CHANGED": len(made.changes),
            "REMAINING": len(made.after.defects),
        }

    def _tell(self, job: Job, made, codes: np.ndarray) -> None:
        before = Counter(d.kind for d in made.before.defects)
        after = Counter(d.kind for d in made.after.defects)
        for kind in {**before, **after}:
            job.progress.tell(f"{defect_title(kind)}: {before[kind]} → {after[kind]}")
        for change in made.changes:
            if change.area_after == 0:
                job.progress.warn(
                    translate(
                        "Wangge",
                        "Nothing was left of the unit grid {code}; it is not in the output.",
                    ).format(code=codes[change.cell] or change.cell + 1)
                )
