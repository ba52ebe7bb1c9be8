"""The stamp of a check: a hash of all that its findings depend on, but for the rows themselves."""

from __future__ import annotations

import dataclasses
import datetime
import sys
import uuid
from collections.abc import Iterable, Mapping, Sequence, Set
from enum import Enum
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from ..rules.context import CheckContext
from ..rules.rule import Rule

_ROOT = Path(__file__).resolve().parent.parent.parent

#: Where what the rules do is written: their own code and the lists they look things up in.
_SOURCES = ("plugin/rules/*.py", "plugin/standards/*.py", "resources/standards/*.csv")

# Not hashed: `expected_rows` moves the progress bar; a function cannot be hashed, and only a
# rule across rows calls this one; `today` is compared instead (see `Checking.day`).
_LEFT_OUT = ("expected_rows", "to_lonlat", "today")


def stamp_of(context: CheckContext, rules: Iterable[Rule], *more: Any) -> uuid.UUID:
    """Return the stamp of a check.

    Two checks with the same stamp find the same in the same row, where a rule looks at that
    row alone. The day is not part of it.

    Parameters
    ----------
    context : CheckContext
        With the parameters in force and everything that is compared with; all of its content
        counts.
    rules : iterable of Rule
    *more
        Whatever else counts: numbers, texts, collections of them.
    """
    digest = blake2b(digest_size=16)
    compared = {
        f.name: getattr(context, f.name)
        for f in dataclasses.fields(context)
        if f.name not in _LEFT_OUT
    }
    ids = sorted(rule.id for rule in rules)
    _add(digest, [_code(), ids, compared, *more])
    return uuid.UUID(bytes=digest.digest())


@cache
def _code() -> str:
    """Return a hash of the rules as they are written and of what they compute with."""
    digest = blake2b(digest_size=16)
    versions = (sys.version, np.__version__, shapely.__version__, shapely.geos_version_string)
    digest.update("\0".join(versions).encode())
    for pattern in _SOURCES:
        for path in sorted(_ROOT.glob(pattern)):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _add(digest, value: Any) -> None:
    """Add a value so that different values, also of different types, never add the same bytes."""
    digest.update(type(value).__name__.encode() + b"(")
    if value is None or isinstance(value, bool | int | float | complex | datetime.date):
        digest.update(repr(value).encode())
    elif isinstance(value, str):
        _add_bytes(digest, value.encode("utf-8", "surrogatepass"))
    elif isinstance(value, bytes):
        _add_bytes(digest, value)
    elif isinstance(value, Enum):
        _add(digest, value.name)
    elif isinstance(value, np.ndarray):
        _add_array(digest, value)
    elif isinstance(value, shapely.Geometry):
        _add_bytes(digest, shapely.to_wkb(value, include_srid=True))
    elif dataclasses.is_dataclass(value):
        for f in dataclasses.fields(value):
            _add(digest, f.name)
            _add(digest, getattr(value, f.name))
    elif isinstance(value, Mapping):
        for part in sorted((_part(key), _part(item)) for key, item in value.items()):
            digest.update(b"".join(part))
    elif isinstance(value, Set):
        for item in sorted(map(_part, value)):
            digest.update(item)
    elif isinstance(value, Sequence):
        for item in value:
            _add(digest, item)
    else:
        # Something new among what rules compare with must not go unnoticed.
        raise TypeError(f"{type(value).__name__} has no place in a stamp")
    digest.update(b")")


def _part(value: Any) -> bytes:
    digest = blake2b(digest_size=16)
    _add(digest, value)
    return digest.digest()


def _add_bytes(digest, value: bytes) -> None:
    digest.update(len(value).to_bytes(8, "big") + value)


def _add_array(digest, values: np.ndarray) -> None:
    digest.update(repr((values.dtype.str, values.shape)).encode())
    if values.dtype != object:
        digest.update(np.ascontiguousarray(values).tobytes())
        return
    listed = values.reshape(-1).tolist()
    if any(isinstance(v, shapely.Geometry) for v in listed):
        listed = shapely.to_wkb(values.reshape(-1), include_srid=True).tolist()
    for item in listed:
        _add(digest, item)
