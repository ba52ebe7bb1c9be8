"""The form of a city profile as data: which pages, fields and tables it has.

A key of the profile that is not named here is kept as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...standards.domains import DOMAINS
from ...standards.editions import EDITIONS
from ...standards.layers import LAYERS
from ...standards.profile import EXCHANGE_CATEGORIES, EXCHANGE_FORMATS, LEVELS, TOLERANCES
from ...standards.spec import FieldType, Geometry, Obligation
from ...translation import translate

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Entry:
    """One value of the profile, in a field or in a column.

    Attributes
    ----------
    key : str
        Dotted key in the file, e.g. ``push.srid``; of a column the key inside a row.
    title : str
    kind : str
        ``text``, ``texts`` (with commas), ``number``, ``integer``, ``flag``, ``choice``,
        ``checks`` (several choices in their order), ``crs`` or ``values`` (key = value; …).
    choices : sequence of (str, str)
        Value and title; for a ``text`` they are proposals.
    """

    key: str
    title: str
    kind: str = "text"
    choices: Choices = ()


@dataclass(frozen=True)
class Table:
    """A part of the profile with any number of rows; `profile_rows` turns it into rows and back.

    Attributes
    ----------
    key : str
        Dotted key in the file.
    title : str
    shape : str
        ``array`` (``[[classes]]``), ``map`` (``[rules.G6]``), ``nested``
        (``[obligations.risk]`` with one value a field) or ``fields``
        (``[[fields]]`` together with ``[[layers.fields]]``).
    columns : tuple of Entry
    """

    key: str
    title: str
    shape: str
    columns: tuple[Entry, ...]


@dataclass(frozen=True)
class Page:
    """One tab of the form: fields above, tables below."""

    title: str
    entries: tuple[Entry, ...] = ()
    tables: tuple[Table, ...] = ()


def pages() -> tuple[Page, ...]:
    """Return the form in the user's language."""
    return (
        Page(translate("Wangge", "City"), _city()),
        Page(translate("Wangge", "Tolerances"), _tolerances()),
        Page(translate("Wangge", "Classes"), (), (_classes(), _subclasses())),
        Page(translate("Wangge", "Fields"), (), (_fields(), _layers(), _obligations())),
        Page(translate("Wangge", "Lists"), (), (_values(),)),
        Page(translate("Wangge", "Rules"), (), (_rules(),)),
        Page(translate("Wangge", "Exchange and push"), _exchange(), (_names(),)),
    )


def _named(values: Sequence[str], domain: str = "") -> Choices:
    known = DOMAINS.get(domain)
    return tuple((v, known[v].label if known and v in known else v) for v in values)


def _city() -> tuple[Entry, ...]:
    editions = tuple((e.id, f"{e.number} {e.title}") for e in EDITIONS)
    schemes = tuple((s, s) for s in ("lec", "matrix_5x5_a", "matrix_5x5_b"))
    return (
        Entry("id", translate("Wangge", "Name in files")),
        Entry("title_zh", translate("Wangge", "Title in Chinese")),
        Entry("title_en", translate("Wangge", "Title in English")),
        Entry("edition", translate("Wangge", "Edition of the standard"), "choice", editions),
        Entry("district_codes", translate("Wangge", "District codes, with commas"), "texts"),
        Entry("levels", translate("Wangge", "Levels"), "checks", _named(LEVELS, "level")),
        Entry("crs", translate("Wangge", "Coordinate reference system"), "crs"),
        Entry("risk.scheme", translate("Wangge", "Scheme of the risks"), "text", schemes),
    )


def tolerance_title(name: str) -> str:
    """Return what a tolerance is called in the form."""
    return {
        "target_area_m2": translate("Wangge", "Target area of a cell (m²)"),
        "area_share": translate("Wangge", "Allowed deviation from the target area (share)"),
        "snap_m": translate("Wangge", "Snapping distance (m)"),
        "gap_width_m": translate("Wangge", "Widest gap that is closed (m)"),
        "duplicate_distance_m": translate("Wangge", "Distance of duplicates (m)"),
        "accuracy_a_m": translate("Wangge", "Accuracy class A (m)"),
        "accuracy_b_m": translate("Wangge", "Accuracy class B (m)"),
        "accuracy_c_m": translate("Wangge", "Accuracy class C (m)"),
        "service_radius_m": translate("Wangge", "Service radius of a toilet (m)"),
        "search_distance_m": translate("Wangge", "Search for facilities up to (m)"),
    }.get(name, name)


def _tolerances() -> tuple[Entry, ...]:
    return tuple(Entry(f"tolerances.{n}", tolerance_title(n), "number") for n in TOLERANCES)


