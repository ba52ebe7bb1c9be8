"""A real QGIS window on a screen of its own, driven by the scripts in ``scripts``."""

import importlib.util
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = Path(__file__).resolve().parent / "scripts"


def _load_window():
    spec = importlib.util.spec_from_file_location("dev_window", ROOT / "dev" / "window.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def display():
    """A screen of 1280 x 800, the smallest on which everything must fit."""
    with _load_window().screen(1280, 800) as name:
        yield name


@pytest.fixture(scope="session")
def run_script(display, tmp_path_factory):
    """Run a script of ``scripts`` in a new window with an empty profile; return its answer."""

    window = _load_window()

    def run(
        name, *, locale="", plugin=ROOT, folder=None, without=(), theme="default", scale=1,
        timeout=120.0, **arguments,
    ):  # fmt: skip
        def on(shown):
            return window.run_in_window(
                SCRIPTS / f"{name}.py",
                folder or tmp_path_factory.mktemp(name),
                display=shown,
                locale=locale,
                plugin=plugin,
                arguments=arguments,
                without=without,
                theme=theme,
                scale=scale,
                timeout=timeout,
            )

        if scale == 1:
            return on(display)
        with window.screen(1280 * scale, 800 * scale) as larger:
            return on(larger)

    return run


@pytest.fixture(scope="session")
def plugin_zip(tmp_path_factory):
    """The zip that people install, built as ``make zip`` builds it."""
    subprocess.run(["make", "-s", "zip"], cwd=ROOT, check=True, capture_output=True)
    return ROOT / "dist" / "wangge.zip"


def make_city(folder, **parameters):
    """Make a small town headless and return its project."""
    program = ROOT / ".venv" / "bin" / "qgis_process"
    given = {"AREA_KM2": 1, "COMPONENTS": 800, "SEED": 3, "FOLDER": folder, **parameters}
    subprocess.run(
        [str(program), "run", "wangge:create_sample_city", "--"]
        + [f"{name}={value}" for name, value in given.items()],
        check=True,
        capture_output=True,
    )
    return folder / "city.qgz"


@pytest.fixture(scope="session")
def city(tmp_path_factory):
    """A small town with deliberate errors; its project."""
    return make_city(tmp_path_factory.mktemp("city"))


@pytest.fixture(scope="module")
def clean_city(tmp_path_factory):
    """A small town without errors, one for each module that edits it; its project."""
    return make_city(tmp_path_factory.mktemp("clean"), ERRORS="false")


@pytest.fixture(scope="module")
def census_project(city, tmp_path_factory):
    """A census project over the small town, made headless; one for each module."""
    folder = tmp_path_factory.mktemp("census") / "made"
    gpkg = city.with_name("city.gpkg")
    layers = {
        "GRIDS": "unit_grid",
        "COMMUNITIES": "community",
        "COMPONENTS": "component",
        "DEPARTMENTS": "department",
    }
    subprocess.run(
        [
            str(ROOT / ".venv" / "bin" / "qgis_process"),
            "run",
            "wangge:create_census_project",
            "--",
            f"FOLDER={folder}",
            *(f"{name}={gpkg}|layername={table}" for name, table in layers.items()),
        ],
        check=True,
        capture_output=True,
    )
    return folder / "census.qgz"
