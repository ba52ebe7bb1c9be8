"""Read assessment schemes: one TOML file each."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..errors import WanggeError
from ..standards.tables import RESOURCES
from ..translation import translate
from .scheme import LEVELS, Band, Factor, FactorValue, Scheme

FOLDER = RESOURCES / "schemes"

FORMULAS = ("product",)
BOUNDARIES = (">=", ">")

_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,39}")
_LARGEST_FILE = 1_000_000


def available_schemes() -> tuple[Scheme, ...]:
    """Return the schemes that come with the plugin, by id."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.toml")))


def load_scheme(id_or_path: str | Path) -> Scheme:
    """Return a scheme by id (``"lec"``), by reference (``"lec@1"``) or from a city's own file.

    Raises
    ------
    WanggeError
        When there is no such scheme, its version is another one, or the file breaks a
        rule; the sentence names the file and the key.
    """
    text = str(id_or_path)
    name, at, version = text.partition("@")
    if isinstance(id_or_path, Path) or not _IDENTIFIER.fullmatch(name):
        return _read(Path(id_or_path))
    # An edition kept beside the current one bears its version in the file name.
    for path in (FOLDER / f"{text}.toml", FOLDER / f"{name}.toml"):
        if path.is_file():
            scheme = _read(path)
            if at and version != str(scheme.version):
                raise WanggeError(
                    translate(
                        "Wangge",
                        "The scheme {wanted} is not here; version {version} of it is. Score "
                        "again with that version or give the file of the other one.",
                    ).format(wanted=text, version=scheme.version)
                )
            return scheme
    raise WanggeError(
        translate(
            "Wangge", "There is no scheme {id}. Give one of {known}, or the path of a TOML file."
        ).format(id=text, known=", ".join(p.stem for p in sorted(FOLDER.glob("*.toml"))))
    )


