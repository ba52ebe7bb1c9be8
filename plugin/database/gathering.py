"""Rows of a source taken in: compared with the platform, checked, sent on their way."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import psycopg2
from psycopg2 import sql

from ..rules.batch import Batch
from ..rules.encoded import Encoded, column_of
from ..rules.engine import Known
from ..translation import translate
from . import staging
from .districts import six_digits
from .index import PlatformIndex, read_index
from .known import Checking, Memory
from .missing import scopes
from .platform import is_partitioned, key_holds_district
from .preparing import Prepared
from .result import LISTED, RejectedRow
from .sender import Sender
from .target import Target


@dataclass
class Work:
    """What a push has gathered so far; lives as long as its transaction."""

    target: Target
    mode: str
    batch_id: int
    sender: Sender
    wants_scopes: bool = False
    checking: Checking | None = None
    memory: Memory = field(default_factory=Memory)
    loading: dict[str, str] = field(default_factory=dict)
    indexes: dict[str, PlatformIndex] = field(default_factory=dict)
    expected: set[str] = field(default_factory=set)
    new_keys: list[np.ndarray] = field(default_factory=list)
    new_ids: list[np.ndarray] = field(default_factory=list)
    rejected: list[RejectedRow] = field(default_factory=list)
    rejected_count: int = 0
    scopes: set[str] = field(default_factory=set)
    districts: set[str] = field(default_factory=set)
    rows: int = 0
    known: int = 0
    loaded: int = 0
    staged: int = 0
    flattened: int = 0
    checksum: hashlib.blake2b = field(default_factory=lambda: hashlib.blake2b(digest_size=16))

    def reject(self, rows: Sequence[RejectedRow]) -> None:
        # A row may break several rules but is one row.
        self.rejected_count += len({r.row_number for r in rows})
        self.rejected += rows[: max(0, LISTED - len(self.rejected))]


def begin_work(
    cursor, target: Target, mode: str, sender: Sender, *, wants_scopes: bool = False
) -> Work:
    """Open a batch (when pushing) and the tables beside the layer."""
    batch_id = 0
    if mode == "push":
        cursor.execute(
            sql.SQL("SELECT {}(%s, 'push')").format(target.platform.table("current_batch")),
            (target.spec.name,),
        )
        batch_id = cursor.fetchone()[0]
    staging.create_stage(cursor, target)
    work = Work(target, mode, batch_id, sender, wants_scopes)
    if mode != "validate" and not _stays_in_district(target):
        # Such rows may have moved from any district.
        work.indexes[""] = read_index(cursor, target, None)
    return work


def _stays_in_district(target: Target) -> bool:
    return is_partitioned(target.spec.name) and key_holds_district(target.spec)


def expect(cursor, work: Work, batch: Batch) -> None:
    """Have the platform's rows of a batch's districts read while the batch is made ready."""
    target = work.target
    column = column_of(batch.fields, target.spec.key)
    if not (_stays_in_district(target) and isinstance(column, Encoded)):
        return
    heads, found = six_digits(column)
    wanted = {head.decode() for head in np.unique(heads[found]).tolist()} - work.expected
    work.expected |= wanted
    wanted = {d for d in wanted if work.mode != "validate" or work.memory.recalls(d)}

    def read() -> None:
        for district in sorted(wanted):
            work.indexes[district] = read_index(cursor, target, district)

    if wanted:
        work.sender.send(read)


def take(cursor, work: Work, taken: Prepared) -> None:
    """Take in some rows of the source: compare, check, load or stage them."""
    screened = taken.screened
    work.rows += len(taken.given)
    work.flattened += screened.flattened
    work.reject(screened.rejected)
    rows = screened.batch
    known = np.zeros(len(taken.given), bool)
    if not len(rows):
        _look(work, taken.given, known, ())
        return
    if work.wants_scopes:
        work.scopes |= scopes(rows, work.target, screened.districts)
    work.checksum.update(taken.hashes.tobytes())
    parts = _by_district(screened.districts)
    found: dict[str, np.ndarray] = {}
    for district, mine in parts:
        work.districts.add(district)
        index = _index_of(cursor, work, district)
        place = np.full(len(mine), -1) if index is None else index.find(taken.keys[mine])
        same = screened.as_given[mine]
        if index is not None and len(index):
            same = same & (taken.hashes[mine] == index.hashes[place])
        known[screened.kept[mine]] = work.memory.known(district, index, place, same)
        found[district] = place
    noticed = _look(work, taken.given, known, found)
    for district, mine in parts:
        if len(rows) == len(known):  # else the push is refused, and nothing of it remembered
            work.memory.add(district, taken.keys, mine, noticed, ~screened.as_given)
        _route(cursor, work, district, mine, found[district], taken)


def _look(
    work: Work, given: Batch, known: np.ndarray, districts: Iterable[str]
) -> dict[str, np.ndarray]:
    work.known += int(np.count_nonzero(known))
    if work.checking is None:
        return {}
    return work.checking.look(given, Known(known, work.memory.unsettled(districts)))


def _by_district(districts: np.ndarray) -> list[tuple[str, np.ndarray]]:
    if (districts == districts[0]).all():
        return [(districts[0].decode(), np.arange(len(districts)))]
    return [(d.decode(), np.flatnonzero(districts == d)) for d in np.unique(districts)]


def _index_of(cursor, work: Work, district: str) -> PlatformIndex | None:
    """Return the platform's rows of a district; None when it has none or nobody asks."""
    target = work.target
    if work.mode == "push" and is_partitioned(target.spec.name) and district not in work.loading:
        work.sender.finish()
        work.loading[district] = staging.open_district(cursor, target, district) or ""
    common = work.indexes.get("")
    if common is not None or work.loading.get(district):
        return common
    # To be valid, rows need not be compared with the platform's; to be known, they must.
    if district not in work.indexes and (work.mode != "validate" or work.memory.recalls(district)):
        work.sender.finish()  # it may have been asked for ahead
        if district not in work.indexes:
            work.indexes[district] = read_index(cursor, target, district)
    return work.indexes.get(district)


