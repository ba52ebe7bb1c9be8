"""Which column of a delivery is which field of ours: suggested, shown, saved as a profile."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from ...errors import WanggeError
from ...standards.editions import EDITIONS, Edition, edition
from ...standards.layers import component_spec
from ...standards.spec import FieldSpec, LayerSpec
from ...translation import translate

#: Coordinate columns stand beside the fields under these names.
X, Y, WKT = "x", "y", "wkt"
_X_NAMES = (
    "x lon lng long longitude easting coordx xcoord pointx 经度 x坐标 坐标x 东坐标 横坐标 jd zbx"
)
_Y_NAMES = "y lat latitude northing coordy ycoord pointy 纬度 y坐标 坐标y 北坐标 纵坐标 wd zby"
_WKT_NAMES = "wkt wktgeom geometry geom thegeom shape 几何 空间坐标"
_COORDINATES = {X: _X_NAMES.split(), Y: _Y_NAMES.split(), WKT: _WKT_NAMES.split()}
_TRUNCATED = 10  # bytes of a field name in a shapefile


@dataclass(frozen=True)
class FieldMap:
    """Our field name -> the delivery's column; also for ``x``, ``y`` and ``wkt``.

    Attributes
    ----------
    columns : mapping of str to str
    reasons : mapping of str to str
        Why each was suggested: ``"name"``, ``"abbreviation"``, ``"alias"``,
        ``"synonym"``, ``"truncated"`` or ``"content"``; empty when given by the user.
    """

    columns: Mapping[str, str]
    reasons: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> str:
        """Return the map as JSON, to be saved as a profile."""
        return json.dumps(dict(self.columns), ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str) -> FieldMap:
        """Read what `to_json` wrote.

        Raises
        ------
        WanggeError
            When the text is no JSON object of our field names and column names.
        """
        try:
            values = json.loads(text)
        except json.JSONDecodeError as error:
            raise _not_a_map(str(error)) from error
        if not isinstance(values, dict):
            raise _not_a_map(type(values).__name__)
        allowed = {*component_spec().names, X, Y, WKT}
        for name, column in values.items():
            if name not in allowed or not isinstance(column, str):
                raise WanggeError(
                    translate(
                        "Wangge",
                        "The field map names “{name}”, which is no field of a component. Use "
                        "{allowed}.",
                    ).format(name=name, allowed=", ".join(sorted(allowed)))
                )
        return cls({k: v for k, v in values.items() if v})

    def check_against(self, fields: Sequence[str]) -> None:
        """Raise WanggeError when a column of the map is not in the file."""
        for name, column in self.columns.items():
            if column not in fields:
                raise WanggeError(
                    translate(
                        "Wangge",
                        "The field map takes {name} from the column “{column}”, which the file "
                        "does not have. It has: {fields}.",
                    ).format(name=name, column=column, fields=", ".join(fields))
                )


def _not_a_map(detail: str) -> WanggeError:
    return WanggeError(
        translate(
            "Wangge",
            "The field map is no JSON object such as {example}. Correct it or leave it empty.",
        ).format(example='{"component_code": "ObjID", "x": "经度", "y": "纬度"}'),
        detail=detail,
    )


def squeezed(name: str) -> str:
    """Return a column name without case, blanks and punctuation."""
    text = unicodedata.normalize("NFKC", name).lower()
    return "".join(c for c in text if c.isalnum())


def suggest_fields(
    fields: Sequence[str],
    sample: Mapping[str, Sequence] | None = None,
    *,
    standard: str | Edition = "",
    has_geometry: bool = False,
) -> FieldMap:
    """Suggest a field map by name first, then by content.

    Parameters
    ----------
    fields : sequence of str
        Columns of the delivery.
    sample : mapping of str to sequence, optional
        Some values of each column.
    standard : str or Edition
        Whose abbreviations are tried before those of other editions.
    has_geometry : bool
        Then no coordinate columns are looked for.
    """
    spec = component_spec(standard)
    columns: dict[str, str] = {}
    reasons: dict[str, str] = {}
    free = list(fields)

    def give(name: str, column: str, reason: str) -> None:
        columns[name], reasons[name] = column, reason
        free.remove(column)

    for reason, names in _spellings(spec, edition(standard)):
        for column in list(free):
            name = names.get(squeezed(column))
            if name and name not in columns:
                give(name, column, reason)
    for column in list(free):
        name = _truncated(column, spec, columns)
        if name:
            give(name, column, "truncated")
    if not has_geometry:
        _coordinates(free, sample or {}, columns, give)
    for name, fits in _CONTENTS.items():
        for column in list(free):
            if name in columns:
                break
            values = [_plain(v) for v in (sample or {}).get(column, ()) if v is not None]
            values = [v for v in values if v]
            if len(values) >= 3 and sum(map(fits, values)) >= 0.9 * len(values):
                give(name, column, "content")
    return FieldMap(columns, reasons)


def _spellings(spec: LayerSpec, chosen: Edition) -> list[tuple[str, dict[str, str]]]:
    def names(of: Callable[[FieldSpec], Sequence[str]]) -> dict[str, str]:
        found: dict[str, str] = {}
        for f in spec.fields:
            for spelling in of(f):
                if spelling:
                    found.setdefault(squeezed(spelling), f.name)
        return found

    others = [e.id for e in EDITIONS if e.id != chosen.id]
    return [
        ("name", names(lambda f: [f.name])),
        ("abbreviation", names(lambda f: [f.abbreviations.get(chosen.id, "")])),
        ("abbreviation", names(lambda f: [f.abbreviations.get(e, "") for e in others])),
        ("alias", names(lambda f: [f.alias_zh, f.alias_en])),
        ("synonym", names(lambda f: f.synonyms)),
    ]


def _truncated(column: str, spec: LayerSpec, taken: Mapping[str, str]) -> str:
    """Return the field whose name or alias a shapefile has cut down to this column name."""
    text = column.strip().lower()
    if len(text) < 5 and text.isascii():
        return ""
    for f in spec.fields:
        if f.name in taken:
            continue
        for full in (f.name, *f.abbreviations.values(), f.alias_zh, *f.synonyms):
            for encoding in ("utf-8", "gb18030"):
                cut = full.lower().encode(encoding)[:_TRUNCATED]
                if len(full.encode(encoding)) > _TRUNCATED and text == cut.decode(
                    encoding, errors="ignore"
                ):
                    return f.name
    return ""


def _coordinates(
    free: list[str],
    sample: Mapping[str, Sequence],
    columns: Mapping[str, str],
    give: Callable[[str, str, str], None],
) -> None:
    for name, spellings in _COORDINATES.items():
        for column in list(free):
            if name not in columns and squeezed(column) in spellings:
                give(name, column, "name")
    if (X in columns and Y not in columns) or (Y in columns and X not in columns):
        return
    for column in list(free):
        values = [str(v) for v in sample.get(column, ()) if v is not None]
        if X in columns or WKT in columns or not values:
            break
        if sum(bool(_WKT_START.match(v)) for v in values) >= 0.9 * len(values):
            give(WKT, column, "content")


_WKT_START = re.compile(r"\s*(?:SRID=\d+;)?(?:MULTI)?(?:POINT|LINESTRING|POLYGON)\b", re.IGNORECASE)


def _plain(value: object) -> str:
    text = unicodedata.normalize("NFKC", str(value)).strip()
    return text[:-2] if text.endswith(".0") and text[:-2].isdigit() else text


def _matches(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern)
    return lambda text: compiled.fullmatch(text) is not None


_DISTRICT = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])\d{4}"
_CONTENTS: Mapping[str, Callable[[str], bool]] = {
    "component_code": _matches(_DISTRICT + r"\d{10,11}"),
    "grid_code": _matches(_DISTRICT + r"\d{8,9}"),
    "community_code": _matches(_DISTRICT + r"\d{6}"),
    "street_code": _matches(_DISTRICT + r"\d{3}"),
    "authority_code": _matches(r"(?=.*\d)[0-9A-HJ-NP-RT-UW-Y]{2}\d{6}[0-9A-HJ-NP-RT-UW-Y]{10}"),
    "uuid": _matches(r"\{?[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\}?"),
    "status": _matches(r"完好|破损|丢失|废弃|移除|损坏|正常"),
    "accuracy": _matches(r"[ABC]"),
    "photo": _matches(r".+\.(?:jpe?g|png|heic)"),
}
