"""What a merge could not decide, with both values, and how it is settled later."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
import shapely

from ...errors import WanggeError
from ...rules.batch import Batch
from ...translation import translate
from ..columns import blank_to_null, nulls


class Kind(Enum):
    """Why a person has to decide."""

    ATTRIBUTE = "attribute"
    GEOMETRY = "geometry"
    FIELD_DELETED = "field_deleted"
    """Deleted in the field, changed in the office."""
    OFFICE_DELETED = "office_deleted"
    """Changed in the field, deleted in the office."""
    NEAR_DUPLICATE = "near_duplicate"
    """New in the field, but a component of the class lies close by."""
    SAME_CODE = "same_code"
    """New in the field, with a component code that another component has."""
    OUTSIDE = "outside"
    """New or changed in the field, but not of this package."""
    SAME_UUID = "same_uuid"
    """A row of the package with the uuid of another row, as copying makes them."""


def kind_title(kind: str) -> str:
    """Return what people call a kind of conflict."""
    return {
        Kind.ATTRIBUTE.value: translate("Wangge", "attribute changed on both sides"),
        Kind.GEOMETRY.value: translate("Wangge", "moved on both sides"),
        Kind.FIELD_DELETED.value: translate(
            "Wangge", "deleted in the field, changed in the office"
        ),
        Kind.OFFICE_DELETED.value: translate("Wangge", "deleted in the office, there in the field"),
        Kind.NEAR_DUPLICATE.value: translate(
            "Wangge", "new in the field, close to one of its class"
        ),
        Kind.SAME_CODE.value: translate("Wangge", "new in the field, with a code that is taken"),
        Kind.OUTSIDE.value: translate("Wangge", "new or changed in the field, not of the package"),
        Kind.SAME_UUID.value: translate("Wangge", "copied in the field"),
    }[kind]


FIELD, OFFICE = "field", "office"

#: Columns of a conflict batch; the geometry is where to look.
COLUMNS = (
    "conflict_id",
    "package_id",
    "uuid",
    "kind",
    "field",
    "base_value",
    "field_value",
    "office_value",
    "other_uuid",
    "choice",
)


@dataclass
class Collector:
    """Gathers conflicts during a merge."""

    package_id: str

    def __post_init__(self):
        self._rows: list[dict[str, str | None]] = []
        self._shapes: list[shapely.Geometry | None] = []

    def add(
        self,
        kind: Kind,
        uuid: str,
        shape: shapely.Geometry | None,
        *,
        field: str = "",
        base_value: str | None = None,
        field_value: str | None = None,
        office_value: str | None = None,
        other_uuid: str = "",
    ) -> None:
        """Note one conflict."""
        seed = "\x1f".join([self.package_id, uuid, kind.value, field, field_value or ""])
        self._rows.append(
            {
                "conflict_id": hashlib.sha256(seed.encode()).hexdigest()[:32],
                "package_id": self.package_id,
                "uuid": uuid,
                "kind": kind.value,
                "field": field or None,
                "base_value": base_value,
                "field_value": field_value,
                "office_value": office_value,
                "other_uuid": other_uuid or None,
                "choice": None,
            }
        )
        self._shapes.append(shape)

    def batch(self, crs: str) -> Batch:
        """Return the conflicts as columns, each once, ordered by id."""
        unique: dict[str, int] = {}
        for i, row in enumerate(self._rows):
            unique.setdefault(str(row["conflict_id"]), i)
        rows = [unique[key] for key in sorted(unique)]
        fields = {}
        for name in COLUMNS:
            fields[name] = nulls(len(rows))
            fields[name][:] = [self._rows[i][name] for i in rows]
        shapes = np.full(len(rows), None, dtype=object)
        shapes[:] = [self._shapes[i] for i in rows]
        return Batch(fields, shapes, np.arange(1, len(rows) + 1, dtype=np.int64), crs)


@dataclass(frozen=True)
class Resolution:
    """A rule that settles conflicts: whose value holds, for a kind and a field.

    Empty ``kind`` or ``field`` mean any.
    """

    choice: str
    kind: str = ""
    field: str = ""

    def __post_init__(self):
        if self.choice not in (FIELD, OFFICE) or self.kind not in ("", *(k.value for k in Kind)):
            raise WanggeError(
                translate(
                    "Wangge",
                    "A resolution chooses “field” or “office” for a kind of conflict ({kinds}); "
                    "“{choice}” for “{kind}” is none.",
                ).format(kinds=", ".join(k.value for k in Kind), choice=self.choice, kind=self.kind)
            )


def choose(
    conflicts: Batch,
    *,
    rules: Sequence[Resolution] = (),
    rows: Mapping[str, str] | None = None,
) -> Batch:
    """Fill ``choice`` by decisions for single conflicts first, then by rules in order.

    Parameters
    ----------
    conflicts : Batch
    rules : sequence of Resolution
        The first that fits holds.
    rows : mapping of str to str
        Conflict id -> ``"field"`` or ``"office"``.
    """
    choice = conflicts.text("choice").copy()
    for i, key in enumerate(conflicts.text("conflict_id").tolist()):
        if rows and key in rows:
            choice[i] = Resolution(rows[key]).choice
    kind, field = conflicts.text("kind"), conflicts.text("field")
    for rule in rules:
        fits = choice == ""
        if rule.kind:
            fits &= kind == rule.kind
        if rule.field:
            fits &= field == rule.field
        choice[fits] = rule.choice
    return conflicts.with_fields(choice=blank_to_null(choice))


def join_conflicts(parts: Sequence[Batch], crs: str = "") -> Batch:
    """Return batches of conflicts as one, each conflict once, numbered anew."""
    fields = {n: np.concatenate([nulls(0), *(p.fields[n] for p in parts)]) for n in COLUMNS}
    shapes = [p.geometry for p in parts if p.geometry is not None]
    geometry = np.concatenate([np.empty(0, object), *shapes])
    joined = Batch(fields, geometry, np.arange(len(geometry)), crs)
    first = np.sort(np.unique(joined.text("conflict_id").astype(str), return_index=True)[1])
    unique = joined.take(first)
    return Batch(unique.fields, unique.geometry, np.arange(1, len(first) + 1), crs)
