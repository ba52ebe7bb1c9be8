"""Districts on other servers: PostgreSQL's own partitions, reached through ``postgres_fdw``.

A partition may lie on another server only when the layer itself has no unique key, no foreign
key and no transition tables (PostgreSQL 15, CREATE FOREIGN TABLE, ``postgres_fdw``). So the
first district that leaves makes its layer `_loosen`: each district then has these itself, and
the history is kept row by row. When the last one comes home all is as it was.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass

from psycopg2 import sql

from ..errors import WanggeError
from ..progress import SILENT, Progress, stop_if_cancelled
from ..standards.layers import LAYERS
from ..standards.spec import LayerSpec
from ..translation import translate
from .cancelling import cancelling
from .failures import people_errors
from .migrations import keep_history
from .platform import Platform, foreign_districts, key_holds_district, read_platform
from .push import wait_for_turn
from .remote_table import drop_table, make_table, prepare

#: Layers that can be spread: their keys hold the district, so that no row moves between servers.
SPREADABLE = ("community", "unit_grid", "component")


@dataclass(frozen=True)
class DistrictPlace:
    """Where a district's rows of a layer lie.

    Attributes
    ----------
    kind, district : str
    server : str
        Name of the foreign server; empty for the platform's own.
    rows : int
    torn : int
        Rows of batches the platform knows nothing of: it broke off while it finished, after
        the other server had. Push the district again.
    """

    kind: str
    district: str
    server: str
    rows: int
    torn: int


def move_district(
    connection,
    remote,
    kind: str,
    district: str,
    server: str,
    *,
    wait: float = 60.0,
    progress: Progress = SILENT,
    schema: str = "wangge",
) -> int:
    """Move a district's rows to another server and return how many there are.

    Parameters
    ----------
    connection : psycopg2 connection
        To the platform, as its owner.
    remote : psycopg2 connection
        To the other server's database, as somebody who may create tables there.
    kind, district : str
    server : str
        Name under which ``CREATE SERVER`` made the other one known to the platform.
    wait : float
        Seconds to wait while somebody else writes the layer.
    progress : Progress
    schema : str

    Raises
    ------
    WanggeError
        Nothing was moved.
    """
    _check_kind(kind)
    with people_errors(connection), people_errors(remote), cancelling(connection, progress):
        cursor = connection.cursor()
        platform = _own_platform(cursor, schema)
        role = _remote_role(cursor, server)
        wait_for_turn(cursor, platform.table("lock_layer"), kind, wait, progress)
        place = foreign_districts(cursor, platform, kind).get(district)
        if place:
            raise WanggeError(
                translate("Wangge", "District {district} lies on server {server} already.").format(
                    district=district, server=place
                )
            )
        _must_be_there(cursor, platform, kind, district)
        table = platform.table(f"{kind}_{district}")
        before = _picture(cursor, table, LAYERS[kind].key)
        prepare(cursor, remote.cursor(), platform)
        with tempfile.TemporaryFile() as rows:
            cursor.copy_expert(sql.SQL("COPY {} TO STDOUT (FORMAT binary)").format(table), rows)
            stop_if_cancelled(progress)
            progress.report(0.4)
            rows.seek(0)
            make_table(cursor, remote.cursor(), platform, kind, district, rows, role)
        stop_if_cancelled(progress)
        # Nobody looks at it yet: should the platform break off now, it is made anew next time.
        remote.commit()
        progress.report(0.8)
        try:
            _loosen(cursor, platform, LAYERS[kind])
            cursor.execute(
                sql.SQL(
                    "ALTER TABLE {parent} DETACH PARTITION {table}; DROP TABLE {table}; "
                    "CREATE FOREIGN TABLE {table} PARTITION OF {parent} FOR VALUES IN ({district}) "
                    "SERVER {server} OPTIONS (schema_name {there}, table_name {name})"
                ).format(
                    parent=platform.table(kind),
                    table=table,
                    district=sql.Literal(district),
                    server=sql.Identifier(server),
                    there=sql.Literal(f"{schema}_part"),
                    name=sql.Literal(f"{kind}_{district}"),
                )
            )
            keep_history(cursor, platform, LAYERS[kind])
            if _picture(cursor, table, LAYERS[kind].key) != before:
                raise WanggeError(
                    translate(
                        "Wangge",
                        "The rows of district {district} read otherwise on server {server}. Nothing "
                        "was moved; compare versions and settings of the two servers.",
                    ).format(district=district, server=server)
                )
            connection.commit()
        except BaseException:
            if not connection.closed:
                connection.rollback()
                drop_table(remote.cursor(), schema, kind, district)
                remote.commit()
            raise
        progress.report(1.0)
    return before[0]


def bring_home(
    connection,
    remote,
    kind: str,
    district: str,
    *,
    wait: float = 60.0,
    progress: Progress = SILENT,
    schema: str = "wangge",
) -> int:
    """Bring a district back to the platform's own server and return how many rows it has.

    Parameters and errors are those of `move_district`.
    """
    _check_kind(kind)
    with people_errors(connection), people_errors(remote), cancelling(connection, progress):
        cursor = connection.cursor()
        platform = _own_platform(cursor, schema)
        wait_for_turn(cursor, platform.table("lock_layer"), kind, wait, progress)
        if district not in foreign_districts(cursor, platform, kind):
            raise WanggeError(
                translate(
                    "Wangge", "District {district} lies on the platform's own server already."
                ).format(district=district)
            )
        spec = LAYERS[kind]
        names = {
            "parent": platform.table(kind),
            "table": platform.table(f"{kind}_{district}"),
            "new": platform.table(f"{kind}_{district}_home"),
            "plain": sql.Identifier(f"{kind}_{district}"),
            "key": sql.Identifier(spec.key),
            "batch": platform.table("push_batch"),
            "district": sql.Literal(district),
        }
        before = _picture(cursor, names["table"], spec.key)
        progress.report(0.2)
        cursor.execute(
            sql.SQL(
                "CREATE TABLE {new} (LIKE {parent} INCLUDING DEFAULTS INCLUDING CONSTRAINTS "
                "INCLUDING STORAGE); INSERT INTO {new} SELECT * FROM {table}"
            ).format(**names)
        )
        stop_if_cancelled(progress)
        cursor.execute(
            sql.SQL(
                "ALTER TABLE {new} ADD PRIMARY KEY ({key}, district_code), "
                "ADD FOREIGN KEY (batch_id) REFERENCES {batch}; "
                "ALTER TABLE {parent} DETACH PARTITION {table}; DROP FOREIGN TABLE {table}; "
                "ALTER TABLE {new} RENAME TO {plain}; "
                "ALTER TABLE {parent} ATTACH PARTITION {table} FOR VALUES IN ({district})"
            ).format(**names)
        )
        if not foreign_districts(cursor, platform, kind):
            _tighten(cursor, platform, spec)
        keep_history(cursor, platform, spec)
        if _picture(cursor, names["table"], spec.key) != before:
            raise WanggeError(
                translate(
                    "Wangge",
                    "The rows of district {district} read otherwise here. Nothing was moved; compare "
                    "versions and settings of the two servers.",
                ).format(district=district)
            )
        connection.commit()
        drop_table(remote.cursor(), schema, kind, district)
        remote.commit()
        progress.report(1.0)
    return before[0]


def list_districts(connection, *, schema: str = "wangge") -> list[DistrictPlace]:
    """Return where each district's rows lie, and whether a push broke off between two servers."""
    found = []
    with people_errors(connection):
        cursor = connection.cursor()
        platform = read_platform(cursor, schema)
        for kind in SPREADABLE:
            elsewhere = foreign_districts(cursor, platform, kind)
            for district in _districts(cursor, platform, kind):
                cursor.execute(
                    sql.SQL("SELECT batch_id, count(*) FROM {} GROUP BY batch_id").format(
                        platform.table(f"{kind}_{district}")
                    )
                )
                counts = {int(batch): int(n) for batch, n in cursor.fetchall()}
                cursor.execute(
                    sql.SQL(
                        "SELECT batch_id FROM {} WHERE batch_id = ANY (%s) AND kind = %s "
                        "AND state IN ('done', 'reverted')"
                    ).format(platform.table("push_batch")),
                    (list(counts), kind),
                )
                known = {row[0] for row in cursor.fetchall()}
                torn = sum(n for batch, n in counts.items() if batch not in known)
                rows = sum(counts.values())
                found.append(DistrictPlace(kind, district, elsewhere.get(district, ""), rows, torn))
    return found


