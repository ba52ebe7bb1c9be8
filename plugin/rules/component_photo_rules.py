"""Component rules on photos: P13."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from ..translation import translate
from .finding import Severity
from .ledger import Ledger
from .repeats import repeated
from .rows import Rows
from .rule import Hits, Late, Parameter, Subject, describe


def _check_photo(rows: Rows, context, parameters) -> Iterator[Hits]:
    photos = rows.coded("photo")
    sizes = context.photos.sizes
    size = np.array([sizes.get(v, -1) for v in photos.values], np.int64)
    given = ~photos.blank
    absent = np.flatnonzero(given & photos.spread(size < 0))
    yield Hits(
        absent,
        translate("Wangge", "The photo “{value}” is not there. Copy it or correct the name."),
        "photo",
        photos.pick(absent),
    )
    odd = (size >= 0) & ((size < parameters["smallest"]) | (size > parameters["largest"]))
    found = np.flatnonzero(given & photos.spread(odd))
    yield Hits(
        found,
        translate("Wangge", "The photo “{value}” has {size} bytes. Replace it by a good one."),
        "photo",
        photos.pick(found),
        {"size": photos.spread(size)[found]},
    )


def _check_same_photo(ledger: Ledger, context, parameters) -> Iterator[Hits]:
    twins = ledger.column("photo")
    rows, firsts = repeated(ledger.ids, twins[:, 0], twins[:, 1], known=twins.any(axis=1))
    yield Hits(
        rows,
        translate("Wangge", "The same photo as component {value}. Take one for each."),
        "photo",
        Late(ledger.key_texts, firsts),
    )


_rule = partial(describe, Subject.COMPONENT)
_W = Severity.WARNING

RULES = (
    _rule(
        "P13",
        _W,
        _check_photo,
        ("Photo at hand", "照片存在且大小合理"),
        ("The photo named exists and is of a plausible size.", "所填照片存在且文件大小合理。"),
        needs=("photos",),
        fields=("photo",),
        parameters=(
            Parameter("smallest", 1000, "bytes", "Smaller ones are broken.", "最小字节数。"),
            Parameter("largest", 20_000_000, "bytes", "Larger ones are too large.", "最大字节数。"),
        ),
        tags=("photo",),
    ),
    _rule(
        "P13b",
        _W,
        _check_same_photo,
        ("A photo each", "照片不重复使用"),
        (
            "No two components have the same photo, by name or, where hashes are known, by "
            "content.",
            "不同部件不得使用同一照片（按文件名或内容哈希）。",
        ),
        across=True,
        keeps=("photo",),
        fields=("photo",),
        tags=("photo", "duplicate"),
    ),
)
