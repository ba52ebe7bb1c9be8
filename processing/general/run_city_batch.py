"""wangge:run_city_batch."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import shapely
from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFolderDestination,
)

from ...plugin.districts.ledger import Entry, Ledger
from ...plugin.districts.model import DistrictTask, JobKind, LonLatTable, Outcome, State
from ...plugin.districts.pools import open_pool
from ...plugin.districts.run import Pending, run_districts
from ...plugin.errors import Cancelled, WanggeError
from ...plugin.layers.fields import fields_of_columns
from ...plugin.layers.geometry import lonlat_transform
from ...plugin.rules.batch import Batch
from ...plugin.standards.profile import Profile
from ...plugin.translation import language, translate
from ..base import Group, WanggeAlgorithm, described
from ..checking import read_profile
from ..district_files import delivered_files, listed_files
from ..district_layers import PARAMETERS, CityLayers, DistrictLayers, districts_asked
from ..district_parameters import (
    DELIVERIES,
    DISTRICTS,
    FAIL,
    JOB,
    LIST,
    PROFILE,
    RESUME,
    SCHEDULER,
    TOLERANCE,
    WORKERS,
    batch_parameters,
    job_parameter,
    layer_parameters,
)
from ..district_results import RESULTS, joint_rows, keep_result, open_results, table_of
from ..grid.cutting_parameters import SEED, TARGET_AREA, target_area
from ..job import Job
from ..outputs import numbers

_CHECKS = (JobKind.CHECK_GRIDS, JobKind.CHECK_COMPONENTS)


class RunCityBatch(WanggeAlgorithm):
    """Do one job for every district of a city, here or on a cluster."""

    ID = "run_city_batch"
    GROUP = Group.GENERAL
    FOLDER, OUTPUT, RESULT = "FOLDER", "OUTPUT", "RESULT"

    def title(self):
        return translate("Wangge", "Run a job for all districts")

    def summary(self):
        return translate(
            "Wangge",
            "Cuts, checks, assigns or exports district by district, several at once. A district that "
            "fails stops no other; the table tells how each one ended, and only what failed is done "
            "again.",
        )

    def example(self):
        return (
            "qgis_process run wangge:run_city_batch -- JOB=partition_unit_grids "
            "COMMUNITIES='city.gpkg|layername=community' BARRIERS='city.gpkg|layername=street' "
            "FOLDER=batch OUTPUT=districts.gpkg RESULT=cells.gpkg"
        )

    def parameters(self):
        return [
            job_parameter(),
            *layer_parameters(),
            *batch_parameters(),
            described(
                QgsProcessingParameterFolderDestination(self.FOLDER, translate("Wangge", "Folder")),
                translate("Wangge", "Gets each district’s result and the state of the batch."),
            ),
            described(
                QgsProcessingParameterFeatureSink(
                    self.OUTPUT,
                    translate("Wangge", "Table of districts"),
                    Qgis.ProcessingSourceType.Vector,
                ),
                translate(
                    "Wangge",
                    "One row a district: job, state (ok, failed, cancelled), counts, seconds, "
                    "message, file.",
                ),
            ),
            described(
                QgsProcessingParameterFeatureSink(
                    self.RESULT,
                    translate("Wangge", "Joint layer"),
                    Qgis.ProcessingSourceType.Vector,
                    optional=True,
                    createByDefault=False,
                ),
                translate("Wangge", "The results of all districts together; not for the exchange."),
            ),
        ]

    def outputs(self):
        return numbers(
            [
                ("OK_COUNT", translate("Wangge", "Districts that went well")),
                ("FAILED_COUNT", translate("Wangge", "Districts that failed")),
                ("KEPT_COUNT", translate("Wangge", "Districts taken over")),
                ("ERROR_COUNT", translate("Wangge", "Errors")),
                ("WARNING_COUNT", translate("Wangge", "Warnings")),
            ]
        )

    def execute(self, job: Job):
        kind = JobKind(job.choice(JOB))
        if kind is JobKind.EXCHANGE and job.is_given(self.RESULT):
            raise WanggeError(
                translate(
                    "Wangge",
                    "Exchange packages are folders and make no joint layer. Leave RESULT empty.",
                )
            )
        layers = self._open(job, kind)
        asked = list(districts_asked(job.text(DISTRICTS), layers.names))
        folder = job.folder(self.FOLDER)
        ledger = Ledger(folder, self._settings(job, kind))
        if job.flag(RESUME):
            ledger.resume()
        kept = [d for d in asked if d in ledger.entries]
        waiting = [d for d in asked if d not in ledger.entries]
        if kept:
            job.progress.tell(
                translate("Wangge", "{count} districts are done already and taken over.").format(
                    count=len(kept)
                )
            )
        self._work(job, kind, layers, waiting, ledger, folder)
        entries = [ledger.entries[d] for d in asked]
        self._stop_if_cancelled(entries, folder)
        # Only who has read every district knows what lies in none.
        whole = not kept and len(asked) == len(layers.names)
        for name, count in layers.left_over().items() if whole else ():
            job.progress.warn(
                translate(
                    "Wangge",
                    "{count} rows of layer {layer} lie in no district; nothing was done with them.",
                ).format(count=count, layer=name)
            )
        if kind is JobKind.CHECK_GRIDS and len(entries) > 1:
            job.progress.tell(
                translate(
                    "Wangge",
                    "Each district was checked by itself. Check the unit grids of the whole city "
                    "with RULES=G2,G9 for the borders between them.",
                )
            )
        return self._results(job, kind, entries, folder, len(kept))

    def _open(self, job: Job, kind: JobKind) -> DistrictLayers:
        if table := job.file(LIST):
            return listed_files(job, table)
        if folder := job.file(DELIVERIES):
            return delivered_files(job, folder)
        return CityLayers(job, kind)

    def _settings(self, job: Job, kind: JobKind) -> dict[str, str]:
        """Return what the results depend on, as text that may lie in a file: no passwords."""
        layers = {
            name: ";".join(layer.publicSource(True) for layer in job.layers(name))
            if name == PARAMETERS["barrier"]
            else _public(job, name)
            for name in PARAMETERS.values()
        }
        plain = (LIST, DELIVERIES, TARGET_AREA, SEED, TOLERANCE)
        return {
            JOB: kind.value,
            PROFILE: job.text(PROFILE),
            **layers,
            **{name: job.text(name) for name in plain},
        }

    def _work(
        self,
        job: Job,
        kind: JobKind,
        layers: DistrictLayers,
        waiting: list[str],
        ledger: Ledger,
        folder: Path,
    ) -> None:
        if not waiting:
            return
        profile = read_profile(job, PROFILE)
        pending = [
            Pending(d, lambda d=d: self._task(job, kind, layers, d, profile))  # type: ignore[misc]
            for d in waiting
        ]
        workers = job.integer(WORKERS) or None
        with open_pool(job.text(SCHEDULER), len(waiting), workers=workers) as pool:
            for done, outcome in enumerate(run_districts(pending, pool, progress=job.progress), 1):
                name = layers.names[outcome.district]
                ledger.note(self._noted(job, kind, outcome, name, folder))
                job.progress.report(0.9 * done / len(waiting))

    def _task(
        self, job: Job, kind: JobKind, layers: DistrictLayers, district: str, profile: Profile
    ) -> DistrictTask:
        read = layers.read(kind, district)
        lonlat = None
        main = read[next(iter(read))]
        if kind in _CHECKS and len(main) and main.crs:
            lonlat = self._lonlat(job, main)
        options = {
            "target_area": target_area(job),
            "seed": job.integer(SEED),
            "tolerance": job.number(TOLERANCE),
        }
        return DistrictTask(kind, district, read, options, profile, lonlat, language())

    def _lonlat(self, job: Job, rows: Batch) -> LonLatTable | None:
        crs = QgsCoordinateReferenceSystem.fromOgcWmsCrs(rows.crs)
        if not crs.isValid():
            crs = QgsCoordinateReferenceSystem.fromWkt(rows.crs)
        to_lonlat = lonlat_transform(crs, job.context.transformContext())
        bounds = shapely.total_bounds(rows.shapes)
        if to_lonlat is None or not np.isfinite(bounds).all():
            return None
        return LonLatTable.sample(to_lonlat, tuple(bounds))

    def _noted(self, job: Job, kind: JobKind, outcome: Outcome, name: str, folder: Path) -> Entry:
        """Keep a district's result and say how it ended."""
        state, message, file = outcome.state, outcome.message, ""
        counts: dict[str, int] = {}
        try:
            file = keep_result(folder, kind, outcome)
        except WanggeError as error:
            state, message = State.FAILED, error.message
        if outcome.answer is not None:
            for note in outcome.answer.notes:
                job.feedback.pushDebugInfo(f"{outcome.district}: {note}")
            rows = outcome.answer.rows
            counts = {**({} if rows is None else {"rows": len(rows)}), **outcome.answer.counts}
        if state is State.FAILED:
            job.progress.warn(f"{outcome.district} {name}: {message}")
        elif state is State.OK:
            job.progress.tell(
                translate("Wangge", "{district} {name}: done in {seconds:.1f} s.").format(
                    district=outcome.district, name=name, seconds=outcome.seconds
                )
            )
        return Entry(
            outcome.district, name, state, counts, round(outcome.seconds, 2), message, file
        )

    def _stop_if_cancelled(self, entries: list[Entry], folder: Path) -> None:
        if any(e.state is State.CANCELLED for e in entries):
            raise Cancelled(
                translate(
                    "Wangge",
                    "Cancelled. {done} of {all} districts are done and lie in “{folder}”; run again "
                    "with RESUME to go on.",
                ).format(
                    done=sum(e.state is State.OK for e in entries), all=len(entries), folder=folder
                )
            )

    def _results(
        self, job: Job, kind: JobKind, entries: list[Entry], folder: Path, kept: int
    ) -> dict:
        table = table_of(entries, kind, folder)
        results: dict = {
            self.FOLDER: str(folder),
            self.OUTPUT: job.save(
                self.OUTPUT,
                table,
                fields_of_columns(table.fields),
                Qgis.WkbType.NoGeometry,
                QgsCoordinateReferenceSystem(),
            ),
            self.RESULT: self._joint(job, kind, entries, folder),
        }
        failed = sum(e.state is State.FAILED for e in entries)
        results |= {
            "OK_COUNT": len(entries) - failed,
            "FAILED_COUNT": failed,
            "KEPT_COUNT": kept,
            "ERROR_COUNT": sum(e.counts.get("errors", 0) for e in entries),
            "WARNING_COUNT": sum(e.counts.get("warnings", 0) for e in entries),
        }
        if failed and job.flag(FAIL):
            raise WanggeError(
                translate(
                    "Wangge",
                    "{failed} of {all} districts failed; the table says why. Run again with RESUME "
                    "once that is put right.",
                ).format(failed=failed, all=len(entries))
            )
        return results

    def _joint(self, job: Job, kind: JobKind, entries: list[Entry], folder: Path) -> str | None:
        if not job.is_given(self.RESULT):
            return None
        sources = open_results(folder, kind, entries)
        if not sources:
            raise WanggeError(
                translate(
                    "Wangge", "No district went well: there is nothing to join. See the messages."
                )
            )
        first = sources[0]
        fields = first.layer.fields()
        fields.remove(fields.lookupField("fid"))
        return job.save(
            self.RESULT,
            joint_rows(sources, job),
            fields,
            first.layer.wkbType(),
            first.layer.crs(),
            style=RESULTS[kind],
        )


def _public(job: Job, name: str) -> str:
    layer = job.layer(name)
    return "" if layer is None else layer.publicSource(True)
