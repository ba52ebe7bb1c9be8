"""What all checks share: rules over the layer's columns, findings out, reports, counts."""

from __future__ import annotations

import json
from abc import abstractmethod
from dataclasses import dataclass, replace
from pathlib import Path

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)

from ..plugin.errors import WanggeError
from ..plugin.layers.fields import alias, fields_of_columns
from ..plugin.layers.finding_places import ShownLayer, file_source, write_finding_places
from ..plugin.layers.geometry import lonlat_transform
from ..plugin.layers.source import LayerSource
from ..plugin.rules.batch import Batch
from ..plugin.rules.catalogue import rules_for, subject_of
from ..plugin.rules.context import CheckContext
from ..plugin.rules.engine import run_rules
from ..plugin.rules.finding import Finding, Severity
from ..plugin.rules.findings import findings_batch, zoom_points
from ..plugin.rules.profile_context import areas_of, context_of, departments_of
from ..plugin.rules.references import Areas, Departments, Shapes
from ..plugin.rules.report import ReportInfo, shown_findings
from ..plugin.rules.report_csv import csv_report
from ..plugin.rules.report_html import html_report
from ..plugin.rules.report_json import json_report
from ..plugin.rules.report_places import Places
from ..plugin.rules.result import CheckResult
from ..plugin.rules.rule import Rule, Subject
from ..plugin.rules.states import carry_over, findings_of
from ..plugin.standards.layers import layer as layer_spec
from ..plugin.standards.profile import Profile
from ..plugin.standards.profiles import list_profiles, load_profile
from ..plugin.translation import translate
from .base import WanggeAlgorithm, described
from .files import write_text
from .inputs import renamed, require_field
from .job import Job
from .outputs import numbers

NEVER = "never"


@dataclass(frozen=True)
class Checked:
    """Outcome of a check, with what its reports need."""

    result: CheckResult
    info: ReportInfo
    source: LayerSource

    @property
    def crs(self) -> QgsCoordinateReferenceSystem:
        """CRS of the findings."""
        return self.source.layer.crs()


