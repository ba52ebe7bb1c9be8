"""CSV and XLSX deliveries: find encoding, delimiter and heading row, yield columns."""

from __future__ import annotations

import csv
import io
import itertools
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from ...errors import WanggeError
from ...translation import translate
from ..columns import nulls
from .encoding import UTF8, Encoding, decode, detect, required
from .raw import CHUNK, RawRows, SourceInfo, no_problems, take_sample

_HEAD_ROWS = 20
_SAMPLE_BYTES = 1_000_000
_REMEMBERED = 100_000
# Share of NUL bytes from which a file is no text.
_MOST_NULS = 0.05
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def heading_row(rows: Sequence[Sequence[Any]]) -> int:
    """Return which of the first rows holds the headings; title lines stand above it.

    The headings are the first row that fills as many columns as any, with distinct
    texts that are no numbers.
    """
    filled = [sum(_is_filled(v) for v in row) for row in rows]
    widest = max(filled, default=0)
    for i, row in enumerate(rows):
        texts = [str(v).strip() for v in row if _is_filled(v)]
        named = all(not _is_number(t) for t in texts)
        if filled[i] >= max(1, 0.8 * widest) and named and len(set(texts)) == len(texts):
            return i
    return next((i for i, n in enumerate(filled) if n), 0)


def _is_filled(value: Any) -> bool:
    return value is not None and str(value).strip() != ""


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def heading_names(row: Sequence[Any]) -> tuple[str, ...]:
    """Return distinct column names for a heading row."""
    names: list[str] = []
    times: Counter[str] = Counter()
    for i, value in enumerate(row):
        name = " ".join(str(value).split()) if _is_filled(value) else f"column_{i + 1}"
        times[name] += 1
        names.append(name if times[name] == 1 else f"{name}_{times[name]}")
    return tuple(names)


def _columns(names: Sequence[str], rows: list[list], start: int, numbers: list[int]) -> RawRows:
    columns = {name: nulls(len(rows)) for name in names}
    problems = no_problems(len(rows))
    surplus = [i for i, row in enumerate(rows) if any(_is_filled(v) for v in row[len(names) :])]
    for position, name in enumerate(names):
        columns[name][:] = [
            row[position] if position < len(row) and _is_filled(row[position]) else None
            for row in rows
        ]
    if surplus:
        problems[surplus] = translate(
            "Wangge", "The row has more values than there are headings; a quote may be missing."
        )
    return RawRows(columns, None, np.array(numbers, dtype=np.int64), problems)


def _chunked(
    names: Sequence[str], rows: Iterable[tuple[int, Sequence]], size: int
) -> Iterator[RawRows]:
    filled = ((i, list(r)) for i, r in rows if any(_is_filled(v) for v in r))
    while part := list(itertools.islice(filled, size)):
        yield _columns(names, [r for _, r in part], part[0][0], [i for i, _ in part])


class CsvSource:
    """Text with comma, semicolon, tab or bar between the values."""

    def __init__(self, path: Path, *, encoding: str = ""):
        self._path = path
        try:
            with path.open("rb") as file:
                start = file.read(_SAMPLE_BYTES)
        except OSError as error:
            raise _unreadable(path, error) from error
        if not start.strip(b"\0 \r\n\t") or _is_binary(start):
            raise WanggeError(
                translate(
                    "Wangge", "The file {file} is empty or holds no text. Choose another file."
                ).format(file=path.name)
            )
        self._encoding = _text_encoding(start, encoding)
        text = start.decode(self._encoding.name, errors="replace").replace("\0", "")
        lines = text.splitlines()[: _HEAD_ROWS * 5]
        self._delimiter = _delimiter(lines)
        with self._reading() as rows:
            head = [row for _, row in itertools.islice(rows, _HEAD_ROWS)]
        self._heading = heading_row(head)
        self._names = heading_names(head[self._heading]) if head else ()
        self.info = SourceInfo(path, "CSV", self._encoding, self._names)
        self.info = replace(self.info, sample=take_sample(self))

    def _reading(self) -> _Rows:
        return _Rows(self._path, self._encoding.name, self._delimiter)

    def chunks(self, size: int = CHUNK) -> Iterator[RawRows]:
        """Yield all rows in order."""
        with self._reading() as rows:
            body = itertools.islice(rows, self._heading + 1, None)
            yield from _chunked(self._names, body, size)


