"""wangge:draw_quality_sample."""

from __future__ import annotations

import numpy as np
from qgis.core import (
    Qgis,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
)

from ...plugin.census.sampling import Lot, draw_cells, draw_components
from ...plugin.progress import stop_if_cancelled
from ...plugin.rules.batch import Batch
from ...plugin.standards.layers import component_spec
from ...plugin.standards.layers import layer as layer_spec
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..inputs import active, renamed, require_field, require_rows
from ..job import Job
from ..outputs import geometry_of, numbers, save_layer
from .pages import report_parameter, section, write_report

CELLS_METHOD, COMPONENTS_METHOD = "cells", "components"
#: What checkers of single components may see of them.
_SHOWN = ("uuid", "grid_code", "community_code", "street_code", "lot", "stratum")


class DrawQualitySample(WanggeAlgorithm):
    """Choose what is surveyed a second time before a delivery is accepted."""

    ID = "draw_quality_sample"
    GROUP = Group.CENSUS
    INPUT, GRIDS, METHOD = "INPUT", "GRIDS", "METHOD"
    LOT_SIZE, SIZE, SEED = "LOT_SIZE", "SIZE", "SEED"
    OUTPUT, CELLS, BLIND = "OUTPUT", "CELLS", "BLIND"

    def title(self):
        return translate("Wangge", "Draw quality sample")

    def summary(self):
        return translate(
            "Wangge",
            "Draws what is to be surveyed again: whole cells, lot by lot with sample sizes in the "
            "manner of GB/T 24356, or single components, stratified by class and cell. The same seed "
            "draws the same sample.",
        )

    def parameters(self):
        return [
            described(
                QgsProcessingParameterFeatureSource(
                    self.INPUT,
                    translate("Wangge", "Components"),
                    [Qgis.ProcessingSourceType.Vector],
                ),
                translate("Wangge", "The delivery, with grid_code filled."),
            ),
            described(
                QgsProcessingParameterFeatureSource(
                    self.GRIDS,
                    translate("Wangge", "Unit grids"),
                    [Qgis.ProcessingSourceType.VectorPolygon],
                ),
                translate("Wangge", "Cells with codes; those with an end date are left out."),
            ),
            described(
                QgsProcessingParameterEnum(
                    self.METHOD,
                    translate("Wangge", "What is drawn"),
                    options=[CELLS_METHOD, COMPONENTS_METHOD],
                    defaultValue=CELLS_METHOD,
                    usesStaticStrings=True,
                ),
                translate(
                    "Wangge",
                    "cells: whole cells, the only way to find omissions; components: single ones, "
                    "for attributes and positions.",
                ),
            ),
            described(
                QgsProcessingParameterNumber(
                    self.LOT_SIZE,
                    translate("Wangge", "Cells per lot"),
                    defaultValue=200,
                    minValue=1,
                    maxValue=200,
                ),
                translate("Wangge", "A street's cells are split into lots of at most this many."),
                advanced=True,
            ),
            described(
                QgsProcessingParameterNumber(
                    self.SIZE,
                    translate("Wangge", "Components to draw"),
                    defaultValue=200,
                    minValue=1,
                ),
                translate("Wangge", "Where single components are drawn."),
                advanced=True,
            ),
            described(
                QgsProcessingParameterNumber(
                    self.SEED, translate("Wangge", "Seed"), defaultValue=0, minValue=0
                ),
                translate("Wangge", "The same seed draws the same sample."),
            ),
            described(
                QgsProcessingParameterFeatureSink(self.OUTPUT, translate("Wangge", "Sample")),
                translate(
                    "Wangge", "The delivered components of the sample with their lot; keep it."
                ),
            ),
            described(
                QgsProcessingParameterFeatureSink(
                    self.CELLS,
                    translate("Wangge", "Drawn cells"),
                    optional=True,
                ),
                translate("Wangge", "Where the second survey is done."),
            ),
            described(
                QgsProcessingParameterFeatureSink(
                    self.BLIND,
                    translate("Wangge", "Layer for the second survey"),
                    optional=True,
                ),
                translate(
                    "Wangge",
                    "To be filled without seeing the first survey: empty for cells, bare places for "
                    "single components.",
                ),
            ),
            report_parameter(),
        ]

    def outputs(self):
        return numbers(
            [
                ("LOT_COUNT", translate("Wangge", "Lots")),
                ("CELL_COUNT", translate("Wangge", "Cells drawn")),
                ("SAMPLE_COUNT", translate("Wangge", "Components in the sample")),
            ]
        )

    def execute(self, job: Job):
        source = job.required_source(self.INPUT)
        crs = source.layer.crs()
        components = renamed(job.columns(source), component_spec())
        require_rows(components, source)
        require_field(components, source, "grid_code")
        cells = job.required_source(self.GRIDS, crs=crs)
        grids = renamed(job.columns(cells), layer_spec("unit_grid"))
        require_rows(grids, cells)
        require_field(grids, cells, "grid_code")
        grids = grids.take(active(grids))
        seed = job.integer(self.SEED)
        if job.choice(self.METHOD) == CELLS_METHOD:
            drawn = draw_cells(components, grids, lot_size=job.integer(self.LOT_SIZE), seed=seed)
            sample, chosen, lots = drawn.components, drawn.cells, drawn.lots
            blind = sample.take(np.zeros(len(sample), bool))
            self._tell_lost(job, components, grids)
        else:
            sample = draw_components(components, job.integer(self.SIZE), seed=seed)
            sample = sample.with_fields(lot=np.full(len(sample), COMPONENTS_METHOD, object))
            own = np.isin(grids.text("grid_code").astype(str), sample.text("grid_code").astype(str))
            chosen, lots = grids.take(own), ()
            shown = {n: v for n, v in sample.fields.items() if n in _SHOWN}
            blind = Batch(shown, sample.geometry, sample.ids, sample.crs)
        stop_if_cancelled(job.progress)
        job.progress.report(0.5)
        spec, shape = component_spec(), geometry_of(source)
        return {
            self.OUTPUT: save_layer(job, self.OUTPUT, sample, spec, shape, crs, derived="sample"),
            self.CELLS: save_layer(
                job,
                self.CELLS,
                chosen,
                layer_spec("unit_grid"),
                geometry_of(cells),
                crs,
                derived="sample_cells",
            ),
            self.BLIND: save_layer(
                job, self.BLIND, blind, spec, shape, crs, derived="sample_survey"
            ),
            **write_report(job, self.title(), _sections(lots, seed)),
            "LOT_COUNT": len(lots) or 1,
            "CELL_COUNT": len(chosen),
            "SAMPLE_COUNT": len(sample),
        }

    def _tell_lost(self, job: Job, components: Batch, grids: Batch) -> None:
        known = grids.text("grid_code").astype(str)
        lost = int((~np.isin(components.text("grid_code").astype(str), known)).sum())
        if lost:
            job.progress.warn(
                translate(
                    "Wangge",
                    "{count} components name no active unit grid, so no sample can hold them. Assign "
                    "unit grids first.",
                ).format(count=lost)
            )


def _sections(lots: tuple[Lot, ...], seed: int) -> list[str]:
    head = [
        translate("Wangge", "Lot"),
        translate("Wangge", "Cells"),
        translate("Wangge", "Components"),
        translate("Wangge", "Cells drawn"),
        translate("Wangge", "Components in the sample"),
    ]
    rows = [
        (lot.name, lot.cells, lot.components, lot.sampled_cells, lot.sampled_components)
        for lot in lots
    ]
    return [
        section(translate("Wangge", "Lots"), head, rows),
        f"<p>{translate('Wangge', 'Seed')}: {seed}</p>",
    ]
