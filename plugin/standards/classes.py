"""Class tables by edition: the component classes, and the matters (events) of the cases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache, cached_property
from pathlib import Path

from ..errors import WanggeError
from ..translation import translate
from .component_class import ComponentClass, Subclass
from .editions import Edition, edition
from .pinyin import NO_MATCH, match_rank
from .spec import Geometry
from .tables import read_csv, table_path

EXTENSION_SUFFIX = "（自定义）"
FIRST_EXTENSION, LAST_EXTENSION = 80, 999


class ClassTable(Mapping[str, ComponentClass]):
    """The classes of one edition by code, in the order of the standard.

    Parameters
    ----------
    of : Edition
    classes : iterable of ComponentClass
    subclasses : iterable of Subclass

    Raises
    ------
    WanggeError
        When two classes share a code, or a code has not the edition's length.
    """

    def __init__(
        self,
        of: Edition,
        classes: Iterable[ComponentClass],
        subclasses: Iterable[Subclass] = (),
    ):
        self.edition = of
        self._by_code: dict[str, ComponentClass] = {}
        for entry in classes:
            _check_code(entry.code, entry.name_zh, of)
            if entry.code in self._by_code:
                raise WanggeError(
                    translate(
                        "Wangge",
                        "The class code {code} is given twice, to “{first}” and to “{second}”.",
                    ).format(
                        code=entry.code,
                        first=self._by_code[entry.code].name_zh,
                        second=entry.name_zh,
                    )
                )
            self._by_code[entry.code] = entry
        self._subclasses: dict[str, tuple[Subclass, ...]] = {}
        for sub in subclasses:
            known = self._subclasses.get(sub.class_code, ())
            self._subclasses[sub.class_code] = (*known, sub)

    def __getitem__(self, code: str) -> ComponentClass:
        return self._by_code[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_code)

    def __len__(self) -> int:
        return len(self._by_code)

    @cached_property
    def majors(self) -> dict[str, str]:
        """Major code -> its name in the user's language."""
        return {c.major_code: c.major_name for c in self.values()}

    def subclasses(self, class_code: str) -> tuple[Subclass, ...]:
        """Return the 细类 of a class, empty where the city has none."""
        return self._subclasses.get(class_code, ())

    def subclass(self, code: str) -> Subclass | None:
        """Return the 细类 of this code, None where the city has none such."""
        return self._subclass_by_code.get(code)

    @cached_property
    def _subclass_by_code(self) -> dict[str, Subclass]:
        return {sub.code: sub for subs in self._subclasses.values() for sub in subs}

    def by_name(self, name_zh: str) -> ComponentClass | None:
        """Return the class with exactly this Chinese name (with or without （自定义）)."""
        wanted = name_zh.strip().removesuffix(EXTENSION_SUFFIX)
        return self._by_name.get(wanted)

    @cached_property
    def _by_name(self) -> dict[str, ComponentClass]:
        return {c.name_zh.removesuffix(EXTENSION_SUFFIX): c for c in reversed(tuple(self.values()))}

    def search(self, typed: str, limit: int | None = None) -> list[ComponentClass]:
        """Return the classes that ``typed`` may mean, the best match first.

        It may be the beginning of a code, part of the Chinese name, the beginning of an English
        word, or pinyin initials (``"gsjg"`` finds 供水井盖). Nothing typed finds all.
        """
        key = typed.strip().lower()
        ranked = sorted(
            (match_rank(entry.code, entry.name_zh, entry.name_en, key), entry.code)
            for entry in self.values()
        )
        found = [self[code] for rank, code in ranked if rank < NO_MATCH]
        return found[:limit]

    def with_extensions(
        self, classes: Iterable[ComponentClass] = (), subclasses: Iterable[Subclass] = ()
    ) -> ClassTable:
        """Return a copy with a city's own minor classes and 细类.

        A class of the standard's code replaces the standard's entry only in geometry and
        accuracy; a new one must lie in the range for extensions, and its name gets the
        suffix （自定义）.

        Raises
        ------
        WanggeError
            When a new code lies outside the range or a 细类 belongs to no class.
        """
        merged = dict(self._by_code)
        for entry in classes:
            merged[entry.code] = _extension(entry, merged.get(entry.code), self.edition)
        added = tuple(subclasses)
        for sub in added:
            if sub.class_code not in merged:
                raise WanggeError(
                    translate(
                        "Wangge",
                        "The subclass {code} “{name}” belongs to class {parent}, which is not in "
                        "{number}.",
                    ).format(
                        code=sub.code,
                        name=sub.name_zh,
                        parent=sub.class_code,
                        number=self.edition.number,
                    )
                )
        known = tuple(s for subs in self._subclasses.values() for s in subs)
        return ClassTable(self.edition, merged.values(), (*known, *added))

    def next_extension_code(self, major_code: str) -> str:
        """Return the next free code for a city's own class: downward from the last one.

        Raises
        ------
        WanggeError
            When the major class has no free code left.
        """
        width = self.edition.minor_width
        last = min(LAST_EXTENSION, 10**width - 1)
        for minor in range(last, FIRST_EXTENSION - 1, -1):
            code = f"{major_code}{minor:0{width}d}"
            if code not in self._by_code:
                return code
        raise WanggeError(
            translate("Wangge", "Major class {major} has no free code left for extensions.").format(
                major=major_code
            )
        )


