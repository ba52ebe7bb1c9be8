"""Connections by name: a service of pg_service.conf or one saved in QGIS; never a password."""

from __future__ import annotations

import re
from collections.abc import Callable

import psycopg2

from ..errors import WanggeError
from ..translation import translate
from .failures import connection_error

_SERVICE = re.compile(r"service=([^\s='\"\\]+)")


def saved_connection(name: str) -> str:
    """Return the expanded connection string of a connection saved in QGIS, "" when there is none.

    The string may hold a password: it goes to the driver and nowhere else.
    """
    try:
        from qgis.core import QgsDataSourceUri, QgsProviderRegistry
    except ImportError:
        return ""
    metadata = QgsProviderRegistry.instance().providerMetadata("postgres")
    if metadata is None:
        return ""
    connection = metadata.connections(False).get(name)
    if connection is None:
        return ""
    return QgsDataSourceUri(connection.uri()).connectionInfo(True)


def connect(
    name: str,
    *,
    resolve: Callable[[str], str] = saved_connection,
    timeout: int = 15,
):
    """Open a connection.

    Parameters
    ----------
    name : str
        ``"service=NAME"``, or the name of a connection saved in QGIS.
    resolve : callable
        Turns a saved name into a connection string; "" when there is none.
    timeout : int
        Seconds to wait for the server.

    Returns
    -------
    psycopg2 connection
        Client encoding UTF-8, no transaction begun.

    Raises
    ------
    WanggeError
        The name is unknown, or the server cannot be reached or refuses.
    """
    name = name.strip()
    service = _SERVICE.fullmatch(name)
    text = name if service else ""
    if not text and not _looks_like_credentials(name):
        text = resolve(name)
    if not text:
        if _looks_like_credentials(name):
            # What was typed may hold a password, so it is not repeated.
            raise WanggeError(
                translate(
                    "Wangge",
                    "Give the name of a connection saved in QGIS, or service=NAME; addresses and "
                    "passwords do not belong here.",
                )
            )
        raise WanggeError(
            translate(
                "Wangge",
                "No connection called {name} is saved in QGIS. Choose a saved one, or write "
                "service=NAME for a service of pg_service.conf.",
            ).format(name=name[:80])
        )
    try:
        connection = psycopg2.connect(
            text,
            connect_timeout=timeout,
            application_name="wangge",
            client_encoding="UTF8",
            # A cut network is noticed within about a minute, not after hours.
            keepalives=1,
            keepalives_idle=30,
            keepalives_interval=10,
            keepalives_count=3,
        )
    except psycopg2.ProgrammingError:
        raise WanggeError(
            translate(
                "Wangge", "The settings of connection {name} cannot be read. Save it anew."
            ).format(name=name[:80])
        ) from None
        with connection.cursor() as cursor:
            # The server, too, notices soon that we are gone, and frees the layer for others.
            cursor.execute(
                "SELECT set_config(name, v, false) FROM (VALUES ('tcp_keepalives_idle', '30'), "
                "('tcp_keepalives_interval', '10'), ('tcp_keepalives_count', '3'), "
                "('client_connection_check_interval', '5s')) AS wish (n, v) "
                "JOIN pg_settings ON name = n"
            )
        connection.commit()
    except psycopg2.Error as error:
        raise connection_error(error, name[:80]) from None
    return connection


def _looks_like_credentials(name: str) -> bool:
    return not name or "=" in name or "://" in name or "\0" in name