class CheckAlgorithm(WanggeAlgorithm):
    """Base of the check algorithms.

    Class attributes
    ----------------
    KIND : str
        Name of the layer that is checked.
    """

    KIND = ""
    INPUT, PROFILE, PREVIOUS, FAIL_ON = "INPUT", "PROFILE", "PREVIOUS", "FAIL_ON"
    RULES = "RULES"
    FINDINGS, REPORT, REPORT_JSON = "FINDINGS", "REPORT", "REPORT_JSON"
    REPORT_CSV = "REPORT_CSV"

    @abstractmethod
    def references(self, job: Job, source: LayerSource) -> dict:
        """Return what the rules compare with, as keywords of `CheckContext`."""

    @abstractmethod
    def reference_parameters(self) -> list[QgsProcessingParameterDefinition]:
        """Return the parameters of the reference layers."""

    def parameters(self):
        return [
            described(
                QgsProcessingParameterFeatureSource(
                    self.INPUT, self.input_title(), [Qgis.ProcessingSourceType.Vector]
                ),
                translate("Wangge", "Layer to check; it is only read."),
            ),
            *self.reference_parameters(),
            profile_parameter(self.PROFILE),
            described(
                QgsProcessingParameterFeatureSource(
                    self.PREVIOUS,
                    translate("Wangge", "Earlier findings"),
                    [Qgis.ProcessingSourceType.Vector],
                    optional=True,
                ),
                translate("Wangge", "What was accepted there stays accepted, unless it changed."),
                advanced=True,
            ),
            described(
                QgsProcessingParameterString(
                    self.RULES, translate("Wangge", "Rules"), optional=True
                ),
                translate(
                    "Wangge",
                    "Ids of the rules to check with, separated by commas, such as C7, P3; all when "
                    "empty.",
                ),
                advanced=True,
            ),
            described(
                QgsProcessingParameterEnum(
                    self.FAIL_ON,
                    translate("Wangge", "Fail on findings of"),
                    options=[NEVER, Severity.ERROR.value, Severity.WARNING.value],
                    defaultValue=NEVER,
                    usesStaticStrings=True,
                ),
                translate(
                    "Wangge",
                    "For schedulers: the run fails, after its reports are written, when a finding is "
                    "at least this severe.",
                ),
                advanced=True,
            ),
            described(
                QgsProcessingParameterFeatureSink(
                    self.FINDINGS, translate("Wangge", "Findings"), Qgis.ProcessingSourceType.Vector
                ),
                translate(
                    "Wangge", "One point for each finding, with what is wrong and what to do."
                ),
            ),
            _file(self.REPORT, translate("Wangge", "Report (HTML)"), "html"),
            _file(self.REPORT_JSON, translate("Wangge", "Report (JSON)"), "json"),
            _file(self.REPORT_CSV, translate("Wangge", "Report (CSV)"), "csv"),
        ]

    def input_title(self) -> str:
        """Return the title of the layer that is checked."""
        return translate("Wangge", "Layer")

    def outputs(self):
        return numbers(
            [
                ("ERROR_COUNT", translate("Wangge", "Errors")),
                ("WARNING_COUNT", translate("Wangge", "Warnings")),
            ]
        )

    def execute(self, job: Job):
        checked = self.check(job)
        result = checked.result
        errors, warnings = result.error_count, result.warning_count
        job.progress.tell(
            translate(
                "Wangge", "{rows} rows checked: {errors} errors, {warnings} warnings."
            ).format(rows=result.row_count, errors=errors, warnings=warnings)
        )
        findings = save_findings(job, self.FINDINGS, [*result, *result.closed], checked.crs)
        results = {
            self.FINDINGS: findings,
            **write_reports(job, checked, findings, self.REPORT, self.REPORT_JSON, self.REPORT_CSV),
            "ERROR_COUNT": errors,
            "WARNING_COUNT": warnings,
        }
        threshold = job.choice(self.FAIL_ON)
        if threshold != NEVER and result.exit_status(Severity(threshold)):
            raise WanggeError(
                translate(
                    "Wangge",
                    "The check found {errors} errors and {warnings} warnings. See the findings.",
                ).format(errors=errors, warnings=warnings)
            )
        return results

    def check(self, job: Job) -> Checked:
        """Run the rules over the input."""
        source = job.required_source(self.INPUT)
        profile = read_profile(job, self.PROFILE)
        references = self.references(job, source)
        context = check_context(job, self.KIND, source, profile, references)
        result = run_rules(
            subject_of(self.KIND),
            (renamed(batch, context.layer) for batch in job.batches(source)),
            context,
            rules=_chosen_rules(job.text(self.RULES), subject_of(self.KIND)),
            progress=job.progress,
        )
        if job.is_given(self.PREVIOUS):
            previous = job.columns(job.required_source(self.PREVIOUS))
            result = carry_over(findings_of(previous), result)
        for missing in result.not_run:
            job.progress.tell(f"{missing.rule.id} {missing.rule.title_en}: {missing.reason}")
        return Checked(result, report_info(source, profile, references), source)


def _chosen_rules(text: str, subject: Subject) -> tuple[Rule, ...]:
    """Return the rules that a list of ids names; all of the subject's when it is empty."""
    known = {rule.id: rule for rule in rules_for(subject)}
    wanted = [name.strip() for name in text.replace("，", ",").split(",") if name.strip()]
    for name in wanted:
        if name not in known:
            raise WanggeError(
                translate(
                    "Wangge",
                    "There is no rule {rule} for this layer; there are {known}. Correct the list.",
                ).format(rule=name, known=", ".join(known))
            )
    return tuple(rule for rule in known.values() if not wanted or rule.id in wanted)


def profile_parameter(name: str) -> QgsProcessingParameterDefinition:
    """Return the parameter that names a city's profile."""
    return described(
        QgsProcessingParameterString(
            name, translate("Wangge", "City profile"), defaultValue="generic", optional=True
        ),
        translate("Wangge", "One of {profiles}, or the path of the city's own TOML file.").format(
            profiles=", ".join(list_profiles())
        ),
        advanced=True,
    )


def read_profile(job: Job, name: str) -> Profile:
    """Return the profile a parameter names; the generic one when it is empty."""
    return load_profile(job.text(name) or "generic")


def check_context(
    job: Job, kind: str, source: LayerSource, profile: Profile, references: dict
) -> CheckContext:
    """Return everything the rules compare with."""
    return context_of(
        profile,
        kind,
        references,
        to_lonlat=lonlat_transform(
            QgsCoordinateReferenceSystem(source.crs or source.layer.crs()),
            job.context.transformContext(),
        ),
        expected_rows=max(0, source.count()),
    )


