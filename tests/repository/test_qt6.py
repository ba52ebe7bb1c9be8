"""The checker for Qt 6 sees what it is there for, and the plugin passes it."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def checker():
    spec = importlib.util.spec_from_file_location("dev_qt6", ROOT / "dev" / "qt6.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def found(checker, tmp_path, text, monkeypatch):
    monkeypatch.setattr(checker, "ROOT", tmp_path)
    path = tmp_path / "some.py"
    path.write_text(text, encoding="utf-8")
    return list(checker.problems(path))


@pytest.mark.parametrize(
    "text",
    [
        "from qgis.PyQt.QtCore import Qt\nx = Qt.LeftButton\n",
        "from qgis.core import QgsTask\nx = QgsTask.CanCancel\n",
        "from qgis.core import QgsWkbTypes\nx = QgsWkbTypes.PolygonGeometry\n",
        "from PyQt5.QtCore import Qt\n",
        "import PyQt5.QtGui\n",
        "from qgis.PyQt.QtWidgets import QDialog\nQDialog().exec_()\n",
    ],
)
def test_what_breaks_on_qt6_is_found(checker, tmp_path, text, monkeypatch):
    assert found(checker, tmp_path, text, monkeypatch)


@pytest.mark.parametrize(
    "text",
    [
        "from qgis.PyQt.QtCore import Qt\nx = Qt.MouseButton.LeftButton\n",
        "from qgis.core import QgsTask\nx = QgsTask.Flag.CanCancel\n",
        "from qgis.core import QgsProcessing\nx = QgsProcessing.TEMPORARY_OUTPUT\n",
        "from qgis.PyQt.QtWidgets import QDialog\nQDialog().exec()\n",
    ],
)
def test_what_is_ready_passes(checker, tmp_path, text, monkeypatch):
    assert not found(checker, tmp_path, text, monkeypatch)


def test_the_plugin_is_ready(checker):
    wrong = [text for path in checker.sources() for text in checker.problems(path)]
    assert not wrong, "\n".join(wrong)
