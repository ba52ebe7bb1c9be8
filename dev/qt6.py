"""Find what would stop the plugin on Qt 6: unscoped enums, PyQt imports, names that are gone.

Every ``Class.NAME`` whose class comes from ``qgis`` is looked up in the QGIS that is installed:
when it is a member of an enum it must be reached through its enum. Run by ``make lint``.
"""

from __future__ import annotations

import ast
import enum
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("plugin", "processing", "forms", "tests/desktop", "dev")
# Methods and classes of Qt 5 that Qt 6 no longer has.
GONE = {
    "exec_": "exec()",
    "QRegExp": "QRegularExpression",
    "QDesktopWidget": "QScreen",
    "QTextCodec": "Python's own codecs",
    "QVariant": "plain Python values",
    "globalPos": "globalPosition()",
}


def sources() -> Iterator[Path]:
    """Yield the files to look at."""
    for folder in FOLDERS:
        yield from sorted((ROOT / folder).rglob("*.py"))


def qt_classes(tree: ast.AST) -> dict[str, object]:
    """Return the names a file takes from QGIS, with what they are."""
    found: dict[str, object] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("qgis"):
            try:
                module = import_module(node.module or "")
            except ImportError:
                continue
            for name in node.names:
                if hasattr(module, name.name):
                    found[name.asname or name.name] = getattr(module, name.name)
    return found


def is_enum_member(value: object) -> bool:
    """Return True for a member of an enum, of Python or of Qt 5."""
    return isinstance(value, enum.Enum) or (
        isinstance(value, int) and type(value) not in (int, bool)
    )


def problems(path: Path) -> Iterator[str]:
    """Yield what is wrong in a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    classes = qt_classes(tree)
    place = path.relative_to(ROOT).as_posix()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [n.name for n in node.names] if isinstance(node, ast.Import) else []
            if any(n.split(".")[0] in ("PyQt5", "PyQt6", "PySide2", "PySide6") for n in names):
                yield f"{place}:{node.lineno}: import from qgis.PyQt instead of {names[0]}"
        if isinstance(node, ast.Attribute):
            if node.attr in GONE:
                yield f"{place}:{node.lineno}: {node.attr} is gone, use {GONE[node.attr]}"
            owner = classes.get(node.value.id) if isinstance(node.value, ast.Name) else None
            if isinstance(owner, type) and not isinstance(owner, enum.EnumMeta):
                value = getattr(owner, node.attr, None)
                if is_enum_member(value) and type(value) is not owner:
                    scoped = f"{node.value.id}.{type(value).__name__}.{node.attr}"
                    yield f"{place}:{node.lineno}: {node.value.id}.{node.attr}, use {scoped}"
        if isinstance(node, ast.Name) and node.id in GONE and node.id in classes:
            yield f"{place}:{node.lineno}: {node.id} is gone, use {GONE[node.id]}"


def main() -> int:
    found = [text for path in sources() for text in problems(path)]
    print("\n".join(found) if found else "Qt 6: nothing in the way")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
