"""The shape in which every layer is described; see `layers` for the layers themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from ..translation import is_chinese


class FieldType(Enum):
    """Types that every store we write to can hold."""

    TEXT = "text"
    INTEGER = "integer"
    REAL = "real"
    DATE = "date"
    DATETIME = "datetime"


class Obligation(Enum):
    """Obligation as the standards mark it."""

    MANDATORY = "M"
    CONDITIONAL = "C"
    OPTIONAL = "O"


class Geometry(Enum):
    """Geometry families a layer admits."""

    POINT = "point"
    LINE = "line"
    POLYGON = "polygon"


@dataclass(frozen=True)
class FieldSpec:
    """One field of a layer.

    Attributes
    ----------
    name : str
        English snake_case name, used in files and in the platform database.
    type : FieldType
    length : int
        Longest text in characters (not bytes); 0 is unlimited or not text.
    obligation : Obligation
    domain : str
        Name of a value list in `domains`, empty where any value goes.
    alias_en, alias_zh : str
        What people see.
    abbreviations : mapping of str to str
        Edition id -> the standard's abbreviation, e.g. ``{"gbt47678_5_2026": "GLBJBSM"}``.
    synonyms : tuple of str
        Other headings under which deliveries carry this field.
    help_en, help_zh : str
    unit : str
        e.g. ``"m²"``; empty where there is none.
    """

    name: str
    type: FieldType = FieldType.TEXT
    length: int = 0
    obligation: Obligation = Obligation.OPTIONAL
    domain: str = ""
    alias_en: str = ""
    alias_zh: str = ""
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    synonyms: tuple[str, ...] = ()
    help_en: str = ""
    help_zh: str = ""
    unit: str = ""

    @property
    def is_mandatory(self) -> bool:
        return self.obligation is Obligation.MANDATORY

    @property
    def alias(self) -> str:
        """What people see, in the user's language; the name where there is none."""
        return (self.alias_zh if is_chinese() else self.alias_en) or self.name

    @property
    def help(self) -> str:
        """The help in the user's language."""
        return self.help_zh if is_chinese() else self.help_en


@dataclass(frozen=True)
class LayerSpec:
    """One layer: what new layers, forms, checks, tables, imports and exchange files are made from.

    Attributes
    ----------
    name : str
        Name of the layer, of its table and of its KIND parameter.
    fields : tuple of FieldSpec
    key : str
        Name of the field that identifies a row; empty where no single field does.
    geometries : tuple of Geometry
        Families admitted; empty for a table without geometry.
    title_en, title_zh : str
    """

    name: str
    fields: tuple[FieldSpec, ...]
    key: str
    geometries: tuple[Geometry, ...] = ()
    title_en: str = ""
    title_zh: str = ""

    def field(self, name: str) -> FieldSpec:
        """Return the field called ``name``; KeyError when there is none."""
        for candidate in self.fields:
            if candidate.name == name:
                return candidate
        raise KeyError(name)

    @property
    def title(self) -> str:
        """The title in the user's language; the name where there is none."""
        return (self.title_zh if is_chinese() else self.title_en) or self.name

    @property
    def names(self) -> tuple[str, ...]:
        """Field names in order."""
        return tuple(f.name for f in self.fields)

    @property
    def mandatory(self) -> tuple[FieldSpec, ...]:
        return tuple(f for f in self.fields if f.is_mandatory)