def _route(
    cursor, work: Work, district: str, mine: np.ndarray, place: np.ndarray, taken: Prepared
) -> None:
    if work.mode == "validate":
        # Keys are compared among themselves only.
        work.new_keys.append(taken.keys[mine])
        work.new_ids.append(taken.ids[mine])
        _stage(cursor, work, district, mine, None, taken)
        return
    common = work.indexes.get("", work.indexes.get(district))
    known = place >= 0
    if common is not None and known.any():
        _mark_seen(work, common, place[known], mine[known], taken.keys, taken.ids)
    new = mine[~known]
    work.new_keys.append(taken.keys[new])
    work.new_ids.append(taken.ids[new])
    if work.rejected_count:
        return  # nothing will be written; only go on listing
    table = work.loading.get(district)
    if len(new) and table:
        _load(cursor, work, district, table, new, taken)
    elif len(new):
        _stage(cursor, work, district, new, None, taken)
    if common is not None and known.any():
        old = mine[known]
        there = place[known]
        changed = taken.hashes[old] != common.hashes[there]
        if changed.any():
            homes = common.districts[there[changed]]
            _stage(cursor, work, district, old[changed], homes, taken)


def _load(cursor, work: Work, district: str, table: str, rows: np.ndarray, taken: Prepared) -> None:
    """Load a district's first rows; when the table refuses one, they are staged instead."""
    columns = taken.columns(rows)
    hashes, ids = taken.hashes[rows], taken.ids[rows]
    data = staging.load_data(columns, hashes, district, work.batch_id)

    def send() -> None:
        cursor.execute("SAVEPOINT load")
        try:
            staging.load(cursor, work.target, table, data)
        except psycopg2.errors.CheckViolation:
            # COPY stops at the first such row; among staged rows all of them are found.
            cursor.execute("ROLLBACK TO SAVEPOINT load")
            staging.stage(
                cursor, work.target, staging.stage_data(columns, hashes, ids, district, None)
            )
            work.staged += len(ids)
            return
        cursor.execute("RELEASE SAVEPOINT load")
        work.loaded += len(ids)

    work.sender.send(send)


def _stage(
    cursor, work: Work, district: str, rows: np.ndarray, homes: np.ndarray | None, taken: Prepared
) -> None:
    data = staging.stage_data(
        taken.columns(rows), taken.hashes[rows], taken.ids[rows], district, homes
    )
    work.sender.send(lambda: staging.stage(cursor, work.target, data))
    work.staged += len(rows)


def _mark_seen(
    work: Work,
    index: PlatformIndex,
    place: np.ndarray,
    rows: np.ndarray,
    keys: np.ndarray,
    ids: np.ndarray,
) -> None:
    order = np.argsort(place, kind="stable")
    again = np.zeros(len(place), bool)
    again[order[1:]] = place[order[1:]] == place[order[:-1]]
    again |= index.seen[place]
    index.seen[place] = True
    if again.any():
        work.reject(_duplicates(work, keys[rows[again]], ids[rows[again]]))


def _duplicates(work: Work, keys: np.ndarray, ids: np.ndarray) -> list[RejectedRow]:
    reason = translate("Wangge", "Another row of the layer has the same code.")
    return [
        RejectedRow(int(row), key.decode(), work.target.spec.key, key.decode(), reason)
        for key, row in zip(keys.tolist(), ids.tolist(), strict=True)
    ]


def reject_duplicates(work: Work) -> None:
    """Reject new rows whose code another new row has; known codes were compared on the way."""
    if not work.new_keys:
        return
    keys = np.concatenate(work.new_keys)
    ids = np.concatenate(work.new_ids)
    order = np.argsort(keys, kind="stable")
    again = np.zeros(len(keys), bool)
    again[order[1:]] = keys[order[1:]] == keys[order[:-1]]
    if again.any():
        rows = np.flatnonzero(again)
        work.reject(_duplicates(work, keys[rows], ids[rows]))
