"""wangge:update_unit_grids."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import replace

import numpy as np
import shapely
from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsProcessing,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterString,
)

from ...plugin.errors import WanggeError
from ...plugin.executor import local_executor
from ...plugin.grid.defects import defect_title
from ...plugin.grid.lineage import Lineage
from ...plugin.grid.numbering import width_of
from ...plugin.grid.partition import PartitionInput, PartitionOptions, partition
from ...plugin.grid.update import Update, apply_update
from ...plugin.grid.update_plan import plan_update
from ...plugin.layers.fields import fields_of_spec
from ...plugin.progress import Part
from ...plugin.rules.batch import Batch, concatenate
from ...plugin.standards.layers import layer as layer_spec
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..inputs import Cells, Communities, active, read_cells, read_communities, read_shapes
from ..job import Job
from ..outputs import numbers
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


class UpdateUnitGrids(WanggeAlgorithm):
    """Bring unit grids up to date with new streets: only what changed is cut anew."""

    ID = "update_unit_grids"
    GROUP = Group.GRID
    OLD, COMMUNITIES, BARRIERS = "OLD", "COMMUNITIES", "BARRIERS"
    OLD_BARRIERS, BUILDINGS = "OLD_BARRIERS", "BUILDINGS"
    RANK_FIELD, SEED = "RANK_FIELD", "SEED"
    VANISHED, DATE = "RECUT_VANISHED", "DATE"
    OUTPUT, LINEAGE = "OUTPUT", "LINEAGE"

    def title(self):
        return translate("Wangge", "Update unit grids")

    def summary(self):
        return translate(
            "Wangge",
            "Cuts anew only the cells that new streets or community borders change. All others stay as "
            "they are, with their codes; retired codes are never used again and the lineage is told.",
        )

    def parameters(self):
        polygons = Qgis.ProcessingSourceType.VectorPolygon
        any_geometry = QgsProcessing.SourceType.TypeVectorAnyGeometry
        return [
            described(
                QgsProcessingParameterFeatureSource(
                    self.OLD, translate("Wangge", "Present unit grids"), [polygons]
                ),
                translate("Wangge", "Numbered cells; retired ones among them keep their rows."),
            ),
            described(
                QgsProcessingParameterFeatureSource(
                    self.COMMUNITIES, translate("Wangge", "Communities"), [polygons]
                ),
                translate("Wangge", "As they are now."),
            ),
            described(
                QgsProcessingParameterMultipleLayers(
                    self.BARRIERS, translate("Wangge", "Streets, rivers, railways"), any_geometry
                ),
                translate("Wangge", "As they are now."),
            ),
            described(
                QgsProcessingParameterMultipleLayers(
                    self.OLD_BARRIERS,
                    translate("Wangge", "Streets, rivers, railways before"),
                    any_geometry,
                    optional=True,
                ),
                translate(
                    "Wangge",
                    "With them each new line is seen; without, only lines that divide a cell in two.",
                ),
            ),
            described(
                QgsProcessingParameterFeatureSource(
                    self.BUILDINGS, translate("Wangge", "Buildings"), [polygons], optional=True
                ),
                translate("Wangge", "Footprints that no border may cross."),
            ),
            target_area_parameter(),
            described(
                QgsProcessingParameterString(
                    self.RANK_FIELD, translate("Wangge", "Rank field"), optional=True
                ),
                translate("Wangge", "Field of the barriers with their rank or road class."),
                advanced=True,
            ),
            target_field_parameter(),
            target_profile_parameter(),
            seed_parameter(),
            described(
                QgsProcessingParameterBoolean(
                    self.VANISHED, translate("Wangge", "Cut anew where streets vanished"), False
                ),
                translate("Wangge", "Needs the streets as they were before."),
                advanced=True,
            ),
            described(
                QgsProcessingParameterString(
                    self.DATE, translate("Wangge", "Date of the change"), optional=True
                ),
                translate("Wangge", "YYYY-MM-DD; today if empty."),
                advanced=True,
            ),
            described(
                QgsProcessingParameterFeatureSink(
                    self.OUTPUT, translate("Wangge", "Updated unit grids"), polygons
                ),
                translate(
                    "Wangge", "Active cells, and those retired now or before with end dates."
                ),
            ),
            described(
                QgsProcessingParameterFeatureSink(
                    self.LINEAGE,
                    translate("Wangge", "Lineage"),
                    Qgis.ProcessingSourceType.Vector,
                ),
                translate("Wangge", "Which old code became which new one, and how."),
            ),
        ]

    def outputs(self):
        return numbers(
            [
                ("KEPT", translate("Wangge", "Cells that stayed as they are")),
                ("RETIRED", translate("Wangge", "Codes retired")),
                ("RECUT", translate("Wangge", "Cells cut anew")),
                ("REMAINING", translate("Wangge", "Defects that need a person")),
                ("CHANGE_SHARE", translate("Wangge", "Share of the area that changed its code")),
            ]
        )

    def execute(self, job: Job):
        old = read_cells(job, self.OLD)
        live = active(old.batch)
        shapes, codes = old.shapes[live], old.codes[live]
        communities = read_communities(job, self.COMMUNITIES, crs=old.crs)
        barriers, ranks = read_barriers(job, self.BARRIERS, old.crs, job.text(self.RANK_FIELD))
        before, _ = read_barriers(job, self.OLD_BARRIERS, old.crs)
        buildings = read_shapes(job, self.BUILDINGS, crs=old.crs)
        target = target_area(job)
        targets = targets_of(job, communities, target)
        plan = plan_update(
            shapes,
            list(codes),
            communities.shapes,
            barriers,
            old_barriers=before if job.is_given(self.OLD_BARRIERS) else None,
            community_codes=list(communities.codes),
            target=target if targets is None else targets,
            recut_vanished=job.flag(self.VANISHED),
            progress=Part(job.progress, 0.0, 0.3),
        )
        inputs = PartitionInput(
            communities=communities.shapes,
            names=communities.names,
            barriers=barriers,
            ranks=ranks,
            buildings=buildings[0] if buildings else None,
            targets=targets,
        )
        options = PartitionOptions(target_area=target, seed=job.integer(self.SEED))
        date = self._date(job)
        with local_executor(len(plan.regions)) as executor:
            made = apply_update(
                plan,
                shapes,
                list(codes),
                inputs,
                list(communities.codes),
                lambda regions: partition(
                    regions, options, executor=executor, progress=Part(job.progress, 0.3, 0.8)
                ),
                date,
                retired=[c for c in old.codes[~live] if c],
                width=width_of(old.codes),
                progress=Part(job.progress, 0.8, 1.0),
            )
        _tell(job, made)
        batch = _rows(old, live, made, communities, date)
        return {
            self.OUTPUT: save_cells(job, self.OUTPUT, batch, old.crs),
            self.LINEAGE: _save_lineage(job, self.LINEAGE, made.lineage),
            "KEPT": made.kept,
            "RETIRED": len(made.lineage.retired),
            "RECUT": len(made.cells) - made.kept,
            "REMAINING": len(made.defects),
            "CHANGE_SHARE": made.stability.share_changed_area,
        }

    def _date(self, job: Job) -> np.datetime64:
        text = job.text(self.DATE)
        try:
            day = datetime.date.fromisoformat(text) if text else datetime.date.today()
        except ValueError as error:
            raise WanggeError(
                translate("Wangge", "“{text}” is no date of the form YYYY-MM-DD.").format(text=text)
            ) from error
        return np.datetime64(day, "D")


def _tell(job: Job, made: Update) -> None:
    for message in made.messages:
        job.progress.tell(message)
    for note in made.notes:
        job.progress.warn(note.message)
    for kind, count in Counter(d.kind for d in made.defects).items():
        job.progress.warn(f"{defect_title(kind)}: {count}")
    job.progress.tell(
        translate(
            "Wangge",
            "{kept} cells stayed, {recut} were cut anew, {retired} codes are retired; "
            "{share:.1%} of the area changed its code.",
        ).format(
            kept=made.kept,
            recut=len(made.cells) - made.kept,
            retired=len(made.lineage.retired),
            share=made.stability.share_changed_area,
        )
    )


def _rows(
    old: Cells,
    live: np.ndarray,
    made: Update,
    communities: Communities,
    date: np.datetime64,
) -> Batch:
    """Return kept rows as they were, new cells, and retired ones with their end date."""
    present = old.batch.take(live)
    stay = present.take(made.plan.kept).with_fields(
        grid_code=made.codes[: made.kept],
        community_code=communities.codes[made.community[: made.kept]],
    )
    stay = replace(stay, geometry=made.cells[: made.kept])
    gone = old.batch.take(~live)
    retired = present.take(
        np.isin(old.codes[live].astype(str), np.array(made.lineage.retired, str))
    )
    retired = retired.with_fields(end_date=np.full(len(retired), date))
    fresh = made.cells[made.kept :]
    n = len(fresh)
    blank = {
        name: np.full(n, None, dtype=object)
        if values.dtype == object
        else np.full(n, np.nan if values.dtype.kind == "f" else 0).astype(values.dtype)
        if values.dtype.kind != "M"
        else np.full(n, np.datetime64("NaT"), dtype=values.dtype)
        for name, values in present.fields.items()
    }
    new = Batch(
        {
            **blank,
            "grid_code": made.codes[made.kept :],
            "community_code": communities.codes[made.community[made.kept :]],
            "start_date": np.full(n, date),
        },
        fresh,
        np.arange(n, dtype=np.int64),
    )
    day = np.dtype("datetime64[D]")
    parts = []
    for part in (stay, new, retired, gone):
        dates = {}
        for name in ("start_date", "end_date"):
            values = part.fields.get(name)
            if values is None or values.dtype.kind != "M":
                values = np.full(len(part), np.datetime64("NaT"), dtype=day)
            dates[name] = values.astype(day)
        areas = np.round(shapely.area(part.geometry), 2)
        lengths = np.round(shapely.length(part.geometry), 2)
        parts.append(part.with_fields(**dates, area_m2=areas, perimeter_m=lengths))
    joined = concatenate([p for p in parts if len(p)])
    return replace(joined, ids=np.arange(1, len(joined) + 1, dtype=np.int64), nulls={})


def _save_lineage(job: Job, name: str, lineage: Lineage) -> str | None:
    spec = layer_spec("lineage")
    fields = {f: getattr(lineage, f) for f in spec.names if hasattr(lineage, f)}
    batch = Batch(fields, None, np.arange(1, len(lineage) + 1, dtype=np.int64))
    return job.save(
        name,
        batch,
        fields_of_spec(spec),
        Qgis.WkbType.NoGeometry,
        QgsCoordinateReferenceSystem(),
    )
