"""Common rules on what is there twice: C7 keys, C10 geometries and vertices."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np
import shapely

from ..translation import translate
from .finding import Severity
from .ledger import Ledger
from .repeats import repeated
from .rows import Rows
from .rule import Hits, Late, Subject, describe


def _check_keys(ledger: Ledger, context, parameters) -> Iterator[Hits]:
    twins = ledger.column("key_twin")
    rows, firsts = repeated(ledger.ids, twins[:, 0], twins[:, 1], known=twins.any(axis=1))
    yield Hits(
        rows,
        translate(
            "Wangge",
            "{field} {value} is there more than once; feature {first} has it too. Give each "
            "feature its own.",
        ),
        context.layer.key,
        Late(ledger.key_texts, rows),
        {"first": ledger.ids[firsts]},
    )


def _check_uuids(ledger: Ledger, context, parameters) -> Iterator[Hits]:
    twins = ledger.column("twin:uuid")
    rows, firsts = repeated(ledger.ids, twins[:, 0], twins[:, 1], known=twins.any(axis=1))
    yield Hits(
        rows,
        translate(
            "Wangge",
            "{field} is the same as that of {value}. A copied feature needs a uuid of its own.",
        ),
        "uuid",
        Late(ledger.key_texts, firsts),
    )


def _check_same_geometry(ledger: Ledger, context, parameters) -> Iterator[Hits]:
    xy = ledger.column("xy")
    shape = ledger.column("hash")
    rows, firsts = repeated(ledger.ids, xy[:, 0], xy[:, 1], shape, known=~np.isnan(xy).any(axis=1))
    yield Hits(
        rows,
        translate("Wangge", "The same geometry as feature {value}. Delete one or move it."),
        values=Late(ledger.key_texts, firsts),
    )


def _check_vertices(rows: Rows, context, parameters) -> Iterator[Hits]:
    shaped = np.flatnonzero((rows.lineal | rows.polygonal) & rows.present)
    parts, owner = shapely.get_parts(rows.geometry[shaped], return_index=True)
    polygons = shapely.get_type_id(parts) == 3
    rings, ring_owner = shapely.get_rings(parts[polygons], return_index=True)
    lines = np.concatenate([parts[~polygons], rings])
    owners = np.concatenate([owner[~polygons], owner[polygons][ring_owner]])
    xy, line = shapely.get_coordinates(lines, return_index=True)
    twice = np.flatnonzero((line[1:] == line[:-1]) & (xy[1:] == xy[:-1]).all(axis=1))
    hit, at = np.unique(owners[line[twice]], return_index=True)
    count = np.bincount(owners[line[twice]], minlength=1)[hit]
    yield Hits(
        shaped[hit],
        translate("Wangge", "{value} vertices are there twice. Remove the repeated ones."),
        values=count,
        geometry=shapely.points(xy[twice[at]]) if len(hit) else None,
    )


_rule = partial(describe, Subject.COMMON)
_E = Severity.ERROR

RULES = (
    _rule(
        "C7",
        _E,
        _check_keys,
        ("Key unique", "主键唯一"),
        ("No two features have the same key.", "标识码不得重复。"),
        across=True,
        keeps=("key_twin",),
        tags=("attribute", "duplicate"),
    ),
    _rule(
        "C7b",
        _E,
        _check_uuids,
        ("uuid unique", "UUID 唯一"),
        ("No two features have the same uuid.", "UUID 不得重复。"),
        across=True,
        keeps=("twin:uuid",),
        fields=("uuid",),
        tags=("attribute", "duplicate"),
    ),
    _rule(
        "C10",
        Severity.WARNING,
        _check_same_geometry,
        ("No geometry twice", "无重复几何"),
        ("Two features have exactly the same geometry.", "两个要素的几何完全相同。"),
        across=True,
        tags=("geometry", "duplicate"),
    ),
    _rule(
        "C10b",
        Severity.WARNING,
        _check_vertices,
        ("No vertex twice", "无重复节点"),
        ("Consecutive vertices of a line or ring are equal.", "线或环上相邻节点坐标相同。"),
        tags=("geometry", "duplicate"),
    ),
)
