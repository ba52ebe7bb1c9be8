"""Keys and fingerprints of rows: what a later package compares with to send changes only."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely

from ...errors import WanggeError
from ...rules.batch import Batch
from ...standards.spec import FieldType
from ...translation import translate
from .columns import Table

FILE = "state.npz"
_NULL, _TEXT, _JOIN = "n", "s", "\x1f"


@dataclass(frozen=True)
class TableState:
    """Keys of a table's rows in order, and a fingerprint for each.

    Attributes
    ----------
    keys : ndarray of bytes, shape (n,)
        UTF-8, sorted; several key columns are joined.
    prints : ndarray of uint64, shape (n,)
    """

    keys: np.ndarray
    prints: np.ndarray

    @property
    def digest(self) -> str:
        """Sum of the fingerprints: the same rows give the same, in any order."""
        return f"{int(np.sum(self.prints, dtype=np.uint64)):016x}"

    def rows(self, keys: np.ndarray) -> np.ndarray:
        """Return the place of each key, -1 where it is unknown."""
        if not len(self.keys):
            return np.full(len(keys), -1)
        place = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[place] == keys, place, -1)


NOTHING = TableState(np.empty(0, "S1"), np.empty(0, np.uint64))


def keys_of(batch: Batch, table: Table) -> np.ndarray:
    """Return the keys of the rows as bytes, shape (n,); refuses a row without key."""
    columns = [batch.text(k) for k in table.keys]
    for name, values in zip(table.keys, columns, strict=True):
        lacking = np.flatnonzero(np.equal(values, ""))
        if len(lacking):
            raise WanggeError(
                translate(
                    "Wangge",
                    "Table {layer}, row {row}: the field {field} is empty, so the row cannot be "
                    "exchanged ({count} such rows). Fill it, then run again.",
                ).format(
                    layer=table.name,
                    row=int(batch.ids[lacking[0]]),
                    field=name,
                    count=len(lacking),
                )
            )
    texts = columns[0] if len(columns) == 1 else map(_JOIN.join, zip(*columns, strict=True))
    return np.array([t.encode("utf-8", "surrogatepass") for t in texts] or [b""], "S")[: len(batch)]


def texts_of_keys(keys: np.ndarray, table: Table) -> list[list[str]]:
    """Return the key columns whose keys these are."""
    rows = [k.decode("utf-8", "surrogatepass").split(_JOIN) for k in keys.tolist()]
    return [list(c) for c in zip(*rows, strict=True)] if rows else [[] for _ in table.keys]


def prints_of(batch: Batch, table: Table) -> np.ndarray:
    """Return a fingerprint of everything each row says, shape (n,) of uint64."""
    if not len(batch):
        return np.empty(0, np.uint64)
    start = _JOIN.join([*(f"{c.name}:{c.type.value}" for c in table.columns), table.crs])
    seed = hashlib.blake2b(start.encode("utf-8", "surrogatepass"), digest_size=8)
    tokens = [_tokens(batch, c.name, c.type) for c in table.columns]
    bodies: Sequence[bytes]
    if table.has_shapes:
        found = shapely.to_wkb(batch.geometry, flavor="iso", byte_order=1).tolist()
        bodies = [b"" if body is None else body for body in found]
    else:
        bodies = [b""] * len(batch)
    made = []
    for row, body in zip(map(_JOIN.join, zip(*tokens, strict=True)), bodies, strict=True):
        one = seed.copy()
        one.update(row.encode("utf-8", "surrogatepass"))
        one.update(body)
        made.append(one.digest())
    return np.frombuffer(b"".join(made), ">u8").astype(np.uint64)


def _tokens(batch: Batch, name: str, type_: FieldType) -> list[str]:
    values = batch.fields[name]
    if type_ is FieldType.TEXT:
        texts = values.tolist()
        if _JOIN in "".join(filter(None, texts)):
            # A doubled joint is no joint: every value begins with a letter.
            texts = [None if v is None else v.replace(_JOIN, _JOIN * 2) for v in texts]
        return [_NULL if v is None else _TEXT + v for v in texts]
    if type_ in (FieldType.DATE, FieldType.DATETIME):
        made = np.datetime_as_string(values).tolist()
    else:
        made = list(map(repr, values.tolist()))
    return [
        _NULL if e else _TEXT + v for e, v in zip(batch.is_null(name).tolist(), made, strict=True)
    ]


def make_state(
    keys: Sequence[np.ndarray], prints: Sequence[np.ndarray], table: Table
) -> TableState:
    """Sort what was gathered; refuses a key that stands on two rows."""
    if not keys:
        return NOTHING
    all_keys, all_prints = np.concatenate(keys), np.concatenate(prints)
    order = np.argsort(all_keys, kind="stable")
    state = TableState(all_keys[order], all_prints[order])
    twice = np.flatnonzero(state.keys[1:] == state.keys[:-1])
    if len(twice):
        key = ", ".join(c[0] for c in texts_of_keys(state.keys[twice[:1]], table))
        raise WanggeError(
            translate(
                "Wangge",
                "Table {layer}: the {field} {code} stands on more than one row ({count} such codes), "
                "so the rows cannot be exchanged. Check the layer and give each its own.",
            ).format(
                layer=table.name,
                field=", ".join(table.keys),
                code=key,
                count=len(np.unique(state.keys[twice])),
            )
        )
    return state


def write_states(path: Path, states: dict[str, TableState]) -> None:
    """Write the states of all tables into one file."""
    arrays = {}
    for name, state in states.items():
        arrays[f"{name}.keys"], arrays[f"{name}.prints"] = state.keys, state.prints
    with path.open("wb") as stream:
        np.savez(stream, **arrays)


def read_state(path: Path, table: str) -> TableState:
    """Read the state of one table; an empty one when the file has none of it."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            if f"{table}.keys" not in arrays.files:
                return NOTHING
            keys, prints = arrays[f"{table}.keys"], arrays[f"{table}.prints"]
    except Exception as error:
        # What zip and NumPy raise depends on where the file is damaged.
        raise WanggeError(
            translate(
                "Wangge", "The file {file} of the package is damaged. Use an undamaged copy of it."
            ).format(file=path.name),
            detail=str(error),
        ) from error
    if keys.dtype.kind != "S" or prints.dtype != np.uint64 or keys.shape != prints.shape:
        raise WanggeError(
            translate(
                "Wangge", "The file {file} of the package is damaged. Use an undamaged copy of it."
            ).format(file=path.name)
        )
    return TableState(keys, prints)
