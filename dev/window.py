"""Start a real QGIS window on a screen of its own and drive it with a script.

A script has a function ``steps(arguments, watch)`` that yields seconds to wait or conditions to
wait for, and returns what is to come back; see `drive`, which runs inside QGIS.
"""

from __future__ import annotations

import faulthandler
import json
import os
import re
import runpy
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
import time
import traceback
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
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
        f"runpy.run_path({str(Path(__file__).resolve())!r})['drive']("
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


# -- inside QGIS ---------------------------------------------------------------------------------

# Longer than this and people notice that the window does not react.
_LIMIT = 0.2
_WAITED = 1.5
# QGIS's own files have `/processing/` in their path too: ours lie in `wangge`.
_OURS = re.compile(rf'File ".*(/wangge/|{re.escape(str(ROOT))}/)(plugin|processing|forms)/')


def _is_ours(stack: str) -> bool:
    """Return whether the work was ours: QGIS's own dialogs, which we open, take their time."""
    for line in stack.splitlines():
        if _OURS.search(line):
            return True
        if "/share/qgis/python/" in line:
            return False
    return False


class Watch:
    """Notices when the window could not react, and whether our own code was why.

    An alarm interrupts the main thread itself, which writes its own stack: even inside a long
    call, and needing no lock of Python's. (Another thread that reads the stack of a running one
    sees frames that are being freed, and QGIS crashes.) A span in which other programs had the
    processor is nobody's fault: it counts only when the main thread itself worked through most
    of it, or when it is so long that something must have been waited for.
    """

    def __init__(self, timer):
        self.longest = 0.0
        self.exceptions: list[str] = []
        self._blocks: list[str] = []
        self._last, self._busy = time.perf_counter(), time.thread_time()
        # Without a buffer: the alarm writes past it. Lives as long as QGIS.
        self._stacks = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115
        faulthandler.register(signal.SIGALRM, self._stacks, all_threads=False)
        self._timer = timer
        timer.setInterval(10)
        timer.timeout.connect(self._tick)
        timer.start()

    def reset(self) -> None:
        """Forget what was noticed so far."""
        self.longest = 0.0
        self._last, self._busy = time.perf_counter(), time.thread_time()
        self._blocks.clear()
        self._take_stacks()

    def blocks(self) -> list[str]:
        """Return the stacks of our own code that kept the window from reacting."""
        return list(self._blocks)

    def _take_stacks(self) -> list[str]:
        self._stacks.seek(0)
        parts = self._stacks.read().decode().split("Stack (most recent call first):\n")
        self._stacks.seek(0)
        self._stacks.truncate()
        return [part for part in parts if _is_ours(part)]

    def _tick(self) -> None:
        now, busy = time.perf_counter(), time.thread_time()
        gap, worked = now - self._last, busy - self._busy
        self._last, self._busy = now, busy
        self.longest = max(self.longest, gap)
        if gap > _LIMIT:
            ours = self._take_stacks()
            if worked > 0.75 * _LIMIT or gap > _WAITED:
                self._blocks += [f"{gap:.2f} s, of which {worked:.2f} s work\n{s}" for s in ours]
        signal.setitimer(signal.ITIMER_REAL, _LIMIT)


def drive(script: str, answer: str, arguments: dict) -> None:
    """Run ``steps(arguments, watch)`` of a script inside QGIS; write its result and end QGIS."""
    from qgis.core import QgsApplication, QgsProject
    from qgis.PyQt.QtCore import Qt, QTimer
    from qgis.PyQt.QtWidgets import QApplication, QLabel, QTextEdit
    from qgis.utils import iface

    watch = Watch(QTimer())
    beat = QTimer()
    state = {"wait": 1.0, "since": time.perf_counter(), "steps": None}
    shown = sys.excepthook

    def note(kind, error, trace):
        watch.exceptions.append("".join(traceback.format_exception(kind, error, trace)))
        shown(kind, error, trace)

    sys.excepthook = note
    window = iface.mainWindow()
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.setGeometry(window.screen().geometry())

    def end(result: dict) -> None:
        beat.stop()
        signal.setitimer(signal.ITIMER_REAL, 0)
        result = {"exceptions": watch.exceptions, "blocks": watch.blocks(), **result}
        Path(answer).write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8")
        QgsProject.instance().setDirty(False)
        leave(time.perf_counter() + 10 * PATIENCE)

    def leave(latest: float) -> None:
        # QGIS asks whether tasks that still run are to be given up: a busy machine is slow.
        if QgsApplication.taskManager().countActiveTasks() and time.perf_counter() < latest:
            QTimer.singleShot(100, lambda: leave(latest))
            return
        # The way people leave: the project is closed and plugins are unloaded.
        # A question that nobody here answers would keep QGIS for ever.
        question.start(int(3_000 * PATIENCE))
        iface.actionExit().trigger()

    def tell_question() -> None:
        modal = QApplication.activeModalWidget()
        texts = [t.text() for t in modal.findChildren(QLabel)] if modal else []
        print("QGIS asks on leaving:", modal, texts, file=sys.stderr, flush=True)
        os._exit(9)

    question = QTimer()
    question.setSingleShot(True)
    question.timeout.connect(tell_question)

    def tick() -> None:
        waited = time.perf_counter() - state["since"]
        wait = state["wait"]
        try:
            if callable(wait):
                if not wait():
                    if waited > 60 * PATIENCE:
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
            window.screen().grabWindow(0).save(str(Path(answer).with_name("failure.png")))
            end({"failure": traceback.format_exc() + "\n".join(watch.exceptions)})

    def tell_message() -> None:
        # QGIS shows what goes wrong while it loads a plugin in a window that waits for somebody.
        modal = QApplication.activeModalWidget()
        if modal is not None and modal.metaObject().className() == "QgsMessageViewer":
            listening.stop()
            texts = [t.toPlainText() for t in modal.findChildren(QTextEdit)]
            modal.close()
            end({"failure": "\n".join(texts)})

    listening = QTimer()
    listening.setInterval(2_000)
    listening.timeout.connect(tell_message)
    listening.start()
    beat.setInterval(25)
    beat.timeout.connect(tick)
    beat.start()
    # QGIS keeps nothing of a --code script: these must outlive it.
    sys.modules["__main__"].__dict__.setdefault("_wangge_window", []).append(
        (watch, beat, listening, state)
    )