class _Rows:
    """The rows of a CSV with their line numbers; values in another encoding are mended."""

    def __init__(self, path: Path, encoding: str, delimiter: str):
        self._path, self._encoding, self._delimiter = path, encoding, delimiter
        self._known: dict[str, str] = {}

    def __enter__(self) -> Iterator[tuple[int, list[str]]]:
        try:
            # Escaped bytes stay in the text as lone surrogates until they are mended.
            self._file = io.TextIOWrapper(
                self._path.open("rb"), self._encoding, errors="surrogateescape", newline=""
            )
        except OSError as error:
            raise _unreadable(self._path, error) from error
        return self._rows()

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        # Crashed loggers and phones leave NUL behind, which is no part of any value.
        lines = (line.replace("\0", "") for line in self._file)
        reader = csv.reader(lines, delimiter=self._delimiter)
        try:
            for row in reader:
                yield reader.line_num, [v if v.isascii() else self._mended(v) for v in row]
        except (csv.Error, UnicodeError) as error:
            raise WanggeError(
                translate(
                    "Wangge",
                    "Line {line} of {file} cannot be read: {error}. Correct it in a text editor "
                    "(often a quote is missing), or choose another encoding.",
                ).format(line=reader.line_num, file=self._path.name, error=error)
            ) from error

    def _mended(self, value: str) -> str:
        if self._encoding == "utf-16" or value in self._known:
            return self._known.get(value, value)
        raw = value.encode(self._encoding.replace("-sig", ""), "surrogateescape")
        mended = decode(raw, self._encoding)[0]
        if len(self._known) < _REMEMBERED:
            self._known[value] = raw.decode("latin-1") if mended is None else mended
        return raw.decode("latin-1") if mended is None else mended


def _is_binary(start: bytes) -> bool:
    wide = start.startswith(tuple(mark for mark, name in _MARKS if name == "utf-16"))
    text = start.rstrip(b"\0")  # what a full disk or a crash leaves at the end
    return not wide and text.count(b"\0") > _MOST_NULS * len(text)


def _text_encoding(start: bytes, given: str) -> Encoding:
    for mark, name in _MARKS:
        if start.startswith(mark):
            return Encoding(required(given) or name, "given" if given else "file")
    return detect(start.splitlines(), given=given)


def _delimiter(lines: list[str]) -> str:
    # The right one cuts the lines into equally many pieces, and many.
    def merit(delimiter: str) -> tuple[float, int]:
        pieces = Counter(len(row) for row in csv.reader(lines[:50], delimiter=delimiter) if row)
        (count, times) = max(pieces.items(), key=lambda p: (p[1], p[0]), default=(1, 0))
        return (times / max(1, pieces.total()) if count > 1 else 0.0, count)

    try:
        return max((",", "\t", ";", "|"), key=merit)
    except csv.Error:
        return ","


class XlsxSource:
    """One sheet of an Excel workbook."""

    def __init__(self, path: Path, *, layer: str = ""):
        self._path = path
        workbook = _workbook(path)
        try:
            sheets = tuple(workbook.sheetnames)
            if layer and layer not in sheets:
                raise WanggeError(
                    translate(
                        "Wangge",
                        "The workbook {file} has no sheet “{layer}”. It has: {layers}. Choose one "
                        "of them.",
                    ).format(file=path.name, layer=layer, layers=", ".join(sheets))
                )
            self._sheet = layer or next((s for s in sheets if _has_cells(workbook[s])), "")
            if not self._sheet:
                raise WanggeError(
                    translate(
                        "Wangge", "The workbook {file} has no sheet with values. Choose another."
                    ).format(file=path.name)
                )
            head = list(
                itertools.islice(workbook[self._sheet].iter_rows(values_only=True), _HEAD_ROWS)
            )
        finally:
            workbook.close()
        self._heading = heading_row(head)
        self._names = heading_names(_trimmed(head[self._heading]))
        self.info = SourceInfo(
            path, "XLSX", Encoding(UTF8, "file"), self._names, self._sheet, sheets
        )
        self.info = replace(self.info, sample=take_sample(self))

    def chunks(self, size: int = CHUNK) -> Iterator[RawRows]:
        """Yield all rows in order."""
        workbook = _workbook(self._path)
        try:
            first = self._heading + 2
            sheet = workbook[self._sheet].iter_rows(min_row=first, values_only=True)
            yield from _chunked(self._names, enumerate(sheet, first), size)
        finally:
            workbook.close()


def _workbook(path: Path) -> Any:
    try:
        import openpyxl
    except ImportError as error:
        raise WanggeError(
            translate(
                "Wangge",
                "Reading workbooks needs the Python package openpyxl, which is not installed. "
                "Install it, or save the sheet as CSV.",
            ),
            detail=str(error),
        ) from error
    try:
        return openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError, SyntaxError) as error:
        raise WanggeError(
            translate(
                "Wangge",
                "The workbook {file} cannot be opened: it is damaged, locked, protected by a "
                "password or an old .xls. Save it again as .xlsx.",
            ).format(file=path.name),
            detail=str(error),
        ) from error


def _has_cells(sheet: Any) -> bool:
    rows = sheet.iter_rows(max_row=_HEAD_ROWS, values_only=True)
    return any(_is_filled(v) for row in rows for v in row)


def _trimmed(row: Sequence[Any]) -> Sequence[Any]:
    width = max((i + 1 for i, v in enumerate(row) if _is_filled(v)), default=0)
    return row[:width]


def _unreadable(path: Path, error: OSError) -> WanggeError:
    return WanggeError(
        translate(
            "Wangge",
            "The file {file} cannot be read. Check that it exists, that you may read it and that "
            "no other program has locked it.",
        ).format(file=path),
        detail=str(error),
    )