@cache
def class_table(of: str | Edition = "", kind: str = "component") -> ClassTable:
    """Return the table of an edition as the standard has it.

    Parameters
    ----------
    of : str or Edition
        Any spelling that `editions.edition` takes; empty for the default edition.
    kind : {"component", "matter"}
        Matters are called events in the older editions.
    """
    chosen = edition(of)
    if chosen.provisional:
        return _derived(chosen, class_table("gbt47678_5_2026", kind), kind)
    return read_class_table(table_path(f"{kind}s_{chosen.id}"), chosen)


def read_class_table(path: str | Path, of: str | Edition = "") -> ClassTable:
    """Read a class table from a CSV file, for instance a city's own.

    Columns: ``major_code``, ``major_name``, ``minor_code``, ``minor_name``; optional are
    ``major_name_en``, ``minor_name_en``, ``geometry``, ``accuracy`` and ``status``.

    Raises
    ------
    WanggeError
        When the file cannot be read, a column is missing or a row is wrong; names the row.
    """
    chosen = edition(of)
    rows = read_csv(path)
    missing = {"major_code", "major_name", "minor_code", "minor_name"} - set(
        rows[0] if rows else ()
    )
    if missing:
        raise WanggeError(
            translate("Wangge", "The class table {path} lacks the column {column}.").format(
                path=path, column=", ".join(sorted(missing))
            )
        )
    classes = []
    for number, row in enumerate(rows, start=2):
        try:
            classes.append(_row_to_class(row, chosen))
        except ValueError as error:
            raise WanggeError(
                translate(
                    "Wangge", "Line {line} of the class table {path} is wrong: {problem}."
                ).format(line=number, path=path, problem=error)
            ) from error
    return ClassTable(chosen, classes)


def _row_to_class(row: Mapping[str, str], of: Edition) -> ComponentClass:
    major = row["major_code"].strip().zfill(2)
    return ComponentClass(
        code=major + row["minor_code"].strip().zfill(of.minor_width),
        major_code=major,
        name_zh=row["minor_name"].strip(),
        name_en=row.get("minor_name_en") or "",
        major_name_zh=row["major_name"].strip(),
        major_name_en=row.get("major_name_en") or "",
        geometries=tuple(Geometry(g) for g in (row.get("geometry") or "").split()),
        accuracy=row.get("accuracy") or "",
        status=row.get("status") or "found",
    )


def _check_code(code: str, name: str, of: Edition) -> None:
    if not re.fullmatch(rf"[0-9]{{{of.class_code_length}}}", code):
        raise WanggeError(
            translate(
                "Wangge",
                "The class code “{code}” of “{name}” must have {length} digits under {number}.",
            ).format(code=code, name=name, length=of.class_code_length, number=of.number)
        )


def _extension(
    entry: ComponentClass, standard: ComponentClass | None, of: Edition
) -> ComponentClass:
    _check_code(entry.code, entry.name_zh, of)
    if standard is not None and not standard.is_extension:
        return replace(
            standard,
            geometries=entry.geometries or standard.geometries,
            accuracy=entry.accuracy or standard.accuracy,
        )
    # Major class 21 is the older editions' own room for what a city adds.
    if int(entry.minor_code) < FIRST_EXTENSION and entry.major_code != "21":
        raise WanggeError(
            translate(
                "Wangge",
                "The city's own class {code} “{name}” lies among the standard's codes; own minor "
                "classes begin with {first}.",
            ).format(
                code=entry.code, name=entry.name_zh, first=f"{FIRST_EXTENSION:0{of.minor_width}d}"
            )
        )
    name = entry.name_zh.removesuffix(EXTENSION_SUFFIX) + EXTENSION_SUFFIX
    return replace(entry, name_zh=name, status="city")


def _derived(of: Edition, current: ClassTable, kind: str) -> ClassTable:
    # Every 2013 code that could be checked equals the 2026 code with the minor class cut to
    # two digits; events were numbered from major class 01, matters are from 06.
    classes = []
    for entry in current.values():
        major = int(entry.major_code)
        if kind == "matter":
            major -= 5
        if major < 1 or int(entry.minor_code) > 99:
            continue
        classes.append(
            replace(
                entry,
                code=f"{major:02d}{int(entry.minor_code):02d}",
                major_code=f"{major:02d}",
                status="provisional",
            )
        )
    return ClassTable(of, classes)
