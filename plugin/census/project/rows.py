"""Single components of a project, looked up while others may be using it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from ...errors import WanggeError
from ...translation import translate
from ..intake.gpkg import connect, quoted


def rows_of(path: Path, table: str, uuids: Iterable[str]) -> dict[str, dict[str, object]]:
    """Return the attributes of components by their uuid; those that are gone are left out.

    Raises
    ------
    WanggeError
        When the file cannot be read.
    """
    wanted = json.dumps(sorted(set(uuids)))
    try:
        with closing(connect(path)) as connection:
            # One pass over the table, however many are wanted: there need be no index on uuid.
            found = connection.execute(
                f"SELECT * FROM {quoted(table)} "  # noqa: S608 - quoted  # nosec B608
                "WHERE uuid IN (SELECT value FROM json_each(?))",
                [wanted],
            )
            names = [column[0] for column in found.description]
            return {
                str(values["uuid"]): values
                for row in found
                for values in [
                    {n: v for n, v in zip(names, row, strict=True) if not isinstance(v, bytes)}
                ]
            }
    except sqlite3.Error as error:
        raise WanggeError(
            translate("Wangge", "The file “{path}” cannot be read: {reason}.").format(
                path=path, reason=error
            ),
            detail=repr(error),
        ) from error
