"""wangge:push_to_platform."""

from __future__ import annotations

from dataclasses import replace

from ...plugin.errors import WanggeError
from ...plugin.layers.fields import fields_of_columns
from ...plugin.layers.source import LayerSource
from ...plugin.rules.finding import Finding, Severity
from ...plugin.rules.result import CheckResult
from ...plugin.standards.extension import extend_layers
from ...plugin.standards.spec import LayerSpec
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm
from ..check_reports import Checked, report_info, save_findings, write_reports
from ..checking import check_context, profile_parameter, read_profile
from ..job import Job
from ..outputs import geometry_of_columns, numbers
from .acceptance import accepted_before, accepted_too
from .checked_rows import CheckedRows
from .connections import (
    connection_parameters,
    crs_of_text,
    outbox_key,
    platform_connection,
    schema,
    user_name,
)
from .differences import difference_batch
from .push_parameters import more_parameters, push_parameters
from .push_reports import counts, open_findings, refused_by_rules, tell_result, write_report
from .references import reference_parameters, references_for


class PushToPlatform(WanggeAlgorithm):
    """Check a layer and bring it to the platform: all of it or nothing."""

    ID = "push_to_platform"
    GROUP = Group.DATABASE
    KIND, INPUT, MODE, PROFILE = "KIND", "INPUT", "MODE", "PROFILE"
    DELETE_MISSING, ALLOW_WARNINGS = "DELETE_MISSING", "ALLOW_WARNINGS"
    PREVIOUS, BASE_BATCH, CHECK_ALL = "PREVIOUS", "BASE_BATCH", "CHECK_ALL"
    FINDINGS, DIFFERENCES = "FINDINGS", "DIFFERENCES"
    REPORT, REPORT_JSON = "REPORT", "REPORT_JSON"
    OUTBOX, PACKAGE = "OUTBOX", "PACKAGE"

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
        return [
            *connection_parameters(),
            *push_parameters(),
            *reference_parameters(),
            profile_parameter(self.PROFILE),
            *more_parameters(),
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
        from ...plugin.database.result import UnreachableError

        kind = job.choice(self.KIND)
        profile = read_profile(job, self.PROFILE)
        spec = extend_layers(profile)[kind]
        source = job.required_source(self.INPUT)
        try:
            return self._deliver(job, kind, spec, source, profile)
        except UnreachableError as error:
            if not job.is_given(self.OUTBOX) or job.choice(self.MODE) != "push":
                raise
            job.progress.warn(str(error))
        return self._keep(job, kind, spec, source, profile)

    def _deliver(self, job: Job, kind: str, spec: LayerSpec, source: LayerSource, profile):
        checked: list[Checked] = []  # one, when the rules have seen all rows
        findings: dict = {}
        with platform_connection(job) as connection:
            from ...plugin.database.kept_findings import with_states
            from ...plugin.database.known import Checking
            from ...plugin.database.platform import read_platform
            from ...plugin.database.push import push
            from ...plugin.database.result import PushRefusedError, RulesRefusedError

            mode = job.choice(self.MODE)
            platform = read_platform(connection.cursor(), schema(job))
            accepted = accepted_before(job, connection, platform, self.PREVIOUS)
            connection.rollback()
            context, info = self._context(job, connection, platform, kind, spec, source, profile)
            rows = CheckedRows(job, source, context, platform.crs)
            checking = Checking(
                rows.stamp(), context.today, rows.look, rows.tells_all, not job.flag(self.CHECK_ALL)
            )

            def judge(kept: list[Finding]) -> list[Finding]:
                found = accepted_too(accepted, with_states(kept, rows.finish()))
                checked.append(Checked(found, info, source))
                findings.update(self._save_findings(job, checked[0]))
                if self._stops(job, found):
                    raise RulesRefusedError("", findings=self._stopping(job, found))
                return rows.placed([*found, *found.closed]) if mode == "push" else []

            try:
                result = push(
                    connection,
                    kind,
                    rows,
                    spec,
                    mode=mode,
                    delete_missing=job.flag(self.DELETE_MISSING),
                    base_snapshot=self._base(job),
                    user=user_name(),
                    source=source.name,
                    total=max(0, source.count()),
                    judge=judge,
                    checking=checking,
                    progress=job.progress,
                    schema=schema(job),
                )
            except RulesRefusedError as error:
                self._refuse_findings(job, checked[0].result, error.batch_id)
                raise
            except PushRefusedError as error:
                self._report(job, error.result, checked[0])
                raise
        tell_result(job.progress, result, checked[0].result.row_count)
        self._report(job, result, checked[0])
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

    def _keep(self, job: Job, kind: str, spec: LayerSpec, source: LayerSource, profile):
        """Check the rows without the platform and keep them as a package."""
        from ...plugin.database.outbox import save_package

        references = references_for(job, None, None, kind, source)
        context = check_context(job, kind, source, profile, references)
        context = replace(context, for_push=True, layer=spec)
        rows = CheckedRows(job, source, context, source.crs_text)
        package = save_package(
            job.folder(self.OUTBOX),
            kind,
            rows.each_looked_at(),
            key=outbox_key(),
            names=spec.names,
            delete_missing=job.flag(self.DELETE_MISSING),
            base_snapshot=self._base(job),
            user=user_name(),
            source=source.name,
            progress=job.progress,
        )
        try:
            found = rows.finish()
            checked = Checked(found, report_info(source, profile, references), source)
            findings = self._save_findings(job, checked)
            if self._stops(job, found):
                self._refuse_findings(job, found)
        except BaseException:
            package.path.unlink(missing_ok=True)
            raise
        job.progress.warn(
            translate(
                "Wangge",
                "The {count} rows are kept in {path}. Run deliver_outbox when there is a connection.",
            ).format(count=package.rows, path=package.path)
        )
        return {**findings, self.PACKAGE: str(package.path)}

    def _base(self, job: Job) -> int | None:
        return job.integer(self.BASE_BATCH) if job.is_given(self.BASE_BATCH) else None

    def _context(self, job, connection, platform, kind, spec: LayerSpec, source, profile):
        from ...plugin.database.target import describe_target

        # Rows are brought into the platform's system on their way.
        target = describe_target(
            connection, kind, source_srid=platform.srid, owner_field="", schema=schema(job)
        )
        references = references_for(job, connection, platform, kind, source)
        context = check_context(job, kind, source, profile, {**references, "target": target})
        context = replace(context, for_push=True, layer=spec)
        return context, report_info(source, profile, references)

    def _save_findings(self, job: Job, checked: Checked) -> dict:
        saved = save_findings(job, self.FINDINGS, list(checked.result), checked.crs)
        return {self.FINDINGS: saved, **write_reports(job, checked, saved, self.REPORT, "")}

    def _stops(self, job: Job, result: CheckResult) -> bool:
        errors, warnings = result.error_count, result.warning_count
        if errors == 0 and (warnings == 0 or job.flag(self.ALLOW_WARNINGS)):
            if warnings:
                job.progress.warn(
                    translate("Wangge", "{count} warnings; the push goes on.").format(
                        count=warnings
                    )
                )
            return False
        return True

    def _stopping(self, job: Job, result: CheckResult) -> tuple[Finding, ...]:
        stops = {Severity.ERROR}
        if not job.flag(self.ALLOW_WARNINGS):
            stops.add(Severity.WARNING)
        return tuple(f for f in open_findings(result) if f.severity in stops)

    def _refuse_findings(self, job: Job, result: CheckResult, batch_id: int | None = None) -> None:
        errors, warnings = result.error_count, result.warning_count
        first = next(open_findings(result), None)
        write_report(job.file_output(self.REPORT_JSON), refused_by_rules(result, batch_id))
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

    def _save_differences(self, job: Job, result, platform) -> str | None:
        batch = difference_batch(result.differences)
        return job.save(
            self.DIFFERENCES,
            batch,
            fields_of_columns(batch.fields),
            geometry_of_columns(batch),
            crs_of_text(platform.crs),
        )

    def _report(self, job: Job, result, checked: Checked) -> None:
        values = {**result.as_dict(), **counts(checked.result)}
        write_report(job.file_output(self.REPORT_JSON), values)
