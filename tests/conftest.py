"""Load the checkout as the package ``wangge``, as QGIS does, before any test is collected."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent

# Without a screen Qt would abort; `make pytest` brings a virtual one.
if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# The root holds a folder called `processing`: on sys.path it would hide QGIS's own.
sys.path[:] = [p for p in sys.path if p and Path(p).resolve() != ROOT]


def _load_package():
    if "wangge" in sys.modules:
        return
    spec = importlib.util.spec_from_file_location(
        "wangge", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules["wangge"] = module
    spec.loader.exec_module(module)


_load_package()

# Worker processes of an Executor import `wangge` by name.
_DEV = str(ROOT / ".dev")
if _DEV not in sys.path:
    sys.path.append(_DEV)
os.environ["PYTHONPATH"] = os.pathsep.join(p for p in (_DEV, os.environ.get("PYTHONPATH", "")) if p)

# Machines differ in speed: a slow example is no failure. One state of the code is judged alike
# each time; `--hypothesis-profile=search` looks for examples nobody has seen yet.
_COMMON = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large],
}
settings.register_profile("same", derandomize=True, **_COMMON)
settings.register_profile("search", **_COMMON)
settings.load_profile("same")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item, nextitem):
    """Let the last test's layers go while QGIS is still there."""
    if nextitem is None:
        getattr(item, "funcargs", {}).clear()


_ended = {"status": 0}


def pytest_sessionfinish(exitstatus):
    _ended["status"] = int(exitstatus)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure():
    """End at once: QGIS holds on to the frames of algorithms that failed, and so to their layers.

    Python would destroy those after QGIS has ended, and crash when all tests were green.
    """
    if "qgis.core" in sys.modules:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(_ended["status"])


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the checkout."""
    return ROOT


@pytest.fixture
def small_disk(tmp_path):
    """Return a function that mounts a disk of so many kilobytes; needs root, else skips."""
    mounted = []

    def mount(kilobytes: int) -> Path:
        place = tmp_path / f"disk{len(mounted)}"
        place.mkdir()
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(place)],
            capture_output=True,
            check=False,
        )
        if done.returncode:
            pytest.skip("only root may mount a small disk")
        mounted.append(place)
        return place

    yield mount
    for place in mounted:
        subprocess.run(["umount", "--lazy", str(place)], check=True)
