"""Parts of a profile's document as rows of texts, and back; where a mistake stands among them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

from ...errors import WanggeError
from ...standards.toml_text import dump
from ...translation import translate
from .profile_form import Entry, Table

Document = dict[str, Any]
KeyPath = Sequence[str | int]


def take(document: Mapping[str, Any], key: str) -> Any:
    """Return the value of a dotted key, None when it is not there."""
    value: Any = document
    for name in key.split("."):
        if not isinstance(value, Mapping) or name not in value:
            return None
        value = value[name]
    return value


def put(document: Document, key: str, value: Any) -> None:
    """Set the value of a dotted key; None, "" and what is empty take it away."""
    *above, last = key.split(".")
    for name in above:
        document = document.setdefault(name, {})
    if value is None or value == "" or value == [] or value == {}:
        document.pop(last, None)
    else:
        document[last] = value


def to_text(entry: Entry, value: Any) -> str:
    """Return a value as people edit it."""
    if value is None or value is False:
        return ""
    if entry.kind == "flag":
        return "true"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    if isinstance(value, Mapping):
        return "; ".join(dump({k: v}).strip() for k, v in value.items())
    return str(value)


def from_text(entry: Entry, text: str) -> Any:
    """Return what people entered as the file has it; what is no such value stays a text.

    The reader of profiles tells what is wrong with it.
    """
    text = text.strip()
    if entry.kind == "flag":
        return True if text == "true" else None
    if entry.kind in ("texts", "checks"):
        return [part for part in (p.strip() for p in re.split("[,，、;；]", text)) if part]
    if entry.kind == "values":
        return _values(text)
    if entry.kind in ("integer", "number"):
        for kind in (int, float):
            try:
                return kind(text)
            except ValueError:
                continue
    return text


def _values(text: str) -> Any:
    if not text:
        return {}
    parts = [part.strip() for part in re.split("[;；]", text) if part.strip()]
    try:
        return tomllib.loads("\n".join(parts))
    except tomllib.TOMLDecodeError as error:
        raise WanggeError(
            translate(
                "Wangge", '“{text}” must look like: name = 3; other = "text" ({problem}).'
            ).format(text=text, problem=error)
        ) from None


Row = dict[str, Any]


def rows_of(table: Table, document: Mapping[str, Any]) -> list[Row]:
    """Return a part of the profile as rows: column -> value."""
    part = take(document, table.key)
    if table.shape == "map":
        key = table.columns[0].key
        return [{key: name, **entry} for name, entry in (part or {}).items()]
    if table.shape == "nested":
        layer, field, value = (c.key for c in table.columns)
        return [
            {layer: name, field: inner, value: given}
            for name, entries in (part or {}).items()
            for inner, given in entries.items()
        ]
    rows = [dict(row) for row in part or []]
    if table.shape == "fields":
        for own in document.get("layers", []):
            rows += [{"layer": own.get("name", ""), **row} for row in own.get("fields", [])]
    return rows


def store_tables(
    document: Document, tables: Mapping[Table, Sequence[Row]]
) -> dict[str, list[tuple]]:
    """Put the rows of all tables into the document; return the paths of the rows by table."""
    # Layers before fields: those of a city's own layer lie inside it.
    order = sorted(tables, key=lambda table: table.shape == "fields")
    return {table.key: store_rows(table, document, tables[table]) for table in order}


def store_rows(table: Table, document: Document, rows: Sequence[Row]) -> list[tuple]:
    """Put rows into the document; return the path of each row there.

    Rows without any value are left out; their path is empty.
    """
    if table.shape == "map":
        key = table.columns[0].key
        put(document, table.key, {r.get(key, ""): _filled(r, key) for r in rows if r})
        return [(*table.key.split("."), r.get(key, "")) if r else () for r in rows]
    if table.shape == "nested":
        layer, field, value = (c.key for c in table.columns)
        nested: dict[str, dict[str, Any]] = {}
        for row in rows:
            if row:
                inner = nested.setdefault(row.get(layer, ""), {})
                inner[row.get(field, "")] = row.get(value, "")
        put(document, table.key, nested)
        return [
            (*table.key.split("."), r.get(layer, ""), r.get(field, "")) if r else () for r in rows
        ]
    if table.shape == "fields":
        return _store_fields(document, rows)
    kept = take(document, table.key) or []
    columns = {c.key for c in table.columns}
    made: list[Row] = []
    paths: list[tuple] = []
    for row in rows:
        paths.append((table.key, len(made)) if row else ())
        if row:
            # What the form does not show of an entry of the same name goes along.
            same: Mapping[str, Any] = next((k for k in kept if _same(table, k, row)), {})
            made.append({**_filled(row), **{k: v for k, v in same.items() if k not in columns}})
    put(document, table.key, made)
    return paths


def _same(table: Table, kept: Mapping[str, Any], row: Row) -> bool:
    return bool(kept.get(table.columns[0].key) == row.get(table.columns[0].key))


def _store_fields(document: Document, rows: Sequence[Row]) -> list[tuple]:
    own = {layer.get("name"): layer for layer in document.get("layers", [])}
    order = list(own)
    for layer in own.values():
        layer["fields"] = []
    standard: list[Row] = []
    paths: list[tuple] = []
    for row in rows:
        name = row.get("layer", "")
        if not row:
            paths.append(())
        elif name in own:
            paths.append(("layers", order.index(name), "fields", len(own[name]["fields"])))
            own[name]["fields"].append(_filled(row, "layer"))
        else:
            paths.append(("fields", len(standard)))
            standard.append(_filled(row))
    put(document, "fields", standard)
    return paths


def _filled(row: Row, *without: str) -> Row:
    return {k: v for k, v in row.items() if k not in without and v not in (None, "", [], {})}


def row_of(path: KeyPath, paths: Sequence[tuple]) -> tuple[int, str] | None:
    """Return row and key of a mistake, None when it stands in none of the rows."""
    for row, place in enumerate(paths):
        if place and tuple(path[: len(place)]) == place:
            rest = [p for p in path[len(place) :] if isinstance(p, str)]
            return row, rest[0] if rest else ""
    return None
