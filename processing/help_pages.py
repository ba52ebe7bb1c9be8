"""Help pages of the algorithms: made from their own texts, kept as files, read without a network."""

from __future__ import annotations

from html import escape
from pathlib import Path

from qgis.core import (
    QgsApplication,
    QgsProcessingAlgorithm,
    QgsProcessingDestinationParameter,
    QgsProcessingParameterDefinition,
)
from qgis.PyQt.QtCore import QUrl

from ..plugin.log import write_log
from ..plugin.translation import is_chinese, translate

_STYLE = """
body { font-family: sans-serif; max-width: 52em; margin: 2em auto; padding: 0 1em;
       color: #222; background: #fff; line-height: 1.5; }
h1 { color: #1f6b4f; } h2 { border-bottom: 1px solid #ccc; padding-bottom: .2em; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .4em .6em; border-bottom: 1px solid #ddd; }
code, pre { background: #f2f5f3; border-radius: 3px; padding: .1em .3em; }
pre { padding: .7em; overflow-x: auto; white-space: pre-wrap; }
.must { color: #c62828; }
@media (prefers-color-scheme: dark) {
  body { color: #ddd; background: #1e2124; } h1 { color: #6cc5a0; }
  code, pre { background: #2b3034; } th, td { border-color: #444; }
}
"""


def help_folder() -> Path:
    """Return where the pages are kept in this profile, one folder for each language."""
    language = "zh" if is_chinese() else "en"
    return Path(QgsApplication.qgisSettingsDirPath()) / "wangge" / "help" / language


def help_url(algorithm: QgsProcessingAlgorithm, *, example: str = "") -> str:
    """Write the page of an algorithm and return its address, "" where it cannot be written."""
    path = help_folder() / f"{algorithm.name()}.html"
    text = help_page(algorithm, example=example)
    try:
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        write_log(f"{path}: {error}")
        return ""
    return QUrl.fromLocalFile(str(path)).toString()


def help_page(algorithm: QgsProcessingAlgorithm, *, example: str = "") -> str:
    """Return the page: what it does, each parameter, what comes out, an example."""
    definitions = algorithm.parameterDefinitions()
    given = [d for d in definitions if not isinstance(d, QgsProcessingDestinationParameter)]
    made = [d for d in definitions if isinstance(d, QgsProcessingDestinationParameter)]
    parts = [
        f"<h1>{escape(algorithm.displayName())}</h1>",
        f"<p>{escape(algorithm.shortDescription())}</p>",
        _table(translate("Wangge", "Parameters"), given),
        _table(translate("Wangge", "Results"), made),
    ]
    named = {d.name() for d in definitions}
    counts = [o for o in algorithm.outputDefinitions() if o.name() not in named]
    if counts:
        rows = "".join(
            f"<tr><td><code>{escape(o.name())}</code></td><td>{escape(o.description())}</td></tr>"
            for o in counts
        )
        heading = translate("Wangge", "Values for models and scripts")
        parts.append(f"<h2>{escape(heading)}</h2><table>{rows}</table>")
    if example:
        heading = translate("Wangge", "Example")
        parts.append(f"<h2>{escape(heading)}</h2><pre>{escape(example)}</pre>")
    body = "\n".join(part for part in parts if part)
    language = "zh-Hans" if is_chinese() else "en"
    title = escape(f"Wangge 网格 · {algorithm.displayName()}")
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f"<title>{title}</title><style>{_STYLE}</style></head>\n<body>\n{body}\n</body></html>\n"
    )


def _table(heading: str, definitions: list[QgsProcessingParameterDefinition]) -> str:
    if not definitions:
        return ""
    rows = "".join(_row(d) for d in definitions)
    return f"<h2>{escape(heading)}</h2>\n<table>\n{rows}</table>"


def _row(definition: QgsProcessingParameterDefinition) -> str:
    optional = bool(definition.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional)
    default = definition.defaultValue()
    notes = []
    if not optional and default in (None, ""):
        needed = translate("Wangge", "needed")
        notes.append(f'<span class="must">{escape(needed)}</span>')
    elif isinstance(default, str | int | float) and default != "":
        notes.append(escape(translate("Wangge", "default {value}").format(value=default)))
    return (
        f"<tr><td><b>{escape(definition.description())}</b><br>"
        f"<code>{escape(definition.name())}</code></td>"
        f"<td>{escape(definition.help())}</td><td>{'<br>'.join(notes)}</td></tr>\n"
    )
