"""wangge:install_platform."""

from __future__ import annotations

from qgis.core import QgsProcessingParameterNumber, QgsProcessingParameterString

from ...plugin.standards.extension import extend_layers
from ...plugin.standards.profile import PushSettings
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..checking import profile_parameter, read_profile
from ..job import Job
from ..outputs import numbers
from .connections import connection_parameters, platform_connection, schema


class InstallPlatform(WanggeAlgorithm):
    """Install or upgrade the platform in a PostGIS database."""

    ID = "install_platform"
    GROUP = Group.DATABASE
    SRID, WKT, PROFILE = "SRID", "CRS_WKT", "PROFILE"

    def title(self):
        return translate("Wangge", "Install platform")

    def summary(self):
        return translate(
            "Wangge",
            "Makes the platform's tables, history, views, roles and row-level security in a PostGIS "
            "database, or upgrades them. Run again it changes nothing.",
        )

    def parameters(self):
        return [
            *connection_parameters(),
            described(
                QgsProcessingParameterNumber(
                    self.SRID, translate("Wangge", "SRID"), defaultValue=0, minValue=0
                ),
                translate(
                    "Wangge",
                    "EPSG number of the platform's coordinate system; 0 takes the profile's, keeps "
                    "what is installed, and is CGCS2000 (4490) for a new one.",
                ),
            ),
            described(
                QgsProcessingParameterString(
                    self.WKT, translate("Wangge", "Own coordinate system (WKT)"), optional=True
                ),
                translate("Wangge", "Definition of a local system that the server does not know."),
                advanced=True,
            ),
            profile_parameter(self.PROFILE),
        ]

    def outputs(self):
        return numbers(
            [
                ("VERSION", translate("Wangge", "Version of the platform's schema")),
                ("SRID", translate("Wangge", "SRID")),
            ]
        )

    def execute(self, job: Job):
        from ...plugin.database.migrations import install

        profile = read_profile(job, self.PROFILE)
        wkt = job.text(self.WKT) or ("" if profile.crs[:5] == "EPSG:" else profile.crs)
        # A system of its own is known by its definition; the default keeps what is installed.
        is_own = not wkt and profile.push.srid != PushSettings.srid
        own_srid = profile.push.srid if is_own else 0
        with platform_connection(job) as connection:
            done = install(
                connection,
                srid=job.integer(self.SRID) or own_srid,
                crs_wkt=wkt,
                schema=schema(job),
                specs=extend_layers(profile),
                progress=job.progress,
            )
        for note in done.notes:
            job.progress.warn(note)
        job.progress.tell(
            translate("Wangge", "Platform version {version} in {crs}.").format(
                version=done.to_version, crs=done.crs[:60]
            )
        )
        return {"VERSION": done.to_version, "SRID": done.srid}
