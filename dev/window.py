"""Start a real QGIS window with this checkout's plugin and drive it with a script.

A script has a function ``steps()`` that yields seconds to wait or conditions to wait for, and
returns what is to come back; see `drive`, which runs inside QGIS.
"""

from __future__ import annotations

import json
import os
import runpy
import shutil
import subprocess
import sys
import sysconfig
import time
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

_INI = """[PythonPlugins]
wangge={enabled}
processing=true
db_manager=false
MetaSearch=false
grassprovider=false

[plugins]
checkOnStart=false

[qgis]
checkVersion=false

[locale]
overrideFlag={override}
userLocale={locale}
"""


class WindowError(Exception):
    """The window did not come, did not end or its script failed."""


def make_profile(folder: Path, *, locale: str = "", plugin: Path = ROOT) -> Path:
    """Make an empty QGIS profile in which the plugin is linked and enabled; return its root."""
    default = folder / "profiles" / "default"
    plugins = default / "python" / "plugins"
    plugins.mkdir(parents=True, exist_ok=True)
    (default / "QGIS").mkdir(exist_ok=True)
    link = plugins / "wangge"
    if not link.exists():
        link.symlink_to(plugin, target_is_directory=True)
    ini = _INI.format(
        enabled="true", override="true" if locale else "false", locale=locale or "en_US"
    )
    (default / "QGIS" / "QGIS3.ini").write_text(ini, encoding="utf-8")
    return folder


def run_in_window(
    script: Path,
    folder: Path,
    *,
    locale: str = "",
    arguments: dict | None = None,
    timeout: float = 100.0,
) -> dict:
    """Run a script in a new QGIS window and return what it gives back.

    Raises
    ------
    WindowError
        When QGIS does not end in time or the script fails; with QGIS's own last words.
    """
    folder.mkdir(parents=True, exist_ok=True)
    profile = make_profile(folder / "profile", locale=locale)
    answer = folder / "answer.json"
    answer.unlink(missing_ok=True)
    code = folder / "start.py"
    code.write_text(
        "import runpy\n"
        f"runpy.run_path({str(Path(__file__).resolve())!r})['drive']("
        f"{str(script)!r}, {str(answer)!r}, {dict(arguments or {})!r})\n",
        encoding="utf-8",
    )
    site = sysconfig.get_paths()["purelib"]
    environment = {
        **os.environ,
        "PYTHONPATH": site,
        "QGIS_CUSTOM_CONFIG_PATH": str(profile),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": str(folder),
        "QT_QPA_PLATFORM": "xcb" if os.environ.get("DISPLAY") else "offscreen",
    }
    if locale:
        environment["LANG"] = f"{locale}.UTF-8"
    command = [
        shutil.which("qgis", path="/usr/bin:/usr/local/bin") or "qgis",
        "--nologo",
        "--profiles-path",
        str(profile),
        *(["--lang", locale] if locale else []),
        "--code",
        str(code),
    ]
    try:
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=timeout, check=False
        )
        words = done.stderr[-2000:]
    except subprocess.TimeoutExpired as error:
        words = (error.stderr or b"").decode(errors="replace")[-2000:]
        raise WindowError(f"QGIS did not end within {timeout:.0f} s.\n{words}") from error
    if not answer.is_file():
        raise WindowError(f"QGIS ended ({done.returncode}) without an answer.\n{words}")
    result = json.loads(answer.read_text(encoding="utf-8"))
    if "failure" in result:
        raise WindowError(f"{result['failure']}\n{words}")
    return result


# -- inside QGIS ---------------------------------------------------------------------------------


class _Watch:
    # The longest time during which the window could not react.
    def __init__(self, timer):
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = timer
        timer.setInterval(10)
        timer.timeout.connect(self._tick)
        timer.start()

    def reset(self):
        self.longest, self._last = 0.0, time.perf_counter()

    def _tick(self):
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now


def drive(script: str, answer: str, arguments: dict) -> None:
    """Run ``steps(arguments, watch)`` of a script inside QGIS; write its result and end QGIS."""
    from qgis.core import QgsProject
    from qgis.PyQt.QtCore import QCoreApplication, QTimer

    watch = _Watch(QTimer())
    beat = QTimer()
    state = {"wait": 1.0, "since": time.perf_counter(), "steps": None}

    def end(result: dict) -> None:
        beat.stop()
        Path(answer).write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8")
        QgsProject.instance().setDirty(False)
        QCoreApplication.exit(0)

    def tick() -> None:
        waited = time.perf_counter() - state["since"]
        wait = state["wait"]
        try:
            if callable(wait):
                if not wait():
                    if waited > 60:
                        raise TimeoutError(f"waited in vain: {wait}")
                    return
            elif waited < wait:
                return
            if state["steps"] is None:
                state["steps"] = runpy.run_path(script)["steps"](arguments, watch)
            state["wait"] = next(state["steps"])
            state["since"] = time.perf_counter()
        except StopIteration as stop:
            end(stop.value or {})
        except BaseException:
            end({"failure": traceback.format_exc()})

    beat.setInterval(25)
    beat.timeout.connect(tick)
    beat.start()
    # QGIS keeps nothing of a --code script: these must outlive it.
    sys.modules["__main__"].__dict__.setdefault("_wangge_window", []).append((watch, beat, state))
