"""Rules before and after a push: X1–X7; the target comes as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from ..standards.spec import FieldType
from ..translation import translate
from .finding import Severity
from .rows import Rows
from .rule import Hits, Subject, describe, whole_layer

# What a column of the source may be stored as without loss.
_FITS = {
    FieldType.TEXT: {FieldType.TEXT},
    FieldType.INTEGER: {FieldType.INTEGER, FieldType.REAL, FieldType.TEXT},
    FieldType.REAL: {FieldType.REAL, FieldType.TEXT},
    FieldType.DATE: {FieldType.DATE, FieldType.DATETIME, FieldType.TEXT},
    FieldType.DATETIME: {FieldType.DATETIME, FieldType.TEXT},
}


def _check_target(rows: Rows, context, parameters) -> Iterator[Hits]:
    target = context.target
    if not target.exists:
        yield whole_layer(
            translate("Wangge", "The table {value} is not on the platform. Install or upgrade it."),
            value=target.table,
        )
        return
    for spec in context.layer.fields:
        column = target.columns.get(spec.name)
        if column is None:
            yield whole_layer(
                translate("Wangge", "The table {table} lacks the column {value}. Upgrade it."),
                field=spec.name,
                value=spec.name,
                table=target.table,
            )
        elif column.type not in _FITS[spec.type]:
            yield whole_layer(
                translate(
                    "Wangge", "The column {field} is {value} on the platform, {type} is needed."
                ),
                field=spec.name,
                value=column.type.value,
                type=spec.type.value,
            )
        elif column.length and (not spec.length or column.length < spec.length):
            yield whole_layer(
                translate(
                    "Wangge", "The column {field} holds {value} characters, {length} are needed."
                ),
                field=spec.name,
                value=str(column.length),
                length=spec.length,
            )
    if target.srid != target.source_srid:
        yield whole_layer(
            translate(
                "Wangge", "The layer has SRID {value}, the table {srid}. Reproject before the push."
            ),
            value=str(target.source_srid),
            srid=target.srid,
        )


def _keys_where(rows: Rows, known) -> np.ndarray:
    return np.flatnonzero(rows.keys.found_in(known))


def _check_owners(rows: Rows, context, parameters) -> Iterator[Hits]:
    target = context.target
    found = _keys_where(rows, target.owners)
    owner = rows.coded(target.owner_field).pick(found)
    keys = rows.keys.pick(found)
    foreign = np.array(
        [o != "" and target.owners[k] not in ("", o) for k, o in zip(keys, owner, strict=True)],
        bool,
    )
    found = found[foreign]
    yield Hits(
        found,
        translate(
            "Wangge",
            "{field} {value} belongs to another feature on the platform. Give this one a new code.",
        ),
        context.layer.key,
        rows.keys.pick(found),
    )


def _check_links(rows: Rows, context, parameters) -> Iterator[Hits]:
    for name, known in context.target.foreign_keys.items():
        linked = rows.coded(name)
        missing = np.array([bool(v.strip()) and v not in known for v in linked.values], bool)
        found = np.flatnonzero(linked.spread(missing))
        yield Hits(
            found,
            translate(
                "Wangge", "{field} {value} is not on the platform yet. Push what it names first."
            ),
            name,
            linked.pick(found),
        )


def _check_counts(rows: Rows, context, parameters) -> Iterator[Hits]:
    counts = context.target.counts
    if counts is None:
        return
    done = sum(counts.get(k, 0) for k in ("inserted", "updated", "unchanged", "rejected"))
    if done != counts["source"]:
        yield whole_layer(
            translate(
                "Wangge", "{source} rows were read but {value} accounted for. Revert the batch."
            ),
            value=str(done),
            source=counts["source"],
        )


def _check_newer(rows: Rows, context, parameters) -> Iterator[Hits]:
    found = _keys_where(rows, context.target.changed_since)
    yield Hits(
        found,
        translate(
            "Wangge",
            "{value} was changed on the platform since it was pulled. Pull again and merge.",
        ),
        context.layer.key,
        rows.keys.pick(found),
    )


def _check_retired(rows: Rows, context, parameters) -> Iterator[Hits]:
    found = _keys_where(rows, context.target.retired)
    ends = rows.dates("end_date")[found]
    # A row that says itself that it is retired brings nothing back.
    found = found[np.isnat(ends) | (ends > context.today64)]
    yield Hits(
        found,
        translate("Wangge", "{field} {value} was retired; a code is never used again."),
        context.layer.key,
        rows.keys.pick(found),
    )


def _check_log(rows: Rows, context, parameters) -> Iterator[Hits]:
    log = context.target.log
    if log is None:
        return
    for name in ("batch_id", "user", "source_checksum"):
        if not log.get(name):
            yield whole_layer(
                translate("Wangge", "The push was logged without {value}. Report this fault."),
                value=name,
            )


_rule = partial(describe, Subject.PUSH, needs=("target",))
_E = Severity.ERROR

RULES = (
    _rule(
        "X1",
        _E,
        _check_target,
        ("Target table fits", "目标表结构匹配"),
        (
            "The table exists, its columns and types fit, the SRID is equal.",
            "目标表存在，字段与类型匹配，SRID 一致。",
        ),
        tags=("push",),
    ),
    _rule(
        "X2",
        _E,
        _check_owners,
        ("No key conflict", "主键无冲突"),
        ("No key belongs to another feature.", "标识码未被平台上其他要素占用。"),
        tags=("push",),
    ),
    _rule(
        "X3",
        _E,
        _check_links,
        ("Links lead somewhere", "外键目标存在"),
        ("What a row refers to is on the platform.", "所引用的代码在平台上存在。"),
        tags=("push",),
    ),
    _rule(
        "X4",
        _E,
        _check_counts,
        ("Counts reconcile", "行数可核对"),
        (
            "Every row read is inserted, updated, unchanged or rejected.",
            "读取行数等于各类结果之和。",
        ),
        tags=("push",),
    ),
    _rule(
        "X5",
        _E,
        _check_newer,
        ("Platform not newer", "平台数据未更新"),
        ("The platform's row has not changed since the pull.", "下载后平台数据未被修改。"),
        tags=("push",),
    ),
    _rule(
        "X6",
        _E,
        _check_retired,
        ("No retired code", "不含已停用编码"),
        ("No row brings back a retired code.", "不得重新启用已停用编码。"),
        tags=("push",),
    ),
    _rule(
        "X7",
        _E,
        _check_log,
        ("Push logged", "推送有日志"),
        ("Batch, user and checksum of the source are logged.", "记录批次、用户与来源校验和。"),
        tags=("push",),
    ),
)