def report_info(source: LayerSource, profile: Profile, references: dict) -> ReportInfo:
    """Return what the reports say about themselves."""
    communities = references.get("communities")
    names = () if communities is None or communities.keys is None else tuple(communities.keys)
    return ReportInfo(
        source=source.name,
        edition=profile.edition.number,
        communities=communities,
        community_names=names,
    )


def save_findings(
    job: Job, name: str, findings: list[Finding], crs: QgsCoordinateReferenceSystem
) -> str | None:
    """Write findings as points to zoom to."""
    batch = findings_batch(findings)
    batch = Batch(batch.fields, zoom_points(findings), batch.ids)
    fields = fields_of_columns(batch.fields, spec=layer_spec("finding"))
    return job.save(name, batch, fields, Qgis.WkbType.Point, crs, style="finding")


def write_reports(
    job: Job, checked: Checked, findings: str | None, html: str, data: str, table: str = ""
) -> dict[str, str]:
    """Write the reports that are wanted and return where; ``findings`` is their saved layer."""
    written = {}
    if path := job.file_output(html):
        layer = file_source("ogr", findings or "")
        info = replace(checked.info, findings=layer.partition("|")[0])
        places = _write_places(path, layer, checked) if layer else None
        write_text(path, html_report(checked.result, info, folder=path.parent, places=places))
        written[html] = str(path)
    if path := job.file_output(data):
        values = json_report(checked.result, checked.info)
        write_text(path, json.dumps(values, ensure_ascii=False, indent=1, allow_nan=False) + "\n")
        written[data] = str(path)
    if path := job.file_output(table):
        write_text(path, csv_report(checked.result))
        written[table] = str(path)
    return written


def _write_places(report: Path, findings: str, checked: Checked) -> Places:
    """Write the projects that a report leads to, in a folder beside it."""
    shown = [f for some in shown_findings(checked.result).values() for f in some]
    folder = report.with_name(f"{report.stem}_places")
    places = Places(shown, folder=folder.name, is_geographic=checked.crs.isGeographic())
    layers = [ShownLayer(alias(layer_spec("finding")), findings, "finding")]
    layer = checked.source.layer
    if source := file_source(layer.providerType(), layer.source()):
        kind = checked.result.layer
        layers.append(ShownLayer(alias(layer_spec(kind)), source, kind))
    write_finding_places(folder, layers, [(p.name, p.bounds) for p in places], checked.crs)
    return places


def _file(name: str, title: str, suffix: str) -> QgsProcessingParameterDefinition:
    return described(
        QgsProcessingParameterFileDestination(
            name, title, f"{suffix.upper()} (*.{suffix})", optional=True, createByDefault=False
        ),
        translate("Wangge", "Summary, rules and findings as a file."),
    )


def reference_parameter(
    name: str, title: str, help_text: str, *, optional: bool = True, polygons: bool = True
) -> QgsProcessingParameterDefinition:
    """Return the parameter of a layer that a check compares with."""
    kind = Qgis.ProcessingSourceType.VectorPolygon if polygons else Qgis.ProcessingSourceType.Vector
    return described(
        QgsProcessingParameterFeatureSource(name, title, [kind], optional=optional), help_text
    )


def read_areas(job: Job, name: str, kind: str, crs: QgsCoordinateReferenceSystem) -> Areas | None:
    """Read communities or active unit grids as reference areas."""
    source = job.source(name, crs=crs)
    if source is None:
        return None
    spec = layer_spec(kind)
    batch = renamed(job.columns(source), spec)
    require_field(batch, source, spec.key)
    return areas_of(batch, kind)


def read_shapes_reference(job: Job, name: str, crs: QgsCoordinateReferenceSystem) -> Shapes | None:
    """Read buildings, water or streets as plain shapes."""
    source = job.source(name, crs=crs)
    return None if source is None else Shapes(job.columns(source, names=[]).shapes)


def read_departments(job: Job, name: str) -> Departments | None:
    """Read the register of departments."""
    source = job.source(name)
    if source is None:
        return None
    batch = renamed(job.columns(source, geometry=False), layer_spec("department"))
    require_field(batch, source, "department_code")
    return departments_of(batch)
