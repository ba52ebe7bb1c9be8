"""wangge:push_to_platform."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from qgis.core import (
    Qgis,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
)

from ...plugin.errors import WanggeError
from ...plugin.layers.fields import fields_of_columns
from ...plugin.layers.source import LayerSource
from ...plugin.progress import Part
from ...plugin.rules.batch import Batch
from ...plugin.rules.catalogue import rules_for, subject_of
from ...plugin.rules.engine import run_rules
from ...plugin.rules.result import CheckResult
from ...plugin.rules.rule import Subject
from ...plugin.standards.extension import extend_layers
from ...plugin.standards.spec import LayerSpec
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..checking import (
    Checked,
    check_context,
    profile_parameter,
    read_profile,
    report_info,
    save_findings,
    write_reports,
)
from ..files import write_text
from ..inputs import renamed
from ..job import Job
from ..outputs import geometry_of_columns, numbers
from .connections import (
    connection_parameters,
    crs_of_text,
    platform_connection,
    schema,
    user_name,
)
from .differences import difference_batch
from .references import reference_parameters, references_for

KINDS = ("community", "unit_grid", "component", "risk", "department", "address")
MODES = ("validate", "dry_run", "push")


class PushToPlatform(WanggeAlgorithm):
    """Check a layer and bring it to the platform: all of it or nothing."""

    ID = "push_to_platform"
    GROUP = Group.DATABASE
    KIND, INPUT, MODE, PROFILE = "KIND", "INPUT", "MODE", "PROFILE"
    DELETE_MISSING, ALLOW_WARNINGS = "DELETE_MISSING", "ALLOW_WARNINGS"
    BASE_BATCH = "BASE_BATCH"
    FINDINGS, DIFFERENCES = "FINDINGS", "DIFFERENCES"
    REPORT, REPORT_JSON = "REPORT", "REPORT_JSON"

    def title(self):
        return translate("Wangge", "Push to platform")

    def summary(self):
        return translate(
            "Wangge",
            "Checks a layer, finds what differs from the platform and writes it by key in one "
            "transaction. Any error, rejected row or conflict: nothing is written, and you are told "
            "why. Pushing the same layer again changes nothing.",
        )

    def example(self):
        return (
            "qgis_process run wangge:push_to_platform -- CONNECTION='service=city' KIND=unit_grid "
            "INPUT=cells.gpkg REPORT_JSON=push.json"
        )

    def parameters(self):
        anything = Qgis.ProcessingSourceType.Vector
        return [
            *connection_parameters(),
            described(
                QgsProcessingParameterEnum(
                    self.KIND, translate("Wangge", "Kind"), list(KINDS), usesStaticStrings=True
                ),
                translate("Wangge", "What the layer holds."),
            ),
            described(
                QgsProcessingParameterFeatureSource(
                    self.INPUT, translate("Wangge", "Layer"), [anything]
                ),
                translate("Wangge", "Rows to push; the layer is only read."),
            ),
            described(
                QgsProcessingParameterEnum(
                    self.MODE,
                    translate("Wangge", "Mode"),
                    list(MODES),
                    defaultValue="push",
                    usesStaticStrings=True,
                ),
                translate(
                    "Wangge",
                    "validate only checks, dry_run also lists the differences, push writes.",
                ),
            ),
            described(
                QgsProcessingParameterBoolean(
                    self.DELETE_MISSING, translate("Wangge", "Remove what is missing"), False
                ),
                translate(
                    "Wangge", "Remove platform rows that the layer lacks, in its communities only."
                ),
            ),
            described(
                QgsProcessingParameterBoolean(
                    self.ALLOW_WARNINGS, translate("Wangge", "Push with warnings"), True
                ),
                translate("Wangge", "Off: a warning stops the push as an error does."),
            ),
            *reference_parameters(),
            profile_parameter(self.PROFILE),
            described(
                QgsProcessingParameterNumber(
                    self.BASE_BATCH,
                    translate("Wangge", "Pulled at batch"),
                    defaultValue=None,
                    optional=True,
                ),
                translate(
                    "Wangge",
                    "Batch that the layer was pulled at; rows others changed since are conflicts.",
                ),
                advanced=True,
            ),
            described(
                QgsProcessingParameterFeatureSink(
                    self.FINDINGS,
                    translate("Wangge", "Findings"),
                    anything,
                    optional=True,
                    createByDefault=False,
                ),
                translate("Wangge", "What the rules found."),
            ),
            described(
                QgsProcessingParameterFeatureSink(
                    self.DIFFERENCES,
                    translate("Wangge", "Differences"),
                    anything,
                    optional=True,
                    createByDefault=False,
                ),
                translate("Wangge", "With dry_run: what a push would add, change and remove."),
            ),
            described(
                QgsProcessingParameterFileDestination(
                    self.REPORT,
                    translate("Wangge", "Report (HTML)"),
                    "HTML (*.html)",
                    optional=True,
                    createByDefault=False,
                ),
                translate("Wangge", "Findings for people."),
                advanced=True,
            ),
            described(
                QgsProcessingParameterFileDestination(
                    self.REPORT_JSON,
                    translate("Wangge", "Report (JSON)"),
                    "JSON (*.json)",
                    optional=True,
                    createByDefault=False,
                ),
                translate("Wangge", "Counts, rejected rows, conflicts and findings for programs."),
            ),
        ]

    def outputs(self):
        return numbers(
            [
                ("BATCH_ID", translate("Wangge", "Number of the batch")),
                ("INSERTED", translate("Wangge", "Rows added")),
                ("UPDATED", translate("Wangge", "Rows changed")),
                ("UNCHANGED", translate("Wangge", "Rows the same")),
                ("DELETED", translate("Wangge", "Rows removed")),
                ("REJECTED", translate("Wangge", "Rows rejected")),
            ]
        )

    def execute(self, job: Job):
        from ...plugin.database.platform import read_platform
        from ...plugin.database.result import PushRefusedError

        kind = job.choice(self.KIND)
        profile = read_profile(job, self.PROFILE)
        spec = extend_layers(profile)[kind]
        source = job.required_source(self.INPUT)
        with platform_connection(job) as connection:
            cursor = connection.cursor()
            platform = read_platform(cursor, schema(job))
            connection.rollback()
            checked = self._check(job, connection, platform, kind, spec, source, profile)
            findings = self._save_findings(job, checked)
            self._refuse_findings(job, checked.result)
            try:
                result = self._push(job, connection, platform, kind, spec, source)
            except PushRefusedError as error:
                self._report(job, error.result, checked)
                raise
        for note in result.notes:
            job.progress.tell(note)
        self._tell(job, result)
        self._report(job, result, checked)
        return {
            **findings,
            self.DIFFERENCES: self._save_differences(job, result, platform),
            self.REPORT_JSON: job.text(self.REPORT_JSON) or None,
            "BATCH_ID": result.batch_id,
            "INSERTED": result.inserted,
            "UPDATED": result.updated,
            "UNCHANGED": result.unchanged,
            "DELETED": result.deleted,
            "REJECTED": result.rejected,
        }

    def _check(self, job, connection, platform, kind, spec: LayerSpec, source, profile) -> Checked:
        from ...plugin.database.target import describe_target

        # Rows are brought into the platform's system on their way.
        target = describe_target(
            connection, kind, source_srid=platform.srid, owner_field="", schema=schema(job)
        )
        references = references_for(job, connection, platform, kind, source)
        context = check_context(job, kind, source, profile, {**references, "target": target})
        context = replace(context, for_push=True, layer=spec)
        subject = subject_of(kind)
        result = run_rules(
            subject,
            (renamed(batch, spec) for batch in job.batches(source)),
            context,
            rules=(*rules_for(subject), *rules_for(Subject.PUSH)),
            progress=Part(job.progress, 0.0, 0.45),
        )
        return Checked(result, report_info(source, profile, references), source.layer.crs())

    def _save_findings(self, job: Job, checked: Checked) -> dict:
        saved = save_findings(job, self.FINDINGS, list(checked.result), checked.crs)
        return {self.FINDINGS: saved, **write_reports(job, checked, self.REPORT, "")}

    def _refuse_findings(self, job: Job, result: CheckResult) -> None:
        errors, warnings = result.error_count, result.warning_count
        if errors == 0 and (warnings == 0 or job.flag(self.ALLOW_WARNINGS)):
            if warnings:
                job.progress.warn(
                    translate("Wangge", "{count} warnings; the push goes on.").format(
                        count=warnings
                    )
                )
            return
        first = next(iter(result), None)
        if path := job.file_output(self.REPORT_JSON):
            write_text(path, json.dumps(_refusal(result), ensure_ascii=False, indent=1))
        raise WanggeError(
            translate(
                "Wangge",
                "Nothing was pushed: the check found {errors} errors and {warnings} warnings. The "
                "first one: {rule} {key}: {message}",
            ).format(
                errors=errors,
                warnings=warnings,
                rule=first.rule if first else "",
                key=first.feature_key if first else "",
                message=first.message if first else "",
            )
        )

    def _push(self, job, connection, platform, kind, spec, source: LayerSource):
        from ...plugin.database.push import push

        crs = crs_of_text(platform.crs)
        moved = replace(source, crs=crs) if source.layer.isSpatial() else source
        base = job.integer(self.BASE_BATCH) if job.is_given(self.BASE_BATCH) else None
        return push(
            connection,
            kind,
            self._rows(job, moved, spec, platform.crs),
            spec,
            mode=job.choice(self.MODE),
            delete_missing=job.flag(self.DELETE_MISSING),
            base_snapshot=base,
            user=user_name(),
            source=source.name,
            total=max(0, source.count()),
            progress=Part(job.progress, 0.45, 1.0),
            schema=schema(job),
        )

    def _rows(self, job: Job, source: LayerSource, spec: LayerSpec, crs: str) -> Iterator[Batch]:
        for batch in job.batches(source):
            named = renamed(batch, spec)
            # The key of the file itself is no content.
            fields = {n: v for n, v in named.fields.items() if n.lower() != "fid"}
            yield replace(named, fields=fields, crs=crs)

    def _save_differences(self, job: Job, result, platform) -> str | None:
        batch = difference_batch(result.differences)
        return job.save(
            self.DIFFERENCES,
            batch,
            fields_of_columns(batch.fields),
            geometry_of_columns(batch),
            crs_of_text(platform.crs),
        )

    def _tell(self, job: Job, result) -> None:
        if result.changes == 0 and result.mode == "push":
            job.progress.tell(
                translate("Wangge", "The platform has all of it already; nothing was changed.")
            )
        job.progress.tell(
            translate(
                "Wangge",
                "{inserted} added, {updated} changed, {unchanged} the same, {deleted} removed, "
                "{rejected} rejected.",
            ).format(**{k: getattr(result, k) for k in _COUNTS})
        )

    def _report(self, job: Job, result, checked: Checked) -> None:
        if path := job.file_output(self.REPORT_JSON):
            values = {**result.as_dict(), **_counts(checked.result)}
            write_text(path, json.dumps(values, ensure_ascii=False, indent=1, default=str))


_COUNTS = ("inserted", "updated", "unchanged", "deleted", "rejected")


def _counts(result: CheckResult) -> dict:
    return {
        "rows_checked": result.row_count,
        "errors": result.error_count,
        "warnings": result.warning_count,
        "rules": {run.rule.id: run.count for run in result.ran if run.count},
    }


def _refusal(result: CheckResult) -> dict:
    return {
        "batch_id": None,
        "mode": "refused",
        **dict.fromkeys(_COUNTS, 0),
        **_counts(result),
        "findings": [
            {
                "rule": f.rule,
                "severity": f.severity.value,
                "key": f.feature_key,
                "message": f.message,
            }
            for _, f in zip(range(1000), result, strict=False)
        ],
    }
