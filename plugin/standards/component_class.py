"""One class of components or matters, and the city's own subdivision of it."""

from __future__ import annotations

from dataclasses import dataclass

from ..translation import is_chinese
from .spec import Geometry


@dataclass(frozen=True)
class ComponentClass:
    """One minor class of components or matters.

    Attributes
    ----------
    code, major_code : str
        The class code and its first two digits.
    name_zh, name_en, major_name_zh, major_name_en : str
    geometries : tuple of Geometry
        Kinds allowed, the preferred one first; empty for matters and where nothing is known.
    accuracy : str
        Accuracy grade A, B or C where the city has set one.
    status : str
        ``found``, ``memory`` or ``provisional``; ``city`` for the city's own classes.
    """

    code: str
    major_code: str
    name_zh: str
    name_en: str
    major_name_zh: str
    major_name_en: str
    geometries: tuple[Geometry, ...] = ()
    accuracy: str = ""
    status: str = "found"

    @property
    def minor_code(self) -> str:
        """The digits after the major class."""
        return self.code[2:]

    @property
    def name(self) -> str:
        """The name in the user's language."""
        return self.name_zh if is_chinese() else self.name_en or self.name_zh

    @property
    def major_name(self) -> str:
        """The name of the major class in the user's language."""
        return self.major_name_zh if is_chinese() else self.major_name_en or self.major_name_zh

    @property
    def is_extension(self) -> bool:
        """True for a class that the city added."""
        return self.status == "city"


@dataclass(frozen=True)
class Subclass:
    """One 细类: the city's own subdivision below a minor class."""

    code: str
    class_code: str
    name_zh: str
    name_en: str = ""

    @property
    def name(self) -> str:
        """The name in the user's language."""
        return self.name_zh if is_chinese() else self.name_en or self.name_zh
