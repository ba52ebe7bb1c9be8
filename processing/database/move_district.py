"""wangge:move_district."""

from __future__ import annotations

from qgis.core import (
    QgsProcessingParameterEnum,
    QgsProcessingParameterProviderConnection,
    QgsProcessingParameterString,
)

from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..job import Job
from ..outputs import numbers
from .connections import connection_parameters, platform_connection, schema

# As in plugin.database.spreading, which needs psycopg2.
_KINDS = ("component", "unit_grid", "community")


class MoveDistrict(WanggeAlgorithm):
    """Move a district's rows to another database server, or bring them home."""

    ID = "move_district"
    GROUP = Group.DATABASE
    REMOTE, KIND, DISTRICT, SERVER = "REMOTE", "KIND", "DISTRICT", "SERVER"

    def title(self):
        return translate("Wangge", "Move district to another server")

    def summary(self):
        return translate(
            "Wangge",
            "Moves a district's rows of a layer to another PostgreSQL server, all or none, or brings "
            "them home. Pushes, reverts, pulls, rights and queries go on as before.",
        )

    def example(self):
        return (
            "qgis_process run wangge:move_district -- CONNECTION=service=city "
            "REMOTE=service=south KIND=component DISTRICT=500112 SERVER=south"
        )

    def parameters(self):
        return [
            *connection_parameters(),
            described(
                QgsProcessingParameterProviderConnection(
                    self.REMOTE, translate("Wangge", "The other server"), "postgres"
                ),
                translate(
                    "Wangge",
                    "Connection to the other server's database, of somebody who may create tables "
                    "there; a saved name or service=NAME.",
                ),
            ),
            described(
                QgsProcessingParameterEnum(
                    self.KIND,
                    translate("Wangge", "Kind"),
                    list(_KINDS),
                    defaultValue=_KINDS[0],
                    usesStaticStrings=True,
                ),
                translate("Wangge", "The layer; the others stay on the platform's own server."),
            ),
            described(
                QgsProcessingParameterString(self.DISTRICT, translate("Wangge", "District code")),
                translate("Wangge", "6 digits."),
            ),
            described(
                QgsProcessingParameterString(
                    self.SERVER, translate("Wangge", "Name of the server"), optional=True
                ),
                translate(
                    "Wangge",
                    "As CREATE SERVER made it known to the platform; empty brings the district home.",
                ),
            ),
        ]

    def outputs(self):
        return numbers([("ROW_COUNT", translate("Wangge", "Rows"))])

    def execute(self, job: Job):
        with platform_connection(job) as connection, platform_connection(job, self.REMOTE) as other:
            from ...plugin.database.spreading import bring_home, move_district

            kind, district = job.choice(self.KIND), job.text(self.DISTRICT)
            options: dict = {"progress": job.progress, "schema": schema(job)}
            if server := job.text(self.SERVER):
                rows = move_district(connection, other, kind, district, server, **options)
            else:
                rows = bring_home(connection, other, kind, district, **options)
        return {"ROW_COUNT": rows}
