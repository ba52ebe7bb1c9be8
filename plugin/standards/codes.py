"""The digit codes: parse, build, and say what is wrong with one.

District 6 digits (GB/T 2260), street 9 (GB/T 10114), community 12, unit grid 15 (14 under
CJ/T 213-2005), component 17 (16 in the older editions). Only the form is judged here: whether
a district or a class exists is the business of registers and class tables.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..errors import WanggeError
from ..translation import translate
from .chinese import FULL_WIDTH, INVISIBLE, character_name
from .editions import SEQUENCE_WIDTH, Edition, edition

# [0-9] and not \d: \d takes full-width digits too.
_DISTRICT = r"(?:1[1-9]|[2-7][0-9]|8[0-2])[0-9]{4}"
_SEGMENT = r"(?!000)[0-9]{3}"
_COMMUNITY = _DISTRICT + _SEGMENT * 2
_SEQUENCE = r"(?!0{6})[0-9]{6}"

DISTRICT_6 = re.compile(rf"\A{_DISTRICT}\Z")
STREET_9 = re.compile(rf"\A{_DISTRICT}{_SEGMENT}\Z")
COMMUNITY_12 = re.compile(rf"\A{_COMMUNITY}\Z")
GRID_14 = re.compile(rf"\A{_COMMUNITY}(?!00)[0-9]{{2}}\Z")
GRID_15 = re.compile(rf"\A{_COMMUNITY}{_SEGMENT}\Z")
COMPONENT_16 = re.compile(rf"\A{_DISTRICT}[0-9]{{4}}{_SEQUENCE}\Z")
COMPONENT_17 = re.compile(rf"\A{_DISTRICT}[0-9]{{5}}{_SEQUENCE}\Z")

LAST_GRID_SEQUENCE = 999


@dataclass(frozen=True)
class GridCode:
    """A unit grid code taken apart; the codes of the areas are whole ones.

    ``GridCode("510107", "510107001", "510107001001", 1)`` is ``510107001001001``.
    """

    district: str
    street: str
    community: str
    sequence: int
    width: int = 3

    def __str__(self) -> str:
        return f"{self.community}{self.sequence:0{self.width}d}"


@dataclass(frozen=True)
class ComponentCode:
    """A component code taken apart; ``edition`` is the id of the edition it follows."""

    district: str
    class_code: str
    sequence: int
    edition: str

    def __str__(self) -> str:
        return f"{self.district}{self.class_code}{self.sequence:0{SEQUENCE_WIDTH}d}"


def explain_district_code(text: str | None) -> list[str]:
    """Return a sentence for each thing that is wrong with a district code, [] when right."""
    return _explain(text, translate("Wangge", "district code"), (6,))


def explain_street_code(text: str | None) -> list[str]:
    """Return a sentence for each thing that is wrong with a street code, [] when right."""
    return _explain(text, translate("Wangge", "street code"), (9,))


def explain_community_code(text: str | None) -> list[str]:
    """Return a sentence for each thing that is wrong with a community code, [] when right."""
    return _explain(text, translate("Wangge", "community code"), (12,))


def explain_grid_code(text: str | None, of: str | Edition = "") -> list[str]:
    """Return a sentence for each thing that is wrong with a unit grid code, [] when right.

    Parameters
    ----------
    text : str or None
    of : str or Edition
        Edition whose code lengths hold (``cjt214_2007`` admits 14 and 15 digits); empty for
        the default edition.
    """
    lengths = edition(of).grid_code_lengths
    found = _explain(text, translate("Wangge", "unit grid code"), lengths)
    if 14 not in lengths and text and GRID_14.match(text):
        found.append(
            translate(
                "Wangge", "This is a code of CJ/T 213-2005; in 15 digits it is {code}."
            ).format(code=widen_grid_code(text))
        )
    return found


def explain_component_code(text: str | None, of: str | Edition = "") -> list[str]:
    """Return a sentence for each thing that is wrong with a component code, [] when right."""
    chosen = edition(of)
    length = chosen.component_code_length
    found = _explain(text, translate("Wangge", "component code"), (length,), is_component=True)
    other = 33 - length
    if text and (COMPONENT_16 if other == 16 else COMPONENT_17).match(text):
        found.append(
            translate(
                "Wangge",
                "It has the form of another edition; the declared edition is {number}. "
                "Declare the right edition or migrate the layer.",
            ).format(number=chosen.number)
        )
    return found


def parse_grid(text: str, of: str | Edition = "") -> GridCode:
    """Take a unit grid code apart; WanggeError that explains a wrong one."""
    _refuse(explain_grid_code(text, of))
    return GridCode(text[:6], text[:9], text[:12], int(text[12:]), len(text) - 12)


def parse_component(text: str, of: str | Edition = "") -> ComponentCode:
    """Take a component code apart; WanggeError that explains a wrong one."""
    chosen = edition(of)
    _refuse(explain_component_code(text, chosen))
    end = 6 + chosen.class_code_length
    return ComponentCode(text[:6], text[6:end], int(text[end:]), chosen.id)


def build_street(district: str, sequence: int) -> str:
    """Return the street code ``sequence`` (1-999) of a district; WanggeError when impossible."""
    _refuse(explain_district_code(district))
    return district + _segment(district, sequence)


def build_community(street: str, sequence: int) -> str:
    """Return the community code ``sequence`` (1-999) of a street; WanggeError when impossible."""
    _refuse(explain_street_code(street))
    return street + _segment(street, sequence)


def build_grid(community: str, sequence: int) -> str:
    """Return the 15-digit code of cell ``sequence`` of a community.

    Raises
    ------
    WanggeError
        When the community code is wrong or the sequence is outside 1-999.
    """
    _refuse(explain_community_code(community))
    if not 1 <= sequence <= LAST_GRID_SEQUENCE:
        raise WanggeError(
            translate(
                "Wangge",
                "Community {community} cannot have a cell numbered {sequence}: a community holds "
                "the cells 001 to 999. Divide the community or choose a larger target area.",
            ).format(community=community, sequence=sequence)
        )
    return f"{community}{sequence:03d}"


def build_component(district: str, class_code: str, sequence: int, of: str | Edition = "") -> str:
    """Return a component code of an edition: district, class and running number.

    Raises
    ------
    WanggeError
        When the district or class code has the wrong form, or the running number does not
        fit into six digits.
    """
    chosen = edition(of)
    _refuse(explain_district_code(district))
    if not re.fullmatch(rf"[0-9]{{{chosen.class_code_length}}}", class_code):
        raise WanggeError(
            translate(
                "Wangge", "The class code “{code}” must have {length} digits under {number}."
            ).format(code=class_code, length=chosen.class_code_length, number=chosen.number)
        )
    if not 1 <= sequence < 10**SEQUENCE_WIDTH:
        raise WanggeError(
            translate(
                "Wangge",
                "District {district} has no running number {sequence} in class {code}: they go "
                "from 1 to 999999.",
            ).format(district=district, sequence=sequence, code=class_code)
        )
    return f"{district}{class_code}{sequence:0{SEQUENCE_WIDTH}d}"


def widen_grid_code(text: str) -> str:
    """Return the 15-digit form of a 14-digit unit grid code; 15 digits stay as they are.

    Raises
    ------
    WanggeError
        When it is neither.
    """
    if GRID_14.match(text):
        return f"{text[:12]}0{text[12:]}"
    _refuse(explain_grid_code(text))
    return text


def _refuse(sentences: list[str]) -> None:
    if sentences:
        raise WanggeError(" ".join(sentences))


def _segment(parent: str, sequence: int) -> str:
    if not 1 <= sequence <= 999:
        raise WanggeError(
            translate(
                "Wangge", "There is no number {sequence} under {parent}: they go from 001 to 999."
            ).format(sequence=sequence, parent=parent)
        )
    return f"{sequence:03d}"


def _explain(
    text: str | None, name: str, lengths: tuple[int, ...], *, is_component: bool = False
) -> list[str]:
    if not text:
        return [
            translate("Wangge", "The {name} is empty; enter its {length} digits.").format(
                name=name, length=lengths[-1]
            )
        ]
    found = []
    for position, character in enumerate(text, start=1):
        if not "0" <= character <= "9":
            found.append(_foreign_character(text, name, position, character))
            break
    if len(text) not in lengths:
        found.append(
            translate(
                "Wangge", "The {name} “{text}” has {count} characters; it must have {length}."
            ).format(
                name=name,
                text=text,
                count=len(text),
                length=translate("Wangge", " or ").join(map(str, lengths)),
            )
        )
    if found:
        return found
    if not 11 <= int(text[:2]) <= 82:
        found.append(
            translate(
                "Wangge",
                "The {name} “{text}” begins with {province}, but provinces go from 11 to 82.",
            ).format(name=name, text=text, province=text[:2])
        )
    for segment in _parts_after_district(text, is_component):
        start, end, part = segment
        if int(text[start:end]) == 0:
            found.append(
                translate(
                    "Wangge",
                    "In the {name} “{text}” the {part} is {zeros}, but numbers begin with 1.",
                ).format(name=name, text=text, part=part, zeros=text[start:end])
            )
    return found


def _parts_after_district(text: str, is_component: bool) -> list[tuple[int, int, str]]:
    if is_component:
        start = len(text) - SEQUENCE_WIDTH
        return [(start, len(text), translate("Wangge", "running number"))]
    parts = [
        (6, 9, translate("Wangge", "street number")),
        (9, 12, translate("Wangge", "community number")),
        (12, len(text), translate("Wangge", "cell number")),
    ]
    return [part for part in parts if part[0] < len(text)]


def _foreign_character(text: str, name: str, position: int, character: str) -> str:
    if FULL_WIDTH.match(character):
        message = translate(
            "Wangge",
            "The {name} “{text}” holds the full-width character {character} at position "
            "{position}; write it half-width.",
        )
    elif INVISIBLE.match(character) or character.isspace():
        message = translate(
            "Wangge",
            "The {name} “{text}” holds a blank or invisible character ({character}) at position "
            "{position}; remove it.",
        )
    else:
        message = translate(
            "Wangge",
            "The {name} “{text}” holds {character} at position {position}; only the digits 0 to 9 "
            "are allowed.",
        )
    return message.format(
        name=name, text=text, character=character_name(character), position=position
    )
