"""wangge:score_risks."""

from __future__ import annotations

from qgis.core import (
    Qgis,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterString,
)

from ...plugin.layers.fields import fields_of_columns
from ...plugin.risk.history import assess
from ...plugin.risk.schemes import LEVELS, available_schemes, load_scheme
from ...plugin.standards.layers import layer as layer_spec
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..checking import profile_parameter, read_profile
from ..inputs import renamed, require_rows
from ..job import Job
from ..outputs import geometry_of, numbers, save_layer

_TOLD = 50


class ScoreRisks(WanggeAlgorithm):
    """Score risks by a stated scheme and give them their colour."""

    ID = "score_risks"
    GROUP = Group.RISK
    INPUT, SCHEME, OUTPUT = "INPUT", "SCHEME", "OUTPUT"
    RESCORE, REASON, HISTORY = "RESCORE", "REASON", "HISTORY"
    PROFILE = "PROFILE"

    def title(self):
        return translate("Wangge", "Score risks")

    def summary(self):
        return translate(
            "Wangge",
            "Computes score and level (red, orange, yellow, blue) of every risk from its factors. The "
            "scheme and its version are stored with each assessment.",
        )

    def parameters(self):
        schemes = ", ".join(scheme.id for scheme in available_schemes())
        return [
            described(
                QgsProcessingParameterFeatureSource(
                    self.INPUT, translate("Wangge", "Risks"), [Qgis.ProcessingSourceType.Vector]
                ),
                translate("Wangge", "With the factors likelihood, exposure, consequence."),
            ),
            described(
                QgsProcessingParameterString(
                    self.SCHEME, translate("Wangge", "Scheme"), optional=True
                ),
                translate(
                    "Wangge",
                    "One of {schemes}, or the path of the city's own file; the profile's when empty.",
                ).format(schemes=schemes),
            ),
            profile_parameter(self.PROFILE),
            described(
                QgsProcessingParameterBoolean(
                    self.RESCORE,
                    translate("Wangge", "Score again what another scheme has scored"),
                    True,
                ),
                translate(
                    "Wangge", "Off: risks assessed by another scheme or version stay as they are."
                ),
                advanced=True,
            ),
            described(
                QgsProcessingParameterString(
                    self.REASON, translate("Wangge", "Reason for changes"), optional=True
                ),
                translate("Wangge", "Written into the history of levels."),
                advanced=True,
            ),
            described(
                QgsProcessingParameterFeatureSink(self.OUTPUT, translate("Wangge", "Scored risks")),
                translate("Wangge", "The same risks with score, level and scheme."),
            ),
            described(
                QgsProcessingParameterFeatureSink(
                    self.HISTORY,
                    translate("Wangge", "History of levels"),
                    Qgis.ProcessingSourceType.Vector,
                    optional=True,
                    createByDefault=False,
                ),
                translate("Wangge", "One row for each risk whose level, score or scheme changed."),
            ),
        ]

    def outputs(self):
        return numbers(
            [
                ("RED", translate("Wangge", "Red risks")),
                ("ORANGE", translate("Wangge", "Orange risks")),
                ("YELLOW", translate("Wangge", "Yellow risks")),
                ("BLUE", translate("Wangge", "Blue risks")),
                ("UNSCORED", translate("Wangge", "Risks that could not be scored")),
            ]
        )

    def execute(self, job: Job):
        scheme = load_scheme(job.text(self.SCHEME) or read_profile(job, self.PROFILE).risk_scheme)
        spec = layer_spec("risk")
        source = job.required_source(self.INPUT)
        risks = renamed(job.columns(source), spec)
        require_rows(risks, source)
        made = assess(risks, scheme, rescore=job.flag(self.RESCORE), reason=job.text(self.REASON))
        for problem in made.problems[:_TOLD]:
            job.progress.warn(problem.message)
        if len(made.problems) > _TOLD:
            job.progress.warn(
                translate("Wangge", "… and {count} more factors that cannot be scored.").format(
                    count=len(made.problems) - _TOLD
                )
            )
        if left := int(made.other_scheme.sum()):
            job.progress.warn(
                translate("Wangge", "{count} risks keep the assessment of another scheme.").format(
                    count=left
                )
            )
        levels = made.risks.text("level")
        saved = save_layer(
            job,
            self.OUTPUT,
            made.risks,
            spec,
            geometry_of(source),
            source.layer.crs(),
            style="risk",
        )
        history = job.save(
            self.HISTORY,
            made.history,
            fields_of_columns(made.history.fields),
            Qgis.WkbType.NoGeometry,
            source.layer.crs(),
        )
        counts = {name.upper(): int((levels == name).sum()) for name in LEVELS}
        return {
            self.OUTPUT: saved,
            self.HISTORY: history,
            **counts,
            "UNSCORED": int((levels == "").sum()),
        }
