"""How the class codes of one edition become those of another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from ..errors import WanggeError
from ..translation import translate
from .classes import ClassTable, class_table
from .editions import Edition, edition
from .tables import read_csv, table_path


class Passage(Enum):
    """What happens to a class on its way to another edition."""

    SAME = "same"
    RENAMED = "renamed"
    SPLIT = "split"
    MANUAL = "manual"
    NONE = "none"


@dataclass(frozen=True)
class CrosswalkEntry:
    """Where one class goes.

    Attributes
    ----------
    code : str
        Class code in the edition left.
    targets : tuple of str
        Class codes in the edition entered: one for same and renamed, the candidates to choose
        from for split and manual, none for none.
    kind : Passage
    """

    code: str
    targets: tuple[str, ...]
    kind: Passage

    @property
    def target(self) -> str | None:
        """The one class it becomes, None where a person must decide."""
        return self.targets[0] if self.kind in (Passage.SAME, Passage.RENAMED) else None


@cache
def crosswalk(leave: str | Edition, enter: str | Edition = "") -> Mapping[str, CrosswalkEntry]:
    """Return class code -> entry for every component class of the edition ``leave``.

    Parameters
    ----------
    leave, enter : str or Edition
        Any spelling that `editions.edition` takes; ``enter`` is the default edition when empty.

    Raises
    ------
    WanggeError
        When there is no way between the two, such as back to an older edition.
    """
    old, new = edition(leave), edition(enter)
    if (old.id, new.id) == ("cjt214_2007", "gbt47678_5_2026"):
        return read_crosswalk(table_path("crosswalk_cjt214_2007_gbt47678_5_2026"), old, new)
    if (old.id, new.id) == ("gbt30428_2_2013", "gbt47678_5_2026"):
        return _frozen(
            CrosswalkEntry(code, (f"{code[:2]}0{code[2:]}",), Passage.SAME)
            for code in class_table(old)
        )
    if (old.id, new.id) == ("cjt214_2007", "gbt30428_2_2013"):
        known = class_table(new)
        return _frozen(_cut(entry, known) for entry in crosswalk(old, "2026").values())
    raise WanggeError(
        translate(
            "Wangge",
            "There is no crosswalk from {old} to {new}. Migrate towards a newer edition, or give a "
            "crosswalk file of your own.",
        ).format(old=old.number, new=new.number)
    )


def read_crosswalk(
    path: str | Path, leave: str | Edition, enter: str | Edition = ""
) -> Mapping[str, CrosswalkEntry]:
    """Read a crosswalk from a CSV file with ``from_code``, ``to_codes`` and ``kind``.

    Several target codes are separated by blanks or semicolons.

    Raises
    ------
    WanggeError
        When the file cannot be read or a row has a wrong kind, code or number of targets.
    """
    lengths = edition(leave).class_code_length, edition(enter).class_code_length
    entries = []
    for number, row in enumerate(read_csv(path), start=2):
        targets = tuple((row.get("to_codes") or "").replace(";", " ").split())
        code = (row.get("from_code") or "").strip()
        try:
            kind = Passage((row.get("kind") or "").strip())
        except ValueError:
            kind = None
        wanted = {Passage.NONE: {0}, Passage.SAME: {1}, Passage.RENAMED: {1}}.get(
            kind or Passage.NONE, set(range(1, 1000))
        )
        sound = all(len(t) == lengths[1] and t.isdecimal() for t in targets)
        if kind is None or len(code) != lengths[0] or len(targets) not in wanted or not sound:
            raise WanggeError(
                translate(
                    "Wangge",
                    "Line {line} of the crosswalk {path} is wrong: “{code}” to “{targets}” as "
                    "“{kind}”. Use same, renamed, split, manual or none, and the codes of the "
                    "two editions.",
                ).format(
                    line=number,
                    path=path,
                    code=code,
                    targets=" ".join(targets),
                    kind=row.get("kind") or "",
                )
            )
        entries.append(CrosswalkEntry(code, targets, kind))
    return _frozen(entries)


def _frozen(entries: Iterable[CrosswalkEntry]) -> Mapping[str, CrosswalkEntry]:
    return MappingProxyType({entry.code: entry for entry in entries})


def _cut(entry: CrosswalkEntry, known: ClassTable) -> CrosswalkEntry:
    targets = tuple(
        cut for code in entry.targets if code[2] == "0" and (cut := code[:2] + code[3:]) in known
    )
    kind = entry.kind if targets else Passage.NONE
    return CrosswalkEntry(entry.code, targets, kind)
