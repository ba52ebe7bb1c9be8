"""The help's first page: the windows and tools, and every algorithm with its own page; offline."""

from __future__ import annotations

from html import escape
from pathlib import Path

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QUrl

from ...errors import WanggeError
from ...translation import is_chinese, translate

_STYLE = """
body { font-family: sans-serif; max-width: 52em; margin: 2em auto; padding: 0 1em;
       color: #222; background: #fff; line-height: 1.5; }
h1 { color: #1f6b4f; } h2 { border-bottom: 1px solid #ccc; padding-bottom: .2em; }
dt { font-weight: bold; margin-top: .6em; } dd { margin-left: 1.2em; } a { color: #1f6b4f; }
@media (prefers-color-scheme: dark) {
  body { color: #ddd; background: #1e2124; } h1, a { color: #6cc5a0; }
}
"""


def windows() -> list[tuple[str, str]]:
    """Return the windows and tools with what they are for."""
    return [
        (
            translate("Wangge", "Wangge panel"),
            translate(
                "Wangge",
                "The steps of the four subjects with how far each is. Double click or Enter opens a "
                "step; drag a layer onto a step to use it.",
            ),
        ),
        (
            translate("Wangge", "Findings panel"),
            translate(
                "Wangge",
                "What the checks found: filter, group, show on the map (N and P go to the next and "
                "the previous one), accept with a reason, apply suggested fixes, check again.",
            ),
        ),
        (
            translate("Wangge", "Editing unit grids"),
            translate(
                "Wangge",
                "Split by a line, halve, merge, move a corner, draw a border anew. The hint beside the "
                "cursor shows areas; Esc forgets what was begun, Ctrl+Z undoes one edit. Codes, dates "
                "and lineage are kept.",
            ),
        ),
        (
            translate("Wangge", "Search field of QGIS (Ctrl+K)"),
            translate(
                "Wangge",
                "Type a code or a name. To search one kind only begin with wgg (unit grids), wgc "
                "(components), wgs (communities), wga (addresses) or wgr (risks).",
            ),
        ),
        (
            translate("Wangge", "Right mouse button on the map"),
            translate(
                "Wangge",
                "On a cell, component or risk: show it, open its form, copy its code, see its "
                "findings, pack the cell for the field.",
            ),
        ),
        (
            translate("Wangge", "Browser of QGIS"),
            translate(
                "Wangge",
                "Platform databases with their layers, to be dragged into the map, and their pushes, "
                "to be reverted.",
            ),
        ),
    ]


def write_help() -> Path:
    """Write the pages into the profile and return the first one.

    Raises
    ------
    WanggeError
        If the profile cannot be written.
    """
    provider = QgsApplication.processingRegistry().providerById("wangge")
    groups: dict[str, list[tuple[str, str, str]]] = {}
    for algorithm in sorted(provider.algorithms(), key=lambda a: (a.group(), a.displayName())):
        entry = (algorithm.displayName(), algorithm.shortDescription(), algorithm.helpUrl())
        groups.setdefault(algorithm.group(), []).append(entry)
    language = "zh" if is_chinese() else "en"
    folder = Path(QgsApplication.qgisSettingsDirPath()) / "wangge" / "help" / language
    path = folder / "index.html"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(_page(groups), encoding="utf-8")
    except OSError as error:
        raise WanggeError(
            translate(
                "Wangge",
                "The file “{path}” cannot be written: {reason}. Choose another place or make room.",
            ).format(path=path, reason=error.strerror or error)
        ) from error
    return path


def _page(groups: dict[str, list[tuple[str, str, str]]]) -> str:
    parts = ["<h1>Wangge 网格</h1><dl>"]
    parts += [f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in windows()]
    parts.append("</dl>")
    for group, entries in groups.items():
        parts.append(f"<h2>{escape(group)}</h2><dl>")
        parts += [_entry(*entry) for entry in entries]
        parts.append("</dl>")
    language = "zh-Hans" if is_chinese() else "en"
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f"<title>Wangge 网格</title><style>{_STYLE}</style></head>\n<body>\n"
        + "\n".join(parts)
        + "\n</body></html>\n"
    )


def _entry(title: str, summary: str, url: str) -> str:
    name = escape(title)
    if url:
        name = f'<a href="{escape(QUrl(url).fileName())}">{name}</a>'
    return f"<dt>{name}</dt><dd>{escape(summary)}</dd>"
