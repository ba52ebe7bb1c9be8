"""What the plugin site looks for in every zip: unsafe code, secrets, binaries, odd files."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    subprocess.run(["make", "-s", "zip"], cwd=ROOT, check=True, capture_output=True)
    folder = tmp_path_factory.mktemp("zip")
    with zipfile.ZipFile(ROOT / "dist" / "wangge.zip") as archive:
        archive.extractall(folder)
    return folder / "wangge"


def scan(folder, *command):
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=folder, capture_output=True, text=True
    )
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


def test_bandit_finds_nothing_that_is_not_justified_in_its_line(unpacked):
    found = scan(unpacked, "bandit", "-q", "-r", ".", "-f", "json")
    assert found["errors"] == []
    assert len(found["metrics"]) > 300
    places = [(r["filename"], r["line_number"], r["test_id"]) for r in found["results"]]
    assert places == []


def test_detect_secrets_finds_none(unpacked):
    found = scan(unpacked, "detect_secrets", "scan", "--all-files", ".")
    assert found["results"] == {}


def test_both_scanners_see_what_they_are_for(tmp_path):
    key = "AKIA" + "QYLPMN5HNMPQRSTU"
    (tmp_path / "bad.py").write_text(f'import os\nKEY = "{key}"\nos.system(input())\n')
    found = scan(tmp_path, "bandit", "-q", "-r", ".", "-f", "json")
    assert "B605" in {r["test_id"] for r in found["results"]}
    assert scan(tmp_path, "detect_secrets", "scan", "--all-files", ".")["results"]


def test_every_file_is_text_but_the_translation(unpacked):
    files = [path for path in unpacked.rglob("*") if path.is_file()]
    assert len(files) > 500
    for path in files:
        if path.suffix != ".qm":
            path.read_text(encoding="utf-8")  # raises for anything else


def test_no_file_is_hidden_linked_or_executable(unpacked):
    with zipfile.ZipFile(ROOT / "dist" / "wangge.zip") as archive:
        for entry in archive.infolist():
            mode = entry.external_attr >> 16
            assert not Path(entry.filename).name.startswith("."), entry.filename
            assert mode & 0o170000 != 0o120000, entry.filename
            assert entry.is_dir() or not mode & 0o111, entry.filename
