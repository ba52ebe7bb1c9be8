"""wangge:undo_field_merge."""

from __future__ import annotations

from qgis.core import (
    Qgis,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterString,
)

from ...plugin.census.project import undo_in_project
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..job import Job
from ..outputs import numbers
from .project_layer import project_table


class UndoFieldMerge(WanggeAlgorithm):
    """Take a whole merge of packages back."""

    ID = "undo_field_merge"
    GROUP = Group.CENSUS
    INPUT, PACKAGES = "INPUT", "PACKAGES"

    def title(self):
        return translate("Wangge", "Undo field merge")

    def summary(self):
        return translate(
            "Wangge",
            "Takes the last merge of returned packages back, with its settled and open conflicts. "
            "What was changed after the merge stays. The packages can be merged again.",
        )

    def parameters(self):
        return [
            described(
                QgsProcessingParameterFeatureSource(
                    self.INPUT,
                    translate("Wangge", "Components"),
                    [Qgis.ProcessingSourceType.VectorAnyGeometry],
                ),
                translate("Wangge", "Layer of the census project; it is changed in one step."),
            ),
            described(
                QgsProcessingParameterString(
                    self.PACKAGES, translate("Wangge", "Package ids"), optional=True
                ),
                translate(
                    "Wangge",
                    "From the manifest.json of packages, separated by commas; those merged last "
                    "together if empty.",
                ),
                advanced=True,
            ),
        ]

    def outputs(self):
        return numbers(
            [
                ("UNDONE", translate("Wangge", "Packages taken back")),
                ("INSERTED", translate("Wangge", "Components added")),
                ("UPDATED", translate("Wangge", "Components changed")),
                ("DELETED", translate("Wangge", "Components deleted")),
                ("KEPT", translate("Wangge", "Components changed since, left as they are")),
            ]
        )

    def execute(self, job: Job):
        project = project_table(job, self.INPUT)
        wanted = [p.strip() for p in job.text(self.PACKAGES).split(",") if p.strip()]
        undone = undo_in_project(project.path, project.table, wanted)
        project.show_anew(job)
        if undone.kept:
            job.progress.warn(
                translate(
                    "Wangge",
                    "{count} components were changed after the merge and stay as they are: {keys}.",
                ).format(count=len(undone.kept), keys=", ".join(undone.kept[:10]))
            )
        return {
            "UNDONE": len(undone.packages),
            "INSERTED": undone.rows["inserted"],
            "UPDATED": undone.rows["updated"],
            "DELETED": undone.rows["deleted"],
            "KEPT": len(undone.kept),
        }
