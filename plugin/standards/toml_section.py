"""Take values out of a TOML document; what is wrong is told with file, line and key."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn

from ..errors import WanggeError
from ..translation import translate
from .toml_text import KeyPath, key_lines, line_of


class TomlKeyError(WanggeError):
    """A key of a document is wrong.

    Parameters
    ----------
    message, detail : str
    path : tuple
        Of the key: names, and indexes in lists of tables.
    problem : str
        What is wrong, without file, line and key.
    """

    def __init__(self, message: str, detail: str = "", path: KeyPath = (), problem: str = ""):
        super().__init__(message, detail)
        self.path = path
        self.problem = problem

    def __reduce__(self):
        return type(self), (self.message, self.detail, self.path, self.problem)


class Section:
    """One table of a document; every key must be asked for before `finish`."""

    def __init__(self, data: Mapping[str, Any], path: KeyPath, file: Path, lines: dict):
        self._data = data
        self._path = path
        self._file = file
        self._lines = lines
        self._asked: set[str] = set()

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text; without a default it must be there and not be empty."""
        value = self._get(key, str, translate("Wangge", "a text"), default)
        if default is None and not value.strip():
            self.fail(key, translate("Wangge", "it must not be empty"))
        return value

    def choice(self, key: str, allowed: Collection[str], default: str | None = None) -> str:
        """Return a text out of a list."""
        value = self.text(key, default)
        if value != default and value not in allowed:
            self._fail_choice(key, value, allowed)
        return value

    def integer(self, key: str, default: int, *, least: int = 0) -> int:
        """Return a whole number that is not below ``least``."""
        value = self._get(key, int, translate("Wangge", "a whole number"), default)
        if value < least:
            self.fail(key, translate("Wangge", "it must be at least {least}").format(least=least))
        return value

    def number(self, key: str, default: float) -> float:
        """Return a finite number that is not negative."""
        value = self._get(key, (int, float), translate("Wangge", "a number"), default)
        if not 0 <= value < float("inf"):
            self.fail(key, translate("Wangge", "it must not be negative or infinite"))
        return float(value)

    def flag(self, key: str) -> bool:
        """Return true or false, false when it is not there."""
        return self._get(key, bool, translate("Wangge", "true or false"), False)

    def texts(self, key: str, allowed: Collection[str] = ()) -> tuple[str, ...] | None:
        """Return a list of different texts, None when it is not there."""
        value = self._get(key, list, translate("Wangge", "a list of texts"), None, optional=True)
        if value is None:
            return None
        if not all(isinstance(v, str) for v in value):
            self.fail(key, translate("Wangge", "it must be a list of texts"))
        for position, text in enumerate(value):
            if allowed and text not in allowed:
                self._fail_choice(key, text, allowed)
            if text in value[:position]:
                self.fail(key, translate("Wangge", "“{text}” is there twice").format(text=text))
        return tuple(value)

    def table(self, key: str) -> Section:
        """Return a table below this one, an empty one when it is not there."""
        data = self._get(key, dict, translate("Wangge", "a table"), {})
        return self._below(data, key)

    def tables(self, key: str) -> list[Section]:
        """Return the entries of an array of tables."""
        entries = self._get(key, list, translate("Wangge", "a list of tables"), [])
        if not all(isinstance(e, dict) for e in entries):
            self.fail(key, translate("Wangge", "it must be a list of tables"))
        return [self._below(e, key, i) for i, e in enumerate(entries)]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the keys that are there."""
        return iter(self._data)

    def raw(self, key: str) -> Any:
        """Return a value as it is."""
        self._asked.add(key)
        return self._data[key]

    def finish(self) -> None:
        """Refuse keys that nobody asked for: most often they are misspelt."""
        for key in self._data:
            if key in self._asked:
                continue
            close = get_close_matches(key, self._asked - set(self._data), n=1)
            hint = (
                translate("Wangge", "this key is not known; “{close}” may be meant").format(
                    close=close[0]
                )
                if close
                else translate("Wangge", "this key is not known; remove it")
            )
            self.fail(key, hint)

    def fail(self, key: str, problem: str) -> NoReturn:
        """Raise the error for a key of this table; an empty key is the table itself."""
        path = (*self._path, key) if key else self._path
        raise TomlKeyError(
            translate("Wangge", "{file}, line {line}, “{key}”: {problem}.").format(
                file=self._file.name,
                line=line_of(self._lines, path),
                key=".".join(str(p) for p in path if isinstance(p, str)),
                problem=problem.rstrip(".。"),
            ),
            str(self._file),
            path,
            problem,
        )

    def _fail_choice(self, key: str, value: str, allowed: Collection[str]) -> NoReturn:
        self.fail(
            key,
            translate("Wangge", "“{value}” is not among {allowed}").format(
                value=value, allowed=", ".join(allowed)
            ),
        )

    def _below(self, data: Mapping[str, Any], *steps: str | int) -> Section:
        return Section(data, (*self._path, *steps), self._file, self._lines)

    def _get(self, key: str, kind: Any, expected: str, default: Any, *, optional=False) -> Any:
        self._asked.add(key)
        if key not in self._data:
            if default is None and not optional:
                self.fail(key, translate("Wangge", "it is missing"))
            return default
        value = self._data[key]
        # TOML's true is no number, though Python's is.
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.fail(key, translate("Wangge", "it must be {expected}").format(expected=expected))
        return value


def read_toml(path: Path) -> Section:
    """Return the document in a file.

    Raises
    ------
    WanggeError
        When the file cannot be read or is no TOML; names the line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise WanggeError(
            translate("Wangge", "{file} cannot be read; it must be a text file in UTF-8.").format(
                file=path
            ),
            detail=str(error),
        ) from error
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WanggeError(
            translate("Wangge", "{file} is no valid TOML: {problem}.").format(
                file=path.name, problem=error
            ),
            detail=str(path),
        ) from error
    return Section(data, (), path, key_lines(text))
