"""Start a real QGIS window on a screen of its own and drive it with a script.

A script has a function ``steps(arguments, watch)`` that yields seconds to wait or conditions to
wait for, and returns what is to come back; `window_inside.py` runs it inside QGIS.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sysconfig
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INSIDE = ROOT / "dev" / "window_inside.py"
# On a machine that others keep busy everything takes longer: times to wait are multiplied.
PATIENCE = float(os.environ.get("WANGGE_PATIENCE", "1"))

_INI = """[PythonPlugins]
{wangge}processing=true
db_manager=false
MetaSearch=false
grassprovider=false

[plugins]
checkOnStart=false
wangge\\welcome={welcome}

[qgis]
checkVersion=false

[app]
askToSaveMemoryLayers=false

[UI]
UITheme={theme}

[locale]
overrideFlag={override}
userLocale={locale}
"""


class WindowError(Exception):
    """The window did not come, did not end or its script failed."""


@contextmanager
def screen(width: int = 1280, height: int = 800) -> Iterator[str]:
    """Start a screen that exists only in memory; yields its name and ends it."""
    program = shutil.which("Xvfb")
    if program is None:
        raise WindowError("Xvfb is not installed; run `make setup`.")
    reading, writing = os.pipe()
    server = subprocess.Popen(
        [program, "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24",
         "-dpi", "96", "-noreset", "-nolisten", "tcp"],
        pass_fds=(writing,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        if not number:
            raise WindowError("Xvfb did not start.")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(10)


def make_profile(
    folder: Path, *, locale: str = "", plugin: Path | None = ROOT, theme: str = "default"
) -> Path:
    """Make an empty QGIS profile and return its root.

    Parameters
    ----------
    folder : Path
    locale : str
        Language of QGIS, e.g. ``zh-Hans``; English when empty.
    plugin : Path or None
        A checkout to be linked, a zip to be unpacked, or None for a profile without the plugin.
    theme : str
        Of QGIS's windows, e.g. ``Night Mapping``.
    """
    default = folder / "profiles" / "default"
    plugins = default / "python" / "plugins"
    plugins.mkdir(parents=True, exist_ok=True)
    (default / "QGIS").mkdir(exist_ok=True)
    link = plugins / "wangge"
    if plugin is not None and not link.exists():
        if plugin.is_file():
            with zipfile.ZipFile(plugin) as archive:
                archive.extractall(plugins)
        else:
            link.symlink_to(plugin, target_is_directory=True)
    ini = default / "QGIS" / "QGIS3.ini"
    if not ini.exists():
        text = _INI.format(
            wangge="" if plugin is None else "wangge=true\n",
            override="true",
            # Whoever begins with nothing is a newcomer.
            welcome="true" if plugin is None else "false",
            locale=locale or "en_US",
            theme=theme,
        )
        ini.write_text(text, encoding="utf-8")
    return folder


def _hide(folder: Path, names: tuple[str, ...]) -> Path:
    # Python itself imports this before anything else: the packages are as good as not there.
    folder.mkdir(exist_ok=True)
    code = (
        "import sys\n"
        "class Hidden:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name.split('.')[0] in {set(names)!r}:\n"
        "            raise ModuleNotFoundError(f'No module named {name!r}', name=name)\n"
        "sys.meta_path.insert(0, Hidden())\n"
    )
    (folder / "sitecustomize.py").write_text(code, encoding="utf-8")
    return folder


def run_in_window(
    script: Path,
    folder: Path,
    *,
    display: str,
    locale: str = "",
    plugin: Path | None = ROOT,
    arguments: dict | None = None,
    without: tuple[str, ...] = (),
    theme: str = "default",
    scale: int = 1,
    timeout: float = 120.0,
) -> dict:
    """Run a script in a new QGIS window and return what it gives back.

    The profile lies in ``folder`` and is used again by a second run there. Beside what the script
    returns the answer has ``exceptions``, mistakes that QGIS would have shown, and ``blocks``,
    stacks of our own code that kept the window from reacting for more than 200 ms.

    Raises
    ------
    WindowError
        When QGIS does not end in time or the script fails; with QGIS's own last words.
    """
    folder.mkdir(parents=True, exist_ok=True)
    profile = make_profile(folder / "profile", locale=locale, plugin=plugin, theme=theme)
    answer = folder / "answer.json"
    answer.unlink(missing_ok=True)
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700, exist_ok=True)
    code = folder / "start.py"
    code.write_text(
        "import runpy\n"
        f"runpy.run_path({str(INSIDE)!r})['drive']("
        f"{str(script)!r}, {str(answer)!r}, {dict(arguments or {})!r})\n",
        encoding="utf-8",
    )
    paths = [sysconfig.get_paths()["purelib"]]
    if without:
        paths.insert(0, str(_hide(folder / "hidden", without)))
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(paths),
        "QGIS_CUSTOM_CONFIG_PATH": str(profile),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONFAULTHANDLER": "1",  # a crash tells where Python was
        "HOME": str(folder),
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "XDG_RUNTIME_DIR": str(runtime),
        "QT_SCALE_FACTOR": str(scale),
    }
    if locale:
        environment["LANG"] = f"{locale.replace('-Hans', '_CN')}.UTF-8"
    command = [
        shutil.which("qgis", path="/usr/bin:/usr/local/bin") or "qgis",
        "--nologo", "--profiles-path", str(profile), "--code", str(code),
    ]  # fmt: skip
    # Into a file: a crash handler that outlives QGIS would keep a pipe open.
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=said
        )
        try:
            code_of_end = process.wait(timeout * PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            code_of_end = None
        said.seek(0)
        words = said.read().decode(errors="replace")
    (folder / "words.txt").write_text(words, encoding="utf-8")
    # A crash tells first what happened, then whole stacks.
    words = words if len(words) < 6000 else f"{words[:3000]}\n…\n{words[-3000:]}"
    if code_of_end is None and not answer.is_file():
        raise WindowError(f"QGIS did not end within {timeout * PATIENCE:.0f} s.\n{words}")
    if not answer.is_file():
        raise WindowError(f"QGIS ended ({code_of_end}) without an answer.\n{words}")
    result = json.loads(answer.read_text(encoding="utf-8"))
    if "failure" in result:
        raise WindowError(f"{result['failure']}\n{words}")
    result["exit_code"] = code_of_end
    result["words"] = words
    return result
