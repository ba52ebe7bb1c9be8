"""What a census project remembers beside its rows, kept in a table of its own GeoPackage."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from ...errors import WanggeError
from ...rules.batch import Batch
from ...translation import translate
from ..blocks import CodeBlock
from ..columns import nulls
from ..intake.gpkg import connect
from ..merge.conflicts import COLUMNS
from ..merge.ledger import Entry, Ledger
from ..merge.values import rows_from_json, rows_to_json
from .store import editing

TABLE = "wangge_census"
_PROJECT, _BLOCKS, _MERGE, _CONFLICT = "project", "blocks", "merge/", "conflict/"


@dataclass(frozen=True)
class ProjectState:
    """A project's memory.

    Attributes
    ----------
    project_id : str
        Written into each package, so that it comes back to the project it left.
    blocks : tuple of CodeBlock
        All that were ever reserved; their numbers are never given to another team.
    ledger : Ledger
    conflicts : Batch
        All that are still open; see `conflicts.COLUMNS`.
    """

    project_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    blocks: tuple[CodeBlock, ...] = ()
    ledger: Ledger = field(default_factory=Ledger)
    conflicts: Batch = field(default_factory=lambda: no_conflicts())


def no_conflicts(crs: str = "") -> Batch:
    """Return an empty batch of conflicts."""
    return Batch({n: nulls(0) for n in COLUMNS}, np.empty(0, object), np.empty(0, np.int64), crs)


def load_state(connection: sqlite3.Connection) -> ProjectState:
    """Read a project's memory; a new one when there is none yet.

    Raises
    ------
    WanggeError
        When it is damaged.
    """
    texts = _texts(connection)
    if _PROJECT not in texts:
        return ProjectState()
    try:
        conflicts = [texts[k] for k in sorted(texts) if k.startswith(_CONFLICT)]
        rows = rows_from_json(conflicts, no_conflicts())
        return ProjectState(
            texts[_PROJECT],
            tuple(CodeBlock.from_json(b) for b in json.loads(texts[_BLOCKS])),
            Ledger(
                tuple(
                    Entry.from_json(json.loads(texts[k]))
                    for k in sorted(texts)
                    if k.startswith(_MERGE)
                )
            ),
            Batch(rows.fields, rows.geometry, np.arange(1, len(rows) + 1, dtype=np.int64)),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise WanggeError(
            translate(
                "Wangge",
                "The list of merged packages is damaged. Restore the project from its backup.",
            ),
            detail=repr(error),
        ) from error


def found_project(path: Path) -> str:
    """Give a project its id, unless it has one, and return it.

    Packages carry it away and are known by it when they come back.
    """
    with editing(path) as connection:
        state = load_state(connection)
        save_state(connection, state)
    return state.project_id


def read_state(path: Path) -> ProjectState:
    """Read the memory of a project that others may be using; see `load_state`."""
    try:
        with closing(connect(path)) as connection:
            return load_state(connection)
    except sqlite3.Error as error:
        raise WanggeError(
            translate("Wangge", "The file “{path}” cannot be read: {reason}.").format(
                path=path, reason=error
            ),
            detail=repr(error),
        ) from error


def save_state(connection: sqlite3.Connection, state: ProjectState) -> None:
    """Write a project's memory; only what changed is written."""
    wanted = _as_texts(state)
    present = _texts(connection)
    connection.execute(
        f"CREATE TABLE IF NOT EXISTS {TABLE} (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL)"
    )
    connection.executemany(
        f"DELETE FROM {TABLE} WHERE key = ?",  # noqa: S608 - a constant  # nosec B608
        [(k,) for k in present if k not in wanted],
    )
    connection.executemany(
        f"INSERT OR REPLACE INTO {TABLE} VALUES (?, ?)",  # noqa: S608 - a constant
        [(k, v) for k, v in wanted.items() if present.get(k) != v],
    )


def _texts(connection: sqlite3.Connection) -> Mapping[str, str]:
    known = connection.execute(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (TABLE,)
    ).fetchone()
    if not known:
        return {}
    return dict(connection.execute(f"SELECT key, value FROM {TABLE}"))  # noqa: S608 - a constant  # nosec B608


def _as_texts(state: ProjectState) -> dict[str, str]:
    rows = rows_to_json(state.conflicts, np.arange(len(state.conflicts)), COLUMNS)
    keys = state.conflicts.text("conflict_id").tolist()
    return {
        _PROJECT: state.project_id,
        _BLOCKS: json.dumps([b.to_json() for b in state.blocks], ensure_ascii=False),
        **{
            f"{_MERGE}{i:06d}": json.dumps(e.to_json(), ensure_ascii=False)
            for i, e in enumerate(state.ledger.entries)
        },
        **{_CONFLICT + k: text for k, text in zip(keys, rows, strict=True)},
    }
