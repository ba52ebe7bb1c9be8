"""wangge:revert_push."""

from __future__ import annotations

from qgis.core import QgsProcessingParameterNumber

from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..job import Job
from ..outputs import numbers
from .connections import connection_parameters, platform_connection, schema, user_name


class RevertPush(WanggeAlgorithm):
    """Take a push back: its rows are again exactly as they were before it."""

    ID = "revert_push"
    GROUP = Group.DATABASE
    BATCH = "BATCH_ID"

    def title(self):
        return translate("Wangge", "Revert push")

    def summary(self):
        return translate(
            "Wangge",
            "Takes a batch back in one transaction. Refused, with the reason, when later batches "
            "changed the same rows.",
        )

    def parameters(self):
        return [
            *connection_parameters(),
            described(
                QgsProcessingParameterNumber(
                    self.BATCH, translate("Wangge", "Number of the batch"), minValue=1
                ),
                translate("Wangge", "As the push gave it, or as “List pushes” shows it."),
            ),
        ]

    def outputs(self):
        return numbers(
            [
                ("REVERT_BATCH_ID", translate("Wangge", "Number of the revert's own batch")),
                ("RESTORED", translate("Wangge", "Rows brought back or as they were")),
                ("REMOVED", translate("Wangge", "Rows removed again")),
            ]
        )

    def execute(self, job: Job):
        from ...plugin.database.batches import revert

        with platform_connection(job) as connection:
            result = revert(
                connection,
                job.integer(self.BATCH),
                user=user_name(),
                progress=job.progress,
                schema=schema(job),
            )
        return {
            "REVERT_BATCH_ID": result.batch_id,
            "RESTORED": result.inserted + result.updated,
            "REMOVED": result.deleted,
        }
