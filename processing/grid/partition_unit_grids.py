"""wangge:partition_unit_grids."""

from __future__ import annotations

import numpy as np
import shapely
from qgis.core import (
    Qgis,
    QgsProcessing,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ...plugin.errors import WanggeError
from ...plugin.executor import local_executor
from ...plugin.grid.cell_rows import cell_rows
from ...plugin.grid.partition import (
    ExceptionReason,
    Partition,
    PartitionInput,
    PartitionOptions,
    partition,
)
from ...plugin.grid.scorecard import score
from ...plugin.layers.fields import fields_of_columns
from ...plugin.progress import Part
from ...plugin.rules.batch import Batch
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..inputs import Communities, read_communities, read_shapes
from ..job import Job
from .barriers import read_barriers
from .cell_layer import save_cells
from .cutting_parameters import (
    seed_parameter,
    target_area,
    target_area_parameter,
    target_field_parameter,
    target_profile_parameter,
    targets_of,
)
from .scorecard_outputs import score_outputs, scorecard_parameters, write_scorecard


class PartitionUnitGrids(WanggeAlgorithm):
    """Cut communities into unit grids along streets and rivers, around buildings."""

    ID = "partition_unit_grids"
    GROUP = Group.GRID
    COMMUNITIES, BARRIERS, BUILDINGS, LOAD = "COMMUNITIES", "BARRIERS", "BUILDINGS", "LOAD"
    RANK_FIELD, LOAD_FIELD, LOAD_SHARE = "RANK_FIELD", "LOAD_FIELD", "LOAD_SHARE"
    SEED, EFFORT = "SEED", "SEARCH_EFFORT"
    OUTPUT, EXCEPTIONS = "OUTPUT", "EXCEPTIONS"

    def title(self):
        return translate("Wangge", "Partition unit grids")

    def summary(self):
        return translate(
            "Wangge",
            "Cuts every community into unit grids of about 10,000 m² that follow streets, rivers and "
            "railways, cross no building, leave no gap and no overlap, and numbers them.",
        )

    def example(self):
        return (
            "qgis_process run wangge:partition_unit_grids -- COMMUNITIES='city.gpkg|layername="
            "community' BARRIERS='city.gpkg|layername=street' OUTPUT=cells.gpkg"
        )

    def parameters(self):
        polygons = Qgis.ProcessingSourceType.VectorPolygon
        return [
            described(
                QgsProcessingParameterFeatureSource(
                    self.COMMUNITIES, translate("Wangge", "Communities"), [polygons]
                ),
                translate(
                    "Wangge",
                    "Polygons with the 12-digit code in the field community_code, in a metric CRS.",
                ),
            ),
            described(
                QgsProcessingParameterMultipleLayers(
                    self.BARRIERS,
                    translate("Wangge", "Streets, rivers, railways"),
                    QgsProcessing.SourceType.TypeVectorAnyGeometry,
                ),
                translate(
                    "Wangge", "One or more line or polygon layers that borders shall follow."
                ),
            ),
            described(
                QgsProcessingParameterFeatureSource(
                    self.BUILDINGS, translate("Wangge", "Buildings"), [polygons], optional=True
                ),
                translate("Wangge", "Footprints that no border may cross."),
            ),
            described(
                QgsProcessingParameterFeatureSource(
                    self.LOAD, translate("Wangge", "Load"), optional=True
                ),
                translate(
                    "Wangge",
                    "Points or polygons (components, cases) whose number is to be balanced.",
                ),
            ),
            target_area_parameter(),
            described(
                QgsProcessingParameterString(
                    self.RANK_FIELD, translate("Wangge", "Rank field"), optional=True
                ),
                translate(
                    "Wangge",
                    "Field of the barriers with their rank: a number (0 the most important), a road "
                    "class such as 主干路, or an OpenStreetMap highway value.",
                ),
            ),
            seed_parameter(),
            target_field_parameter(),
            target_profile_parameter(),
            described(
                QgsProcessingParameterString(
                    self.LOAD_FIELD, translate("Wangge", "Load weight field"), optional=True
                ),
                translate("Wangge", "Field of the load layer with weights; each counts 1 without."),
                advanced=True,
            ),
            described(
                QgsProcessingParameterNumber(
                    self.LOAD_SHARE,
                    translate("Wangge", "Weight of the load (0–1)"),
                    QgsProcessingParameterNumber.Type.Double,
                    0.5,
                    minValue=0,
                    maxValue=1,
                ),
                translate(
                    "Wangge", "0 balances areas alone, 1 the load alone; used when a load is given."
                ),
                advanced=True,
            ),
            described(
                QgsProcessingParameterNumber(
                    self.EFFORT,
                    translate("Wangge", "Search effort"),
                    QgsProcessingParameterNumber.Type.Double,
                    1,
                    minValue=0,
                    maxValue=20,
                ),
                translate(
                    "Wangge", "How long the first solution is improved: 0 not at all, 1 as usual."
                ),
                advanced=True,
            ),
            described(
                QgsProcessingParameterFeatureSink(
                    self.OUTPUT,
                    translate("Wangge", "Unit grids"),
                    Qgis.ProcessingSourceType.VectorPolygon,
                ),
                translate("Wangge", "Cells with codes, areas and perimeters."),
            ),
            described(
                QgsProcessingParameterFeatureSink(
                    self.EXCEPTIONS,
                    translate("Wangge", "Buildings that no border could spare"),
                    Qgis.ProcessingSourceType.VectorPolygon,
                    optional=True,
                    createByDefault=False,
                ),
                translate("Wangge", "Each with the reason why a border crosses it."),
            ),
            *scorecard_parameters(),
        ]

    def outputs(self):
        return score_outputs()

    def execute(self, job: Job):
        communities = read_communities(job)
        barriers, ranks = read_barriers(
            job, self.BARRIERS, communities.crs, job.text(self.RANK_FIELD)
        )
        buildings = read_shapes(job, self.BUILDINGS, crs=communities.crs)
        load_points, load_weights = self._load(job, communities)
        defaults = PartitionOptions()
        options = PartitionOptions(
            target_area=target_area(job),
            seed=job.integer(self.SEED),
            load_share=job.number(self.LOAD_SHARE) if load_points is not None else 0.0,
            search_seconds=defaults.search_seconds * job.number(self.EFFORT),
        )
        inputs = PartitionInput(
            communities=communities.shapes,
            names=communities.names,
            barriers=barriers,
            ranks=ranks,
            buildings=buildings[0] if buildings else None,
            load_points=load_points,
            load_weights=load_weights,
            targets=targets_of(job, communities, options.target_area),
        )
        with local_executor(len(communities)) as executor:
            made = partition(
                inputs, options, executor=executor, progress=Part(job.progress, 0.0, 0.8)
            )
        self._tell(job, made, communities)
        batch, load = cell_rows(
            made.cells,
            made.community,
            communities.codes,
            communities.names,
            load_points=load_points,
            load_weights=load_weights,
        )
        # The partition cuts what a broken outline encloses; that is what the cells are held to.
        shapes = shapely.make_valid(communities.shapes)
        card = score(
            batch.shapes,
            shapes,
            barriers,
            buildings=inputs.buildings,
            target=options.target_area if inputs.targets is None else inputs.targets,
            load=load,
            codes=batch.fields["grid_code"],
            community_codes=list(communities.codes),
            community_names=list(communities.names),
            progress=Part(job.progress, 0.8, 0.95),
        )
        results = write_scorecard(job, card, batch.geometry, shapes)
        results[self.OUTPUT] = save_cells(job, self.OUTPUT, batch, communities.crs)
        results[self.EXCEPTIONS] = self._save_exceptions(job, made, buildings, communities)
        return results

    def _load(self, job: Job, communities: Communities):
        found = read_shapes(job, self.LOAD, crs=communities.crs)
        if found is None:
            return None, None
        shapes, batch = found
        name = job.text(self.LOAD_FIELD)
        if not name:
            return shapely.point_on_surface(shapes), None
        if name not in batch.fields or batch.fields[name].dtype == object:
            raise WanggeError(
                translate(
                    "Wangge", "The load layer has no number field “{field}”. It has: {fields}."
                ).format(field=name, fields=", ".join(batch.fields))
            )
        weights = np.where(batch.is_null(name), 0.0, batch.fields[name]).astype(float)
        return shapely.point_on_surface(shapes), weights

    def _tell(self, job: Job, made: Partition, communities: Communities) -> None:
        for note in made.notes:
            job.progress.tell(note)
        for index, sentence in made.failures:
            job.progress.warn(f"{communities.codes[index]} {communities.names[index]}: {sentence}")
        if not len(made.cells):
            raise WanggeError(
                translate("Wangge", "No community could be cut: {reason}").format(
                    reason=" ".join(sentence for _, sentence in made.failures)
                )
            )
        gain = made.gain
        job.progress.tell(
            translate(
                "Wangge",
                "Search: {accepted} of {steps} tries improved the cells; area variation {a0:.3f} → "
                "{a1:.3f}, compactness {c0:.3f} → {c1:.3f}.",
            ).format(
                accepted=gain.accepted,
                steps=gain.steps,
                a0=gain.area_cv_before,
                a1=gain.area_cv_after,
                c0=gain.compactness_before,
                c1=gain.compactness_after,
            )
        )

    def _save_exceptions(self, job: Job, made: Partition, buildings, communities: Communities):
        if not job.is_given(self.EXCEPTIONS):
            return None
        shapes = buildings[0] if buildings else np.array([], dtype=object)
        ids = buildings[1].ids if buildings else np.array([], dtype=np.int64)
        reasons = {
            ExceptionReason.UNDER_BARRIER: translate("Wangge", "lies under a street or river"),
            ExceptionReason.STRADDLES_COMMUNITY: translate("Wangge", "straddles a community edge"),
            ExceptionReason.NO_CUT_COULD_SPARE: translate("Wangge", "no cut could spare it"),
        }
        rows = np.array([e.building for e in made.exceptions], dtype=np.int64)
        fields = {
            "building_id": ids[rows],
            "community_code": communities.codes[
                np.array([e.community for e in made.exceptions], dtype=np.int64)
            ],
            "reason": np.array([e.reason.value for e in made.exceptions], dtype=object),
            "explanation": np.array([reasons[e.reason] for e in made.exceptions], dtype=object),
        }
        batch = Batch(fields, shapes[rows], np.arange(1, len(rows) + 1, dtype=np.int64))
        return job.save(
            self.EXCEPTIONS,
            batch,
            fields_of_columns(fields),
            Qgis.WkbType.MultiPolygon,
            communities.crs,
        )
