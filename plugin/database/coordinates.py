"""The coordinate system of a platform, also one that only the city knows."""

from __future__ import annotations

from psycopg2 import sql

from ..errors import WanggeError
from ..translation import translate

# PostGIS keeps numbers up to 998999 for users; EPSG's own end far below.
_FIRST_FREE = 910000


def find_srid(cursor, postgis: str, srid: int, wkt: str) -> int:
    """Return the number of a coordinate system, entering its definition when the server has none.

    Parameters
    ----------
    cursor : psycopg2 cursor
    postgis : str
        Schema of PostGIS.
    srid : int
        0 when no number is wished for.
    wkt : str
        Empty when the number is known to the server.

    Returns
    -------
    int
        0 when neither was given.
    """
    table = sql.Identifier(postgis, "spatial_ref_sys")
    wkt = wkt.strip()
    if wkt:
        cursor.execute(
            sql.SQL("SELECT srid FROM {} WHERE srtext = %s ORDER BY srid LIMIT 1").format(table),
            (wkt,),
        )
        row = cursor.fetchone()
        if row and srid in (0, row[0]):
            return row[0]
    elif not srid:
        return 0
    if srid:
        cursor.execute(sql.SQL("SELECT 1 FROM {} WHERE srid = %s").format(table), (srid,))
        known = cursor.fetchone() is not None
        if known and wkt:
            raise WanggeError(
                translate(
                    "Wangge",
                    "Number {srid} belongs to another coordinate system on the server. Leave SRID "
                    "at 0 to take the next free number.",
                ).format(srid=srid)
            )
        if known:
            return srid
        if not wkt:
            raise WanggeError(
                translate(
                    "Wangge",
                    "The server does not know the coordinate system with SRID {srid}. Choose one "
                    "it knows, or give the definition of yours as WKT.",
                ).format(srid=srid)
            )
    else:
        cursor.execute(
            sql.SQL("SELECT greatest(max(srid) + 1, %s) FROM {} WHERE srid < 998999").format(table),
            (_FIRST_FREE,),
        )
        srid = cursor.fetchone()[0]
    cursor.execute(
        sql.SQL("INSERT INTO {} (srid, srtext) VALUES (%s, %s)").format(table), (srid, wkt)
    )
    return srid
