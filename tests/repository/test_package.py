"""The plugin as QGIS meets it: one package, valid metadata, an installable zip, a tidy root."""

import configparser
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def tracked(*patterns):
    done = subprocess.run(
        ["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / line for line in done.stdout.splitlines()]


def metadata():
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(ROOT / "metadata.txt", encoding="utf-8")
    return parser["general"]


def test_root_package_imports_nothing_at_module_level():
    code = (
        "import sys, importlib.util as u; before = set(sys.modules)\n"
        f"s = u.spec_from_file_location('wangge', {str(ROOT / '__init__.py')!r},"
        f" submodule_search_locations=[{str(ROOT)!r}])\n"
        "m = u.module_from_spec(s); s.loader.exec_module(m)\n"
        "assert set(sys.modules) - before <= {'wangge'}, set(sys.modules) - before\n"
        "assert callable(m.classFactory)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_qgis_processing_is_not_shadowed():
    import processing

    assert Path(processing.__file__).is_relative_to("/usr/share/qgis")


def test_the_package_has_one_name():
    loaded = sys.modules["wangge"]
    assert Path(loaded.__file__) == ROOT / "__init__.py"
    assert "plugin" not in sys.modules
    assert not any(p.name == "__init__.py" for p in tracked("tests"))


def test_no_test_folder_shadows_qgis():
    names = {p.name for p in (ROOT / "tests").rglob("*") if p.is_dir()}
    assert not names & {"qgis", "processing"}


def test_metadata_is_what_qgis_and_the_plugin_site_ask_for():
    data = metadata()
    for key in ("name", "description", "about", "version", "author", "email", "tracker"):
        assert data[key].strip(), key
    assert data["qgisMinimumVersion"] == "3.40"
    assert data["hasProcessingProvider"] == "yes"
    assert data["license"] == "GPL-2.0-or-later"
    assert re.fullmatch(r"\d+\.\d+\.\d+", data["version"])
    assert (ROOT / data["icon"]).is_file()


def test_version_and_changelog_agree():
    newest = re.search(
        r"^## (\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M
    )
    assert newest
    assert newest[1] == metadata()["version"]


@pytest.fixture(scope="module")
def built_zip(tmp_path_factory):
    subprocess.run(["make", "-s", "zip"], cwd=ROOT, check=True, capture_output=True)
    return ROOT / "dist" / "wangge.zip"


def test_zip_holds_one_package_with_its_translation(built_zip):
    with zipfile.ZipFile(built_zip) as archive:
        names = archive.namelist()
    assert {name.split("/")[0] for name in names} == {"wangge"}
    for needed in ("__init__.py", "metadata.txt", "LICENSE", "resources/i18n/wangge_zh_CN.qm"):
        assert f"wangge/{needed}" in names
    assert not any("tests/" in name or "/dev/" in name or "__pycache__" in name for name in names)
    assert built_zip.stat().st_size < 20 * 2**20


def test_zip_installs_into_an_empty_profile(built_zip, tmp_path):
    plugins = tmp_path / "profiles" / "default" / "python" / "plugins"
    with zipfile.ZipFile(built_zip) as archive:
        archive.extractall(plugins)
    settings = tmp_path / "profiles" / "default" / "QGIS" / "QGIS3.ini"
    settings.parent.mkdir(parents=True)
    settings.write_text("[PythonPlugins]\nwangge=true\n", encoding="utf-8")
    environment = {
        **os.environ,
        "QGIS_CUSTOM_CONFIG_PATH": str(tmp_path),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": next(p for p in sys.path if p.endswith("site-packages") and ".venv" in p),
    }
    done = subprocess.run(
        ["/usr/bin/qgis_process", "list"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        cwd=tmp_path,
    )
    assert "partition_unit_grids" in done.stdout, done.stdout + done.stderr


def test_no_binaries_or_bulk_in_the_tree():
    for path in tracked():
        assert path.suffix not in {".qm", ".pyc", ".so", ".dll", ".gpkg", ".whl"}, path
        assert path.stat().st_size < 2 * 2**20, path


def test_files_stay_short_enough_to_read():
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in tracked("plugin/*.py", "processing/*.py", "forms/*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert not long


def test_no_rooms_called_utils():
    names = {p.stem for p in tracked("*.py")}
    assert not names & {"utils", "helpers", "manager", "misc", "common_utils"}
