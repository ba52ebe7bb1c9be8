"""The editions of the standard on components and events, and the widths of their codes."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from ..errors import WanggeError
from ..translation import is_chinese, translate

SEQUENCE_WIDTH = 6


@dataclass(frozen=True)
class Edition:
    """One edition of the standard.

    Attributes
    ----------
    id : str
        What files, profiles and the field ``standard`` hold.
    number, title_en, title_zh : str
        The standard's number and title.
    minor_width : int
        Digits of the minor class; the major class always has two.
    grid_code_lengths : tuple of int
        Lengths of unit grid codes met in data of this edition, the edition's own first.
    provisional : bool
        True when the class table is derived, not read from the standard.
    """

    id: str
    number: str
    title_en: str
    title_zh: str
    minor_width: int
    grid_code_lengths: tuple[int, ...]
    provisional: bool = False

    @property
    def class_code_length(self) -> int:
        """Digits of a class code: two for the major class and the minor class."""
        return 2 + self.minor_width

    @property
    def sequence_width(self) -> int:
        """Digits of the running number at the end of a component code."""
        return SEQUENCE_WIDTH

    @property
    def component_code_length(self) -> int:
        """Digits of a component code: district, class and running number."""
        return 6 + self.class_code_length + SEQUENCE_WIDTH

    @property
    def grid_code_length(self) -> int:
        """Digits of a unit grid code in the edition's own time."""
        return self.grid_code_lengths[0]

    @property
    def title(self) -> str:
        """The title in the user's language."""
        return self.title_zh if is_chinese() else self.title_en

    @property
    def caution(self) -> str:
        """A sentence to show beside a provisional edition; empty for the others."""
        if not self.provisional:
            return ""
        return translate(
            "Wangge",
            "The class table of {number} is provisional: it is derived from the 2026 edition. "
            "Load your city's own table before you rely on it.",
        ).format(number=self.number)


EDITIONS: tuple[Edition, ...] = (
    Edition(
        "cjt214_2007",
        "CJ/T 214-2007",
        "Classification, coding and data requirements of managed components and events "
        "for urban municipal supervision and management",
        "城市市政综合监管信息系统 管理部件和事件分类、编码及数据要求",
        2,
        # CJ/T 213-2005 has 14 digits; cities that numbered their cells anew have 15.
        (14, 15),
    ),
    Edition(
        "gbt30428_2_2013",
        "GB/T 30428.2-2013",
        "Information system for digitized supervision and management of city - "
        "Part 2: Managed components and events",
        "数字化城市管理信息系统 第2部分：管理部件和事件",
        2,
        (15,),
        provisional=True,
    ),
    Edition(
        "gbt47678_5_2026",
        "GB/T 47678.5-2026",
        "City operation management and service platform - Part 5: Managed components and matters",
        "城市运行管理服务平台 第5部分：管理部件和事项",
        3,
        (15,),
    ),
)

_BY_ID = {edition.id: edition for edition in EDITIONS}

DEFAULT_EDITION = _BY_ID["gbt47678_5_2026"]


def _squeezed(text: str) -> str:
    return re.sub(r"[^0-9a-z]", "", unicodedata.normalize("NFKC", text).lower())


_SPELLINGS = {
    spelling: edition
    for edition in EDITIONS
    for spelling in (
        _squeezed(edition.id),
        _squeezed(edition.number),
        _squeezed(edition.number.rpartition("-")[0]),
        edition.number[-4:],
    )
}


def edition(text: str | Edition = "") -> Edition:
    """Return the edition by id or by a common spelling.

    Parameters
    ----------
    text : str or Edition
        ``"gbt47678_5_2026"``, ``"GB/T 47678.5-2026"``, ``"GB/T47678.5"`` or ``"2026"``;
        empty for the default edition.

    Raises
    ------
    WanggeError
        When no edition is meant by it.
    """
    if isinstance(text, Edition):
        return text
    if not text.strip():
        return DEFAULT_EDITION
    found = _SPELLINGS.get(_squeezed(text))
    if found is None:
        raise WanggeError(
            translate(
                "Wangge", "“{text}” is no edition of the standard that is known here. Use {known}."
            ).format(text=text, known=", ".join(_BY_ID))
        )
    return found