def _check_kind(kind: str) -> None:
    if kind not in SPREADABLE or not key_holds_district(LAYERS[kind]):
        raise WanggeError(
            translate(
                "Wangge",
                "Layer {kind} stays on the platform's own server; only {kinds} can be spread, whose "
                "codes hold the district.",
            ).format(kind=kind, kinds=", ".join(SPREADABLE))
        )


def _own_platform(cursor, schema: str) -> Platform:
    platform = read_platform(cursor, schema)
    cursor.execute(sql.SQL("SELECT {}(current_user)").format(platform.table("may_administer")))
    if not cursor.fetchone()[0]:
        raise WanggeError(
            translate(
                "Wangge",
                "Only the platform's owner may move districts between servers. Connect as the one "
                "who installed it.",
            )
        )
    return platform


def _remote_role(cursor, server: str) -> str:
    """Return as whom the platform works on the other server."""
    cursor.execute(
        "SELECT w.fdwname FROM pg_foreign_server s JOIN pg_foreign_data_wrapper w "
        "ON w.oid = s.srvfdw WHERE s.srvname = %s",
        (server,),
    )
    row = cursor.fetchone()
    if row is None or row[0] != "postgres_fdw":
        raise WanggeError(
            translate(
                "Wangge",
                "The platform knows no server {server} of postgres_fdw. Its administrator makes it "
                "known with CREATE SERVER and CREATE USER MAPPING; the guide shows how.",
            ).format(server=server)
        )
    cursor.execute(
        "SELECT (SELECT option_value FROM pg_options_to_table(umoptions) "
        "WHERE option_name = 'user') FROM pg_user_mappings WHERE srvname = %s "
        "AND usename IN (current_user, 'public') ORDER BY usename <> 'public'",
        (server,),
    )
    row = cursor.fetchone()
    if row is None or not row[0]:
        raise WanggeError(
            translate(
                "Wangge",
                "Server {server} has no user mapping for PUBLIC that names a user. Its "
                "administrator makes one with CREATE USER MAPPING; the guide shows how.",
            ).format(server=server)
        )
    return row[0]


