"""wangge:apply_fixes."""

from __future__ import annotations

from qgis.core import (
    Qgis,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
)

from ...plugin.layers.fields import fields_of_columns
from ...plugin.rules.fixes import apply_fixes
from ...plugin.rules.states import findings_of
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..job import Job
from ..outputs import geometry_of, numbers


class ApplyFixes(WanggeAlgorithm):
    """Apply the safe fixes that findings suggest."""

    ID = "apply_fixes"
    GROUP = Group.GENERAL
    INPUT, FINDINGS, OUTPUT = "INPUT", "FINDINGS", "OUTPUT"

    def title(self):
        return translate("Wangge", "Apply fixes")

    def summary(self):
        return translate(
            "Wangge",
            "Applies the safe fixes that a check suggests: blanks and full-width digits, areas, unit "
            "grids by location. Values that changed since the check are left alone.",
        )

    def parameters(self):
        return [
            described(
                QgsProcessingParameterFeatureSource(
                    self.INPUT, translate("Wangge", "Layer"), [Qgis.ProcessingSourceType.Vector]
                ),
                translate("Wangge", "The layer that was checked."),
            ),
            described(
                QgsProcessingParameterFeatureSource(
                    self.FINDINGS,
                    translate("Wangge", "Findings"),
                    [Qgis.ProcessingSourceType.Vector],
                ),
                translate("Wangge", "The findings of its check."),
            ),
            described(
                QgsProcessingParameterFeatureSink(self.OUTPUT, translate("Wangge", "Fixed layer")),
                translate("Wangge", "The same rows with the fixes applied."),
            ),
        ]

    def outputs(self):
        return numbers(
            [
                ("FIXED", translate("Wangge", "Values changed")),
                ("SKIPPED", translate("Wangge", "Fixes not applied")),
            ]
        )

    def execute(self, job: Job):
        source = job.required_source(self.INPUT)
        findings = findings_of(job.columns(job.required_source(self.FINDINGS)))
        fixed = apply_fixes(job.columns(source), findings)
        fields = {n: v for n, v in fixed.batch.fields.items() if n.lower() != "fid"}
        saved = job.save(
            self.OUTPUT,
            fixed.batch,
            fields_of_columns(fields),
            geometry_of(source),
            source.layer.crs(),
        )
        return {self.OUTPUT: saved, "FIXED": fixed.count, "SKIPPED": fixed.skipped}
