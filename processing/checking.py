"""What all checks share: rules over the layer's columns, findings out, reports, counts."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator

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
from ..plugin.layers.geometry import lonlat_transform
from ..plugin.layers.source import LayerSource
from ..plugin.rules.batch import Batch
from ..plugin.rules.catalogue import rules_for, subject_of
from ..plugin.rules.context import CheckContext
from ..plugin.rules.engine import run_rules
from ..plugin.rules.finding import Severity
from ..plugin.rules.profile_context import areas_of, context_of, departments_of
from ..plugin.rules.references import Areas, Departments, Shapes
from ..plugin.rules.rule import Rule, Subject
from ..plugin.rules.states import carry_over, findings_of
from ..plugin.standards.layers import layer as layer_spec
from ..plugin.standards.profile import Profile
from ..plugin.standards.profiles import list_profiles, load_profile
from ..plugin.translation import translate
from .base import WanggeAlgorithm, described
from .check_reports import Checked, report_info, save_findings, write_reports
from .inputs import renamed, require_field
from .job import Job
from .outputs import numbers

NEVER = "never"


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
        rules = _chosen_rules(job.text(self.RULES), subject_of(self.KIND))
        again = job.is_given(self.PREVIOUS)
        seen: set[str] | None = None
        if again and (source.selected_only or source.expression):
            seen = set()
            rules = tuple(rule for rule in rules if not rule.across)
            job.progress.tell(
                translate(
                    "Wangge",
                    "Only some features are checked again. Findings of the others, and of rules that "
                    "compare features with each other, stay as they were.",
                )
            )
        result = run_rules(
            subject_of(self.KIND),
            _noted((renamed(b, context.layer) for b in job.batches(source)), context, seen),
            context,
            rules=rules,
            progress=job.progress,
        )
        if again:
            previous = job.columns(job.required_source(self.PREVIOUS))
            result = carry_over(findings_of(previous), result, checked=seen)
        for missing in result.not_run:
            job.progress.tell(f"{missing.rule.id} {missing.rule.title_en}: {missing.reason}")
        return Checked(result, report_info(source, profile, references), source)


def _noted(
    batches: Iterable[Batch], context: CheckContext, seen: set[str] | None
) -> Iterator[Batch]:
    """Pass batches on, and note the keys of their rows as findings name them."""
    for batch in batches:
        if seen is not None:
            key = context.layer.key
            keys = batch.text(key).tolist() if key in batch.fields else [""] * len(batch)
            seen.update(k or str(i) for k, i in zip(keys, batch.ids.tolist(), strict=True))
        yield batch


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
