"""wangge:score_quality_sample."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import (
    Qgis,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ...plugin.census.assignment import assign_to_cells
from ...plugin.census.differences import ATTRIBUTES, list_differences
from ...plugin.census.quality import Limits, LotScore, score_lots
from ...plugin.layers.fields import fields_of_columns
from ...plugin.progress import stop_if_cancelled
from ...plugin.rules.batch import Batch
from ...plugin.standards.layers import component_spec
from ...plugin.standards.layers import layer as layer_spec
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..checking import profile_parameter, read_profile
from ..inputs import metric_crs, renamed, require_field, require_rows
from ..job import Job
from ..outputs import geometry_of_columns, numbers
from .pages import pdf_parameter, report_parameter, write_pdf, write_report
from .quality_page import LIMITS, limit_titles, quality_sections, verdict


class ScoreQualitySample(WanggeAlgorithm):
    """Compare the second survey with the first and say which lots are accepted."""

    ID = "score_quality_sample"
    GROUP = Group.CENSUS
    SAMPLE, CHECKED, CELLS = "SAMPLE", "CHECKED", "CELLS"
    ATTRIBUTES, REACH, PASSING = "ATTRIBUTES", "REACH", "PASSING_SCORE"
    DIFFERENCES, PROFILE = "DIFFERENCES", "PROFILE"

    def title(self):
        return translate("Wangge", "Score quality sample")

    def summary(self):
        return translate(
            "Wangge",
            "Compares the second survey with the sample: omitted and surplus components, wrong "
            "classes, attributes and positions with their RMSE by accuracy grade, and whether each "
            "lot is accepted.",
        )

    def parameters(self):
        vector = Qgis.ProcessingSourceType.Vector
        return [
            described(
                QgsProcessingParameterFeatureSource(
                    self.SAMPLE, translate("Wangge", "Sample"), [vector]
                ),
                translate("Wangge", "From “Draw quality sample”, with lot."),
            ),
            described(
                QgsProcessingParameterFeatureSource(
                    self.CHECKED, translate("Wangge", "Second survey"), [vector]
                ),
                translate("Wangge", "Known again by uuid, else by place and class."),
            ),
            described(
                QgsProcessingParameterFeatureSource(
                    self.CELLS,
                    translate("Wangge", "Drawn cells"),
                    [Qgis.ProcessingSourceType.VectorPolygon],
                    optional=True,
                ),
                translate(
                    "Wangge",
                    "From “Draw quality sample”: needed to count what was omitted in empty cells.",
                ),
            ),
            described(
                QgsProcessingParameterString(
                    self.ATTRIBUTES,
                    translate("Wangge", "Attributes to compare"),
                    ",".join(ATTRIBUTES),
                    optional=True,
                ),
                translate("Wangge", "Field names, separated by commas."),
                advanced=True,
            ),
            described(
                QgsProcessingParameterNumber(
                    self.REACH,
                    translate("Wangge", "Search distance (m)"),
                    QgsProcessingParameterNumber.Type.Double,
                    10.0,
                    minValue=0,
                ),
                translate("Wangge", "Two positions farther apart are never one component."),
                advanced=True,
            ),
            *_limit_parameters(),
            described(
                QgsProcessingParameterNumber(
                    self.PASSING,
                    translate("Wangge", "Passing score"),
                    QgsProcessingParameterNumber.Type.Double,
                    Limits().passing_score,
                    minValue=0,
                    maxValue=100,
                ),
                translate("Wangge", "100 is free of errors; 60 when every share is at its limit."),
                advanced=True,
            ),
            profile_parameter(self.PROFILE),
            described(
                QgsProcessingParameterFeatureSink(
                    self.DIFFERENCES,
                    translate("Wangge", "Differences"),
                    vector,
                    optional=True,
                    createByDefault=False,
                ),
                translate("Wangge", "Every error found, at its place."),
            ),
            report_parameter(),
            pdf_parameter(),
        ]

    def outputs(self):
        return numbers(
            [
                ("LOT_COUNT", translate("Wangge", "Lots")),
                ("ACCEPTED_LOTS", translate("Wangge", "Lots accepted")),
                ("MATCHED", translate("Wangge", "Components in both surveys")),
                *((name, limit_titles()[name]) for name in LIMITS),
                ("UNPLACED", translate("Wangge", "Rows of the second survey in no lot")),
            ]
        )

    def execute(self, job: Job):
        first = job.required_source(self.SAMPLE)
        crs = metric_crs(first)
        sample = renamed(job.columns(job.required_source(self.SAMPLE, crs=crs)), component_spec())
        require_rows(sample, first)
        require_field(sample, first, "lot")
        second = job.required_source(self.CHECKED, crs=crs)
        checked = renamed(job.columns(second), component_spec())
        lots, checked = self._lots(job, crs, checked)
        stop_if_cancelled(job.progress)
        attributes = [a.strip() for a in job.text(self.ATTRIBUTES).split(",") if a.strip()]
        reach = job.number(self.REACH)
        shares = [job.number(f"{name}_LIMIT") / 100 for name in LIMITS]
        limits = Limits(
            omission=shares[0],
            commission=shares[1],
            class_error=shares[2],
            attribute_error=shares[3],
            position_error=shares[4],
            passing_score=job.number(self.PASSING),
        )
        accuracy = read_profile(job, self.PROFILE).accuracy
        scores = score_lots(
            sample,
            checked,
            attributes=attributes,
            limits=limits,
            reach=reach,
            lots=lots,
            accuracy=accuracy,
        )
        unplaced = len(checked) - sum(s.checked for s in scores)
        if unplaced:
            job.progress.warn(
                translate(
                    "Wangge",
                    "{count} rows of the second survey lie in no drawn cell and were not counted. "
                    "Give the drawn cells.",
                ).format(count=unplaced)
            )
        for score in scores:
            job.progress.tell(f"{score.lot}: {verdict(score)} ({score.score:.1f})")
            for failure in score.failures:
                job.progress.tell(f"  {failure}")
        job.progress.report(0.7)
        title = translate("Wangge", "Acceptance of a census by its quality sample")
        page = quality_sections(scores, limits, accuracy)
        return {
            self.DIFFERENCES: self._save_differences(
                job, crs, sample, checked, attributes=attributes, reach=reach, accuracy=accuracy
            ),
            **write_report(job, title, page),
            **write_pdf(job, title, page),
            "LOT_COUNT": len(scores),
            "ACCEPTED_LOTS": sum(s.accepted for s in scores),
            "MATCHED": sum(s.matched for s in scores),
            **{name: _overall(scores, name.lower()) for name in LIMITS},
            "UNPLACED": unplaced,
        }

    def _lots(self, job: Job, crs, checked: Batch) -> tuple[dict[str, str], Batch]:
        """Return the lot of each drawn cell, and the second survey with its cells filled."""
        source = job.source(self.CELLS, crs=crs)
        if source is None:
            return {}, checked
        cells = renamed(job.columns(source), layer_spec("unit_grid"))
        require_field(cells, source, "grid_code")
        require_field(cells, source, "lot")
        codes = cells.text("grid_code")
        if checked.geometry is not None and cells.geometry is not None:
            place = assign_to_cells(checked.geometry, cells.geometry, codes).cell
            grid = checked.text("grid_code").copy()
            empty = (grid == "") & (place >= 0)
            grid[empty] = codes[place[empty]]
            checked = checked.with_fields(grid_code=grid)
        return dict(zip(codes.tolist(), cells.text("lot").tolist(), strict=True)), checked

    def _save_differences(
        self, job: Job, crs, sample: Batch, checked: Batch, **settings
    ) -> str | None:
        if not job.is_given(self.DIFFERENCES):
            return None
        rows = list_differences(sample, checked, **settings)
        kind = geometry_of_columns(rows) if len(rows) else Qgis.WkbType.Point
        fields = fields_of_columns(rows.fields)
        return job.save(self.DIFFERENCES, rows, fields, kind, crs, derived=True)


def _limit_parameters() -> list[QgsProcessingParameterDefinition]:
    defaults = Limits()
    return [
        described(
            QgsProcessingParameterNumber(
                f"{name}_LIMIT",
                translate("Wangge", "{what}, at most (%)").format(what=title),
                QgsProcessingParameterNumber.Type.Double,
                100 * getattr(defaults, name.lower()),
                minValue=0,
                maxValue=100,
            ),
            translate("Wangge", "As the contract says."),
            advanced=True,
        )
        for name, title in limit_titles().items()
    ]


def _overall(scores: Sequence[LotScore], name: str) -> float | None:
    """Return a share over all lots, each weighed by what it was judged on."""
    base = {"omission": "checked", "commission": "sampled"}.get(name, "matched")
    judged = [(getattr(s, name), getattr(s, base)) for s in scores]
    judged = [(share, n) for share, n in judged if share == share and n]
    return sum(s * n for s, n in judged) / sum(n for _, n in judged) if judged else None
