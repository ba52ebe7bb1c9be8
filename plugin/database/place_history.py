"""A delivery of geocoded places taken into the layer, with the history of their names."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from ..errors import WanggeError
from ..rules.batch import Batch, concatenate
from ..standards.addresses import normalise_address
from ..standards.layers import LAYERS
from ..translation import translate
from .exchange.columns import Column, conform

_SPEC = LAYERS["address"]
_COLUMNS = tuple(Column(f.name, f.name, f.type, f.length) for f in _SPEC.fields)
_COMPARED = ("address_name", "kind", "street_name", "community_code")
# Nearer than this (in units of the CRS) a place has not moved.
_SAME_PLACE = 0.001


@dataclass(frozen=True)
class PlaceUpdate:
    """Outcome of an update.

    Attributes
    ----------
    places : Batch
        The whole layer: places in use, then names given up.
    rejected : Batch
        ``row``, ``address_code``, ``address_name``, ``reason``.
    added, renamed, updated, unchanged, retired : int
        Places of the delivery by what became of them; places in use that it lacks and that
        were therefore given up.
    """

    places: Batch
    rejected: Batch
    added: int
    renamed: int
    updated: int
    unchanged: int
    retired: int


def update_places(
    current: Batch, delivery: Batch, *, day: np.datetime64, retire_missing: bool = False
) -> PlaceUpdate:
    """Take a delivery into the layer.

    A place is known by its code, else by kind, street and name in any spelling. A place with
    another name keeps its code; the old name goes on as an entry of its own that ends on
    ``day``, coded with the day (``DZ0001-20260701``). What is delivered with an end date is
    given up. Running the same delivery twice changes nothing.

    Parameters
    ----------
    current, delivery : Batch
        Layers ``address`` in one CRS.
    day : datetime64[D]
        When the new names come into use.
    retire_missing : bool
        Give up places in use that the delivery lacks.
    """
    old = conform(current, _COLUMNS, "address", shapes=True)
    new = conform(delivery, _COLUMNS, "address", shapes=True)
    if old.crs and new.crs and old.crs != new.crs:
        raise WanggeError(
            translate(
                "Wangge",
                "The delivery is in {source}, the layer in {target}. Reproject the delivery first.",
            ).format(source=new.crs[:80], target=old.crs[:80])
        )
    used = old.is_null("end_date")
    codes = old.text("address_code")
    match = _matches(old, new, used)
    reasons = _reasons(new, match, set(codes.tolist()))
    good = np.equal(reasons, "")
    known = good & (match >= 0)
    rows, place = np.flatnonzero(known), match[known]
    renamed = np.array(
        [
            normalise_address(a) != normalise_address(b)
            for a, b in zip(
                old.text("address_name")[place], new.text("address_name")[rows], strict=True
            )
        ],
        bool,
    )
    ends = old.is_null("end_date")[place] & ~new.is_null("end_date")[rows]
    changed = _differs(old.take(place), new.take(rows))
    given_up = _retired_names(old.take(place[renamed]), day, set(codes.tolist()))
    kept = _with_delivered(old, place, new.take(rows), renamed, day)
    added = _started(new.take(good & (match < 0)), day)
    missing = used.copy()
    missing[place] = False
    if retire_missing:
        kept.fields["end_date"][missing] = day
    parts = [kept, added, given_up]
    whole = concatenate([_in(p, old.crs or new.crs) for p in parts if len(p)] or [kept])
    order = np.argsort(~whole.is_null("end_date"), kind="stable")
    places = whole.take(order)
    ids = np.arange(1, len(places) + 1, dtype=np.int64)
    return PlaceUpdate(
        Batch(places.fields, places.geometry, ids, old.crs or new.crs),
        _rejected(new, reasons),
        added=len(added),
        renamed=int(renamed.sum()),
        updated=int((changed & ~renamed & ~ends).sum()),
        unchanged=int((~changed & ~renamed).sum()),
        retired=int(ends.sum()) + (int(missing.sum()) if retire_missing else 0),
    )


def _in(batch: Batch, crs: str) -> Batch:
    return Batch(batch.fields, batch.geometry, batch.ids, crs)


def _matches(old: Batch, new: Batch, used: np.ndarray) -> np.ndarray:
    """Return the row in use that each delivered row means, -1 for none."""
    codes, names = old.text("address_code").tolist(), _names(old)
    every = {code: row for row, code in enumerate(codes)}
    by_code = {codes[row]: row for row in np.flatnonzero(used).tolist()}
    by_name = {names[row]: row for row in np.flatnonzero(used)[::-1].tolist()}
    # What is delivered with its end may have been given up before.
    ended = (~new.is_null("end_date")).tolist()
    found = [
        (every if end else by_code).get(code, -1) if code else by_name.get(name, -1)
        for code, name, end in zip(
            new.text("address_code").tolist(), _names(new), ended, strict=True
        )
    ]
    return np.array(found, np.int64)


def _names(batch: Batch) -> list[tuple[str, str, str]]:
    kinds = batch.text("kind").tolist()
    streets = map(normalise_address, batch.text("street_name").tolist())
    names = map(normalise_address, batch.text("address_name").tolist())
    return list(zip(kinds, streets, names, strict=True))


def _reasons(new: Batch, match: np.ndarray, codes: set[str]) -> np.ndarray:
    reasons = np.full(len(new), "", object)
    meant: set[int] = set()
    coded: set[str] = set()
    for row in range(len(new)):
        code, name = new.text("address_code")[row], new.text("address_name")[row]
        place = int(match[row])
        if not normalise_address(name):
            reasons[row] = translate("Wangge", "The place has no name.")
        elif place in meant or (code and code in coded):
            reasons[row] = translate("Wangge", "An earlier row is the same place.")
        elif place < 0 and not code:
            reasons[row] = translate("Wangge", "The place is new and has no code.")
        elif place < 0 and code in codes:
            reasons[row] = translate("Wangge", "The code {code} was given up.").format(code=code)
        elif place < 0 and new.geometry is not None and _nowhere(new.geometry[row]):
            reasons[row] = translate("Wangge", "The place is new and lies nowhere.")
        else:
            coded |= {code} - {""}
            meant |= {place} - {-1}
    return reasons


def _nowhere(shape) -> bool:
    return shape is None or bool(shapely.is_empty(shape))


def _differs(old: Batch, new: Batch) -> np.ndarray:
    differs = np.zeros(len(old), bool)
    for name in _COMPARED:
        given = ~np.equal(new.text(name), "")
        differs |= given & (old.text(name) != new.text(name))
    ended = ~new.is_null("end_date")
    differs[ended] |= old.fields["end_date"][ended] != new.fields["end_date"][ended]
    return differs | _moved(_shapes(old), _shapes(new))


def _shapes(batch: Batch) -> np.ndarray:
    return np.full(len(batch), None, object) if batch.geometry is None else batch.geometry


def _moved(old: np.ndarray, new: np.ndarray) -> np.ndarray:
    there = ~(shapely.is_missing(new) | shapely.is_empty(new))
    near = shapely.equals_exact(old, new, _SAME_PLACE)
    return there & ~near


def _retired_names(old: Batch, day: np.datetime64, codes: set[str]) -> Batch:
    fields = {name: values.copy() for name, values in old.fields.items()}
    fields["end_date"][:] = day
    stamp = str(day).replace("-", "")
    for row, code in enumerate(fields["address_code"].tolist()):
        number, made = 1, f"{code}-{stamp}"
        while made in codes:
            number += 1
            made = f"{code}-{stamp}-{number}"
        codes.add(made)
        fields["address_code"][row] = made
    return Batch(fields, old.geometry, old.ids, old.crs)


def _with_delivered(
    old: Batch, place: np.ndarray, new: Batch, renamed: np.ndarray, day: np.datetime64
) -> Batch:
    fields = {name: values.copy() for name, values in old.fields.items()}
    for name in _COMPARED:
        given = ~np.equal(new.text(name), "")
        fields[name][place[given]] = new.fields[name][given]
    fields["start_date"][place[renamed]] = day
    ended = ~new.is_null("end_date")
    fields["end_date"][place[ended]] = new.fields["end_date"][ended]
    shapes = _shapes(old).copy()
    moved = _moved(shapes[place], _shapes(new))
    shapes[place[moved]] = _shapes(new)[moved]
    return Batch(fields, shapes, old.ids, old.crs)


def _started(new: Batch, day: np.datetime64) -> Batch:
    start = np.where(new.is_null("start_date"), day, new.fields["start_date"]).astype("M8[D]")
    return new.with_fields(start_date=start)


def _rejected(new: Batch, reasons: np.ndarray) -> Batch:
    bad = np.flatnonzero(~np.equal(reasons, ""))
    fields = {
        "row": new.ids[bad],
        "address_code": new.fields["address_code"][bad],
        "address_name": new.fields["address_name"][bad],
        "reason": reasons[bad],
    }
    return Batch(fields, None, np.arange(1, len(bad) + 1, dtype=np.int64))
