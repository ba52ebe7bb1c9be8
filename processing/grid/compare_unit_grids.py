"""wangge:compare_unit_grids."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import shapely
from qgis.core import (
    Qgis,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFileDestination,
    QgsProviderRegistry,
)

from ...plugin.grid.comparison import Comparison, compare, comparison_html
from ...plugin.grid.load import sum_load
from ...plugin.grid.scorecard import score
from ...plugin.layers.fields import fields_of_columns
from ...plugin.layers.source import LayerSource
from ...plugin.progress import Part
from ...plugin.rules.batch import Batch
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..files import write_text
from ..inputs import Cells, active, read_cells, read_communities, read_shapes
from ..job import Job
from ..outputs import numbers
from .barriers import read_barriers
from .cutting_parameters import target_area
from .scoring_parameters import BARRIERS, BUILDINGS, LOAD, scoring_parameters


class CompareUnitGrids(WanggeAlgorithm):
    """Set two partitions side by side."""

    ID = "compare_unit_grids"
    GROUP = Group.GRID
    FIRST, SECOND, COMMUNITIES = "FIRST", "SECOND", "COMMUNITIES"
    DIFFERENCES, REPORT, REPORT_JSON = "DIFFERENCES", "REPORT", "REPORT_JSON"

    def title(self):
        return translate("Wangge", "Compare unit grids")

    def summary(self):
        return translate(
            "Wangge",
            "Sets two partitions of the same communities side by side: every figure, which one is "
            "better, and the cells that differ.",
        )

    def parameters(self):
        polygons = Qgis.ProcessingSourceType.VectorPolygon
        return [
            described(
                QgsProcessingParameterFeatureSource(
                    self.FIRST, translate("Wangge", "First unit grids"), [polygons]
                ),
                translate("Wangge", "For example the present ones."),
            ),
            described(
                QgsProcessingParameterFeatureSource(
                    self.SECOND, translate("Wangge", "Second unit grids"), [polygons]
                ),
                translate("Wangge", "For example a scenario."),
            ),
            described(
                QgsProcessingParameterFeatureSource(
                    self.COMMUNITIES, translate("Wangge", "Communities"), [polygons], optional=True
                ),
                translate("Wangge", "Without them figures are for the whole of the cells."),
            ),
            *scoring_parameters(),
            described(
                QgsProcessingParameterFeatureSink(
                    self.DIFFERENCES,
                    translate("Wangge", "Cells that differ"),
                    polygons,
                    optional=True,
                    createByDefault=False,
                ),
                translate(
                    "Wangge", "Cells of either partition without a counterpart in the other."
                ),
            ),
            described(
                QgsProcessingParameterFileDestination(
                    self.REPORT,
                    translate("Wangge", "Report (HTML)"),
                    "HTML (*.html)",
                    optional=True,
                ),
                translate("Wangge", "Figures and maps of both, side by side."),
            ),
            described(
                QgsProcessingParameterFileDestination(
                    self.REPORT_JSON,
                    translate("Wangge", "Report (JSON)"),
                    "JSON (*.json)",
                    optional=True,
                    createByDefault=False,
                ),
                translate("Wangge", "The same figures, for programs."),
            ),
        ]

    def outputs(self):
        return numbers(
            [
                ("FIRST_CHANGED", translate("Wangge", "Cells only in the first")),
                ("SECOND_CHANGED", translate("Wangge", "Cells only in the second")),
                ("CHANGED_AREA", translate("Wangge", "Area that differs (m²)")),
            ]
        )

    def execute(self, job: Job):
        first = read_cells(job, self.FIRST)
        second = read_cells(job, self.SECOND, crs=first.crs)
        barriers, _ = read_barriers(job, BARRIERS, first.crs)
        buildings = read_shapes(job, BUILDINGS, crs=first.crs)
        load = read_shapes(job, LOAD, crs=first.crs)
        if job.is_given(self.COMMUNITIES):
            communities = read_communities(job, self.COMMUNITIES, crs=first.crs).shapes
        else:
            communities = np.array([], dtype=object)
        cards, shapes = [], []
        for i, cells in enumerate((first, second)):
            live = active(cells.batch)
            shapes.append(cells.shapes[live])
            cards.append(
                score(
                    cells.shapes[live],
                    communities,
                    barriers if len(barriers) else None,
                    buildings=buildings[0] if buildings else None,
                    target=target_area(job),
                    load=sum_load(cells.shapes[live], load[0]) if load else None,
                    codes=cells.codes[live],
                    progress=Part(job.progress, 0.4 * i, 0.4 * (i + 1)),
                )
            )
        made = compare(
            cards[0], shapes[0], cards[1], shapes[1], progress=Part(job.progress, 0.8, 1.0)
        )
        results: dict[str, float | str | None] = {
            "FIRST_CHANGED": len(made.first_changed),
            "SECOND_CHANGED": len(made.second_changed),
            "CHANGED_AREA": made.changed_area,
        }
        if job.is_given(self.DIFFERENCES):
            batch = _differences(first, second, made)
            results[self.DIFFERENCES] = job.save(
                self.DIFFERENCES,
                batch,
                fields_of_columns(batch.fields),
                Qgis.WkbType.MultiPolygon,
                first.crs,
            )
        if path := job.file_output(self.REPORT):
            names = (
                _title(job.required_source(self.FIRST)),
                _title(job.required_source(self.SECOND)),
            )
            page = comparison_html(made, cards[0], shapes[0], cards[1], shapes[1], names=names)
            write_text(path, page)
            results[self.REPORT] = str(path)
        if path := job.file_output(self.REPORT_JSON):
            write_text(path, json.dumps(made.to_json(), ensure_ascii=False, indent=1))
            results[self.REPORT_JSON] = str(path)
        return results


def _title(source: LayerSource) -> str:
    """Return a layer's name; for one opened by its address the table's, not the file's."""
    parts = QgsProviderRegistry.instance().decodeUri("ogr", source.layer.source())
    table, file = parts.get("layerName"), Path(parts.get("path") or "")
    return str(table) if table and source.name == file.stem else source.name


def _differences(first: Cells, second: Cells, made: Comparison) -> Batch:
    """Return the cells without a counterpart: 1 of the first partition, 2 of the second."""
    shapes, codes, sides = [], [], []
    for side, (cells, rows) in enumerate(
        ((first, made.first_changed), (second, made.second_changed)), start=1
    ):
        live = np.flatnonzero(active(cells.batch))[rows]
        shapes.append(cells.shapes[live])
        codes.append(cells.codes[live])
        sides.append(np.full(len(live), side, np.int64))
    geometry = np.concatenate(shapes)
    fields = {
        "partition": np.concatenate(sides),
        "grid_code": np.concatenate(codes),
        "area_m2": np.round(shapely.area(geometry), 2),
    }
    return Batch(fields, geometry, np.arange(1, len(geometry) + 1, dtype=np.int64))
