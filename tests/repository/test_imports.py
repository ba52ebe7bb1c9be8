"""Who may import whom, read from the source; and engines proven free of QGIS by importing them."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STDLIB = set(sys.stdlib_module_names)
GROUND = {"collector", "errors", "native", "progress", "translation", "paths", "standards"}
NUMERIC = {"numpy", "shapely"}

# room -> (rooms of ours it may import, libraries it may import)
ALLOWED = {
    "plugin/standards": ({"errors", "translation", "paths", "standards"}, set()),
    "plugin/rules": (GROUND | {"rules"}, NUMERIC | {"scipy"}),
    "plugin/grid": (GROUND | {"rules", "grid"}, NUMERIC | {"scipy"}),
    "plugin/census": (GROUND | {"rules", "census"}, NUMERIC | {"scipy", "fiona", "openpyxl"}),
    "plugin/risk": (GROUND | {"rules", "risk"}, NUMERIC | {"scipy", "openpyxl", "xlrd"}),
    "plugin/sample": (GROUND | {"rules", "sample"}, NUMERIC | {"scipy"}),
    "plugin/facilities": (GROUND | {"rules", "facilities"}, NUMERIC),
    "plugin/exchange": (GROUND | {"rules", "exchange"}, NUMERIC),
    "plugin/districts": (
        GROUND | {"rules", "grid", "census", "database", "districts", "executor"},
        NUMERIC,
    ),
    "plugin/database": (GROUND | {"rules", "database"}, NUMERIC | {"psycopg2"}),
}
# The one engine file that may ask QGIS for a saved connection.
MAY_ASK_QGIS = {"plugin/database/connection.py"}


def python_files(folder):
    return sorted((ROOT / folder).rglob("*.py"))


def imports(path):
    """Yield (module parts inside the repository or None, top-level library or None, node)."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield None, name.name.split(".")[0], node
        elif isinstance(node, ast.ImportFrom):
            if node.level == 0:
                yield None, node.module.split(".")[0], node
                continue
            base = package[: len(package) - node.level + 1]
            module = base + tuple((node.module or "").split(".") if node.module else ())
            for name in node.names:
                yield (module if node.module else (*module, name.name)), None, node


@pytest.mark.parametrize("folder", sorted(f for f in ALLOWED if (ROOT / f).is_dir()))
def test_engines_import_only_what_they_may(folder):
    rooms, libraries = ALLOWED[folder]
    wrong = []
    for path in python_files(folder):
        relative = path.relative_to(ROOT).as_posix()
        for ours, library, node in imports(path):
            where = f"{relative}:{node.lineno}"
            if library and library not in STDLIB | libraries:
                if library == "qgis" and relative in MAY_ASK_QGIS:
                    continue
                wrong.append(f"{where} imports {library}")
            if ours and (ours[0] != "plugin" or (len(ours) > 1 and ours[1] not in rooms)):
                wrong.append(f"{where} imports {'.'.join(ours)}")
    assert not wrong, "\n".join(wrong)


def test_algorithms_open_no_windows():
    wrong = []
    for path in python_files("processing"):
        text = path.read_text(encoding="utf-8")
        for word in ("qgis.gui", "QtWidgets", "iface"):
            if word in text:
                wrong.append(f"{path.relative_to(ROOT)} mentions {word}")
        for ours, _, node in imports(path):
            if ours and ours[:2] == ("plugin", "gui"):
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno} imports {'.'.join(ours)}")
    assert not wrong, "\n".join(wrong)


def test_bridge_opens_no_windows():
    for path in python_files("plugin/layers"):
        text = path.read_text(encoding="utf-8")
        assert "qgis.gui" not in text, path
        assert "iface" not in text, path


def test_windows_start_algorithms_by_id():
    for path in python_files("plugin/gui"):
        for ours, _, node in imports(path):
            assert not (ours and ours[0] == "processing"), f"{path}:{node.lineno}"


def test_absolute_imports_of_ourselves_do_not_exist():
    for folder in ("plugin", "processing", "forms"):
        for path in python_files(folder):
            for _, library, node in imports(path):
                assert library != "wangge", f"{path}:{node.lineno}"


@pytest.mark.parametrize("word", ["PyQt5", "PyQt6", "QThread", "processEvents"])
def test_words_that_break_or_freeze_qgis(word):
    for folder in ("plugin", "processing", "forms"):
        for path in python_files(folder):
            assert word not in path.read_text(encoding="utf-8"), path


def test_engines_work_without_qgis(tmp_path):
    """Every engine module imports in an interpreter in which QGIS does not exist."""
    modules = [
        "wangge." + path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
        for folder in ALLOWED
        if (ROOT / folder).is_dir()
        for path in python_files(folder)
        if path.name != "__init__.py" and "-" not in path.stem
    ]
    (tmp_path / "wangge").symlink_to(ROOT)
    code = (
        "import sys, importlib\n"
        "for name in ('qgis', 'osgeo'): sys.modules[name] = None\n"
        f"sys.path.insert(0, {str(tmp_path)!r})\n"
        "for name in sys.argv[1:]: importlib.import_module(name)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *modules], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert len(modules) > 20