def _read(path: Path) -> Scheme:
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise OSError("larger than 1 MB")
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise WanggeError(
            translate("Wangge", "The scheme {path} cannot be read. Check the path.").format(
                path=path
            ),
            detail=str(error),
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WanggeError(
            translate(
                "Wangge", "The scheme {path} is no valid TOML text in UTF-8: {reason}."
            ).format(path=path, reason=error)
        ) from error
    return parse_scheme(table, source=str(path))


def parse_scheme(table: Mapping[str, Any], *, source: str = "") -> Scheme:
    """Build a scheme from the tables of a TOML file.

    Parameters
    ----------
    table : mapping
        As `tomllib` returns it.
    source : str
        Name of the file, for the sentences.

    Raises
    ------
    WanggeError
        For the first key that is missing, unknown or out of its range.
    """
    return _Reader(source or str(table.get("id", ""))).scheme(table)


class _Reader:
    """Reads tables key by key and words every refusal alike."""

    def __init__(self, source: str):
        self.source = source

    def refuse(self, key: str, reason: str) -> WanggeError:
        return WanggeError(
            translate("Wangge", "Scheme {source}, key {key}: {reason}").format(
                source=self.source, key=key, reason=reason
            )
        )

    def only(self, table: Mapping[str, Any], allowed: set[str], where: str) -> None:
        for key in table:
            if key not in allowed:
                raise self.refuse(
                    where + key,
                    translate("Wangge", "there is no such key; use {allowed}.").format(
                        allowed=", ".join(sorted(allowed))
                    ),
                )

    def text(self, table: Mapping[str, Any], key: str, where: str = "") -> str:
        value = table.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.refuse(where + key, translate("Wangge", "a text is needed here."))
        return value

    def number(self, table: Mapping[str, Any], key: str, where: str) -> float:
        value = table.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e9:
            raise self.refuse(
                where + key, translate("Wangge", "a number of 0 or more is needed here.")
            )
        return float(value)

    def choice(self, table: Mapping[str, Any], key: str, choices: tuple[str, ...]) -> str:
        value = table.get(key)
        if value not in choices:
            raise self.refuse(
                key,
                translate("Wangge", "{value} is none of {choices}.").format(
                    value=value, choices=", ".join(choices)
                ),
            )
        return str(value)

    def tables(self, table: Mapping[str, Any], key: str, where: str = "") -> list[Any]:
        value = table.get(key)
        if not isinstance(value, list) or not value or not all(isinstance(v, dict) for v in value):
            raise self.refuse(where + key, translate("Wangge", "one or more tables are needed."))
        return value

    def scheme(self, table: Mapping[str, Any]) -> Scheme:
        self.only(
            table,
            {
                *("id", "version", "title_en", "title_zh", "source", "formula", "boundary"),
                *("factor", "band"),
            },
            "",
        )
        id_ = self.text(table, "id")
        if not _IDENTIFIER.fullmatch(id_):
            raise self.refuse(
                "id",
                translate("Wangge", "use small letters, digits and _ only, a letter first."),
            )
        version = table.get("version")
        if isinstance(version, bool) or not isinstance(version, int) or version < 1:
            raise self.refuse("version", translate("Wangge", "a whole number from 1 is needed."))
        factors = tuple(self.factor(t, f"factor[{i}].") for i, t in self.numbered(table, "factor"))
        if len({f.field for f in factors}) < len(factors):
            raise self.refuse("factor.field", translate("Wangge", "two factors share one field."))
        return Scheme(
            id=id_,
            version=version,
            title_en=self.text(table, "title_en"),
            title_zh=self.text(table, "title_zh"),
            source=str(table.get("source", "")),
            formula=self.choice(table, "formula", FORMULAS),
            boundary=self.choice(table, "boundary", BOUNDARIES),
            factors=factors,
            bands=self.bands(table),
        )

    def numbered(self, table: Mapping[str, Any], key: str) -> list[tuple[int, Any]]:
        return list(enumerate(self.tables(table, key), 1))

    def factor(self, table: Mapping[str, Any], where: str) -> Factor:
        self.only(table, {"field", "symbol", "title_en", "title_zh", "values"}, where)
        field = self.text(table, "field", where)
        if not _IDENTIFIER.fullmatch(field):
            raise self.refuse(
                where + "field",
                translate("Wangge", "use small letters, digits and _ only, a letter first."),
            )
        values = []
        for i, entry in enumerate(self.tables(table, "values", where), 1):
            at = f"{where}values[{i}]."
            self.only(entry, {"value", "en", "zh"}, at)
            values.append(
                FactorValue(
                    self.number(entry, "value", at),
                    self.text(entry, "en", at),
                    self.text(entry, "zh", at),
                )
            )
        if len({v.value for v in values}) < len(values):
            raise self.refuse(
                where + "values", translate("Wangge", "one value is listed more than once.")
            )
        return Factor(
            field=field,
            symbol=self.text(table, "symbol", where),
            title_en=self.text(table, "title_en", where),
            title_zh=self.text(table, "title_zh", where),
            values=tuple(values),
        )

    def bands(self, table: Mapping[str, Any]) -> tuple[Band, ...]:
        bands = []
        entries = self.numbered(table, "band")
        if [t.get("level") for _, t in entries] != list(LEVELS):
            raise self.refuse(
                "band.level",
                translate("Wangge", "the bands must be {levels}, in this order.").format(
                    levels=", ".join(LEVELS)
                ),
            )
        for i, entry in entries:
            where = f"band[{i}]."
            self.only(entry, {"level", "from"}, where)
            if i == len(entries):
                if "from" in entry:
                    raise self.refuse(
                        where + "from",
                        translate("Wangge", "the lowest band takes every lower score: leave out."),
                    )
                bands.append(Band(entry["level"], float("-inf")))
                continue
            lower = self.number(entry, "from", where)
            if bands and lower >= bands[-1].lower:
                raise self.refuse(
                    where + "from",
                    translate("Wangge", "it must be less than that of the band above."),
                )
            bands.append(Band(entry["level"], lower))
        return tuple(bands)
