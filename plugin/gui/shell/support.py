"""What support needs to know about a mistake, without what it must not know."""

from __future__ import annotations

import platform
import re
import sys
from configparser import ConfigParser
from importlib.metadata import PackageNotFoundError, version

from qgis.core import Qgis
from qgis.PyQt.QtCore import QT_VERSION_STR

from ...paths import ROOT

_HIDDEN = "•••"
_SECRETS = (
    # key=value, key: value and "key": "value", as connection strings and JSON write them
    re.compile(
        r"(?i)(\b(?:\w*(?:password|passwd|token|secret|api_?key)|pwd|pass|authcfg|authorization)\b"
        r"[\"']?\s*[=:]\s*)(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|[^\s&;,]+(?:(?<=Basic|earer)\s\S+)?)"
    ),
    # user:password@host of an address
    re.compile(r"(?i)(\b[a-z][a-z0-9+.-]*://[^\s:/@]*:)[^\s@]+(?=@)"),
)


def without_secrets(text: str) -> str:
    """Return the text with passwords, tokens and authentication ids blotted out."""
    for pattern in _SECRETS:
        text = pattern.sub(rf"\g<1>{_HIDDEN}", text)
    return text


def plugin_version() -> str:
    """Return the version that ``metadata.txt`` names."""
    parser = ConfigParser(interpolation=None)
    parser.read(ROOT / "metadata.txt", encoding="utf-8")
    return parser.get("general", "version", fallback="")


def _package(name: str) -> str:
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return f"{name} -"


def support_text(message: str, detail: str = "") -> str:
    """Return a message with its detail and the versions at work, safe to send on."""
    lines = [
        message,
        "",
        f"Wangge {plugin_version()}; QGIS {Qgis.version()}; Qt {QT_VERSION_STR}; "
        f"Python {sys.version.split()[0]}; GEOS {Qgis.geosVersion()}; {platform.platform()}",
        ", ".join(_package(n) for n in ("numpy", "shapely", "fiona", "openpyxl", "psycopg2")),
    ]
    if detail:
        lines += ["", detail]
    return without_secrets("\n".join(lines))