def _exchange() -> tuple[Entry, ...]:
    formats = _named(EXCHANGE_FORMATS)
    encodings = _named(("utf-8", "gb18030"))
    categories = _named(EXCHANGE_CATEGORIES, "exchange_category")
    return (
        Entry("push.schema", translate("Wangge", "Schema of the platform")),
        Entry("push.srid", translate("Wangge", "EPSG number of the platform"), "integer"),
        Entry("exchange.format", translate("Wangge", "Format of exchange"), "choice", formats),
        Entry("exchange.encoding", translate("Wangge", "Encoding"), "text", encodings),
        Entry("exchange.date_format", translate("Wangge", "Form of dates")),
        Entry("exchange.categories", translate("Wangge", "Categories"), "checks", categories),
    )


def _name_zh() -> Entry:
    return Entry("name_zh", translate("Wangge", "Name in Chinese"))


def _name_en() -> Entry:
    return Entry("name_en", translate("Wangge", "Name in English"))


def _geometries() -> Entry:
    names = _named([g.value for g in Geometry])
    return Entry("geometries", translate("Wangge", "Geometries"), "texts", names)


def _classes() -> Table:
    return Table(
        "classes",
        translate("Wangge", "Classes of components of the city's own"),
        "array",
        (
            Entry("code", translate("Wangge", "Code")),
            _name_zh(),
            _name_en(),
            Entry("major_name_zh", translate("Wangge", "Major class in Chinese")),
            Entry("major_name_en", translate("Wangge", "Major class in English")),
            _geometries(),
            Entry("accuracy", translate("Wangge", "Accuracy"), "choice", _named(("", *"ABC"))),
        ),
    )


def _subclasses() -> Table:
    return Table(
        "subclasses",
        translate("Wangge", "Subclasses (细类)"),
        "array",
        (
            Entry("code", translate("Wangge", "Code")),
            Entry("class_code", translate("Wangge", "Class")),
            _name_zh(),
            _name_en(),
        ),
    )


def _layer() -> Entry:
    titles = tuple((name, spec.title) for name, spec in LAYERS.items())
    return Entry("layer", translate("Wangge", "Layer"), "text", titles)


def _obligation() -> Entry:
    return Entry(
        "obligation",
        translate("Wangge", "Obligation"),
        "choice",
        _named([o.value for o in Obligation]),
    )


def _fields() -> Table:
    domains = tuple((n, n) for n in ("", *sorted(DOMAINS)))
    types = _named([t.value for t in FieldType])
    return Table(
        "fields",
        translate("Wangge", "Fields of the city's own"),
        "fields",
        (
            _layer(),
            Entry("name", translate("Wangge", "Name")),
            Entry("alias_zh", translate("Wangge", "Title in Chinese")),
            Entry("alias_en", translate("Wangge", "Title in English")),
            Entry("type", translate("Wangge", "Type"), "choice", types),
            Entry("length", translate("Wangge", "Length"), "integer"),
            _obligation(),
            Entry("domain", translate("Wangge", "List"), "text", domains),
            Entry("abbreviation", translate("Wangge", "Abbreviation")),
            Entry("synonyms", translate("Wangge", "Synonyms"), "texts"),
            Entry("unit", translate("Wangge", "Unit")),
            Entry("help_zh", translate("Wangge", "Help in Chinese")),
            Entry("help_en", translate("Wangge", "Help in English")),
        ),
    )


def _layers() -> Table:
    return Table(
        "layers",
        translate("Wangge", "Layers of the city's own"),
        "array",
        (
            Entry("name", translate("Wangge", "Name")),
            Entry("title_zh", translate("Wangge", "Title in Chinese")),
            Entry("title_en", translate("Wangge", "Title in English")),
            Entry("key", translate("Wangge", "Key")),
            _geometries(),
        ),
    )


def _obligations() -> Table:
    return Table(
        "obligations",
        translate("Wangge", "Obligations that differ from the standard"),
        "nested",
        (_layer(), Entry("field", translate("Wangge", "Field")), _obligation()),
    )


def _values() -> Table:
    domains = tuple((n, n) for n in sorted(DOMAINS))
    return Table(
        "values",
        translate("Wangge", "Values added to lists"),
        "array",
        (
            Entry("domain", translate("Wangge", "List"), "text", domains),
            Entry("value", translate("Wangge", "Value")),
            Entry("zh", translate("Wangge", "Title in Chinese")),
            Entry("en", translate("Wangge", "Title in English")),
            Entry("synonyms", translate("Wangge", "Synonyms"), "texts"),
        ),
    )


def _rules() -> Table:
    severities = _named(("", "error", "warning", "info"), "severity")
    return Table(
        "rules",
        translate("Wangge", "Rules that differ from the standard"),
        "map",
        (
            Entry("rule", translate("Wangge", "Rule")),
            Entry("off", translate("Wangge", "Off"), "flag"),
            Entry("severity", translate("Wangge", "Severity"), "choice", severities),
            Entry("parameters", translate("Wangge", "Parameters (name = value; …)"), "values"),
        ),
    )


def _names() -> Table:
    return Table(
        "exchange.names",
        translate("Wangge", "Names of fields in exchange packages"),
        "nested",
        (
            _layer(),
            Entry("field", translate("Wangge", "Field")),
            Entry("name", translate("Wangge", "Name in packages")),
        ),
    )