def _districts(cursor, platform: Platform, kind: str) -> list[str]:
    cursor.execute(
        "SELECT right(c.relname, 6) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid "
        "WHERE i.inhparent = to_regclass(%s) ORDER BY 1",
        (f'{platform.schema}."{kind}"',),
    )
    return [row[0] for row in cursor.fetchall()]


def _must_be_there(cursor, platform: Platform, kind: str, district: str) -> None:
    there = _districts(cursor, platform, kind)
    if district not in there:
        raise WanggeError(
            translate(
                "Wangge",
                "The platform has no rows of district {district} in layer {kind}. There are: "
                "{districts}.",
            ).format(district=district, kind=kind, districts=", ".join(there) or "–")
        )


def _picture(cursor, table: sql.Composable, key: str) -> tuple[int, str]:
    """Return how many rows there are and a fingerprint of all of them."""
    cursor.execute(
        sql.SQL(
            "SELECT count(*), coalesce(md5(string_agg(md5(t::text), '' ORDER BY {})), '') FROM {} t"
        ).format(sql.Identifier(key), table)
    )
    return cursor.fetchone()


def _constraints(cursor, platform: Platform, kind: str) -> dict[str, str]:
    """Return type -> name of the layer's own primary and foreign key."""
    cursor.execute(
        "SELECT contype, conname FROM pg_constraint WHERE conrelid = to_regclass(%s) "
        "AND contype IN ('p', 'f')",
        (f'{platform.schema}."{kind}"',),
    )
    return dict(cursor.fetchall())


def _loosen(cursor, platform: Platform, spec: LayerSpec) -> None:
    """Give each district its own keys, so that the layer needs none."""
    own = _constraints(cursor, platform, spec.name)
    if not own:
        return
    districts = [
        d
        for d in _districts(cursor, platform, spec.name)
        if d not in foreign_districts(cursor, platform, spec.name)
    ]
    parent = platform.table(spec.name)
    # A partition that is let go keeps its keys as its own; taken in again it is looked through.
    for district in districts:
        cursor.execute(
            sql.SQL("ALTER TABLE {} DETACH PARTITION {}").format(
                parent, platform.table(f"{spec.name}_{district}")
            )
        )
    for name in own.values():
        cursor.execute(
            sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(parent, sql.Identifier(name))
        )
    for district in districts:
        cursor.execute(
            sql.SQL("ALTER TABLE {} ATTACH PARTITION {} FOR VALUES IN ({})").format(
                parent, platform.table(f"{spec.name}_{district}"), sql.Literal(district)
            )
        )


def _tighten(cursor, platform: Platform, spec: LayerSpec) -> None:
    """Give the layer its keys again; those of the districts become parts of them."""
    if _constraints(cursor, platform, spec.name):
        return
    cursor.execute(
        sql.SQL(
            "ALTER TABLE {0} ADD CONSTRAINT {1} PRIMARY KEY ({2}, district_code), "
            "ADD CONSTRAINT {3} FOREIGN KEY (batch_id) REFERENCES {4}"
        ).format(
            platform.table(spec.name),
            sql.Identifier(f"{spec.name}_pkey"),
            sql.Identifier(spec.key),
            sql.Identifier(f"{spec.name}_batch_id_fkey"),
            platform.table("push_batch"),
        )
    )
