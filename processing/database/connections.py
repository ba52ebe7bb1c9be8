"""The parameter that names a connection, and connections opened and closed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsProcessingParameterProviderConnection,
    QgsProcessingParameterString,
)

from ...plugin.errors import WanggeError
from ...plugin.standards.profile import PushSettings
from ...plugin.translation import translate
from ..base import described
from ..checking import read_profile
from ..job import Job

CONNECTION, SCHEMA = "CONNECTION", "SCHEMA"


def connection_parameters() -> list:
    """Return the parameters CONNECTION and SCHEMA."""
    return [
        described(
            QgsProcessingParameterProviderConnection(
                CONNECTION, translate("Wangge", "Platform database"), "postgres"
            ),
            translate(
                "Wangge",
                "Name of a PostgreSQL connection saved in QGIS, or service=NAME from "
                "pg_service.conf. Never an address or a password.",
            ),
        ),
        described(
            QgsProcessingParameterString(SCHEMA, translate("Wangge", "Schema"), optional=True),
            translate("Wangge", "Schema of the platform; the profile's when empty (wangge)."),
            advanced=True,
        ),
    ]


@contextmanager
def platform_connection(job: Job, parameter: str = CONNECTION) -> Iterator:
    """Yield the open connection that a parameter names and close it whatever happens."""
    try:
        from ...plugin.database.connection import connect
    except ImportError as error:
        raise WanggeError(
            translate(
                "Wangge",
                "The platform needs the Python package {package}, which this QGIS lacks. Install it "
                "(OSGeo4W shell: pip install {package}; Debian: apt install python3-{package}).",
            ).format(package=error.name or "psycopg2")
        ) from error
    name = job.algorithm.parameterAsConnectionName(job.parameters, parameter, job.context)
    with closing(connect(name)) as connection:
        yield connection


def schema(job: Job) -> str:
    """Return the schema of the platform: the one given, else the profile's."""
    if given := job.text(SCHEMA):
        return given
    has_profile = job.algorithm.parameterDefinition("PROFILE") is not None
    return read_profile(job, "PROFILE").push.schema if has_profile else PushSettings.schema


def crs_of_text(text: str) -> QgsCoordinateReferenceSystem:
    """Return the CRS a batch names: an authority id or WKT."""
    if text[:5].upper() == "EPSG:":
        return QgsCoordinateReferenceSystem(text)
    return QgsCoordinateReferenceSystem.fromWkt(text)


def outbox_key() -> bytes:
    """Return the key that signs this user's packages; it stays in the profile."""
    from ...plugin.database.outbox import read_key

    folder = Path(QgsApplication.qgisSettingsDirPath()) / "wangge"
    folder.mkdir(parents=True, exist_ok=True)
    return read_key(folder / "outbox.key")


def user_name() -> str:
    """Return who works here, for the history."""
    return QgsApplication.userFullName() or QgsApplication.userLoginName()
